//! The canvas in its other forms: one list, by which they are offered, asked for and made.

use tokio::runtime::{Handle, RuntimeFlavor};

use super::escape::fit;
use super::limits::ALT_CHARS_MAX;
use super::screen::File;
use crate::app::captions_of;
use crate::canvas::draw::{Paper, Picture, alt};
use crate::canvas::sheet::{bundle, csv, log_csv, xlsx};
use crate::canvas::{Canvas, Captions, html, ics, json, log, outline};
use crate::path::View;
use crate::prompts::Prompts;

/// Makes something that takes a while, on this very thread; whoever else is answered on it moves to another one first.
pub fn aside<T>(make: impl FnOnce() -> T) -> T {
    // A runtime of one thread has no other, and would take it ill.
    match Handle::try_current().map(|runtime| runtime.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(make),
        _ => make(),
    }
}

/// A form of the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A poster for the wall.
    Poster,
    /// Pages to print.
    Pages,
    /// One page for a browser.
    Page,
    /// Headings and bullets.
    Outline,
    /// Data for programs.
    Data,
    /// All cards and figures, as one workbook.
    Book,
    /// The same, as plain tables: more than one message may carry, so they come in one file.
    Tables,
    /// What was decided: to read, as a table and as data.
    Decisions,
    /// Ends and next steps, for calendars.
    Calendar,
}

/// All forms: key, form. The words are `form-<key>` in the labels.
pub const FORMS: [(&str, Form); 9] = [
    ("a3", Form::Poster),
    ("a4", Form::Pages),
    ("html", Form::Page),
    ("md", Form::Outline),
    ("json", Form::Data),
    ("xlsx", Form::Book),
    ("csv", Form::Tables),
    ("log", Form::Decisions),
    ("ics", Form::Calendar),
];

/// The form of this key.
#[must_use]
pub fn form(key: &str) -> Option<Form> {
    FORMS.iter().find(|(known, _)| *known == key).map(|(_, form)| *form)
}

impl Form {
    /// The paper that it is drawn on; none where nothing is drawn.
    #[must_use]
    pub fn paper(self) -> Option<Paper> {
        match self {
            Self::Poster => Some(Paper::A3),
            Self::Pages => Some(Paper::A4),
            Self::Page | Self::Outline | Self::Data | Self::Book | Self::Tables | Self::Decisions | Self::Calendar => {
                None
            }
        }
    }

    /// Its files, where they need no drawing.
    #[must_use]
    pub fn files(self, view: &View, canvas: &Canvas, prompts: &Prompts) -> Vec<File> {
        let captions = || captions_of(view, prompts);
        let said = |name: String, bytes: Vec<u8>| File { name, bytes, alt: said(canvas) };
        match self {
            Self::Poster | Self::Pages => Vec::new(),
            Self::Page => vec![said("canvas.html".to_owned(), html(canvas).into_bytes())],
            Self::Outline => vec![in_outline(canvas)],
            Self::Data => vec![said("canvas.json".to_owned(), json(canvas).into_bytes())],
            Self::Book => vec![said("canvas.xlsx".to_owned(), xlsx(view, &captions()))],
            Self::Calendar => vec![said("path.ics".to_owned(), ics(view, &captions()).into_bytes())],
            Self::Decisions => decisions(view, &captions()),
            Self::Tables => vec![said("canvas-tables.zip".to_owned(), bundle(&csv(view, &captions())))],
        }
    }
}

/// The decision log in its three forms.
fn decisions(view: &View, words: &Captions) -> Vec<File> {
    let log = log::compile(view, words);
    let (text, data) = (log::markdown(&log, words), log::json(&log));
    let (name, bytes) = ("decisions.csv".to_owned(), log_csv(&log, words));
    let table = File { name, bytes, alt: fit(&log.title, ALT_CHARS_MAX) };
    vec![text_file("decisions.md", text, &log.title), table, text_file("decisions.json", data, &log.title)]
}

/// The canvas as an outline.
#[must_use]
pub fn in_outline(canvas: &Canvas) -> File {
    text_file("canvas.md", outline(canvas), &said(canvas))
}

/// The canvas in words: what is there even where nothing can be drawn.
#[must_use]
pub fn in_words(canvas: &Canvas) -> Vec<File> {
    vec![text_file("canvas.html", html(canvas), &said(canvas)), in_outline(canvas)]
}

fn said(canvas: &Canvas) -> String {
    fit(&alt(canvas, &Picture::Whole), ALT_CHARS_MAX)
}

/// A text as a file.
#[must_use]
pub fn text_file(name: &str, text: String, alt: &str) -> File {
    File { name: name.to_owned(), bytes: text.into_bytes(), alt: fit(alt, ALT_CHARS_MAX) }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::time::Duration;

    use super::aside;

    #[tokio::test(flavor = "multi_thread", worker_threads = 1)]
    async fn others_are_answered_while_a_form_is_made() {
        let (done, awaited) = channel();
        let made = tokio::spawn(async move {
            // Put onto the same and only thread, and done before this is.
            drop(tokio::spawn(async move { done.send("answered").unwrap() }));
            aside(|| awaited.recv_timeout(Duration::from_secs(20)))
        });
        assert_eq!(made.await.unwrap(), Ok("answered"));
        assert_eq!(tokio::task::spawn_blocking(|| aside(|| 1)).await.unwrap(), 1);
    }

    #[tokio::test]
    async fn where_there_is_one_thread_it_is_made_on_that() {
        assert_eq!(aside(|| 1), 1);
    }
}
