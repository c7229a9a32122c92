//! The same canvas as documents and pictures, under the same link.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::guard::Reader;
use super::{Web, missing};
use crate::app::Undrawn;
use crate::canvas::draw::{Ink, Order, Paper, Picture};
use crate::canvas::{self, Canvas};

/// The canvas as Markdown, JSON or PDF.
pub(super) async fn document(
    State(web): State<Web>,
    reader: Reader,
    Path((token, file)): Path<(String, String)>,
) -> Response {
    let Some(sheet) = web.read(token).await else { return web.refuse(&reader) };
    match file.as_str() {
        "canvas.md" => text("text/markdown; charset=utf-8", &file, canvas::outline(&sheet.canvas)),
        "canvas.json" => text("application/json", &file, canvas::json(&sheet.canvas)),
        "canvas.pdf" => web.drawn(&sheet.canvas, &Picture::Whole, Ink::Pdf, 0).await,
        _ => missing::page(),
    }
}

/// One picture of the canvas: `whole.png`, `section:….svg`; of one on several pages the second is `section:…-2.png`.
pub(super) async fn picture(
    State(web): State<Web>,
    reader: Reader,
    Path((token, file)): Path<(String, String)>,
) -> Response {
    let Some(sheet) = web.read(token).await else { return web.refuse(&reader) };
    let (key, ink) = match file.rsplit_once('.') {
        Some((key, "png")) => (key, Ink::Png),
        Some((key, "svg")) => (key, Ink::Svg),
        _ => return missing::page(),
    };
    match asked(key, &sheet.canvas) {
        Some((picture, page)) => web.drawn(&sheet.canvas, &picture, ink, page).await,
        None => missing::page(),
    }
}

/// The picture of a file's name without its ending, and which page of it, counted from 0.
fn asked(name: &str, canvas: &Canvas) -> Option<(Picture, usize)> {
    let pictures = Picture::all(canvas);
    let called = |key: &str| pictures.iter().find(|picture| picture.key() == key).cloned();
    let later = || {
        let (key, nth) = name.rsplit_once('-')?;
        Some((called(key)?, nth.parse::<usize>().ok()?.checked_sub(1)?))
    };
    called(name).map(|picture| (picture, 0)).or_else(later)
}

impl Web {
    /// A page of a picture as a file; a PDF holds all its pages.
    async fn drawn(&self, canvas: &Canvas, picture: &Picture, ink: Ink, page: usize) -> Response {
        let paper = match ink {
            Ink::Pdf => Paper::A4,
            Ink::Png | Ink::Svg => Paper::Screen,
        };
        let order = Order::picture(canvas, picture, paper, ink);
        let drawn = match self.0.app.drawn(&order) {
            Some(drawing) => Ok(drawing),
            // Whoever meets in a room is drawn for first: a page never has more than one order in the queue.
            None => match self.0.drawing.try_acquire() {
                Ok(_alone) => self.0.app.draw(&order).await,
                Err(_) => Err(Undrawn::Busy),
            },
        };
        match drawn {
            Ok(drawing) => match drawing.pages.into_iter().nth(page) {
                Some(page) => ([(CONTENT_TYPE, kind(ink))], page).into_response(),
                None => missing::page(),
            },
            Err(Undrawn::Busy) => missing::not_now(),
            Err(Undrawn::TooLong | Undrawn::TooLarge | Undrawn::Failed { .. }) => missing::not_drawn(),
        }
    }
}

fn text(kind: &'static str, file: &str, text: String) -> Response {
    let named = format!("inline; filename=\"{file}\"");
    ([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, named)], text).into_response()
}

fn kind(ink: Ink) -> &'static str {
    match ink {
        Ink::Png => "image/png",
        Ink::Svg => "image/svg+xml",
        Ink::Pdf => "application/pdf",
    }
}
