//! What concerns one person: what waits, what they gave, what they began, who they are here.

use crate::canvas::draw::Picture;
use crate::discord::escape::{fit, inline, inline_fit, quote_fit};
use crate::discord::limits::CHOICES_MAX;
use crate::discord::press::{Key, Press};
use crate::discord::scene::{Scene, time};
use crate::discord::screen::{Blank, Button, Choice, Form, Look, Menu, Screen};
use crate::path::plan::{Confirm, FieldKind};
use crate::path::{Card, CardId, CardState, Level, Person, Standing, joining};

/// Buttons for what waits, at most.
const WAITING_SHOWN: usize = 5;
/// Cards of what one gave on one screen, each with what became of it.
const GAVE_A_PAGE: usize = 8;

/// *What waits for me*.
#[must_use]
pub fn waits(scene: &Scene<'_>, top: &str) -> Screen {
    let Some(person) = scene.person() else { return super::join::stranger(scene, top) };
    let standing = match person.standing {
        Standing::Asking => scene.label("you-are-asking"),
        Standing::Observer => scene.label("you-observe"),
        Standing::Left => scene.label("you-left"),
        Standing::Invited | Standing::Present => String::new(),
    };
    let waiting = scene.waiting();
    let mut sittings: Vec<(String, usize)> = Vec::new();
    for window in &waiting {
        let Some((_, sitting)) = scene.board().plan.sitting_of(&window.ask) else { continue };
        match sittings.iter_mut().find(|(key, _)| *key == sitting.key) {
            Some((_, count)) => *count += 1,
            None => sittings.push((sitting.key.clone(), 1)),
        }
    }
    let lines = sittings.iter().map(|(key, count)| {
        let count = count.to_string();
        let title = scene.words().sitting(key).title;
        let ends = waiting
            .iter()
            .find(|window| scene.board().plan.sitting_of(&window.ask).is_some_and(|(_, s)| s.key == *key));
        let ends = ends.map(|window| time(window.ends)).unwrap_or_default();
        format!(
            "• {}",
            scene.words().fill(
                scene.words().label("waits-line"),
                &gaps(&[("sitting", &title), ("count", &count), ("ends", &ends)])
            )
        )
    });
    let lines = lines.collect::<Vec<_>>().join("\n");
    let confirms = to_confirm(scene);
    let words = if sittings.is_empty() && confirms.is_empty() && standing.is_empty() {
        scene.label("nothing-waits")
    } else {
        lines
    };
    // Whoever has just been told something was called by name there.
    let hello = if top.is_empty() { scene.fill("hello", &[("name", &person.name)]) } else { String::new() };
    let mut screen = Screen::text(top).and(&hello).and(&standing).and(&words);
    if !confirms.is_empty() {
        let choices = confirms.iter().take(CHOICES_MAX).map(|card| Choice::new(card.id, scene.name_of(card)));
        let menu = Menu::one(Press::Card, scene.label("confirm-hint"), choices.collect());
        screen = screen.and(&scene.label("waits-for-your-yes")).menu(menu);
    }
    let screen = super::approval::with(scene, super::catchup::with(scene, screen));
    let starts = sittings
        .iter()
        .take(WAITING_SHOWN)
        .map(|(key, _)| Button::main(Press::Start { sitting: key.clone() }, start_label(scene, key)));
    screen.buttons(starts.collect()).buttons(vec![
        Button::plain(Press::Mine { page: 0 }, scene.label("what-i-gave")),
        Button::plain(Press::Drafts, scene.label("my-drafts")),
        Button::plain(Press::Zone, scene.label("my-zone")),
        Button::plain(Press::Canvas { page: 0 }, scene.label("canvas")),
        Button::plain(calendar(), scene.label("form-ics")),
        Button::plain(Press::Help { page: 0 }, scene.label("help")),
        Button::plain(Press::Reach, scene.label("nudge-where")),
        Button::plain(Press::Leave { sure: false }, scene.label("leave-path")),
    ])
}

/// Ends and next steps for one's own calendar.
fn calendar() -> Press {
    Press::Take { form: "ics".to_owned(), picture: Key(Picture::Whole.key()) }
}

fn gaps(pairs: &[(&str, &str)]) -> std::collections::BTreeMap<String, String> {
    pairs.iter().map(|(gap, value)| ((*gap).to_owned(), (*value).to_owned())).collect()
}

/// *Start · 6 min*, with the sitting's name where several stand together.
#[must_use]
pub fn start_label(scene: &Scene<'_>, key: &str) -> String {
    let minutes = scene.board().plan.sitting(key).map_or(0, |(_, sitting)| sitting.minutes).to_string();
    let start = scene.fill_plain("start-minutes", &[("minutes", &minutes)]);
    format!("{start} · {}", fit(&scene.words().sitting(key).title, 40))
}

/// Cards that wait for the reader's yes.
#[must_use]
pub fn to_confirm<'a>(scene: &'a Scene<'_>) -> Vec<&'a Card> {
    scene
        .board()
        .cards
        .values()
        .filter(|card| card.stands() && card.confirmed.is_none() && may_confirm(scene, card))
        .collect()
}

/// Whether the reader is the one who has to say yes to a card.
#[must_use]
pub fn may_confirm(scene: &Scene<'_>, card: &Card) -> bool {
    scene.person().filter(|person| person.takes_part()).is_some_and(|person| is_asked(scene, person, card))
}

/// Whether a person is the one who has to say yes to a card.
#[must_use]
pub fn is_asked(scene: &Scene<'_>, person: &Person, card: &Card) -> bool {
    let Some(ask) = scene.ask(&card.source) else { return false };
    match ask.confirm {
        None => false,
        Some(Confirm::Owner) => {
            let field = ask.fields.iter().find(|field| field.kind == FieldKind::Person);
            field.is_some_and(|field| card.field(&field.key) == person.id.to_string())
        }
        Some(Confirm::Strategic) => card.partner == Some(person.partner) && person.level == Level::Strategic,
        Some(Confirm::Teller) => card.by == Some(person.id),
    }
}

/// *What I gave*: all of it, or that of one sitting.
#[must_use]
pub fn gave(scene: &Scene<'_>, sitting: Option<&str>, page: u16, top: &str) -> Screen {
    let Some(person) = scene.person() else { return super::join::stranger(scene, top) };
    let asks = scene.board().plan.asks();
    let asks = asks.filter(|(_, found, _)| sitting.is_none_or(|key| found.key == key));
    let cards: Vec<&Card> =
        asks.flat_map(|(_, _, ask)| scene.all_by(ask, person.id)).filter(|card| card.by.is_some()).collect();
    let pages = cards.chunks(GAVE_A_PAGE).len().max(1);
    let page = usize::from(page) % pages;
    let here = cards.chunks(GAVE_A_PAGE).nth(page).unwrap_or(&[]);
    let mut last = String::new();
    let mut text = String::new();
    for card in here {
        let title = scene.words().ask(&card.source).title;
        if title != last {
            text.push_str("\n**");
            text.push_str(&title);
            text.push_str("**");
            last = title;
        }
        text.push_str("\n• ");
        text.push_str(&scene.line(card, 50));
        let fate = super::fate::line(scene, card);
        if !fate.is_empty() {
            text.push('\n');
            text.push_str(&fate);
        }
    }
    let words = if here.is_empty() { scene.label("nothing-given") } else { scene.label("given-so-far") };
    let choices =
        here.iter().map(|card| Choice::new(card.id, scene.headline(card)).line(scene.words().ask(&card.source).title));
    let menu = Menu::one(Press::Card, scene.label("change-one"), choices.collect());
    let mut buttons = vec![Button::plain(Press::Me, scene.label("what-waits"))];
    if pages > 1 {
        let next = u16::try_from((page + 1) % pages).unwrap_or(0);
        let more =
            sitting.map_or(Press::Mine { page: next }, |key| Press::MineIn { sitting: key.to_owned(), page: next });
        buttons.push(Button::plain(more, scene.label("more")));
    }
    buttons.push(Button::plain(Press::Canvas { page: 0 }, scene.label("canvas")));
    if sitting.is_none() && person.takes_part() {
        buttons.push(Button::plain(Press::Leave { sure: false }, scene.label("leave")));
    }
    Screen::text(top).and(&words).and(text.trim_start()).menu(menu).buttons(buttons)
}

/// One card in full, with what its reader may do with it.
#[must_use]
pub fn card(scene: &Scene<'_>, card: &Card, top: &str) -> Screen {
    let ask = scene.ask(&card.source);
    let words = scene.words().ask(&card.source);
    let fields = ask.map(|ask| ask.fields.clone()).unwrap_or_default();
    let room = 1500 / fields.len().max(1);
    let parts = fields.iter().map(|field| {
        let shown = scene.shown(&card.source, field, card.field(&field.key));
        let label = words.fields.get(&field.key).map(|words| words.label.clone()).unwrap_or_default();
        if shown.is_empty() { String::new() } else { format!("{label}\n{}", quote_fit(&shown, room)) }
    });
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    let text = if parts.is_empty() { quote_fit(&scene.headline(card), 1500) } else { parts.join("\n") };
    let by = card.by.map(|by| format!("– {}", inline(&scene.name(by)))).unwrap_or_default();
    let parked = card.parked.as_ref().map(|why| scene.fill("parked-because", &[("reason", why)])).unwrap_or_default();
    let me = scene.person().map(|person| person.id);
    let own = me.is_some() && card.by == me;
    let fate = if own { super::fate::line(scene, card) } else { String::new() };
    let parked = if fate.is_empty() { parked } else { fate };
    let mut buttons = Vec::new();
    if may_confirm(scene, card) && card.state == CardState::Open {
        buttons.push(Button::plain(Press::Confirm { card: card.id, yes: true }, scene.label("yes")).look(Look::Yes));
        buttons.push(Button::plain(Press::Confirm { card: card.id, yes: false }, scene.label("no")).look(Look::No));
    }
    let mine = ask.is_some_and(|ask| scene.mine(ask).iter().any(|own| own.id == card.id));
    let is_open = scene.open(&card.source).is_some();
    if mine && is_open {
        buttons.push(Button::main(Press::Edit { card: card.id }, scene.label("change")));
    }
    if mine && (is_open || card.added) {
        buttons.push(Button::plain(Press::Withdraw { card: card.id, sure: false }, scene.label("take-back")));
    }
    if own && is_open && scene.board().support_of(card).is_some() {
        buttons.push(Button::main(Press::StandAlone { card: card.id }, scene.label("stand-alone")));
    }
    if let Some(joined) = own_part(scene, card) {
        buttons.push(Button::plain(Press::SplitOff { card: joined }, scene.label("split-mine-off")));
    }
    if let Some(group) = scene.board().cluster_of(card.id) {
        buttons.push(Button::plain(Press::ShowCluster { cluster: group.id, page: 0 }, scene.label("its-group")));
    }
    if !card.disputed && card.state == CardState::Open {
        buttons.push(Button::plain(Press::Dispute { card: card.id }, scene.label("dispute")));
    }
    buttons.push(Button::plain(Press::Mine { page: 0 }, scene.label("what-i-gave")));
    let title = if words.title.is_empty() { String::new() } else { format!("**{}**", words.title) };
    let hint = super::alike::late(scene, card);
    let screen =
        Screen::text(top).and(&title).and(&text).and(&by).and(&parked).and(&super::alike::above("", hint.as_ref()));
    super::alike::with(screen.buttons(buttons), hint)
}

/// The card that a host made of this one, where its author may still split theirs off.
fn own_part(scene: &Scene<'_>, card: &Card) -> Option<CardId> {
    let CardState::Merged(into) = card.state else { return None };
    let me = scene.person()?.id;
    // It may stand behind a card that was joined then.
    let further = scene.board().cards.get(&into).and_then(|next| match next.state {
        CardState::Merged(made) => Some(made),
        CardState::Open | CardState::Withdrawn => None,
    });
    let made = [Some(into), further].into_iter().flatten();
    let may = |made: &CardId| {
        let parts = joining::parts(scene.board(), *made, me);
        parts.iter().any(|part| part.card == card.id && scene.view().now() <= part.until)
    };
    made.into_iter().find(may)
}

/// Whether to take it back indeed.
#[must_use]
pub fn sure(scene: &Scene<'_>, card: &Card) -> Screen {
    let words = scene.label("take-back-sure");
    Screen::text(words).and(&quote_fit(&scene.headline(card), 900)).buttons(vec![
        Button::plain(Press::Withdraw { card: card.id, sure: true }, scene.label("take-back-yes")).look(Look::No),
        Button::main(Press::Show { card: card.id }, scene.label("keep-it")),
    ])
}

/// What was begun.
#[must_use]
pub fn drafts(scene: &Scene<'_>, top: &str) -> Screen {
    let me = scene.person().map(|person| person.id);
    let drafts: Vec<_> = scene.board().drafts.values().filter(|draft| Some(draft.person) == me).collect();
    let lines = drafts.iter().map(|draft| {
        let words = scene.ask(&draft.ask).and_then(|ask| ask.headline()).and_then(|field| draft.fields.get(&field.key));
        let words = words.map(|words| inline_fit(words, 120)).unwrap_or_default();
        format!("• **{}** {words}", scene.words().ask(&draft.ask).title)
    });
    let text = if drafts.is_empty() { scene.label("no-drafts") } else { lines.take(12).collect::<Vec<_>>().join("\n") };
    let open = drafts.iter().filter(|draft| scene.open(&draft.ask).is_some()).take(5);
    let mut buttons: Vec<Button> = open
        .map(|draft| Button::plain(Press::Ask { ask: draft.ask.clone() }, scene.words().ask(&draft.ask).title))
        .collect();
    buttons.push(Button::plain(Press::Me, scene.label("what-waits")));
    Screen::text(top).and(&text).buttons(buttons)
}

/// My zone, and leaving.
#[must_use]
pub fn zone(scene: &Scene<'_>, opening: String) -> Form {
    let zone = scene.person().map(|person| person.zone.clone()).unwrap_or_default();
    Form { id: Press::ZoneForm { opening }.into(), title: scene.label("my-zone"), boxes: vec![zone_box(scene, zone)] }
}

/// The box for a zone.
#[must_use]
pub fn zone_box(scene: &Scene<'_>, value: String) -> Blank {
    Blank {
        key: "zone".to_owned(),
        label: scene.label("zone-box"),
        hint: scene.label("zone-hint"),
        value,
        chars_max: 60,
        long: false,
        needed: true,
    }
}
