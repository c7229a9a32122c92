//! The desk at which a picture is laid out: the templates, the order, the faces, and nothing else.
//!
//! This is all of the world that typst sees: no other file is there to be read, no package, no network,
//! no date. Whatever a template, or a text that were mistaken for one, asks for is not found.

use std::sync::LazyLock;

use serde_json::Value;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Binding, Bytes, Datetime, Duration, Func, NativeFunc};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;

use super::measure::measure;
use super::{DrawError, Fonts};

/// The templates, by name; `build.rs` lists them.
pub(super) const TEMPLATES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/typst.rs"));
/// The template that is read first.
const MAIN: &str = "main.typ";
/// Under this name the templates read the order.
const ORDER: &str = "order.json";
/// Under this name they read which families of faces there are, in the order in which letters are looked for in them. It is
/// no part of the order: what does not change from order to order has not to be read again.
const FACES: &str = "faces.json";

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    let mut library = Library::default();
    let ours = Func::from(measure::data());
    library.global.scope_mut().bind("measure".into(), Binding::detached(ours));
    LazyHash::new(library)
});
static SOURCES: LazyLock<Vec<Source>> =
    LazyLock::new(|| TEMPLATES.iter().map(|(name, text)| Source::new(file(name), (*text).to_owned())).collect());

/// One order on the desk.
pub(super) struct Desk<'a> {
    fonts: &'a Fonts,
    order: Bytes,
    faces: Bytes,
}

impl<'a> Desk<'a> {
    pub fn new(order: &Value, fonts: &'a Fonts) -> Self {
        let bytes = |value: &Value| Bytes::new(value.to_string().into_bytes());
        Self { fonts, order: bytes(order), faces: bytes(&fonts.families().into()) }
    }
}

/// Lays an order out in pages.
pub(super) fn lay_out(order: &Value, fonts: &Fonts) -> Result<PagedDocument, DrawError> {
    let desk = Desk::new(order, fonts);
    typst::compile::<PagedDocument>(&desk).output.map_err(|faults| {
        DrawError::Layout(faults.iter().map(|fault| said(&desk, fault)).collect::<Vec<_>>().join("; "))
    })
}

/// A fault with its place. What it quotes is left out: that may be somebody's words.
fn said(desk: &Desk<'_>, fault: &SourceDiagnostic) -> String {
    let place = fault.span.id().map_or_else(String::new, |id| {
        let line = desk
            .range(fault.span)
            .and_then(|range| desk.source(id).ok().and_then(|source| source.lines().byte_to_line(range.start)));
        format!("{}:{} ", id.get().vpath().get_without_slash(), line.unwrap_or_default() + 1)
    });
    let outside_quotes = fault.message.split('"').step_by(2).collect::<Vec<_>>().join("…");
    format!("{place}{outside_quotes}")
}

pub(super) fn file(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("BUG: the names of templates are plain");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        file(MAIN)
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        SOURCES.iter().find(|source| source.id() == id).cloned().ok_or_else(|| absent(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == file(ORDER) {
            Ok(self.order.clone())
        } else if id == file(FACES) {
            Ok(self.faces.clone())
        } else {
            Err(absent(id))
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}
