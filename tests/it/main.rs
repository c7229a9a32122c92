//! One integration binary; each module is one subject.

mod sandbox_bot;
mod sandbox_world;
