//! The files that are built into the program, as `build.rs` found them in `prompts/`.

/// Name relative to the prompts folder, and text.
pub(super) const FILES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/prompts.rs"));
