//! The host's desk: how far the partnership has come, the one next thing, and everything else.

use crate::discord::deeds::{ALL, DEEDS, Kind as DeedKind, Step, kind};
use crate::discord::escape::inline;
use crate::discord::limits::{CHOICES_MAX, CHOICES_PAGED};
use crate::discord::offers::offered;
use crate::discord::press::{Deed, Press};
use crate::discord::scene::{Scene, time};
use crate::discord::screen::{Blank, Button, Choice, Form, Look, Menu, Screen};
use crate::discord::times::TIMES;
use crate::path::plan::{Kind, Sitting};
use crate::path::{Giver, Said, Window, coming, readiness};

/// The hint about somebody who was invited and has not come yet.
const NOT_JOINED: &str = "hint-invited";
/// Hints shown at once.
const HINTS_MAX: usize = 5;
/// The most cards that one deed takes at once: they stand in its form's id.
const CARDS_AT_ONCE: u8 = 10;

/// The desk.
#[must_use]
pub fn screen(scene: &Scene<'_>, top: &str) -> Screen {
    let board = scene.board();
    let open: Vec<&Sitting> = board
        .plan
        .sittings()
        .map(|(_, sitting)| sitting)
        .filter(|sitting| sitting.asks.iter().any(|ask| scene.open(&ask.key).is_some()))
        .collect();
    let mut text = Screen::text(top).and(&scene.fill("desk-head", &[("name", &board.partnership.name)]));
    if let Some(pause) = board.timetable.pause {
        text = text.and(&scene.say(&Said::new("board-paused").with("until_s", pause.until.timestamp())));
    }
    for sitting in &open {
        text = text.and(&progress(scene, sitting));
    }
    if open.is_empty() {
        text = text.and(&scene.label("nothing-open"));
    }
    text = text.and(&super::super::posts::ahead(scene));
    if scene.is_host() {
        text = text.and(&super::reopening::all(scene)).and(&hints(scene));
        text = text.buttons(next_things(scene, &open));
        for (nth, deeds) in DEEDS.chunks(CHOICES_MAX).enumerate() {
            let hint = scene.label(if nth == 0 { "what-to-do" } else { "what-else-to-do" });
            let choices = deeds.iter().map(|deed| choice(scene, deed)).collect();
            text = text.menu(Menu::one(Press::Deeds { menu: u8::try_from(nth).unwrap_or(0) }, hint, choices));
        }
        let times = TIMES.iter().map(|deed| choice(scene, deed)).collect();
        text = text.menu(Menu::one(Press::Times, scene.label("about-time"), times));
    }
    let mut buttons = vec![
        Button::plain(Press::Desk, scene.label("refresh")),
        Button::plain(Press::Me, scene.label("what-waits")),
        Button::plain(Press::Canvas { page: 0 }, scene.label("canvas")),
        Button::plain(Press::Log { page: 0 }, scene.label("decision-log")),
    ];
    buttons.extend(super::approval::button(scene));
    text.buttons(buttons)
}

fn choice(scene: &Scene<'_>, deed: &DeedKind) -> Choice {
    let line = scene.label(&format!("deed-{}-line", deed.name));
    Choice::new(deed.name, scene.label(&format!("deed-{}", deed.name))).line(line)
}

/// What a host may want to look at; many who were not there yet stand on one line.
fn hints(scene: &Scene<'_>) -> String {
    let all = readiness::hints(scene.board());
    let (away, others): (Vec<&Said>, Vec<&Said>) = all.iter().partition(|hint| hint.key == NOT_JOINED);
    let mut lines: Vec<String> = others.iter().take(HINTS_MAX).map(|hint| format!("• {}", scene.say(hint))).collect();
    if away.len() > 2 {
        let names: Vec<&str> = away.iter().filter_map(|hint| hint.with.get("name")).map(String::as_str).collect();
        let (count, names) = (away.len().to_string(), crate::discord::escape::fit(&names.join(", "), 300));
        lines.push(format!("• {}", scene.fill("not-joined", &[("count", &count), ("names", &names)])));
    } else {
        lines.extend(away.iter().map(|hint| format!("• {}", scene.say(hint))));
    }
    lines.join("\n")
}

/// How far a sitting has come: numbers, and for those who may know them the names.
fn progress(scene: &Scene<'_>, sitting: &Sitting) -> String {
    let open = |optional: bool| {
        let asks = sitting.asks.iter().filter(move |ask| ask.optional == optional && ask.kind != Kind::Tree);
        asks.filter_map(|ask| Some((ask.key.as_str(), scene.open(&ask.key)?))).collect::<Vec<(&str, &Window)>>()
    };
    // What nobody has to answer is told of where nothing else is open.
    let needed = open(false);
    let windows = if needed.is_empty() { open(true) } else { needed };
    let ends = windows.first().map(|(_, window)| time(window.ends)).unwrap_or_default();
    let title = scene.words().sitting(&sitting.key).title;
    let asked = windows.iter().map(|(ask, window)| (ask, scene.view().progress(window.id)));
    let lines = asked.filter(|(_, progress)| progress.of > 0).map(|(ask, progress)| {
        let missing: Vec<String> = progress.missing.iter().map(|giver| giver_name(scene, *giver)).collect();
        let names = if missing.is_empty() { String::new() } else { format!(" – {}", inline(&missing.join(", "))) };
        let names = crate::discord::escape::fit(&names, 200);
        format!("• {}: {}/{}{names}", scene.words().ask(ask).title, progress.done, progress.of)
    });
    let lines = lines.collect::<Vec<_>>().join("\n");
    format!("**{title}** · {} {ends}\n{lines}", scene.label("ends"))
}

/// The days off as a host types them.
fn days_off(scene: &Scene<'_>) -> String {
    let line = |(first, last): &(chrono::NaiveDate, chrono::NaiveDate)| {
        if first == last { first.to_string() } else { format!("{first} – {last}") }
    };
    scene.board().timetable.days_off.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn giver_name(scene: &Scene<'_>, giver: Giver) -> String {
    match giver {
        Giver::Person(person) => scene.name(person),
        Giver::Partner(partner) => scene.partner(partner),
        Giver::Group(group) => scene.board().groups.get(&group).map(|group| group.name.clone()).unwrap_or_default(),
    }
}

fn deed(name: &str, args: &[&str]) -> Deed {
    Deed { name: name.to_owned(), args: args.iter().map(|arg| (*arg).to_owned()).collect(), page: 0 }
}

/// What a host most likely wants to do now, most likely first.
fn next_things(scene: &Scene<'_>, open: &[&Sitting]) -> Vec<Button> {
    let board = scene.board();
    let mut buttons = Vec::new();
    if board.timetable.pause.is_some() {
        buttons.push(button(scene, deed("resume", &[]), ""));
    }
    for ask in open
        .iter()
        .flat_map(|sitting| &sitting.asks)
        .filter(|ask| ask.kind == Kind::Groups && scene.open(&ask.key).is_some())
    {
        let has_rooms = board.rooms.keys().any(|spot| matches!(spot, crate::path::Spot::Group(_)));
        if board.groups.is_empty() {
            buttons.push(button(scene, deed("triads", &[&ask.key]), ""));
        } else if !has_rooms {
            buttons.push(button(scene, deed("triads-stand", &[&ask.key]), ""));
            buttons.push(button(scene, deed("swap", &[]), ""));
        }
    }
    buttons.extend(super::rounds::due(scene).into_iter().map(|ask| {
        let title = scene.words().ask(&ask.key).title;
        super::rounds::button(scene, ask, &title).look(Look::Plain)
    }));
    let undecided = board.plan.asks().filter(|(_, _, ask)| {
        ask.keep.is_some()
            && ask.kind == Kind::Marks
            && board.kept(&ask.key).is_empty()
            && board.window_of(&ask.key).is_some_and(|window| !window.is_open())
    });
    buttons.extend(
        undecided.map(|(_, _, ask)| button(scene, deed("keep", &[&ask.key]), &scene.words().ask(&ask.key).title)),
    );
    buttons.extend(
        open.iter()
            .map(|sitting| button(scene, deed("close", &[&sitting.key]), &scene.words().sitting(&sitting.key).title)),
    );
    if let Some(sitting) = coming::next(board) {
        buttons.push(button(scene, deed("open", &[&sitting.key]), &scene.words().sitting(&sitting.key).title));
        buttons.push(button(scene, deed("preview", &[&sitting.key]), ""));
    }
    buttons.truncate(5);
    // A step that people are still giving to is not the next thing to close.
    let ripe = |sitting: &&Sitting| is_ripe(scene, sitting);
    let is_next = open.is_empty() || open.iter().any(ripe) || buttons.len() > open.len() + 1;
    if let Some(first) = buttons.first_mut().filter(|_| is_next) {
        first.look = Look::Main;
    }
    buttons
}

/// Whether all have given, or the time is up.
fn is_ripe(scene: &Scene<'_>, sitting: &Sitting) -> bool {
    let windows = sitting.asks.iter().filter_map(|ask| scene.open(&ask.key));
    let mut windows = windows.filter(|window| scene.view().progress(window.id).of > 0).peekable();
    windows.peek().is_some()
        && windows.all(|window| {
            let progress = scene.view().progress(window.id);
            progress.done == progress.of || window.ends <= scene.view().now()
        })
}

fn button(scene: &Scene<'_>, deed: Deed, what: &str) -> Button {
    let label = scene.label(&format!("deed-{}", deed.name));
    let label = if what.is_empty() { label } else { format!("{label}: {what}") };
    Button::plain(Press::Deed { deed }, label)
}

/// The next step of a deed: a menu, or for words its form's button.
#[must_use]
pub fn step(scene: &Scene<'_>, deed: &Deed, top: &str) -> Screen {
    let Some(kind) = kind(&deed.name) else { return screen(scene, top) };
    let title = format!("**{}**", scene.label(&format!("deed-{}", deed.name)));
    let line = scene.label(&format!("deed-{}-line", deed.name));
    let back = Button::plain(Press::Desk, scene.label("desk"));
    let page = Screen::text(top).and(&format!("{title}\n{line}"));
    let Some(step) = kind.next(deed) else { return page.buttons(vec![back]) };
    if let (Step::Batch, Some(ask)) = (step, deed.args.first()) {
        return super::alike::screen(scene, ask, top, None);
    }
    if let Step::Words(..) = step {
        let write = Button::main(Press::Deed { deed: deed.clone() }, scene.label("write"));
        return page.buttons(vec![write, back]);
    }
    let all = offered(scene, deed, step);
    if all.is_empty() {
        return page.and(&scene.label("nothing-to-choose")).buttons(vec![back]);
    }
    let mut buttons = Vec::new();
    if let Step::Cards(_, 0) | Step::Partners = step {
        let mut args = deed.args.clone();
        args.push(ALL.to_owned());
        buttons.push(Button::main(
            Press::Deed { deed: Deed { args, page: 0, ..deed.clone() } },
            scene.label("all-of-them"),
        ));
    }
    let (shown, more) = turn(scene, deed, all);
    buttons.extend(more);
    buttons.push(back);
    page.menu(menu(scene, deed, kind, step, shown)).buttons(buttons)
}

/// One page of the choices, and the button to the next.
fn turn(scene: &Scene<'_>, deed: &Deed, all: Vec<Choice>) -> (Vec<Choice>, Option<Button>) {
    if all.len() <= CHOICES_MAX {
        return (all, None);
    }
    let pages = all.chunks(CHOICES_PAGED).len();
    let page = usize::from(deed.page) % pages;
    let shown = all.chunks(CHOICES_PAGED).nth(page).unwrap_or(&[]).to_vec();
    let next = Deed { page: u16::try_from((page + 1) % pages).unwrap_or(0), ..deed.clone() };
    (shown, Some(Button::plain(Press::Deed { deed: next }, scene.label("more-choices"))))
}

fn menu(scene: &Scene<'_>, deed: &Deed, kind: &DeedKind, step: Step, choices: Vec<Choice>) -> Menu {
    let (min, max) = match step {
        Step::Cards(_, least) => (least.max(1), if kind.name == "keep" { 25 } else { CARDS_AT_ONCE }),
        Step::People | Step::Partners => (1, CARDS_AT_ONCE),
        _ => (1, 1),
    };
    let hint = match step {
        Step::NewSitting
        | Step::LiveSitting
        | Step::WordedSitting
        | Step::RewordedSitting
        | Step::OpenSitting
        | Step::ClosedSitting => "pick-sitting",
        Step::Phase => "pick-phase",
        Step::Ask(_) => "pick-ask",
        Step::Card(_) => "pick-card",
        Step::Cards(..) => "pick-cards",
        Step::Batch => "pick-batch",
        Step::Person(_) => "pick-person",
        Step::People => "pick-people",
        Step::Partner | Step::AnyPartner => "pick-partner",
        Step::Partners => "pick-partners",
        Step::Standing => "pick-standing",
        Step::Pace => "pick-pace",
        Step::Verdict | Step::Way | Step::Words(..) => "pick-answer",
    };
    Menu { id: Press::Deed { deed: deed.clone() }.into(), hint: scene.label(hint), choices, min, max }
}

/// The word that a host has written for the sitting among the arguments.
fn word_of(scene: &Scene<'_>, deed: &Deed) -> String {
    let word = deed.args.first().and_then(|sitting| scene.board().words.get(sitting));
    word.map(|word| word.text.clone()).unwrap_or_default()
}

/// The form of a deed that needs words: its own, or the reason why it is done all the same.
#[must_use]
pub fn form(scene: &Scene<'_>, deed: &Deed, opening: String) -> Form {
    let step = kind(&deed.name).and_then(|kind| kind.next(deed));
    let (key, long) = match step {
        Some(Step::Words(key, long)) => (key, long),
        _ => ("despite", true),
    };
    let value = match key {
        "issue" => scene.board().issue().map(|card| scene.headline(card)).unwrap_or_default(),
        "welcome" => scene.board().partnership.welcome.clone(),
        "text" => scene.headline_of_arg(deed),
        "foreword" => word_of(scene, deed),
        "invitation" => deed.args.first().map(|key| super::preview::invitation(scene, key)).unwrap_or_default(),
        "days-off" => days_off(scene),
        _ => String::new(),
    };
    let chars_max = match key {
        "list" => 4000,
        "days-off" => 2000,
        "issue" => crate::path::decide::ISSUE_CHARS_MAX,
        "welcome" => crate::path::decide::WELCOME_CHARS_MAX,
        "foreword" => crate::path::decide::WORD_CHARS_MAX,
        "invitation" => crate::path::decide::INVITATION_CHARS_MAX,
        _ => crate::path::decide::WORDING_CHARS_MAX,
    };
    let blank = Blank {
        key: "words".to_owned(),
        label: scene.label(&format!("box-{key}")),
        hint: scene.label(&format!("box-{key}-hint")),
        value,
        chars_max,
        long,
        needed: !matches!(key, "because" | "days-off" | "opens"),
    };
    Form {
        id: Press::DeedForm { deed: deed.clone(), opening }.into(),
        title: scene.label(&format!("deed-{}", deed.name)),
        boxes: vec![blank],
    }
}
