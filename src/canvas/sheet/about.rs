//! The first sheet: what this is, for whom it was made, and what the others hold.

use crate::canvas::Canvas;
use crate::canvas::wall::Wall;
use crate::path::Viewer;

use super::{Cell, Sheet};

/// What this is and how to read it.
pub(super) fn about(wall: &Wall<'_>, canvas: &Canvas, sheets: &[Sheet]) -> Sheet {
    let words = wall.captions;
    let mut about = Sheet::new(words, "sheet-about", &[("sheet-key", 28), ("sheet-value", 90)]);
    let mut line = |key: String, value: Cell| about.rows.push(vec![Cell::text(key), value]);
    let head = &canvas.head;
    line(words.say("sheet-partnership").to_owned(), Cell::text(head.name.clone()));
    if let Some(issue) = &head.issue {
        line(words.word("focal").to_owned(), Cell::text(issue.text.clone()));
    }
    line(words.word("who").to_owned(), Cell::text(format!("{}, {}", head.partners_said, head.people_said)));
    line(words.say("sheet-as-of").to_owned(), Cell::Time(head.at.to_utc()));
    if let Some(version) = &head.version {
        line(words.say("sheet-version").to_owned(), Cell::text(format!("{} · {}", version.nth, version.label)));
    }
    line(words.say("sheet-seen-by").to_owned(), Cell::text(made_for(wall)));
    for note in ["sheet-note-seal", "sheet-note-numbers", "sheet-note-utc", "sheet-note-csv"] {
        line(String::new(), Cell::text(words.say(note)));
    }
    for sheet in sheets {
        let key = format!("sheet-{}-line", sheet.file);
        let said = words.say(&key);
        let said = if said == key { words.say("sheet-section-line") } else { said };
        let rows = if sheet.rows.len() == 1 { "sheet-rows-one" } else { "sheet-rows" };
        let told = words.tell(rows, &[("n", &sheet.rows.len().to_string()), ("line", said)]);
        line(sheet.name.clone(), Cell::text(told));
    }
    about
}

/// For whom it was made, in words: who passes it on should know.
fn made_for(wall: &Wall<'_>) -> String {
    let words = wall.captions;
    let to = |key: &str, name: Option<String>| words.tell(key, &[("name", &name.unwrap_or_default())]);
    match wall.view.viewer() {
        Viewer::Room => words.say("sheet-for-room").to_owned(),
        Viewer::Outside => words.say("sheet-for-outside").to_owned(),
        Viewer::Person(id) => to("sheet-for-person", wall.person(id)),
        Viewer::Group(id) => to("sheet-for-group", wall.group(id)),
        Viewer::Partner(id) => to("sheet-for-group", wall.partner(id)),
        Viewer::Hosts => words.say("sheet-for-hosts").to_owned(),
    }
}
