//! Whether a plan can be run: keys, what refers to what, and what each kind of ask needs.

use std::collections::BTreeSet;

use super::super::PromptError;
use super::super::plan_file::{Lines, Part};
use crate::path::Plan;
use crate::path::plan::{
    Ask, Bounds, By, CheckRule, Confirm, Fallback, Field, FieldKind, ISSUE, Kind, LIST_MAX, LinkKind, Named, Pile,
    ROUNDS, Section,
};

/// Options in a select, and subcommands in a command (Discord: 25 of each).
const CHOICES_MAX: usize = LIST_MAX as usize;
/// A text input of a form (Discord: 4,000 characters).
const CHARS_MAX: u32 = 4000;
/// Rounds of one consent: more would wear people out before they agree.
const ROUNDS_MAX: u16 = 9;
/// Figures in a pile: each is one press, so this is already more than anyone wants.
const BUDGET_MAX: u8 = LIST_MAX;

/// Adds what is wrong with the plan to the faults.
pub(in super::super) fn plan(plan: &Plan, text: &str, faults: &mut Vec<PromptError>) {
    let mut checker = Checker { plan, lines: Lines::of(text), faults };
    checker.keys();
    checker.shape();
    for (nth, (_, _, ask)) in plan.asks().enumerate() {
        checker.ask(Part::Ask(nth), ask);
        for field in &ask.fields {
            checker.field(Part::Ask(nth), ask, field);
        }
        for pile in &ask.piles {
            checker.pile(Part::Ask(nth), pile);
        }
        for (word, what) in super::drafting::faults(plan, ask) {
            checker.wrong(Part::Ask(nth), &word, what);
        }
    }
    for (nth, section) in plan.sections.iter().enumerate() {
        checker.section(Part::Section(nth), section);
    }
    checker.checks();
}

struct Checker<'a, 'b> {
    plan: &'a Plan,
    lines: Lines<'a>,
    faults: &'b mut Vec<PromptError>,
}

impl<'a> Checker<'a, '_> {
    fn wrong(&mut self, part: Part, word: &str, what: impl Into<String>) {
        let fault = self.lines.fault(part, word, what);
        self.faults.push(fault);
    }

    fn wrong_if(&mut self, is_wrong: bool, part: Part, word: &str, what: impl Into<String>) {
        if is_wrong {
            self.wrong(part, word, what);
        }
    }

    /// Every key can be a command's name, and stands once among its like.
    fn keys(&mut self) {
        let plan = self.plan;
        let asks = || plan.asks().enumerate().map(|(nth, (_, _, ask))| (Part::Ask(nth), ask.key.as_str()));
        let lists = plan.lists.iter().enumerate().map(|(nth, list)| (Part::List(nth), list.key.as_str()));
        let sections =
            plan.sections.iter().enumerate().map(|(nth, section)| (Part::Section(nth), section.key.as_str()));
        let phases = plan.phases.iter().enumerate().map(|(nth, phase)| (Part::Phase(nth), phase.key.as_str()));
        let sittings =
            plan.sittings().enumerate().map(|(nth, (_, sitting))| (Part::Sitting(nth), sitting.key.as_str()));
        self.unique("ask or list", [(Part::Top, ISSUE)].into_iter().chain(asks()).chain(lists));
        self.unique("section", sections);
        self.unique("phase", phases);
        self.unique("sitting", sittings);
        self.unique("plan", [(Part::Top, plan.key.as_str())].into_iter());
        for (nth, (_, _, ask)) in plan.asks().enumerate() {
            let part = Part::Ask(nth);
            self.unique("field of this ask", ask.fields.iter().map(|field| (part, field.key.as_str())));
            self.unique("pile of this ask", ask.piles.iter().map(|pile| (part, pile.key.as_str())));
            for field in &ask.fields {
                self.unique("choice of this field", field.choices.iter().map(|choice| (part, choice.as_str())));
            }
        }
        for (nth, list) in plan.lists.iter().enumerate() {
            self.unique("item of this list", list.items.iter().map(|item| (Part::List(nth), item.key.as_str())));
        }
    }

    fn unique(&mut self, what: &str, keys: impl Iterator<Item = (Part, &'a str)>) {
        let mut seen = BTreeSet::new();
        for (part, key) in keys {
            let fits = (1..=32).contains(&key.len())
                && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
            self.wrong_if(!fits, part, key, format!("the key `{key}` must be 1 to 32 of a-z, 0-9 and -"));
            self.wrong_if(
                !seen.insert(key),
                part,
                key,
                format!("there is another {what} with the key `{key}`; keys stand once"),
            );
        }
    }

    /// Phases hold sittings, sittings hold asks, lists belong to phases.
    fn shape(&mut self) {
        let plan = self.plan;
        self.wrong_if(plan.phases.is_empty(), Part::Top, "", "the plan has no phase");
        let polls = !plan.beside.is_empty() || plan.sittings().any(|(_, sitting)| sitting.poll.is_some());
        self.wrong_if(
            polls,
            Part::Top,
            "",
            "quick polls are asked by people, not planned; take out `beside` and `poll`",
        );
        for (nth, phase) in plan.phases.iter().enumerate() {
            self.wrong_if(
                phase.sittings.is_empty(),
                Part::Phase(nth),
                "",
                format!("the phase `{}` has no sitting", phase.key),
            );
            let asks: usize = phase.sittings.iter().map(|sitting| sitting.asks.len()).sum();
            let what = format!("the phase `{}` has {asks} asks; a command holds {CHOICES_MAX}", phase.key);
            self.wrong_if(asks > CHOICES_MAX, Part::Phase(nth), "", what);
        }
        for (nth, (_, sitting)) in plan.sittings().enumerate() {
            let part = Part::Sitting(nth);
            self.wrong_if(sitting.asks.is_empty(), part, "", format!("the sitting `{}` asks nothing", sitting.key));
            self.wrong_if(
                sitting.days == 0,
                part,
                "days",
                format!("the sitting `{}` needs one day at least", sitting.key),
            );
            self.wrong_if(
                sitting.minutes == 0,
                part,
                "minutes",
                format!("the sitting `{}` needs one minute at least", sitting.key),
            );
        }
        for pace in &plan.paces {
            for (sitting, days) in &pace.days {
                let known = plan.phases.iter().flat_map(|phase| &phase.sittings).any(|one| one.key == *sitting);
                let what = format!("the pace `{}` gives days to `{sitting}`, which is no sitting", pace.key);
                self.wrong_if(!known, Part::Top, "", what);
                let what = format!("the pace `{}` gives `{sitting}` no day; it needs one at least", pace.key);
                self.wrong_if(*days == 0, Part::Top, "", what);
            }
            let twice = plan.paces.iter().filter(|other| other.key == pace.key).count() > 1;
            self.wrong_if(twice, Part::Top, "", format!("two paces are called `{}`", pace.key));
        }
        for (nth, list) in plan.lists.iter().enumerate() {
            let part = Part::List(nth);
            self.phase(part, &list.phase);
            let count = list.items.len();
            let what = format!("the list `{}` has {count} items; a menu holds 1 to {CHOICES_MAX}", list.key);
            self.wrong_if(!(1..=CHOICES_MAX).contains(&count), part, "", what);
        }
    }

    fn ask(&mut self, part: Part, ask: &Ask) {
        self.sources(part, &ask.from);
        self.kept(part, ask.kept, &ask.from);
        self.bounds(part, "each", ask.each);
        if let Some(keep) = ask.keep {
            self.bounds(part, "keep", keep);
        }
        for crown in &ask.crown {
            let what = format!("`crown` names `{crown}`, which is not in `from`");
            self.wrong_if(!ask.from.contains(crown), part, crown, what);
        }
        if let Some(under) = &ask.under {
            let keeps = self.plan.ask(under).is_some_and(|trunk| trunk.keep.is_some());
            self.wrong_if(!keeps, part, "under", format!("`under` needs an ask that keeps a card; `{under}` is none"));
        }
        if let Some(after) = &ask.after {
            let earlier = self.plan.asks().map(|(_, _, found)| found).take_while(|found| found.key != ask.key);
            let is_earlier = earlier.into_iter().any(|found| found.key == *after);
            self.wrong_if(!is_earlier, part, "after", format!("`after` needs an earlier ask; `{after}` is none"));
        }
        self.kind(part, ask);
        let has = |kind| ask.fields.iter().any(|field| field.kind == kind);
        let nameless = ask.confirm == Some(Confirm::Owner) && !has(FieldKind::Person);
        self.wrong_if(nameless, part, "confirm", "an owner can confirm only if a field of type `person` names one");
        let alone = ask.by == By::Group && !self.plan.asks().any(|(_, _, other)| other.kind == Kind::Groups);
        self.wrong_if(alone, part, "by", "`by = \"group\"` needs an ask of kind `groups` that makes the groups");
    }

    fn kind(&mut self, part: Part, ask: &Ask) {
        let key = &ask.key;
        let takes_cards = matches!(ask.kind, Kind::Marks | Kind::Consent | Kind::Assign | Kind::Figures | Kind::Tree);
        let takes_piles = matches!(ask.kind, Kind::Marks | Kind::Assign | Kind::Figures);
        let is_cards = ask.kind == Kind::Cards;
        let lacks = |what: &str| format!("the ask `{key}` is of a kind that needs {what}");
        self.wrong_if(takes_cards && ask.from.is_empty(), part, "kind", lacks("`from`: the cards it is about"));
        self.wrong_if(takes_piles && ask.piles.is_empty(), part, "kind", lacks("a `pile`"));
        self.wrong_if(
            !takes_piles && !ask.piles.is_empty(),
            part,
            "pile",
            format!("the ask `{key}` uses no `pile`; leave it out"),
        );
        self.wrong_if(is_cards && ask.fields.is_empty(), part, "kind", lacks("a `field` at least"));
        self.wrong_if(
            !is_cards && !ask.fields.is_empty(),
            part,
            "field",
            format!("the ask `{key}` uses no `field`; only cards have fields"),
        );
        self.wrong_if(
            ask.kind == Kind::Tree && ask.under.is_none(),
            part,
            "kind",
            lacks("`under`: the ask whose card is the trunk"),
        );
        self.rounds(part, ask);
    }

    /// How often a consent is asked, and what settles it then.
    fn rounds(&mut self, part: Part, ask: &Ask) {
        let key = &ask.key;
        if ask.kind == Kind::Consent {
            let what = format!("the ask `{key}` has {} rounds; 1 to {ROUNDS_MAX} are possible", ask.rounds);
            self.wrong_if(!(1..=ROUNDS_MAX).contains(&ask.rounds), part, "rounds", what);
            return;
        }
        let only = |word: &str| format!("the ask `{key}` uses no `{word}`; only a consent has rounds");
        self.wrong_if(ask.rounds != ROUNDS, part, "rounds", only("rounds"));
        self.wrong_if(ask.fallback != Fallback::default(), part, "fallback", only("fallback"));
    }

    fn field(&mut self, part: Part, ask: &Ask, field: &Field) {
        let name = format!("the field `{}` of `{}`", field.key, ask.key);
        let key = field.key.as_str();
        self.sources(part, &field.from);
        self.kept(part, field.kept, &field.from);
        let is_card = field.kind == FieldKind::Card;
        self.wrong_if(
            is_card && field.from.is_empty(),
            part,
            key,
            format!("{name} needs `from`: the cards to choose from"),
        );
        let joins = !field.from.is_empty() || field.link.is_some() || field.kept;
        self.wrong_if(
            !is_card && joins,
            part,
            key,
            format!("{name} has `from`, `kept` or `link`, which only a field of type `card` uses"),
        );
        self.wrong_if(
            matches!(field.link, Some(LinkKind::MadeFrom | LinkKind::Supports)),
            part,
            key,
            format!("{name} has a `link` that comes of joining cards, and no form makes it"),
        );
        let is_choice = field.kind == FieldKind::Choice;
        self.wrong_if(is_choice && field.choices.is_empty(), part, key, format!("{name} needs `choices`"));
        self.wrong_if(
            !is_choice && !field.choices.is_empty(),
            part,
            key,
            format!("{name} has `choices`, which only a field of type `choice` uses"),
        );
        let strange = field.subject.iter().find(|subject| !field.choices.contains(subject));
        self.wrong_if(strange.is_some(), part, key, format!("{name} has `subject` that is none of its `choices`"));
        let is_a_partners = ask.by == By::Partner && ask.named != Named::Never;
        let what =
            format!("{name} has `subject`: only what a partner gives by its name can wait for its house's approval");
        self.wrong_if(!field.subject.is_empty() && !is_a_partners, part, key, what);
        let many = field.choices.len();
        self.wrong_if(many > CHOICES_MAX, part, key, format!("{name} has {many} choices; a menu holds {CHOICES_MAX}"));
        let is_text = matches!(field.kind, FieldKind::Line | FieldKind::Text);
        self.wrong_if(
            !is_text && field.chars_max > 0,
            part,
            key,
            format!("{name} has `chars_max`, which only a line or a text uses"),
        );
        self.wrong_if(
            field.chars_max > CHARS_MAX,
            part,
            key,
            format!("{name} allows {} characters; a form takes {CHARS_MAX}", field.chars_max),
        );
    }

    fn pile(&mut self, part: Part, pile: &Pile) {
        let what = format!("the pile `{}` holds {} figures; 1 to {BUDGET_MAX} are possible", pile.key, pile.budget);
        self.wrong_if(!(1..=BUDGET_MAX).contains(&pile.budget), part, &pile.key, what);
    }

    fn section(&mut self, part: Part, section: &Section) {
        self.phase(part, &section.phase);
        self.wrong_if(
            section.from.is_empty(),
            part,
            "from",
            format!("the section `{}` shows nothing; it needs `from`", section.key),
        );
        self.sources(part, &section.from);
        self.sources(part, &section.beside);
        self.kept(part, section.kept, &section.from);
        for (word, what) in super::chart::faults(self.plan, section) {
            self.wrong(part, &word, what);
        }
    }

    fn checks(&mut self) {
        let plan = self.plan;
        let checks = plan.phases.iter().flat_map(|phase| phase.checks.iter().map(move |check| (phase, check)));
        for (nth, (phase, check)) in checks.enumerate() {
            let part = Part::Check(nth);
            let asks = phase.sittings.iter().flat_map(|sitting| &sitting.asks);
            let Some(ask) = asks.into_iter().find(|ask| ask.key == check.ask) else {
                self.wrong(
                    part,
                    &check.ask,
                    format!("the check looks at `{}`, which is no ask of this phase", check.ask),
                );
                continue;
            };
            let counts = matches!(check.rule, CheckRule::Count | CheckRule::Distinct);
            self.wrong_if(
                counts && ask.keep.is_none(),
                part,
                "rule",
                format!("this check counts what was kept, and `{}` keeps nothing", ask.key),
            );
            let covers = check.rule == CheckRule::Covers;
            self.wrong_if(
                covers && check.cards.is_empty(),
                part,
                "rule",
                "`covers` needs `cards`: those that someone must hold",
            );
            self.wrong_if(!covers && !check.cards.is_empty(), part, "cards", "only the rule `covers` uses `cards`");
            for card in &check.cards {
                let lists = plan.lists.iter().filter(|list| ask.from.contains(&list.key));
                let is_there = lists.flat_map(|list| &list.items).any(|item| item.key == *card);
                self.wrong_if(!is_there, part, card, format!("`{card}` is in no list that `{}` offers", ask.key));
            }
        }
    }

    fn sources(&mut self, part: Part, from: &[String]) {
        for source in from {
            let is_there = source == ISSUE || self.plan.ask(source).is_some() || self.plan.list(source).is_some();
            self.wrong_if(!is_there, part, source, format!("`{source}` is no ask and no list of this plan"));
        }
    }

    fn kept(&mut self, part: Part, kept: bool, from: &[String]) {
        let keeps = from.iter().any(|source| self.plan.ask(source).is_some_and(|ask| ask.keep.is_some()));
        self.wrong_if(kept && !keeps, part, "kept", "`kept` needs a source that keeps cards: an ask with `keep`");
    }

    fn phase(&mut self, part: Part, key: &str) {
        let is_there = self.plan.phase(key).is_some();
        self.wrong_if(!is_there, part, "phase", format!("`{key}` is no phase of this plan"));
    }

    fn bounds(&mut self, part: Part, name: &str, bounds: Bounds) {
        let fits = bounds.min <= bounds.max && bounds.max > 0;
        let what = format!(
            "`{name}` asks for {} to {}; the first may not be more than the second, and not both 0",
            bounds.min, bounds.max
        );
        self.wrong_if(!fits, part, name, what);
    }
}
