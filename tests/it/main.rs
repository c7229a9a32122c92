//! One integration binary; each module is one subject.

mod sandbox_bot;
mod sandbox_gateway;
mod sandbox_interactions;
mod sandbox_messages;
mod sandbox_oracle;
mod sandbox_rest;
mod sandbox_rules;
mod sandbox_socket;
mod sandbox_world;
