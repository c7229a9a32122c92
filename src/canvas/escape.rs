//! People's words as leaves: nothing in them can become layout, link, mention or direction.

/// Words as they may stand on a canvas: without control and direction characters.
///
/// The door cleans too (`path::wording::clean`); the canvas does not rely on it. Direction marks
/// that override or embed (U+202A-202E, U+2066-2069) can make a line read as its opposite. U+FFFE and
/// U+FFFF are no characters: no XML may hold them, so a sheet or document with one would not open.
pub(super) fn leaf(text: &str) -> String {
    let kept = text.chars().filter_map(|letter| match letter {
        '\n' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' | '\r' => Some(' '),
        '\u{200e}'
        | '\u{200f}'
        | '\u{061c}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}'
        | '\u{fffe}'
        | '\u{ffff}'
        | '\u{e0000}'..='\u{e007f}' => None,
        letter if letter.is_control() => None,
        letter => Some(letter),
    });
    kept.collect::<String>().trim().to_owned()
}

/// A text of so many UTF-16 units at most, with a mark where it was cut.
pub(super) fn cut(text: &str, most: usize, mark: &str) -> String {
    let units = |text: &str| text.encode_utf16().count();
    if units(text) <= most {
        return text.to_owned();
    }
    let mut room = most.saturating_sub(units(mark));
    let mut kept = String::new();
    for letter in text.chars() {
        if letter.len_utf16() > room {
            break;
        }
        room -= letter.len_utf16();
        kept.push(letter);
    }
    kept + mark
}

/// Words as a leaf of a Markdown document: one line, and every sign that means something escaped.
///
/// Written for `CommonMark`, its GitHub flavour and Discord's dialect, all of which take a backslash
/// before any punctuation. A mention is broken by a zero-width space after its `@`, since a
/// backslash alone does not reach whoever looks for mentions before the text is drawn.
pub(super) fn markdown(text: &str) -> String {
    let line = leaf(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let letters: Vec<char> = line.chars().collect();
    let mut out = String::with_capacity(line.len() + 16);
    for (at, letter) in letters.iter().copied().enumerate() {
        let next = letters.get(at + 1).copied();
        if means_something(letter, next, at, &letters) {
            out.push('\\');
        }
        out.push(letter);
        if letter == '@' {
            out.push('\u{200b}');
        }
    }
    out
}

/// Whether a sign would mean something to a Markdown reader where it stands.
fn means_something(letter: char, next: Option<char>, at: usize, letters: &[char]) -> bool {
    match letter {
        '\\' | '`' | '*' | '_' | '~' | '|' | '<' | '>' | '[' | ']' => true,
        '&' => next.is_some_and(|next| next == '#' || next.is_ascii_alphanumeric()),
        ':' => next == Some('/'),
        '#' | '-' | '+' | '=' => at == 0,
        '.' | ')' => {
            let before = &letters[..at];
            let numbers = !before.is_empty() && before.iter().all(char::is_ascii_digit);
            numbers && next.is_none_or(char::is_whitespace) || letter == '.' && ends_in_www(before)
        }
        _ => false,
    }
}

/// Whether these letters end in `www`, which some readers turn into a link.
fn ends_in_www(letters: &[char]) -> bool {
    letters.len() >= 3 && letters[letters.len() - 3..].iter().all(|letter| letter.eq_ignore_ascii_case(&'w'))
}
