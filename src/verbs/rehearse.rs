//! `rehearse`: a whole Path with simulated people, before anybody real is asked.

use anyhow::Context;

use super::load;
use crate::config::Rehearsing;
use crate::rehearsal::{BotPlace, KillPlan, Options, run, worked_example};

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
    let kill = KillPlan {
        seed: rehearsing.seed,
        one_in: (OCCASIONS / rehearsing.kill.max(1)).clamp(2, 12),
        most: rehearsing.kill,
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
        kill: (rehearsing.kill > 0).then_some(kill),
    };
    run(options).await.map(drop)
}
