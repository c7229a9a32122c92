//! Lists the files of `prompts/` and `src/canvas/typst/`, so that what stands in the folder is what is
//! built in: a new phase, language or picture needs no line of Rust. Builds again, too, when a migration
//! is added: the macro that reads that folder cannot tell cargo by itself.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let project = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    println!("cargo::rerun-if-changed=prompts");
    println!("cargo::rerun-if-changed=src/canvas/typst");
    println!("cargo::rerun-if-changed=migrations");
    list("prompts.rs", &words(&project.join("prompts"))?)?;
    list("typst.rs", &templates(&project.join("src/canvas/typst"))?)
}

/// Plan and words, by language.
fn words(top: &Path) -> io::Result<Vec<String>> {
    let mut files = Vec::new();
    for path in entries(top)? {
        if path.is_dir() {
            files.extend(entries(&path)?.into_iter().filter(|inner| is_a(inner, "md")));
        } else if is_a(&path, "toml") {
            files.push(path);
        }
    }
    Ok(files.iter().map(|path| row(top, path)).collect())
}

/// What pictures are drawn by.
fn templates(top: &Path) -> io::Result<Vec<String>> {
    let files = entries(top)?;
    Ok(files.iter().filter(|path| is_a(path, "typ")).map(|path| row(top, path)).collect())
}

/// Writes rows as a Rust array, for `include!`.
fn list(name: &str, rows: &[String]) -> io::Result<()> {
    let list = format!("[{}]", rows.join(", "));
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join(name), list)
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn is_a(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|found| found == ending)
}

fn row(top: &Path, path: &Path) -> String {
    let name = path.strip_prefix(top).unwrap_or(path).components();
    let name: Vec<_> = name.map(|part| part.as_os_str().to_string_lossy()).collect();
    format!("({:?}, include_str!({:?}))", name.join("/"), path.to_string_lossy())
}
