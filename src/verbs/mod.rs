//! What the program can do from the command line: one file a verb. Only here are all rings seen.

mod canvas;
mod check_prompts;
mod draw;
mod rehearse;
mod sandbox;
mod serve;

use std::io::{IsTerminal, Write};
use std::path::Path;

use anyhow::Context;

pub use self::canvas::canvas;
pub use self::check_prompts::check_prompts;
pub use self::draw::draw;
pub use self::rehearse::rehearse;
pub use self::sandbox::sandbox;
pub use self::serve::serve;
use crate::config::Words;
use crate::prompts::{self, PromptError, Prompts};

/// What is logged unless `RUST_LOG` says otherwise. serenity's spans hold tokens and people's words
/// at the level *info*, so it is held to errors whatever is asked for.
const LOG: &str = "info";
const LOG_ALWAYS: [&str; 2] = ["serenity=error", "h2=error"];

/// Starts the log, on the error stream.
pub fn log() {
    let wanted = std::env::var("RUST_LOG").unwrap_or_else(|_| LOG.to_owned());
    let mut filter = tracing_subscriber::EnvFilter::try_new(&wanted).unwrap_or_else(|_| LOG.into());
    for directive in LOG_ALWAYS {
        if let Ok(directive) = directive.parse() {
            filter = filter.add_directive(directive);
        }
    }
    let started = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .try_init();
    if started.is_err() {
        complain(&anyhow::anyhow!("the log was started twice"));
    }
}

/// Says on the error stream what went wrong.
pub fn complain(error: &anyhow::Error) {
    let _ = writeln!(std::io::stderr(), "{error:#}");
}

/// Writes on the output stream; a reader who left early is no fault.
pub fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// The files of plan and words: built in, or from a folder.
fn files(words: &Words) -> anyhow::Result<Vec<(String, String)>> {
    let Some(folder) = &words.prompts else { return Ok(prompts::built_in()) };
    let mut files = Vec::new();
    read_folder(folder, "", &mut files).with_context(|| format!("cannot read the prompts in {}", folder.display()))?;
    Ok(files)
}

fn read_folder(folder: &Path, prefix: &str, files: &mut Vec<(String, String)>) -> std::io::Result<()> {
    let mut entries: Vec<_> = std::fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() && prefix.is_empty() {
            read_folder(&entry.path(), &format!("{name}/"), files)?;
        } else if matches!(entry.path().extension().and_then(|ending| ending.to_str()), Some("md" | "toml"))
            && !name.ends_with("README.md")
        {
            files.push((name, std::fs::read_to_string(entry.path())?));
        }
    }
    Ok(())
}

/// Plan and words, or every fault in them.
fn load(words: &Words) -> anyhow::Result<Prompts> {
    prompts::load(&files(words)?).map_err(|faults| anyhow::anyhow!(list(&faults)))
}

fn list(faults: &[PromptError]) -> String {
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let faults = if faults.len() == 1 { "fault" } else { "faults" };
    format!("{}\n{} {faults} in plan and words", lines.join("\n"), lines.len())
}
