//! What is still to be drawn: the answer in words at once, the picture as soon as it is there.
//!
//! Drawing is somebody else's work (`App::draw`) and may take its time or fail; the words never wait
//! for it and are there whatever becomes of it.

use super::escape::fit;
use super::inbound::PICTURE;
use super::limits::{ALT_CHARS_MAX, FILE_BYTES_MAX, FILES_MAX};
use super::screen::{File, Screen};
use crate::app::{App, Undrawn};
use crate::canvas::Canvas;
use crate::canvas::draw::{Drawing, Ink, Order, Paper, Picture};
use crate::prompts::Words;

/// A screen whose files are still to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Sketch {
    /// All but the drawn files: it stands alone where nothing can be drawn.
    pub screen: Screen,
    /// What is drawn.
    pub order: Order,
    /// The file's name, without its ending; never made of people's words.
    pub name: String,
    /// What the drawing says, in words.
    pub alt: String,
    /// Whether everybody in the room sees it.
    pub shared: bool,
}

impl Sketch {
    /// A screen with this picture of a canvas above it.
    #[must_use]
    pub fn picture(screen: Screen, canvas: &Canvas, picture: &Picture) -> Self {
        let order = Order::picture(canvas, picture, Paper::Screen, Ink::Png);
        let alt = order.alt().to_owned();
        Self { screen, order, name: name(picture), alt, shared: false }
    }

    /// A screen with the whole canvas on paper.
    #[must_use]
    pub fn paper(screen: Screen, canvas: &Canvas, paper: Paper, name: &str) -> Self {
        let order = Order::picture(canvas, &Picture::Whole, paper, Ink::Pdf);
        let alt = order.alt().to_owned();
        Self { screen, order, name: name.to_owned(), alt, shared: false }
    }

    /// The files of a drawing.
    #[must_use]
    pub fn files(&self, drawing: Drawing) -> Vec<File> {
        let count = drawing.pages.len();
        let many = count > 1;
        let pages = drawing.pages.into_iter().enumerate();
        let named = pages.map(|(nth, bytes)| {
            let page = if many { format!("-{}", nth + 1) } else { String::new() };
            let ending = if self.order.ink == Ink::Pdf { ".pdf" } else { PICTURE };
            let said = if many { self.order.of_page(&self.alt, nth + 1, count) } else { self.alt.clone() };
            File { name: format!("{}{page}{ending}", self.name), bytes, alt: fit(&said, ALT_CHARS_MAX) }
        });
        named.collect()
    }

    /// The screen as it stands while it is drawn.
    #[must_use]
    pub fn waiting(&self, words: &Words) -> Screen {
        let words_only = Screen { files: Vec::new(), ..self.screen.clone() };
        words_only.and(words.label("being-drawn"))
    }

    /// The screen with what was drawn, or with a clear word instead.
    pub async fn finish(self, app: &App, words: &Words) -> Screen {
        match app.draw(&self.order).await {
            Ok(drawing) => {
                let files = self.files(drawing);
                files.into_iter().fold(self.screen, Screen::file)
            }
            Err(undrawn) => self.screen.and(&why(words, &undrawn)),
        }
    }
}

/// Why there is no picture, and what to do.
#[must_use]
pub fn why(words: &Words, undrawn: &Undrawn) -> String {
    match undrawn {
        Undrawn::Busy => words.label("drawing-busy").to_owned(),
        Undrawn::TooLong | Undrawn::TooLarge => words.label("drawing-large").to_owned(),
        Undrawn::Failed { reference } => {
            words.fill(words.label("drawing-failed"), &[("reference".to_owned(), reference.clone())].into())
        }
    }
}

/// The name of a picture's file: keys of the plan, never people's words.
fn name(picture: &Picture) -> String {
    format!("canvas-{}", picture.key().replace(':', "-"))
}

/// A screen whose files can be sent: not too many, and none too heavy; what is left out is said.
#[must_use]
pub fn sendable(mut screen: Screen, words: &Words, bytes_max: usize) -> Screen {
    let most = if bytes_max == 0 { FILE_BYTES_MAX } else { bytes_max };
    let before = screen.files.len();
    screen.files.retain(|file| file.bytes.len() <= most);
    screen.files.truncate(FILES_MAX);
    if screen.files.len() == before { screen } else { screen.and(words.label("file-too-large")) }
}
