//! `rehearse`: a whole Path with simulated people, before anybody real is asked.

use crate::config::Rehearsing;

/// Rehearses.
///
/// # Errors
/// What went wrong on the way, or what the canvas has that the script did not expect.
pub async fn rehearse(_rehearsing: Rehearsing) -> anyhow::Result<()> {
    anyhow::bail!("not wired yet")
}
