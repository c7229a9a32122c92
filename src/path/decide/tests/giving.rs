//! Cards: given, edited, sealed, taken back, refused.

use super::*;

#[test]
fn a_cause_stays_sealed_until_one_has_given_ones_own() {
    let mut walk = Walk::joined();
    walk.opens("give");
    walk.gives("Bea", "causes", &[("cause", "No kitchen")]);
    let (bea, ben, ann) = (walk.person("Bea"), walk.person("Ben"), walk.person("Ann"));
    assert!(walk.sees(Viewer::Person(bea), "No kitchen"));
    assert!(!walk.sees(Viewer::Person(ben), "No kitchen"));
    assert!(!walk.sees(Viewer::Person(ann), "No kitchen"), "hosts are sealed out like anyone");
    assert!(!walk.sees(Viewer::Room, "No kitchen"));
    walk.does("Ann", &Act::Pass { ask: "causes".to_owned() });
    assert!(!walk.sees(Viewer::Person(ann), "No kitchen"), "a pass opens no seal");
    walk.gives("Ben", "causes", &[("cause", "Fuel is dear")]);
    assert!(walk.sees(Viewer::Person(ben), "No kitchen"));
    walk.closes("give");
    assert!(walk.sees(Viewer::Room, "No kitchen"));
}

#[test]
fn what_would_break_the_record_is_refused_and_changes_nothing() {
    let mut walk = Walk::joined();
    let cause = |words: &str| giving("causes", &[("cause", words)]);
    walk.refused("Bea", &cause("No kitchen"), "not-open-yet");
    walk.opens("give");
    walk.refused("Bea", &cause("  \n "), "empty");
    walk.refused("Bea", &cause(&"a".repeat(141)), "too-long");
    walk.refused("Bea", &giving("nothing", &[]), "unknown");
    walk.refused("Bea", &giving("tree", &[]), "wrong-kind");
    for nth in 1..=5 {
        walk.does("Bea", &cause(&format!("Cause {nth}")));
    }
    walk.refused("Bea", &cause("Cause 6"), "enough");
    walk.closes("give");
    walk.refused("Bea", &cause("Too late"), "closed");
}

#[test]
fn a_card_is_changed_by_its_author_alone_and_keeps_its_first_words() {
    let mut walk = Walk::joined();
    walk.opens("give");
    walk.gives("Bea", "causes", &[("cause", "No kitchn")]);
    let card = walk.card("No kitchn");
    let edit = Act::Give(Giving {
        ask: "causes".to_owned(),
        card: Some(card),
        fields: with(&[("cause", "No kitchen")]),
        ..Giving::default()
    });
    walk.refused("Ben", &edit, "not-yours");
    walk.refused("Ann", &edit, "not-yours");
    walk.does("Bea", &edit);
    let texts = &walk.board.cards[&card].texts;
    assert_eq!(texts.iter().map(|text| text.fields["cause"].as_str()).collect::<Vec<_>>(), ["No kitchn", "No kitchen"]);
    walk.refused("Ben", &Act::Withdraw { card }, "not-yours");
    walk.does("Bea", &Act::Withdraw { card });
    walk.refused("Bea", &edit, "card-gone");
}

#[test]
fn a_host_writes_down_for_somebody_and_it_is_marked_and_theirs() {
    let mut walk = Walk::joined();
    walk.opens("give");
    let ben = walk.person("Ben");
    let told = Act::Give(Giving {
        ask: "causes".to_owned(),
        fields: with(&[("cause", "No water")]),
        behalf: Some(ben),
        via: Via::Phone,
        ..Giving::default()
    });
    walk.refused("Abe", &told, "hosts-only");
    walk.does("Ann", &told);
    let card = walk.card("No water");
    assert_eq!(walk.board.cards[&card].by, Some(ben));
    assert_eq!(walk.board.cards[&card].behalf, Some(walk.person("Ann")));
    walk.does("Ben", &Act::Withdraw { card });
}

#[test]
fn a_sheet_of_a_partner_is_released_by_somebody_strategic() {
    let mut walk = Walk::joined();
    walk.opens("hello");
    let six: Vec<(&str, &str)> =
        ["intent", "capabilities", "resources", "constraints", "offers", "needs"].map(|key| (key, "–")).to_vec();
    walk.gives("Ben", "interface", &six);
    let card = walk.board.cards.values().find(|card| card.source == "interface").unwrap().id;
    assert!(walk.board.cards[&card].confirmed.is_none());
    walk.refused("Ben", &Act::Confirm { card, yes: true }, "strategic-only");
    walk.refused("Ann", &Act::Confirm { card, yes: true }, "not-yours");
    walk.does("Bea", &Act::Confirm { card, yes: true });
    assert_eq!(walk.board.cards[&card].confirmed.as_ref().map(|confirmed| confirmed.yes), Some(true));
    walk.gives("Ben", "interface", &[&[("intent", "More")], &six[1..]].concat());
    assert!(walk.board.cards[&card].confirmed.is_none(), "a changed sheet is a draft again");
    assert_eq!(walk.board.cards.values().filter(|card| card.source == "interface").count(), 1);
}

#[test]
fn stories_stay_in_their_triad_and_only_notes_leave_it() {
    let mut walk = Walk::joined();
    walk.opens("triads");
    walk.refused("Bea", &giving("story", &[("kind", "success"), ("story", "We cooked")]), "first");
    walk.does("Ann", &Act::MakeGroups { ask: "mixed-triads".to_owned(), seed: 1 });
    walk.does("Ann", &Act::Done { ask: "mixed-triads".to_owned() });
    let bea = walk.person("Bea");
    let group = walk.board.groups.values().find(|group| group.members.contains(&bea)).unwrap().clone();
    let inside = *group.members.iter().find(|member| **member != bea).unwrap();
    let outside = walk.board.people.keys().copied().find(|person| !group.members.contains(person)).unwrap();
    walk.gives("Bea", "story", &[("kind", "success"), ("story", "We cooked")]);
    walk.gives("Bea", "notes", &[("note", "Gas runs out")]);
    for words in ["We cooked", "Gas runs out"] {
        assert!(walk.sees(Viewer::Person(inside), words), "{words}");
        assert!(!walk.sees(Viewer::Person(outside), words), "{words}");
    }
    walk.refused("Bea", &giving("story", &[("kind", "sad"), ("story", "x")]), "unreadable");
    walk.closes("triads");
    assert!(walk.sees(Viewer::Room, "Gas runs out"));
    assert!(!walk.sees(Viewer::Room, "We cooked"));
    assert!(!walk.sees(Viewer::Person(outside), "We cooked"));
}

#[test]
fn a_quiet_note_is_its_givers_alone_and_comes_before_the_word() {
    let mut walk = Walk::joined();
    walk.opens("farewell");
    let word = giving("word", &[("word", "hopeful")]);
    walk.refused("Bea", &word, "first");
    walk.gives("Bea", "quiet", &[("note", "Call my mother")]);
    walk.does("Bea", &word);
    walk.closes("farewell");
    let (bea, ann) = (walk.person("Bea"), walk.person("Ann"));
    assert!(walk.sees(Viewer::Person(bea), "Call my mother"));
    for viewer in [Viewer::Person(ann), Viewer::Hosts, Viewer::Room] {
        assert!(!walk.sees(viewer, "Call my mother"));
        assert!(walk.sees(Viewer::Room, "hopeful"));
    }
}

#[test]
fn reasons_without_a_name_lose_author_and_time_at_the_close() {
    let mut walk = Walk::joined();
    walk.opens("red-and-green");
    let field = walk.item("assessment-fields", "one").to_string();
    walk.gives("Cid", "reasons", &[("field", &field), ("reason", "Zero money")]);
    walk.gives("Bea", "reasons", &[("field", &field), ("reason", "A late answer")]);
    walk.closes("red-and-green");
    let cards: Vec<&Card> = walk.board.cards.values().filter(|card| card.source == "reasons").collect();
    let words: Vec<&str> = cards.iter().map(|card| card.field("reason")).collect();
    assert_eq!(words, ["A late answer", "Zero money"], "in the order of words, not of giving");
    for card in cards {
        assert!(card.by.is_none() && card.partner.is_none() && card.texts.len() == 1);
        assert!(card.texts[0].by.is_none());
        assert_eq!(walk.board.links.at(card.id).filter(|link| link.from == card.id).count(), 1);
    }
}

#[test]
fn a_draft_is_kept_for_its_author_and_gone_once_given() {
    let mut walk = Walk::joined();
    walk.opens("give");
    let fields = with(&[("cause", "Half a thou")]);
    walk.does("Bea", &Act::KeepDraft { ask: "causes".to_owned(), fields });
    let (bea, ben) = (walk.person("Bea"), walk.person("Ben"));
    let drafts = |walk: &Walk, person| view(&walk.board, Viewer::Person(person), walk.now).shown().drafts.len();
    assert_eq!((drafts(&walk, bea), drafts(&walk, ben)), (1, 0));
    assert!(walk.board.given.is_empty(), "a draft is never counted as given");
    walk.gives("Bea", "causes", &[("cause", "A whole thought")]);
    assert_eq!(drafts(&walk, bea), 0);
}

#[test]
fn a_step_counts_when_its_owner_says_so() {
    let mut walk = Walk::joined();
    walk.opens("next");
    let field = walk.item("assessment-fields", "one").to_string();
    let ben = walk.person("Ben").to_string();
    let step =
        |due: &str| giving("steps", &[("step", "Ask the council"), ("for", &field), ("owner", &ben), ("due", due)]);
    walk.refused("Bea", &step("2026-02-01"), "past-date");
    walk.refused("Bea", &step("soon"), "unreadable-date");
    walk.does("Bea", &step("2026-05-01"));
    let card = walk.card("Ask the council");
    walk.refused("Bea", &Act::Confirm { card, yes: true }, "not-yours");
    walk.does("Ben", &Act::Confirm { card, yes: false });
    assert_eq!(walk.board.cards[&card].confirmed.as_ref().map(|confirmed| confirmed.yes), Some(false));
}

#[test]
fn a_colleagues_skip_does_not_close_a_partners_ask_to_the_others() {
    let mut walk = Walk::joined();
    walk.opens("hello");
    walk.does("Ben", &Act::Pass { ask: "interface".to_owned() });
    let waits = |walk: &Walk, name| {
        crate::path::waiting::waiting(&walk.board, walk.person(name)).iter().any(|window| window.ask == "interface")
    };
    assert!(!waits(&walk, "Ben"), "it does not wait for him any more");
    assert!(waits(&walk, "Bea"), "it waits for his colleague still");
    let window = walk.board.window_of("interface").unwrap();
    assert_eq!(crate::path::giver::progress(&walk.board, window).done, 0);
}

#[test]
fn what_a_card_names_is_joined_once_and_let_go_once() {
    let mut walk = Walk::joined();
    walk.opens("who-does-what");
    let roles = walk.board.cards.values().filter(|card| card.source == "partnership-roles");
    let roles: Vec<String> = roles.map(|card| card.id.to_string()).collect();
    let (one, other) = (&roles[0], &roles[1]);
    walk.gives("Cid", "accepts", &[("answer", "accept"), ("support", one), ("support-2", other)]);
    let who = Who::Person(walk.person("Cid"));
    let act = giving("accepts", &[("answer", "accept"), ("support", one)]);
    let changes = decide(&walk.board, &who, &act, walk.now).unwrap().changes;
    let gone = changes.iter().filter(|change| matches!(change, Change::LinkGone(_))).count();
    let come = changes.iter().filter(|change| matches!(change, Change::Link(_))).count();
    assert_eq!((gone, come), (2, 1));
}
