//! Holds a script against itself and against the plan, before anything is started.
//!
//! A fault found here would otherwise show as somebody standing helpless before a screen.

use std::collections::BTreeSet;

use crate::discord::deeds;
use crate::path::{Plan, calendar};

use super::answer::{CardScript, Wrong};
use super::check_answer;
use super::deed::{HostAct, PersonAct};
use super::script::{EVERYONE, ISSUE, Scene, Script};

/// Where a fault lies (a JSON Pointer), and what it is.
pub type Found = (String, String);

/// All faults of a script that is well formed.
#[must_use]
pub fn check(script: &Script, plan: &Plan) -> Vec<Found> {
    let mut proof = Proof {
        script,
        plan,
        cards: std::iter::once(ISSUE.to_owned()).chain(script.table.keys().cloned()).collect(),
        left: script.people.iter().filter(|person| person.late).map(|person| person.id.clone()).collect(),
        found: Vec::new(),
    };
    proof.who();
    for (nth, scene) in script.scenes.iter().enumerate() {
        proof.scene(&format!("/scenes/{nth}"), nth, scene);
    }
    for key in script.expect.keys() {
        if !plan.sections.iter().any(|section| section.key == *key) {
            proof.fault(format!("/expect/{key}"), "the plan's canvas has no such section");
        }
    }
    proof.found
}

/// A script being read, scene by scene.
pub struct Proof<'a> {
    /// The script.
    pub script: &'a Script,
    /// The plan.
    pub plan: &'a Plan,
    /// The cards that are there by now.
    pub cards: BTreeSet<String>,
    /// Who is not there: has left by now, or comes later.
    left: BTreeSet<String>,
    found: Vec<Found>,
}

impl Proof<'_> {
    /// Writes a fault down.
    pub fn fault(&mut self, place: impl Into<String>, what: impl Into<String>) {
        self.found.push((place.into(), what.into()));
    }

    fn who(&mut self) {
        let script = self.script;
        if !(3..=40).contains(&script.people.len()) {
            self.fault("/people", format!("a Path has 3 to 40 people, here are {}", script.people.len()));
        }
        if script.partners.len() < 2 {
            self.fault("/partners", "a Path has at least two partners");
        }
        if script.founder().is_none() {
            self.fault(
                "/people",
                "one person needs both \"host\": true and \"manages\": true, to set the partnership up",
            );
        }
        for (nth, weather) in script.world.weather.iter().enumerate() {
            if weather.from >= weather.until {
                self.fault(format!("/world/weather/{nth}/until"), "it has to end after it begins");
            }
        }
        let mut seen = BTreeSet::new();
        for (nth, person) in script.people.iter().enumerate() {
            let place = format!("/people/{nth}");
            for taken in [format!("id {}", person.id), format!("handle {}", person.handle)] {
                if !seen.insert(taken.clone()) {
                    self.fault(&place, format!("{taken} is taken"));
                }
            }
            if person.id == EVERYONE {
                self.fault(format!("{place}/id"), "this id means all people");
            }
            if script.partner(&person.partner).is_none() {
                self.fault(format!("{place}/partner"), format!("no partner has the short name {}", person.partner));
            }
            if calendar::zone(&person.zone).is_none() {
                self.fault(format!("{place}/zone"), format!("{} is no time zone; write Area/City", person.zone));
            }
        }
    }

    fn scene(&mut self, place: &str, nth: usize, scene: &Scene) {
        self.times(place, nth, scene);
        let asks = self.opened(place, scene);
        for (nth, act) in scene.before.iter().enumerate() {
            self.host_act(&format!("{place}/before/{nth}"), act);
        }
        for key in scene.answers.keys().filter(|key| !asks.contains(key)) {
            self.fault(format!("{place}/answers/{key}"), format!("{} does not open an ask {key}", scene.key()));
        }
        for key in &asks {
            self.answers(&format!("{place}/answers/{key}"), scene, key);
        }
        for person in scene.absent.iter().chain(scene.when.keys()) {
            self.known(&format!("{place}/absent"), person);
        }
        self.rest(place, scene);
    }

    fn answers(&mut self, place: &str, scene: &Scene, key: &str) {
        let plan = self.plan;
        let (Some(ask), Some(lines)) = (plan.ask(key), scene.answers.get(key)) else { return };
        for (person, answer) in lines {
            let at = format!("{place}/{person}");
            self.present(&at, scene, person);
            check_answer::check(self, &at, ask, answer);
        }
        // Only now: people stand in the order of their ids here, not in that of their coming.
        for (person, answer) in lines {
            for other in answer.cards().iter().filter_map(|card| card.supports.as_ref()) {
                self.card(&format!("{place}/{person}/cards"), other);
            }
        }
        check_answer::everybody(self, place, ask, scene);
    }

    fn rest(&mut self, place: &str, scene: &Scene) {
        for (nth, wrong) in scene.wrong.iter().enumerate() {
            self.wrong(&format!("{place}/wrong/{nth}"), wrong);
        }
        for (nth, act) in scene.later.iter().enumerate() {
            self.person_act(&format!("{place}/later/{nth}"), act);
        }
        for (name, acts) in [("opened", &scene.opened), ("end", &scene.end), ("then", &scene.then)] {
            for (nth, act) in acts.iter().enumerate() {
                self.host_act(&format!("{place}/{name}/{nth}"), act);
            }
        }
    }

    fn times(&mut self, place: &str, nth: usize, scene: &Scene) {
        if scene.from >= scene.until {
            self.fault(format!("{place}/until"), "it has to close after it opens");
        }
        let earliest = match nth.checked_sub(1).and_then(|before| self.script.scenes.get(before)) {
            Some(before) => before.from,
            None => self.script.world.starts,
        };
        if scene.from < earliest {
            self.fault(
                format!("{place}/from"),
                "scenes stand in the order in which they open, after the world's start",
            );
        }
        for (person, when) in &scene.when {
            if *when < scene.from || *when >= scene.looks() {
                self.fault(format!("{place}/when/{person}"), "this is not between opening and closing");
            }
        }
    }

    /// The asks that a scene opens.
    fn opened(&mut self, place: &str, scene: &Scene) -> Vec<String> {
        let place = format!("{place}/open");
        match (&scene.open.sitting, &scene.open.ask) {
            (Some(key), None) => match self.plan.sitting(key) {
                Some((_, sitting)) => return sitting.asks.iter().map(|ask| ask.key.clone()).collect(),
                None => self.fault(place, format!("the plan has no sitting {key}")),
            },
            (None, Some(key)) => {
                for card in &scene.open.slate {
                    self.card(&place, card);
                }
                for partner in &scene.open.about {
                    self.partner(&place, partner);
                }
                if self.plan.ask(key).is_some() {
                    return vec![key.clone()];
                }
                self.fault(place, format!("the plan has no ask {key}"));
            }
            _ => self.fault(place, "write either \"sitting\" or \"ask\""),
        }
        Vec::new()
    }

    fn present(&mut self, place: &str, scene: &Scene, person: &str) {
        if person == EVERYONE {
            return;
        }
        self.known(place, person);
        if scene.absent.iter().any(|id| id == person) {
            self.fault(place, format!("{person} is absent here"));
        }
        if self.left.contains(person) {
            self.fault(place, format!("{person} has left"));
        }
        if self.script.person(person).is_some_and(|person| person.silent) {
            self.fault(place, format!("{person} is silent"));
        }
    }

    /// Everybody who answers in a scene, by the script's own account.
    #[must_use]
    pub fn present_in(&self, scene: &Scene) -> Vec<String> {
        let away = |id: &String| scene.absent.contains(id) || self.left.contains(id);
        self.script
            .people
            .iter()
            .filter(|person| !person.silent)
            .map(|person| person.id.clone())
            .filter(|id| !away(id))
            .collect()
    }

    /// A person must be known.
    pub fn known(&mut self, place: &str, person: &str) {
        if self.script.person(person).is_none() {
            self.fault(place, format!("nobody here has the id {person}"));
        }
    }

    /// A partner must be known.
    pub fn partner(&mut self, place: &str, partner: &str) {
        if self.script.partner(partner).is_none() {
            self.fault(place, format!("no partner has the short name {partner}"));
        }
    }

    /// A card must be there by now.
    pub fn card(&mut self, place: &str, card: &str) {
        if !self.cards.contains(card) {
            self.fault(place, format!("there is no card {card} yet"));
        }
    }

    /// A new card's id must be new.
    pub fn new_card(&mut self, place: &str, id: &str) {
        if !id.is_empty() && !self.cards.insert(id.to_owned()) {
            self.fault(place, format!("the id {id} is taken"));
        }
    }

    fn ask(&mut self, place: &str, key: &str) {
        if self.plan.ask(key).is_none() {
            self.fault(place, format!("the plan has no ask {key}"));
        }
    }

    fn wrong(&mut self, place: &str, wrong: &Wrong) {
        self.known(place, &wrong.who);
        match (&wrong.ask, &wrong.press) {
            (Some(ask), None) => self.ask(place, ask),
            (None, Some(_)) => {}
            _ => self.fault(place, "write either \"ask\" or \"press\""),
        }
        // What an old button says is a label of the screens, which the plan does not know.
        if wrong.press.is_none() && !crate::path::Refusal::KEYS.contains(&wrong.refusal.as_str()) {
            self.fault(format!("{place}/refusal"), format!("there is no refusal {}", wrong.refusal));
        }
    }

    fn person_act(&mut self, place: &str, act: &PersonAct) {
        self.known(place, act.who());
        match act {
            PersonAct::Confirm(act) => self.card(place, &act.card),
            PersonAct::Withdraw(act) | PersonAct::Split(act) => self.card(place, &act.card),
            PersonAct::Edit(act) => self.card(place, &act.card),
            PersonAct::Plead(act) => self.ask(place, &act.ask),
            PersonAct::Approve(act) => self.ask(place, &act.ask),
            PersonAct::Canvas(_) => {}
        }
    }

    fn host_act(&mut self, place: &str, act: &HostAct) {
        match act {
            HostAct::Groups { ask, into } => {
                self.ask(place, ask);
                self.groups(place, into.values().flatten());
            }
            HostAct::Place { card, under } => self.all_cards(place, std::iter::once(card).chain(under)),
            HostAct::Cross { from, to } => self.all_cards(place, [from, to]),
            HostAct::Merge { id, cards, .. } => {
                self.all_cards(place, cards);
                self.new_card(place, id);
            }
            HostAct::Unmerge { card } | HostAct::Park { card, .. } => self.card(place, card),
            HostAct::Keep { ask, cards, despite } => {
                self.ask(place, ask);
                self.all_cards(place, cards);
                let bounds = self.plan.ask(ask).and_then(|ask| ask.keep);
                if bounds.is_some_and(|bounds| !bounds.holds(cards.len())) && despite.is_none() {
                    self.fault(place, format!("{} cards leave the plan's bounds; write \"despite\"", cards.len()));
                }
            }
            HostAct::Reword { ask, card, id, .. } => {
                self.ask(place, ask);
                self.card(place, card);
                self.new_card(place, id);
            }
            HostAct::Drafters { ask, people } => {
                self.ask(place, ask);
                self.groups(place, people);
            }
            HostAct::Behalf { ask, person, cards } => {
                self.ask(place, ask);
                self.known(place, person);
                self.behalf(place, ask, cards);
            }
            HostAct::Waive { ask, person, partner } => {
                self.ask(place, ask);
                self.groups(place, person);
                if let Some(partner) = partner {
                    self.partner(place, partner);
                }
            }
            HostAct::Leave { person } => {
                self.known(place, person);
                self.left.insert(person.clone());
            }
            HostAct::CloseAsk { ask, .. } => self.ask(place, ask),
            HostAct::ClosePhase { phase, .. } if self.plan.phase(phase).is_none() => {
                self.fault(place, format!("the plan has no phase {phase}"));
            }
            HostAct::Deed { name, .. } if deeds::kind(name).is_none() => {
                self.fault(place, format!("hosts have no deed {name}"));
            }
            HostAct::Deed { words: Some(words), .. } => {
                let people = &self.script.people;
                let comes =
                    |id: &String| people.iter().any(|one| one.id == *id && one.late && words.contains(&one.name));
                self.left.retain(|id| !comes(id));
            }
            HostAct::Deed { .. } | HostAct::ClosePhase { .. } | HostAct::Publish { .. } => {}
        }
    }

    fn behalf(&mut self, place: &str, ask: &str, cards: &[CardScript]) {
        if let Some(ask) = self.plan.ask(ask) {
            check_answer::cards(self, place, ask, cards);
        }
    }

    fn groups<'a>(&mut self, place: &str, people: impl IntoIterator<Item = &'a String>) {
        for person in people {
            self.known(place, person);
        }
    }

    fn all_cards<'a>(&mut self, place: &str, cards: impl IntoIterator<Item = &'a String>) {
        for card in cards {
            self.card(place, card);
        }
    }
}
