//! What outsiders see: what was released and what belongs to it, and no person.

use super::*;

/// A walk in which Beta and Gamma gave causes, one was chosen, and the others hang in the tree.
fn walked() -> Walk {
    let mut walk = Walk::joined();
    walk.opens("give");
    for (name, cause) in [("Ann", "No kitchen"), ("Bea", "No gas"), ("Cid", "No cook")] {
        walk.gives(name, "causes", &[("cause", cause)]);
    }
    walk.gives("Ben", "effects", &[("effect", "Hunger at noon")]);
    walk.closes("give");
    walk.opens("choose");
    let [kitchen, gas] = ["No kitchen", "No gas"].map(|words| walk.card(words));
    walk.does("Bea", &Act::Under { card: gas, parent: Some(kitchen) });
    for name in ["Ann", "Abe", "Bea", "Ben", "Cid", "Cyd"] {
        walk.does(name, &marks("core-causes", &[kitchen]));
    }
    walk.closes("choose");
    walk.does("Ann", &keep("core-causes", &[kitchen]));
    walk
}

fn keep(ask: &str, cards: &[CardId]) -> Act {
    Act::Keep { ask: ask.to_owned(), about: None, cards: cards.to_vec(), despite: Some("Few of us".to_owned()) }
}

fn release(walk: &mut Walk, sections: &[&str]) -> Board {
    walk.does("Ann", &Act::Release { sections: sections.iter().map(|key| (*key).to_owned()).collect() });
    view(&walk.board, Viewer::Outside, walk.now).shown().clone()
}

fn says(board: &Board, words: &str) -> bool {
    board.cards.values().any(|card| card.texts.iter().any(|text| text.fields.values().any(|value| value == words)))
}

#[test]
fn without_a_release_there_is_only_a_name_and_where_the_path_is() {
    let walk = walked();
    let view = view(&walk.board, Viewer::Outside, walk.now);
    let shown = view.shown();
    assert!(shown.cards.is_empty() && shown.links.is_empty() && shown.figures.is_empty());
    assert!(shown.decisions.is_empty() && shown.people.is_empty() && shown.given.is_empty());
    assert_eq!((shown.partnership.name.as_str(), shown.partners.len(), view.people()), ("School Meals", 3, 6));
    assert_eq!(shown.windows.len(), walk.board.windows.len(), "the phases are seen");
    assert!(shown.plan.sections.is_empty());
}

#[test]
fn a_released_section_brings_what_it_draws_and_no_more() {
    let mut walk = walked();
    let kept = release(&mut walk, &["core-causes"]);
    assert!(says(&kept, "No kitchen"));
    assert!(!says(&kept, "No gas") && !says(&kept, "Hunger at noon") && !says(&kept, "Children learn hungry"));
    assert_eq!(kept.kept("core-causes"), [walk.card("No kitchen")]);
    assert_eq!(kept.tallies.iter().map(|tally| tally.people).collect::<Vec<_>>(), [6]);
    assert_eq!(kept.decisions[0].reason, "", "why bounds were left is not for outside");
    let tree = release(&mut walk, &["problem-tree"]);
    for words in ["No kitchen", "No gas", "No cook", "Hunger at noon", "Children learn hungry"] {
        assert!(says(&tree, words), "{words}");
    }
    assert!(tree.decisions.is_empty() && tree.tallies.is_empty(), "what was chosen is another section's");
    let under = tree.above(walk.card("No gas")).unwrap();
    assert_eq!((under.to, under.by), (walk.card("No kitchen"), None));
}

#[test]
fn what_a_line_was_made_from_stays_inside() {
    let mut walk = walked();
    let kitchen = walk.card("No kitchen");
    let text = "Schools have no kitchen".to_owned();
    walk.does("Ann", &Act::Reword { ask: "core-causes".to_owned(), card: kitchen, text });
    let shown = release(&mut walk, &["core-causes"]);
    let new = walk.card("Schools have no kitchen");
    assert_eq!(shown.cards.keys().copied().collect::<Vec<_>>(), [new]);
    assert_eq!(shown.kept("core-causes"), [new]);
    assert_eq!(shown.tallies.iter().map(|tally| tally.card).collect::<Vec<_>>(), [new], "the count stays with it");
}

#[test]
fn earlier_words_stay_inside() {
    let mut walk = walked();
    walk.does("Ann", &Act::Describe { name: None, issue: Some("Meals are missing".to_owned()), welcome: None });
    let shown = release(&mut walk, &["issue"]);
    assert!(says(&shown, "Meals are missing") && !says(&shown, "Children learn hungry"));
}

#[test]
fn a_person_is_read_as_their_organisation_and_only_with_their_yes() {
    let mut walk = Walk::joined();
    walk.opens("next");
    let bea = walk.person("Bea").to_string();
    let field = walk.item("assessment-fields", "one");
    let serves = field.to_string();
    let step = [("step", "Ask for gas"), ("for", &serves), ("owner", &bea), ("due", "2026-06-01")];
    walk.gives("Ann", "steps", &step);
    let card = walk.card("Ask for gas");
    assert!(!says(&release(&mut walk, &["next-steps"]), "Ask for gas"), "she has not said yes");
    walk.does("Bea", &Act::Confirm { card, yes: true });
    let shown = view(&walk.board, Viewer::Outside, walk.now).shown().clone();
    let card = &shown.cards[&card];
    assert_eq!(card.field("owner"), walk.partner("Beta").to_string());
    assert_eq!(card.field("for"), serves, "the plan's own words are no secret");
    assert!(shown.cards.contains_key(&field) && shown.cards.len() == 2);
    assert_eq!((card.by, card.behalf, card.partner), (None, None, None));
    let field = shown.plan.ask("steps").unwrap().fields.iter().find(|field| field.key == "owner").unwrap().kind;
    assert_eq!(field, crate::path::plan::FieldKind::Partner);
}

/// A walk in which Bea remarked on two ground rules at once, and Cid on one of them later.
fn remarked() -> Walk {
    let mut walk = Walk::joined();
    walk.opens("round");
    let [one, two] = ["one", "two"].map(|item| walk.item("ground-rules", item));
    for (name, card, note) in [("Bea", one, "Zest first"), ("Bea", two, "All of it"), ("Cid", one, "Not on Fridays")] {
        walk.does(name, &answer("rules", Some(card), Value::Remark, note));
        walk.now += TimeDelta::hours(i64::from(name == "Bea" && card == two) * 30);
    }
    walk.does("Ann", &answer("rules", None, Value::Stands, ""));
    walk.closes("round");
    walk
}

#[test]
fn remarks_come_without_their_persons() {
    let mut walk = remarked();
    let shown = release(&mut walk, &["ground-rules"]);
    let notes: Vec<&str> = shown.figures.values().map(|figure| figure.note.as_str()).collect();
    assert_eq!(BTreeSet::from_iter(notes), BTreeSet::from(["Zest first", "All of it", "Not on Fridays"]));
    let known: Vec<Giver> = walk.board.people.keys().map(|person| Giver::Person(*person)).collect();
    let givers: BTreeSet<Giver> = shown.figures.keys().map(|key| key.giver).collect();
    assert!(givers.iter().all(|giver| !known.contains(giver)));
    assert_eq!(givers.len(), shown.figures.len(), "nobody's remarks can be put together");
    assert!(shown.figures.values().all(|figure| figure.value == Value::Remark));
}

#[test]
fn remarks_of_one_person_cannot_be_put_together_by_time() {
    let mut walk = remarked();
    let times = |board: &Board| board.figures.values().map(|figure| figure.at).collect::<BTreeSet<_>>();
    assert!(times(&walk.board).len() > 1, "inside they have their own times");
    let shown = release(&mut walk, &["ground-rules"]);
    let closed = shown.window_of("rules").unwrap().closed.unwrap();
    assert_eq!(times(&shown), BTreeSet::from([closed]));
}

#[test]
fn cards_tell_neither_the_minute_nor_the_way_they_came() {
    let mut walk = walked();
    for text in walk.board.cards.values_mut().filter(|card| card.window.is_some()).flat_map(|card| &mut card.texts) {
        text.via = Via::Phone;
    }
    let mut seen = 0;
    for section in walk.board.plan.sections.clone() {
        let shown = release(&mut walk, &[&section.key]);
        for card in shown.cards.values() {
            seen += usize::from(card.window.is_some());
            let closed = card.window.and_then(|window| shown.windows[&window].closed);
            for text in &card.texts {
                let way = if card.window.is_none() { Via::Plan } else { Via::Button };
                assert_eq!(text.via, way, "{}", section.key);
                let midnight = text.at.date_naive().and_time(chrono::NaiveTime::MIN).and_utc();
                assert_eq!(text.at, closed.unwrap_or(midnight), "{}", section.key);
            }
        }
    }
    assert!(seen > 0);
}

#[test]
fn nobody_outside_can_count_acts() {
    let mut walk = walked();
    let before = release(&mut walk, &["problem-tree"]);
    walk.opens("hello");
    let opened = view(&walk.board, Viewer::Outside, walk.now).shown().clone();
    let fields = ["intent", "capabilities", "resources", "constraints", "offers", "needs"];
    walk.gives("Bea", "interface", &fields.map(|field| (field, "A secret")));
    let after = view(&walk.board, Viewer::Outside, walk.now).shown().clone();
    assert_eq!(after, opened);
    assert_eq!((before.revision, after.revision), (0, 0));
}

#[test]
fn a_version_shows_outsiders_no_card_that_today_does_not() {
    let mut walk = walked();
    let kitchen = walk.card("No kitchen");
    walk.does("Ann", &Act::Publish { label: "First".to_owned() });
    let version = walk.board.versions.last().unwrap().id;
    release(&mut walk, &["core-causes"]);
    let then = |walk: &Walk| view_at(&walk.board, Viewer::Outside, version).unwrap().shown().clone();
    assert!(says(&then(&walk), "No kitchen"));
    let text = "Schools have no kitchen".to_owned();
    walk.does("Ann", &Act::Reword { ask: "core-causes".to_owned(), card: kitchen, text });
    let today = view(&walk.board, Viewer::Outside, walk.now).shown().clone();
    assert!(says(&today, "Schools have no kitchen") && !says(&today, "No kitchen"));
    assert!(then(&walk).cards.keys().all(|card| today.cards.contains_key(card)));
    assert!(!says(&then(&walk), "No kitchen"));
}
