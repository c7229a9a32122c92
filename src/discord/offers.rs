//! What each step of a host's deed offers to choose from.

use super::deeds::{ALL, From, STANDINGS, Step, WAYS, Which, Whom};
use super::press::Deed;
use super::scene::Scene;
use super::screen::Choice;
use super::screens::{alike, clusters};
use super::times::OWN_PACE;
use crate::path::plan::{Ask, By, Kind, Pace, Sitting};
use crate::path::{Card, CardId, CardState, Giver, Person, Standing, Window, table};

/// What a step offers, given the arguments before it.
#[must_use]
pub fn offered(scene: &Scene<'_>, deed: &Deed, step: Step) -> Vec<Choice> {
    match step {
        Step::NewSitting => sittings(scene, |sitting| !is_opened(scene, sitting)),
        Step::WordedSitting => {
            sittings(scene, |sitting| scene.board().words.contains_key(&sitting.key) && !is_begun(scene, sitting))
        }
        Step::LiveSitting => sittings(scene, |sitting| is_live(scene, sitting)),
        Step::RewordedSitting => {
            sittings(scene, |sitting| scene.board().invitations.contains_key(&sitting.key) && is_live(scene, sitting))
        }
        Step::OpenSitting => sittings(scene, |sitting| sitting.asks.iter().any(|ask| scene.open(&ask.key).is_some())),
        Step::ClosedSitting => sittings(scene, |sitting| {
            is_begun(scene, sitting) && !sitting.asks.iter().any(|ask| scene.open(&ask.key).is_some())
        }),
        Step::Phase => {
            let phases = scene.board().plan.phases.iter();
            phases.map(|phase| Choice::new(&phase.key, scene.words().phase(&phase.key).title)).collect()
        }
        Step::Ask(which) => asks(scene, which),
        Step::Card(from) | Step::Cards(from, _) => cards(scene, deed, from),
        Step::Batch => ask_of(scene, deed).map(|ask| alike::choices(scene, ask)).unwrap_or_default(),
        Step::Person(whom) => people(scene, deed, whom),
        Step::People => people(scene, deed, Whom::Counting),
        Step::Partner | Step::Partners => partners(scene, deed),
        Step::AnyPartner => scene
            .board()
            .partners_now()
            .map(|partner| Choice::new(partner.id, partner.short.clone()).line(partner.name.clone()))
            .collect(),
        Step::Standing => STANDINGS.iter().map(|key| Choice::new(key, scene.label(key))).collect(),
        Step::Pace => paces(scene),
        Step::Verdict => ["yes", "no"].iter().map(|key| Choice::new(key, scene.label(key))).collect(),
        Step::Way => WAYS.iter().map(|key| Choice::new(key, scene.label(&format!("way-{key}")))).collect(),
        Step::Words(..) => Vec::new(),
    }
}

/// The paces, each with the working days that the whole Path takes at it.
fn paces(scene: &Scene<'_>) -> Vec<Choice> {
    let plan = &scene.board().plan;
    let sittings = || plan.phases.iter().flat_map(|phase| &phase.sittings);
    let choice = |key: &str, days: u16| {
        let line = scene.fill_plain("pace-line", &[("days", &days.to_string())]);
        Choice::new(key, scene.label(&format!("pace-{key}"))).line(line)
    };
    let days_at = |pace: &Pace, sitting: &Sitting| pace.days.get(&sitting.key).copied().unwrap_or(sitting.days);
    let own = choice(OWN_PACE, sittings().map(|sitting| sitting.days).sum());
    let others =
        plan.paces.iter().map(|pace| choice(&pace.key, sittings().map(|sitting| days_at(pace, sitting)).sum()));
    std::iter::once(own).chain(others).collect()
}

/// The ask among the arguments: always the first.
fn ask_of<'a>(scene: &'a Scene<'_>, deed: &Deed) -> Option<&'a Ask> {
    deed.args.first().and_then(|key| scene.ask(key))
}

fn is_opened(scene: &Scene<'_>, sitting: &Sitting) -> bool {
    sitting.asks.iter().all(|ask| scene.board().window_of(&ask.key).is_some())
}

/// Whether its opening post is still to come, or still invites.
fn is_live(scene: &Scene<'_>, sitting: &Sitting) -> bool {
    let opened_by_it = |ask: &Ask| scene.board().window_of(&ask.key).filter(|window| !window.alone);
    let windows: Vec<&Window> = sitting.asks.iter().filter_map(opened_by_it).collect();
    windows.is_empty() || windows.iter().any(|window| window.is_open())
}

/// Whether any of its asks was opened.
fn is_begun(scene: &Scene<'_>, sitting: &Sitting) -> bool {
    sitting.asks.iter().any(|ask| scene.board().window_of(&ask.key).is_some())
}

fn sittings(scene: &Scene<'_>, which: impl Fn(&Sitting) -> bool) -> Vec<Choice> {
    let all = scene.board().plan.sittings().filter(|(_, sitting)| which(sitting));
    let choice = |(phase, sitting): (&crate::path::plan::Phase, &Sitting)| {
        Choice::new(&sitting.key, scene.words().sitting(&sitting.key).title).line(scene.words().phase(&phase.key).title)
    };
    all.map(choice).collect()
}

fn asks(scene: &Scene<'_>, which: Which) -> Vec<Choice> {
    let board = scene.board();
    let is_open = |ask: &Ask| scene.open(&ask.key).is_some();
    let closed = |ask: &Ask| board.window_of(&ask.key).is_some_and(|window| !window.is_open());
    let fits = |ask: &Ask| match which {
        Which::Any => !is_open(ask),
        Which::Open => is_open(ask),
        Which::Settable => {
            let set = matches!(ask.kind, Kind::Marks | Kind::Consent | Kind::Assign | Kind::Figures);
            is_open(ask) && set
        }
        Which::Writable => is_open(ask) && ask.kind == Kind::Cards,
        Which::Keeps => closed(ask) && (ask.keep.is_some() || ask.kind == Kind::Assign),
        Which::Kept => !board.kept(&ask.key).is_empty(),
        Which::Carded => ask.kind == Kind::Cards && !board.cards_of(&ask.key, false).is_empty(),
        Which::Groupable => crate::path::cluster::may_group(board, ask) && clusters::is_there(scene, &ask.key),
        Which::Alike => !crate::path::alike::groups(board, ask).is_empty(),
        Which::Drafted => is_open(ask) && ask.by == By::Drafters,
        Which::Grouping => is_open(ask) && ask.kind == Kind::Groups,
    };
    let asks = board.plan.asks().filter(|(_, _, ask)| fits(ask));
    let mut choices: Vec<Choice> = asks
        .map(|(_, sitting, ask)| {
            Choice::new(&ask.key, scene.words().ask(&ask.key).title).line(scene.words().sitting(&sitting.key).title)
        })
        .collect();
    if matches!(which, Which::Keeps | Which::Kept | Which::Carded | Which::Alike | Which::Groupable | Which::Any) {
        choices.reverse();
    }
    choices
}

fn cards(scene: &Scene<'_>, deed: &Deed, from: From) -> Vec<Choice> {
    let board = scene.board();
    let all = || board.cards.values();
    let mut cards: Vec<&Card> = match (from, ask_of(scene, deed)) {
        (From::Table, Some(ask)) => {
            board.window_of(&ask.key).map(|window| table::table(board, window)).unwrap_or_default()
        }
        (From::Kept, Some(ask)) => board.cards_of(&ask.key, true),
        (From::Given, Some(ask)) => board.cards_of(&ask.key, false),
        (From::Tree, _) => in_trees(scene, deed),
        (From::Parked, _) => all().filter(|card| card.parked.is_some() && card.state == CardState::Open).collect(),
        (From::Merged, _) => all().filter(|card| is_merged(scene, card)).collect(),
        (From::Table | From::Kept | From::Given, None) => Vec::new(),
    };
    let window = ask_of(scene, deed).and_then(|ask| board.window_of(&ask.key));
    if from == From::Table {
        cards.sort_by_key(|card| std::cmp::Reverse(figures(scene, deed, window, card.id)));
    }
    let count = |card: &Card| match figures(scene, deed, window, card.id) {
        0 => String::new(),
        many => scene.fill_plain("figures-line", &[("count", &many.to_string())]),
    };
    cards.into_iter().map(|card| Choice::new(card.id, scene.name_of(card)).line(count(card))).collect()
}

/// The cards of all trees, but for the one that was chosen before.
fn in_trees<'a>(scene: &'a Scene<'_>, deed: &Deed) -> Vec<&'a Card> {
    let board = scene.board();
    let trees = board.plan.asks().map(|(_, _, ask)| ask).filter(|ask| ask.kind == Kind::Tree);
    let cards = trees.flat_map(|ask| &ask.from).flat_map(|source| board.cards_of(source, false));
    cards.filter(|card| deed.args.first().is_none_or(|chosen| *chosen != card.id.to_string())).collect()
}

/// How many figures lay on a card when the ask closed, about the partner among the arguments.
fn figures(scene: &Scene<'_>, deed: &Deed, window: Option<&Window>, card: CardId) -> u32 {
    let about = deed.args.get(1).filter(|arg| *arg != ALL).and_then(|arg| arg.parse().ok()).map(crate::path::PartnerId);
    let rows = scene.board().tallies.iter().filter(|row| Some(row.window) == window.map(|window| window.id));
    rows.filter(|row| row.card == card && (about.is_none() || row.about == about)).map(|row| row.figures).sum()
}

fn is_merged(scene: &Scene<'_>, card: &Card) -> bool {
    card.state == CardState::Open && scene.board().cards.values().any(|old| old.state == CardState::Merged(card.id))
}

fn people(scene: &Scene<'_>, deed: &Deed, whom: Whom) -> Vec<Choice> {
    let board = scene.board();
    let missing =
        ask_of(scene, deed).and_then(|ask| scene.open(&ask.key)).map(|window| scene.view().progress(window.id).missing);
    let fits = |person: &&Person| match whom {
        Whom::Counting => person.counts() || person.standing == Standing::Observer,
        Whom::Asking => person.standing == Standing::Asking,
        Whom::Grouped => board.groups.values().any(|group| group.members.contains(&person.id)),
        Whom::Silent => ask_of(scene, deed).is_some_and(|ask| super::screens::entering::may_enter(scene, ask, person)),
        Whom::Ungrouped => {
            person.takes_part() && !board.groups.values().any(|group| group.members.contains(&person.id))
        }
        Whom::Missing => missing.as_ref().is_some_and(|missing| {
            missing.contains(&Giver::Person(person.id)) || missing.contains(&Giver::Partner(person.partner))
        }),
    };
    let triad = |person: &Person| {
        let group = board.groups.values().find(|group| group.members.contains(&person.id));
        group.map_or_else(|| scene.partner(person.partner), |group| group.name.clone())
    };
    let chosen = deed.args.first().filter(|_| whom == Whom::Grouped);
    board
        .people
        .values()
        .filter(fits)
        .filter(|person| chosen.is_none_or(|chosen| *chosen != person.id.to_string()))
        .map(|person| {
            let line = if whom == Whom::Grouped { triad(person) } else { scene.partner(person.partner) };
            Choice::new(person.id, person.name.clone()).line(line)
        })
        .collect()
}

fn partners(scene: &Scene<'_>, deed: &Deed) -> Vec<Choice> {
    if ask_of(scene, deed).is_none_or(|ask| ask.kind != Kind::Assign) {
        return Vec::new();
    }
    let partners = scene.board().partners_now();
    partners.map(|partner| Choice::new(partner.id, partner.short.clone()).line(partner.name.clone())).collect()
}
