//! Whether the chart of a section fits what the section shows.

use crate::path::Plan;
use crate::path::plan::{Ask, Chart, Field, FieldKind, Kind, Section, Shape};

/// What is wrong with a section's chart: the word it stands at, and why.
pub(super) fn faults(plan: &Plan, section: &Section) -> Vec<(String, String)> {
    let Some(chart) = &section.chart else { return Vec::new() };
    let mut checker = Checker { plan, section, faults: Vec::new() };
    match chart {
        Chart::Map { ask, field, now, planned } => checker.map(ask, field, &[now, planned]),
        Chart::Scale { ask, baseline, target, unit } => {
            checker.shape(Shape::Table);
            let fields = [Some(baseline), Some(target), unit.as_ref()];
            checker.is_beside(ask);
            fields.into_iter().flatten().for_each(|field| checker.field(ask, field, None));
        }
        Chart::Grid { ask, across, up } => {
            checker.shape(Shape::Table);
            let shows = section.from.contains(ask);
            checker.wrong_if(!shows, ask, format!("a grid places the section's own cards; `{ask}` is not in `from`"));
            checker.wrong_if(across == up, up, "the two axes of a grid are two fields".to_owned());
            checker.field(ask, across, Some(FieldKind::Choice));
            checker.field(ask, up, Some(FieldKind::Choice));
        }
    }
    checker.faults
}

struct Checker<'a> {
    plan: &'a Plan,
    section: &'a Section,
    faults: Vec<(String, String)>,
}

impl<'a> Checker<'a> {
    fn wrong_if(&mut self, is_wrong: bool, word: &str, what: String) {
        if is_wrong {
            self.faults.push((word.to_owned(), what));
        }
    }

    fn shape(&mut self, shape: Shape) {
        let what = format!("the section `{}` has another shape than its chart needs", self.section.key);
        self.wrong_if(self.section.shape != shape, "chart", what);
    }

    fn is_beside(&mut self, ask: &str) {
        let is_there = self.section.beside.iter().any(|key| key == ask);
        self.wrong_if(!is_there, ask, format!("the chart draws `{ask}`, which is not in `beside` of this section"));
    }

    fn cards(&mut self, ask: &str) -> Option<&'a Ask> {
        let found = self.plan.ask(ask).filter(|found| found.kind == Kind::Cards);
        self.wrong_if(found.is_none(), ask, format!("the chart draws `{ask}`, which is no ask for cards"));
        found
    }

    fn find(&mut self, ask: &str, field: &str) -> Option<&'a Field> {
        let found = self.cards(ask)?.fields.iter().find(|found| found.key == field);
        self.wrong_if(found.is_none(), field, format!("the ask `{ask}` has no field `{field}`"));
        found
    }

    fn field(&mut self, ask: &str, field: &str, kind: Option<FieldKind>) {
        let Some(found) = self.find(ask, field) else { return };
        let is_other = kind.is_some_and(|kind| found.kind != kind);
        self.wrong_if(is_other, field, format!("the chart needs `{field}` of `{ask}` to be a choice"));
    }

    fn map(&mut self, ask: &str, field: &str, shares: &[&[String]; 2]) {
        self.shape(Shape::Tree);
        self.is_beside(ask);
        self.field(ask, field, Some(FieldKind::Choice));
        let Some(choices) = self.plan.ask(ask).and_then(|ask| ask.fields.iter().find(|found| found.key == field))
        else {
            return;
        };
        self.wrong_if(shares[0].is_empty(), "chart", "a map needs a choice that means `now`".to_owned());
        for choice in shares.iter().copied().flatten() {
            let is_there = choices.choices.contains(choice);
            self.wrong_if(!is_there, choice, format!("`{choice}` is no choice of `{field}`"));
            let twice = shares.iter().all(|share| share.contains(choice));
            self.wrong_if(twice, choice, format!("`{choice}` means both `now` and `planned`"));
        }
    }
}
