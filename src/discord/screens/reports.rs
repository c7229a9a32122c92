//! The reports: what a partnership takes home, what is read before a meeting, what one partner commits to,
//! what I gave. Offered to those to whom they are due.

use crate::canvas::report::Kind;
use crate::discord::press::Press;
use crate::discord::scene::Scene;
use crate::discord::screen::{Button, Choice, Menu, Screen};
use crate::discord::screens::paged;
use crate::path::{PartnerId, Person};

/// The menu of reports.
#[must_use]
pub fn screen(scene: &Scene<'_>, page: usize, top: &str) -> Screen {
    let all = kinds(scene).into_iter().map(|kind| Choice::new(key(kind), name(scene, kind)).line(line(scene, kind)));
    let here = paged::page(scene, all.collect(), page);
    Screen::text(top)
        .and(&scene.label("reports-head"))
        .menu(Menu::one(Press::Report, scene.label("pick-report"), here))
        .buttons(vec![
            Button::plain(Press::Canvas { page: 0 }, scene.label("canvas")),
            Button::plain(Press::Me, scene.label("what-waits")),
        ])
}

/// The reports that are due to whoever looks: a partner's draft to its own people and to hosts, one's own
/// sheet to oneself, the others to everybody.
#[must_use]
pub fn kinds(scene: &Scene<'_>) -> Vec<Kind> {
    let me = scene.person().filter(|person| person.takes_part());
    let due = |partner: PartnerId| scene.is_host() || me.is_some_and(|person: &Person| person.partner == partner);
    let mut kinds = vec![Kind::Preread, Kind::Final];
    kinds.extend(scene.person().map(|_| Kind::Mine));
    let partners = scene.board().partners_now().map(|partner| partner.id).filter(|partner| due(*partner));
    kinds.extend(partners.map(Kind::Memorandum));
    kinds
}

/// By what a report is chosen, and what its files are called: never people's words.
#[must_use]
pub fn key(kind: Kind) -> String {
    match kind {
        Kind::Memorandum(partner) => format!("{}-{partner}", kind.key()),
        Kind::Final | Kind::Preread | Kind::Mine => kind.key().to_owned(),
    }
}

/// What a report is called.
#[must_use]
pub fn name(scene: &Scene<'_>, kind: Kind) -> String {
    let name = scene.label(&format!("report-{}", kind.key()));
    match kind {
        Kind::Memorandum(partner) => format!("{name}: {}", scene.partner(partner)),
        Kind::Final | Kind::Preread | Kind::Mine => name,
    }
}

fn line(scene: &Scene<'_>, kind: Kind) -> String {
    scene.label(&format!("report-{}-line", kind.key()))
}
