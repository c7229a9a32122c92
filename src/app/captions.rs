//! The words around a canvas, from the words of a language.

use crate::canvas::{Canvas, Captions, compile};
use crate::path::{Plan, View};
use crate::prompts::{Prompts, Words};

/// The canvas of a view, in the partnership's language.
#[must_use]
pub fn canvas_of(view: &View, prompts: &Prompts) -> Canvas {
    let plan = &view.shown().plan;
    let words = prompts.words_in(&view.shown().partnership.language);
    compile(view, &words.map(|words| captions(plan, words)).unwrap_or_default())
}

fn captions(plan: &Plan, words: &Words) -> Captions {
    let section = |key: &str| {
        let words = words.section(key);
        (words.title, words.empty)
    };
    Captions {
        sections: plan.sections.iter().map(|planned| (planned.key.clone(), section(&planned.key))).collect(),
        phases: plan.phases.iter().map(|phase| (phase.key.clone(), words.phase(&phase.key).title)).collect(),
        labels: words.canvas_labels(),
    }
}
