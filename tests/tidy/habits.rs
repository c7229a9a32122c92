//! What stands inside files and should not: keys of the plan, Discord's words, SQL, sudden ends, machines.

use std::collections::BTreeSet;

use crate::source::{Finding, Source, line_of};

/// Keys of the shipped plan that are also words of the code's own, each with what it means there. They are
/// plain English; whoever adds one says why no reader would take it for the plan's.
const ALSO_OURS: &[(&str, &str)] = &[
    ("drafts", "the screen of what one has not sent yet"),
    ("give", "the button that gives"),
    ("hello", "the box for a greeting, wherever the plan asks for one"),
    ("issue", "the one card that every board has before any plan is read"),
    ("next", "the button that goes on"),
    ("partners", "a gap in sentences: the partners' names or their number"),
    ("roles", "a field of Discord's members and guilds"),
    ("triads", "the host's deed that seats people"),
    ("words", "a shape of the canvas"),
];

/// Every key of a phase, sitting, ask, list or section of a plan file.
pub fn plan_keys(plan: &str) -> BTreeSet<String> {
    let plan: toml::Table = plan.parse().unwrap();
    let lists = |table: &toml::Value, name: &str| -> Vec<toml::Value> {
        table.get(name).and_then(toml::Value::as_array).cloned().unwrap_or_default()
    };
    let plan = toml::Value::Table(plan);
    let phases = lists(&plan, "phase");
    let sittings: Vec<_> = phases.iter().flat_map(|phase| lists(phase, "sitting")).collect();
    let asks: Vec<_> = sittings.iter().flat_map(|sitting| lists(sitting, "ask")).collect();
    let all =
        phases.iter().chain(&sittings).chain(&asks).cloned().chain(lists(&plan, "section")).chain(lists(&plan, "list"));
    all.filter_map(|item| item.get("key")?.as_str().map(str::to_owned)).collect()
}

/// Literals that are a key of the plan, or hold one of two words or more. The plan is data.
pub fn plan_in_code(source: &Source, keys: &BTreeSet<String>) -> Vec<Finding> {
    let mut found = Vec::new();
    // The stand-in knows no plan: its single words are fields of Discord's. The rehearsal's are shapes of the
    // canvas and fields of its script, which describe any partnership.
    let is_ours =
        |key: &str| matches!(source.ring(), "sandbox" | "rehearsal") || ALSO_OURS.iter().any(|(ours, _)| *ours == key);
    let is_meant = |key: &&String| key.contains('-') || !is_ours(key);
    for (line, literal) in source.product_literals() {
        let parts: BTreeSet<&str> = literal.split(|c: char| !(c.is_alphanumeric() || c == '-')).collect();
        let is_key = |key: &&String| *key == literal || (key.contains('-') && parts.contains(key.as_str()));
        if let Some(key) = keys.iter().filter(is_meant).find(is_key) {
            found.push(Finding::new(
                &source.path,
                line,
                format!("`{key}` is a key of the plan: the plan is data, not code"),
            ));
        }
    }
    found
}

/// Discord's words, and where they do not belong.
const DISCORDS: [&str; 7] = ["ephemeral", "guild", "interaction", "modal", "serenity", "snowflake", "webhook"];
const WITHOUT_DISCORD: [&str; 4] = ["app", "canvas", "path", "store"];

/// Discord's words in rings that know of no Discord; in `path` not even in comments.
pub fn discord_words(source: &Source) -> Vec<Finding> {
    if !WITHOUT_DISCORD.contains(&source.ring()) {
        return Vec::new();
    }
    let mut texts: Vec<(usize, &str)> = source.product_lines().chain(source.product_literals()).collect();
    if source.ring() == "path" {
        texts.extend(source.comments.iter().map(|(line, text)| (*line, text.as_str())));
    }
    let mut found = Vec::new();
    for (line, text) in texts {
        for word in words(text).filter(|word| DISCORDS.contains(&word.trim_end_matches('s'))) {
            found.push(Finding::new(&source.path, line, format!("`{word}` is Discord's word: which is ours?")));
        }
    }
    found
}

/// The words of a text in small letters; `snake_case` and `CamelCase` are taken apart.
fn words(text: &str) -> impl Iterator<Item = String> {
    let mut spaced = String::with_capacity(text.len());
    let mut small = false;
    for letter in text.chars() {
        if letter.is_uppercase() && small {
            spaced.push(' ');
        }
        small = letter.is_lowercase();
        spaced.push(if letter.is_alphanumeric() { letter } else { ' ' });
    }
    spaced.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().into_iter()
}

/// Ends without a word to whoever waits. `expect` says why it cannot happen.
const SUDDEN: [&str; 6] = [".unwrap()", "panic!(", "todo!(", "unimplemented!(", "unreachable!()", ".unwrap_err()"];

/// Sudden ends in code that is not a test's.
pub fn sudden_ends(source: &Source) -> Vec<Finding> {
    let mut found = Vec::new();
    for (line, code) in source.product_lines() {
        for end in SUDDEN.iter().filter(|end| code.contains(**end)) {
            found.push(Finding::new(
                &source.path,
                line,
                format!("`{end}`: give an error, or `expect(\"BUG: why not\")`"),
            ));
        }
    }
    for (at, _) in source.code.match_indices(".expect(") {
        let line = line_of(&source.code, at);
        let after = source.text[at + ".expect(".len()..].trim_start();
        if !source.in_test(line) && !after.starts_with("\"BUG: ") && after.starts_with('"') {
            found.push(Finding::new(&source.path, line, "`expect` says `BUG: ` and why it cannot happen"));
        }
    }
    found
}

/// How statements begin.
const STATEMENTS: [&str; 9] = [
    "SELECT ",
    "INSERT INTO ",
    "UPDATE ",
    "DELETE FROM ",
    "CREATE TABLE ",
    "ALTER TABLE ",
    "PRAGMA ",
    "WITH RECURSIVE ",
    "DROP TABLE ",
];

/// SQL away from the store.
pub fn stray_sql(source: &Source) -> Vec<Finding> {
    if source.ring() == "store" {
        return Vec::new();
    }
    let is_sql = |text: &str| STATEMENTS.iter().any(|start| text.trim_start().starts_with(start));
    let stray = source.literals.iter().filter(|(_, text)| is_sql(text));
    stray.map(|(line, _)| Finding::new(&source.path, *line, "SQL lives in src/store only")).collect()
}

/// Homes of single people and machines, spelt so that this file does not find itself.
const MACHINES: [&str; 6] = [
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/Us", "ers/"),
    concat!("/wo", "rk/"),
    concat!("C:\\", "Users"),
    concat!("/wo", "rkspace/"),
];

/// Paths that exist on one machine only.
pub fn machine_paths(path: &str, text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    for (n, line) in text.lines().enumerate() {
        for machine in MACHINES {
            let is_there = line.match_indices(machine).any(|(at, _)| {
                let before = line[..at].chars().next_back();
                !before.is_some_and(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '_' | '-' | '/' | '}'))
            });
            if is_there {
                found.push(Finding::new(path, n + 1, format!("`{machine}` is a place on one machine")));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{discord_words, machine_paths, plan_in_code, plan_keys, stray_sql, sudden_ends};
    use crate::source::Source;

    #[test]
    fn the_plans_keys_are_known_and_found() {
        let plan = "[[list]]\nkey = \"field-list\"\n[[phase]]\nkey = \"base\"\n[[phase.sitting]]\nkey = \"first-day\"\n\
            [[phase.sitting.ask]]\nkey = \"deep-causes\"\n[[section]]\nkey = \"sum\"\n";
        let keys = plan_keys(plan);
        assert_eq!(keys, ["base", "deep-causes", "field-list", "first-day", "sum"].map(str::to_owned).into());
        let text = "let a = \"base\"; let b = \"a base\"; // \"sum\"\nlet c = \"on:first-day:3\";\n#[cfg(test)]\nmod tests { const D: &str = \"sum\"; }";
        let found = plan_in_code(&Source::read("src/path/a.rs", text), &keys);
        assert_eq!(found.iter().map(|finding| finding.line).collect::<Vec<_>>(), [1, 2]);
        assert!(plan_in_code(&Source::read("src/path/a.rs", text), &BTreeSet::new()).is_empty());
    }

    #[test]
    fn discords_words_are_found() {
        for (path, text, expected) in [
            ("src/discord/a.rs", "fn guild() {}", 0),
            ("src/path/a.rs", "fn a(guild_id: u64) {}", 1),
            ("src/path/a.rs", "// An interaction.", 1),
            ("src/app/a.rs", "// An interaction.", 0),
            ("src/app/a.rs", "struct ModalOpening; let a = \"two guilds\";", 2),
            ("src/store/a.rs", "let modality = 1;", 0),
        ] {
            let found = discord_words(&Source::read(path, text));
            assert_eq!(found.len(), expected, "{path}: {text}: {found:?}");
        }
    }

    #[test]
    fn sudden_ends_are_found() {
        for (text, expected) in [
            ("a.unwrap_or(b); // .unwrap()", 0),
            ("a.unwrap(); todo!()", 2),
            ("a.expect(\"BUG: b\"); a.expect(\"c\");", 1),
            ("a.expect(b, 'c');", 0),
            ("#[cfg(test)]\nmod tests { fn a() { b.unwrap() } }", 0),
        ] {
            let found = sudden_ends(&Source::read("src/path/a.rs", text));
            assert_eq!(found.len(), expected, "{text}: {found:?}");
        }
    }

    #[test]
    fn stray_sql_is_found() {
        let text = "const A: &str = \"SELECT a FROM b\"; const B: &str = \"SELECTED\"; // \"DELETE FROM c\"";
        assert_eq!(stray_sql(&Source::read("src/app/a.rs", text)).len(), 1);
        assert!(stray_sql(&Source::read("src/store/a.rs", text)).is_empty());
    }

    #[test]
    fn machines_are_found() {
        let text = format!("{}bin\n/app/home/x\n{}y", concat!("/ho", "me/me/"), concat!("in /wo", "rk/"));
        let found = machine_paths("a.md", &text);
        assert_eq!(found.iter().map(|finding| finding.line).collect::<Vec<_>>(), [1, 3]);
    }
}
