//! Boards put up by hand, and what the canvas makes of them.

mod bars;
mod calendar;
mod charts;
mod compare;
mod days;
mod documents;
mod gaps;
pub mod hand;
mod headings;
mod honest;
mod hostile;
mod lines;
mod log;
mod outside;
mod reports;
mod rewording;
pub mod ruvani;
mod shapes;
mod sheets;
mod trees;
mod triads;
mod unmasked;
mod unpacked;
