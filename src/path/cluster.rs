//! Groups of cards: cards of one table under a heading that people gave them. Each card stays itself.
//!
//! On the pin board of a workshop look-alikes are joined, and what is about the same thing is hung together under a
//! heading. Joining makes one card of several ([`super::joining`]); a group only says what they have in common.
//!
//! - *People name it.* Which cards may belong together is suggested by the words they share ([`super::themes`]);
//!   the heading is somebody's own word, and who gave it, and how it was called before, is kept.
//! - *A card lies under one heading at most.* What is joined or worded anew lies where its sources lay: that is
//!   worked out, so that taking cards apart puts each back where it was.
//! - *An author's word about an own card holds*: they may take it out, and nobody else puts it back there.
//! - *A heading is seen by who sees all that stands under it.* So it tells of no card that is sealed from its reader,
//!   and outside it shows only if all its cards do.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::board::Board;
use super::card::{Card, CardId};
use super::people::{Person, PersonId, id};
use super::plan::{Ask, Kind, LinkKind, Named, Plan, Seal};
use super::view::{Viewer, sees};
use super::window::Window;

id!(/// One group of cards.
    ClusterId);

/// The most groups on one table: a menu holds so many.
pub const CLUSTERS_MAX: usize = 25;

/// Cards under one heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cluster {
    /// Its number.
    pub id: ClusterId,
    /// The ask of its first card: with those that share a table with it, its cards come from there.
    pub source: String,
    /// Its headings, oldest first; never empty.
    pub headings: Vec<Heading>,
    /// The cards that were put under it.
    pub cards: BTreeSet<CardId>,
    /// The cards that their authors took out: nobody else puts them back.
    pub out: BTreeSet<CardId>,
    /// Who made it.
    pub by: Option<PersonId>,
    /// When.
    pub at: DateTime<Utc>,
    /// When it was dissolved, if it was.
    pub dissolved: Option<DateTime<Utc>>,
}

/// One heading of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// What it says.
    pub name: String,
    /// Who gave it.
    pub by: Option<PersonId>,
    /// When.
    pub at: DateTime<Utc>,
}

/// What people do with groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Clustering {
    /// Cards come under a new heading.
    Make {
        /// Which.
        cards: Vec<CardId>,
        /// The heading.
        name: String,
    },
    /// A group is called otherwise.
    Rename {
        /// Which.
        cluster: ClusterId,
        /// The new heading.
        name: String,
    },
    /// It is called again as before.
    NameBack {
        /// Which.
        cluster: ClusterId,
    },
    /// More cards come under a heading.
    Add {
        /// Which.
        cluster: ClusterId,
        /// The cards.
        cards: Vec<CardId>,
    },
    /// Cards are taken out from under a heading.
    TakeOut {
        /// Which.
        cluster: ClusterId,
        /// The cards.
        cards: Vec<CardId>,
    },
    /// A heading is taken away; its cards stay on the table.
    Dissolve {
        /// Which.
        cluster: ClusterId,
    },
    /// It is there again, with those of its cards that lie under no other.
    Restore {
        /// Which.
        cluster: ClusterId,
    },
}

impl Cluster {
    /// What it is called now.
    #[must_use]
    pub fn name(&self) -> &str {
        self.headings.last().map_or("", |heading| heading.name.as_str())
    }

    /// Who gave it the name that it has now.
    #[must_use]
    pub fn named_by(&self) -> Option<PersonId> {
        self.headings.last().and_then(|heading| heading.by)
    }

    /// What it was called before its last naming.
    #[must_use]
    pub fn name_before(&self) -> Option<&str> {
        self.before().map(|heading| heading.name.as_str())
    }

    /// The heading before the last one.
    #[must_use]
    pub fn before(&self) -> Option<&Heading> {
        self.headings.len().checked_sub(2).map(|at| &self.headings[at])
    }
}

/// Whether cards of two asks lie on one table: an ask or a section of the canvas takes from both.
#[must_use]
pub fn is_one_table(plan: &Plan, one: &str, other: &str) -> bool {
    let both = |from: &[String]| [one, other].iter().all(|key| from.iter().any(|source| source == key));
    one == other
        || plan.asks().any(|(_, _, ask)| both(&ask.from))
        || plan.sections.iter().any(|section| both(&section.from))
}

/// The asks whose cards lie on one table with those of an ask, in the plan's order.
#[must_use]
pub fn table_of<'a>(board: &'a Board, key: &str) -> Vec<&'a Ask> {
    let plan = &board.plan;
    plan.asks()
        .map(|(_, _, ask)| ask)
        .filter(|ask| is_one_table(plan, key, &ask.key) && may_group(board, ask))
        .collect()
}

/// Whether cards of an ask may lie under headings: the group makes something of them, others see them, and they will
/// not come back without their number (an unnamed ask does that when it closes).
#[must_use]
pub fn may_group(board: &Board, ask: &Ask) -> bool {
    let comes_back = ask.named == Named::Never && board.window_of(&ask.key).is_none_or(Window::is_open);
    ask.kind == Kind::Cards
        && ask.headline().is_some()
        && ask.seal != Seal::Giver
        && !comes_back
        && super::joining::is_used(board, &ask.key)
}

/// Whether somebody may rename a group, take cards out or dissolve it: hosts, whoever made it, and for a new name
/// also whoever has a card under it.
#[must_use]
pub fn may_change(board: &Board, cluster: &Cluster, person: &Person, naming: bool) -> bool {
    let has_one = || standing(board, cluster.id).iter().any(|card| is_own(board, card, person));
    person.host || cluster.by == Some(person.id) || naming && has_one()
}

/// Whether a card is somebody's own word, or that of the partner for which they speak.
#[must_use]
pub fn is_own(board: &Board, card: &Card, person: &Person) -> bool {
    let by_partner = board.plan.ask(&card.source).is_some_and(|ask| ask.by == super::plan::By::Partner);
    super::alike::is_own(board, card, person.id) || by_partner && card.partner == Some(person.partner)
}

/// Which card lies under which heading: made once where many cards are looked at.
pub struct Headings<'a> {
    board: &'a Board,
    holders: BTreeMap<CardId, &'a Cluster>,
    /// The cards that were made from others, or behind which others stand.
    joined: BTreeSet<CardId>,
}

impl<'a> Headings<'a> {
    /// Of a board.
    #[must_use]
    pub fn of(board: &'a Board) -> Self {
        let there = board.clusters.values().filter(|cluster| cluster.dissolved.is_none());
        let holders: BTreeMap<CardId, &Cluster> =
            there.flat_map(|cluster| cluster.cards.iter().map(move |card| (*card, cluster))).collect();
        let links = board.links.iter().filter(|_| !holders.is_empty());
        let joined = links.filter_map(|link| match link.kind {
            LinkKind::MadeFrom => Some(link.from),
            LinkKind::Supports => Some(link.to),
            _ => None,
        });
        Self { board, joined: joined.collect(), holders }
    }

    /// The group in which a card lies: its own, or that of what it was made from or what stands behind it.
    #[must_use]
    pub fn over(&self, card: CardId) -> Option<&'a Cluster> {
        let own = self.holders.get(&card).copied();
        own.or_else(|| if self.joined.contains(&card) { self.over_origins(card) } else { None })
    }

    /// Not a group from which the author of one of them took it: joining must not put it back there.
    fn over_origins(&self, card: CardId) -> Option<&'a Cluster> {
        let origins = self.board.origins(card);
        let holders = origins.iter().filter_map(|id| self.holders.get(id).copied());
        holders.into_iter().find(|cluster| !origins.iter().any(|id| cluster.out.contains(id)))
    }

    /// The cards that stand under each heading, in order; headings with none are not among them.
    #[must_use]
    pub fn standing(&self) -> BTreeMap<ClusterId, Vec<&'a Card>> {
        let mut found: BTreeMap<ClusterId, Vec<&Card>> = BTreeMap::new();
        if self.holders.is_empty() {
            return found;
        }
        for card in self.board.cards.values().filter(|card| card.stands()) {
            if let Some(cluster) = self.over(card.id) {
                found.entry(cluster.id).or_default().push(card);
            }
        }
        found
    }
}

impl Board {
    /// The group in which a card lies, if it does: where many cards are asked for, take [`Headings`].
    #[must_use]
    pub fn cluster_of(&self, card: CardId) -> Option<&Cluster> {
        Headings::of(self).over(card)
    }
}

/// The cards of its table that stand under a heading, in order; not what was chosen and worded anew from them elsewhere.
#[must_use]
pub fn standing(board: &Board, cluster: ClusterId) -> Vec<&Card> {
    let Some(group) = board.clusters.get(&cluster) else { return Vec::new() };
    let mut cards = Headings::of(board).standing().remove(&cluster).unwrap_or_default();
    cards.retain(|card| lies_on(board, group, card));
    cards
}

/// Whether a card lies on the table of a group.
#[must_use]
pub fn lies_on(board: &Board, group: &Cluster, card: &Card) -> bool {
    table_of(board, &group.source).iter().any(|ask| ask.key == card.source)
}

/// The groups on the table of an ask, by their headings' age, with the cards that stand under each.
#[must_use]
pub fn on_table<'a>(board: &'a Board, key: &str) -> Vec<(&'a Cluster, Vec<&'a Card>)> {
    let standing = Headings::of(board).standing().into_iter();
    let known = standing.filter_map(|(id, cards)| Some((board.clusters.get(&id)?, cards)));
    known.filter(|(cluster, _)| is_one_table(&board.plan, key, &cluster.source)).collect()
}

/// The cards on the table of an ask that lie under no heading, in order.
#[must_use]
pub fn free<'a>(board: &'a Board, key: &str) -> Vec<&'a Card> {
    let headings = Headings::of(board);
    let cards = table_of(board, key).into_iter().flat_map(|ask| board.cards_of(&ask.key, false));
    cards.filter(|card| headings.over(card.id).is_none()).collect()
}

/// The same cards, those of one heading next to each other: where the first of them lay. All else stays in order.
#[must_use]
pub fn together<'a>(board: &Board, cards: Vec<&'a Card>) -> Vec<&'a Card> {
    let headings = Headings::of(board);
    let mut firsts: BTreeMap<ClusterId, usize> = BTreeMap::new();
    let mut placed: Vec<(usize, &Card)> = Vec::with_capacity(cards.len());
    for (nth, card) in cards.into_iter().enumerate() {
        let place = headings.over(card.id).map_or(nth, |cluster| *firsts.entry(cluster.id).or_insert(nth));
        placed.push((place, card));
    }
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, card)| card).collect()
}

/// The groups whose headings a viewer sees, with what stands under each: all of it, and something.
pub(super) fn seen(board: &Board, viewer: Viewer) -> BTreeMap<ClusterId, Vec<&Card>> {
    let mut standing = Headings::of(board).standing();
    standing.retain(|_, cards| cards.iter().all(|card| sees(board, viewer, card)));
    standing
}

/// Takes from a view what its viewer may not see of groups. What is left of one names its cards one by one, because
/// how they were made may not be told. Who named it is not told where nobody is named.
pub(super) fn keep(shown: &mut Board, board: &Board, viewer: Viewer, is_unnamed: impl Fn(&Ask) -> bool) {
    let me = match viewer {
        Viewer::Person(person) => Some(person),
        _ => None,
    };
    let seen = seen(board, viewer);
    shown.clusters.retain(|id, _| seen.contains_key(id));
    for cluster in shown.clusters.values_mut() {
        cluster.cards.extend(seen[&cluster.id].iter().map(|card| card.id));
        cluster.cards.retain(|card| shown.cards.contains_key(card));
        cluster.out.retain(|card| shown.cards.contains_key(card));
        if board.plan.ask(&cluster.source).is_some_and(&is_unnamed) {
            let own = |by: Option<PersonId>| by.filter(|by| Some(*by) == me);
            cluster.by = own(cluster.by);
            for heading in &mut cluster.headings {
                heading.by = own(heading.by);
            }
        }
    }
}
