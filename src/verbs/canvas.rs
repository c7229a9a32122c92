//! `canvas`: a partnership's canvas, printed from the database.

use anyhow::Context;

use super::{load, say};
use crate::app;
use crate::config::{Form, Printing};
use crate::path::{Board, Viewer, view};
use crate::store::Store;

/// Prints a canvas.
///
/// # Errors
/// If the database cannot be read, or has no such partnership.
pub async fn canvas(printing: Printing) -> anyhow::Result<()> {
    let prompts = load(&printing.words)?;
    let store = Store::open_read_only(&printing.database).await.context("the database cannot be read")?;
    let mut boards = Vec::new();
    for (_, id) in store.rooms().await? {
        boards.extend(store.load(id).await?);
    }
    let is_meant = |board: &&Board| {
        let partnership = &board.partnership;
        partnership.id.to_string() == printing.partnership || partnership.name == printing.partnership
    };
    let names: Vec<String> =
        boards.iter().map(|board| format!("{} ({})", board.partnership.name, board.partnership.id)).collect();
    let board = boards
        .iter()
        .find(is_meant)
        .with_context(|| format!("no partnership {:?} here; there are: {}", printing.partnership, names.join(", ")))?;
    let canvas = app::canvas_of(&view(board, Viewer::Room, board.changed_at()), &prompts);
    say(&match printing.format {
        Form::Md => crate::canvas::outline(&canvas),
        Form::Json => crate::canvas::json(&canvas),
        Form::Html => crate::canvas::html(&canvas),
    });
    Ok(())
}
