//! Rehearsal: simulated people walk a whole Path, acting only as Discord users do.
//!
//! A [`script`] says who they are, what each answers and which canvas must come of it. The
//! conductor starts the stand-in for Discord and the real bot, lets people come one at a time in
//! world time, and compares the canvas in the end.

pub mod agenda;
pub mod answer;
pub mod bot;
pub mod check;
pub mod check_answer;
pub mod compare;
pub mod conductor;
pub mod deed;
pub mod effort;
pub mod expect;
pub mod fault;
pub mod figuring;
pub mod giving;
pub mod groups;
pub mod hand;
pub mod host;
pub mod hours;
pub mod joining;
pub mod kill;
pub mod labels;
pub mod memory;
pub mod mine;
pub mod observe;
pub mod person;
pub mod read;
pub mod run;
pub mod script;
pub mod stage;
pub mod summary;
pub mod time;
pub mod transcript;
pub mod world;
pub mod wrong;

pub use bot::BotPlace;
pub use kill::KillPlan;
pub use run::{Options, run, worked_example};
pub use summary::Summary;

#[cfg(test)]
mod tests;
