//! Pieces are as large as they are measured, and nothing asks where they stand.

use serde_json::json;
use typst::diag::FileResult;
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};
use typst_layout::PagedDocument;

use crate::canvas::draw::Fonts;
use crate::canvas::draw::desk::{Desk, TEMPLATES, file};

/// A desk on which another template is read first.
struct Trial<'a>(Desk<'a>, Source);

impl World for Trial<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.0.library()
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.0.book()
    }

    fn main(&self) -> FileId {
        self.1.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.1.id() { Ok(self.1.clone()) } else { self.0.source(id) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.0.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.0.font(index)
    }

    fn today(&self, offset: Option<Duration>) -> Option<Datetime> {
        self.0.today(offset)
    }
}

#[test]
fn a_piece_is_as_large_as_typst_says() {
    let fonts = Fonts::built_in();
    let text = r#"
        #import "/style.typ": dressed, row, card, fitted
        #show: dressed.with(base: 14pt)
        #let words = "When the field sees what the clinic sees, nobody has to ask twice. "
        #let pieces = (
          [#words], words * 9, par(words * 3), list[#words][#(words * 2)], table(columns: 2, words, words * 4),
          card({ par(words); place(dx: 1em, words); v(1fr); words }), block(inset: 1em, words * 5) + v(2em) + words,
          row(h => card(height: h, words), h => card(height: h, words * 4)), fitted(words * 30, 90pt), layout(size => words),
        )
        #let alike(piece, ..width) = {
          let (ours, typsts) = (measure(piece, ..width), std.measure(piece, ..width))
          assert.eq(ours, typsts)
          assert(ours.height > 10pt)
        }
        #context {
          alike(words)
          for piece in pieces { for width in (60pt, 311pt, 20em) { alike(piece, width: width) } }
        }
    "#;
    let trial = Trial(Desk::new(&json!({}), &fonts), Source::new(file("trial.typ"), text.to_owned()));
    let compiled = typst::compile::<PagedDocument>(&trial).output;
    assert!(compiled.is_ok(), "{:?}", compiled.err());
}

/// What is measured has no place yet: a number that depends on the place would come out wrong there.
#[test]
fn templates_count_pages_and_nothing_else() {
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '-';
    for (name, text) in TEMPLATES {
        let text = text.replace("counter(page)", "");
        for word in ["counter(", "query(", "state(", "locate(", "here(", "std.measure("] {
            let mut places = text.match_indices(word);
            let asked = places.any(|(at, _)| !text[..at].ends_with(is_name));
            assert!(!asked, "{name} asks with {word}) where something stands");
        }
    }
}
