//! How fast it is, as ratios: `cargo bench`.
//!
//! Numbers of one machine say little about another, so each stands beside a floor that was measured in the
//! same run: a bot that only echoes (what serenity, HTTP and the stand-in cost without us), and bare commits
//! to SQLite with `synchronous = FULL` (what the disk costs). Everything shares one process: stand-in,
//! bots and the people who press. Bounded: about half a minute.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and ends where it cannot measure")]

mod commits;
mod core;
mod echo;
mod measured;
#[path = "../../tests/it/town.rs"]
#[expect(dead_code, reason = "tests use the rest of it")]
mod town;
mod whole;

fn main() {
    println!("The pure core: decide and apply, on a board in the middle of the Path");
    core::run();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(whole::run());
}
