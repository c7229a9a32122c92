//! People's words in Discord's markdown: always a leaf, never markup, mention or link with a mask.
//!
//! [`leaf`] can be undone by [`unleaf`], so that words shown on a private screen can be read back
//! from it (that is how *Give this* carries a message from one press to the next).

use unicode_segmentation::UnicodeSegmentation;

/// Breaks `@name` and `<…>`: invisible, and taken away again by [`unleaf`].
const BREAK: char = '\u{200B}';

/// Characters that mean something to Discord wherever they stand.
const ANYWHERE: [char; 8] = ['\\', '*', '_', '~', '`', '|', '[', ']'];

/// Words as they stand, with nothing in them that Discord would draw differently.
#[must_use]
pub fn leaf(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 16);
    let mut at_start = true;
    let mut digits = false;
    for char in text.chars().filter(|char| *char == '\n' || !char.is_control()) {
        if char == BREAK {
            continue;
        }
        let marks_line = at_start && matches!(char, '>' | '#' | '-' | '+');
        let marks_list = digits && matches!(char, '.' | ')');
        if ANYWHERE.contains(&char) || marks_line || marks_list {
            safe.push('\\');
        }
        safe.push(char);
        if matches!(char, '@' | '<') {
            safe.push(BREAK);
        }
        digits = (at_start || digits) && char.is_ascii_digit();
        at_start = char == '\n' || at_start && char == ' ';
    }
    safe
}

/// The words that [`leaf`] was given.
#[must_use]
pub fn unleaf(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().filter(|char| *char != BREAK).peekable();
    while let Some(char) = chars.next() {
        if char == '\\'
            && let Some(next) = chars.next_if(char::is_ascii_punctuation)
        {
            plain.push(next);
        } else {
            plain.push(char);
        }
    }
    plain
}

/// [`leaf`] on one line.
#[must_use]
pub fn inline(text: &str) -> String {
    leaf(&text.replace(['\n', '\r'], " "))
}

/// [`inline`], cut so that it counts at most so many characters once escaped.
#[must_use]
pub fn inline_fit(text: &str, chars_max: usize) -> String {
    within(text, chars_max, inline)
}

/// [`leaf`], cut so that it counts at most so many characters once escaped.
#[must_use]
pub fn leaf_fit(text: &str, chars_max: usize) -> String {
    within(text, chars_max, leaf)
}

/// [`quote`], cut so that it counts at most so many characters once escaped.
#[must_use]
pub fn quote_fit(text: &str, chars_max: usize) -> String {
    within(text, chars_max, quote)
}

/// Escaped text of a bounded length: cut before it is escaped, so that no escape is torn apart.
fn within(text: &str, chars_max: usize, escape: fn(&str) -> String) -> String {
    let mut most = chars_max;
    loop {
        let safe = escape(&fit(text, most));
        if length(&safe) <= chars_max || most <= 1 {
            return safe;
        }
        most = most * 4 / 5;
    }
}

/// [`leaf`] as a block quote.
#[must_use]
pub fn quote(text: &str) -> String {
    leaf(text).lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n")
}

/// The words that [`quote`] was given, out of a text that may hold more around it.
#[must_use]
pub fn unquote(text: &str) -> String {
    let lines = text.lines().filter_map(|line| line.strip_prefix("> ").or(line.strip_prefix('>')));
    unleaf(&lines.collect::<Vec<_>>().join("\n"))
}

/// Words in a block that can be copied as they are; cut if too long for a message.
#[must_use]
pub fn block(text: &str, chars_max: usize) -> String {
    let clean: String = text.chars().filter(|char| *char == '\n' || !char.is_control()).collect();
    let broken = clean.replace('`', "`\u{200B}");
    format!("```\n{}\n```", fit(&broken, chars_max))
}

/// Text cut at a whole letter so that it counts at most so many characters, as Discord may count
/// them (UTF-16 units are never fewer than code points).
#[must_use]
pub fn fit(text: &str, chars_max: usize) -> String {
    if length(text) <= chars_max {
        return text.to_owned();
    }
    let mut cut = String::new();
    let mut count = 1;
    for letter in text.graphemes(true) {
        count += length(letter);
        if count > chars_max {
            break;
        }
        cut.push_str(letter);
    }
    let mut cut = cut.trim_end().to_owned();
    cut.push('…');
    cut
}

/// How long Discord may say that a text is.
#[must_use]
pub fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hostile_words_stay_words() {
        let table = [
            ("@everyone", "@\u{200B}everyone"),
            ("<@123> <#4> <t:1:R> <:x:5>", "<\u{200B}@\u{200B}123> <\u{200B}#4> <\u{200B}t:1:R> <\u{200B}:x:5>"),
            ("[click](https://example.org)", "\\[click\\](https://example.org)"),
            ("# loud", "\\# loud"),
            ("a # b", "a # b"),
            ("> said", "\\> said"),
            ("  - item", "  \\- item"),
            ("-# small", "\\-# small"),
            ("1. one", "1\\. one"),
            ("3.5 tons", "3\\.5 tons"),
            (
                "**bold** __u__ ~~s~~ ||spoil|| `code`",
                "\\*\\*bold\\*\\* \\_\\_u\\_\\_ \\~\\~s\\~\\~ \\|\\|spoil\\|\\| \\`code\\`",
            ),
            ("a\u{0000}\u{0007}b", "ab"),
        ];
        for (given, wanted) in table {
            assert_eq!(leaf(given), wanted, "{given:?}");
        }
    }

    #[test]
    fn a_block_cannot_be_broken_out_of() {
        let shown = block("``` @everyone ```", 100);
        assert_eq!(shown.matches("```").count(), 2, "{shown:?}");
    }

    #[test]
    fn cutting_keeps_letters_whole() {
        let family = "👩‍👩‍👧‍👦".repeat(10);
        let cut = fit(&family, 30);
        assert!(length(&cut) <= 30);
        assert!(cut.trim_end_matches('…').graphemes(true).all(|letter| letter == "👩‍👩‍👧‍👦"));
    }

    proptest! {
        #[test]
        fn what_is_escaped_can_be_read_back(text in "[^\\u{200B}\\p{Cc}]{0,200}") {
            prop_assert_eq!(unleaf(&leaf(&text)), text);
        }

        #[test]
        fn no_mention_and_no_tag_survives(text in any::<String>()) {
            let safe = leaf(&text);
            for hit in ["@everyone", "@here", "<@", "<#", "<t:", "<:", "<a:", "</"] {
                prop_assert!(!safe.contains(hit));
            }
        }

        #[test]
        fn cut_text_fits(text in any::<String>(), most in 8_usize..60) {
            prop_assert!(length(&fit(&text, most)) <= most);
            prop_assert!(length(&inline_fit(&text, most)) <= most);
        }
    }
}
