//! Reads a script: text into a checked value, every fault with its line.

use crate::path::Plan;

use super::check::check;
use super::fault::{Fault, line_of};
use super::script::Script;

/// Reads a script and checks it against a plan.
///
/// # Errors
/// Every fault found; if the text is not JSON of the right shape, the first one alone.
pub fn read(text: &str, plan: &Plan) -> Result<Script, Vec<Fault>> {
    let script: Script = serde_json::from_str(text).map_err(|error| vec![misshapen(&error)])?;
    let mut faults: Vec<Fault> = check(&script, plan)
        .into_iter()
        .map(|(place, what)| Fault { line: line_of(text, &place), place, what })
        .collect();
    faults.sort_by_key(|fault| fault.line);
    if faults.is_empty() { Ok(script) } else { Err(faults) }
}

fn misshapen(error: &serde_json::Error) -> Fault {
    let said = error.to_string();
    let what = said.split(" at line ").next().unwrap_or_default();
    Fault {
        line: error.line(),
        place: String::new(),
        what: format!("{what} (column {}); rehearsals/script.schema.json describes the format", error.column()),
    }
}
