//! Words that would like to be more than words.

use super::hand::Hand;
use super::ruvani;
use crate::canvas::escape::{leaf, markdown};
use crate::canvas::*;
use crate::path::plan::FieldKind;
use crate::path::{Change, Giver, Value};

/// What somebody types, what it may look like in Markdown.
const HOSTILE: &[(&str, &str)] = &[
    ("# Heading", "\\# Heading"),
    ("- item", "\\- item"),
    ("1. item", "1\\. item"),
    ("2) item", "2\\) item"),
    ("1.5 posts (half)", "1.5 posts (half)"),
    ("> quote", "\\> quote"),
    (
        "**bold** _it_ ~~no~~ `code` ||spoiler||",
        "\\*\\*bold\\*\\* \\_it\\_ \\~\\~no\\~\\~ \\`code\\` \\|\\|spoiler\\|\\|",
    ),
    ("[click](https://evil.example)", "\\[click\\](https\\://evil.example)"),
    ("<https://evil.example>", "\\<https\\://evil.example\\>"),
    ("www.evil.example", "www\\.evil.example"),
    ("@everyone and @here", "@\u{200b}everyone and @\u{200b}here"),
    ("<@123> <@&4> <#5> <t:1:R> <:a:1>", "\\<@\u{200b}123\\> \\<@\u{200b}\\&4\\> \\<#5\\> \\<t:1:R\\> \\<:a:1\\>"),
    ("<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>"),
    ("&lt;b&gt; &#60; R & D", "\\&lt;b\\&gt; \\&#60; R & D"),
    ("a\n\n# b\r\n```\nc", "a # b \\`\\`\\` c"),
    ("safe\u{202e}live\u{2066}x\u{2069}\u{200f}", "safelivex"),
    ("nul\u{0}bell\u{7}esc\u{1b}[31m", "nulbellesc\\[31m"),
    ("\\*", "\\\\\\*"),
];

#[test]
fn words_are_leaves_in_markdown() {
    for (typed, shown) in HOSTILE {
        assert_eq!(markdown(typed), *shown, "{typed:?}");
    }
}

#[test]
fn a_word_of_four_thousand_letters_stays_itself() {
    let word = "x".repeat(4000);
    let mut hand = ruvani::up_to(2);
    hand.open("causes");
    hand.give("hello-line", "Joel Baraka", &[("line", &word)]);
    hand.open("more-cards");
    hand.give("more-cards", "Joel Baraka", &[("cause", &word)]);
    let canvas = hand.canvas();
    for text in [json(&canvas), outline(&canvas), html(&canvas)] {
        assert!(text.contains(&word));
    }
}

/// A board on which everything that can be worded is worded with this.
pub fn covered(words: &str) -> Hand {
    let mut hand = ruvani::board();
    let plan = hand.board.plan.clone();
    for mut card in hand.board.cards.values().cloned().collect::<Vec<_>>() {
        let ask = plan.ask(&card.source);
        let typed = |key: &str| {
            ask.and_then(|ask| ask.field(key))
                .is_none_or(|field| matches!(field.kind, FieldKind::Line | FieldKind::Text))
        };
        for text in &mut card.texts {
            text.fields.iter_mut().filter(|(key, _)| typed(key)).for_each(|(_, text)| *text = words.to_owned());
        }
        card.parked = card.parked.map(|_| words.to_owned());
        hand.put(Change::Card(card));
    }
    let giver = hand.board.people.values().next().unwrap().name.clone();
    for source in ["notes", "causes", "steps", "terms"] {
        let cards: Vec<_> = hand.board.cards_of(source, false).iter().map(|card| card.id).take(2).collect();
        hand.gather(words, &giver, &cards);
    }
    for mut person in hand.board.people.values().cloned().collect::<Vec<_>>() {
        person.name = words.to_owned();
        hand.put(Change::Person(person));
    }
    for mut partner in hand.board.partners.values().cloned().collect::<Vec<_>>() {
        (partner.name, partner.short, partner.sector) = (words.to_owned(), words.to_owned(), words.to_owned());
        hand.put(Change::Partner(partner));
    }
    for mut group in hand.board.groups.values().cloned().collect::<Vec<_>>() {
        group.name = words.to_owned();
        hand.put(Change::Group(group));
    }
    for mut figure in hand.board.figures.values().cloned().collect::<Vec<_>>() {
        figure.note = if figure.value == Value::Remark { words.to_owned() } else { String::new() };
        hand.put(Change::Figure { figure, secret: false });
    }
    for decision in &mut hand.board.decisions {
        decision.reason = words.to_owned();
    }
    hand.board.partnership.name = words.to_owned();
    hand.board.versions[0].label = words.to_owned();
    hand
}

#[test]
fn nothing_that_is_typed_becomes_markup_in_the_page() {
    let evil = "</style><script>x</script><img src=x onerror=y>\"'><a href=https://e.example>{{ 7*7 }}{% if %}";
    let page = html(&covered(evil).canvas());
    let calm = html(&covered("calm").canvas());
    let count = |page: &str, what: &str| page.matches(what).count();
    for what in ["<script", "<img", "<a ", "<a>", "</style>", "onerror=y>", "<style"] {
        assert_eq!(count(&page, what), count(&calm, what), "{what}");
    }
    assert_eq!(count(&page, "<script"), 0);
    assert_eq!(count(&page, "<"), count(&calm, "<"), "the same tags, whatever is typed");
    assert!(page.contains("{{ 7*7 }}"), "the template reads no template in people's words");
}

#[test]
fn nothing_that_is_typed_becomes_structure_in_the_outline() {
    let evil = "x\n# head\n- item\n> q\n| a | b |\n@everyone <@1> [l](https://e.example) `c`";
    let (evil, calm) = (outline(&covered(evil).canvas()), outline(&covered("calm").canvas()));
    let kind = |line: &str| line.chars().take_while(|letter| " #->".contains(*letter)).collect::<String>();
    let shape = |text: &str| text.lines().map(kind).collect::<Vec<_>>();
    assert_eq!(shape(&evil), shape(&calm));
    assert!(!evil.contains("@everyone") && !evil.contains("@1") && !evil.contains("https://"));
    let mut bare = evil.replace("\\\\", "");
    for letter in ['`', '|', '<', '[', ']'] {
        bare = bare.replace(&format!("\\{letter}"), "");
    }
    assert_eq!(bare.matches(['`', '|', '<', '[', ']']).collect::<String>(), "", "nothing unescaped");
}

#[test]
fn direction_and_control_characters_reach_no_document() {
    let evil = "safe\u{202e}evil\u{2067}\u{0}\u{1b}[0m\u{e0041}";
    let canvas = covered(evil).canvas();
    for text in [json(&canvas), outline(&canvas), html(&canvas)] {
        assert!(text.contains("safeevil[0m") || text.contains("safeevil\\[0m"));
        assert!(
            !text.chars().any(|letter| matches!(letter, '\u{202e}' | '\u{2067}' | '\u{0}' | '\u{1b}' | '\u{e0041}'))
        );
    }
    assert_eq!(leaf("مرحبا\u{200d} 👩‍👩‍👧"), "مرحبا\u{200d} 👩‍👩‍👧", "joiners that scripts and faces need stay");
}

#[test]
fn numbers_that_name_nothing_show_nothing() {
    let mut hand = ruvani::up_to(2);
    hand.open("steps");
    hand.give("steps", "Joel Baraka", &[("step", "Go"), ("for", "99999"), ("owner", "88888"), ("due", "never")]);
    let canvas = hand.canvas();
    for text in [outline(&canvas), html(&canvas)] {
        assert!(!text.contains("99999") && !text.contains("88888"));
        assert!(text.contains("never"));
    }
}

#[test]
fn what_is_sealed_or_unnamed_is_in_no_document() {
    let mut hand = ruvani::board();
    let canvas = hand.canvas();
    for text in [json(&canvas), outline(&canvas), html(&canvas)] {
        assert!(!text.contains("call my sister"), "a note to oneself");
        assert!(!text.contains("street captains"), "a triad's story");
    }
    // A new round of figures is open: the old counts stand, the new figures are nowhere.
    let before = json(&hand.canvas());
    hand.open("figures");
    let field = hand.item("assessment-fields", "F1");
    for name in ["Joel Baraka", "Musa Kombo", "Nadia Farouk"] {
        hand.figure(("figures", "red", 1), name, field, (Value::Here, ""));
        assert!(hand.board.ballots.values().any(|figure| figure.key.giver == Giver::Person(hand.who(name))));
    }
    let ratios =
        |text: &str| text.lines().filter(|line| line.contains("\"ratio\"")).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(ratios(&before), ratios(&json(&hand.canvas())));
}
