//! The view from outside: of released sections what they draw, organisations by name, nobody's name.
//!
//! Starts from what the partnership's room sees, so that nothing sealed can get in, and takes away. What
//! was said to a card that is not shown hangs on the one that is shown in its place.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::approval::On;
use super::board::Board;
use super::calendar;
use super::card::{Card, CardId, CardState, Confirmed, Link, Text, Via};
use super::cluster::{Cluster, Heading, Headings};
use super::figure::{Figure, FigureKey, Settled, Tally, Value};
use super::giver::Progress;
use super::material;
use super::people::{PartnerId, PersonId, RoomId};
use super::plan::{By, FieldKind, Kind, LinkKind, Plan};
use super::rewording;
use super::timetable::{LeftOut, Timetable};
use super::view::Viewer;
use super::window::{Giver, WindowId};

/// Nobody: no person has this number.
const NOBODY: PersonId = PersonId(0);

/// Takes away what outsiders may not see.
pub(super) fn reduce(shown: &mut Board, progress: &mut BTreeMap<WindowId, Progress>) {
    let released = Released::of(shown);
    clusters(shown, &released);
    cards(shown, &released);
    links(shown, &released);
    figures(shown, &released);
    settled(shown, &released);
    windows(shown, &released);
    progress.retain(|window, _| shown.windows.get(window).is_some_and(|window| !released.withholds(&window.ask)));
    for numbers in progress.values_mut() {
        numbers.partners_missing.clear();
    }
    shown.plan = Arc::new(plan(shown, &released));
    the_rest(shown, &released);
}

/// What was released: which cards, which asks.
struct Released {
    /// For each card: the one that is shown in its place; itself, if it is shown.
    instead: BTreeMap<CardId, CardId>,
    cards: BTreeSet<CardId>,
    /// Asks of sections that were not released.
    withheld: BTreeSet<String>,
    /// Cards that a host worded anew, and nobody was asked about since.
    reworded: BTreeSet<CardId>,
    /// Where the days are cut.
    zone: String,
}

impl Released {
    fn of(shown: &Board) -> Self {
        let (open, shut): (Vec<_>, Vec<_>) =
            shown.plan.sections.iter().partition(|section| shown.is_released(&section.key));
        let drawn = open.iter().flat_map(|section| material::drawn(shown, section));
        let cards: BTreeSet<CardId> = drawn.filter(|id| counts(shown, *id)).collect();
        let mut instead = BTreeMap::new();
        for card in &cards {
            for origin in shown.origins(*card) {
                instead.entry(origin).or_insert(*card);
            }
        }
        instead.extend(cards.iter().map(|card| (*card, *card)));
        let spoken: BTreeSet<&str> = open.iter().flat_map(|section| material::asks(&shown.plan, section)).collect();
        let hidden = shut.iter().flat_map(|section| material::asks(&shown.plan, section));
        let withheld = hidden.filter(|ask| !spoken.contains(ask)).map(str::to_owned).collect();
        let kept = shown.decisions.iter().flat_map(|decision| decision.cards.iter().map(move |card| (decision, *card)));
        let reworded = kept.filter(|(decision, card)| rewording::agreed(shown, decision, *card).1 != *card);
        let reworded = reworded.map(|(_, card)| card).collect();
        Self { instead, cards, withheld, reworded, zone: shown.zone(Viewer::Outside).to_owned() }
    }

    fn withholds(&self, ask: &str) -> bool {
        self.withheld.contains(ask)
    }

    fn instead_of(&self, card: CardId) -> Option<CardId> {
        self.instead.get(&card).copied()
    }

    /// A time without its hour: what came at one time came from one person. The day is that of the canvas.
    fn day(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        calendar::midnight(at, &self.zone)
    }
}

/// Whether a card may speak outside: what still waits for somebody's yes may not.
fn counts(shown: &Board, id: CardId) -> bool {
    let Some(card) = shown.cards.get(&id) else { return false };
    let needs = shown.plan.ask(&card.source).is_some_and(|ask| ask.confirm.is_some());
    !needs || card.confirmed.as_ref().is_some_and(|confirmed| confirmed.yes)
}

/// Headings of which all cards are shown, or another in their place; not who gave them, nor what they were before.
fn clusters(shown: &mut Board, released: &Released) {
    let mut public = BTreeMap::new();
    for (id, standing) in Headings::of(shown).standing() {
        let cards: Option<BTreeSet<CardId>> = standing.iter().map(|card| released.instead_of(card.id)).collect();
        let Some((cards, cluster)) = cards.zip(shown.clusters.get(&id)) else { continue };
        let last = cluster.headings.last().cloned();
        let headings = last.into_iter().map(|last| Heading { by: None, at: released.day(last.at), ..last }).collect();
        let (out, by, at) = (BTreeSet::new(), None, released.day(cluster.at));
        public.insert(id, Cluster { headings, cards, out, by, at, ..cluster.clone() });
    }
    shown.clusters = public;
}

/// The cards as they read today, without those who wrote them.
fn cards(shown: &mut Board, released: &Released) {
    let kept: Vec<Card> = shown.cards.values().filter(|card| released.cards.contains(&card.id)).cloned().collect();
    let public = kept.into_iter().map(|card| (card.id, public(shown, released, card)));
    let public: BTreeMap<CardId, Card> = public.collect();
    shown.cards = public;
}

fn public(shown: &Board, released: &Released, card: Card) -> Card {
    let ask = shown.plan.ask(&card.source);
    let in_its_name = ask.is_some_and(|ask| ask.by == By::Partner);
    let closed = card.window.and_then(|id| shown.windows.get(&id)).and_then(|window| window.closed);
    let when = |at| closed.unwrap_or_else(|| released.day(at));
    let mut texts: Vec<Text> = card.texts.last().cloned().into_iter().collect();
    for text in &mut texts {
        (text.by, text.at) = (None, when(text.at));
        if text.via != Via::Plan {
            text.via = Via::Button;
        }
        for field in ask.iter().flat_map(|ask| &ask.fields) {
            let Some(words) = text.fields.get_mut(&field.key) else { continue };
            let number = words.parse().ok();
            let there = match field.kind {
                FieldKind::Person => number.and_then(|id| partner_of(shown, PersonId(id))).map(|id| id.0),
                FieldKind::Card => number.and_then(|id| released.instead_of(CardId(id))).map(|id| id.0),
                _ => continue,
            };
            *words = there.map(|id| id.to_string()).unwrap_or_default();
        }
    }
    Card {
        by: None,
        behalf: None,
        partner: card.partner.filter(|_| in_its_name),
        state: CardState::Open,
        confirmed: card.confirmed.map(|confirmed| Confirmed { by: NOBODY, at: when(confirmed.at), ..confirmed }),
        texts,
        ..card
    }
}

fn partner_of(shown: &Board, person: PersonId) -> Option<PartnerId> {
    shown.people.get(&person).map(|person| person.partner)
}

/// Links between what is shown; those of a card that is not shown go to the one in its place.
fn links(shown: &mut Board, released: &Released) {
    let all = std::mem::take(&mut shown.links);
    let (own, moved): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|link| released.cards.contains(&link.from) && released.cards.contains(&link.to));
    for link in own.into_iter().chain(moved) {
        let (Some(from), Some(to)) = (released.instead_of(link.from), released.instead_of(link.to)) else { continue };
        let is_moved = (from, to) != (link.from, link.to);
        let told = link.kind == LinkKind::MadeFrom || link.kind == LinkKind::Under && shown.above(from).is_some();
        if from != to && !(is_moved && told) {
            shown.links.insert(Link { from, to, by: None, at: released.day(link.at), ..link });
        }
    }
}

/// Remarks and objections on what is shown, of asks that are not withheld, in the order of their words, each
/// from somebody and all of an ask at one time.
fn figures(shown: &mut Board, released: &Released) {
    shown.ballots.clear();
    let (cards, windows) = (&shown.cards, &shown.windows);
    let told = |figure: &Figure| {
        let open = windows.get(&figure.key.window).is_some_and(|window| !released.withholds(&window.ask));
        let says = matches!(figure.value, Value::Remark | Value::NotYet) && !figure.note.is_empty();
        open && says && cards.contains_key(&figure.card)
    };
    let all = std::mem::take(&mut shown.figures);
    let mut said: Vec<Figure> = all.into_values().filter(told).collect();
    said.sort_by(|one, other| (&one.note, one.card).cmp(&(&other.note, other.card)));
    for (nth, figure) in (1..).zip(said) {
        // Each has a giver of its own, so that nobody's remarks can be put together.
        let key = FigureKey { giver: Giver::Person(PersonId(-nth)), ..figure.key };
        let at = shown.windows.get(&key.window).map(|window| window.closed.unwrap_or(window.opens));
        shown.figures.insert(key.clone(), Figure { key, at: at.unwrap_or_else(|| released.day(figure.at)), ..figure });
    }
}

/// Decisions and counts of released asks, and of those that belong to no section.
fn settled(shown: &mut Board, released: &Released) {
    shown.decisions.retain(|decision| !released.withholds(&decision.ask));
    for decision in &mut shown.decisions {
        decision.reason.clear();
        let mut cards: Vec<CardId> = Vec::new();
        for card in decision.cards.iter().filter_map(|card| released.instead_of(*card)) {
            if !cards.contains(&card) {
                cards.push(card);
            }
        }
        // Those who agreed were asked in other words, which are not shown: so nobody is said to have agreed.
        if cards.iter().any(|card| released.reworded.contains(card)) {
            decision.how = Settled::Host;
        }
        decision.cards = cards;
    }
    approvals(shown, released);
    let windows = &shown.windows;
    let open = |window: WindowId| windows.get(&window).is_some_and(|window| !released.withholds(&window.ask));
    // Marks go to what a card is about, answers to its words.
    let told = |tally: &Tally| {
        let there = released.instead_of(tally.card);
        let same = |there: CardId| there == tally.card || !released.reworded.contains(&there);
        there.is_some_and(|there| tally.value == Value::Here || same(there))
    };
    shown.tallies.retain(|tally| open(tally.window) && told(tally));
    for tally in &mut shown.tallies {
        tally.card = released.instead_of(tally.card).unwrap_or(tally.card);
    }
}

/// Whose house has said yes to what is shown, and by when it will; not why not, and nobody's name.
fn approvals(shown: &mut Board, released: &Released) {
    let windows = &shown.windows;
    shown.approvals.retain(|_, one| match one.on {
        On::Card(card) => released.cards.contains(&card),
        On::Answers(id) => windows.get(&id).is_some_and(|window| !released.withholds(&window.ask)),
    });
    for one in shown.approvals.values_mut() {
        (one.by, one.at, one.told) = (None, released.day(one.at), one.told.map(|at| released.day(at)));
        if let Some(verdict) = &mut one.verdict {
            (verdict.by, verdict.at) = (None, released.day(verdict.at));
            verdict.reason.clear();
        }
    }
}

/// When what was asked, for the phases; not why, of whom, or with what on the table.
fn windows(shown: &mut Board, released: &Released) {
    for window in shown.windows.values_mut() {
        window.because_of.clear();
        window.despite.clear();
        window.drafters.clear();
        window.slate.retain(|card| released.cards.contains(card));
        if released.withholds(&window.ask) {
            window.slate.clear();
            window.about.clear();
        }
    }
}

/// The plan with the released sections alone. Where it takes a person, outsiders read the organisation.
fn plan(shown: &Board, released: &Released) -> Plan {
    let mut plan = (*shown.plan).clone();
    plan.sections.retain(|section| shown.is_released(&section.key));
    let sittings = plan.phases.iter_mut().chain(&mut plan.beside).flat_map(|phase| &mut phase.sittings);
    for ask in sittings.flat_map(|sitting| &mut sitting.asks) {
        for field in ask.fields.iter_mut().filter(|field| field.kind == FieldKind::Person) {
            field.kind = FieldKind::Partner;
        }
        if ask.kind == Kind::Tree && released.withholds(&ask.key) {
            // Nobody may count the places of a tree that is not shown.
            ask.from.clear();
        }
    }
    plan
}

/// People, rooms, links and versions: what is there is nobody's outside; nor how many acts there were, which
/// would tell of every sealed one as it happens.
fn the_rest(shown: &mut Board, released: &Released) {
    (shown.revision, shown.next) = (0, 0);
    let groups: BTreeSet<_> = shown.cards.values().filter_map(|card| card.group).collect();
    shown.groups.retain(|id, _| groups.contains(id));
    shown.groups.values_mut().for_each(|group| group.members.clear());
    shown.partners.values_mut().for_each(|partner| partner.lag_days = 0);
    shown.versions.retain(|version| version.nth.is_some());
    for version in &mut shown.versions {
        version.label.clear();
        version.despite.clear();
        version.forget(|_| false);
    }
    // That something was left out is told, since else it would be awaited for ever; not why.
    let left_out = std::mem::take(&mut shown.timetable.left_out).into_iter();
    let left_out = left_out.map(|(key, out)| (key, LeftOut { why: String::new(), at: released.day(out.at) }));
    shown.timetable = Timetable { left_out: left_out.collect(), ..Timetable::default() };
    shown.partnership.welcome.clear();
    shown.partnership.house = 0;
    shown.partnership.room = RoomId(0);
    shown.people.clear();
    shown.given.clear();
    shown.drafts.clear();
    shown.rooms.clear();
    shown.shares.clear();
    shown.releases.clear();
    shown.words.clear();
    shown.invitations.clear();
    for plea in shown.pleas.values_mut() {
        (plea.by, plea.at) = (None, released.day(plea.at));
        plea.reason.clear();
    }
    shown.entered.clear();
}
