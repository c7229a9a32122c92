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
    /// Changes when anything on it does; what stands before the first dash only when more than the day does.
    pub mark: String,
    /// The same as a page, once somebody has asked for it.
    pub page: OnceLock<Bytes>,
    /// As an outline, likewise.
    pub outline: OnceLock<Bytes>,
    /// As data, likewise.
    pub json: OnceLock<Bytes>,
}

/// The canvases that are ready, by board and kind of eyes; good for one revision and one day.
#[derive(Default)]
pub(super) struct Pages(Kept<(PartnershipId, Viewer), (i64, NaiveDate), Sheet>);

impl Pages {
    /// What a token opens now, made anew if the board has changed. It may take some milliseconds.
    pub fn opened_by(&self, app: &App, token: &str) -> Option<Arc<Sheet>> {
        let (id, viewer) = app.shared(token)?;
        let stamp = || Some((*app.subscribe(id)?.borrow(), app.day(id, viewer)?));
        let make = || {
            let canvas = app.canvas(id, viewer)?.timeless();
            let [page, outline, json] = [OnceLock::new(), OnceLock::new(), OnceLock::new()];
            Some(Sheet { mark: mark(&canvas), canvas, page, outline, json })
        };
        self.0.get((id, viewer), stamp, make)
    }
}

/// A mark of what a canvas shows, the same as long as it shows the same, and the day. They stand apart, so that a page
/// can tell whether there is news: that another day has come is none.
fn mark(canvas: &Canvas) -> String {
    let mut dayless = canvas.clone();
    dayless.head.at = dayless.head.founded;
    let digest = Sha256::digest(canvas::json(&dayless).as_bytes());
    let mut mark = digest.iter().fold(String::new(), |mut mark, byte| {
        let _ = write!(mark, "{byte:02x}");
        mark
    });
    mark.truncate(MARK_LETTERS);
    let _ = write!(mark, "-{}", canvas.head.at.date_naive());
    mark
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;
    use crate::canvas::{Captions, compile};
    use crate::path::{Board, Partnership, RoomId, view};
    use crate::prompts;

    fn drawn(name: &str, at: &str) -> String {
        let at: DateTime<Utc> = at.parse().unwrap();
        let partnership = Partnership {
            id: PartnershipId(1),
            name: name.to_owned(),
            language: "en".to_owned(),
            house: 1,
            room: RoomId(1),
            welcome: String::new(),
            founded: "2026-03-02T07:00:00Z".parse().unwrap(),
        };
        let plan = prompts::load(&prompts::built_in()).unwrap().plan;
        let board = Board::new(partnership, Arc::new(plan));
        mark(&compile(&view(&board, Viewer::Room, at), &Captions::default()).timeless())
    }

    #[test]
    fn another_day_changes_the_mark_and_is_no_news() {
        let [friday, evening, saturday] =
            ["2026-05-08T07:00:00Z", "2026-05-08T20:00:00Z", "2026-05-09T07:00:00Z"].map(|at| drawn("Clean River", at));
        let news = |mark: &str| mark.split('-').next().unwrap().to_owned();
        assert_eq!(friday, evening, "nothing changes within a day");
        assert_ne!(friday, saturday, "the page has another date");
        assert_eq!(news(&friday), news(&saturday), "and nothing that is told");
        assert_ne!(news(&friday), news(&drawn("Clean Rivers", "2026-05-08T07:00:00Z")));
    }
}
