//! Discord. serenity lives here and nowhere else.
