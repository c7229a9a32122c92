//! The page itself, and the script that keeps it new.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::guard::Reader;
use super::pages::Sheet;
use super::{Web, missing};
use crate::canvas::{self, Around};

/// The page's own script.
const SCRIPT: &str = include_str!("board.js");
/// Where it is, seen from the page.
const SCRIPT_FROM_PAGE: &str = "../../board.js";

/// What is offered beside the page: which file, and the canvas's word for it.
const FILES: [(&str, &str); 4] =
    [("canvas.pdf", "as_pdf"), ("picture/whole.png", "as_png"), ("canvas.md", "as_md"), ("canvas.json", "as_json")];

/// The address as it is given away: it leads to the page, which stands above its files, so that their
/// addresses need no token.
pub(super) async fn door(State(web): State<Web>, reader: Reader, Path(token): Path<String>) -> Response {
    match web.read(token.clone()).await {
        // From here on, wherever a proxy has put it. What opens something has letters and digits only.
        Some(_) => Redirect::temporary(&format!("{token}/")).into_response(),
        None => web.refuse(&reader),
    }
}

/// The board page.
pub(super) async fn page(State(web): State<Web>, reader: Reader, Path(token): Path<String>) -> Response {
    let Some(sheet) = web.read(token).await else { return web.refuse(&reader) };
    match tokio::task::spawn_blocking(move || sheet.page()).await {
        Ok(page) => Html(page).into_response(),
        Err(_) => missing::not_now(),
    }
}

/// The script.
pub(super) async fn script() -> Response {
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT).into_response()
}

impl Sheet {
    /// As a page, drawn for the first who asks; all others get the same one.
    fn page(&self) -> Bytes {
        let drawn = self.page.get_or_init(|| {
            let words = &self.canvas.words;
            // All addresses are relative, so that the page may stand below any address a proxy gives it.
            let files =
                FILES.iter().map(|(file, word)| ((*file).into(), words.get(*word).cloned().unwrap_or_default()));
            let around = Around { script: SCRIPT_FROM_PAGE.into(), mark: self.mark.clone(), files: files.collect() };
            canvas::live(&self.canvas, &around).into()
        });
        drawn.clone()
    }
}

impl Web {
    /// What a token opens, away from the threads that wait for sockets.
    pub(super) async fn read(&self, token: String) -> Option<Arc<Sheet>> {
        let web = self.clone();
        let sheet = tokio::task::spawn_blocking(move || web.0.pages.opened_by(&web.0.app, &token));
        sheet.await.ok().flatten()
    }

    /// The answer to a token that opens nothing; to whoever tries many of them, to wait.
    pub(super) fn refuse(&self, reader: &Reader) -> Response {
        self.0.counters.missed();
        if self.0.guesses.missed(reader.address) { missing::too_often() } else { missing::page() }
    }
}
