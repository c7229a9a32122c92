//! `rehearse`: a whole Path with simulated people, before anybody real is asked.

use anyhow::Context;

use super::load;
use crate::config::{Kills, Rehearsing};
use crate::rehearsal::{BotPlace, Kill, KillPlan, Options, run, worked_example};

/// About so many visits and host's deeds a Path has: the kills are spread over them.
const OCCASIONS: u32 = 250;

/// Rehearses.
///
/// # Errors
/// What went wrong on the way, or what the canvas has that the script did not expect.
pub async fn rehearse(rehearsing: Rehearsing) -> anyhow::Result<()> {
    let script = match &rehearsing.file {
        None => worked_example().to_owned(),
        Some(file) => {
            std::fs::read_to_string(file).with_context(|| format!("cannot read the script {}", file.display()))?
        }
    };
    let mut arguments = Vec::new();
    if let Some(folder) = &rehearsing.words.prompts {
        arguments.extend(["--prompts".to_owned(), folder.display().to_string()]);
    }
    let kill = match rehearsing.kill {
        Kills::Times(0) => None,
        Kills::Times(most) => {
            let one_in = (OCCASIONS / most).clamp(2, 12);
            Some(Kill::Random(KillPlan { seed: rehearsing.seed, one_in, most }))
        }
        Kills::Every => Some(Kill::Every),
    };
    let options = Options {
        script,
        prompts: load(&rehearsing.words)?,
        out: rehearsing.out,
        seed: rehearsing.seed,
        record: rehearsing.record,
        database: rehearsing.database,
        pictures: true,
        bot: BotPlace { program: std::env::current_exe().context("this program cannot find itself")?, arguments },
        kill,
        blow: None,
        is_quiet: false,
    };
    run(options).await.map(drop)
}
