//! Who takes part: people and partners. Accounts, zones and whoever only asks to join are not told.

use crate::canvas::escape::leaf;
use crate::canvas::wall::Wall;
use crate::path::{Level, Standing};

use super::{Cell, MIDDLE, NARROW, Sheet};

/// A row for each person.
pub(super) fn people(wall: &Wall<'_>) -> Sheet {
    let columns = [
        ("sheet-name", 28),
        ("sheet-partner", 16),
        ("sheet-level", 14),
        ("sheet-host", NARROW),
        ("sheet-standing", 14),
        ("sheet-since", 18),
        ("sheet-until", 18),
    ];
    let mut sheet = Sheet::new(wall.captions, "sheet-people", &columns);
    let words = wall.captions;
    for person in wall.board.people.values() {
        let standing = match person.standing {
            Standing::Asking => continue,
            Standing::Invited => "sheet-standing-invited",
            Standing::Present => "sheet-standing-present",
            Standing::Observer => "sheet-standing-observer",
            Standing::Left => "sheet-standing-left",
        };
        let level = match person.level {
            Level::Strategic => "strategic",
            Level::Operational => "operational",
        };
        sheet.rows.push(vec![
            Cell::text(leaf(&person.name)),
            Cell::maybe(wall.partner(person.partner)),
            Cell::text(words.word(level)),
            Cell::text(if person.host { words.say("sheet-host-yes") } else { "" }),
            Cell::text(words.say(standing)),
            Cell::time(person.from),
            Cell::time(person.until),
        ]);
    }
    sheet
}

/// A row for each partner.
pub(super) fn partners(wall: &Wall<'_>) -> Sheet {
    let columns = [
        ("sheet-name", 40),
        ("sheet-short", 16),
        ("sheet-sector", MIDDLE),
        ("sheet-n-people", NARROW),
        ("sheet-until", 18),
    ];
    let mut sheet = Sheet::new(wall.captions, "sheet-partners", &columns);
    for partner in wall.board.partners.values() {
        sheet.rows.push(vec![
            Cell::text(leaf(&partner.name)),
            Cell::text(leaf(&partner.short)),
            Cell::text(leaf(&partner.sector)),
            Cell::count(wall.board.counting().filter(|person| person.partner == partner.id).count()),
            Cell::time(partner.until),
        ]);
    }
    sheet
}
