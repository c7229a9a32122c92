//! Boards put up by hand, and what the canvas makes of them.

mod bars;
mod documents;
mod hand;
mod hostile;
mod lines;
mod ruvani;
mod shapes;
mod trees;
