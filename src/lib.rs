//! Joint Path: a Discord bot that runs the Path of Joint Action for partners who cannot meet in one room.
//!
//! The modules, innermost first. An inner one never knows an outer one.

/// The domain: plan, board, acts and what follows from them.
pub mod path;
