//! Rehearsal: simulated people walk a whole Path, acting only as Discord users do.
//!
//! A [`script`] says who they are, what each answers and which canvas must come of it. The
//! conductor starts the stand-in for Discord and the real bot, lets people come one at a time in
//! world time, and compares the canvas in the end.

mod agenda;
mod aloud;
pub mod answer;
mod bot;
pub mod boundary;
mod check;
mod check_answer;
mod compare;
mod conductor;
pub mod deed;
pub mod effort;
pub mod every;
pub mod expect;
pub mod fault;
mod figuring;
mod giving;
mod groups;
mod hand;
mod host;
mod hours;
mod joining;
mod kill;
mod labels;
pub mod limits;
mod memory;
mod mine;
pub mod nudges;
mod observe;
mod person;
pub mod read;
mod run;
pub mod script;
mod stage;
mod summary;
mod time;
mod transcript;
mod weather;
mod world;
mod wrong;

pub use bot::BotPlace;
pub use kill::{Kill, KillPlan};
pub use run::{Options, run, worked_example};
pub use summary::Summary;

#[cfg(test)]
mod tests;
