//! Who may do what.

use super::*;

#[test]
fn only_a_manager_founds_and_only_once() {
    let plan = Arc::new(plan());
    let walk = Walk::founded();
    let who = Who::Stranger { account: AccountId(5), handle: "eve".to_owned(), manager: false };
    let founding = Founding {
        name: "X".to_owned(),
        issue: "Y".to_owned(),
        language: "en".to_owned(),
        house: 1,
        room: RoomId(2),
        account: AccountId(5),
        host: "Eve".to_owned(),
        handle: "eve".to_owned(),
        partner: "Z".to_owned(),
        zone: "UTC".to_owned(),
    };
    assert_eq!(found(plan.clone(), PartnershipId(2), &founding, &who, walk.now).unwrap_err(), Refusal::NotAManager);
    let manager = Who::Stranger { account: AccountId(5), handle: "eve".to_owned(), manager: true };
    let far = Founding { zone: "Atlantis".to_owned(), ..founding.clone() };
    assert_eq!(found(plan.clone(), PartnershipId(2), &far, &manager, walk.now).unwrap_err().key(), "unknown-zone");
    let nameless = Founding { name: " ".to_owned(), ..founding };
    assert_eq!(found(plan, PartnershipId(2), &nameless, &manager, walk.now).unwrap_err().key(), "empty");
}

#[test]
fn whoever_the_host_expects_is_in_and_anybody_else_waits() {
    let mut walk = Walk::founded();
    let bob = NewPerson {
        name: "Bob".to_owned(),
        partner: "Alpha".to_owned(),
        level: Level::Operational,
        zone: String::new(),
        handle: "@Bob".to_owned(),
        host: false,
    };
    walk.does("Ann", &Act::Enter { partners: vec![], people: vec![bob] });
    walk.joins(666, "Bob", "mallory").unwrap();
    let id = walk.person("Bob");
    assert_eq!(walk.board.people[&id].standing, Standing::Asking);
    walk.refused("Bob", &giving("hello-line", &[("line", "hi")]), "not-confirmed");
    walk.refused("Bob", &Act::Admit { person: id, yes: true }, "not-confirmed");
    walk.does("Ann", &Act::Admit { person: id, yes: false });
    assert_eq!(walk.board.people[&id].standing, Standing::Invited);
    walk.joins(101, "Bob", "bob").unwrap();
    assert_eq!(walk.board.people[&id].standing, Standing::Present);
    assert_eq!(walk.joins(667, "Bob", "mallory").unwrap_err(), Refusal::Taken);
}

#[test]
fn hosts_alone_lead_the_process() {
    let mut walk = Walk::joined();
    let host_acts = [
        Act::Open { sitting: "give".to_owned() },
        Act::Close { sitting: "give".to_owned(), despite: None },
        Act::ClosePhase { phase: "groundwork".to_owned(), despite: None },
        Act::OpenAsk { ask: "causes".to_owned(), because: String::new(), slate: vec![], about: vec![] },
        Act::Describe { name: Some("Mine".to_owned()), issue: None, welcome: None },
        Act::Enter { partners: vec![], people: vec![] },
        Act::Publish { label: "x".to_owned() },
        Act::Change { person: walk.person("Ben"), level: None, zone: None, host: Some(true), observer: None },
    ];
    for act in &host_acts {
        walk.refused("Ben", act, "hosts-only");
    }
    walk.refused("Ben", &Act::TimePassed, "hosts-only");
    walk.refused("Ann", &Act::TimePassed, "hosts-only");
    walk.refused("Ann", &Act::Leave { person: walk.person("Ann") }, "last-host");
    let stranger = Who::Stranger { account: AccountId(999), handle: "eve".to_owned(), manager: true };
    for act in &host_acts {
        assert_eq!(walk.act(&stranger, act).unwrap_err().key(), "not-a-member", "{act:?}");
    }
}

#[test]
fn whoever_left_or_watches_gives_nothing() {
    let mut walk = Walk::joined();
    walk.opens("give");
    let (ben, cyd) = (walk.person("Ben"), walk.person("Cyd"));
    walk.does("Ben", &Act::Leave { person: ben });
    walk.does("Ann", &Act::Change { person: cyd, level: None, zone: None, host: None, observer: Some(true) });
    walk.refused("Ben", &giving("causes", &[("cause", "x")]), "has-left");
    walk.refused("Cyd", &giving("causes", &[("cause", "x")]), "observer");
    let window = walk.board.window_of("causes").unwrap().clone();
    assert_eq!(crate::path::giver::progress(&walk.board, &window).of, 4);
}

#[test]
fn an_unknown_zone_is_refused() {
    let mut walk = Walk::joined();
    let ben = walk.person("Ben");
    let zone =
        |zone: &str| Act::Change { person: ben, level: None, zone: Some(zone.to_owned()), host: None, observer: None };
    walk.refused("Ben", &zone("Mars/Olympus"), "unknown-zone");
    walk.refused("Bea", &zone("UTC"), "hosts-only");
    walk.does("Ben", &zone("Africa/Nairobi"));
}

#[test]
fn nobody_lets_themselves_in() {
    let mut walk = Walk::joined();
    let beta = walk.partner("Beta");
    let stranger = Who::Stranger { account: AccountId(900), handle: "eve".to_owned(), manager: false };
    let asks = Act::AskToJoin {
        account: AccountId(900),
        handle: "eve".to_owned(),
        name: "Eve".to_owned(),
        partner: beta,
        level: Level::Strategic,
        zone: "UTC".to_owned(),
    };
    walk.act(&stranger, &asks).unwrap();
    let eve = walk.person("Eve");
    let standing = |walk: &Walk| walk.board.people[&eve].standing;
    let thats_me =
        |person| Act::Join { account: AccountId(900), handle: "eve".to_owned(), person, zone: "UTC".to_owned() };
    walk.act(&Who::Person(eve), &thats_me(eve)).unwrap();
    assert_eq!(standing(&walk), Standing::Asking, "pressing again lets nobody in");
    walk.refused("Eve", &Act::Admit { person: eve, yes: true }, "not-confirmed");
    walk.does("Ann", &Act::Admit { person: eve, yes: false });
    assert_eq!(standing(&walk), Standing::Left, "whoever was declined is not counted as invited");
    assert_eq!(walk.act(&stranger, &thats_me(eve)).unwrap_err().key(), "has-left");

    let cyd = walk.person("Cyd");
    walk.does("Ann", &Act::Change { person: cyd, level: None, zone: None, host: None, observer: Some(true) });
    let again = Act::Join { account: AccountId(105), handle: "cyd".to_owned(), person: cyd, zone: "UTC".to_owned() };
    walk.refused("Cyd", &again, "observer");
}

#[test]
fn whoever_does_not_take_part_sees_nothing_of_a_partner_or_triad() {
    let mut walk = Walk::joined();
    walk.opens("hello");
    let six: Vec<(&str, &str)> = ["intent", "capabilities", "resources", "constraints", "offers", "needs"]
        .map(|key| (key, "Our secret"))
        .to_vec();
    walk.gives("Ben", "interface", &six);
    walk.opens("triads");
    walk.does("Ann", &Act::MakeGroups { ask: "mixed-triads".to_owned(), seed: 1 });
    walk.gives("Cid", "story", &[("kind", "success"), ("story", "Told in the triad")]);
    let organisation = walk.partner("Beta");
    let stranger = Who::Stranger { account: AccountId(900), handle: "eve".to_owned(), manager: false };
    let asks = Act::AskToJoin {
        account: AccountId(900),
        handle: "eve".to_owned(),
        name: "Eve".to_owned(),
        partner: organisation,
        level: Level::Strategic,
        zone: "UTC".to_owned(),
    };
    walk.act(&stranger, &asks).unwrap();
    let (eve, bea, cid) = (walk.person("Eve"), walk.person("Bea"), walk.person("Cid"));
    assert!(walk.sees(Viewer::Person(bea), "Our secret"));
    assert!(!walk.sees(Viewer::Person(eve), "Our secret"), "she only says that she is of Beta");
    let triad = walk.board.groups.values().find(|group| group.members.contains(&cid)).unwrap().clone();
    let other = *triad.members.iter().find(|member| **member != cid && !walk.board.people[member].host).unwrap();
    assert!(walk.sees(Viewer::Person(other), "Told in the triad"));
    let name = walk.board.people[&other].name.clone();
    walk.does(&name, &Act::Leave { person: other });
    assert!(!walk.sees(Viewer::Person(other), "Told in the triad"), "whoever left is outside");
}
