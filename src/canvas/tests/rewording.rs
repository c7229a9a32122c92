//! What a host worded anew after all had agreed: said so, and never counted as agreed in these words.

use chrono::Duration;

use super::hand::Hand;
use crate::canvas::log::{Log, compile, details};
use crate::canvas::{Body, Captions, Line, compile as compile_canvas, sheet};
use crate::path::plan::ANSWERS;
use crate::path::{CardId, Change, Settled, Value, Viewer, view};

const PLAN: &str = "
key = 'small'
[[phase]]
key = 'one'
[[phase.sitting]]
key = 'first'
days = 1
minutes = 1
[[phase.sitting.ask]]
key = 'idea'
kind = 'cards'
seal = 'none'
field = [{ key = 'text', type = 'line' }]
[[phase.sitting.ask]]
key = 'dots'
kind = 'marks'
from = ['idea']
seal = 'close'
pile = [{ key = 'dot', budget = 2 }]
[[phase.sitting.ask]]
key = 'page'
kind = 'consent'
from = ['idea', 'dots']
kept = true
seal = 'close'
[[phase.sitting.ask]]
key = 'whole'
kind = 'consent'
from = ['page', 'dots']
kept = true
seal = 'close'
[[section]]
key = 'agreed'
phase = 'one'
shape = 'lines'
from = ['page']
kept = true
[[section]]
key = 'chosen'
phase = 'one'
shape = 'lines'
from = ['dots']
kept = true
";

struct Scene {
    hand: Hand,
    cards: Vec<CardId>,
}

impl Scene {
    fn new(ideas: &[&str]) -> Self {
        let mut hand = Hand::small(PLAN);
        hand.open("idea");
        let cards = ideas.iter().map(|text| hand.give("idea", "Ana", &[("text", text)])).collect();
        Self { hand, cards }
    }

    /// Somebody answers to these cards; then it is settled.
    fn agree(&mut self, ask: &str, who: &str, cards: &[CardId]) {
        self.hand.at += Duration::minutes(1);
        self.hand.open(ask);
        for (nth, card) in (1..).zip(cards) {
            self.hand.figure((ask, ANSWERS, nth), who, *card, (Value::Stands, ""));
        }
        self.hand.at += Duration::minutes(1);
        self.hand.close(ask);
        self.hand.keep(ask, None, cards, Settled::Consent);
    }

    /// A host words one of the kept cards anew.
    fn reword(&mut self, ask: &str, kept: &mut [CardId], nth: usize, text: &str, how: Settled) {
        self.hand.at += Duration::minutes(1);
        kept[nth] = self.hand.make("idea", "text", text, &[kept[nth]], false);
        self.hand.keep(ask, None, kept, how);
    }

    fn log(&self) -> Log {
        compile(&view(&self.hand.board, Viewer::Room, self.hand.at), &Captions::default())
    }

    fn lines(&self, section: &str) -> Vec<Line> {
        let canvas = self.hand.canvas();
        let section = canvas.sections.into_iter().find(|found| found.key == section).unwrap();
        let Body::Lines { groups } = section.body else { panic!("{:?}", section.body) };
        groups.into_iter().flat_map(|group| group.lines).collect()
    }
}

#[test]
fn other_words_were_not_agreed_to() {
    let mut scene = Scene::new(&["First", "Second"]);
    let mut kept = scene.cards.clone();
    scene.agree("page", "Ana", &kept.clone());
    scene.reword("page", &mut kept, 0, "First, said well", Settled::Consent);
    scene.reword("page", &mut kept, 0, "First, said best", Settled::Consent);
    let (log, words) = (scene.log(), Captions::default());
    let told: Vec<_> = log.entries.iter().map(|entry| (entry.rewords, entry.lines.len())).collect();
    assert_eq!(told, [(None, 2), (Some(log.entries[0].decision), 1), (Some(log.entries[1].decision), 1)]);
    let newest = &log.entries[2];
    assert!(newest.round.is_none() && newest.said.contains("nobody was asked again"), "{}", newest.said);
    let line = &newest.lines[0];
    assert_eq!(line.text, "First, said best");
    assert_eq!(line.before.as_ref().map(|before| before.text.as_str()), Some("First, said well"));
    assert!(line.counts.is_empty() && line.agreed.is_empty() && line.unheard.is_empty());
    assert!(details(line, &words)[0].contains("First, said well"), "{:?}", details(line, &words));
    let table = String::from_utf8(sheet::log_csv(&log, &words)).unwrap();
    assert!(table.lines().last().unwrap().contains("First, said well"), "{table}");
    let [first, second] = scene.lines("agreed").try_into().unwrap();
    let settled = first.source.settled.unwrap();
    assert_eq!((settled.worded.as_deref(), settled.decision), (Some("First"), log.entries[0].decision));
    assert_eq!(settled.unheard, ["RWA"], "silence binds no partner, however it is worded");
    assert!(first.source.summary.contains("worded anew"), "{}", first.source.summary);
    assert_eq!(second.source.settled.unwrap().worded, None);
}

#[test]
fn what_was_asked_again_in_the_new_words_is_agreed_to() {
    let mut scene = Scene::new(&["First"]);
    let mut kept = scene.cards.clone();
    scene.agree("page", "Ana", &kept.clone());
    scene.reword("page", &mut kept, 0, "First, said well", Settled::Consent);
    scene.agree("whole", "Caro", &kept.clone());
    let line = scene.lines("agreed").remove(0);
    let said = &scene.log().entries[1].said;
    assert!(said.contains("all of us were asked"), "{said}");
    let settled = line.source.settled.unwrap();
    assert_eq!(
        (settled.ask.as_str(), settled.worded.as_deref(), &*settled.unheard),
        ("whole", None, &["City".to_owned()][..])
    );
    assert!(!line.source.summary.contains("worded anew"), "{}", line.source.summary);
}

#[test]
fn a_later_yes_of_all_counts_more_than_a_hosts_entry() {
    let mut scene = Scene::new(&["First"]);
    let kept = scene.cards.clone();
    scene.hand.keep("dots", None, &kept, Settled::Host);
    assert_eq!(scene.lines("chosen")[0].source.settled.as_ref().unwrap().how, Settled::Host);
    scene.agree("whole", "Ana", &kept);
    let settled = scene.lines("chosen").remove(0).source.settled.unwrap();
    assert_eq!((settled.how, settled.ask.as_str()), (Settled::Consent, "whole"));
}

#[test]
fn joining_is_no_rewording() {
    let mut scene = Scene::new(&["First", "Second", "Third"]);
    let [one, two, three] = scene.cards[..] else { panic!() };
    scene.agree("page", "Ana", &[one, two]);
    scene.hand.at += Duration::minutes(1);
    let joined = scene.hand.make("idea", "text", "Both", &[one, three], true);
    scene.hand.keep("page", None, &[joined, two], Settled::Host);
    assert_eq!(scene.log().entries[1].rewords, None);
}

#[test]
fn whoever_marked_two_of_the_joined_cards_counts_once() {
    let mut scene = Scene::new(&["First", "Second"]);
    scene.hand.open("dots");
    for name in ["Ana", "Ben", "Caro"] {
        scene.hand.mark("dots", name, &scene.cards.clone());
    }
    scene.hand.at += Duration::minutes(1);
    scene.hand.close("dots");
    let joined = scene.hand.make("idea", "text", "Both", &scene.cards.clone(), true);
    scene.hand.keep("dots", None, &[joined], Settled::Host);
    let (log, words) = (scene.log(), Captions::default());
    let line = &log.entries[0].lines[0];
    assert_eq!(line.counts.len(), 2);
    let said = details(line, &words).remove(0);
    assert!(scene.cards.iter().all(|card| said.contains(&format!("#{card}: 3 people"))), "{said}");
    let table = String::from_utf8(sheet::log_csv(&log, &words)).unwrap();
    assert!(table.lines().last().unwrap().contains(r#","3","2","0","#), "three people of two partners: {table}");
}

#[test]
fn guests_of_a_poll_are_not_told_instead_of_us() {
    let mut scene = Scene::new(&["First"]);
    scene.hand.open("dots");
    scene.hand.mark("dots", "Ana", &scene.cards.clone());
    scene.hand.at += Duration::minutes(1);
    scene.hand.close("dots");
    let ours = scene.hand.board.tallies[0].clone();
    let guests = crate::path::decide::GUESTS.to_owned();
    let row = crate::path::Tally { pile: guests, figures: 30, people: 30, partners: 0, voices: 0, ..ours };
    scene.hand.put(Change::Tally(row));
    scene.hand.keep("dots", None, &scene.cards.clone(), Settled::Host);
    let summary = scene.lines("chosen").remove(0).source.summary;
    assert!(summary.contains("1 person") && !summary.contains("30"), "{summary}");
    let counts = &scene.log().entries[0].lines[0].counts;
    assert!(counts.iter().any(|count| count.guests && count.people == 30 && !count.label.is_empty()), "{counts:?}");
    let table = String::from_utf8(sheet::log_csv(&scene.log(), &Captions::default())).unwrap();
    assert!(table.lines().last().unwrap().contains(r#","1","1","0","#), "{table}");
}

#[test]
fn what_is_said_of_some_lines_stands_with_these() {
    let mut scene = Scene::new(&["First", "Second", "Third"]);
    scene.hand.open("page");
    let cards = scene.cards.clone();
    for (nth, card) in (1..).zip(&cards) {
        let long = (Value::Remark, "Too long");
        let said = if nth < 3 { long } else { (Value::Stands, "") };
        scene.hand.figure(("page", ANSWERS, nth), "Ana", *card, said);
        scene.hand.figure(("page", ANSWERS, nth), "Caro", *card, (Value::Remark, "Look again in May"));
    }
    scene.hand.at += Duration::minutes(1);
    scene.hand.close("page");
    scene.hand.keep("page", None, &cards, Settled::Consent);
    let said: Vec<Vec<String>> =
        scene.lines("agreed").into_iter().map(|line| line.remarks.into_iter().map(|one| one.text).collect()).collect();
    assert_eq!(said, [vec!["Too long".to_owned()], vec!["Too long".to_owned()], vec![]]);
    let canvas = scene.hand.canvas();
    let lifted: Vec<&str> = canvas.sections[0].remarks.iter().map(|remark| remark.text.as_str()).collect();
    assert_eq!(lifted, ["Look again in May"]);
}

#[test]
fn outsiders_who_do_not_see_the_old_words_are_not_told_that_anybody_agreed() {
    let mut scene = Scene::new(&["First", "Second"]);
    let mut kept = scene.cards.clone();
    scene.agree("page", "Ana", &kept.clone());
    scene.reword("page", &mut kept, 0, "First, said well", Settled::Consent);
    super::outside::release(&mut scene.hand, &["agreed"]);
    let outside = compile_canvas(&view(&scene.hand.board, Viewer::Outside, scene.hand.at), &Captions::default());
    let Body::Lines { groups } = &outside.sections[0].body else { panic!("no lines") };
    let lines: Vec<_> = groups.iter().flat_map(|group| &group.lines).collect();
    assert_eq!((lines[0].text.as_str(), lines[1].text.as_str()), ("First, said well", "Second"));
    assert!(lines[0].source.counts.is_empty(), "{:?}", lines[0].source.counts);
    assert_eq!(lines[0].source.settled.as_ref().unwrap().how, Settled::Host);
    assert!(!lines[1].source.counts.is_empty(), "what was asked in these words is told");
}

#[test]
fn a_rewording_tells_the_day_on_which_something_was_settled() {
    let mut scene = Scene::new(&["First", "Second"]);
    let mut kept = scene.cards.clone();
    scene.agree("page", "Ana", &kept.clone());
    for nth in 0..2 {
        scene.hand.at += Duration::days(2);
        scene.reword("page", &mut kept, nth, "Said well", Settled::Consent);
    }
    for entry in &scene.log().entries[1..] {
        assert!(entry.said.contains("2 March 2026"), "{}", entry.said);
    }
}

#[test]
fn what_was_joined_since_says_what_was_settled() {
    let mut scene = Scene::new(&["First", "Second"]);
    let [one, two] = scene.cards[..] else { panic!() };
    scene.agree("page", "Ana", &[one]);
    scene.hand.at += Duration::minutes(1);
    scene.hand.make("idea", "text", "Both", &[one, two], true);
    let line = scene.lines("agreed").remove(0);
    assert_eq!(line.text, "Both");
    assert_eq!(line.source.settled.unwrap().worded.as_deref(), Some("First"));
    assert!(line.source.summary.contains("worded anew"), "{}", line.source.summary);
}

#[test]
fn a_later_consent_stays_when_words_change_once_more() {
    let mut scene = Scene::new(&["First"]);
    let mut kept = scene.cards.clone();
    scene.agree("page", "Ana", &kept.clone());
    scene.reword("page", &mut kept, 0, "First, said well", Settled::Consent);
    scene.agree("whole", "Caro", &kept.clone());
    scene.reword("page", &mut kept, 0, "First, said best", Settled::Consent);
    let settled = scene.lines("agreed").remove(0).source.settled.unwrap();
    assert_eq!((settled.ask.as_str(), settled.worded.as_deref()), ("whole", Some("First, said well")));
}

/// People answer to a card of an ask; then it is settled.
fn answers(scene: &mut Scene, ask: &str, card: CardId, answers: &[(&str, Value, &str)]) {
    scene.hand.at += Duration::minutes(1);
    scene.hand.open(ask);
    for (who, value, note) in answers {
        scene.hand.figure((ask, ANSWERS, 1), who, card, (*value, note));
    }
    scene.hand.at += Duration::minutes(1);
    scene.hand.close(ask);
    scene.hand.keep(ask, None, &[card], Settled::Consent);
}

fn remarks(scene: &Scene) -> Vec<(String, bool)> {
    let lines = scene.lines("agreed").into_iter();
    lines.flat_map(|line| line.remarks).map(|remark| (remark.text, remark.open)).collect()
}

#[test]
fn an_objection_is_open_until_whoever_said_it_agrees() {
    let mut scene = Scene::new(&["First"]);
    let card = scene.cards[0];
    let (when, place, how) =
        (("Say when".to_owned(), true), ("Say where".to_owned(), true), ("Say how".to_owned(), true));
    let said =
        [("Ana", Value::NotYet, "Say when"), ("Ben", Value::NotYet, "Say where"), ("Caro", Value::Remark, "Say how")];
    answers(&mut scene, "page", card, &said);
    assert_eq!(remarks(&scene), [when, place.clone(), how.clone()]);
    answers(&mut scene, "whole", card, &[("Ana", Value::Stands, ""), ("Caro", Value::Stands, "")]);
    let day = scene.hand.canvas_with(&Captions::default()).head.at;
    let agreed = format!("Say when (agreed to it on {})", Captions::default().day_of(day));
    assert_eq!(remarks(&scene), [(agreed, false), place, how], "Ben was not heard again, and Caro had agreed before");
}

#[test]
fn a_remark_is_done_with_where_the_words_are_others_now() {
    let mut scene = Scene::new(&["First", "Second"]);
    let [card, other] = scene.cards[..] else { unreachable!("there are two") };
    answers(&mut scene, "page", card, &[("Ana", Value::Remark, "Say when")]);
    scene.hand.make("idea", "text", "Both", &[card, other], false);
    assert_eq!(remarks(&scene), [("Say when".to_owned(), true)], "joined with others they stand all the same");
    scene.hand.make("idea", "text", "First, in May", &[card], false);
    let [(said, open)] = &remarks(&scene)[..] else { panic!("one remark") };
    assert!(!open && said.starts_with("Say when (worded anew on "), "{said}");
}
