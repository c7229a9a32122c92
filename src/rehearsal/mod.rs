//! Rehearsal: simulated people walk a whole Path, acting only as Discord users do.
//!
//! A [`script`] says who they are, what each answers and which canvas must come of it. The
//! conductor starts the stand-in for Discord and the real bot, lets people come one at a time in
//! world time, and compares the canvas in the end.

pub mod answer;
pub mod check;
pub mod check_answer;
pub mod deed;
pub mod effort;
pub mod expect;
pub mod fault;
pub mod figuring;
pub mod giving;
pub mod hand;
pub mod labels;
pub mod memory;
pub mod person;
pub mod read;
pub mod script;
pub mod stage;
pub mod wrong;

#[cfg(test)]
mod tests;
