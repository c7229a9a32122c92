//! The checker: every fault of plan and words at once, with file and line, and how to mend it.

mod chart;
mod drafting;
mod plan;
mod refusals;
mod short;
mod words;

#[cfg(test)]
mod small;
#[cfg(test)]
mod tests;

pub(super) use plan::plan;
pub(super) use short::short_texts;
pub(super) use words::words;
