//! Migrations: in order, named as sentences, in words that SQLite and PostgreSQL read alike.

use crate::source::Finding;

/// Words that one database reads and the other does not, or reads otherwise.
const UNPORTABLE: [&str; 31] = [
    "AUTOINCREMENT",
    "BIGSERIAL",
    "BLOB",
    "BOOL",
    "BOOLEAN",
    "BYTEA",
    "CHAR",
    "CURRENT_TIMESTAMP",
    "DATE",
    "DATETIME",
    "DOUBLE",
    "ENUM",
    "FLOAT",
    "INT",
    "INTEGER",
    "INTERVAL",
    "JSON",
    "JSONB",
    "NOW",
    "NUMERIC",
    "PRAGMA",
    "REAL",
    "ROWID",
    "SERIAL",
    "SMALLINT",
    "STRICT",
    "TIMESTAMP",
    "TIMESTAMPTZ",
    "UUID",
    "VARCHAR",
    "STRFTIME",
];

/// Digits of year, month, day, hour, minute and second.
const STAMP_DIGITS: usize = 14;

/// Names that are no moment and sentence, or not in order. `names` as the folder lists them, sorted.
pub fn misnamed(names: &[&str]) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut last = "";
    for name in names {
        let (stamp, rest) = name.split_at_checked(STAMP_DIGITS).unwrap_or((name, ""));
        let is_sentence = rest.strip_prefix('_').and_then(|rest| rest.strip_suffix(".sql")).is_some_and(|sentence| {
            sentence.split('_').count() >= 3
                && sentence
                    .chars()
                    .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
        });
        if !stamp.bytes().all(|byte| byte.is_ascii_digit()) || !is_sentence {
            found.push(Finding::new(
                &format!("migrations/{name}"),
                0,
                "is not named `<moment>_<what_is_true_from_now_on>.sql`",
            ));
        } else if stamp <= last {
            found.push(Finding::new(&format!("migrations/{name}"), 0, "has the moment of the one before"));
        } else {
            last = stamp;
        }
    }
    found
}

/// Words that only one of the two databases understands.
pub fn unportable(path: &str, text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let code = line.split("--").next().unwrap_or(line);
        // Columns are written small; what one compares with stands in quotes.
        let plain: String = code.split('\'').step_by(2).collect::<Vec<_>>().join(" ");
        let words = plain.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
        for word in words.filter(|word| UNPORTABLE.contains(&word.to_uppercase().as_str())) {
            found.push(Finding::new(path, n + 1, format!("`{word}`: TEXT and BIGINT only, no clock, no dialect")));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{misnamed, unportable};

    #[test]
    fn names_out_of_order_are_found() {
        assert!(misnamed(&["20260101000000_a_card_is_kept.sql", "20260101000001_b_is_kept_too.sql"]).is_empty());
        for names in [
            ["20260101000000_a_card_is_kept.sql", "20260101000000_b_is_kept_too.sql"],
            ["0001_init.sql", "20260101000000_a_card_is_kept.sql"],
            ["20260101000000_a_card_is_kept.sql", "20260101000001_init.sql"],
        ] {
            assert_eq!(misnamed(&names).len(), 1, "{names:?}");
        }
    }

    #[test]
    fn words_of_one_database_are_found() {
        let text = "a BIGINT NOT NULL, -- a DATE\nb TEXT CHECK (b IN ('date', 'real')),\nc INTEGER, d boolean\n";
        let lines: Vec<usize> = unportable("a.sql", text).iter().map(|finding| finding.line).collect();
        assert_eq!(lines, [3, 3]);
    }
}
