//! How files look from outside: size, names, heads, and the map.

use std::collections::BTreeSet;

use crate::source::{Finding, Source};

/// Longest file, in lines.
const LINES_MAX: usize = 400;

/// Largest file of any kind, in bytes.
const BYTES_MAX: u64 = 1 << 20;

/// Names that say nothing. If two modules need the same thing, a noun is missing.
const EMPTY_NAMES: [&str; 14] = [
    "common",
    "helper",
    "helpers",
    "lib_utils",
    "manager",
    "misc",
    "model",
    "models",
    "service",
    "shared",
    "stuff",
    "types",
    "util",
    "utils",
];

/// Files that one cannot take in at a sitting.
pub fn too_long(source: &Source) -> Vec<Finding> {
    let lines = source.text.lines().count();
    if lines <= LINES_MAX {
        return Vec::new();
    }
    vec![Finding::new(&source.path, 0, format!("{lines} lines; at most {LINES_MAX}: which second idea lives here?"))]
}

/// Files and modules whose names say nothing.
pub fn empty_names(source: &Source) -> Vec<Finding> {
    let parts = source.path.trim_end_matches(".rs").split('/').map(|part| (0, part.to_owned()));
    let named = parts.chain(inline_modules(source)).filter(|(_, name)| EMPTY_NAMES.contains(&name.as_str()));
    named
        .map(|(line, name)| Finding::new(&source.path, line, format!("`{name}` says nothing: which noun is it?")))
        .collect()
}

fn inline_modules(source: &Source) -> impl Iterator<Item = (usize, String)> {
    source.code.lines().enumerate().filter_map(|(n, line)| {
        let rest = line.split("mod ").nth(1).filter(|_| line.trim_start().starts_with(['m', 'p']))?;
        let name: String = rest.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
        Some((n + 1, name))
    })
}

/// Files that do not begin by telling their idea.
pub fn headless(source: &Source) -> Vec<Finding> {
    let told = source.text.strip_prefix("//! ").is_some_and(|rest| !rest.trim_start().is_empty());
    if told { Vec::new() } else { vec![Finding::new(&source.path, 1, "does not begin with `//! ` and its idea")] }
}

/// Folders of `src/` that the map does not name, as `` `folder/` `` or with its path.
pub fn unmapped(sources: &[Source], map: &str) -> Vec<Finding> {
    let folders: BTreeSet<&str> =
        sources.iter().filter_map(|source| source.path.rsplit_once('/')).map(|(folder, _)| folder).collect();
    let is_named = |folder: &str| {
        let inner = folder.trim_start_matches("src/");
        let last = inner.rsplit('/').next().unwrap_or(inner);
        [format!("`{last}`"), format!("`{last}/`"), format!("{inner}/"), format!("/{inner}"), format!("`{inner}`")]
            .iter()
            .any(|name| map.contains(name.as_str()))
    };
    let missing =
        folders.into_iter().filter(|folder| *folder != "src" && !folder.ends_with("/tests") && !is_named(folder));
    missing.map(|folder| Finding::new("ARCHITECTURE.md", 0, format!("says nothing of {folder}"))).collect()
}

/// Files that make every clone slow. `size` in bytes.
pub fn too_big(path: &str, size: u64) -> Vec<Finding> {
    if size <= BYTES_MAX {
        return Vec::new();
    }
    vec![Finding::new(path, 0, format!("{size} bytes; at most {BYTES_MAX}"))]
}

#[cfg(test)]
mod tests {
    use super::{empty_names, headless, too_big, too_long, unmapped};
    use crate::source::Source;

    #[test]
    fn long_and_big_files_are_found() {
        assert!(too_long(&Source::read("src/a.rs", &"a\n".repeat(400))).is_empty());
        assert_eq!(too_long(&Source::read("src/a.rs", &"a\n".repeat(401))).len(), 1);
        assert!(too_big("a", 1 << 20).is_empty());
        assert_eq!(too_big("a", (1 << 20) + 1).len(), 1);
    }

    #[test]
    fn names_that_say_nothing_are_found() {
        for (path, text, expected) in [
            ("src/path/card.rs", "mod tests {}\nlet utils = 1;", 0),
            ("src/path/utils.rs", "", 1),
            ("src/helpers/mod.rs", "", 1),
            ("src/path/card.rs", "pub(crate) mod common;\nmod misc {\n}", 2),
        ] {
            let found = empty_names(&Source::read(path, text));
            assert_eq!(found.len(), expected, "{path}: {found:?}");
        }
    }

    #[test]
    fn files_without_an_idea_are_found() {
        for (text, expected) in
            [("//! A card.\n", 0), ("use std::fmt;\n//! Late.", 1), ("//!\n", 1), ("// no", 1), ("", 1)]
        {
            assert_eq!(headless(&Source::read("src/a.rs", text)).len(), expected, "{text}");
        }
    }

    #[test]
    fn folders_missing_on_the_map_are_found() {
        let sources = ["src/lib.rs", "src/path/a.rs", "src/path/triads/b.rs", "src/path/tests/c.rs"]
            .map(|path| Source::read(path, ""));
        let says = |map: &str| unmapped(&sources, map).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(says("`path`, `path/triads`"), [""; 0]);
        assert_eq!(says("the path of `triads/`"), ["ARCHITECTURE.md: says nothing of src/path"]);
    }
}
