//! Joint Path: a Discord bot that runs the Path of Joint Action for partners who cannot meet in one room.
//!
//! The modules, innermost first. An inner one never knows an outer one; `tests/tidy/` and the
//! compiler (`cargo check --no-default-features --lib`) hold them to it.

pub mod canvas;
pub mod path;
pub mod prompts;

#[cfg(feature = "bot")]
pub mod app;
#[cfg(feature = "bot")]
pub mod config;
#[cfg(feature = "bot")]
pub mod discord;
#[cfg(feature = "bot")]
pub mod rehearsal;
#[cfg(feature = "bot")]
pub mod sandbox;
#[cfg(feature = "bot")]
pub mod store;
#[cfg(feature = "bot")]
pub mod verbs;
#[cfg(feature = "bot")]
pub mod web;
