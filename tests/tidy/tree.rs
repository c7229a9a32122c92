//! The project's files, and which Rust file belongs to which module.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::source::{Finding, Source};

/// Folders that are not the project's own, or not its source.
const PASSED_OVER: [&str; 4] = [".git", "target", "rehearsal", "node_modules"];

/// The top of the project.
pub fn top() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the project.
pub fn text(path: &str) -> String {
    fs::read_to_string(top().join(path)).unwrap_or_default()
}

/// Whether a path ends as files of a kind do.
pub fn is_a(path: &str, ending: &str) -> bool {
    Path::new(path).extension().is_some_and(|found| found == ending)
}

/// Every file of the project, by its path from the top.
pub fn files() -> Vec<String> {
    let mut found = Vec::new();
    gather(&top(), &mut found);
    found.sort();
    found
}

fn gather(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let at_top = path.parent() == Some(&top());
        if path.is_dir() {
            if !(at_top && PASSED_OVER.contains(&name.as_str())) {
                gather(&path, found);
            }
        } else if !(at_top && name == ".git") {
            found.push(path.strip_prefix(top()).unwrap().to_string_lossy().replace('\\', "/"));
        }
    }
}

/// Everything under `src/`, taken apart once, with test files known as such.
pub fn sources() -> &'static [Source] {
    static SOURCES: OnceLock<Vec<Source>> = OnceLock::new();
    SOURCES.get_or_init(read_sources)
}

fn read_sources() -> Vec<Source> {
    let mut sources = read_rust("src/");
    let reached = reach(&sources);
    for source in &mut sources {
        source.is_test = reached.get(&source.path) == Some(&true);
    }
    sources
}

fn read_rust(folder: &str) -> Vec<Source> {
    let rust = files().into_iter().filter(|path| path.starts_with(folder) && is_a(path, "rs"));
    rust.map(|path| Source::read(&path, &text(&path))).collect()
}

/// The roots of what cargo builds: the crate, the program, each test and each benchmark.
fn is_root(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    matches!(parts[..], ["src", "lib.rs" | "main.rs"] | ["tests" | "benches", _] | ["tests" | "benches", _, "main.rs"])
}

/// The files that are reached from the roots, and whether only tests reach them.
fn reach(sources: &[Source]) -> BTreeMap<String, bool> {
    let by_path: BTreeMap<&str, &Source> = sources.iter().map(|source| (source.path.as_str(), source)).collect();
    let mut reached = BTreeMap::new();
    let mut waiting: Vec<(String, bool)> =
        sources.iter().filter(|source| is_root(&source.path)).map(|source| (source.path.clone(), false)).collect();
    while let Some((path, is_test)) = waiting.pop() {
        let Some(source) = by_path.get(path.as_str()) else { continue };
        if reached.insert(path.clone(), is_test).is_some() {
            continue;
        }
        for (line, module) in source.modules() {
            let test_only = is_test || source.in_test(line);
            waiting.extend(homes(&path, &module).map(|home| (home, test_only)));
        }
    }
    reached
}

/// Where a module of a file may lie.
fn homes(path: &str, module: &str) -> [String; 2] {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let folder = match name {
        _ if is_root(path) || name == "mod.rs" => folder.to_owned(),
        _ => format!("{folder}/{}", name.trim_end_matches(".rs")),
    };
    [format!("{folder}/{module}.rs"), format!("{folder}/{module}/mod.rs")]
}

/// Every Rust file that is built for tests and benchmarks only.
pub fn tests() -> Vec<Source> {
    let mut tests = read_rust("tests/");
    tests.extend(read_rust("benches/"));
    tests
}

/// Files that no `mod` reaches: nobody builds them, so nothing in them is true.
pub fn dead(sources: &[Source]) -> Vec<Finding> {
    let reached = reach(sources);
    let dead = sources.iter().filter(|source| !reached.contains_key(&source.path));
    dead.map(|source| Finding::new(&source.path, 0, "no `mod` reaches this file: name it, or remove it")).collect()
}

#[cfg(test)]
mod tests {
    use super::{dead, homes};
    use crate::source::Source;

    #[test]
    fn files_that_nobody_builds_are_found() {
        let files = [
            ("src/lib.rs", "mod a;\nmod b { }\n#[cfg(test)]\nmod c;"),
            ("src/a/mod.rs", "pub mod d;"),
            ("src/a/d.rs", "mod e;"),
            ("src/a/d/e.rs", ""),
            ("src/c.rs", ""),
            ("src/b.rs", ""),
            ("src/a/f.rs", "// mod b;"),
            ("tests/g/main.rs", "mod h;"),
            ("tests/g/h.rs", ""),
            ("tests/g/i.rs", ""),
        ];
        let sources = files.map(|(path, text)| Source::read(path, text));
        let found: Vec<String> = dead(&sources).into_iter().map(|finding| finding.path).collect();
        assert_eq!(found, ["src/b.rs", "src/a/f.rs", "tests/g/i.rs"]);
    }

    #[test]
    fn modules_lie_where_the_compiler_looks() {
        assert_eq!(homes("src/lib.rs", "a"), ["src/a.rs", "src/a/mod.rs"]);
        assert_eq!(homes("src/a/mod.rs", "b"), ["src/a/b.rs", "src/a/b/mod.rs"]);
        assert_eq!(homes("src/a/b.rs", "c"), ["src/a/b/c.rs", "src/a/b/c/mod.rs"]);
    }
}
