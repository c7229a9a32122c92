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
    let rust = files().into_iter().filter(|path| path.starts_with("src/") && is_a(path, "rs"));
    let mut sources: Vec<Source> = rust.map(|path| Source::read(&path, &text(&path))).collect();
    let reached = reach(&sources);
    for source in &mut sources {
        source.is_test = reached.get(&source.path) == Some(&true);
    }
    sources
}

/// The files that are reached from the crate's roots, and whether only tests reach them.
fn reach(sources: &[Source]) -> BTreeMap<String, bool> {
    let by_path: BTreeMap<&str, &Source> = sources.iter().map(|source| (source.path.as_str(), source)).collect();
    let mut reached = BTreeMap::new();
    let mut waiting = vec![("src/lib.rs".to_owned(), false), ("src/main.rs".to_owned(), false)];
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
        "lib.rs" | "main.rs" | "mod.rs" => folder.to_owned(),
        _ => format!("{folder}/{}", name.trim_end_matches(".rs")),
    };
    [format!("{folder}/{module}.rs"), format!("{folder}/{module}/mod.rs")]
}

/// Files that no `mod` reaches: nobody builds them, so nothing in them is true.
pub fn dead(sources: &[Source]) -> Vec<Finding> {
    let reached = reach(sources);
    let dead = sources.iter().filter(|source| !reached.contains_key(&source.path));
    dead.map(|source| Finding::new(&source.path, 0, "no `mod` reaches this file: name it, or remove it")).collect()
}
