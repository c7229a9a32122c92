//! Whether an ask can find its drafters by itself, as it says.

use crate::path::Plan;
use crate::path::plan::{Ask, By, FieldKind, Kind};

/// What is wrong with how an ask finds its drafters: the word it stands at, and why.
pub(super) fn faults(plan: &Plan, ask: &Ask) -> Vec<(String, String)> {
    let Some(drafting) = &ask.drafting else { return Vec::new() };
    let place = |key: &str| plan.asks().position(|(_, _, one)| one.key == key);
    let (here, volunteers, marks) = (place(&ask.key), plan.ask(&drafting.volunteers), plan.ask(&drafting.marks));
    let mut faults = Vec::new();
    let mut wrong_if = |is_wrong: bool, word: &str, what: String| {
        if is_wrong {
            faults.push((word.to_owned(), what));
        }
    };
    let drafts = ask.kind == Kind::Cards && ask.by == By::Drafters;
    wrong_if(!drafts, "drafting", "only cards that drafters give can find their drafters by themselves".to_owned());
    let is_words = ask.headline().is_some_and(|field| matches!(field.kind, FieldKind::Line | FieldKind::Text));
    wrong_if(!is_words, "drafting", "a draft goes forward as words: this ask needs a field for them".to_owned());
    let offers = volunteers.is_some_and(|one| one.kind == Kind::Cards && one.by == By::Each && one.key != ask.key);
    let what =
        format!("people offer themselves with cards that each may give; `{}` is no such ask", drafting.volunteers);
    wrong_if(!offers, &drafting.volunteers, what);
    let of_cards = |one: &Ask| one.from.iter().all(|key| plan.ask(key).is_some_and(|from| from.kind == Kind::Cards));
    let counts = marks.is_some_and(|one| one.kind == Kind::Marks && of_cards(one));
    let what = format!("drafts are counted by marks on cards that people gave; `{}` is no such ask", drafting.marks);
    wrong_if(!counts, &drafting.marks, what);
    for key in [&drafting.volunteers, &drafting.marks] {
        let is_later = place(key) > here;
        wrong_if(is_later, key, format!("`{key}` comes after this ask; drafters are found from what came before"));
    }
    faults
}
