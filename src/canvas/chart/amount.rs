//! Amounts: the number at the start of what people wrote, where there is one beyond doubt.

use serde::Serialize;

/// What somebody wrote where a number was hoped for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Amount {
    /// Their words; empty where nothing was said.
    pub text: String,
    /// The number in them; none where they say none, or not clearly. Nothing is guessed.
    pub number: Option<f64>,
}

impl Amount {
    /// What these words say.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self { text: text.to_owned(), number: number(text) }
    }
}

/// Signs that may stand before a number without changing it.
const BEFORE: [char; 6] = ['~', '≈', '€', '$', '£', '¥'];

/// The number a text begins with: *38 (2025-11)* is 38, *1,500 bags* is 1500. A date, a fraction, a
/// span, and words such as *to be measured by 2026* have none.
fn number(text: &str) -> Option<f64> {
    let text = text.trim().trim_start_matches(BEFORE).trim_start();
    let (sign, text) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (-1.0, rest),
        None => (1.0, text),
    };
    let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',' | '\'' | '\u{a0}' | '\u{202f}');
    let end = text.find(|letter: char| !is_part(letter)).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let goes_on = rest.trim_start().starts_with(['-', '–', '—', '/', ':', '.', '+']);
    let starts = digits.starts_with(|letter: char| letter.is_ascii_digit());
    // *10 000 bags*: groups of three after a space belong to the number, but *3 000* and *3 100 l* look alike.
    let is_split = rest.trim_start().starts_with(|letter: char| letter.is_ascii_digit());
    if !starts || goes_on || is_split {
        return None;
    }
    plain(digits.trim_end_matches(['.', ',']))?.parse::<f64>().ok().map(|number| sign * number)
}

/// Digits with their thousands taken out; none where a sign may mean either.
fn plain(digits: &str) -> Option<String> {
    let marks: Vec<(usize, char)> = digits.char_indices().filter(|(_, letter)| !letter.is_ascii_digit()).collect();
    let after = |at: usize, mark: char| digits.len() - at - mark.len_utf8();
    let Some((at, mark)) = marks.first().copied() else { return Some(digits.to_owned()) };
    let is_thousands =
        digits.split(mark).skip(1).all(|group| group.len() == 3) && marks.iter().all(|(_, m)| *m == mark);
    match (mark, marks.len()) {
        // *0.125* can be no thousand; *1.200* can be either, and *1,200* is taken as most write it.
        ('.' | ',', 1) if after(at, mark) != 3 || digits.starts_with('0') => Some(digits.replace(mark, ".")),
        ('.', 1) => None,
        (_, _) if is_thousands => Some(digits.replace(mark, "")),
        (_, 2..) => {
            // *1.234,5* and *1,234.5*: the last sign is the point, those before are thousands.
            let (last_at, last) = marks.last().copied()?;
            let (whole, part) = digits.split_at(last_at);
            let grouped = whole.split(mark).skip(1).all(|group| group.len() == 3);
            let alike = marks[..marks.len() - 1].iter().all(|(_, m)| *m == mark);
            let fits = last != mark && matches!(last, '.' | ',') && grouped && alike;
            fits.then(|| format!("{}.{}", whole.replace(mark, ""), &part[last.len_utf8()..]))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn a_number_is_read_only_where_it_is_beyond_doubt() {
        let said = [
            ("38 (2025-11)", 38.0),
            ("38%", 38.0),
            ("~ 40 tonnes", 40.0),
            ("1,500 bags", 1500.0),
            ("1'250'000", 1_250_000.0),
            ("12.5", 12.5),
            ("12,5 kg", 12.5),
            ("0.125", 0.125),
            ("1,234.5", 1234.5),
            ("1.234,5", 1234.5),
            ("-3 °C", -3.0),
            ("€ 20", 20.0),
            ("75.", 75.0),
        ];
        for (text, expected) in said {
            assert_eq!(number(text), Some(expected), "{text}");
        }
        let unsaid = [
            "",
            "to be measured by 2026-12",
            "2026-12",
            "10-20",
            "10 – 20",
            "1/3",
            "12:30",
            "1.200",
            "10 000",
            "none yet",
            "about 5",
            "+",
            "-",
            "1,2,3",
            "١٢",
            "half",
            "12..5",
        ];
        for text in unsaid {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
