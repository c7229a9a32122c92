//! Who may know whom: the rings of ARCHITECTURE.md, and which library lives where.

use crate::source::{Finding, Source};

/// What a ring may use.
struct Ring {
    name: &'static str,
    /// Modules of ours it may import, itself among them.
    ours: &'static [&'static str],
    /// Libraries and parts of the standard library it never uses.
    never: &'static [&'static str],
}

/// What a pure ring never touches: a runtime, a database, a wire, a disk, a clock, chance.
const IMPURE: &[&str] = &[
    "anyhow",
    "axum",
    "chrono::Local",
    "chrono::Utc::now",
    "clap",
    "futures_util",
    "rand",
    "reqwest",
    "serenity",
    "sqlx",
    "std::env",
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
    "tokio",
    "tokio_util",
    "tower_http",
    "tracing",
    "Instant::now",
    "Local::now",
    "SystemTime::now",
    "Utc::now",
];

/// The rings, innermost first. A folder that is not here may import whatever it likes of ours.
const RINGS: &[Ring] = &[
    Ring { name: "path", ours: &["path"], never: IMPURE },
    Ring { name: "prompts", ours: &["path", "prompts"], never: IMPURE },
    Ring { name: "canvas", ours: &["path", "canvas"], never: IMPURE },
    Ring { name: "store", ours: &["path", "store"], never: &["axum", "reqwest", "serenity"] },
    Ring { name: "app", ours: &["path", "prompts", "canvas", "store", "app"], never: &["axum", "serenity", "sqlx"] },
    Ring { name: "discord", ours: &["path", "prompts", "canvas", "app", "discord"], never: &["axum", "sqlx"] },
    Ring { name: "web", ours: &["path", "prompts", "canvas", "app", "web"], never: &["serenity", "sqlx"] },
    Ring { name: "sandbox", ours: &["sandbox"], never: &["serenity", "sqlx"] },
    Ring {
        name: "verbs",
        ours: &[
            "path",
            "prompts",
            "canvas",
            "store",
            "app",
            "discord",
            "web",
            "sandbox",
            "rehearsal",
            "config",
            "verbs",
        ],
        never: &["serenity", "sqlx"],
    },
];

/// Libraries that live in these rings and nowhere else.
const HOMES: &[(&str, &[&str])] = &[("axum", &["web", "sandbox"]), ("serenity", &["discord"]), ("sqlx", &["store"])];

/// Imports that cross the rings the wrong way, and libraries away from home.
pub fn crossings(source: &Source) -> Vec<Finding> {
    let ring = RINGS.iter().find(|ring| ring.name == source.ring());
    let mut found = Vec::new();
    for (line, segments) in paths(&source.code) {
        let whole = segments.join("::");
        let starts = |prefix: &str| whole == prefix || whole.starts_with(&format!("{prefix}::"));
        for (library, homes) in HOMES {
            if starts(library) && !homes.contains(&source.ring()) {
                let homes = homes.join(" and src/");
                found.push(Finding::new(&source.path, line, format!("`{whole}`: {library} lives in src/{homes} only")));
            }
        }
        let Some(ring) = ring else { continue };
        let is_never =
            ring.never.iter().any(|never| starts(never) && !HOMES.iter().any(|(library, _)| library == never));
        // A test of a pure ring may read a file; that it is built without a runtime, the compiler holds.
        if is_never && !source.in_test(line) {
            found.push(Finding::new(&source.path, line, format!("`{whole}`: never in src/{}", ring.name)));
        }
        if let Some(module) = ours(source, &segments)
            && !ring.ours.contains(&module)
        {
            found.push(Finding::new(
                &source.path,
                line,
                format!("`{whole}`: src/{} may not import {module}", ring.name),
            ));
        }
    }
    found
}

/// Where one may sleep by the wire's time: the one clock, sockets, the stand-in, and what drives it.
const MAY_SLEEP: [&str; 5] =
    ["src/app/clock.rs", "src/discord/wire/", "src/sandbox/", "src/rehearsal/", "src/web/live.rs"];

/// Sleeping past the one clock: a rehearsal could not pass over it, and a restart would forget it.
pub fn sleepers(source: &Source) -> Vec<Finding> {
    if MAY_SLEEP.iter().any(|place| source.path.starts_with(place)) {
        return Vec::new();
    }
    let is_sleep = |path: &str| {
        let last = path.strip_prefix("tokio::time::").unwrap_or_default();
        ["sleep", "interval", "Interval", "Sleep"].iter().any(|start| last.starts_with(start))
            || path.starts_with("std::thread::sleep")
    };
    let found = paths(&source.code).into_iter().map(|(line, path)| (line, path.join("::")));
    let found = found.filter(|(line, path)| !source.in_test(*line) && is_sleep(path));
    found.map(|(line, path)| Finding::new(&source.path, line, format!("`{path}`: wait on `app::Clock`"))).collect()
}

/// The module of ours at the top of a path, if it leads there.
fn ours<'a>(source: &Source, segments: &'a [String]) -> Option<&'a str> {
    let first = segments.first()?.as_str();
    let named = match first {
        "crate" | "jointpath" => segments.get(1),
        // `super` often enough leads out of the ring as well.
        "super" => {
            let up = segments.iter().take_while(|segment| *segment == "super").count();
            let parts = source.path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
            let depth = parts.split('/').count();
            if up < depth { None } else { segments.get(up) }
        }
        _ => None,
    };
    named.map(String::as_str).filter(|name| name.starts_with(char::is_lowercase))
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Join,
    Other(char),
}

/// Every path in a piece of code, groups (`a::{b, c}`) taken apart, with the line it begins on.
pub fn paths(code: &str) -> Vec<(usize, Vec<String>)> {
    let tokens = tokens(code);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let is_used = at > 0 && tokens[at - 1].1 == Token::Word("use".into());
        if matches!(tokens[at].1, Token::Word(_)) {
            let first = found.len();
            at = take_path(&tokens, at, &[], &mut found);
            if !is_used && found.len() == first + 1 && found[first].1.len() < 2 {
                found.pop();
            }
        } else {
            at += 1;
        }
    }
    found
}

fn tokens(code: &str) -> Vec<(usize, Token)> {
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    while let Some(letter) = code[at..].chars().next() {
        if letter.is_alphabetic() || letter == '_' {
            let len = code[at..].find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(code.len() - at);
            tokens.push((line, Token::Word(code[at..at + len].to_owned())));
            at += len;
        } else if code[at..].starts_with("::") {
            tokens.push((line, Token::Join));
            at += 2;
        } else {
            if letter == '\n' {
                line += 1;
            } else if !letter.is_whitespace() {
                tokens.push((line, Token::Other(letter)));
            }
            at += letter.len_utf8();
        }
    }
    tokens
}

/// Reads the path that begins at a word; returns where reading goes on.
fn take_path(
    tokens: &[(usize, Token)],
    mut at: usize,
    prefix: &[String],
    found: &mut Vec<(usize, Vec<String>)>,
) -> usize {
    let line = tokens[at].0;
    let mut segments = prefix.to_vec();
    loop {
        match tokens.get(at).map(|token| &token.1) {
            Some(Token::Word(word)) => segments.push(word.clone()),
            Some(Token::Other('*')) => segments.push("*".to_owned()),
            Some(Token::Other('{')) => {
                at += 1;
                while at < tokens.len() && tokens[at].1 != Token::Other('}') {
                    at = match tokens[at].1 {
                        Token::Word(_) => take_path(tokens, at, &segments, found),
                        _ => at + 1,
                    };
                }
                return at + 1;
            }
            _ => break,
        }
        at += 1;
        if tokens.get(at).map(|token| &token.1) != Some(&Token::Join) {
            break;
        }
        at += 1;
    }
    found.push((line, segments));
    // `a as b`: the new name is no path.
    let renamed = tokens.get(at).is_some_and(|token| token.1 == Token::Word("as".into())) && !prefix.is_empty();
    if renamed { at + 2 } else { at }
}

#[cfg(test)]
mod tests {
    use super::{crossings, paths, sleepers};
    use crate::source::Source;

    #[test]
    fn paths_are_taken_apart() {
        let code =
            "use std::{fs, io::{self, Read as R}, time::*};\nuse serenity;\nlet a = ::sqlx::query(b.c); d::<u8>(e)";
        let found: Vec<String> =
            paths(code).into_iter().map(|(line, path)| format!("{line} {}", path.join("::"))).collect();
        let expected =
            ["1 std::fs", "1 std::io::self", "1 std::io::Read", "1 std::time::*", "2 serenity", "3 sqlx::query"];
        assert_eq!(found, expected);
    }

    #[test]
    fn every_ring_can_be_crossed() {
        for (path, code, expected) in [
            ("src/path/a.rs", "use crate::path::Board;", 0),
            ("src/path/a.rs", "use crate::store::Store;", 1),
            ("src/path/b/mod.rs", "use super::a::B; use super::super::app::App;", 1),
            ("src/path/a.rs", "use std::{cmp, fs, env};", 2),
            ("src/path/a.rs", "fn a() { Utc::now(); std::time::SystemTime::now(); }", 2),
            ("src/canvas/a.rs", "use crate::{path::View, prompts::Words};", 1),
            ("src/prompts/a.rs", "use tokio::fs; use jointpath::canvas::Canvas;", 2),
            ("src/store/a.rs", "use sqlx::Row; use serenity::all::UserId;", 1),
            ("src/app/a.rs", "use sqlx::Row; // use serenity::all::UserId;", 1),
            ("src/discord/a.rs", "use serenity::all::UserId; use crate::store::Store;", 1),
            ("src/sandbox/a.rs", "use crate::path::Board; use serenity::all::UserId;", 2),
            ("src/path/a.rs", "#[cfg(test)]\nmod tests { use std::fs; use crate::app::App; }", 1),
            ("src/config.rs", "use sqlx::Row;", 1),
            ("src/web/a.rs", "use axum::Router;", 0),
            ("src/sandbox/a.rs", "use axum::Router;", 0),
            ("src/verbs/a.rs", "use axum::Router;", 1),
            ("src/app/a.rs", "use axum::Router;", 1),
        ] {
            let found = crossings(&Source::read(path, code));
            assert_eq!(found.len(), expected, "{path}: {code}: {found:?}");
        }
    }

    #[test]
    fn sleepers_are_found() {
        for (path, code, expected) in [
            ("src/app/time.rs", "use tokio::time::{timeout, sleep};", 1),
            ("src/app/time.rs", "tokio::time::interval_at(a, b); std::thread::sleep(c);", 2),
            ("src/app/time.rs", "tokio::time::timeout(a, b);", 0),
            ("src/app/clock.rs", "tokio::time::sleep(a);", 0),
            ("src/discord/wire/mod.rs", "tokio::time::sleep(a);", 0),
            ("src/web/live.rs", "tokio::time::sleep_until(a);", 0),
            ("src/web/page.rs", "tokio::time::sleep_until(a);", 1),
        ] {
            let found = sleepers(&Source::read(path, code));
            assert_eq!(found.len(), expected, "{path}: {code}: {found:?}");
        }
    }
}
