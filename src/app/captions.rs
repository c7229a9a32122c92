//! The words around a canvas, from the words of a language.

use crate::canvas::{Canvas, Captions, compile};
use crate::path::plan::Sitting;
use crate::path::{Plan, View};
use crate::prompts::{Prompts, Words};

/// The canvas of a view, in the partnership's language.
#[must_use]
pub fn canvas_of(view: &View, prompts: &Prompts) -> Canvas {
    compile(view, &captions_of(view, prompts))
}

/// The words around a canvas, its sheets and its reports, in the partnership's language.
#[must_use]
pub fn captions_of(view: &View, prompts: &Prompts) -> Captions {
    let words = prompts.words_in(&view.shown().partnership.language);
    let plan = &view.shown().plan;
    words.map(|words| captions(plan, &words.within(plan, str::to_owned))).unwrap_or_default()
}

fn captions(plan: &Plan, words: &Words) -> Captions {
    let section = |key: &str| {
        let words = words.section(key);
        (words.title, words.empty)
    };
    let sitting = |sitting: &Sitting| (format!("sitting.{}", sitting.key), words.sitting(&sitting.key).title);
    let mut labels = words.canvas_labels();
    labels.extend(plan.sittings().map(|(_, found)| sitting(found)));
    Captions {
        sections: plan.sections.iter().map(|planned| (planned.key.clone(), section(&planned.key))).collect(),
        phases: plan.all_phases().map(|phase| (phase.key.clone(), words.phase(&phase.key).title)).collect(),
        labels,
    }
}
