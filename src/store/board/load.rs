//! Reading a whole board, as it stood at one moment.

use crate::path::{Board, PartnershipId};
use crate::store::db::Tx;
use crate::store::error::StoreError;

use super::{
    approval, card, cluster, draft, entered, figure, group, link, nudge, partnership, people, plea, room, settled,
    share, timetable, version, window, word,
};

/// The board of a partnership; none if there is no such partnership.
pub(in crate::store) async fn load(tx: &mut Tx, id: PartnershipId) -> Result<Option<Board>, StoreError> {
    let Some(head) = partnership::get(tx, id).await? else { return Ok(None) };
    Ok(Some(Board {
        revision: head.revision,
        next: head.next,
        plan: head.plan,
        partnership: head.partnership,
        partners: people::partners(tx, id).await?,
        people: people::people(tx, id).await?,
        windows: window::all(tx, id).await?,
        cards: card::all(tx, id).await?,
        links: link::all(tx, id).await?,
        clusters: cluster::all(tx, id).await?,
        figures: figure::all(tx, id, false).await?,
        ballots: figure::all(tx, id, true).await?,
        tallies: settled::tallies(tx, id).await?,
        given: window::given(tx, id).await?,
        groups: group::all(tx, id).await?,
        decisions: settled::decisions(tx, id).await?,
        drafts: draft::all(tx, id).await?,
        rooms: room::all(tx, id).await?,
        versions: version::all(tx, id).await?,
        shares: share::all(tx, id).await?,
        releases: share::releases(tx, id).await?,
        nudging: nudge::all(tx, id).await?,
        words: word::all(tx, id).await?,
        invitations: word::invitations(tx, id).await?,
        timetable: timetable::get(tx, id).await?,
        entered: entered::all(tx, id).await?,
        pleas: plea::all(tx, id).await?,
        approvals: approval::all(tx, id).await?,
    }))
}
