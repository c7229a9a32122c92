//! The rules of the house, as ordinary tests. Each reads the project's files, says everything it has
//! found at once, and is proved in its own module to be able to say no.
//!
//! They guard habits and are approximate where they must be; what the compiler can hold, it holds:
//! `cargo check --no-default-features --lib` builds the pure rings without runtime, database or clock.

#![expect(clippy::unwrap_used, reason = "a rule that cannot read its files must not pass")]

mod habits;
mod imports;
mod layout;
mod source;
mod tables;
mod tree;

use source::{Finding, Source};

/// Fails with all that a rule has found.
fn hold(rule: &str, found: &[Finding]) {
    let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{rule}: {} found\n{}\n", lines.len(), lines.join("\n"));
}

/// Holds a rule over every file of `src/`.
fn hold_all(rule: &str, check: impl Fn(&Source) -> Vec<Finding>) {
    let sources = tree::sources();
    assert!(sources.len() > 100, "src/ was not read");
    hold(rule, &sources.iter().flat_map(check).collect::<Vec<_>>());
}

#[test]
fn rings_import_inwards_only() {
    hold_all("imports", imports::crossings);
}

#[test]
fn only_the_clock_sleeps() {
    hold_all("sleep", imports::sleepers);
}

#[test]
fn files_are_short() {
    hold_all("length", layout::too_long);
}

#[test]
fn names_say_something() {
    hold_all("names", layout::empty_names);
}

#[test]
fn files_begin_with_their_idea() {
    hold_all("heads", layout::headless);
}

#[test]
fn every_file_is_built() {
    let mut found = tree::dead(tree::sources());
    found.extend(tree::dead(&tree::tests()));
    hold("dead files", &found);
}

#[test]
fn every_folder_is_on_the_map() {
    hold("map", &layout::unmapped(tree::sources(), &tree::text("ARCHITECTURE.md")));
}

#[test]
fn the_plan_is_data() {
    let keys = habits::plan_keys(&tree::text("prompts/path.toml"));
    assert!(keys.len() > 70, "the plan was not read: {keys:?}");
    hold_all("plan", |source| habits::plan_in_code(source, &keys));
}

#[test]
fn discords_words_stay_with_discord() {
    hold_all("words", habits::discord_words);
}

#[test]
fn nothing_ends_suddenly() {
    hold_all("ends", habits::sudden_ends);
}

#[test]
fn sql_stays_in_the_store() {
    hold_all("SQL", habits::stray_sql);
}

#[test]
fn migrations_are_in_order_and_portable() {
    let files = tree::files();
    let migrations: Vec<&String> =
        files.iter().filter(|path| path.starts_with("migrations/") && tree::is_a(path, "sql")).collect();
    assert!(migrations.len() > 10, "migrations/ was not read");
    let names: Vec<&str> = migrations.iter().map(|path| path.trim_start_matches("migrations/")).collect();
    let mut found = tables::misnamed(&names);
    found.extend(migrations.iter().flat_map(|path| tables::unportable(path, &tree::text(path))));
    hold("migrations", &found);
}

#[test]
fn no_file_names_a_machine_or_is_too_big() {
    let mut found = Vec::new();
    for path in tree::files() {
        found.extend(layout::too_big(&path, std::fs::metadata(tree::top().join(&path)).unwrap().len()));
        found.extend(habits::machine_paths(&path, &tree::text(&path)));
    }
    hold("machines and sizes", &found);
}
