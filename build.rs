//! Lists the files of `prompts/`, so that what stands in the folder is what is built in: a new phase
//! or language needs no line of Rust. Builds again, too, when a migration is added: the macro that
//! reads that folder cannot tell cargo by itself.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let top = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("prompts");
    println!("cargo::rerun-if-changed=prompts");
    println!("cargo::rerun-if-changed=migrations");
    let mut files = Vec::new();
    for path in entries(&top)? {
        if path.is_dir() {
            files.extend(entries(&path)?.into_iter().filter(|inner| is_a(inner, "md")));
        } else if is_a(&path, "toml") {
            files.push(path);
        }
    }
    let rows: Vec<String> = files.iter().map(|path| row(&top, path)).collect();
    let list = format!("[{}]", rows.join(", "));
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("prompts.rs"), list)
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
