//! A board's rows: one file a noun, each with its statements, how it is written and how it is read.

mod approval;
mod card;
mod cluster;
mod draft;
mod entered;
mod figure;
mod group;
mod link;
mod load;
mod nudge;
mod partnership;
mod people;
mod plea;
mod room;
mod settled;
mod share;
mod timetable;
mod version;
mod window;
mod word;
mod write;

pub(super) use load::load;
pub(super) use partnership::{advance, next_id, rooms};
pub(super) use write::write;

/// Every statement of the boards, for the test that prepares them.
#[cfg(test)]
pub(super) fn statements() -> Vec<(&'static str, &'static str)> {
    [
        approval::ALL,
        card::ALL,
        cluster::ALL,
        draft::ALL,
        entered::ALL,
        figure::ALL,
        group::ALL,
        link::ALL,
        nudge::ALL,
        partnership::ALL,
        people::ALL,
        plea::ALL,
        room::ALL,
        settled::ALL,
        share::ALL,
        timetable::ALL,
        version::ALL,
        window::ALL,
        word::ALL,
    ]
    .concat()
}
