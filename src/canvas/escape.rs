//! People's words as leaves: nothing in them can become layout, link, mention or direction.

/// Words as they may stand on a canvas: without control and direction characters.
///
/// The door cleans too (`path::wording::clean`); the canvas does not rely on it. Direction marks
/// that override or embed (U+202A-202E, U+2066-2069) can make a line read as its opposite. U+FFFE and
/// U+FFFF are no characters: no XML may hold them, so a sheet or document with one would not open.
pub(super) fn leaf(text: &str) -> String {
    cleaned(text, |_| false)
}

/// The same, but for letters that may stand all the same.
fn cleaned(text: &str, may_stand: fn(char) -> bool) -> String {
    let kept = text.chars().filter_map(|letter| match letter {
        letter if may_stand(letter) => Some(letter),
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

/// Words as they may stand between two tags of XML.
pub(super) fn between_tags(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Opens and closes words that have a direction of their own (U+2068 and U+2069).
const APART: [char; 2] = ['\u{2068}', '\u{2069}'];

/// Words set apart where letters in them run from right to left: else a name turns all that stands beside it.
pub(super) fn apart(text: &str) -> String {
    let runs_left = |letter: char| {
        matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    };
    if text.contains(runs_left) { format!("{}{text}{}", APART[0], APART[1]) } else { text.to_owned() }
}

/// Whether all words that are set apart end here too, so that they reach no further than this text.
fn ends_what_it_sets_apart(text: &str) -> bool {
    let depth = text.chars().try_fold(0_usize, |depth, letter| match letter {
        letter if letter == APART[0] => Some(depth + 1),
        letter if letter == APART[1] => depth.checked_sub(1),
        _ => Some(depth),
    });
    depth == Some(0)
}

/// Words of the canvas as a leaf of a document: what [`apart`] has set apart stays so.
pub(super) fn drawn(text: &str) -> String {
    let sets_apart = |letter: char| APART.contains(&letter);
    if ends_what_it_sets_apart(text) { cleaned(text, sets_apart) } else { leaf(text) }
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
    let line = drawn(text).split_whitespace().collect::<Vec<_>>().join(" ");
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
