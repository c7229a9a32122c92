//! The database. sqlx lives here and nowhere else.
