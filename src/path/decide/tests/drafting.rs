//! Who drafts where hosts name nobody.

use super::*;

const SENTENCE: &str = "sentence";

fn offer(walk: &mut Walk, name: &str) {
    let act = Act::Give(Giving { ask: "help-write".to_owned(), late: true, ..Giving::default() });
    walk.does(name, &act);
}

impl Walk {
    fn drafters(&self) -> Vec<&str> {
        let window = self.board.window_of(SENTENCE).unwrap();
        window.drafters.iter().map(|id| self.board.people[id].name.as_str()).collect()
    }

    /// The drafts, each with the people who mark it; then the marks and all but the sentence are in.
    fn marked(&mut self, drafts: &[(&str, &str, &[&str])]) {
        let mut marked: BTreeMap<&str, Vec<CardId>> = BTreeMap::new();
        for (_, words, people) in drafts {
            for name in *people {
                marked.entry(name).or_default().push(self.card(words));
            }
        }
        for (name, cards) in marked {
            self.does(name, &marks("moving", &cards));
        }
    }

    fn keys_told(&self, name: &str) -> Vec<&str> {
        let id = self.person(name);
        self.notices.iter().filter_map(|notice| told(notice, id)).collect()
    }

    /// Time does what it has to do, so many times; what is said because of it.
    fn wakes_times(&mut self, times: usize) -> Vec<Notice> {
        let mut notices = Vec::new();
        for _ in 0..times {
            let Some(at) = wakes(&self.board) else { break };
            notices.extend(self.passes_until(at));
        }
        notices
    }
}

fn hosts_told(notices: &[Notice], key: &str) -> usize {
    let is_it = |notice: &&Notice| matches!(notice, Notice::Say { spot: Spot::Hosts, said } if said.key == key);
    notices.iter().filter(is_it).count()
}

fn told(notice: &Notice, id: PersonId) -> Option<&str> {
    match notice {
        Notice::Tell { person, said, .. } if *person == id => Some(said.key.as_str()),
        _ => None,
    }
}

/// A Path that goes by itself, with these drafts given, as far as *What moves me*.
fn at_marks(drafts: &[(&str, &str, &[&str])]) -> Walk {
    let mut walk = Walk::joined();
    walk.does("Ann", &Act::Time(TimeAct::ByItself(true)));
    let sittings: Vec<String> = walk.board.plan.sittings().map(|(_, sitting)| sitting.key.clone()).collect();
    for sitting in sittings.iter().take_while(|key| *key != "dream") {
        let because = "not now".to_owned();
        walk.does("Ann", &Act::Time(TimeAct::LeaveOut { sitting: sitting.clone(), because }));
    }
    walk.opens("dream");
    for (name, words, _) in drafts {
        walk.gives(name, "drafts", &[("draft", words)]);
    }
    walk.closes("dream");
    walk.opens("moves-me");
    walk
}

const DRAFTS: [(&str, &str, &[&str]); 3] = [
    ("Abe", "All eat.", &["Ann", "Bea"]),
    ("Bea", "Nobody learns hungry.", &["Ann", "Abe", "Cid"]),
    ("Ben", "Lunch for all.", &["Ann", "Abe", "Cid", "Cyd"]),
];

fn ends(walk: &Walk) -> DateTime<Utc> {
    walk.board.window_of(SENTENCE).unwrap().ends
}

#[test]
fn two_volunteers_of_two_partners_draft_at_once() {
    let mut walk = Walk::joined();
    walk.opens("dream");
    offer(&mut walk, "Bea");
    offer(&mut walk, "Ben");
    walk.closes("dream");
    walk.opens("moves-me");
    assert!(walk.drafters().is_empty(), "two of one partner are not two of two");
    walk.refused("Cid", &giving(SENTENCE, &[("sentence", "All eat.")]), "not-for-you");
    offer(&mut walk, "Cid");
    assert_eq!(walk.drafters(), ["Bea", "Cid"], "who offered first, and the first of another partner");
    assert_eq!((walk.keys_told("Bea"), hosts_told(&walk.notices, "drafters-offered")), (vec!["you-draft-offered"], 1));
    walk.gives("Cid", SENTENCE, &[("sentence", "All eat.")]);
    offer(&mut walk, "Ann");
    assert_eq!(walk.drafters(), ["Bea", "Cid"]);
    let people = [walk.person("Ann"), walk.person("Cid")].into();
    walk.does("Ann", &Act::Drafters { ask: SENTENCE.to_owned(), people });
    assert_eq!(walk.drafters(), ["Ann", "Cid"], "hosts may name others at any time");
    assert_eq!(walk.keys_told("Bea"), ["you-draft-offered", "you-draft-no-more"]);
}

#[test]
fn volunteers_of_before_draft_from_the_opening_on() {
    let mut walk = Walk::joined();
    walk.opens("dream");
    for name in ["Ben", "Ann", "Cid"] {
        offer(&mut walk, name);
    }
    walk.does("Ann", &Act::Leave { person: walk.person("Ben") });
    walk.closes("dream");
    walk.opens("moves-me");
    assert_eq!(walk.drafters(), ["Ann", "Cid"], "whoever has left is passed over");
}

#[test]
fn authors_of_what_moved_most_are_asked_once_marks_are_counted() {
    let mut walk = at_marks(&DRAFTS);
    walk.marked(&DRAFTS);
    let opened = walk.board.window_of(SENTENCE).unwrap().opens;
    walk.passes_until(ends(&walk) - TimeDelta::minutes(1));
    assert!(walk.drafters().is_empty(), "whom one asks would tell what is sealed");
    let end = ends(&walk);
    let notices = walk.passes_until(end);
    assert!(notices.contains(&Notice::AskOpens { ask: SENTENCE.to_owned() }), "{notices:?}");
    let window = walk.board.window_of(SENTENCE).unwrap().clone();
    assert!(window.is_open() && window.alone && window.ends > end && window.opens > opened);
    assert_eq!(walk.drafters(), ["Abe", "Ben"], "Bea's has more marks than Abe's, but she is of Ben's partner");
}

#[test]
fn where_one_partner_alone_wrote_two_of_its_people_are_asked() {
    let drafts = [DRAFTS[2], DRAFTS[1]];
    let mut walk = at_marks(&drafts);
    walk.marked(&drafts);
    let notices = walk.passes_until(ends(&walk));
    assert_eq!(walk.drafters(), ["Bea", "Ben"]);
    let asked = |name: &str| notices.iter().filter_map(|notice| told(notice, walk.person(name))).collect::<Vec<_>>();
    assert_eq!((asked("Bea"), asked("Cid")), (vec!["you-draft-author"], vec![]));
    walk.gives("Ben", SENTENCE, &[("sentence", "All eat well at noon.")]);
    walk.passes_until(ends(&walk));
    assert_eq!(walk.board.cards_of(SENTENCE, false).len(), 1, "nothing goes forward beside what was written");
}

#[test]
fn without_a_draft_the_most_marked_goes_forward() {
    let mut walk = at_marks(&DRAFTS);
    walk.marked(&DRAFTS);
    walk.gives("Ann", "signs", &[("sign", "Warm meals a day")]);
    walk.passes_until(ends(&walk));
    let notices = walk.passes_until(ends(&walk));
    let said = |notice: &&Notice| matches!(notice, Notice::Say { said, .. } if said.key == "draft-forward");
    assert_eq!(notices.iter().filter(said).count(), 1, "{notices:?}");
    let cards = walk.board.cards_of(SENTENCE, false);
    assert_eq!(cards.iter().map(|card| walk.board.words_of(card)).collect::<Vec<_>>(), ["Lunch for all."]);
    let origins = walk.board.origins(cards[0].id);
    assert_eq!(walk.board.cards[&origins[1]].source, "drafts");
    assert!(!walk.board.window_of(SENTENCE).unwrap().is_open());
    walk.wakes_times(1);
    assert!(walk.board.window_of("vision").is_some_and(Window::is_open), "the Path goes on with it");
    assert_eq!(walk.board.cards_of(SENTENCE, false).len(), 1, "once");
}

#[test]
fn drafts_that_a_host_joins_after_the_count_go_forward_as_one() {
    let mut walk = at_marks(&DRAFTS);
    walk.marked(&DRAFTS);
    walk.passes_until(ends(&walk));
    let cards = vec![walk.card("Nobody learns hungry."), walk.card("All eat.")];
    walk.does("Ann", &Act::Joining(Joining::Merge { cards, text: "All eat and learn.".to_owned() }));
    let notices = walk.passes_until(ends(&walk));
    let cards = walk.board.cards_of(SENTENCE, false);
    let words: Vec<&str> = cards.iter().map(|card| walk.board.words_of(card)).collect();
    assert_eq!(words, ["All eat and learn."], "five marks of both are more than four");
    for (name, times) in [("Abe", 1), ("Bea", 1), ("Ben", 0), ("Ann", 0)] {
        let id = walk.person(name);
        let heard = notices.iter().filter(|notice| told(notice, id) == Some("draft-yours-forward")).count();
        assert_eq!(heard, times, "{name}");
    }
}

#[test]
fn ties_go_to_what_was_written_first_and_too_long_a_draft_is_passed_over() {
    let long = "a".repeat(300);
    let drafts = [
        ("Cid", "Cid's dream", ["Ann"].as_slice()),
        ("Ben", "Ben's dream", &["Abe"]),
        ("Cyd", long.as_str(), &["Bea", "Ben", "Cid"]),
    ];
    let mut walk = at_marks(&drafts);
    walk.marked(&drafts);
    walk.does("Ann", &Act::Leave { person: walk.person("Cyd") });
    walk.passes_until(ends(&walk));
    assert_eq!(walk.drafters(), ["Ben", "Cid"], "whoever has left is not asked");
    walk.gives("Ben", SENTENCE, &[("sentence", "Not this one.")]);
    walk.does("Ben", &Act::Withdraw { card: walk.card("Not this one.") });
    walk.passes_until(ends(&walk));
    assert_eq!(walk.board.words_of(walk.board.cards_of(SENTENCE, false)[0]), "Cid's dream");
    walk.does("Ann", &Act::Park { card: walk.board.cards_of(SENTENCE, false)[0].id, reason: Some("No".to_owned()) });
    walk.wakes_times(3);
    assert!(walk.board.cards_of(SENTENCE, false).is_empty(), "what hosts put aside does not come again");
}

#[test]
fn without_drafts_or_marks_hosts_are_waited_for() {
    for marked in [false, true] {
        let drafts: &[(&str, &str, &[&str])] = if marked { &[] } else { &DRAFTS };
        let mut walk = at_marks(drafts);
        walk.passes_until(ends(&walk));
        assert!(walk.board.cards_of(SENTENCE, false).is_empty());
        assert!(!walk.board.window_of(SENTENCE).unwrap().is_open(), "nobody is asked");
        let notices = walk.wakes_times(9);
        assert!(walk.board.window_of("vision").is_none());
        assert_eq!(hosts_told(&notices, "waits-for"), 1, "hosts hear once what is waited for");
    }
}

#[test]
fn after_twelve_hours_authors_draft_in_the_window_that_is_open() {
    let mut walk = at_marks(&DRAFTS);
    walk.does("Ann", &Act::Time(TimeAct::Extend { sitting: "moves-me".to_owned(), until: "20 March".to_owned() }));
    walk.marked(&DRAFTS);
    let opens = walk.board.window_of(SENTENCE).unwrap().opens;
    walk.does("Ann", &Act::CloseAsk { ask: "moving".to_owned(), despite: Some("in".to_owned()) });
    assert!(walk.drafters().is_empty());
    assert_eq!(wakes(&walk.board), Some(opens + crate::path::drafting::PATIENCE));
    let notices = walk.passes_until(opens + crate::path::drafting::PATIENCE);
    assert_eq!(walk.drafters(), ["Abe", "Ben"]);
    assert_eq!(
        notices.iter().filter_map(|notice| told(notice, walk.person("Ben"))).collect::<Vec<_>>(),
        ["you-draft-author"]
    );
    walk.passes_until(ends(&walk));
    assert_eq!(walk.board.cards_of(SENTENCE, false).len(), 1, "they were asked once; now the draft goes forward");
}

#[test]
fn hosts_who_go_by_hand_are_not_overtaken() {
    let mut walk = at_marks(&DRAFTS);
    walk.does("Ann", &Act::Time(TimeAct::ByItself(false)));
    walk.marked(&DRAFTS);
    walk.passes_until(ends(&walk));
    walk.wakes_times(9);
    assert!(walk.board.cards_of(SENTENCE, false).is_empty());
    assert_eq!(walk.board.window_of(SENTENCE).unwrap().nth, 1);
}
