//! Pictures of a canvas: PNG, PDF and SVG, drawn by typst from data alone. Pure.
//!
//! An [`Order`] says what is drawn, as JSON; the templates in `src/canvas/typst/` read it as data, so
//! that nothing people wrote is ever code. [`draw`] sees no file, no network and no clock: its world
//! holds the templates, the order, and the [`Fonts`] it is given. What an order holds is capped when it
//! is made, and what was left out is said on the picture.

mod alt;
mod cap;
mod desk;
mod fonts;
mod ink;
mod measure;
mod order;
mod picture;

pub use alt::alt;
pub use fonts::{FAMILIES, Fonts};
pub use order::{Ink, Order, Paper};
pub use picture::Picture;

use serde::{Deserialize, Serialize};

/// What came of an order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawing {
    /// The pages, each a file of its own; a PDF is one file.
    pub pages: Vec<Vec<u8>>,
    /// Scripts of which some letters have no face here, by their Unicode names.
    pub missing: Vec<String>,
    /// How many pages more there would have been.
    pub cut: usize,
}

/// Why nothing was drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DrawError {
    /// The templates and the order do not fit together.
    #[error("the picture cannot be laid out: {0}")]
    Layout(String),
    /// The pages could not be written in the form asked for.
    #[error("the picture cannot be written: {0}")]
    Ink(String),
}

/// Draws an order with these fonts.
///
/// # Errors
/// [`DrawError`]: a fault of the templates, never of what people wrote.
pub fn draw(order: &Order, fonts: &Fonts) -> Result<Drawing, DrawError> {
    let missing = fonts.missing(&order.data);
    let mut data = order.data.clone();
    order::note_missing(&mut data, &missing);
    let mut document = desk::lay_out(&data, fonts)?;
    if order.paper == Paper::Screen && order.ink == Ink::Png && ink::is_too_tall(&document) {
        data["height"] = ink::PAGE_HEIGHT.into();
        document = desk::lay_out(&data, fonts)?;
    }
    let (pages, cut) = ink::write(&document, order)?;
    Ok(Drawing { pages, missing, cut })
}

/// For so many drawings more is remembered what was laid out for one. The next picture of a canvas differs in a word or
/// two, and then only that is laid out anew; more would cost memory and save little.
const REMEMBERED: usize = 1;

/// Forgets what was remembered of drawings before the last one, so that memory does not grow.
pub fn forget() {
    comemo::evict(REMEMBERED);
}

/// Forgets all: of what is drawn on other paper next nothing is the same, and it needs the room.
pub fn forget_all() {
    comemo::evict(0);
}

#[cfg(test)]
mod tests;
