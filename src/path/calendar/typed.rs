//! Dates as people type them: *2026-03-20*, *20 March*, *20 March 2026*, *20.3.2026*.

use chrono::{Datelike, NaiveDate};

/// The months as they are typed: the first three letters are enough.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The date that somebody typed on a day; without a year, the next one with that name. Where a form could mean two
/// days (3/4), it means none.
#[must_use]
pub fn typed_date(typed: &str, today: NaiveDate) -> Option<NaiveDate> {
    let typed = typed.trim();
    if let Ok(date) = typed.parse() {
        return Some(date);
    }
    let parts: Vec<&str> = typed.split([' ', ',', '.']).filter(|part| !part.is_empty()).collect();
    let (day, month, year) = match parts.as_slice() {
        [one, other] => (*one, *other, None),
        [one, other, year] => (*one, *other, Some(year.parse::<i32>().ok()?)),
        _ => return None,
    };
    let (day, month) = match (number(day), named(month), named(day), number(month)) {
        (Some(day), Some(month), _, _) | (_, _, Some(month), Some(day)) => (day, month),
        (Some(day), None, None, Some(month)) if typed.contains('.') => (day, month),
        _ => return None,
    };
    match year {
        Some(year) => NaiveDate::from_ymd_opt(year, month, day),
        None => {
            let this = NaiveDate::from_ymd_opt(today.year(), month, day).filter(|date| *date >= today);
            this.or_else(|| NaiveDate::from_ymd_opt(today.year() + 1, month, day))
        }
    }
}

fn number(text: &str) -> Option<u32> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &text[digits.len()..];
    if matches!(ending, "" | "st" | "nd" | "rd" | "th") { digits.parse().ok() } else { None }
}

fn named(text: &str) -> Option<u32> {
    let lower = text.to_lowercase();
    let first = lower.get(..3)?;
    let at = MONTHS.iter().position(|month| *month == first)?;
    u32::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::typed_date;

    #[test]
    fn dates_are_read_as_people_type_them() {
        let today = "2026-03-10".parse().unwrap();
        let cases = [
            ("2026-03-20", "2026-03-20"),
            (" 20 March ", "2026-03-20"),
            ("March 20", "2026-03-20"),
            ("20th mar 2027", "2027-03-20"),
            ("20.3.2026", "2026-03-20"),
            ("20.3.", "2026-03-20"),
            ("9 March", "2027-03-09"),
            ("10 March", "2026-03-10"),
        ];
        for (typed, date) in cases {
            assert_eq!(typed_date(typed, today).map(|date| date.to_string()).as_deref(), Some(date), "{typed}");
        }
        for typed in ["", "soon", "3/4", "31 April", "2026-02-30", "20 3", "20", "März 20x", "1 2 3 4", "é20 ×"] {
            assert_eq!(typed_date(typed, today), None, "{typed}");
        }
    }
}
