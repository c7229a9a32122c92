//! The final report: what the Path promised, and what this partnership has for each promise.

use crate::canvas::line::Line;
use crate::canvas::section::{Body, Fill, Section};
use crate::path::plan::{Element, Promise};

use super::shapes::{blocks, line};
use super::{Block, Kind, Maker, Part, Report};

/// The promises in their order, each with its words.
const PROMISES: [(Promise, &str); 4] = [
    (Promise::Understanding, "report-promise-understanding"),
    (Promise::Tracking, "report-promise-tracking"),
    (Promise::Structure, "report-promise-structure"),
    (Promise::Agreements, "report-promise-agreements"),
];

/// The final report.
pub(super) fn report(maker: &Maker<'_>) -> Report {
    let mut parts = vec![in_short(maker)];
    for (promise, key) in PROMISES {
        let said = maker.say(&format!("{key}-line"));
        parts.push(Part::new(1, maker.say(key), vec![Block::text(said)]));
        // What the first page says large already is not said again.
        let kept = maker.sections(|of| of == Some(promise)).into_iter().filter(|of| !of.is_in_head(&maker.canvas.head));
        parts.extend(kept.map(|section| {
            let below = maker.works_below(section);
            Part::new(2, section.title.clone(), blocks(maker.words, section).into_iter().chain(below).collect())
        }));
    }
    parts.extend(open_points(maker));
    parts.extend(put_aside(maker));
    parts.push(who_took_part(maker));
    parts.extend(decided(maker));
    let others: Vec<&Section> =
        maker.sections(|of| of.is_none()).into_iter().filter(|of| !of.body.is_empty()).collect();
    if !others.is_empty() {
        parts.push(Part::new(1, maker.say("report-also"), Vec::new()));
        parts.extend(others.iter().map(|of| Part::new(2, of.title.clone(), blocks(maker.words, of))));
    }
    maker.report(Kind::Final, maker.say("report-final"), parts)
}

impl Maker<'_> {
    /// The sections that keep a promise.
    pub(super) fn sections(&self, meant: impl Fn(Option<Promise>) -> bool) -> Vec<&Section> {
        self.canvas.sections.iter().filter(|section| meant(self.promise(section))).collect()
    }

    /// What the group adopted in one sentence, beside the issue: each with its section.
    pub(super) fn adopted_sentences(&self) -> impl Iterator<Item = (&Section, &Line)> {
        let own = self.canvas.sections.iter().filter(|section| self.is_kept(section));
        own.filter(|section| !section.is_in_head(&self.canvas.head)).filter_map(|section| match &section.body {
            Body::Sentence { line: Some(line) } => Some((section, &**line)),
            _ => None,
        })
    }

    /// Whether the first page says all of a section in a quote.
    fn is_said_large(&self, section: &Section) -> bool {
        section.is_in_head(&self.canvas.head) || self.adopted_sentences().any(|(found, _)| found.key == section.key)
    }

    /// Which promise a section keeps; by its element where a plan older than promises says nothing.
    pub(super) fn promise(&self, section: &Section) -> Option<Promise> {
        let sections = &self.wall.board.plan.sections;
        if sections.iter().any(|planned| planned.promise.is_some()) {
            return sections.iter().find(|planned| planned.key == section.key)?.promise;
        }
        section.element.map(|element| match element {
            Element::Agenda => Promise::Understanding,
            Element::Measurement => Promise::Tracking,
            Element::Backbone => Promise::Structure,
            Element::Activities | Element::Communication => Promise::Agreements,
        })
    }
}

/// The page that one reads if one reads no more.
fn in_short(maker: &Maker<'_>) -> Part {
    let head = &maker.canvas.head;
    let gaps = [
        ("partners", head.partners_said.as_str()),
        ("people", &head.people_said),
        ("since", &maker.words.day_of(head.founded)),
        ("day", &maker.words.day_of(head.at)),
    ];
    let mut blocks = vec![Block::text(maker.tell("report-in-short-line", &gaps))];
    if let Some(issue) = &head.issue {
        blocks.push(Block::quote(issue.text.clone(), maker.words.word("focal")));
    }
    blocks.extend(maker.adopted_sentences().map(|(section, line)| Block::quote(line.text.clone(), &section.title)));
    let rows = PROMISES.iter().map(|(promise, key)| {
        let of = maker.sections(|found| found == Some(*promise));
        let filled = of.iter().filter(|section| section.state == Fill::Filled && !maker.is_said_large(section));
        // What is told by its name alone shares a line, so that the page stays one.
        let (named, told): (Vec<String>, Vec<String>) =
            filled.map(|section| maker.in_short(section)).partition(|said| of.iter().any(|of| of.title == *said));
        let named = (!named.is_empty()).then(|| named.join(", "));
        let there: Vec<String> = told.into_iter().chain(named).collect();
        let missing = of.iter().filter(|section| section.state != Fill::Filled).map(|section| section.title.clone());
        let missing = missing.chain(of.iter().flat_map(|section| maker.lacks(section)));
        vec![maker.say(key), there.join("\n"), missing.collect::<Vec<_>>().join("\n")]
    });
    let columns = ["report-promised", "report-have", "report-missing"].map(|key| maker.say(key));
    blocks.extend(Block::table(columns.into(), rows.collect()));
    Part::new(1, maker.say("report-in-short"), blocks)
}

/// What is not settled, and what waits.
fn open_points(maker: &Maker<'_>) -> Vec<Part> {
    let groups = [
        ("report-differ", maker.contested()),
        ("report-remarked", maker.remarked()),
        ("report-waits", maker.awaiting()),
        ("report-gaps", maker.gaps()),
    ];
    let mut parts = vec![Part::new(1, maker.say("report-open-points"), Vec::new())];
    for (key, items) in groups {
        parts.extend(Block::list(items).map(|list| Part::new(2, maker.say(key), vec![list])));
    }
    parts.extend(maker.open_table().map(|table| Part::new(2, maker.say("report-still-asked"), vec![table])));
    if parts.len() == 1 {
        parts[0].blocks.push(Block::text(maker.say("report-nothing-open")));
    }
    parts
}

/// What was put aside, with the reasons: it was said, so it stays readable.
fn put_aside(maker: &Maker<'_>) -> Option<Part> {
    let aside = maker.canvas.sections.iter().flat_map(|section| &section.put_aside);
    let columns = vec![maker.words.word("what").to_owned(), maker.say("report-why")];
    let rows = aside.map(|aside| vec![line(maker.words, &aside.line), aside.reason.clone()]);
    let table = Block::table(columns, rows.collect())?;
    Some(Part::new(1, maker.say("report-put-aside"), vec![table]))
}

fn who_took_part(maker: &Maker<'_>) -> Part {
    let columns = vec![maker.say("report-partner"), maker.say("report-sector"), maker.say("report-people")];
    let rows = maker.canvas.head.partners.iter().map(|partner| {
        let people = partner.people.iter().map(|person| {
            let host = if person.host { format!(", {}", maker.words.word("host")) } else { String::new() };
            format!("{} ({}{host})", person.name, person.level_said)
        });
        let name = super::shapes::with(
            partner.name.clone(),
            Some(&partner.short).filter(|short| **short != partner.name).map(String::as_str),
        );
        vec![name, partner.sector.clone(), people.collect::<Vec<_>>().join("\n")]
    });
    Part::new(1, maker.say("report-who"), Block::table(columns, rows.collect()).into_iter().collect())
}

fn decided(maker: &Maker<'_>) -> Option<Part> {
    let log = maker.decisions()?;
    let mut blocks = vec![Block::text(maker.say("report-decided-line")), Block::note(maker.say("report-numbers")), log];
    let despite = maker.wall.board.windows.values().filter(|window| !window.despite.trim().is_empty());
    let despite = despite.map(|window| {
        let (what, why) = (maker.words.label(&[&window.ask]), crate::canvas::escape::leaf(&window.despite));
        maker.tell("report-despite", &[("what", &what), ("why", &why)])
    });
    blocks.extend(Block::list(despite.chain(maker.closed_short()).collect()));
    Some(Part::new(1, maker.say("report-decided"), blocks))
}
