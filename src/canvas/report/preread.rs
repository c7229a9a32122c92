//! The pre-read for the next meeting: what came in, what is open, where we differ, what to decide.
//! Two pages: a list is cut where it would grow longer, and says so.

use crate::canvas::PhaseState;
use crate::canvas::bars::{Bar, Reading};
use crate::canvas::line::Line;
use crate::canvas::section::{Body, Section};

use super::shapes::{beside, chosen, line, steps, with};
use super::{Block, Kind, Maker, Part, Report};

/// So many lines of a section are told; the canvas has them all.
const LINES_MAX: usize = 5;
/// So many points of difference are told.
const POINTS_MAX: usize = 8;
/// So many of the next steps are told.
const STEPS_MAX: usize = 8;
/// A line is told up to here.
const LETTERS_MAX: usize = 160;

/// The pre-read.
pub(super) fn report(maker: &Maker<'_>) -> Report {
    let mut parts = vec![where_we_are(maker)];
    parts.extend(gathered(maker));
    if let Some(table) = maker.open_table() {
        parts.push(Part::new(1, maker.say("report-still-asked"), vec![table]));
    }
    parts.extend(listed(maker, "report-differ", maker.contested()));
    parts.extend(listed(maker, "report-remarked", maker.remarked()));
    parts.extend(listed(maker, "report-waits", maker.awaiting()));
    parts.extend(listed(maker, "report-gaps", maker.lacking()));
    parts.push(to_decide(maker));
    parts.extend(due(maker));
    maker.report(Kind::Preread, maker.say("report-preread"), parts)
}

fn where_we_are(maker: &Maker<'_>) -> Part {
    let head = &maker.canvas.head;
    let of = |state: PhaseState| {
        let names = head.phases.iter().filter(move |phase| phase.state == state).map(|phase| phase.name.as_str());
        names.collect::<Vec<_>>().join(", ")
    };
    let said = [
        (PhaseState::Done, "phase-done"),
        (PhaseState::LeftOut, "phase-left-out"),
        (PhaseState::Open, "phase-open"),
        (PhaseState::ToCome, "phase-to-come"),
    ];
    let said = said.map(|(state, word)| (of(state), maker.words.word(word)));
    let lines = said.iter().filter(|(names, _)| !names.is_empty()).map(|(names, word)| format!("{names}: {word}"));
    let mut blocks: Vec<Block> =
        head.issue.iter().map(|issue| Block::quote(issue.text.clone(), maker.words.word("focal"))).collect();
    blocks.extend(maker.adopted_sentences().map(|(section, line)| Block::quote(line.text.clone(), &section.title)));
    blocks.extend(Block::list(lines.collect()));
    Part::new(1, maker.words.word("where"), blocks)
}

/// What came in in the phases that are open; where nothing is there yet, in the one that closed last. Once all is done,
/// what to go on from: what was chosen to work on first, and what was said of it.
fn gathered(maker: &Maker<'_>) -> Vec<Part> {
    let phases = &maker.canvas.head.phases;
    if phases.iter().all(|phase| phase.state.is_over()) {
        return to_go_on_from(maker);
    }
    let open = phases.iter().filter(|phase| phase.state == PhaseState::Open);
    let mut filled: Vec<Part> = open.flat_map(|phase| filled_in(maker, &phase.key)).collect();
    if filled.is_empty() {
        let last = phases.iter().rev().find(|phase| phase.state == PhaseState::Done);
        filled.extend(last.into_iter().flat_map(|phase| filled_in(maker, &phase.key)));
    }
    if filled.is_empty() {
        return filled;
    }
    let head = Part::new(1, maker.say("report-gathered"), vec![Block::text(maker.say("report-gathered-line"))]);
    std::iter::once(head).chain(filled).collect()
}

/// What was chosen to work on first, each with how it was seen and the reasons that were given.
fn to_go_on_from(maker: &Maker<'_>) -> Vec<Part> {
    let bars: Vec<&Bar> = maker.canvas.sections.iter().flat_map(bars_of).collect();
    let told = maker.canvas.sections.iter().filter(|of| maker.is_kept(of)).filter_map(|of| {
        let Body::Lines { groups } = &of.body else { return None };
        let of_line = |of: &Line| {
            let card = of.source.cards.first()?.card;
            bars.iter().find(|bar| bar.card == card).copied()
        };
        let lines = groups.iter().flat_map(|group| &group.lines);
        let items: Vec<(u8, String)> = lines.filter_map(of_line).flat_map(with_reasons).collect();
        Some(Part::new(1, of.title.clone(), vec![Block::branches(items)?]))
    });
    told.collect()
}

fn bars_of(section: &Section) -> &[Bar] {
    match &section.body {
        Body::Bars(bars) => &bars.bars,
        _ => &[],
    }
}

/// A field that was looked at, its count, and below it the reasons.
fn with_reasons(bar: &Bar) -> Vec<(u8, String)> {
    let head = with(format!("{} ({})", bar.text, bar.ratio), Some(&bar.said));
    let reasons = bar.reasons.iter().map(|reason| (1, beside(reason)));
    std::iter::once((0, head)).chain(reasons).collect()
}

/// The sections that a phase has filled, each in short.
fn filled_in(maker: &Maker<'_>, phase: &str) -> Vec<Part> {
    let sections = maker.canvas.sections.iter().filter(|of| of.phase == phase && !of.is_in_head(&maker.canvas.head));
    let short = sections.filter(|of| !of.body.is_empty()).filter_map(|of| {
        let list = Block::list(short(maker, gist(maker, of), LINES_MAX))?;
        Some(Part::new(2, of.title.clone(), vec![list]))
    });
    short.collect()
}

/// What a section says, line by line, in short.
fn gist(maker: &Maker<'_>, section: &Section) -> Vec<String> {
    let words = maker.words;
    match &section.body {
        Body::Lines { groups } => groups.iter().flat_map(|group| &group.lines).map(|of| line(words, of)).collect(),
        Body::Sentence { line: of } => of.iter().map(|of| line(words, of)).collect(),
        Body::Tree(tree) => {
            let nodes = tree.roots.iter().chain(&tree.crown).chain(&tree.loose_roots).chain(&tree.loose_crown);
            let said = nodes.filter_map(|node| node.line.as_ref().map(|of| format!("{} {}", node.place, of.text)));
            said.collect()
        }
        Body::Table(table) => {
            let rows = table.rows.iter().filter_map(|row| row.cells.split_first());
            // A plain yes is not all: what was said with it goes with it.
            let more = |cells: &[Vec<String>]| cells.iter().take(2).flatten().cloned().collect::<Vec<_>>().join("; ");
            rows.map(|(first, others)| with(first.join("; "), Some(&more(others)))).collect()
        }
        Body::Matrix(matrix) => {
            matrix.roles.iter().map(|role| format!("{}: {}", role.name, chosen(words, role))).collect()
        }
        Body::Bars(bars) => {
            let counted = bars.bars.iter().filter(|bar| bar.reading != Reading::None);
            counted.map(|bar| format!("{} ({}): {}", bar.text, bar.ratio, bar.said)).collect()
        }
        Body::Steps { steps } => steps.iter().map(|step| with(step.text.clone(), step.owner.as_deref())).collect(),
        Body::Words { words } => words.iter().map(|word| with(word.text.clone(), word.who.as_deref())).collect(),
    }
}

/// The first so many, each in short, and how many more there are.
fn short(maker: &Maker<'_>, items: Vec<String>, most: usize) -> Vec<String> {
    let most = if items.len() == most + 1 { items.len() } else { most };
    let more = more(maker, items.len(), most);
    items.into_iter().take(most).map(|item| clipped(&item)).chain(more).collect()
}

/// How many more there are than are told.
fn more(maker: &Maker<'_>, all: usize, most: usize) -> Option<String> {
    let more = all.saturating_sub(most);
    (more > 0).then(|| maker.tell("report-more", &[("n", &more.to_string())]))
}

/// A line that is not too long for a short paper.
fn clipped(text: &str) -> String {
    if text.chars().count() <= LETTERS_MAX {
        return text.to_owned();
    }
    let kept: String = text.chars().take(LETTERS_MAX).collect();
    format!("{}…", kept.trim_end())
}

fn listed(maker: &Maker<'_>, key: &str, items: Vec<String>) -> Option<Part> {
    let list = Block::list(short(maker, items, POINTS_MAX))?;
    Some(Part::new(1, maker.say(key), vec![list]))
}

/// The steps that come next, by their day: from the day of the paper on, and those without one.
fn due(maker: &Maker<'_>) -> Option<Part> {
    let day = maker.canvas.head.at.date_naive().to_string();
    let all = maker.canvas.sections.iter().filter_map(|section| match &section.body {
        Body::Steps { steps } => Some(steps),
        _ => None,
    });
    let next: Vec<_> = all.flatten().filter(|step| step.due.is_empty() || step.due >= day).collect();
    // A line that says *and one more* takes the place of the one.
    let most = if next.len() == STEPS_MAX + 1 { next.len() } else { STEPS_MAX };
    let mut blocks = vec![steps(maker.words, next.iter().take(most).copied())?];
    blocks.extend(more(maker, next.len(), most).map(Block::text));
    Some(Part::new(1, maker.say("report-due"), blocks))
}

/// What to decide, with room for what was decided.
fn to_decide(maker: &Maker<'_>) -> Part {
    let columns = ["report-to-decide", "report-so-far", "report-we-decided"].map(|key| maker.say(key));
    let undecided = maker.undecided().into_iter().map(|(what, far)| vec![what, far, String::new()]);
    let blocks: Vec<Block> = Block::table(columns.into(), undecided.collect())
        .map_or_else(|| vec![Block::text(maker.say("report-nothing-to-decide"))], |table| vec![table]);
    let blanks = ["report-blank-decided", "report-blank-next"].map(|key| Block::blank(maker.say(key)));
    let note = Block::note(maker.say("report-after-meeting"));
    Part::new(1, maker.say("report-decide"), blocks.into_iter().chain(blanks).chain([note]).collect())
}
