//! The same canvas as documents and pictures, under the same link.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::guard::Reader;
use super::pages::Sheet;
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
        "canvas.md" => text("text/markdown; charset=utf-8", &file, aside(move || sheet.outline()).await),
        "canvas.json" => text("application/json", &file, aside(move || sheet.json()).await),
        "canvas.pdf" => {
            web.drawn(move || Some((Order::picture(&sheet.canvas, &Picture::Whole, Paper::A4, Ink::Pdf), 0))).await
        }
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
        Some((key, "png")) => (key.to_owned(), Ink::Png),
        Some((key, "svg")) => (key.to_owned(), Ink::Svg),
        _ => return missing::page(),
    };
    let order = move || {
        let (picture, page) = asked(&key, &sheet.canvas)?;
        Some((Order::picture(&sheet.canvas, &picture, Paper::Screen, ink), page))
    };
    web.drawn(order).await
}

/// What takes some milliseconds, away from the threads that wait for sockets.
async fn aside<T: Send + 'static>(make: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(make).await.ok()
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
    /// A page of a picture as a file; a PDF holds all its pages. Whoever asks for what is drawn for others already waits
    /// for the same drawing.
    async fn drawn(&self, order: impl FnOnce() -> Option<(Order, usize)> + Send + 'static) -> Response {
        let Some(order) = aside(order).await else { return missing::not_now() };
        let Some((order, page)) = order else { return missing::page() };
        match self.0.app.draw_within(&order, &self.0.drawing).await {
            Ok(drawing) => match drawing.pages.into_iter().nth(page) {
                Some(page) => ([(CONTENT_TYPE, kind(order.ink))], page).into_response(),
                None => missing::page(),
            },
            Err(Undrawn::Busy) => missing::not_now(),
            Err(Undrawn::TooLong | Undrawn::TooLarge | Undrawn::Failed { .. }) => missing::not_drawn(),
        }
    }
}

impl Sheet {
    /// As Markdown, made for the first who asks; all others get the same.
    fn outline(&self) -> Bytes {
        self.outline.get_or_init(|| canvas::outline(&self.canvas).into()).clone()
    }

    /// As data, likewise.
    fn json(&self) -> Bytes {
        self.json.get_or_init(|| canvas::json(&self.canvas).into()).clone()
    }
}

fn text(kind: &'static str, file: &str, text: Option<Bytes>) -> Response {
    let Some(text) = text else { return missing::not_now() };
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
