//! The board: everything a partnership has on its wall, as it stands now.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::approval::{Approval, ApprovalId, On};
use super::card::{Card, CardId, CardState, Draft, Link};
use super::change::Change;
use super::cluster::{Cluster, ClusterId};
use super::coming;
use super::entered::Entered;
use super::figure::{Decision, Figure, FigureKey, Tally};
use super::group::{Group, GroupId};
use super::links::Links;
use super::nudge::Nudging;
use super::people::{AccountId, Partner, PartnerId, Partnership, Person, PersonId, RoomId};
use super::plan::{ISSUE, LinkKind, Phase, Plan, Sitting};
use super::reopening::{Plea, PleaId};
use super::share::{Release, Share, ShareId};
use super::spot::Spot;
use super::timetable::Timetable;
use super::version::Version;
use super::view::Viewer;
use super::window::{Given, Giver, Window, WindowId};
use super::word::Word;

/// The field in which a card of a list has its short name; its one line stands beside.
pub const NAME: &str = "name";

/// Everything a partnership has. Changed only by [`Board::apply`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Board {
    /// How many acts have changed it.
    pub revision: i64,
    /// The next number for anything new on it.
    pub next: i64,
    /// The plan it was founded with: buttons, rules and canvas use this copy.
    pub plan: Arc<Plan>,
    /// The partnership's own row.
    pub partnership: Partnership,
    /// Partners.
    pub partners: BTreeMap<PartnerId, Partner>,
    /// People.
    pub people: BTreeMap<PersonId, Person>,
    /// Windows.
    pub windows: BTreeMap<WindowId, Window>,
    /// Cards.
    pub cards: BTreeMap<CardId, Card>,
    /// Links.
    pub links: Links,
    /// Groups of cards under headings, with those that were dissolved.
    #[serde(default)]
    pub clusters: BTreeMap<ClusterId, Cluster>,
    /// Figures with a name on them.
    pub figures: BTreeMap<FigureKey, Figure>,
    /// Ballots: figures of unnamed asks, until the close.
    pub ballots: BTreeMap<FigureKey, Figure>,
    /// Counts of closed asks.
    pub tallies: Vec<Tally>,
    /// Who has given.
    pub given: BTreeMap<(WindowId, Giver), Given>,
    /// Triads.
    pub groups: BTreeMap<GroupId, Group>,
    /// What was settled, oldest first.
    pub decisions: Vec<Decision>,
    /// Drafts.
    pub drafts: BTreeMap<(PersonId, String), Draft>,
    /// Smaller rooms.
    pub rooms: BTreeMap<Spot, RoomId>,
    /// Snapshots and versions.
    pub versions: Vec<Version>,
    /// Links under which the canvas can be read, with those that have ended.
    pub shares: BTreeMap<ShareId, Share>,
    /// What was released to outsiders, oldest first; the newest counts.
    pub releases: Vec<Release>,
    /// Who was nudged, and who wants it how.
    pub nudging: Nudging,
    /// Words from hosts above opening posts, by sitting.
    pub words: BTreeMap<String, Word>,
    /// Hosts' texts in the place of sittings' invitations, by sitting.
    pub invitations: BTreeMap<String, Word>,
    /// What hosts said about time.
    #[serde(default)]
    pub timetable: Timetable,
    /// What hosts entered for others.
    pub entered: BTreeMap<(WindowId, Giver), Entered>,
    /// Who asked to open a settled choice again.
    #[serde(default)]
    pub pleas: BTreeMap<PleaId, Plea>,
    /// What stands subject to a partner's approval, and what its house said.
    #[serde(default)]
    pub approvals: BTreeMap<ApprovalId, Approval>,
}

impl Board {
    /// An empty board, ready for its founding.
    #[must_use]
    pub fn new(partnership: Partnership, plan: Arc<Plan>) -> Self {
        Self {
            revision: 0,
            next: 1,
            plan,
            partnership,
            partners: BTreeMap::new(),
            people: BTreeMap::new(),
            windows: BTreeMap::new(),
            cards: BTreeMap::new(),
            links: Links::default(),
            clusters: BTreeMap::new(),
            figures: BTreeMap::new(),
            ballots: BTreeMap::new(),
            tallies: Vec::new(),
            given: BTreeMap::new(),
            groups: BTreeMap::new(),
            decisions: Vec::new(),
            drafts: BTreeMap::new(),
            rooms: BTreeMap::new(),
            versions: Vec::new(),
            shares: BTreeMap::new(),
            releases: Vec::new(),
            nudging: Nudging::default(),
            words: BTreeMap::new(),
            invitations: BTreeMap::new(),
            timetable: Timetable::default(),
            entered: BTreeMap::new(),
            pleas: BTreeMap::new(),
            approvals: BTreeMap::new(),
        }
    }

    /// Takes the changes of one act, and counts it. The tables take the same changes in `store`.
    pub fn apply(&mut self, changes: &[Change]) {
        for change in changes {
            self.take(change.clone());
        }
        self.revision += 1;
    }

    /// Takes one change.
    pub(super) fn take(&mut self, change: Change) {
        match change {
            Change::Partnership(row) => self.partnership = row,
            Change::Partner(row) => drop(self.partners.insert(row.id, row)),
            Change::Person(row) => drop(self.people.insert(row.id, row)),
            Change::Window(row) => drop(self.windows.insert(row.id, row)),
            Change::Card(row) => drop(self.cards.insert(row.id, row)),
            Change::CardsGone(window) => self.forget_cards(window),
            Change::Link(row) => self.links.insert(row),
            Change::LinkGone(id) => drop(self.links.remove(id)),
            Change::Cluster(row) => drop(self.clusters.insert(row.id, row)),
            Change::Figure { figure, secret } => {
                drop(self.hand(secret).insert(figure.key.clone(), figure));
            }
            Change::FigureGone { key, secret } => drop(self.hand(secret).remove(&key)),
            Change::BallotsGone(window) => self.ballots.retain(|key, _| key.window != window),
            Change::Tally(row) => self.tallies.push(row),
            Change::Given(row) => drop(self.given.insert((row.window, row.giver), row)),
            Change::Group(row) => drop(self.groups.insert(row.id, row)),
            Change::GroupGone(id) => drop(self.groups.remove(&id)),
            Change::Decision(row) => self.decisions.push(row),
            Change::Draft(row) => drop(self.drafts.insert((row.person, row.ask.clone()), row)),
            Change::DraftGone { person, ask } => drop(self.drafts.remove(&(person, ask))),
            Change::Room { spot, room } => drop(self.rooms.insert(spot, room)),
            Change::Version(row) => self.versions.push(row),
            Change::Share(row) => drop(self.shares.insert(row.id, row)),
            Change::Release(row) => self.releases.push(row),
            Change::Plan(plan) => self.plan = plan,
            Change::Word(row) => drop(self.words.insert(row.sitting.clone(), row)),
            Change::Entered(row) => drop(self.entered.insert((row.window, row.giver), row)),
            Change::EnteredGone { window, giver } => drop(self.entered.remove(&(window, giver))),
            Change::WordGone(sitting) => drop(self.words.remove(&sitting)),
            Change::Invitation(row) => drop(self.invitations.insert(row.sitting.clone(), row)),
            Change::InvitationGone(sitting) => drop(self.invitations.remove(&sitting)),
            Change::Timetable(row) => self.timetable = row,
            Change::Plea(row) => drop(self.pleas.insert(row.id, row)),
            Change::PleaGone(id) => drop(self.pleas.remove(&id)),
            Change::Approval(row) => drop(self.approvals.insert(row.id, row)),
            Change::ApprovalGone(id) => drop(self.approvals.remove(&id)),
            Change::Next(next) => self.next = next,
            Change::Nudging(fact) => self.nudging.take(fact),
        }
    }

    /// Nothing on the board may point to a card that is gone.
    fn forget_cards(&mut self, window: WindowId) {
        self.cards.retain(|_, card| card.window != Some(window));
        let cards = &self.cards;
        self.links.retain(|link| cards.contains_key(&link.from) && cards.contains_key(&link.to));
        for cluster in self.clusters.values_mut() {
            cluster.cards.retain(|card| cards.contains_key(card));
            cluster.out.retain(|card| cards.contains_key(card));
        }
        self.figures.retain(|_, figure| cards.contains_key(&figure.card));
        self.ballots.retain(|_, figure| cards.contains_key(&figure.card));
        self.tallies.retain(|row| cards.contains_key(&row.card));
        self.approvals.retain(|_, one| !matches!(one.on, On::Card(card) if !cards.contains_key(&card)));
        for window in self.windows.values_mut() {
            window.slate.retain(|card| cards.contains_key(card));
        }
        for decision in &mut self.decisions {
            decision.cards.retain(|card| cards.contains_key(card));
        }
        for version in &mut self.versions {
            version.forget(|card| cards.contains_key(&card));
        }
    }

    fn hand(&mut self, secret: bool) -> &mut BTreeMap<FigureKey, Figure> {
        if secret { &mut self.ballots } else { &mut self.figures }
    }

    /// When something was given, settled, opened, closed or kept last.
    #[must_use]
    pub fn changed_at(&self) -> chrono::DateTime<chrono::Utc> {
        let given = self.given.values().map(|given| given.at);
        let settled = self.decisions.iter().map(|decision| decision.at);
        let windows = self.windows.values().flat_map(|window| [Some(window.opens), window.closed]).flatten();
        let versions = self.versions.iter().map(|version| version.at);
        given.chain(settled).chain(windows).chain(versions).max().unwrap_or(self.partnership.founded)
    }

    /// The person an account belongs to.
    #[must_use]
    pub fn person_of(&self, account: AccountId) -> Option<&Person> {
        self.people.values().find(|person| person.accounts.contains(&account))
    }

    /// People who belong today: joined or invited.
    pub fn counting(&self) -> impl Iterator<Item = &Person> {
        self.people.values().filter(|person| person.counts())
    }

    /// Partners that have not left.
    pub fn partners_now(&self) -> impl Iterator<Item = &Partner> {
        self.partners.values().filter(|partner| partner.until.is_none())
    }

    /// The newest window of an ask, open or closed.
    #[must_use]
    pub fn window_of(&self, ask: &str) -> Option<&Window> {
        self.windows.values().filter(|window| window.ask == ask).max_by_key(|window| window.nth)
    }

    /// Whether a phase was closed and nothing of it has been opened since. The last phase's close is published.
    #[must_use]
    pub fn is_closed(&self, phase: &Phase) -> bool {
        let last = self.plan.phases.last().is_some_and(|last| last.key == phase.key);
        let mut kept = self.versions.iter().rev();
        let closed = kept.find(|version| version.label == phase.key && version.nth.is_some() == last);
        let asks = || phase.sittings.iter().flat_map(|sitting| &sitting.asks);
        let windows = || self.windows.values().filter(|window| asks().any(|ask| ask.key == window.ask));
        // Numbers tell what came first, whatever the clock did meanwhile.
        closed.is_some_and(|closed| windows().all(|window| !window.is_open() && window.id.0 < closed.id.0))
    }

    /// For how many working days a sitting opens here: as hosts said, else by the pace they chose, else by the plan.
    #[must_use]
    pub fn days(&self, sitting: &Sitting) -> u16 {
        let by_pace = || self.plan.pace(self.timetable.pace.as_deref()?)?.days.get(&sitting.key);
        self.timetable.days.get(&sitting.key).or_else(by_pace).copied().unwrap_or(sitting.days)
    }

    /// The zone of the partnership's own clock, by which its days are told: the one by which its newest step ends;
    /// before any does, where the first host is.
    ///
    /// Outsiders are told no person's zone; before a step has an end their days are those of UTC.
    #[must_use]
    pub fn zone(&self, viewer: Viewer) -> &str {
        let newest = self.windows.values().rev().find_map(|window| window.wall.as_ref());
        let first = || if viewer == Viewer::Outside { "UTC" } else { coming::zone(self) };
        newest.map_or_else(first, |wall| wall.zone.as_str())
    }

    /// Whether outsiders may see a section of the canvas.
    #[must_use]
    pub fn is_released(&self, section: &str) -> bool {
        self.releases.last().is_some_and(|release| release.sections.contains(section))
    }

    /// What an ask keeps now: the cards of its newest decision.
    #[must_use]
    pub fn kept(&self, ask: &str) -> &[CardId] {
        self.decision(ask, None).map_or(&[], |decision| decision.cards.as_slice())
    }

    /// The newest decision of an ask, about one partner or the whole group.
    #[must_use]
    pub fn decision(&self, ask: &str, about: Option<PartnerId>) -> Option<&Decision> {
        self.decisions.iter().rev().find(|decision| decision.ask == ask && decision.about == about)
    }

    /// The focal issue's card: the one that stands, if the group had it worded anew.
    #[must_use]
    pub fn issue(&self) -> Option<&Card> {
        let first = self.cards.values().find(|card| card.source == ISSUE)?;
        self.standing_for(first.id).or(Some(first))
    }

    /// Cards of a source that stand on the board; what was kept there if `kept`.
    #[must_use]
    pub fn cards_of(&self, source: &str, kept: bool) -> Vec<&Card> {
        if kept {
            return self.kept(source).iter().filter_map(|id| self.cards.get(id)).collect();
        }
        self.cards.values().filter(|card| card.source == source && card.stands()).collect()
    }

    /// What a card says, in short: its headline.
    #[must_use]
    pub fn words_of<'a>(&self, card: &'a Card) -> &'a str {
        let text = card.field(self.headline_of(card));
        if text.is_empty() {
            card.text().and_then(|text| text.fields.values().next()).map_or("", String::as_str)
        } else {
            text
        }
    }

    /// The field in which a card's headline stands: its ask's first one, else its name, else what it has.
    #[must_use]
    pub fn headline_of<'a>(&'a self, card: &'a Card) -> &'a str {
        let asked = self.plan.ask(&card.source).and_then(super::plan::Ask::headline);
        let own = || card.text().and_then(|text| text.fields.keys().next()).map_or(NAME, String::as_str);
        let by_itself = || if card.field(NAME).is_empty() { own() } else { NAME };
        asked.map_or_else(by_itself, |field| field.key.as_str())
    }

    /// The card a card lies under.
    #[must_use]
    pub fn above(&self, card: CardId) -> Option<&Link> {
        self.links.from(card, LinkKind::Under).next()
    }

    /// What a card was made from and what stands behind it, all the way down, itself first.
    #[must_use]
    pub fn origins(&self, card: CardId) -> Vec<CardId> {
        let mut found = vec![card];
        let mut at = 0;
        while at < found.len() {
            let here = found[at];
            let behind = self.links.at(here).filter_map(|link| match link.kind {
                LinkKind::MadeFrom if link.from == here => Some(link.to),
                LinkKind::Supports if link.to == here => Some(link.from),
                _ => None,
            });
            for card in behind {
                if !found.contains(&card) {
                    found.push(card);
                }
            }
            at += 1;
        }
        found
    }

    /// The card that stands for a card today: itself, or what it was merged into.
    #[must_use]
    pub fn standing_for(&self, card: CardId) -> Option<&Card> {
        let mut found = self.cards.get(&card)?;
        for _ in 0..32 {
            match found.state {
                CardState::Merged(into) => found = self.cards.get(&into)?,
                CardState::Open | CardState::Withdrawn => return Some(found),
            }
        }
        None
    }
}
