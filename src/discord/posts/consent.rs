//! What came of a consent: what stands, what is being worked on, and what was said with it.

use super::outcome::{LINES_MAX, card};
use crate::discord::scene::Scene;
use crate::discord::screens::approval::standing;
use crate::discord::screens::rounds::objection;
use crate::path::approval::{self, On};
use crate::path::plan::{ANSWERS, Ask};
use crate::path::{CardId, Said, Settled, Tally, Value, Window, rounds};

/// The partners for which it stands subject to approval.
fn approvals(scene: &Scene<'_>, window: &Window) -> Vec<String> {
    let here = approval::leading(scene.board()).into_iter().filter(|one| one.on == On::Answers(window.id));
    here.map(|one| format!("• {}", standing(scene, one))).take(LINES_MAX).collect()
}

/// The lines of a slate with their counts, remarks and objections, and a kind word on what is open.
pub(super) fn lines(scene: &Scene<'_>, ask: &Ask, window: &Window, tallies: &[&Tally]) -> Vec<String> {
    let board = scene.board();
    let count = |value: Value, line: CardId| {
        tallies.iter().filter(|row| row.value == value && row.card == line).map(|row| row.people).sum::<u32>()
    };
    let decision = board.decision(&ask.key, None);
    let outvoted = |line: CardId| {
        let of_this = decision.filter(|known| known.cards.contains(&line) && window.closed == Some(known.at));
        of_this.is_some_and(|known| rounds::settled_by(board, known, line).how == Settled::Fallback)
    };
    let line = |line: &CardId| {
        let said = Said::new("outcome-consent")
            .with("stands", count(Value::Stands, *line))
            .with("remarks", count(Value::Remark, *line))
            .with("not_yet", count(Value::NotYet, *line));
        let rule = if outvoted(*line) { format!(" · {}", scene.label("by-fallback")) } else { String::new() };
        format!("• {} – {}{rule}", card(scene, *line), scene.say(&said))
    };
    let mut lines: Vec<String> = window.slate.iter().map(line).take(LINES_MAX).collect();
    let said = board
        .figures
        .values()
        .filter(|figure| figure.key.window == window.id && figure.key.pile == ANSWERS && !figure.note.is_empty());
    lines.extend(said.take(LINES_MAX).map(|figure| objection(scene, figure)));
    lines.extend(approvals(scene, window));
    let open = rounds::open_lines(board, ask).len();
    if open > 0 && !window.is_open() {
        let key = if rounds::may_go_on(board, ask) { "outcome-working" } else { "outcome-rounds-over" };
        lines.push(scene.say(&Said::new(key).with("count", open)));
    }
    lines
}
