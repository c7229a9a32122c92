//! `sandbox`: the stand-in for Discord alone.

use anyhow::Context;

use super::say;
use crate::config::Standing;
use crate::sandbox::{Options, World, serve};

/// Runs the stand-in until it is stopped.
///
/// # Errors
/// If the world cannot be read or the port is taken.
pub async fn sandbox(standing: Standing) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(&standing.world)
        .with_context(|| format!("cannot read the world in {}", standing.world.display()))?;
    let world: World = serde_json::from_str(&text)
        .with_context(|| format!("{} is no world of the sandbox", standing.world.display()))?;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", standing.port))
        .await
        .with_context(|| format!("port {} cannot be used", standing.port))?;
    let options = Options { record: standing.record, ..Options::default() };
    let sandbox = serve(world, listener, options).await?;
    say(&format!("The sandbox stands in for Discord at {} until you press Ctrl-C.", sandbox.url()));
    tokio::signal::ctrl_c().await?;
    sandbox.stop();
    Ok(())
}
