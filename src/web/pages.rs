//! What can be read at an address: a canvas, and a mark that changes when anything on it does.
//!
//! A canvas is made once for each board and kind of eyes while the board stays as it is, however
//! many read it. It is told without its hour and without the count of acts: nobody outside learns
//! from it that somebody gave something which they may not see.

use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use axum::body::Bytes;
use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::kept::Kept;
use crate::app::App;
use crate::canvas::{self, Canvas};
use crate::path::{PartnershipId, Viewer};

/// So many letters of the mark tell two states apart.
const MARK_LETTERS: usize = 16;

/// What can be read at an address.
pub(super) struct Sheet {
    /// The canvas.
    pub canvas: Canvas,
    /// Changes when anything on it does.
    pub mark: String,
    /// The same as a page, once somebody has asked for it.
    pub page: OnceLock<Bytes>,
}

/// The canvases that are ready, by board and kind of eyes; good for one revision and one day.
#[derive(Default)]
pub(super) struct Pages(Kept<(PartnershipId, Viewer), (i64, NaiveDate), Sheet>);

impl Pages {
    /// What a token opens now, made anew if the board has changed. It may take some milliseconds.
    pub fn opened_by(&self, app: &App, token: &str) -> Option<Arc<Sheet>> {
        let (id, viewer) = app.shared(token)?;
        let stamp = || Some((*app.subscribe(id)?.borrow(), app.now().date_naive()));
        let make = || {
            let canvas = app.canvas(id, viewer)?.timeless();
            Some(Sheet { mark: mark(&canvas), canvas, page: OnceLock::new() })
        };
        self.0.get((id, viewer), stamp, make)
    }
}

/// A mark of what a canvas shows, the same as long as it shows the same.
fn mark(canvas: &Canvas) -> String {
    let digest = Sha256::digest(canvas::json(canvas).as_bytes());
    let mut mark = digest.iter().fold(String::new(), |mut mark, byte| {
        let _ = write!(mark, "{byte:02x}");
        mark
    });
    mark.truncate(MARK_LETTERS);
    mark
}
