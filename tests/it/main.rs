//! Tests through the program's own doors, in one binary; each module is one subject.

#![allow(
    clippy::needless_pass_by_value,
    clippy::print_stderr,
    clippy::similar_names,
    clippy::too_many_lines,
    clippy::unwrap_used,
    reason = "a test tells a story from top to bottom, and one that cannot go on has failed"
)]

mod discord_house;
mod discord_walk;
mod sandbox_bot;
mod sandbox_clients;
mod sandbox_desk;
mod sandbox_gateway;
mod sandbox_interactions;
mod sandbox_messages;
mod sandbox_oracle;
mod sandbox_people;
mod sandbox_rules;
mod sandbox_serenity;
mod sandbox_socket;
mod sandbox_threads;
mod sandbox_tour;
mod sandbox_weather;
mod sandbox_world;
mod store_database;
mod store_lock;
mod store_make;
mod store_moves;
mod store_rules;
mod store_same;
mod store_story;
mod town;
