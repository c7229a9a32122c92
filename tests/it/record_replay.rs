//! The record of a whole rehearsal, judged by Discord's own description. `.ci/run` makes the record and
//! says where both are; without them this says that it was left out.
//!
//! `JOINTPATH_RECORD`: what `rehearse --record FILE` wrote. `JOINTPATH_OPENAPI`: the description; the one
//! beside the checkout if none is named.

use std::io::Write;
use std::path::PathBuf;

use crate::discord_record::{Strictness, judge};
use crate::discord_schema::Schema;

/// A rehearsal has hundreds of each; fewer means that the record is of something else.
const LINES_MIN: usize = 100;

#[test]
fn a_rehearsals_record_fits_discords_description() {
    let named = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let Some(record) = named("JOINTPATH_RECORD") else {
        // Past the test harness, which would keep it to itself.
        let _ = writeln!(std::io::stderr(), "left out: JOINTPATH_RECORD names no record to replay (.ci/run makes one)");
        return;
    };
    let mut schema = Schema::found().expect("JOINTPATH_OPENAPI names the description to replay it against");
    let verdict = judge(&record, &mut schema, Strictness::All);
    let _ = writeln!(std::io::stderr(), "{verdict}");
    assert!(verdict.complaints.is_empty(), "the record does not fit Discord's description");
    let least = verdict.requests.min(verdict.responses).min(verdict.events);
    assert!(least >= LINES_MIN, "this is no record of a rehearsal");
}
