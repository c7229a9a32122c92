//! Joint Path.
