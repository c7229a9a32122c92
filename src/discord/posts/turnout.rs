//! How many took part in a sitting: told in people where people were asked, else in partners.

use crate::discord::scene::Scene;
use crate::path::Window;
use crate::path::giver::Progress;

/// The least that has come in of what most were asked for: (done, of).
pub(super) fn of<'a>(scene: &Scene<'_>, windows: impl Iterator<Item = &'a Window>) -> Option<(usize, usize)> {
    let progress: Vec<Progress> = windows.map(|window| scene.view().progress(window.id)).collect();
    let most = progress.iter().map(|progress| progress.of).max().filter(|of| *of > 0)?;
    let done = progress.iter().filter(|progress| progress.of == most).map(|progress| progress.done).min()?;
    Some((done, most))
}
