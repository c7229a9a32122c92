//! Groups of cards: who names them, what follows the cards, and what nobody may see or do.

use super::*;
use crate::path::cluster::{self, CLUSTERS_MAX};
use crate::path::themes::themes;

const FUEL: &str = "Fuel is too expensive for small kitchens";
const DIESEL: &str = "Small kitchens pay more for fuel each month";
const ROADS: &str = "Roads are bad in the rainy season";
const NORTH: &str = "The road to the north is closed when it rains";

fn group(cards: &[CardId], name: &str) -> Act {
    Act::Clustering(Clustering::Make { cards: cards.to_vec(), name: name.to_owned() })
}

fn rename(cluster: ClusterId, name: &str) -> Act {
    Act::Clustering(Clustering::Rename { cluster, name: name.to_owned() })
}

fn add(cluster: ClusterId, cards: &[CardId]) -> Act {
    Act::Clustering(Clustering::Add { cluster, cards: cards.to_vec() })
}

fn out(cluster: ClusterId, cards: &[CardId]) -> Act {
    Act::Clustering(Clustering::TakeOut { cluster, cards: cards.to_vec() })
}

/// Bea, Ben, Cid and Cyd have given a cause each; Ann, a host, has given one too, so that she sees them.
fn four() -> (Walk, [CardId; 4]) {
    let mut walk = Walk::joined();
    walk.opens("give");
    walk.gives("Ann", "causes", &[("cause", "Nobody plans")]);
    for (name, words) in [("Bea", FUEL), ("Ben", DIESEL), ("Cid", ROADS), ("Cyd", NORTH)] {
        walk.gives(name, "causes", &[("cause", words)]);
    }
    let cards = [FUEL, DIESEL, ROADS, NORTH].map(|words| walk.card(words));
    (walk, cards)
}

fn made(walk: &mut Walk, name: &str, cards: &[CardId], heading: &str) -> ClusterId {
    let told = walk.does(name, &group(cards, heading));
    assert_eq!(told.said.key, "grouped");
    ClusterId(told.said.with["cluster"].parse().unwrap())
}

fn heading_of(walk: &Walk, card: CardId) -> Option<&str> {
    walk.board.cluster_of(card).map(Cluster::name)
}

fn seen_by(walk: &Walk, viewer: Viewer) -> Vec<String> {
    let view = view(&walk.board, viewer, walk.now);
    view.shown().clusters.values().map(|cluster| cluster.name().to_owned()).collect()
}

#[test]
fn whoever_takes_part_gives_cards_a_heading_and_each_stays_itself() {
    let (mut walk, [fuel, diesel, roads, north]) = four();
    let costs = made(&mut walk, "Cid", &[fuel, diesel], "  Costs \u{202e}of fuel ");
    assert_eq!(heading_of(&walk, fuel), Some("Costs of fuel"), "cleaned like other words");
    assert_eq!(walk.board.cards_of("causes", false).len(), 5, "nothing is joined");
    assert_eq!(heading_of(&walk, roads), None);
    made(&mut walk, "Ann", &[roads, north], "Roads");
    // Named anew by somebody whose card lies there; what it was called before is kept, and comes back.
    assert_eq!(walk.does("Bea", &rename(costs, "Energy")).said.key, "heading-renamed");
    assert_eq!(walk.board.clusters[&costs].headings.len(), 2);
    assert_eq!(walk.board.clusters[&costs].named_by(), Some(walk.person("Bea")));
    walk.does("Bea", &Act::Clustering(Clustering::NameBack { cluster: costs }));
    assert_eq!(heading_of(&walk, fuel), Some("Costs of fuel"));
    assert_eq!(walk.board.clusters[&costs].named_by(), Some(walk.person("Cid")), "it is in the words of who gave it");
    assert_eq!(walk.does("Ann", &rename(costs, "Costs of fuel")).said.key, "heading-same");
    walk.refused("Cyd", &rename(costs, "Mine"), "not-your-heading");
    // Dissolved by whoever made it, and there again.
    walk.refused("Bea", &Act::Clustering(Clustering::Dissolve { cluster: costs }), "not-your-heading");
    walk.does("Cid", &Act::Clustering(Clustering::Dissolve { cluster: costs }));
    assert_eq!(heading_of(&walk, fuel), None);
    walk.refused("Cid", &rename(costs, "Gone"), "heading-gone");
    walk.does("Cid", &Act::Clustering(Clustering::Restore { cluster: costs }));
    assert_eq!(heading_of(&walk, fuel), Some("Costs of fuel"));
}

#[test]
fn bad_input_is_answered_clearly_and_changes_nothing() {
    let (mut walk, [fuel, diesel, roads, north]) = four();
    walk.refused("Bea", &group(&[fuel, diesel], " \u{200b}\n "), "empty");
    walk.refused("Bea", &group(&[fuel, diesel], &"x".repeat(61)), "too-long");
    walk.refused("Bea", &group(&[fuel], "One"), "too-few-to-group");
    walk.refused("Bea", &group(&[fuel, fuel], "Twice the same"), "too-few-to-group");
    walk.refused("Bea", &group(&[fuel, CardId(9999)], "Nothing there"), "card-gone");
    walk.does("Ann", &Act::Park { card: north, reason: Some("Later".to_owned()) });
    walk.refused("Bea", &group(&[fuel, north], "Put aside"), "card-gone");
    walk.does("Ann", &Act::Park { card: north, reason: None });
    let costs = made(&mut walk, "Bea", &[fuel, diesel], "Costs");
    // Two people had the same idea at once.
    assert_eq!(walk.does("Cid", &group(&[diesel, fuel], "COSTS!")).said.key, "grouped-so");
    let taken = walk.tries("Cid", &group(&[diesel, fuel], "Energy")).unwrap_err();
    assert_eq!(taken, Refusal::GroupedAlready { name: "Costs".to_owned() });
    walk.refused("Cid", &group(&[diesel, roads], "Both"), "under-heading");
    walk.refused("Cid", &group(&[roads, north], " costs."), "heading-taken");
    let other = made(&mut walk, "Cid", &[roads, north], "Roads");
    walk.refused("Cid", &rename(other, "costs"), "heading-taken");
    walk.refused("Ann", &add(other, &[]), "card-gone");
    walk.refused("Ann", &out(other, &[fuel]), "not-there");
    walk.refused("Ann", &rename(ClusterId(9999), "Nothing"), "heading-gone");
    walk.refused("Ben", &Act::Clustering(Clustering::NameBack { cluster: costs }), "heading-gone");
    // A greeting lies in no group, and what lies on another table has no heading in common.
    walk.opens("hello");
    for name in ["Bea", "Cid"] {
        walk.gives(name, "hello-line", &[("line", "Good morning")]);
    }
    let hellos: Vec<CardId> = walk.board.cards_of("hello-line", false).iter().map(|card| card.id).collect();
    walk.refused("Bea", &group(&hellos, "Greetings"), "not-to-group");
    let issue = walk.board.issue().unwrap().id;
    walk.refused("Bea", &group(&[issue, fuel], "The issue"), "not-to-group");
}

#[test]
fn a_heading_says_the_same_in_whatever_case_and_no_other() {
    let (mut walk, [fuel, diesel, roads, north]) = four();
    made(&mut walk, "Bea", &[fuel, diesel], "?!");
    walk.refused("Bea", &group(&[roads, north], "?!"), "heading-taken");
    made(&mut walk, "Bea", &[roads, north], "!?");
}

#[test]
fn an_author_takes_out_what_is_theirs_and_nobody_else_puts_it_back() {
    let (mut walk, [fuel, diesel, roads, north]) = four();
    let costs = made(&mut walk, "Bea", &[fuel, diesel], "Costs");
    let ways = made(&mut walk, "Cid", &[roads, north], "Roads");
    walk.refused("Cyd", &out(costs, &[diesel]), "not-your-heading");
    assert_eq!(walk.does("Ben", &out(costs, &[diesel])).said.key, "card-out");
    walk.refused("Ben", &out(costs, &[diesel]), "not-there");
    walk.refused("Bea", &add(costs, &[diesel]), "taken-out");
    walk.refused("Ann", &add(costs, &[diesel]), "taken-out");
    walk.refused("Cyd", &add(ways, &[diesel]), "not-your-heading");
    // *Mine belongs elsewhere*: from one heading to another in one go.
    walk.does("Ben", &add(costs, &[diesel]));
    let told = walk.does("Ben", &add(ways, &[diesel]));
    assert_eq!(told.said.with.get("from"), Some(&costs.to_string()), "where undoing puts it back");
    assert_eq!((heading_of(&walk, diesel), cluster::standing(&walk.board, costs).len()), (Some("Roads"), 1));
    assert_eq!(walk.does("Ben", &add(ways, &[diesel])).said.key, "into-heading-already");
    // Whoever made a group puts in what is free; only a host takes from another group.
    walk.refused("Bea", &add(costs, &[roads]), "under-heading");
    walk.does("Ann", &add(costs, &[roads]));
    assert_eq!(heading_of(&walk, roads), Some("Costs"));
    // The last one goes: the heading is nowhere, its name is free, and it comes back with a card.
    walk.does("Ann", &out(costs, &[roads, fuel]));
    assert!(!seen_by(&walk, Viewer::Person(walk.person("Ann"))).contains(&"Costs".to_owned()));
    walk.does("Bea", &add(costs, &[fuel]));
    assert_eq!(heading_of(&walk, fuel), Some("Costs"));
    walk.does("Bea", &out(costs, &[fuel]));
    made(&mut walk, "Ann", &[fuel, roads], "costs");
    walk.refused("Bea", &add(costs, &[fuel]), "heading-taken");
}

#[test]
fn what_is_joined_or_worded_anew_lies_where_its_sources_lay() {
    let (mut walk, [fuel, diesel, roads, north]) = four();
    let costs = made(&mut walk, "Bea", &[fuel, diesel], "Costs");
    let joined = Act::Joining(Joining::Merge { cards: vec![fuel, roads], text: "Fuel and roads".to_owned() });
    walk.does("Ann", &joined);
    let both = walk.card("Fuel and roads");
    assert_eq!(heading_of(&walk, both), Some("Costs"));
    assert_eq!(walk.does("Cid", &group(&[fuel, diesel], "Costs")).said.key, "grouped-so", "it follows its card");
    walk.refused("Cid", &group(&[roads, north], "Roads"), "under-heading");
    walk.refused("Cyd", &out(costs, &[both]), "not-your-heading");
    walk.does("Bea", &out(costs, &[both]));
    assert_eq!(heading_of(&walk, both), None);
    walk.does("Bea", &add(costs, &[both]));
    walk.does("Ann", &Act::Joining(Joining::Unmerge { card: both }));
    assert_eq!((heading_of(&walk, fuel), heading_of(&walk, roads)), (None, None), "it was put there as one");
    walk.does("Ann", &add(costs, &[fuel]));
    walk.does("Cid", &Act::Joining(Joining::Support { card: roads, other: north }));
    assert_eq!(heading_of(&walk, north), None);
    walk.does("Ann", &add(costs, &[north]));
    // Taken back: the others stay.
    walk.does("Cyd", &Act::Withdraw { card: north });
    assert_eq!(cluster::standing(&walk.board, costs).len(), 2);
    walk.closes("give");
    walk.opens("choose");
    walk.closes("choose");
    walk.does(
        "Ann",
        &Act::Keep {
            ask: "core-causes".to_owned(),
            about: None,
            cards: vec![diesel],
            despite: Some("One is enough".to_owned()),
        },
    );
    walk.does("Ann", &Act::Reword { ask: "core-causes".to_owned(), card: diesel, text: "Fuel costs rise.".to_owned() });
    let kept = walk.board.kept("core-causes")[0];
    assert!(kept != diesel && heading_of(&walk, kept) == Some("Costs"));
}

#[test]
fn a_heading_is_seen_by_who_sees_all_that_stands_under_it() {
    let (mut walk, [fuel, diesel, ..]) = four();
    // Abe has not given: he sees none of it, cannot use it, and learns of no heading.
    walk.refused("Abe", &group(&[fuel, diesel], "Guessed"), "card-gone");
    let costs = made(&mut walk, "Bea", &[fuel, diesel], "Costs");
    walk.refused("Abe", &rename(costs, "Guessed"), "heading-gone");
    walk.refused("Abe", &Act::Clustering(Clustering::Dissolve { cluster: costs }), "heading-gone");
    assert_eq!(seen_by(&walk, Viewer::Person(walk.person("Abe"))), Vec::<String>::new());
    assert_eq!(seen_by(&walk, Viewer::Room), Vec::<String>::new());
    assert_eq!(seen_by(&walk, Viewer::Hosts), Vec::<String>::new(), "hosts are sealed out like anyone");
    assert_eq!(seen_by(&walk, Viewer::Person(walk.person("Cid"))), ["Costs"]);
    walk.closes("give");
    assert_eq!(seen_by(&walk, Viewer::Room), ["Costs"]);
    // Asked once more: a new card is sealed, and while it lies there the heading tells of it.
    walk.does(
        "Ann",
        &Act::OpenAsk { ask: "causes".to_owned(), because: "more".to_owned(), slate: vec![], about: vec![] },
    );
    walk.gives("Ben", "causes", &[("cause", "Kerosene is dear")]);
    let kerosene = walk.card("Kerosene is dear");
    walk.refused("Bea", &add(costs, &[kerosene]), "card-gone");
    walk.does("Ben", &add(costs, &[kerosene]));
    assert_eq!(seen_by(&walk, Viewer::Room), Vec::<String>::new());
    assert_eq!(seen_by(&walk, Viewer::Person(walk.person("Ben"))), ["Costs"]);
    // Who does not see it is told that there is one, not what it says.
    let told = walk.tries("Cid", &group(&[fuel, diesel], "Guessed")).unwrap_err();
    assert_eq!(told, Refusal::UnderHeading { name: "…".to_owned() });
    walk.does("Ann", &Act::CloseAsk { ask: "causes".to_owned(), despite: Some("test".to_owned()) });
    assert_eq!(seen_by(&walk, Viewer::Room), ["Costs"]);
}

#[test]
fn whoever_watches_has_left_or_is_not_in_names_nothing() {
    let (mut walk, [fuel, diesel, ..]) = four();
    let cyd = walk.person("Cyd");
    let change = |observer| Act::Change { person: cyd, level: None, zone: None, host: None, observer: Some(observer) };
    walk.does("Ann", &change(true));
    walk.refused("Cyd", &group(&[fuel, diesel], "Costs"), "observer");
    walk.does("Ann", &Act::Leave { person: cyd });
    walk.refused("Cyd", &group(&[fuel, diesel], "Costs"), "has-left");
    let act = group(&[fuel, diesel], "Costs");
    let stranger = Who::Stranger { account: AccountId(999), handle: "x".to_owned(), manager: true };
    assert_eq!(walk.act(&stranger, &act).unwrap_err().key(), "not-a-member");
}

#[test]
fn where_nobody_is_named_nobody_is_named_by_a_heading() {
    let mut walk = Walk::joined();
    walk.opens("dream");
    for (name, words) in [("Bea", "Every child eats"), ("Cid", "Each child eats well"), ("Ann", "Good food for all")] {
        walk.gives(name, "drafts", &[("draft", words)]);
    }
    let cards = ["Every child eats", "Each child eats well"].map(|words| walk.card(words));
    made(&mut walk, "Bea", &cards, "Children");
    let named = |walk: &Walk, name: &str| {
        let view = view(&walk.board, Viewer::Person(walk.person(name)), walk.now);
        view.shown().clusters.values().map(|cluster| (cluster.by, cluster.named_by())).collect::<Vec<_>>()
    };
    assert_eq!(named(&walk, "Cid"), [(None, None)]);
    let bea = Some(walk.person("Bea"));
    assert_eq!(named(&walk, "Bea"), [(bea, bea)]);
    // Reasons come back as other cards when their ask closes: until then there is nothing to hold on to.
    walk.opens("red-and-green");
    let field = walk.item("assessment-fields", "one").to_string();
    for name in ["Bea", "Cid", "Ann", "Abe", "Ben"] {
        walk.gives(name, "reasons", &[("field", &field), ("reason", &format!("Because of {name}"))]);
    }
    let reasons = ["Because of Bea", "Because of Cid"].map(|words| walk.card(words));
    walk.refused("Bea", &group(&reasons, "Reasons"), "card-gone");
}

#[test]
fn so_many_groups_lie_on_a_table_and_no_more() {
    let mut walk = Walk::joined();
    let mut cards = Vec::new();
    for nth in 0..2 * (CLUSTERS_MAX + 1) {
        let words = format!("Note {nth}");
        let mut card = walk.board.issue().unwrap().clone();
        card.id = CardId(walk.board.next + i64::try_from(nth).unwrap());
        card.source = "causes".to_owned();
        card.texts[0].fields = with(&[("cause", &words)]);
        cards.push(card.id);
        walk.board.apply(&[Change::Card(card)]);
    }
    walk.board.apply(&[Change::Next(walk.board.next + 1000)]);
    for (nth, pair) in cards.chunks(2).take(CLUSTERS_MAX).enumerate() {
        made(&mut walk, "Bea", pair, &format!("Group {nth}"));
    }
    let last = &cards[2 * CLUSTERS_MAX..];
    walk.refused("Bea", &group(last, "One more"), "too-many-headings");
    let first = *walk.board.clusters.keys().next().unwrap();
    walk.does("Bea", &Act::Clustering(Clustering::Dissolve { cluster: first }));
    made(&mut walk, "Bea", last, "One more");
    walk.refused("Bea", &Act::Clustering(Clustering::Restore { cluster: first }), "too-many-headings");
}

#[test]
fn what_may_belong_together_is_suggested_from_what_somebody_sees() {
    let (mut walk, [fuel, diesel, roads, north]) = four();
    let suggested = |walk: &Walk, name: &str| {
        let view = view(&walk.board, Viewer::Person(walk.person(name)), walk.now);
        let found = themes(&view, "causes").into_iter().map(|theme| (theme.cards, theme.word));
        found.collect::<Vec<_>>()
    };
    let found = suggested(&walk, "Bea");
    assert_eq!(
        found,
        [(vec![fuel, diesel], Some("Kitchens".to_owned())), (vec![roads, north], Some("Rainy".to_owned()))]
    );
    assert_eq!(suggested(&walk, "Abe"), []);
    made(&mut walk, "Bea", &[fuel, diesel], "Costs");
    assert_eq!(suggested(&walk, "Bea").len(), 1, "what lies under a heading is not suggested again");
}

#[test]
fn a_version_keeps_the_groups_as_they_were() {
    let (mut walk, [fuel, diesel, roads, north]) = four();
    walk.closes("give");
    let costs = made(&mut walk, "Bea", &[fuel, diesel], "Costs");
    walk.does("Ann", &Act::Publish { label: "First".to_owned() });
    let version = walk.board.versions.last().unwrap().id;
    walk.does("Bea", &rename(costs, "Energy"));
    walk.does("Bea", &add(costs, &[roads]));
    let plans = walk.card("Nobody plans");
    made(&mut walk, "Ann", &[north, plans], "Others");
    let then = view_at(&walk.board, Viewer::Room, version).unwrap();
    let clusters: Vec<_> = then
        .shown()
        .clusters
        .values()
        .map(|one| (one.name().to_owned(), one.cards.iter().copied().collect()))
        .collect();
    assert_eq!(clusters, [("Costs".to_owned(), vec![fuel, diesel])]);
    walk.does("Bea", &Act::Clustering(Clustering::Dissolve { cluster: costs }));
    let then = view_at(&walk.board, Viewer::Room, version).unwrap();
    assert_eq!(then.shown().cluster_of(fuel).map(Cluster::name), Some("Costs"));
}

#[test]
fn joining_puts_no_card_back_from_where_its_author_took_it() {
    let (mut walk, [fuel, diesel, roads, _]) = four();
    let costs = made(&mut walk, "Bea", &[fuel, diesel], "Costs");
    walk.does("Ben", &out(costs, &[diesel]));
    walk.does("Ann", &Act::Joining(Joining::Merge { cards: vec![fuel, diesel], text: "Fuel and diesel".to_owned() }));
    assert_eq!(heading_of(&walk, walk.card("Fuel and diesel")), None);
    // Where nobody took anything out, what is joined lies where its parts lay.
    let both = vec![roads, walk.card("Nobody plans")];
    let ways = made(&mut walk, "Ann", &both, "Ways");
    walk.does("Ann", &Act::Joining(Joining::Merge { cards: both, text: "Nobody plans roads".to_owned() }));
    assert_eq!(walk.board.cluster_of(walk.card("Nobody plans roads")).map(|over| over.id), Some(ways));
}

#[test]
fn outside_a_heading_shows_only_with_all_its_cards_and_nobodys_name() {
    let (mut walk, [fuel, diesel, roads, _]) = four();
    walk.gives("Bea", "effects", &[("effect", "Children learn hungry")]);
    walk.closes("give");
    let notes = made(&mut walk, "Bea", &[fuel, diesel], "Costs");
    walk.does("Bea", &rename(notes, "Energy"));
    let outside = |walk: &Walk| view(&walk.board, Viewer::Outside, walk.now).shown().clusters.clone();
    assert!(outside(&walk).is_empty());
    let release = |sections: &[&str]| Act::Release { sections: sections.iter().map(|key| (*key).to_owned()).collect() };
    walk.does("Ann", &release(&["issue"]));
    assert!(outside(&walk).is_empty());
    walk.does("Ann", &release(&["problem-tree"]));
    let shown = outside(&walk);
    let public = shown.values().next().expect("all its cards are released");
    assert_eq!((public.name(), public.by, public.named_by()), ("Energy", None, None));
    assert_eq!(public.headings.len(), 1, "what it was called before is told to nobody outside");
    assert_eq!(public.cards, [fuel, diesel].into());
    // What was joined away before a version was published hides no heading in it.
    walk.does("Bea", &add(notes, &[roads]));
    walk.does("Ann", &Act::Joining(Joining::Merge { cards: vec![fuel, diesel], text: "Fuel".to_owned() }));
    walk.does("Ann", &Act::Publish { label: "first".to_owned() });
    let version = walk.board.versions.last().unwrap().id;
    let names = |view: &View| view.shown().clusters.values().map(|one| one.name().to_owned()).collect::<Vec<_>>();
    assert_eq!(names(&view(&walk.board, Viewer::Outside, walk.now)), ["Energy"]);
    assert_eq!(names(&view_at(&walk.board, Viewer::Outside, version).unwrap()), ["Energy"]);
}

#[test]
fn cards_of_one_heading_lie_next_to_each_other_and_none_is_lost() {
    let (mut walk, [fuel, diesel, roads, north]) = four();
    made(&mut walk, "Bea", &[fuel, north], "Far");
    let cards = walk.board.cards_of("causes", false);
    let together: Vec<CardId> = cluster::together(&walk.board, cards).iter().map(|card| card.id).collect();
    assert_eq!(together, [walk.card("Nobody plans"), fuel, north, diesel, roads]);
}
