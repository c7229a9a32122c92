//! Tests through the program's own doors, in one binary; each module is one subject.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::pedantic,
    reason = "tests say what they expect by failing, and are read as stories"
)]

mod approving;
mod bad_input;
mod canvas_shared;
mod channel_posts;
mod clusters;
mod discord_canvas;
mod discord_house;
mod discord_nudge;
mod discord_poll;
mod discord_public_poll;
mod discord_record;
mod discord_rules;
mod discord_rules_table;
mod discord_schema;
mod discord_walk;
mod discord_weather;
mod drafting;
mod drawing;
mod founded;
mod host_and_late;
mod invitation;
mod joining;
mod late;
mod meeting;
mod printed;
mod record_replay;
mod rehearsal;
mod reopening;
mod rounds;
mod sandbox_bot;
mod sandbox_clients;
mod sandbox_desk;
mod sandbox_gateway;
mod sandbox_interactions;
mod sandbox_messages;
mod sandbox_people;
mod sandbox_polls;
mod sandbox_rules;
mod sandbox_scheduled;
mod sandbox_serenity;
mod sandbox_socket;
mod sandbox_threads;
mod sandbox_tour;
mod sandbox_weather;
mod sandbox_world;
mod share;
mod store_beside;
mod store_database;
mod store_lock;
mod store_make;
mod store_moves;
mod store_rules;
mod store_same;
mod store_story;
mod tick;
mod time_events;
mod time_hand;
mod time_itself;
mod town;
mod web_browser;
mod web_house;
mod web_live;
mod web_page;
mod zoneinfo;
