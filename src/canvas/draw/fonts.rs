//! The faces that pictures are set in: Inter, built in, and what the caller found on the machine.

use std::collections::BTreeSet;
use std::fmt;

use damascene_fonts_inter::{INTER_VARIABLE, INTER_VARIABLE_ITALIC};
use serde_json::Value;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;
use typst_kit::fonts::{FontSource, FontStore};
use unicode_script::{Script, UnicodeScript};

/// The families that letters are looked for in, first come first. Debian has them in
/// `fonts-noto-core`, `fonts-noto-cjk` and `fonts-noto-color-emoji`.
pub const FAMILIES: &[&str] = &[
    "Inter",
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Bengali",
    "Noto Sans Gurmukhi",
    "Noto Sans Gujarati",
    "Noto Sans Tamil",
    "Noto Sans Telugu",
    "Noto Sans Kannada",
    "Noto Sans Malayalam",
    "Noto Sans Sinhala",
    "Noto Sans Thai",
    "Noto Sans Lao",
    "Noto Sans Khmer",
    "Noto Sans Myanmar",
    "Noto Sans Georgian",
    "Noto Sans Armenian",
    "Noto Sans Ethiopic",
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Sans CJK KR",
    "Noto Sans Symbols",
    "Noto Sans Symbols 2",
    "Noto Color Emoji",
];

/// Faces to draw with.
pub struct Fonts {
    store: FontStore,
}

impl fmt::Debug for Fonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fonts").field("families", &self.families()).finish_non_exhaustive()
    }
}

impl Fonts {
    /// The faces that are built in: Inter, upright and italic.
    #[must_use]
    pub fn built_in() -> Self {
        let mut store = FontStore::new();
        for face in [INTER_VARIABLE, INTER_VARIABLE_ITALIC] {
            store.extend(Font::iter(Bytes::new(face)).map(|font| {
                let info = font.info().clone();
                (font, info)
            }));
        }
        Self { store }
    }

    /// The same, and faces that were found elsewhere.
    #[must_use]
    pub fn and<T: FontSource>(mut self, faces: impl IntoIterator<Item = (T, FontInfo)>) -> Self {
        self.store.extend(faces);
        self
    }

    /// The families that are here, in the order in which they are tried.
    #[must_use]
    pub fn families(&self) -> Vec<&'static str> {
        FAMILIES.iter().copied().filter(|family| self.book().contains_family(&family.to_lowercase())).collect()
    }

    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        self.store.book()
    }

    pub(super) fn font(&self, index: usize) -> Option<Font> {
        self.store.font(index)
    }

    /// The scripts of letters in a value's texts that no face has, by their Unicode names.
    #[must_use]
    pub fn missing(&self, data: &Value) -> Vec<String> {
        let mut letters = BTreeSet::new();
        gather(data, &mut letters);
        let book = self.book();
        let faces: Vec<&FontInfo> = (0..).map_while(|index| book.info(index)).collect();
        let has = |letter: char| faces.iter().any(|face| face.coverage.contains(u32::from(letter)));
        let lacking = letters.into_iter().filter(|letter| is_drawn(*letter) && !has(*letter));
        let scripts: BTreeSet<&str> = lacking.map(|letter| name(letter.script())).collect();
        scripts.into_iter().map(|script| script.replace('_', " ")).collect()
    }
}

/// Letters of the texts; keys are ours.
fn gather(value: &Value, letters: &mut BTreeSet<char>) {
    match value {
        Value::String(text) => letters.extend(text.chars()),
        Value::Array(list) => list.iter().for_each(|one| gather(one, letters)),
        Value::Object(fields) => fields.values().for_each(|value| gather(value, letters)),
        _ => {}
    }
}

/// Whether a letter needs a face: spaces, joiners, marks of direction and of style do not.
fn is_drawn(letter: char) -> bool {
    let unseen = letter.is_whitespace()
        || letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}');
    !unseen && letter.script() != Script::Inherited
}

/// What a script is called; signs belong to none.
fn name(script: Script) -> &'static str {
    if script == Script::Common { "Symbols" } else { script.full_name() }
}
