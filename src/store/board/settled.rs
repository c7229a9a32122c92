//! What stays of an ask: counts and decisions, in their order.

use std::collections::BTreeMap;

use sqlx::FromRow;

use crate::path::{CardId, Decision, DecisionId, PartnerId, PartnershipId, Tally, WindowId};
use crate::store::cell::{cells, spell};
use crate::store::column::{small, time, word};
use crate::store::db::{Tx, statements};
use crate::store::error::StoreError;

statements! {
    PUT_TALLY = "insert into tally
        (partnership, nth, window_, pile, about, card, value, figures, people, partners, voices)
        values ($1, (select coalesce(max(nth), 0) + 1 from tally where partnership = $1),
            $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    TALLIES = "select window_, pile, about, card, value, figures, people, partners, voices
        from tally where partnership = $1 order by nth";
    PUT_DECISION = "insert into decision (partnership, id, nth, ask, about, how, reason, at_ms)
        values ($1, $2, (select coalesce(max(nth), 0) + 1 from decision where partnership = $1),
            $3, $4, $5, $6, $7)";
    PUT_KEPT = "insert into decision_card (partnership, decision, nth, card) values ($1, $2, $3, $4)";
    DECISIONS = "select id, ask, about, how, reason, at_ms from decision where partnership = $1 order by nth";
    KEPT = "select decision, card from decision_card where partnership = $1 order by decision, nth";
}

#[derive(FromRow)]
struct TallyRow {
    window_: i64,
    pile: String,
    about: Option<i64>,
    card: i64,
    value: String,
    figures: i64,
    people: i64,
    partners: i64,
    voices: i64,
}

type DecisionRow = (i64, String, Option<i64>, String, String, i64);

pub(super) async fn put_tally(tx: &mut Tx, id: PartnershipId, row: &Tally) -> Result<(), StoreError> {
    let mut cells = cells![id, row.window, &row.pile, row.about, row.card, spell(&row.value)];
    cells.extend(cells![row.figures, row.people, row.partners, row.voices]);
    tx.run(PUT_TALLY, cells).await?;
    Ok(())
}

pub(super) async fn tallies(tx: &mut Tx, id: PartnershipId) -> Result<Vec<Tally>, StoreError> {
    let tally = |row: TallyRow| {
        Ok(Tally {
            window: WindowId(row.window_),
            pile: row.pile,
            about: row.about.map(PartnerId),
            card: CardId(row.card),
            value: word("tally", row.value)?,
            figures: small("tally", row.figures)?,
            people: small("tally", row.people)?,
            partners: small("tally", row.partners)?,
            voices: small("tally", row.voices)?,
        })
    };
    tx.all::<TallyRow>(TALLIES, cells![id]).await?.into_iter().map(tally).collect()
}

pub(super) async fn put_decision(tx: &mut Tx, id: PartnershipId, row: &Decision) -> Result<(), StoreError> {
    let cells = cells![id, row.id, &row.ask, row.about, spell(&row.how), &row.reason, row.at];
    tx.run(PUT_DECISION, cells).await?;
    for (nth, card) in (1_i64..).zip(&row.cards) {
        tx.run(PUT_KEPT, cells![id, row.id, nth, *card]).await?;
    }
    Ok(())
}

pub(super) async fn decisions(tx: &mut Tx, id: PartnershipId) -> Result<Vec<Decision>, StoreError> {
    let mut kept: BTreeMap<i64, Vec<CardId>> = BTreeMap::new();
    for (decision, card) in tx.all::<(i64, i64)>(KEPT, cells![id]).await? {
        kept.entry(decision).or_default().push(CardId(card));
    }
    let decision = |(id, ask, about, how, reason, at_ms): DecisionRow| {
        Ok(Decision {
            id: DecisionId(id),
            ask,
            about: about.map(PartnerId),
            cards: kept.remove(&id).unwrap_or_default(),
            how: word("decision", how)?,
            reason,
            at: time("decision", at_ms)?,
        })
    };
    tx.all::<DecisionRow>(DECISIONS, cells![id]).await?.into_iter().map(decision).collect()
}
