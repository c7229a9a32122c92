//! What a section says in one line: for the page that one reads if one reads no more.

use crate::canvas::chart::{Chart, Scale};
use crate::canvas::section::{Body, Section};
use crate::canvas::steps::Step;

use super::Maker;
use super::shapes::{chosen, with};

/// So many lines of a section are told by their words; of more only the name.
const LINES_MAX: usize = 5;
/// A line that is longer than this is not repeated.
const LETTERS_MAX: usize = 120;

impl Maker<'_> {
    /// A section by its name, and what it comes to where that is short: what was chosen, the signs from first number to
    /// goal, who has which role, the step that comes next.
    pub(super) fn in_short(&self, section: &Section) -> String {
        let said = match (&section.body, &section.chart) {
            (Body::Table(_), Some(Chart::Scale(scales))) => {
                scales.scales.iter().map(scale).collect::<Vec<_>>().join("; ")
            }
            (Body::Matrix(matrix), _) => {
                let roles = matrix.roles.iter().filter(|role| !role.chosen.is_empty());
                roles.map(|role| format!("{}: {}", role.name, chosen(self.words, role))).collect::<Vec<_>>().join("; ")
            }
            (Body::Steps { steps }, _) => self.next_of(steps),
            (Body::Lines { groups }, _) if self.is_kept(section) => {
                let texts = groups.iter().flat_map(|group| &group.lines).map(|line| line.text.as_str());
                let texts: Vec<&str> = texts.collect();
                let is_short = texts.len() <= LINES_MAX && texts.iter().all(|text| text.chars().count() <= LETTERS_MAX);
                if is_short { texts.join("; ") } else { String::new() }
            }
            _ => String::new(),
        };
        if said.is_empty() { section.title.clone() } else { format!("{}: {said}", section.title) }
    }

    /// How many steps there are, and which comes next.
    fn next_of(&self, steps: &[Step]) -> String {
        let day = self.canvas.head.at.date_naive().to_string();
        let count = steps.len().to_string();
        let Some(next) = steps.iter().find(|step| !step.due.is_empty() && step.due >= day) else { return count };
        let who = next.owner.clone().into_iter().chain([next.due_said.clone()]).collect::<Vec<_>>().join(", ");
        self.tell("report-steps-in-short", &[("n", &count), ("next", &with(next.text.clone(), Some(&who)))])
    }

    /// Whether a section shows what the group kept.
    pub(super) fn is_kept(&self, section: &Section) -> bool {
        let planned = &self.wall.board.plan.sections;
        planned.iter().any(|planned| planned.key == section.key && planned.kept)
    }
}

/// A sign, and from which number to which goal, as far as they are there.
fn scale(scale: &Scale) -> String {
    let ends = [scale.baseline.text.as_str(), scale.target.text.as_str()];
    let ends = ends.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" → ");
    let ends = [ends.as_str(), if ends.is_empty() { "" } else { scale.unit.as_str() }].join(" ");
    with(scale.text.clone(), Some(ends.trim()))
}
