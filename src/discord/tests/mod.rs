//! Tests of the face without Discord: screens of boards, ids, commands.

mod answers;
mod commands;
mod headings;
mod ids;
mod limits;
mod looks;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, TimeDelta, Utc};

use super::scene::Scene;
use super::screen::{Row, Screen};
use crate::app::canvas_of;
use crate::canvas::Canvas;
use crate::path::{
    AccountId, Act, Board, Founding, Giving, Level, NewPartner, NewPerson, PartnershipId, PersonId, Plan, RoomId,
    Viewer, Who, decide, found, view,
};
use crate::prompts::{Prompts, Words, built_in, load};

static PROMPTS: LazyLock<Prompts> = LazyLock::new(|| load(&built_in()).unwrap());

/// A board on which people act, one minute after another.
struct Play {
    board: Board,
    now: DateTime<Utc>,
}

fn plan() -> &'static Plan {
    &PROMPTS.plan
}

fn words() -> &'static Words {
    PROMPTS.words_in("en").unwrap()
}

impl Play {
    /// Amina of RWA hosts; Benno and Chike of City are with her.
    fn new() -> Self {
        let now = "2026-03-02T08:00:00Z".parse().unwrap();
        let founding = Founding {
            name: "Clean Rivers".to_owned(),
            issue: "The river carries more plastic each year.".to_owned(),
            language: "en".to_owned(),
            house: 1,
            room: RoomId(2),
            account: AccountId(11),
            host: "Amina".to_owned(),
            handle: "amina".to_owned(),
            partner: "RWA".to_owned(),
            zone: "Africa/Nairobi".to_owned(),
        };
        let who = Who::Stranger { account: AccountId(11), handle: "amina".to_owned(), manager: true };
        let (mut board, outcome) = found(Arc::new(plan().clone()), PartnershipId(1), &founding, &who, now).unwrap();
        board.apply(&outcome.changes);
        let mut play = Self { board, now };
        let city = NewPartner { short: "City".to_owned(), name: "City Council".to_owned(), ..NewPartner::default() };
        play.enter(vec![city], vec![("Benno", "City", Level::Strategic), ("Chike", "City", Level::Operational)]);
        play
    }

    /// Enters partners and people, and lets the people join.
    fn enter(&mut self, partners: Vec<NewPartner>, people: Vec<(&str, &str, Level)>) {
        let new = people.iter().map(|(name, partner, level)| NewPerson {
            name: (*name).to_owned(),
            partner: (*partner).to_owned(),
            level: *level,
            zone: "Africa/Lagos".to_owned(),
            handle: name.to_lowercase(),
            host: false,
        });
        self.host(&Act::Enter { partners, people: new.collect() });
        for (name, _, _) in people {
            let person = self.id(name);
            let account = AccountId(u64::try_from(1000 + person.0).unwrap());
            let handle = name.to_lowercase();
            let who = Who::Stranger { account, handle: handle.clone(), manager: false };
            self.act(&who, &Act::Join { account, handle, person, zone: "Africa/Lagos".to_owned() });
        }
    }

    fn id(&self, name: &str) -> PersonId {
        self.board.people.values().find(|person| person.name == name).unwrap().id
    }

    fn act(&mut self, who: &Who, act: &Act) {
        self.now += TimeDelta::minutes(1);
        let outcome = decide(&self.board, who, act, self.now).unwrap_or_else(|refusal| panic!("{act:?}: {refusal:?}"));
        self.board.apply(&outcome.changes);
    }

    fn host(&mut self, act: &Act) {
        let amina = self.id("Amina");
        self.act(&Who::Person(amina), act);
    }

    fn open(&mut self, sitting: &str) {
        self.host(&Act::Open { sitting: sitting.to_owned() });
    }

    fn give(&mut self, name: &str, ask: &str, fields: &[(&str, &str)]) {
        let fields: BTreeMap<String, String> =
            fields.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        let giving = Giving { ask: ask.to_owned(), fields, ..Giving::default() };
        self.act(&Who::Person(self.id(name)), &Act::Give(giving));
    }

    /// What somebody sees.
    fn scene(&self, name: &str) -> Scene<'static> {
        self.scene_of(Viewer::Person(self.id(name)))
    }

    /// The canvas as everybody sees it.
    fn canvas(&self) -> Canvas {
        canvas_of(self.scene_of(Viewer::Room).view(), &PROMPTS)
    }

    fn scene_of(&self, viewer: Viewer) -> Scene<'static> {
        Scene::new(view(&self.board, viewer, self.now), words())
    }
}

/// A screen as text, to be looked at.
fn drawn(screen: &Screen) -> String {
    let rows = screen.rows.iter().map(|row| match row {
        Row::Buttons(buttons) => {
            let all = buttons.iter().map(|button| {
                let off = if button.off { " (off)" } else { "" };
                format!("[{}{off}]", button.label)
            });
            all.collect::<Vec<_>>().join(" ")
        }
        Row::Menu(menu) => {
            let choices = menu.choices.iter().map(|choice| {
                let line = if choice.line.is_empty() { String::new() } else { format!(" – {}", choice.line) };
                format!("\n  {} {}{line}", if choice.chosen { "●" } else { "○" }, choice.label)
            });
            format!("▾ {} ({}–{}){}", menu.hint, menu.min, menu.max, choices.collect::<String>())
        }
    });
    format!("{}\n\n{}", screen.text, rows.collect::<Vec<_>>().join("\n"))
}
