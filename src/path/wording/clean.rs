//! Taking out of a text what only harms: what nobody sees, and what makes others see wrongly.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How many general accents one letter may carry; more is a tower over other people's lines.
const ACCENTS_MAX: u8 = 4;
/// How many marks of its own script one letter may carry: Burmese and Tibetan need more than four.
const SCRIPT_MARKS_MAX: u8 = 8;
/// How many tag characters may follow a black flag (the flags of Scotland and Wales need six).
const TAGS_MAX: u8 = 7;

/// A text without what only harms, composed (NFC); safe to keep and to show again as plain text.
///
/// Taken out: control characters (line ends become `\n`, a tab a space), characters that turn the
/// reading direction or hide (embeddings, overrides, isolates, zero-width space, word joiner, soft
/// hyphen, fillers, tags), towers of accents, spaces at the ends of lines, more than one blank
/// line at a time, space around the whole. A text in which nothing can be seen becomes empty.
/// Kept: everything people write, right-to-left text with its marks, joiners inside emoji and in
/// the scripts that need them. Cleaning twice changes nothing more.
#[must_use]
pub fn clean(text: &str) -> String {
    let composed: Vec<char> = text.replace("\r\n", "\n").nfc().collect();
    let mut sieve = Sieve { right_to_left: composed.iter().any(|char| is_right_to_left(*char)), ..Sieve::default() };
    for (place, char) in composed.iter().enumerate() {
        sieve.take(*char, composed.get(place + 1).copied());
    }
    let whole: String = sieve.kept.nfc().collect();
    if whole.chars().any(is_seen) { tidy(&whole) } else { String::new() }
}

/// No spaces at the ends of lines, at most one blank line, nothing around.
fn tidy(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.split('\n').map(str::trim_end) {
        if !(line.is_empty() && lines.last().is_none_or(|last| last.is_empty())) {
            lines.push(line);
        }
    }
    lines.join("\n").trim().to_owned()
}

/// What has been kept so far, and what the last letter carries.
#[derive(Default)]
struct Sieve {
    kept: String,
    right_to_left: bool,
    base: Option<char>,
    last: Option<char>,
    accents: u8,
    script_marks: u8,
    tags: u8,
}

impl Sieve {
    fn take(&mut self, char: char, next: Option<char>) {
        let char = match char {
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            '\t' => ' ',
            other => other,
        };
        if self.keeps(char, next) {
            self.kept.push(char);
            self.last = Some(char);
        }
    }

    fn keeps(&mut self, char: char, next: Option<char>) -> bool {
        match char {
            '\u{200c}' | '\u{200d}' => self.joins(char, next),
            '\u{200e}' | '\u{200f}' | '\u{61c}' => self.right_to_left,
            _ if is_variation(char) => self.varies(char),
            '\u{e0020}'..='\u{e007f}' => self.tags(),
            _ if is_outcast(char) => false,
            _ if is_combining_mark(char) => self.carries(char),
            _ => {
                self.base = Some(char);
                (self.accents, self.script_marks, self.tags) = (0, 0, 0);
                true
            }
        }
    }

    /// A joiner stays inside emoji, and after a letter of a script that shapes its letters.
    fn joins(&self, joiner: char, next: Option<char>) -> bool {
        let (Some(base), Some(last)) = (self.base, self.last) else { return false };
        if is_joiner(last) || is_direction(last) {
            return false;
        }
        let in_emoji = joiner == '\u{200d}' && is_emoji(base) && next.is_some_and(is_emoji);
        in_emoji || is_shaping(base)
    }

    /// A variation selector stays directly after what it varies: a symbol, never a Latin letter;
    /// those of the supplement only after a Chinese, Japanese or Korean sign.
    fn varies(&self, selector: char) -> bool {
        let Some(base) = self.base.filter(|base| self.last == Some(*base)) else { return false };
        let plain = base.is_ascii_alphabetic() || base.is_whitespace();
        if selector >= '\u{e0100}' { is_han(base) } else { !plain }
    }

    /// Tags spell out the flag of a part of a country, after a black flag.
    fn tags(&mut self) -> bool {
        let follows = self.base == Some('\u{1f3f4}') && (self.last == self.base || self.last.is_some_and(is_tag));
        self.tags = self.tags.saturating_add(1);
        follows && self.tags <= TAGS_MAX
    }

    fn carries(&mut self, mark: char) -> bool {
        let (carried, most) =
            if is_accent(mark) { (&mut self.accents, ACCENTS_MAX) } else { (&mut self.script_marks, SCRIPT_MARKS_MAX) };
        *carried = carried.saturating_add(1);
        *carried <= most
    }
}

/// Characters that nobody needs in a message: unseen, or meant for machines.
fn is_outcast(char: char) -> bool {
    if char == '\n' {
        return false;
    }
    char.is_control()
        || u32::from(char) & 0xfffe == 0xfffe
        || matches!(char,
            '\u{ad}' | '\u{34f}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{200b}' | '\u{3164}' | '\u{feff}'
            | '\u{ffa0}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fdd0}'..='\u{fdef}'
            | '\u{fff0}'..='\u{fffc}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

fn is_joiner(char: char) -> bool {
    matches!(char, '\u{200c}' | '\u{200d}')
}

fn is_direction(char: char) -> bool {
    matches!(char, '\u{200e}' | '\u{200f}' | '\u{61c}')
}

fn is_variation(char: char) -> bool {
    matches!(char, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

fn is_tag(char: char) -> bool {
    matches!(char, '\u{e0020}'..='\u{e007f}')
}

/// Marks that may stand on a letter of any script.
fn is_accent(mark: char) -> bool {
    matches!(mark,
        '\u{300}'..='\u{36f}'
        | '\u{483}'..='\u{489}'
        | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}')
}

/// Symbols that may be part of an emoji; wider than the emoji themselves.
fn is_emoji(char: char) -> bool {
    matches!(char,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{24c2}' | '\u{3030}' | '\u{303d}'
        | '\u{3297}' | '\u{3299}'
        | '\u{2190}'..='\u{21ff}'
        | '\u{2300}'..='\u{23ff}'
        | '\u{25a0}'..='\u{27bf}'
        | '\u{2900}'..='\u{297f}'
        | '\u{2b00}'..='\u{2bff}'
        | '\u{1f000}'..='\u{1fffd}')
}

/// Letters of scripts in which a joiner changes how a word looks: from Hebrew and Arabic over
/// those of India to Mongolian.
fn is_shaping(char: char) -> bool {
    let letter = char.is_alphabetic() || is_combining_mark(char);
    letter
        && matches!(char,
            '\u{590}'..='\u{109f}'
            | '\u{1700}'..='\u{18af}'
            | '\u{1900}'..='\u{1cff}'
            | '\u{a800}'..='\u{abff}'
            | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefc}'
            | '\u{10800}'..='\u{11fff}'
            | '\u{1e800}'..='\u{1efff}')
}

fn is_right_to_left(char: char) -> bool {
    char.is_alphabetic()
        && !is_combining_mark(char)
        && matches!(char,
            '\u{590}'..='\u{8ff}'
            | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefc}'
            | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}')
}

fn is_han(char: char) -> bool {
    matches!(char,
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Whether a character shows anything by itself.
fn is_seen(char: char) -> bool {
    let unseen = is_joiner(char) || is_direction(char) || is_variation(char) || is_tag(char);
    let filler = matches!(char, '\u{115f}' | '\u{1160}' | '\u{2800}');
    !(unseen || filler || char.is_whitespace() || is_combining_mark(char))
}
