mod documents;
mod hostile;
mod hand;
mod ruvani;
mod shapes;
mod trees;
