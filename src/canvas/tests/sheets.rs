//! The spreadsheet: what is in it, what is not, and that nothing in it can act.

use super::hand::Hand;
use super::hostile::covered;
use super::{ruvani, unpacked};
use crate::canvas::Captions;
use crate::canvas::report::{Kind, json, make};
use crate::canvas::sheet::{csv, xlsx};
use crate::path::*;

pub(super) fn seen(hand: &Hand, viewer: Viewer) -> View {
    view(&hand.board, viewer, hand.at)
}

fn person(hand: &Hand, name: &str) -> Viewer {
    Viewer::Person(hand.who(name))
}

/// A file of the tables, read back.
pub(super) fn rows(view: &View, file: &str) -> Vec<Vec<String>> {
    let files = csv(view, &ruvani::captions());
    let (_, bytes) = files.iter().find(|(name, _)| name == file).unwrap_or_else(|| panic!("no {file}"));
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The cells of one column.
pub(super) fn column(rows: &[Vec<String>], heading: &str) -> Vec<String> {
    let at = rows[0].iter().position(|cell| cell == heading).unwrap_or_else(|| panic!("no {heading}: {:?}", rows[0]));
    rows[1..].iter().map(|row| row[at].clone()).collect()
}

#[test]
fn the_example_fills_every_sheet() {
    let hand = ruvani::board();
    let view = seen(&hand, Viewer::Room);
    let book = xlsx(&view, &ruvani::captions());
    let sheets = unpacked::sheets(&book);
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    let first = ["About", "Cards", "Wordings", "Counts", "Figures", "Decisions", "Given", "People", "Organisations"];
    assert_eq!(names[..9], first);
    assert_eq!(names[9..], ["Partners", "Words", "Indicators", "Monitoring", "Commitments", "Next steps"]);
    for (name, rows) in &sheets {
        assert!(rows.len() > 1, "{name} is empty");
    }
    // The same tables as files, of the same size.
    let files = csv(&view, &ruvani::captions());
    assert_eq!(files.len(), sheets.len());
    for ((file, _), (name, sheet)) in files.iter().zip(&sheets) {
        assert_eq!(rows(&view, file).len(), sheet.len(), "{file} and {name}");
    }
    let cards = rows(&view, "cards.csv");
    let shown = view.shown().cards.len();
    assert_eq!(cards.len() - 1, shown, "every card that the room sees");
    assert!(column(&cards, "Made from").iter().any(|cell| cell.contains('#')));
    assert!(column(&cards, "Lies under").iter().any(|cell| cell.starts_with('#')));
    assert_eq!(column(&rows(&view, "canvas-next-steps.csv"), "By when")[0], "2026-05-06");
}

#[test]
fn signs_have_their_numbers_as_numbers_beside_the_words() {
    let indicators = rows(&seen(&ruvani::board(), Viewer::Room), "canvas-indicators.csv");
    let numbers: Vec<&String> = indicators[0].iter().filter(|heading| heading.ends_with(", as a number")).collect();
    let [first, goal] = numbers[..] else { panic!("{:?}", indicators[0]) };
    assert_eq!(column(&indicators, first), ["38", "420", "14"]);
    assert_eq!(column(&indicators, goal), ["75", "170", "40"]);
    let words = column(&indicators, first.trim_end_matches(", as a number"));
    assert!(words[0].starts_with("38 ("), "the words stay: {words:?}");
}

#[test]
fn days_and_numbers_are_no_texts_in_the_workbook() {
    let hand = ruvani::board();
    let sheets = unpacked::sheets(&xlsx(&seen(&hand, Viewer::Room), &ruvani::captions()));
    let steps = &sheets.iter().find(|(name, _)| name == "Next steps").unwrap().1;
    assert_eq!(steps[1][3], "46148", "6 May 2026 as Excel counts days");
}

#[test]
fn a_decision_has_the_number_of_the_decision_log_everywhere() {
    let view = seen(&ruvani::board(), Viewer::Room);
    let log = crate::canvas::log::compile(&view, &ruvani::captions());
    let expected: Vec<String> = log.entries.iter().map(|entry| entry.nth.to_string()).collect();
    assert!(expected.len() > 10, "{expected:?}");
    assert_eq!(column(&rows(&view, "decisions.csv"), "Decision"), expected);
    let table = String::from_utf8(crate::canvas::sheet::log_csv(&log, &ruvani::captions())).unwrap();
    assert!(table.trim_start_matches('\u{feff}').starts_with("\"Decision\""), "{}", table.lines().next().unwrap());
}

#[test]
fn the_same_view_gives_the_same_bytes() {
    let hand = ruvani::board();
    let view = seen(&hand, Viewer::Room);
    let book = xlsx(&view, &ruvani::captions());
    assert!(book == xlsx(&view, &ruvani::captions()));
    let core = unpacked::xml(&unpacked::files(&book), "docProps/core.xml");
    assert!(core.contains("2026-04-10T15:00:00Z"), "its time is the view's: {core}");
    assert!(csv(&view, &ruvani::captions()) == csv(&view, &ruvani::captions()));
}

#[test]
fn what_was_closed_all_the_same_is_told_by_the_phases_name() {
    let mut hand = ruvani::up_to(3);
    hand.version("groundwork", None);
    hand.board.versions.last_mut().unwrap().despite = "Two were ill".to_owned();
    let rows = rows(&seen(&hand, Viewer::Room), "decisions.csv");
    let row = rows.iter().find(|row| row.contains(&"Two were ill".to_owned())).unwrap();
    assert_eq!(row[2], "Groundwork");
}

const FORMULAS: &[&str] = &[
    "=1+1",
    "=HYPERLINK(\"http://evil.example\",\"x\")",
    "+1",
    "-1",
    "@SUM(1)",
    "  =1+1",
    "＝1+1",
    "=cmd|' /C calc'!A0",
    "a;=1+1",
    "a\",=1+1",
    "x\n=1+1",
    "_x0041_ stays",
    "nul\u{0}esc\u{1b}\u{202e}\u{ffff}\u{fffe}end",
    "مرحبا 你好 👩‍👩‍👧",
];

#[test]
fn nothing_that_is_typed_becomes_a_formula() {
    for evil in FORMULAS {
        let hand = covered(evil);
        let room = seen(&hand, Viewer::Room);
        let kept = crate::canvas::escape::leaf(evil);
        let sheets = unpacked::sheets(&xlsx(&room, &Captions::default()));
        let cards = &sheets[1].1;
        // `_x0041_` is how Excel writes signs; what was typed so is kept apart from it.
        let stored = kept.replace("_x0041_", "_x005F_x0041_");
        assert!(cards.iter().flatten().any(|cell| *cell == stored), "{evil:?} stands in the workbook as itself");
        for (file, bytes) in csv(&room, &Captions::default()) {
            let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
            for cell in reader.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
                let first = cell.trim_start().chars().next();
                // A number of ours is a number, also below zero: it holds no sign that anybody typed.
                let is_amount = *evil == "-1" && file == "canvas-indicators.csv" && cell == "-1";
                let acts = first.is_some_and(|letter| "=+-@＝＋－＠".contains(letter)) && !is_amount;
                assert!(!acts, "{file}: {cell:?}");
                assert!(!cell.starts_with(['\t', '\r', '\n']), "{file}: {cell:?}");
            }
            // Every cell in quotes: no separator of any country opens one.
            let text = String::from_utf8(bytes).unwrap();
            let text = text.trim_start_matches('\u{feff}').replace("\"\"", "");
            let outside: String = text.split('"').step_by(2).collect();
            assert_eq!(outside.replace(['\r', '\n', ','], ""), "", "{file}");
        }
        let harmless =
            if kept.trim_start().starts_with(['=', '+', '-', '@', '＝']) { format!("'{kept}") } else { kept };
        assert!(column_of(&room, "cards.csv", &harmless), "{evil:?}");
    }
}

fn column_of(view: &View, file: &str, text: &str) -> bool {
    rows(view, file).iter().flatten().any(|cell| cell == text)
}

#[test]
fn a_text_too_long_for_a_cell_is_cut_and_says_so() {
    for word in ["x".repeat(40_000), "👩".repeat(20_000)] {
        let mut hand = ruvani::up_to(1);
        hand.open("hello-line");
        hand.give("hello-line", "Joel Baraka", &[("line", &word)]);
        let room = seen(&hand, Viewer::Room);
        let sheets = unpacked::sheets(&xlsx(&room, &Captions::default()));
        let longest = sheets[1].1.iter().flatten().max_by_key(|cell| cell.len()).unwrap();
        assert!(longest.ends_with("[cut here: a cell holds no more]"));
        assert!((32_760..=32_767).contains(&longest.encode_utf16().count()));
        assert!(column_of(&room, "cards.csv", &word), "a file holds all of it");
    }
}

#[test]
fn names_of_sheets_are_such_as_excel_takes() {
    let hand = ruvani::board();
    let long = "[a]:*?/\\ 'very long name of a sheet, longer than thirty-one'".to_owned();
    let mut captions = ruvani::captions();
    for key in ["words", "indicators", "monitoring"] {
        captions.sections.insert(key.to_owned(), (long.clone(), "x".to_owned()));
    }
    captions.labels.insert("sheet-about".to_owned(), long.clone());
    captions.sections.insert("next-steps".to_owned(), ("history".to_owned(), "x".to_owned()));
    captions.sections.insert("commitments".to_owned(), ("'".to_owned(), "x".to_owned()));
    let sheets = unpacked::sheets(&xlsx(&seen(&hand, Viewer::Room), &captions));
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert!(names.iter().all(|name| name.chars().count() <= 31 && !name.contains(['[', '*', '/'])), "{names:?}");
}

/// Every text of both forms.
fn all_of(view: &View) -> String {
    let book = unpacked::sheets(&xlsx(view, &ruvani::captions()));
    let mut all: String = book.into_iter().flat_map(|(_, rows)| rows).flatten().collect::<Vec<_>>().join("\n");
    for (_, bytes) in csv(view, &ruvani::captions()) {
        all += &String::from_utf8(bytes).unwrap();
    }
    all
}

#[test]
fn what_is_sealed_stays_out_until_one_has_given() {
    let mut hand = ruvani::up_to(2);
    hand.open("causes");
    hand.give("causes", "Joel Baraka", &[("cause", "Lids are missing")]);
    let window = hand.board.window_of("causes").unwrap().id;
    let giver = |hand: &Hand, name: &str| Giver::Person(hand.who(name));
    let (joel, grace) = (giver(&hand, "Joel Baraka"), giver(&hand, "Grace Wanjala"));
    hand.put(Change::Given(Given { window, giver: joel, how: How::Gave, at: hand.at }));
    assert!(!all_of(&seen(&hand, Viewer::Room)).contains("Lids are missing"));
    assert!(!all_of(&seen(&hand, Viewer::Hosts)).contains("Lids are missing"), "hosts are sealed out like anyone");
    assert!(!all_of(&seen(&hand, person(&hand, "Grace Wanjala"))).contains("Lids are missing"));
    let own = all_of(&seen(&hand, person(&hand, "Joel Baraka")));
    assert!(own.contains("Lids are missing") && own.contains("not everybody yet"));
    hand.give("causes", "Grace Wanjala", &[("cause", "No bins")]);
    hand.put(Change::Given(Given { window, giver: grace, how: How::Gave, at: hand.at }));
    assert!(all_of(&seen(&hand, person(&hand, "Grace Wanjala"))).contains("Lids are missing"), "she has given");
}

#[test]
fn what_is_ones_own_stays_ones_own() {
    let hand = ruvani::board();
    for viewer in [Viewer::Room, Viewer::Hosts] {
        let all = all_of(&seen(&hand, viewer));
        assert!(!all.contains("call my sister") && !all.contains("street captains"));
    }
    let own = rows(&seen(&hand, person(&hand, "Joel Baraka")), "cards.csv");
    let quiet: Vec<&Vec<String>> = own.iter().filter(|row| row.iter().any(|cell| cell.contains("my sister"))).collect();
    assert_eq!(quiet.len(), 1, "Joel's own note, nobody else's");
    assert!(quiet[0].contains(&"you alone".to_owned()));
}

#[test]
fn an_hour_unmasks_nobody() {
    let mut hand = ruvani::up_to(3);
    hand.open("drafts");
    hand.at += chrono::Duration::minutes(7);
    let draft = hand.give("drafts", "Nadia Farouk", &[("draft", "A clean river.")]);
    hand.amend(draft, |card| card.texts.push(card.texts[0].clone()));
    let nadia = hand.who("Nadia Farouk");
    let window = hand.board.window_of("drafts").unwrap().id;
    hand.put(Change::Given(Given { window, giver: Giver::Person(nadia), how: How::Gave, at: hand.at }));
    hand.close("drafts");
    let hosts = seen(&hand, Viewer::Hosts);
    for file in ["cards.csv", "wordings.csv"] {
        let rows = rows(&hosts, file);
        let row = rows.iter().find(|row| row.iter().any(|cell| cell.contains("A clean river."))).unwrap();
        assert!(row.iter().all(|cell| !cell.contains("2026-") && !cell.contains("Nadia")), "{row:?}");
    }
    let given = rows(&hosts, "given.csv");
    assert!(given.iter().flatten().any(|cell| cell.contains("Nadia Farouk")), "hosts know that she is done");
}

#[test]
fn few_reasons_and_few_figures_are_told_to_nobody() {
    let mut hand = ruvani::board();
    let all = all_of(&seen(&hand, Viewer::Room));
    assert!(all.contains("half paid posts for five organisations"), "seven reasons are enough");
    let counts = rows(&seen(&hand, Viewer::Room), "counts.csv");
    let at = |heading: &str| counts[0].iter().position(|cell| cell == heading).unwrap();
    let red: Vec<&Vec<String>> = counts.iter().filter(|row| row[at("Says")] == "red").collect();
    let told = red.iter().filter(|row| !row[at("People")].is_empty()).count();
    assert!(
        told > 0
            && red
                .iter()
                .all(|row| row[at("People")].parse::<u32>().is_ok_and(|n| n >= 3) || row[at("People")].is_empty())
    );
    assert!(counts.iter().filter(|row| row[at("Says")] == "green").all(|row| row[at("People")].is_empty()));
    let reasons: Vec<CardId> =
        hand.board.cards.values().filter(|card| card.source == "reasons").map(|card| card.id).collect();
    for card in &reasons[4..] {
        hand.amend(*card, |card| card.state = CardState::Withdrawn);
    }
    assert!(!all_of(&seen(&hand, Viewer::Room)).contains("half paid posts for five organisations"), "four are not");

    let mut few = ruvani::up_to(5);
    few.open("figures");
    let field = few.item("assessment-fields", "F1");
    for name in ["Joel Baraka", "Musa Kombo", "Nadia Farouk"] {
        few.figure(("figures", "red", 1), name, field, (Value::Here, ""));
    }
    few.close("figures");
    let counts = rows(&seen(&few, Viewer::Room), "counts.csv");
    let rows: Vec<&Vec<String>> = counts.iter().filter(|row| row[0] == "Figures").collect();
    assert_eq!(rows.len(), 1);
    assert!(rows[0][4].starts_with("Too few of us") && rows[0][5..].iter().all(String::is_empty));
}

#[test]
fn accounts_and_whoever_only_asks_are_not_told() {
    let mut hand = ruvani::up_to(1);
    let mut stranger = hand.board.people[&hand.who("Joel Baraka")].clone();
    stranger.id = PersonId(9_999);
    (stranger.name, stranger.standing) = ("Somebody Else".to_owned(), Standing::Asking);
    stranger.accounts = [AccountId(777_000_777)].into();
    stranger.handle = "some.body".to_owned();
    hand.put(Change::Person(stranger));
    let all = all_of(&seen(&hand, Viewer::Hosts));
    assert!(!all.contains("Somebody Else") && !all.contains("777000777") && !all.contains("some.body"));
    assert!(!all.contains("Africa/Nairobi"));
}

#[test]
fn outside_sees_what_was_released_and_nobodys_name() {
    let mut hand = ruvani::board();
    let (id, by, at) = (ReleaseId(9_000), hand.who("Amara Njeri"), hand.at);
    hand.put(Change::Release(Release { id, sections: ["vision", "next-steps"].map(str::to_owned).into(), by, at }));
    let outside = seen(&hand, Viewer::Outside);
    let mut all = all_of(&outside);
    for kind in [Kind::Final, Kind::Preread, Kind::Memorandum(hand.whose("City"))] {
        all += &json(&make(&outside, &ruvani::captions(), kind).unwrap());
    }
    assert!(all.contains("By 2030 the Ruvani reaches the sea"));
    assert!(!all.contains("Lower cost per household"), "a sheet that was not released");
    for person in hand.board.people.values() {
        assert!(!all.contains(&person.name), "{}", person.name);
    }
    assert!(make(&outside, &ruvani::captions(), Kind::Mine).is_none());
}
