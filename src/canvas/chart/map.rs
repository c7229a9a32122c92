//! Maps: card by partner, who works on what and where nobody does.

use serde::Serialize;

use crate::path::plan::Ask;
use crate::path::{Card, CardId, Partner, PartnerId};

use super::super::names;
use super::super::tree::{Node, Tree};
use super::super::wall::Wall;

/// Who works on what.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Map {
    /// What *now* is called, by its choices.
    pub now_said: String,
    /// What *planned* is called, by its choices.
    pub planned_said: String,
    /// What everything else is called, by its choices; may be empty.
    pub other_said: String,
    /// A column for each partner.
    pub columns: Vec<MapColumn>,
    /// A row for each card somebody could work on.
    pub rows: Vec<MapRow>,
    /// How many rows have nobody.
    pub open: usize,
    /// The same in words; empty where every row has somebody.
    pub open_said: String,
}

/// A partner in a map.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MapColumn {
    /// Its number.
    pub partner: PartnerId,
    /// Its short name.
    pub name: String,
    /// On how many rows it works now.
    pub now: usize,
    /// On how many more it plans to.
    pub planned: usize,
}

/// A card in a map.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MapRow {
    /// The card.
    pub card: CardId,
    /// Where it stands in the tree.
    pub place: String,
    /// What it says.
    pub text: String,
    /// How deep it lies, from 0.
    pub depth: usize,
    /// Whether the group chose it.
    pub kept: bool,
    /// A cell for each column.
    pub cells: Vec<Cell>,
    /// How many partners work on it now.
    pub now: usize,
    /// How many more plan to.
    pub planned: usize,
    /// Whether all were asked, and nobody works on it or plans to. Never under what was put aside.
    pub nobody_yet: bool,
    /// Whether it was put aside: it keeps its row, since others may lie under it, and has no share.
    pub aside: bool,
}

/// One partner's part in one card.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Cell {
    /// How far; none: no part.
    pub share: Option<Share>,
    /// What it does there, in its words.
    pub what: Vec<String>,
}

/// How far a partner has a part in a card, the most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Share {
    /// It works on it.
    Now,
    /// It plans to.
    Planned,
    /// Anything else, for example once in the past.
    Other,
}

/// What the plan says of a map.
pub(super) struct Told<'a> {
    pub ask: &'a str,
    pub field: &'a str,
    pub now: &'a [String],
    pub planned: &'a [String],
}

impl Told<'_> {
    fn share(&self, choice: &str) -> Share {
        let is_in = |list: &[String]| list.iter().any(|known| known == choice);
        match (is_in(self.now), is_in(self.planned)) {
            (true, _) => Share::Now,
            (_, true) => Share::Planned,
            _ => Share::Other,
        }
    }
}

/// The map of a tree.
pub(super) fn compile(wall: &Wall<'_>, told: &Told<'_>, tree: &Tree) -> Option<Map> {
    let ask = wall.board.plan.ask(told.ask)?;
    let partners: Vec<&Partner> = wall.board.partners_now().collect();
    let mut nodes = Vec::new();
    for side in [&tree.roots, &tree.loose_roots, &tree.crown, &tree.loose_crown] {
        flatten(side, (0, false), &mut nodes);
    }
    let rows: Vec<MapRow> = nodes.iter().filter_map(|at| row(wall, told, ask, &partners, *at)).collect();
    let columns = partners.iter().enumerate().map(|(at, partner)| {
        let count = |share| rows.iter().filter(|row| row.cells[at].share == Some(share)).count();
        let (now, planned) = (count(Share::Now), count(Share::Planned));
        MapColumn { partner: partner.id, name: names::short(partner), now, planned }
    });
    let open = rows.iter().filter(|row| row.nobody_yet).count();
    let said = |share: Share| choices(wall, told, ask, share);
    Some(Map {
        now_said: said(Share::Now),
        planned_said: said(Share::Planned),
        other_said: said(Share::Other),
        columns: columns.collect(),
        open_said: if open == 0 { String::new() } else { wall.captions.number("open-one", "open-many", open) },
        open,
        rows,
    })
}

/// A node, its depth, and whether it lies under one that was put aside.
type At<'a> = (&'a Node, usize, bool);

/// Every node, parents before children.
fn flatten<'a>(nodes: &'a [Node], (depth, under_aside): (usize, bool), found: &mut Vec<At<'a>>) {
    for node in nodes {
        found.push((node, depth, under_aside));
        flatten(&node.children, (depth + 1, under_aside || node.is_aside()), found);
    }
}

/// One row; none for what nobody is asked to work on.
fn row(wall: &Wall<'_>, told: &Told<'_>, ask: &Ask, partners: &[&Partner], at: At<'_>) -> Option<MapRow> {
    let (node, depth, under_aside) = at;
    let line = node.line.as_ref()?;
    let aside = node.is_aside();
    let card = wall.board.cards.get(&node.card)?;
    let origins = wall.board.origins(card.id);
    if !ask.fields.iter().any(|field| field.link.is_some() && wall.offers(field, &origins)) {
        return None;
    }
    let on_it = if aside { Vec::new() } else { wall.speaking_of(&origins, &ask.key) };
    let cells: Vec<Cell> = partners.iter().map(|partner| cell(wall, told, ask, &on_it, partner)).collect();
    let count = |share| cells.iter().filter(|cell| cell.share == Some(share)).count();
    let (now, planned) = (count(Share::Now), count(Share::Planned));
    let asked = wall.is_nobodys(std::slice::from_ref(&ask.key), card, &[]);
    Some(MapRow {
        card: node.card,
        place: node.place.clone(),
        text: line.text.clone(),
        depth,
        kept: node.kept,
        cells,
        now,
        planned,
        nobody_yet: asked && now + planned == 0 && !under_aside,
        aside,
    })
}

fn cell(wall: &Wall<'_>, told: &Told<'_>, ask: &Ask, on_it: &[&Card], partner: &Partner) -> Cell {
    let of_partner = on_it.iter().copied().filter(|claim| wall.partner_told(claim) == Some(partner.id));
    let claims: Vec<&Card> = of_partner.collect();
    let own = ask.fields.iter().filter(|field| field.key != told.field && field.link.is_none());
    let own: Vec<_> = own.collect();
    let said = |claim: &&Card| {
        let texts = own.iter().map(|field| wall.value(ask, field, claim.field(&field.key)));
        texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
    };
    Cell {
        share: claims.iter().map(|claim| told.share(claim.field(told.field))).min(),
        what: claims.iter().map(said).filter(|text| !text.is_empty()).collect(),
    }
}

/// The choices that mean one share, as people read them.
fn choices(wall: &Wall<'_>, told: &Told<'_>, ask: &Ask, share: Share) -> String {
    let field = ask.fields.iter().find(|field| field.key == told.field);
    let choices = field.into_iter().flat_map(|field| &field.choices).filter(|choice| told.share(choice) == share);
    choices.map(|choice| wall.captions.choice(&[&ask.key, told.field, choice])).collect::<Vec<_>>().join(", ")
}
