//! Tests through the program's own doors, in one binary.

mod store_database;
mod store_lock;
mod store_make;
mod store_moves;
mod store_rules;
mod store_same;
mod store_story;
