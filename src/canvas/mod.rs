//! The Path canvas: a view turned into sections, and sections into documents. Pure.

use std::collections::BTreeMap;

/// The words around the canvas, given by the caller.
#[derive(Clone, Debug, Default)]
pub struct Captions {
    /// Title and invitation of each section, by key.
    pub sections: BTreeMap<String, (String, String)>,
    /// Name of each phase, by key.
    pub phases: BTreeMap<String, String>,
    /// Labels of columns, choices and the like: `ask.field` and `ask.field.choice`, and single words.
    pub labels: BTreeMap<String, String>,
}
