//! `check-prompts`: every fault in plan and words at once.

use super::{files, list, say};
use crate::config::Words;
use crate::prompts;

/// Checks plan and words.
///
/// # Errors
/// All faults, with file and line.
pub fn check_prompts(words: &Words) -> anyhow::Result<()> {
    let files = files(words)?;
    let mut faults = prompts::check(&files);
    faults.extend(prompts::unlike_shipped(&files));
    if !faults.is_empty() {
        anyhow::bail!(list(&faults));
    }
    let prompts = prompts::load(&files).map_err(|faults| anyhow::anyhow!(list(&faults)))?;
    let (sittings, asks) = (prompts.plan.sittings().count(), prompts.plan.asks().count());
    let languages: Vec<&str> = prompts.words.keys().map(String::as_str).collect();
    say(&format!(
        "No faults: {} phases, {sittings} sittings, {asks} asks, {} files, languages: {}.",
        prompts.plan.phases.len(),
        files.len(),
        languages.join(", ")
    ));
    Ok(())
}
