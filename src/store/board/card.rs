//! Cards and their wordings. What is new is added; only erasure takes a wording away.

use std::collections::BTreeMap;

use sqlx::FromRow;

use crate::path::{Card, CardId, CardState, Confirmed, GroupId, PartnerId, PartnershipId, PersonId, Text, WindowId};
use crate::store::cell::{cells, spell};
use crate::store::column::{time, word};
use crate::store::db::{Record, Tx, statements};
use crate::store::error::StoreError;

const TABLE: &str = "card";

/// The cards of a window that were there before a card of this number.
macro_rules! gone {
    () => {
        "(select id from card where partnership = $1 and window_ = $2 and id < $3)"
    };
}

/// All that points to a card, before the card itself.
const FORGETTING: [&str; 15] = [
    FORGET_APPROVALS,
    FORGET_HEADINGS,
    FORGET_GATHERED,
    FORGET_LINKS,
    FORGET_FIGURES,
    FORGET_BALLOTS,
    FORGET_COUNTS,
    FORGET_SLATES,
    FORGET_KEPT,
    FORGET_SNAPSHOTS,
    FORGET_ASIDE,
    FORGET_JOINTS,
    FORGET_RECEIPTS,
    FORGET_WORDINGS,
    FORGET,
];

statements! {
    PUT = "insert into card
        (partnership, id, source, window_, by_person, behalf, partner, grouping_, item,
         state, merged_into, parked, confirmed_by, confirmed_yes, confirmed_ms, disputed, added)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        on conflict (partnership, id) do update set source = excluded.source, window_ = excluded.window_,
            by_person = excluded.by_person, behalf = excluded.behalf, partner = excluded.partner,
            grouping_ = excluded.grouping_, item = excluded.item, state = excluded.state,
            merged_into = excluded.merged_into, parked = excluded.parked, confirmed_by = excluded.confirmed_by,
            confirmed_yes = excluded.confirmed_yes, confirmed_ms = excluded.confirmed_ms,
            disputed = excluded.disputed, added = excluded.added";
    ALL_CARDS = "select id, source, window_, by_person, behalf, partner, grouping_, item, state, merged_into, parked,
        confirmed_by, confirmed_yes, confirmed_ms, disputed, added from card where partnership = $1";
    DROP_WORDING = "delete from wording where partnership = $1 and card = $2 and nth = $3";
    PUT_WORDING = "insert into wording (partnership, card, nth, by_person, via, at_ms)
        values ($1, $2, $3, $4, $5, $6)";
    PUT_TEXT = "insert into card_text (partnership, card, nth, field, words) values ($1, $2, $3, $4, $5)";
    FORGET_LINKS = concat!("delete from link where partnership = $1 and (from_card in ", gone!(), " or to_card in ", gone!(), ")");
    FORGET_APPROVALS = concat!("delete from approval where partnership = $1 and card in ", gone!());
    FORGET_HEADINGS = concat!("delete from cluster_card where partnership = $1 and card in ", gone!());
    FORGET_GATHERED = concat!("delete from version_cluster_card where partnership = $1 and card in ", gone!());
    FORGET_FIGURES = concat!("delete from figure where partnership = $1 and card in ", gone!());
    FORGET_BALLOTS = concat!("delete from ballot where partnership = $1 and card in ", gone!());
    FORGET_COUNTS = concat!("delete from tally where partnership = $1 and card in ", gone!());
    FORGET_SLATES = concat!("delete from slate where partnership = $1 and card in ", gone!());
    FORGET_KEPT = concat!("delete from decision_card where partnership = $1 and card in ", gone!());
    FORGET_SNAPSHOTS = concat!("delete from version_card where partnership = $1 and card in ", gone!());
    FORGET_ASIDE = concat!("delete from version_aside where partnership = $1 and (card in ", gone!(), " or merged_into in ", gone!(), ")");
    FORGET_JOINTS = concat!("delete from version_link where partnership = $1 and (from_card in ", gone!(), " or to_card in ", gone!(), ")");
    FORGET_RECEIPTS = concat!("update receipt set card = null where partnership = $1 and card in ", gone!());
    FORGET_WORDINGS = concat!("delete from wording where partnership = $1 and card in ", gone!());
    FORGET = concat!("delete from card where partnership = $1 and id in ", gone!());
    ALL_WORDINGS = "select card, by_person, via, at_ms from wording where partnership = $1 order by card, nth";
    ALL_TEXTS = "select card, nth, field, words from card_text where partnership = $1";
    ITS_WORDINGS = "select card, by_person, via, at_ms from wording where partnership = $1 and card = $2 order by nth";
    ITS_TEXTS = "select card, nth, field, words from card_text where partnership = $1 and card = $2";
}

#[derive(FromRow)]
struct Row {
    id: i64,
    source: String,
    window_: Option<i64>,
    by_person: Option<i64>,
    behalf: Option<i64>,
    partner: Option<i64>,
    grouping_: Option<i64>,
    item: Option<String>,
    state: String,
    merged_into: Option<i64>,
    parked: Option<String>,
    confirmed_by: Option<i64>,
    confirmed_yes: Option<i64>,
    confirmed_ms: Option<i64>,
    disputed: i64,
    added: i64,
}

type WordingRow = (i64, Option<i64>, String, i64);
type TextRow = (i64, i64, String, String);

/// Writes a card, and those of its wordings that are not there yet.
pub(super) async fn put(tx: &mut Tx, id: PartnershipId, row: &Card) -> Result<(), StoreError> {
    put_head(tx, id, row).await?;
    let wordings = rows::<WordingRow>(tx, ITS_WORDINGS, id, row.id).await?;
    let texts = rows::<TextRow>(tx, ITS_TEXTS, id, row.id).await?;
    let stored = assemble(wordings, texts)?.remove(&row.id).unwrap_or_default();
    let same = stored.iter().zip(&row.texts).take_while(|(old, new)| old == new).count();
    for (nth, _) in (1_i64..).zip(&stored).skip(same) {
        tx.run(DROP_WORDING, cells![id, row.id, nth]).await?;
    }
    for (nth, text) in (1_i64..).zip(&row.texts).skip(same) {
        tx.run(PUT_WORDING, cells![id, row.id, nth, text.by, spell(&text.via), text.at]).await?;
        for (field, words) in &text.fields {
            tx.run(PUT_TEXT, cells![id, row.id, nth, field, words]).await?;
        }
    }
    Ok(())
}

/// Takes away the cards of a window that are older than `before`, and all that points to them, so that
/// nothing leads from a reason that came back without a name to the one who gave it.
pub(super) async fn forget(tx: &mut Tx, id: PartnershipId, window: WindowId, before: CardId) -> Result<(), StoreError> {
    for sql in FORGETTING {
        tx.run(sql, cells![id, window, before]).await?;
    }
    Ok(())
}

async fn put_head(tx: &mut Tx, id: PartnershipId, row: &Card) -> Result<(), StoreError> {
    let (state, merged_into) = match row.state {
        CardState::Open => ("open", None),
        CardState::Withdrawn => ("withdrawn", None),
        CardState::Merged(into) => ("merged", Some(into)),
    };
    let confirmed = row.confirmed.as_ref();
    let mut cells = cells![id, row.id, &row.source, row.window, row.by, row.behalf, row.partner, row.group, &row.item];
    cells.extend(cells![state, merged_into, &row.parked]);
    cells.extend(cells![confirmed.map(|said| said.by), confirmed.map(|said| said.yes), confirmed.map(|said| said.at)]);
    cells.extend(cells![row.disputed, row.added]);
    tx.run(PUT, cells).await?;
    Ok(())
}

async fn rows<T: Record>(
    tx: &mut Tx,
    sql: &'static str,
    id: PartnershipId,
    card: CardId,
) -> Result<Vec<T>, StoreError> {
    tx.all(sql, cells![id, card]).await
}

pub(super) async fn all(tx: &mut Tx, id: PartnershipId) -> Result<BTreeMap<CardId, Card>, StoreError> {
    let wordings: Vec<WordingRow> = tx.all(ALL_WORDINGS, cells![id]).await?;
    let texts: Vec<TextRow> = tx.all(ALL_TEXTS, cells![id]).await?;
    let mut texts = assemble(wordings, texts)?;
    let mut cards = BTreeMap::new();
    for row in tx.all::<Row>(ALL_CARDS, cells![id]).await? {
        let card = card(row, &mut texts)?;
        cards.insert(card.id, card);
    }
    Ok(cards)
}

fn card(row: Row, texts: &mut BTreeMap<CardId, Vec<Text>>) -> Result<Card, StoreError> {
    let corrupt = |why| StoreError::Corrupt { table: TABLE, why };
    let state = match (row.state.as_str(), row.merged_into) {
        ("open", None) => CardState::Open,
        ("withdrawn", None) => CardState::Withdrawn,
        ("merged", Some(into)) => CardState::Merged(CardId(into)),
        _ => return Err(corrupt("its state is none that a card can have")),
    };
    let confirmed = match (row.confirmed_by, row.confirmed_yes, row.confirmed_ms) {
        (None, None, None) => None,
        (Some(by), Some(yes), Some(ms)) => Some(Confirmed { by: PersonId(by), yes: yes == 1, at: time(TABLE, ms)? }),
        _ => return Err(corrupt("what was said to confirm it is not whole")),
    };
    let id = CardId(row.id);
    Ok(Card {
        id,
        source: row.source,
        window: row.window_.map(WindowId),
        by: row.by_person.map(PersonId),
        behalf: row.behalf.map(PersonId),
        partner: row.partner.map(PartnerId),
        group: row.grouping_.map(GroupId),
        item: row.item,
        texts: texts.remove(&id).unwrap_or_default(),
        state,
        parked: row.parked,
        confirmed,
        disputed: row.disputed == 1,
        added: row.added == 1,
    })
}

/// Puts wordings and their fields together.
fn assemble(wordings: Vec<WordingRow>, texts: Vec<TextRow>) -> Result<BTreeMap<CardId, Vec<Text>>, StoreError> {
    let mut found: BTreeMap<CardId, Vec<Text>> = BTreeMap::new();
    for (card, by, via, at_ms) in wordings {
        let text = Text {
            fields: BTreeMap::new(),
            by: by.map(PersonId),
            via: word("wording", via)?,
            at: time("wording", at_ms)?,
        };
        found.entry(CardId(card)).or_default().push(text);
    }
    for (card, nth, field, words) in texts {
        let index = usize::try_from(nth - 1).ok();
        let text = index.and_then(|index| found.get_mut(&CardId(card))?.get_mut(index));
        let text = text.ok_or(StoreError::Corrupt { table: "wording", why: "its numbers have a gap" })?;
        text.fields.insert(field, words);
    }
    Ok(found)
}
