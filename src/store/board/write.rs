//! Writing the changes of one act.

use std::collections::BTreeSet;

use crate::path::{CardId, CardState, Change, PartnershipId, Plan, Window, WindowId};
use crate::store::db::Tx;
use crate::store::error::StoreError;

use super::{
    approval, card, cluster, draft, entered, figure, group, link, nudge, partnership, people, plea, room, settled,
    share, timetable, version, window, word,
};

/// One thing to write.
enum Step<'a> {
    Row(&'a Change),
    /// A window's slate, apart from the window: cards are given in windows and lie on slates.
    Slate(&'a Window),
    /// Cards of a window are gone, but for those that came back in the same act.
    Forget {
        window: WindowId,
        before: CardId,
    },
}

/// Writes the changes of one act, what is referred to before what refers to it. Within one table
/// their order stays, so that the rows come to the same as the board in memory.
pub(in crate::store) async fn write(
    tx: &mut Tx,
    id: PartnershipId,
    plan: Option<&Plan>,
    changes: &[Change],
) -> Result<(), StoreError> {
    for step in steps(changes) {
        match step {
            Step::Forget { window, before } => card::forget(tx, id, window, before).await?,
            Step::Slate(row) => window::put_slate(tx, id, row).await?,
            Step::Row(Change::Partnership(row)) if row.id != id => return Err(StoreError::conflict("partnership")),
            Step::Row(Change::Partnership(row)) => partnership::put(tx, row, plan).await?,
            Step::Row(change) => put(tx, id, change).await?,
        }
    }
    Ok(())
}

async fn put(tx: &mut Tx, id: PartnershipId, change: &Change) -> Result<(), StoreError> {
    match change {
        Change::Partnership(row) => partnership::put(tx, row, None).await,
        Change::Partner(row) => people::put_partner(tx, id, row).await,
        Change::Person(row) => people::put_person(tx, id, row).await,
        Change::Window(row) => window::put(tx, id, row).await,
        Change::Card(row) => card::put(tx, id, row).await,
        Change::CardsGone(window) => card::forget(tx, id, *window, CardId(i64::MAX)).await,
        Change::Link(row) => link::put(tx, id, row).await,
        Change::LinkGone(link) => link::remove(tx, id, *link).await,
        Change::Cluster(row) => cluster::put(tx, id, row).await,
        Change::Figure { figure, secret } => figure::put(tx, id, figure, *secret).await,
        Change::FigureGone { key, secret } => figure::remove(tx, id, key, *secret).await,
        Change::BallotsGone(window) => figure::remove_ballots(tx, id, *window).await,
        Change::Tally(row) => settled::put_tally(tx, id, row).await,
        Change::Given(row) => window::put_given(tx, id, row).await,
        Change::Group(row) => group::put(tx, id, row).await,
        Change::GroupGone(group) => group::remove(tx, id, *group).await,
        Change::Decision(row) => settled::put_decision(tx, id, row).await,
        Change::Draft(row) => draft::put(tx, id, row).await,
        Change::DraftGone { person, ask } => draft::remove(tx, id, *person, ask).await,
        Change::Room { spot, room } => room::put(tx, id, spot, *room).await,
        Change::Version(row) => version::put(tx, id, row).await,
        Change::Share(row) => share::put(tx, id, row).await,
        Change::Release(row) => share::put_release(tx, id, row).await,
        Change::Plan(plan) => partnership::put_plan(tx, id, plan).await,
        Change::Word(row) => word::put(tx, id, row).await,
        Change::Entered(row) => entered::put(tx, id, row).await,
        Change::EnteredGone { window, giver } => entered::remove(tx, id, *window, *giver).await,
        Change::WordGone(sitting) => word::remove(tx, id, sitting).await,
        Change::Invitation(row) => word::invite(tx, id, row).await,
        Change::InvitationGone(sitting) => word::uninvite(tx, id, sitting).await,
        Change::Timetable(row) => timetable::put(tx, id, row).await,
        Change::Plea(row) => plea::put(tx, id, row).await,
        Change::PleaGone(plea) => plea::remove(tx, id, *plea).await,
        Change::Approval(row) => approval::put(tx, id, row).await,
        Change::ApprovalGone(approval) => approval::remove(tx, id, *approval).await,
        Change::Next(next) => partnership::put_next(tx, id, *next).await,
        Change::Nudging(fact) => nudge::put(tx, id, fact).await,
    }
}

fn steps(changes: &[Change]) -> Vec<Step<'_>> {
    let mut steps: Vec<(u8, Step<'_>)> = Vec::with_capacity(changes.len());
    let mut cards = BTreeSet::new();
    // From the end: a card that changes twice in one act is written once, as it is in the end.
    for (index, change) in changes.iter().enumerate().rev() {
        match change {
            Change::Card(row) if !cards.insert(row.id) => {}
            Change::CardsGone(window) => {
                let before = first_of(*window, &changes[index..]);
                steps.push((LAST, Step::Forget { window: *window, before }));
            }
            Change::Window(row) => {
                steps.push((SLATE, Step::Slate(row)));
                steps.push((rank(change), Step::Row(change)));
            }
            _ => steps.push((rank(change), Step::Row(change))),
        }
    }
    steps.reverse();
    steps.sort_by_key(|(rank, _)| *rank);
    steps.into_iter().map(|(_, step)| step).collect()
}

/// The first card that is given in a window by these changes. Numbers only grow, so whatever the
/// window had before is older.
fn first_of(window: WindowId, changes: &[Change]) -> CardId {
    let given = changes.iter().filter_map(|change| match change {
        Change::Card(card) if card.window == Some(window) => Some(card.id),
        _ => None,
    });
    given.min().unwrap_or(CardId(i64::MAX))
}

const SLATE: u8 = 7;

/// Forgetting comes last: until then the same act may still point to what is forgotten.
const LAST: u8 = 9;

/// What must be there first comes first.
fn rank(change: &Change) -> u8 {
    match change {
        Change::Partnership(_) | Change::Plan(_) => 0,
        Change::Partner(_) => 1,
        Change::Person(_) => 2,
        Change::Window(_) => 3,
        Change::Group(_) | Change::GroupGone(_) => 4,
        Change::Card(card) if !matches!(card.state, CardState::Merged(_)) => 5,
        Change::Card(_) => 6,
        Change::Link(_)
        | Change::LinkGone(_)
        | Change::Cluster(_)
        | Change::Figure { .. }
        | Change::FigureGone { .. }
        | Change::BallotsGone(_)
        | Change::Tally(_)
        | Change::Given(_)
        | Change::Decision(_)
        | Change::Draft(_)
        | Change::DraftGone { .. }
        | Change::Room { .. }
        | Change::Version(_)
        | Change::Share(_)
        | Change::Release(_)
        | Change::Timetable(_)
        | Change::Word(_)
        | Change::WordGone(_)
        | Change::Invitation(_)
        | Change::InvitationGone(_)
        | Change::Entered(_)
        | Change::EnteredGone { .. }
        | Change::Approval(_)
        | Change::ApprovalGone(_)
        | Change::Plea(_)
        | Change::PleaGone(_)
        | Change::Next(_)
        | Change::Nudging(_) => 8,
        Change::CardsGone(_) => LAST,
    }
}
