//! The program: reads what it is told, does it, and says plainly when it cannot.

use std::process::ExitCode;

use jointpath::config::{Config, Verb};
use jointpath::verbs;

#[tokio::main]
async fn main() -> ExitCode {
    let config = Config::read(std::env::args_os()).unwrap_or_else(|error| error.exit());
    verbs::log();
    let done = match config.verb {
        None => verbs::serve(config.serving).await,
        Some(Verb::Serve(serving)) => verbs::serve(serving).await,
        Some(Verb::Rehearse(rehearsing)) => verbs::rehearse(rehearsing).await,
        Some(Verb::Sandbox(standing)) => verbs::sandbox(standing).await,
        Some(Verb::CheckPrompts(words)) => verbs::check_prompts(&words),
        Some(Verb::Draw(limits)) => verbs::draw(&limits),
        Some(Verb::Canvas(printing)) => verbs::canvas(printing).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            verbs::complain(&error);
            ExitCode::FAILURE
        }
    }
}
