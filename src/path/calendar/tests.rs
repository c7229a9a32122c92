//! Working time around the world, with the worked example's dates.

use chrono::{DateTime, Days, NaiveDate, TimeZone as _, Utc};
use jiff::civil;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::{DaysOff, Waking, ZONES, date, in_days, moment, shared_minutes, zone};

/// The zones of the worked example.
const EXAMPLE: [&str; 5] = ["Africa/Nairobi", "Asia/Dubai", "America/Toronto", "Europe/Lisbon", "Asia/Kolkata"];

fn at(year: i32, month: u32, day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(year, month, day, hour, minute, 0).unwrap()
}

fn ends(opens: DateTime<Utc>, days: u16, zones: &[&str]) -> DateTime<Utc> {
    super::ends(opens, days, zones, &DaysOff::new()).at()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[track_caller]
fn named(typed: &str, expected: Option<&str>) {
    assert_eq!(zone(typed).as_deref(), expected, "{typed:?}");
}

#[test]
fn zones_are_known_as_people_type_them() {
    named("Africa/Nairobi", Some("Africa/Nairobi"));
    named("  africa/NAIROBI ", Some("Africa/Nairobi"));
    named("nairobi", Some("Africa/Nairobi"));
    named("new york", Some("America/New_York"));
    named("America/New York", Some("America/New_York"));
    named("são paulo", Some("America/Sao_Paulo"));
    named("port-au-prince", Some("America/Port-au-Prince"));
    named("Port au Prince", Some("America/Port-au-Prince"));
    named("kolkata", Some("Asia/Kolkata"));
    named("kathmandu", Some("Asia/Kathmandu"));
    named("buenos aires", Some("America/Argentina/Buenos_Aires"));
    named("istanbul", Some("Europe/Istanbul"));
    named("UTC", Some("UTC"));
    named("utc", Some("UTC"));
}

#[test]
fn distances_from_utc_are_turned_round() {
    named("UTC+3", Some("Etc/GMT-3"));
    named("utc + 3", Some("Etc/GMT-3"));
    named("GMT-5", Some("Etc/GMT+5"));
    named("UTC\u{2212}5", Some("Etc/GMT+5"));
    named("utc+0", Some("UTC"));
    named("Etc/GMT-3", Some("Etc/GMT-3"));
    named("UTC+5:30", None);
    named("UTC+15", None);
    named("UTC-13", None);
    let noon = at(2026, 3, 10, 23, 0);
    assert_eq!(date(noon, &zone("UTC+3").unwrap()), day("2026-03-11"));
    assert_eq!(date(noon, &zone("UTC-5").unwrap()), day("2026-03-10"));
}

#[test]
fn what_is_no_zone_is_refused() {
    for typed in ["", "  ", "Atlantis", "west", "Africa", "Factory", "nairob", "Africa/", "../etc", "UTC+", "\0"] {
        named(typed, None);
    }
}

#[test]
fn every_zone_is_found_by_its_own_name() {
    let names: Vec<String> = ZONES.available().map(|name| name.as_str().to_owned()).collect();
    assert!(names.len() > 400, "the zone data is bundled: {}", names.len());
    for name in names.iter().filter(|name| *name != "Factory" && !name.contains("GMT")) {
        named(&name.to_uppercase(), Some(name));
    }
}

#[test]
fn the_example_ends_on_its_days() {
    // Phase: opens, closes, working days, 18:00 in Toronto as an hour of UTC.
    let schedule = [
        ("2026-03-02", "2026-03-06", 5, 23),
        ("2026-03-09", "2026-03-12", 4, 22),
        ("2026-03-13", "2026-03-19", 5, 22),
        ("2026-03-23", "2026-03-27", 5, 22),
        ("2026-03-30", "2026-04-01", 3, 22),
        ("2026-04-02", "2026-04-08", 5, 22),
        ("2026-04-09", "2026-04-10", 2, 22),
    ];
    for (opens, closes, days, hour) in schedule {
        let opens = day(opens).and_hms_opt(6, 0, 0).unwrap().and_utc();
        let closes = day(closes).and_hms_opt(hour, 0, 0).unwrap().and_utc();
        assert_eq!(ends(opens, days, &EXAMPLE), closes);
    }
}

#[test]
fn a_window_keeps_18_hours_over_a_change_of_the_clock() {
    let toronto = ["America/Toronto"];
    // Friday to Monday over 8 March 2026: 18:00 is 23:00 UTC before and 22:00 after.
    assert_eq!(ends(at(2026, 3, 6, 14, 0), 1, &toronto), at(2026, 3, 6, 23, 0));
    assert_eq!(ends(at(2026, 3, 6, 14, 0), 2, &toronto), at(2026, 3, 9, 22, 0));
    let lisbon = ["Europe/Lisbon", "Africa/Nairobi"];
    assert_eq!(ends(at(2026, 3, 27, 9, 0), 1, &lisbon), at(2026, 3, 27, 18, 0));
    assert_eq!(ends(at(2026, 3, 27, 9, 0), 2, &lisbon), at(2026, 3, 30, 17, 0));
}

#[test]
fn days_are_counted_from_the_opening() {
    let utc: [&str; 0] = [];
    assert_eq!(ends(at(2026, 3, 2, 17, 59), 1, &utc), at(2026, 3, 2, 18, 0), "Monday still counts");
    assert_eq!(ends(at(2026, 3, 2, 18, 0), 1, &utc), at(2026, 3, 3, 18, 0), "Monday is over");
    assert_eq!(ends(at(2026, 3, 6, 18, 30), 1, &utc), at(2026, 3, 9, 18, 0), "Friday evening is Monday");
    assert_eq!(ends(at(2026, 3, 7, 10, 0), 2, &utc), at(2026, 3, 10, 18, 0), "Saturday is no working day");
    assert_eq!(ends(at(2026, 3, 8, 10, 0), 0, &utc), at(2026, 3, 9, 18, 0), "no days are one day");
    assert_eq!(ends(at(2026, 3, 2, 9, 0), 28, &utc), at(2026, 4, 8, 18, 0));
}

#[test]
fn the_westernmost_zone_counts_its_own_days() {
    // Tuesday in Nairobi, Monday evening in Toronto: Tuesday is the first day for both.
    assert_eq!(ends(at(2026, 3, 3, 2, 0), 1, &EXAMPLE), at(2026, 3, 3, 23, 0));
    // Sunday evening in Toronto, Monday in Kolkata.
    assert_eq!(ends(at(2026, 3, 2, 0, 30), 1, &EXAMPLE), at(2026, 3, 2, 23, 0));
    // Both sides of the date line.
    let far = ["Pacific/Kiritimati", "Pacific/Pago_Pago"];
    assert_eq!(ends(at(2026, 3, 2, 12, 0), 1, &far), at(2026, 3, 3, 5, 0));
}

#[test]
fn half_hours_and_quarters_are_kept() {
    assert_eq!(ends(at(2026, 3, 2, 5, 0), 1, &["Asia/Kolkata"]), at(2026, 3, 2, 12, 30));
    assert_eq!(ends(at(2026, 3, 2, 5, 0), 1, &["Asia/Kathmandu"]), at(2026, 3, 2, 12, 15));
    // Newfoundland lies half an hour east of Halifax.
    assert_eq!(ends(at(2026, 3, 2, 14, 0), 1, &["America/St_Johns"]), at(2026, 3, 2, 21, 30));
    assert_eq!(ends(at(2026, 3, 2, 14, 0), 1, &["America/St_Johns", "America/Halifax"]), at(2026, 3, 2, 22, 0));
    assert_eq!(shared_minutes(&["Asia/Kolkata", "Asia/Kathmandu"], day("2026-03-10")), 705);
}

#[test]
fn an_unknown_zone_is_utc() {
    assert_eq!(ends(at(2026, 3, 2, 9, 0), 1, &["Atlantis/Centre"]), at(2026, 3, 2, 18, 0));
    assert_eq!(date(at(2026, 3, 2, 23, 59), "Atlantis/Centre"), day("2026-03-02"));
}

#[test]
fn the_example_shares_two_and_a_half_hours() {
    let tenth = day("2026-03-10");
    assert_eq!(shared_minutes(&EXAMPLE, tenth), 150);
    assert_eq!(shared_minutes(&["America/Toronto", "Africa/Nairobi"], tenth), 300);
    assert_eq!(shared_minutes(&["Europe/Lisbon", "Africa/Nairobi"], tenth), 540);
    assert_eq!(shared_minutes(&["Africa/Nairobi"], tenth), 720);
    assert_eq!(shared_minutes(&["Pacific/Auckland"], tenth), 720, "waking hours over midnight of UTC");
    assert_eq!(shared_minutes(&[], tenth), 1440);
    assert_eq!(shared_minutes(&["Pacific/Gambier", "Africa/Nairobi"], tenth), 0, "twelve hours apart");
}

#[test]
fn shared_minutes_follow_summer_time() {
    let pair = ["America/Toronto", "Africa/Nairobi"];
    assert_eq!(shared_minutes(&pair, day("2026-03-06")), 240);
    assert_eq!(shared_minutes(&pair, day("2026-03-09")), 300);
}

#[test]
fn dates_are_those_of_the_place() {
    let now = at(2026, 3, 10, 22, 30);
    assert_eq!(date(now, "Africa/Nairobi"), day("2026-03-11"));
    assert_eq!(date(now, "America/Toronto"), day("2026-03-10"));
    assert_eq!(in_days(now, 30, "Africa/Nairobi"), day("2026-04-10"));
}

/// Zones with half an hour of summer time, with two changes a year around Ramadan, with changes at
/// midnight, with three quarters of an hour, and on both sides of the date line.
const TRICKY: [&str; 10] = [
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "America/Santiago",
    "Africa/Cairo",
    "America/Havana",
    "Asia/Beirut",
    "Pacific/Chatham",
    "Europe/Lisbon",
    "America/Toronto",
    "Pacific/Easter",
];

#[test]
fn a_moment_keeps_the_clock_of_its_own_day() {
    let shown = |at, zone| super::local(at, zone).to_rfc3339();
    // Los Angeles puts its clocks back on 1 November 2026, at 9:00 UTC.
    let zone = "America/Los_Angeles";
    assert_eq!(shown(at(2026, 11, 1, 6, 59), zone), "2026-10-31T23:59:00-07:00");
    assert_eq!(shown(at(2026, 11, 1, 8, 59), zone), "2026-11-01T01:59:00-07:00");
    assert_eq!(shown(at(2026, 11, 1, 9, 0), zone), "2026-11-01T01:00:00-08:00");
    assert_eq!(shown(at(2026, 11, 2, 7, 59), zone), "2026-11-01T23:59:00-08:00");
    assert_eq!(shown(at(2026, 5, 7, 23, 30), "Asia/Tokyo"), "2026-05-08T08:30:00+09:00");
    assert_eq!(shown(at(2026, 5, 7, 23, 30), "Atlantis"), "2026-05-07T23:30:00+00:00");
    let midnight = |at| super::midnight(at, zone);
    assert_eq!(midnight(at(2026, 11, 1, 6, 59)), at(2026, 10, 31, 7, 0));
    assert_eq!(midnight(at(2026, 11, 2, 7, 59)), at(2026, 11, 1, 7, 0), "the day began before the change");
    assert_eq!(midnight(at(2026, 11, 2, 8, 0)), at(2026, 11, 2, 8, 0));
}

#[test]
fn every_change_of_the_clock_has_one_answer() {
    let from: Timestamp = "2025-01-01T00:00Z".parse().unwrap();
    let until: Timestamp = "2036-01-01T00:00Z".parse().unwrap();
    let mut seen = (0, 0);
    for name in TRICKY {
        let zone = ZONES.get(name).unwrap();
        for change in zone.following(from).take_while(|change| change.timestamp() < until) {
            let at = change.timestamp();
            let before = zone.to_offset(at - 1.second()).seconds();
            let jump = change.offset().seconds() - before;
            let old_clock = |seconds: i32| change.offset().to_datetime(at) + i64::from(seconds).seconds();
            match jump {
                1.. => {
                    seen.0 += 1;
                    // The clock shows `jump` seconds more: all that it leaves out is the same moment.
                    for left_out in [-jump, -jump / 2, -1] {
                        assert_eq!(moment(&zone, old_clock(left_out)), at, "{name} {at}: gap");
                    }
                    assert_eq!(moment(&zone, old_clock(0)), at, "{name} {at}: after the gap");
                    assert_eq!(moment(&zone, old_clock(-jump - 1)), at - 1.second(), "{name} {at}: before the gap");
                }
                ..0 => {
                    seen.1 += 1;
                    for twice in [0, -jump / 2, -jump - 1] {
                        let first = at + i64::from(twice + jump).seconds();
                        assert_eq!(moment(&zone, old_clock(twice)), first, "{name} {at}: overlap");
                    }
                    let after = at + i64::from(-jump).seconds();
                    assert_eq!(moment(&zone, old_clock(-jump)), after, "{name} {at}: after the overlap");
                }
                0 => {}
            }
        }
    }
    assert!(seen.0 > 90 && seen.1 > 90, "there were changes to look at: {seen:?}");
}

#[test]
fn no_window_ends_before_it_opens_or_at_another_hour() {
    for name in TRICKY {
        let place = ZONES.get(name).unwrap();
        let mut opens = at(2026, 1, 1, 0, 0);
        for step in 0..365_u16 {
            opens = opens.checked_add_days(Days::new(1)).unwrap() + chrono::TimeDelta::minutes(37);
            let end = ends(opens, step % 4, &[name]);
            let shown = local(&place, end);
            assert!(end > opens, "{name} {opens}");
            assert_eq!((shown.hour(), shown.minute()), (18, 0), "{name} {opens}");
            assert!(shown.weekday().to_monday_one_offset() <= 5, "{name} {opens}");
        }
    }
}

fn local(zone: &TimeZone, at: DateTime<Utc>) -> civil::DateTime {
    zone.to_datetime(Timestamp::from_millisecond(at.timestamp_millis()).unwrap())
}

#[test]
fn waking_minutes_are_those_of_the_clock() {
    for name in TRICKY {
        let place = ZONES.get(name).unwrap();
        for first in ["2026-03-08", "2026-03-29", "2026-10-04", "2026-07-01"] {
            let start = day(first).and_hms_opt(0, 0, 0).unwrap().and_utc();
            let awake = (0..1440)
                .filter(|minute| (8..20).contains(&local(&place, start + chrono::TimeDelta::minutes(*minute)).hour()))
                .count();
            assert_eq!(Waking::of(name, day(first)).minutes() as usize, awake, "{name} {first}");
        }
    }
}

#[test]
fn days_off_are_skipped_like_weekends() {
    let off = DaysOff::from([(day("2026-04-03"), day("2026-04-06")), (day("2026-04-08"), day("2026-04-08"))]);
    let ends = |opens, days| super::ends(opens, days, &["UTC"], &off).at();
    assert_eq!(ends(at(2026, 4, 2, 9, 0), 1), at(2026, 4, 2, 18, 0));
    assert_eq!(ends(at(2026, 4, 2, 9, 0), 2), at(2026, 4, 7, 18, 0), "Good Friday to Easter Monday");
    assert_eq!(ends(at(2026, 4, 2, 9, 0), 3), at(2026, 4, 9, 18, 0));
    assert_eq!(ends(at(2026, 4, 5, 9, 0), 1), at(2026, 4, 7, 18, 0), "opened on a day off");
}

#[test]
fn an_end_that_is_moved_stays_an_end_of_work() {
    let off = DaysOff::from([(day("2026-03-30"), day("2026-03-31"))]);
    let moved = |end, days| super::moved(end, days, &["America/Toronto", "Europe/Lisbon"], &off).at();
    // Thursday, 18:00 in Toronto; summer time began in Toronto on 8 March.
    let end = at(2026, 3, 5, 23, 0);
    assert_eq!(moved(end, 7), at(2026, 3, 12, 22, 0), "over the change of the clock");
    assert_eq!(moved(end, 2), at(2026, 3, 9, 22, 0), "Saturday becomes Monday");
    assert_eq!(moved(end, 25), at(2026, 4, 1, 22, 0), "a day off becomes the next one");
    assert_eq!(moved(end, 0), end);
    assert_eq!(super::end_of(day("2026-03-12"), &["Europe/Lisbon", "America/Toronto"]).at(), at(2026, 3, 12, 22, 0));
    assert_eq!(super::morning_of(day("2026-03-12"), "America/Toronto").at(), at(2026, 3, 12, 13, 0));
}
