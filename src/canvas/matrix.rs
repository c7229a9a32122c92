//! The matrix: for each partner the card it was given, for example its primary role.

use serde::Serialize;

use crate::path::plan::{self, Ask, CheckRule, Field, Kind, LinkKind};
use crate::path::{Card, CardId, Decision, Partner, PartnerId, Tally, tally};

use super::beside::{Beside, Of};
use super::captions::fill;
use super::line::Line;
use super::source::Source;
use super::wall::Wall;

/// Partner by card.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Matrix {
    /// A row for each partner.
    pub roles: Vec<Role>,
    /// A column for each card that can be given.
    pub offers: Vec<Offer>,
}

/// A card that can be given, and who has it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Offer {
    /// The card.
    pub card: CardId,
    /// What it says.
    pub text: String,
    /// One line on it; may be empty.
    pub about: String,
    /// How many partners have it, or lead for it alone.
    pub held: usize,
    /// How many more say they support it.
    pub supported: usize,
    /// Whether it is needed, the count has closed, and no partner has it or supports it.
    pub nobody_yet: bool,
}

/// What one partner was given.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Role {
    /// The partner's number.
    pub partner: PartnerId,
    /// Its short name.
    pub name: String,
    /// Its full name.
    pub full_name: String,
    /// The settled cards; before that the leading one, or all that are level.
    pub chosen: Vec<Line>,
    /// Whether it is settled, or only leading in the count.
    pub settled: bool,
    /// What the partner's yes to it stands subject to, in words: *subject to approval by 24 April 2026*.
    pub conditions: Vec<String>,
    /// What was counted, most people first.
    pub nominations: Vec<Nomination>,
    /// What the partner itself said: its own view, its acceptance.
    pub beside: Vec<Beside>,
    /// The cards it named when asked for its own view.
    pub own: Vec<CardId>,
    /// The cards it says it supports besides.
    pub supports: Vec<CardId>,
    /// Whether its own view is another than what was counted or settled.
    pub differs: bool,
    /// Whether several cards lead level, and none is settled.
    pub level: bool,
}

/// How many people saw a partner with a card.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Nomination {
    /// The card.
    pub card: CardId,
    /// What it says.
    pub text: String,
    /// How many people.
    pub people: u32,
    /// How many partners had a part in them.
    pub partners: u32,
    /// The count in words.
    pub said: String,
}

/// What one partner has to do with one card of a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Part {
    /// How far it has it; none: not at all.
    has: Option<Hold>,
    /// How many people saw it there.
    people: u32,
    /// Whether it is the partner's own view.
    own: bool,
}

/// How far a partner has a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Hold {
    /// It was settled so.
    Settled,
    /// It was settled so, and its house has yet to approve.
    Subject,
    /// It leads for it alone.
    Leading,
    /// It leads level with others.
    Level,
    /// The partner says it supports it.
    Supports,
}

impl Role {
    /// What the partner has to do with a card.
    pub(super) fn part(&self, card: CardId) -> Part {
        let has = match self.has().any(|id| id == card) {
            true if self.settled && !self.conditions.is_empty() => Some(Hold::Subject),
            true if self.settled => Some(Hold::Settled),
            true if self.level => Some(Hold::Level),
            true => Some(Hold::Leading),
            false => self.supports.contains(&card).then_some(Hold::Supports),
        };
        let people = self.nominations.iter().find(|found| found.card == card).map_or(0, |found| found.people);
        Part { has, people, own: self.own.contains(&card) }
    }

    /// The cards it has, or that lead.
    fn has(&self) -> impl Iterator<Item = CardId> + '_ {
        self.chosen.iter().filter_map(|line| line.source.cards.first()).map(|origin| origin.card)
    }

    /// Whether there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty() && self.nominations.is_empty() && self.beside.is_empty()
    }
}

/// The matrix of a section.
pub(super) fn compile(wall: &Wall<'_>, section: &plan::Section) -> Matrix {
    let asks = section.from.iter().filter_map(|key| wall.board.plan.ask(key)).filter(|ask| ask.kind == Kind::Assign);
    let asks: Vec<&Ask> = asks.collect();
    let rows = wall.board.partners_now().flat_map(|partner| asks.iter().map(move |ask| (partner, *ask)));
    let rows = rows.filter(|(partner, ask)| is_spoken_of(wall, ask, partner.id));
    let roles: Vec<Role> = rows.map(|(partner, ask)| role(wall, section, ask, partner)).collect();
    let offers = asks.iter().flat_map(|ask| offers(wall, ask, &roles)).collect();
    Matrix { roles, offers }
}

/// Whether an ask speaks of a partner: a quick poll may be about some of them only.
fn is_spoken_of(wall: &Wall<'_>, ask: &Ask, partner: PartnerId) -> bool {
    let window = wall.board.window_of(&ask.key).filter(|_| wall.board.plan.poll(&ask.key).is_some());
    window.is_none_or(|window| window.about.is_empty() || window.about.contains(&partner))
}

/// The cards an ask gives out, each with how many partners have it.
fn offers(wall: &Wall<'_>, ask: &Ask, roles: &[Role]) -> Vec<Offer> {
    let counted = wall.closed(&ask.key).is_some();
    let cards = ask.from.iter().flat_map(|source| wall.board.cards_of(source, ask.kept));
    let offer = |card: &Card| {
        let has = |role: &&Role| role.has().any(|id| id == card.id) && !role.level;
        let held = roles.iter().filter(has).count();
        let supported = roles.iter().filter(|role| !has(role) && role.supports.contains(&card.id)).count();
        Offer {
            card: card.id,
            text: wall.title(card),
            about: wall.parts(card).into_iter().map(|part| part.text).next().unwrap_or_default(),
            held,
            supported,
            nobody_yet: counted && held + supported == 0 && is_needed(wall, ask, card),
        }
    };
    cards.map(offer).collect()
}

/// Whether somebody should have this card: one that the plan wants covered, where it wants any.
fn is_needed(wall: &Wall<'_>, ask: &Ask, card: &Card) -> bool {
    let checks = wall.board.plan.phases.iter().flat_map(|phase| &phase.checks);
    let mut covers = checks.filter(|check| check.rule == CheckRule::Covers && check.ask == ask.key).peekable();
    let names = |check: &plan::Check| check.cards.iter().any(|key| Some(key) == card.item.as_ref());
    covers.peek().is_none() || covers.any(names)
}

fn role(wall: &Wall<'_>, section: &plan::Section, ask: &Ask, partner: &Partner) -> Role {
    let decision = wall.board.decision(&ask.key, Some(partner.id));
    let counted = counted(wall, ask, partner.id);
    let cards: Vec<CardId> = match decision {
        Some(decision) => decision.cards.clone(),
        None => leading(&counted, partner.id),
    };
    let standing: Vec<&Card> = cards.iter().filter_map(|id| wall.board.standing_for(*id)).collect();
    let own = named(wall, section, (ask, LinkKind::Answers), partner.id);
    let nominations = nominations(wall, &counted);
    let beside = of_partner(wall, section, partner.id);
    Role {
        partner: partner.id,
        name: super::names::short(partner),
        full_name: super::escape::leaf(&partner.name),
        level: decision.is_none() && standing.len() > 1,
        differs: !own.is_empty() && !standing.is_empty() && !standing.iter().any(|card| own.contains(&card.id)),
        own,
        supports: named(wall, section, (ask, LinkKind::Serves), partner.id),
        chosen: standing
            .into_iter()
            .map(|card| Line { source: given(wall, card, decision, &nominations), ..plain(wall, card) })
            .collect(),
        settled: decision.is_some(),
        conditions: if decision.is_some() { conditions(wall, &beside) } else { Vec::new() },
        nominations,
        beside,
    }
}

/// Where it comes from that a partner has a card: how many saw it there, not that the card was there from the start.
fn given(wall: &Wall<'_>, card: &Card, decision: Option<&Decision>, nominations: &[Nomination]) -> Source {
    let source = wall.source(card, decision);
    let seen = nominations.iter().find(|found| found.card == card.id).map(|found| found.said.as_str());
    let rest = source.summary.split(" · ").filter(|part| !part.is_empty() && *part != wall.captions.word("from-start"));
    let summary = seen.into_iter().chain(rest).collect::<Vec<_>>().join(" · ");
    Source { summary, ..source }
}

/// What the partner's answers stand subject to.
fn conditions(wall: &Wall<'_>, beside: &[Beside]) -> Vec<String> {
    let cards = beside.iter().filter_map(|of| wall.board.cards.get(&of.source.cards.first()?.card));
    cards.flat_map(|card| wall.conditions(card)).map(|condition| condition.text).collect()
}

/// The cards of an ask that a partner named in an answer beside it, joined to it by such a link.
fn named(wall: &Wall<'_>, section: &plan::Section, of: (&Ask, LinkKind), partner: PartnerId) -> Vec<CardId> {
    let (given, link) = of;
    let mut found = Vec::new();
    for ask in section.beside.iter().filter_map(|key| wall.board.plan.ask(key)) {
        let names = |field: &&Field| field.link == Some(link) && field.from.iter().any(|key| given.from.contains(key));
        for card in
            wall.board.cards_of(&ask.key, false).into_iter().filter(|card| wall.partner_told(card) == Some(partner))
        {
            let ids = ask.fields.iter().filter(names).filter_map(|field| card.field(&field.key).parse().ok());
            found.extend(ids.filter_map(|id| wall.board.standing_for(CardId(id))).map(|card| card.id));
        }
    }
    found
}

/// A card as a line of the matrix: counts stand in the row, since they are about the partner.
fn plain(wall: &Wall<'_>, card: &Card) -> Line {
    Line { source: Source::default(), ..wall.line(card, &[], None) }
}

/// What was counted about a partner in the newest closed round that spoke of it.
fn counted(wall: &Wall<'_>, ask: &Ask, partner: PartnerId) -> Vec<Tally> {
    let spoke = |about: &[PartnerId]| about.is_empty() || about.contains(&partner);
    let windows = wall.board.windows.values().filter(|window| window.ask == ask.key && !window.is_open());
    let Some(window) = windows.filter(|window| spoke(&window.about)).max_by_key(|window| window.nth) else {
        return Vec::new();
    };
    let about = |tally: &&Tally| tally.window == window.id && tally.about == Some(partner) && tally.people > 0;
    wall.board.tallies.iter().filter(about).cloned().collect()
}

fn nominations(wall: &Wall<'_>, counted: &[Tally]) -> Vec<Nomination> {
    let mut found: Vec<Nomination> = counted
        .iter()
        .map(|tally| Nomination {
            card: tally.card,
            text: wall.title_of(tally.card).unwrap_or_default(),
            people: tally.people,
            partners: tally.partners,
            said: said(wall, tally),
        })
        .collect();
    // Voices stay out of sight: a share of 333 or 500 would tell how many people its partner has.
    found.sort_by_key(|nomination| (std::cmp::Reverse(nomination.people), nomination.card));
    found
}

/// The cards that lead by people, then those that lead by partners' voices only.
fn leading(counted: &[Tally], partner: PartnerId) -> Vec<CardId> {
    let leading = tally::leading(counted, Some(partner));
    let mut cards = leading.by_people;
    for card in leading.by_voices {
        if !cards.contains(&card) {
            cards.push(card);
        }
    }
    cards
}

fn said(wall: &Wall<'_>, tally: &Tally) -> String {
    let words = wall.captions;
    let line = words.fill("nominated", "people", &words.people(tally.people));
    fill(&line, "organisations", &words.partners(tally.partners))
}

/// What a partner itself said.
fn of_partner(wall: &Wall<'_>, section: &plan::Section, partner: PartnerId) -> Vec<Beside> {
    let of = Of { cards: &[], partner: Some(partner) };
    let asks = section.beside.iter().filter_map(|key| wall.board.plan.ask(key));
    asks.flat_map(|ask| {
        let cards = wall.board.cards_of(&ask.key, false).into_iter();
        cards.filter(|card| wall.partner_told(card) == Some(partner)).map(move |card| wall.beside_card(ask, card, of))
    })
    .collect()
}
