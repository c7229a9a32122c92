//! What one may see of a board: the only gate to anything that is shown.
//!
//! Replies, autocompletion, canvas, posts, exports and pages are all made from a [`View`]. Whatever
//! is sealed, unnamed or private is not in it, so it cannot leave by a forgotten check elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, Utc};

use super::approval;
use super::board::Board;
use super::calendar;
use super::card::{Card, CardId, CardState};
use super::cluster;
use super::figure::{Figure, FigureKey};
use super::giver::{self, Progress};
use super::group::GroupId;
use super::outside;
use super::past;
use super::people::{PartnerId, PersonId};
use super::plan::{Ask, By, Named, Place, Seal};
use super::reopening;
use super::version::VersionId;
use super::window::{Giver, How, WindowId};

/// Who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Viewer {
    /// Everybody in the partnership's room at once: what is posted there, and the canvas.
    Room,
    /// One person.
    Person(PersonId),
    /// Everybody in a triad's room.
    Group(GroupId),
    /// Everybody in a partner's room.
    Partner(PartnerId),
    /// Everybody in the hosts' room.
    Hosts,
    /// Whoever comes by a link from outside: only what was released, and nobody's name.
    Outside,
}

/// What a viewer may see. Made by [`view`] alone.
#[derive(Clone, Debug)]
pub struct View {
    viewer: Viewer,
    now: DateTime<Utc>,
    people: usize,
    shown: Board,
    progress: BTreeMap<WindowId, Progress>,
}

impl View {
    /// Who looks.
    #[must_use]
    pub fn viewer(&self) -> Viewer {
        self.viewer
    }

    /// When they look.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// What is left of the board for this viewer.
    #[must_use]
    pub fn shown(&self) -> &Board {
        &self.shown
    }

    /// How many people there are: a number even where no name is shown.
    #[must_use]
    pub fn people(&self) -> usize {
        self.people
    }

    /// A moment on the partnership's own clock, as far as the viewer may know it: its date is the day that is told.
    #[must_use]
    pub fn local(&self, at: DateTime<Utc>) -> DateTime<FixedOffset> {
        calendar::local(at, self.shown.zone(self.viewer))
    }

    /// How far a window has come: numbers for everyone, names only for those who may know them.
    #[must_use]
    pub fn progress(&self, window: WindowId) -> Progress {
        self.progress.get(&window).cloned().unwrap_or_default()
    }

    /// The person who looks, if it is one.
    #[must_use]
    pub fn person(&self) -> Option<&super::people::Person> {
        match self.viewer {
            Viewer::Person(id) => self.shown.people.get(&id),
            Viewer::Room | Viewer::Group(_) | Viewer::Partner(_) | Viewer::Hosts | Viewer::Outside => None,
        }
    }
}

/// What a viewer may see of a board at a moment.
#[must_use]
pub fn view(board: &Board, viewer: Viewer, now: DateTime<Utc>) -> View {
    let people = board.counting().count();
    let mut shown = seen(board, viewer);
    let mut progress = progress(board, viewer);
    if viewer == Viewer::Outside {
        outside::reduce(&mut shown, &mut progress);
    }
    View { viewer, now, people, shown, progress }
}

/// What a viewer may see of the board as a version saw it; none if there is no such version, or if it is not
/// for outsiders, who see published ones only.
///
/// Never a card that the viewer may not see today, and never more than they would have seen then. What was
/// erased or taken back since is a gap, and to outsiders nothing.
#[must_use]
pub fn view_at(board: &Board, viewer: Viewer, version: VersionId) -> Option<View> {
    let version = board.versions.iter().find(|known| known.id == version)?;
    if viewer == Viewer::Outside && version.nth.is_none() {
        return None;
    }
    let past = past::past(board, version);
    let mut today = seen(board, viewer);
    let figures: BTreeSet<FigureKey> = today.figures.keys().cloned().collect();
    if viewer == Viewer::Outside {
        outside::reduce(&mut today, &mut BTreeMap::new());
    }
    let mut shown = seen(&past, viewer);
    shown.cards.retain(|id, card| match (today.cards.get(id), board.cards.get(id)) {
        (Some(now), _) => {
            named_as(card, now);
            true
        }
        // A gap; outsiders never saw what it was, and need not know that there was something.
        (None, now) => viewer != Viewer::Outside && now.is_some_and(|now| now.state == CardState::Withdrawn),
    });
    shown.links.retain(|link| shown.cards.contains_key(&link.from) && shown.cards.contains_key(&link.to));
    // What was joined away or put aside by then lay no longer under its heading.
    let stood = |id: &CardId| past.cards.get(id).is_some_and(Card::stands);
    shown
        .clusters
        .retain(|_, cluster| cluster.cards.iter().filter(|id| stood(id)).all(|id| shown.cards.contains_key(id)));
    shown.figures.retain(|key, _| figures.contains(key));
    shown.given.retain(|key, _| today.given.contains_key(key));
    let mut progress = progress(&past, viewer);
    if viewer == Viewer::Outside {
        outside::reduce(&mut shown, &mut progress);
    }
    Some(View { viewer, now: version.at, people: past.counting().count(), shown, progress })
}

/// Takes the names from a card that it does not carry today.
fn named_as(card: &mut Card, today: &Card) {
    card.by = card.by.and(today.by);
    card.behalf = card.behalf.and(today.behalf);
    card.partner = card.partner.and(today.partner);
    for (text, now) in card.texts.iter_mut().zip(&today.texts) {
        text.by = text.by.and(now.by);
    }
}

/// The board without what is sealed, unnamed or private for a viewer.
pub(super) fn seen(board: &Board, viewer: Viewer) -> Board {
    let me = match viewer {
        Viewer::Person(person) => Some(person),
        Viewer::Room | Viewer::Group(_) | Viewer::Partner(_) | Viewer::Hosts | Viewer::Outside => None,
    };
    let mut shown = board.clone();
    shown.cards = board
        .cards
        .values()
        .filter(|card| sees(board, viewer, card))
        .map(|card| (card.id, unnamed(board, viewer, card)))
        .collect();
    // Who joined a card is mostly who wrote it: where that is not told, this is not told either.
    let hidden = |card: &CardId| board.cards.get(card).map(|card| card.by) != shown.cards.get(card).map(|card| card.by);
    shown.links.retain(|link| {
        link.by = link.by.filter(|_| !hidden(&link.from) && !hidden(&link.to));
        shown.cards.contains_key(&link.from) && shown.cards.contains_key(&link.to)
    });
    cluster::keep(&mut shown, board, viewer, |ask| is_unnamed(board, ask));
    shown.ballots.retain(|_, figure| is_mine(board, viewer, figure));
    shown.figures.retain(|_, figure| sees_figure(board, viewer, figure));
    shown.drafts.retain(|(person, _), _| Some(*person) == me);
    shown.given.retain(|(_, giver), _| knows_giver(board, viewer, *giver));
    shown.entered.retain(|(_, giver), _| knows_giver(board, viewer, *giver));
    shown.shares.retain(|_, _| is_host(board, viewer));
    shown.nudging.keep_own(me);
    shown.words.retain(|sitting, _| is_host(board, viewer) || is_opened(board, sitting));
    shown.invitations.retain(|sitting, _| is_host(board, viewer) || is_opened(board, sitting));
    approval::keep(&mut shown, board, me);
    reopening::keep(&mut shown, board, me, is_host(board, viewer));
    for share in shown.shares.values_mut() {
        share.hash.clear();
    }
    shown
}

/// How far each window has come, with the names that a viewer may know.
fn progress(board: &Board, viewer: Viewer) -> BTreeMap<WindowId, Progress> {
    let windows = board.windows.values().map(|window| {
        let mut progress = giver::progress(board, window);
        progress.missing.retain(|giver| knows_giver(board, viewer, *giver));
        (window.id, progress)
    });
    windows.collect()
}

/// Whether anything of a sitting was opened: until then a word for it is the hosts' own.
fn is_opened(board: &Board, sitting: &str) -> bool {
    let asks = board.plan.sitting(sitting).map(|(_, sitting)| sitting.asks.as_slice()).unwrap_or_default();
    asks.iter().any(|ask| board.window_of(&ask.key).is_some())
}

/// Whether it is a host who looks, or all of them.
fn is_host(board: &Board, viewer: Viewer) -> bool {
    match viewer {
        Viewer::Hosts => true,
        Viewer::Person(me) => board.people.get(&me).is_some_and(|person| person.host && person.takes_part()),
        Viewer::Room | Viewer::Group(_) | Viewer::Partner(_) | Viewer::Outside => false,
    }
}

/// Whether a viewer sees a card at all.
pub(super) fn sees(board: &Board, viewer: Viewer, card: &Card) -> bool {
    let own = is_author(board, viewer, card);
    if card.state == CardState::Withdrawn {
        return own;
    }
    let Some(ask) = board.plan.ask(&card.source) else { return true };
    if own {
        return true;
    }
    let closed = card.window.and_then(|id| board.windows.get(&id)).is_none_or(|window| !window.is_open());
    if ask.place == Place::Group {
        let inside = in_group(board, viewer, card.group);
        return inside && ask.seal != Seal::Giver || closed && is_on_canvas(board, ask) && ask.seal != Seal::Giver;
    }
    match ask.seal {
        Seal::None => true,
        Seal::Own => closed || has_given(board, viewer, card),
        Seal::End | Seal::Close => closed,
        Seal::Giver => false,
    }
}

/// Whether the viewer wrote the card, alone or as one of the partner that gave it.
fn is_author(board: &Board, viewer: Viewer, card: &Card) -> bool {
    let by_partner = board.plan.ask(&card.source).is_some_and(|ask| ask.by == By::Partner);
    match viewer {
        Viewer::Person(me) => {
            let partner = partner_of(board, me);
            card.by == Some(me) || by_partner && partner.is_some() && card.partner == partner
        }
        Viewer::Partner(partner) => by_partner && card.partner == Some(partner),
        Viewer::Room | Viewer::Group(_) | Viewer::Hosts | Viewer::Outside => false,
    }
}

/// The partner a person stands for: only who takes part does. Somebody who asks to join merely says so,
/// and whoever has left is outside.
fn partner_of(board: &Board, person: PersonId) -> Option<PartnerId> {
    board.people.get(&person).filter(|person| person.takes_part()).map(|person| person.partner)
}

fn in_group(board: &Board, viewer: Viewer, group: Option<GroupId>) -> bool {
    match viewer {
        Viewer::Person(me) => partner_of(board, me).is_some() && group.is_some() && giver::group_of(board, me) == group,
        Viewer::Group(id) => group == Some(id),
        Viewer::Room | Viewer::Partner(_) | Viewer::Hosts | Viewer::Outside => false,
    }
}

fn is_on_canvas(board: &Board, ask: &Ask) -> bool {
    board.plan.sections.iter().any(|section| section.from.contains(&ask.key))
}

/// Whether the viewer has given one of their own; a pass opens no seal.
fn has_given(board: &Board, viewer: Viewer, card: &Card) -> bool {
    let (Viewer::Person(me), Some(window)) = (viewer, card.window) else { return false };
    let gave = |giver: Giver| {
        board.given.get(&(window, giver)).is_some_and(|given| matches!(given.how, How::Gave | How::Told))
    };
    let partner = partner_of(board, me).map(Giver::Partner);
    gave(Giver::Person(me)) || partner.is_some_and(gave)
}

/// The card, without its author where the ask does not name them.
fn unnamed(board: &Board, viewer: Viewer, card: &Card) -> Card {
    let mut card = card.clone();
    let hidden = board.plan.ask(&card.source).is_some_and(|ask| is_unnamed(board, ask));
    if hidden && !is_author(board, viewer, &card) {
        card.by = None;
        card.behalf = None;
        card.partner = None;
        for text in &mut card.texts {
            text.by = None;
        }
    }
    card
}

/// Whether it is not told, now, who gave what to an ask.
fn is_unnamed(board: &Board, ask: &Ask) -> bool {
    match ask.named {
        Named::Yes => false,
        Named::Never => true,
        Named::AfterClose => is_undecided(board, ask),
    }
}

/// Whether the ask, or one that chooses among its cards, is still to come or open.
fn is_undecided(board: &Board, ask: &Ask) -> bool {
    let open = |key: &str| board.window_of(key).is_none_or(super::window::Window::is_open);
    open(&ask.key)
        || board
            .plan
            .asks()
            .any(|(_, _, chooser)| chooser.from.contains(&ask.key) && !chooser.optional && open(&chooser.key))
}

fn is_mine(board: &Board, viewer: Viewer, figure: &Figure) -> bool {
    let Viewer::Person(me) = viewer else { return false };
    match figure.key.giver {
        Giver::Person(person) => person == me,
        Giver::Partner(partner) => partner_of(board, me) == Some(partner),
        Giver::Group(group) => in_group(board, viewer, Some(group)),
    }
}

fn sees_figure(board: &Board, viewer: Viewer, figure: &Figure) -> bool {
    if is_mine(board, viewer, figure) {
        return true;
    }
    let Some(window) = board.windows.get(&figure.key.window) else { return false };
    let Some(ask) = board.plan.ask(&window.ask) else { return false };
    match ask.seal {
        Seal::None => true,
        Seal::Own | Seal::End | Seal::Close => !window.is_open() && ask.named != Named::Never,
        Seal::Giver => false,
    }
}

/// Who has given is known to that person, their colleagues and the hosts; others see numbers.
fn knows_giver(board: &Board, viewer: Viewer, giver: Giver) -> bool {
    let partner = match giver {
        Giver::Person(person) => board.people.get(&person).map(|person| person.partner),
        Giver::Partner(partner) => Some(partner),
        Giver::Group(_) => return true,
    };
    match viewer {
        Viewer::Hosts => true,
        Viewer::Person(me) => {
            is_host(board, viewer)
                || board.people.contains_key(&me)
                    && (giver == Giver::Person(me) || partner_of(board, me) == partner && partner.is_some())
        }
        Viewer::Partner(id) => partner == Some(id),
        Viewer::Room | Viewer::Group(_) | Viewer::Outside => false,
    }
}

#[cfg(test)]
mod tests;
