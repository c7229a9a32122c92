//! Who is nudged when, and who never.

use proptest::prelude::*;

use super::resting::days_off;
use super::*;
use crate::path::nudge::Request;
use crate::path::nudging;

/// A sitting of four working days: opened on a Monday, it ends on Thursday at 18:00.
pub(super) const LONG: &str = "hello";

/// A nudge as it went out: whom, when, about which sittings.
pub(super) type Out = (String, String, Vec<String>);

pub(super) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn zoned(walk: &mut Walk, name: &str, zone: &str) {
    let person = walk.person(name);
    let zone = Some(zone.to_owned());
    walk.does(name, &Act::Change { person, level: None, zone, host: None, observer: None });
}

impl Walk {
    /// Time is told to the board at this moment; who is nudged then.
    pub(super) fn told(&mut self, now: DateTime<Utc>) -> Vec<Nudge> {
        self.now = now;
        let before = self.board.nudging.nudges.clone();
        self.act(&Who::Clock, &Act::TimePassed).unwrap();
        self.board.nudging.nudges.difference(&before).cloned().collect()
    }

    /// Time goes on until then, and is told to the board whenever something is due.
    pub(super) fn goes_on(&mut self, until: &str) -> Vec<Out> {
        let mut out: Vec<Out> = Vec::new();
        while let Some(next) = nudging::next(&self.board, self.now).filter(|next| *next <= at(until)) {
            for nudge in self.told(next) {
                let name = self.board.people[&nudge.person].name.clone();
                let when = nudge.at.format("%a %H:%M").to_string();
                match out.iter_mut().find(|(who, at, _)| *who == name && *at == when) {
                    Some((_, _, sittings)) => sittings.push(nudge.sitting),
                    None => out.push((name, when, vec![nudge.sitting])),
                }
            }
        }
        self.now = at(until);
        out
    }

    pub(super) fn asks(&mut self, name: &str, request: Request) -> Result<Reply, Refusal> {
        self.tries(name, &Act::Nudging(request))
    }
}

/// When somebody was nudged.
pub(super) fn of<'a>(out: &'a [Out], name: &str) -> Vec<&'a str> {
    out.iter().filter(|(who, _, _)| who == name).map(|(_, when, _)| when.as_str()).collect()
}

/// The week of the walk, with a long sitting open from Monday morning.
pub(super) fn week() -> Walk {
    let mut walk = Walk::joined();
    walk.opens(LONG);
    walk
}

#[test]
fn whoever_is_silent_is_nudged_twice_and_whoever_gave_never() {
    let mut walk = week();
    for sheet in ["Bea", "Cid", "Ann"] {
        walk.does(sheet, &Act::Pass { ask: "interface".to_owned() });
    }
    for name in ["Ann", "Bea", "Cid"] {
        walk.gives(name, "hello-line", &[("line", "Hello")]);
    }
    let out = walk.goes_on("2026-03-10T00:00:00Z");
    assert_eq!(of(&out, "Ben"), ["Wed 08:00", "Thu 08:00"]);
    for name in ["Ann", "Bea", "Cid"] {
        assert!(of(&out, name).is_empty(), "{name} has given or passed: {out:?}");
    }
    let stages: Vec<Stage> = walk.board.nudging.nudges.iter().map(|nudge| nudge.stage).collect();
    assert_eq!(stages, [Stage::Half, Stage::Late].repeat(3));
}

#[test]
fn whoever_gives_between_two_nudges_is_left_in_peace() {
    let mut walk = week();
    walk.goes_on("2026-03-04T12:00:00Z");
    walk.does("Ben", &Act::Pass { ask: "interface".to_owned() });
    walk.gives("Ben", "hello-line", &[("line", "Hello")]);
    let out = walk.goes_on("2026-03-10T00:00:00Z");
    assert_eq!((of(&out, "Ben").len(), of(&out, "Abe").len()), (0, 1));
}

#[test]
fn whoever_gave_their_own_hears_of_their_partners_only_near_the_end() {
    let mut walk = week();
    for name in ["Bea", "Cid"] {
        walk.gives(name, "hello-line", &[("line", "Hello")]);
    }
    walk.does("Cyd", &Act::Pass { ask: "interface".to_owned() });
    let out = walk.goes_on("2026-03-10T00:00:00Z");
    assert_eq!((of(&out, "Bea"), of(&out, "Ben").len()), (vec!["Thu 08:00"], 2));
    assert_eq!(of(&out, "Cyd").len(), 2, "the hello still waits");
}

#[test]
fn waived_invited_watching_and_gone_people_are_not_nudged() {
    let mut walk = week();
    let invited = NewPerson {
        name: "Dan".to_owned(),
        partner: "Beta".to_owned(),
        level: Level::Operational,
        zone: String::new(),
        handle: "dan".to_owned(),
        host: false,
    };
    walk.does("Ann", &Act::Enter { partners: Vec::new(), people: vec![invited] });
    for ask in ["hello-line", "interface"] {
        let person = Some(walk.person("Abe"));
        walk.does("Ann", &Act::Waive { ask: ask.to_owned(), person, partner: None });
    }
    let (ben, cyd) = (walk.person("Ben"), walk.person("Cyd"));
    walk.does("Ann", &Act::Change { person: ben, level: None, zone: None, host: None, observer: Some(true) });
    walk.does("Cyd", &Act::Leave { person: cyd });
    walk.asks("Cid", Request::Reach(Reach::Nowhere)).unwrap();
    let out = walk.goes_on("2026-03-10T00:00:00Z");
    for name in ["Dan", "Abe", "Ben", "Cyd", "Cid"] {
        assert!(of(&out, name).is_empty(), "{name}: {out:?}");
    }
    assert_eq!(of(&out, "Bea").len(), 2);
}

#[test]
fn nudges_come_in_ones_own_daytime_and_not_on_weekends() {
    let mut walk = Walk::joined();
    zoned(&mut walk, "Ben", "Asia/Kolkata");
    zoned(&mut walk, "Bea", "America/Toronto");
    walk.now = at("2026-03-05T09:00:00Z");
    walk.opens(LONG);
    // Open from Thursday to Tuesday 18:00 in Toronto; the half lies in the night to Sunday.
    let out = walk.goes_on("2026-03-12T00:00:00Z");
    assert_eq!(of(&out, "Ben"), ["Mon 02:30", "Tue 02:30"], "8:00 in Kolkata");
    assert_eq!(of(&out, "Bea"), ["Mon 12:00", "Tue 12:00"], "8:00 in Toronto, in summer time");
}

#[test]
fn what_would_come_after_the_end_is_dropped() {
    let mut walk = Walk::joined();
    // A day of one sitting: half and end lie in the same working day; the second would come after twelve hours.
    walk.now = at("2026-03-03T07:00:00Z");
    walk.opens("moves-me");
    zoned(&mut walk, "Ben", "Pacific/Auckland");
    let out = walk.goes_on("2026-03-10T00:00:00Z");
    assert_eq!(of(&out, "Bea"), ["Tue 12:30"], "not within twelve hours of another");
    assert!(of(&out, "Ben").is_empty(), "it is evening in Auckland until the end: {out:?}");
}

#[test]
fn several_sittings_make_one_nudge() {
    let mut walk = week();
    walk.opens("give");
    let out = walk.goes_on("2026-03-03T23:00:00Z");
    assert_eq!(of(&out, "Ben"), ["Tue 08:00"]);
    walk.opens("dream");
    walk.opens("round");
    let out = walk.goes_on("2026-03-04T23:00:00Z");
    let ben: Vec<_> = out.iter().filter(|(who, _, _)| who == "Ben").collect();
    assert_eq!(ben.len(), 1);
    assert!(ben[0].2.contains(&LONG.to_owned()), "{ben:?}");
}

#[test]
fn a_fourth_in_seven_days_and_a_third_of_a_sitting_are_left_out() {
    let mut walk = week();
    walk.goes_on("2026-03-06T07:00:00Z");
    walk.opens("moves-me");
    walk.opens("dream");
    let out = walk.goes_on("2026-03-06T20:00:00Z");
    assert_eq!(of(&out, "Ben"), ["Fri 12:30"], "the third");
    let out = walk.goes_on("2026-03-10T20:00:00Z");
    assert!(of(&out, "Ben").is_empty(), "the fourth: {out:?}");

    let mut walk = week();
    for day in ["2026-03-03", "2026-03-04"] {
        walk.asks("Ben", Request::Day(day.parse().unwrap())).unwrap();
        walk.goes_on(&format!("{day}T12:00:00Z"));
    }
    assert_eq!(walk.asks("Ben", Request::Day("2026-03-05".parse().unwrap())), Err(Refusal::NoSuchDay));
    assert!(of(&walk.goes_on("2026-03-10T00:00:00Z"), "Ben").is_empty(), "two were said");
}

#[test]
fn after_three_days_of_outage_each_gets_the_newest_one_alone() {
    let mut walk = week();
    let nudges = walk.told(at("2026-03-05T09:00:00Z"));
    assert_eq!(nudges.len(), 6);
    assert!(nudges.iter().all(|nudge| nudge.stage == Stage::Late));
    assert!(walk.told(at("2026-03-05T09:00:00Z")).is_empty(), "told twice");
    assert!(walk.told(at("2026-03-05T08:00:00Z")).is_empty(), "the clock was set back");
    assert_eq!(nudging::next(&walk.board, at("2026-03-05T09:01:00Z")), None, "the last one was said");
}

#[test]
fn a_better_day_takes_the_place_of_the_next_nudge() {
    let mut walk = week();
    assert_eq!(walk.asks("Ben", Request::Day("2026-03-06".parse().unwrap())), Err(Refusal::NoSuchDay));
    assert_eq!(walk.asks("Ben", Request::Day("2026-03-02".parse().unwrap())), Err(Refusal::NoSuchDay));
    walk.asks("Ben", Request::Day("2026-03-05".parse().unwrap())).unwrap();
    walk.asks("Abe", Request::Day("2026-03-03".parse().unwrap())).unwrap();
    let out = walk.goes_on("2026-03-10T00:00:00Z");
    assert_eq!(of(&out, "Ben"), ["Thu 08:00"], "not on Wednesday");
    assert_eq!(of(&out, "Abe"), ["Tue 08:00", "Thu 08:00"], "the bounds stay");
    let mut walk = week();
    walk.gives("Bea", "hello-line", &[("line", "Hello")]);
    walk.asks("Bea", Request::Day("2026-03-03".parse().unwrap())).unwrap();
    let day = at("2026-03-03T08:00:00Z");
    assert_eq!(walk.told(day).len(), 1, "asked for, though only her partner's sheet waits");
    assert_eq!(nudging::still(&walk.board, walk.person("Bea"), day, day).len(), 1);
    walk.goes_on("2026-03-10T00:00:00Z");
    let cid = walk.person("Cid");
    assert!(nudging::days(&walk.board, cid, at("2026-03-05T10:00:00Z")).is_empty(), "both were said");
    let days = nudging::days(&week().board, cid, at("2026-03-02T09:00:00Z"));
    assert_eq!(days.iter().map(ToString::to_string).collect::<Vec<_>>(), ["2026-03-03", "2026-03-04", "2026-03-05"]);
}

#[test]
fn pass_all_passes_what_still_waits_and_nothing_else() {
    let mut walk = week();
    walk.gives("Ben", "hello-line", &[("line", "Hello")]);
    walk.asks("Ben", Request::PassAll { sitting: LONG.to_owned() }).unwrap();
    let ben = Giver::Person(walk.person("Ben"));
    let how: Vec<How> = walk.board.given.values().filter(|given| given.giver == ben).map(|given| given.how).collect();
    assert_eq!(how, [How::Gave, How::Passed]);
    assert!(of(&walk.goes_on("2026-03-10T00:00:00Z"), "Ben").is_empty());
    walk.asks("Ben", Request::PassAll { sitting: LONG.to_owned() }).unwrap();
    walk.closes(LONG);
    walk.refused("Ben", &Act::Nudging(Request::PassAll { sitting: LONG.to_owned() }), "closed");
    let now = walk.now;
    walk.refused("Ben", &Act::Nudging(Request::Unsaid { person: walk.person("Abe"), at: now }), "hosts-only");
}

#[test]
fn what_concerns_ones_nudges_is_ones_own() {
    let mut walk = week();
    walk.asks("Ben", Request::Day("2026-03-05".parse().unwrap())).unwrap();
    walk.asks("Ben", Request::Reach(Reach::Direct)).unwrap();
    walk.goes_on("2026-03-10T00:00:00Z");
    let (ben, abe) = (walk.person("Ben"), walk.person("Abe"));
    for viewer in [Viewer::Room, Viewer::Hosts, Viewer::Outside, Viewer::Person(abe)] {
        let seen = view(&walk.board, viewer, walk.now);
        let nudging = &seen.shown().nudging;
        assert!(nudging.nudges.iter().all(|nudge| nudge.person == abe), "{viewer:?}");
        assert!(nudging.wishes.is_empty() && nudging.reaches.is_empty() && nudging.told.is_empty(), "{viewer:?}");
    }
    let own = view(&walk.board, Viewer::Person(ben), walk.now);
    assert_eq!(own.shown().nudging.reach(ben), Reach::Direct);
}

/// One thing that happens, small enough to be made by chance.
#[derive(Clone, Debug)]
enum Happens {
    Hours(i64),
    Back,
    Open(usize),
    Close(usize),
    Pass(usize, usize),
    Day(usize, i64),
    Where(usize, Reach),
    Unsaid,
    Off(i64),
    Pause(i64),
    Resume,
}

const NAMES: [&str; 6] = ["Ann", "Abe", "Bea", "Ben", "Cid", "Cyd"];
const SITTINGS: [&str; 6] = [LONG, "round", "give", "dream", "red-and-green", "next"];

fn happenings() -> impl Strategy<Value = Happens> {
    let reach = prop_oneof![2 => Just(Reach::Room), 1 => Just(Reach::Direct), 1 => Just(Reach::Nowhere)];
    prop_oneof![
        12 => (1_i64..100).prop_map(Happens::Hours),
        1 => Just(Happens::Back),
        4 => (0..SITTINGS.len()).prop_map(Happens::Open),
        1 => (0..SITTINGS.len()).prop_map(Happens::Close),
        2 => (0..NAMES.len(), 0..SITTINGS.len()).prop_map(|(who, what)| Happens::Pass(who, what)),
        2 => (0..NAMES.len(), 1_i64..5).prop_map(|(who, days)| Happens::Day(who, days)),
        1 => (0..NAMES.len(), reach).prop_map(|(who, reach)| Happens::Where(who, reach)),
        1 => Just(Happens::Unsaid),
        1 => (0_i64..6).prop_map(Happens::Off),
        1 => (1_i64..9).prop_map(Happens::Pause),
        1 => Just(Happens::Resume),
    ]
}

/// The time between two moments in which the Path did not pause, minute by minute.
fn worked(walk: &Walk, from: DateTime<Utc>, until: DateTime<Utc>) -> i64 {
    let minutes = (0..(until - from).num_minutes()).map(|minute| from + TimeDelta::minutes(minute));
    let pauses = &walk.board.timetable.pauses;
    let is_open = |at: &DateTime<Utc>| !pauses.iter().any(|pause| pause.from <= *at && *at < pause.until);
    minutes.filter(is_open).count().try_into().unwrap()
}

/// Nobody is nudged against a bound, whatever was nudged before.
fn bounds_hold(walk: &Walk, new: &[Nudge], all: &[Nudge], now: DateTime<Utc>) {
    for nudge in new {
        let person = &walk.board.people[&nudge.person];
        let mine: Vec<&Nudge> = all.iter().filter(|other| other.person == person.id).collect();
        let moments: BTreeSet<DateTime<Utc>> = mine.iter().map(|other| other.at).collect();
        assert!(moments.range(nudge.at - TimeDelta::hours(12) + TimeDelta::milliseconds(1)..nudge.at).next().is_none());
        assert!(moments.range(nudge.at - TimeDelta::days(7) + TimeDelta::milliseconds(1)..=nudge.at).count() <= 3);
        let open = walk.board.windows.values().filter(|window| window.is_open());
        let open = open.filter(|w| walk.board.plan.sitting_of(&w.ask).is_some_and(|(_, s)| s.key == nudge.sitting));
        let (opens, ends) = open.fold((now, nudge.at), |(opens, ends), w| (opens.min(w.opens), ends.max(w.ends)));
        assert!(mine.iter().filter(|other| other.sitting == nudge.sitting && other.at >= opens).count() <= 2);
        assert!(nudge.at < ends, "after the end");
        let off = &walk.board.timetable.days_off;
        assert_eq!(calendar::daytime(nudge.at, &person.zone, off), nudge.at, "outside the daytime");
        assert!(walk.board.timetable.pause.is_none(), "in a pause");
        let worked = worked(walk, opens, nudge.at + TimeDelta::hours(12));
        let wished = walk.board.nudging.wishes.contains_key(&(person.id, nudge.sitting.clone()));
        assert!(wished || worked * 2 >= self::worked(walk, opens, ends), "a pause was counted");
        assert!(waiting::next_in(&walk.board, person.id, &nudge.sitting).is_some(), "nothing waits");
        assert_ne!(walk.board.nudging.reach(person.id), Reach::Nowhere);
        let still = nudging::still(&walk.board, person.id, nudge.at, nudge.at);
        assert!(still.iter().any(|sitting| sitting.key == nudge.sitting), "decided, and moot at once");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_order_of_acts_breaks_the_bounds_of_nudges(happens in prop::collection::vec(happenings(), 1..50)) {
        let mut walk = Walk::joined();
        zoned(&mut walk, "Ben", "Asia/Kolkata");
        zoned(&mut walk, "Bea", "America/Toronto");
        let mut said: Vec<Nudge> = Vec::new();
        for one in happens {
            let now = walk.now;
            match one {
                Happens::Hours(hours) => walk.now = now + TimeDelta::hours(hours),
                Happens::Back => walk.now = now - TimeDelta::hours(1),
                Happens::Open(nth) => drop(walk.tries("Ann", &Act::Open { sitting: SITTINGS[nth].to_owned() })),
                Happens::Close(nth) => {
                    let act = Act::Close { sitting: SITTINGS[nth].to_owned(), despite: Some("x".to_owned()) };
                    drop(walk.tries("Ann", &act));
                }
                Happens::Pass(who, nth) => {
                    drop(walk.asks(NAMES[who], Request::PassAll { sitting: SITTINGS[nth].to_owned() }));
                }
                Happens::Day(who, days) => {
                    drop(walk.asks(NAMES[who], Request::Day((now + TimeDelta::days(days)).date_naive())));
                }
                Happens::Where(who, reach) => drop(walk.asks(NAMES[who], Request::Reach(reach))),
                Happens::Off(days) => {
                    let first = now.date_naive() + TimeDelta::days(days);
                    days_off(&mut walk, &format!("{first} – {}", first + TimeDelta::days(days / 2)));
                }
                Happens::Pause(days) => {
                    let until = (now + TimeDelta::days(days)).date_naive().to_string();
                    drop(walk.tries("Ann", &Act::Time(TimeAct::Pause { until })));
                }
                Happens::Resume => drop(walk.tries("Ann", &Act::Time(TimeAct::Resume))),
                Happens::Unsaid => {
                    if let Some(last) = said.pop() {
                        said.retain(|nudge| (nudge.person, nudge.at) != (last.person, last.at));
                        let act = Act::Nudging(Request::Unsaid { person: last.person, at: last.at });
                        walk.act(&Who::Clock, &act).unwrap();
                    }
                }
            }
            // As often as the clock tells it: whatever is due is due once.
            for _ in 0..3 {
                let now = nudging::next(&walk.board, walk.now).filter(|next| *next <= walk.now).unwrap_or(walk.now);
                let new = walk.told(now);
                said.extend(new.iter().cloned());
                bounds_hold(&walk, &new, &said, now);
                walk.now = now;
            }
        }
    }
}
