//! What each shape shows, on plans of a few lines.

use super::hand::Hand;
use crate::canvas::*;
use crate::path::{Change, LeftOut, Settled, Viewer, view};

/// A plan with these asks in one sitting, these lists, and one section.
pub(super) fn plan(asks: &str, section: &str) -> String {
    phase(&format!("{asks}\n[[section]]\nkey = 'wall'\n{section}\n"))
}

/// A plan of one sitting from its asks and sections.
pub(super) fn phase(parts: &str) -> String {
    let parts = parts.replace("[[ask]]", "[[phase.sitting.ask]]").replace("[[section]]", "[[section]]\nphase = 'one'");
    format!("key = 'small'\n[[phase]]\nkey = 'one'\n[[phase.sitting]]\nkey = 'sit'\ndays = 1\nminutes = 1\n{parts}")
}

/// The one section of a board.
pub(super) fn section(hand: &Hand) -> Section {
    hand.canvas().sections.remove(0)
}

const SHEETS: &str = "
[[ask]]
key = 'sheet'
kind = 'cards'
by = 'partner'
seal = 'none'
confirm = 'strategic'
field = [{ key = 'intent', type = 'text' }, { key = 'lead', type = 'person' }, { key = 'by', type = 'date' }]
[[ask]]
key = 'fact'
kind = 'cards'
seal = 'none'
each = { min = 0, max = 3 }
field = [{ key = 'of', type = 'card', from = ['sheet'], link = 'answers' }, { key = 'unit', type = 'line' }]
[[ask]]
key = 'away'
kind = 'cards'
by = 'partner'
seal = 'none'
field = [{ key = 'line', type = 'line' }]
";

#[test]
fn tables_name_people_and_partners_and_take_in_what_stands_beside() {
    let mut hand = Hand::small(&plan(SHEETS, "shape = 'table'\nfrom = ['sheet']\nbeside = ['fact', 'away']"));
    for ask in ["sheet", "fact", "away"] {
        hand.open(ask);
    }
    let dan = hand.who("Dan").to_string();
    let city = hand.give("sheet", "Ana", &[("intent", "Serve all"), ("lead", &dan), ("by", "2026-05-07")]);
    hand.give("sheet", "Caro", &[("intent", "A clean river")]);
    hand.confirm(city, "Ben", true);
    hand.give("fact", "Dan", &[("of", &city.to_string()), ("unit", "tonnes")]);
    hand.give("fact", "Caro", &[("of", &city.to_string()), ("unit", "bags")]);
    hand.give("away", "Ben", &[("line", "Trucks matter")]);
    let Body::Table(table) = section(&hand).body else { panic!("not a table") };
    let heads: Vec<&str> = table.columns.iter().map(|column| column.label.as_str()).collect();
    assert_eq!(heads, ["Who", "Intent", "Lead", "By", "Unit", "Line"]);
    let cells = |row: usize| table.rows[row].cells.iter().map(|texts| texts.join("|")).collect::<Vec<_>>();
    assert_eq!(cells(0), ["City", "Serve all", "Dan", "7 May 2026", "tonnes|bags", "Trucks matter"]);
    assert_eq!(cells(1), ["RWA", "A clean river", "", "", "", ""]);
    let said = |row: usize| table.rows[row].confirmation.as_ref().unwrap().said.clone();
    assert_eq!((said(0), said(1)), ("confirmed by Ben".to_owned(), "waits for a yes".to_owned()));
    assert_eq!(table.rows[0].beside.len(), 3, "what stands beside names its sources too");
}

#[test]
fn a_table_drops_what_nobody_has_said_beside_it() {
    let mut hand = Hand::small(&plan(SHEETS, "shape = 'table'\nfrom = ['sheet']\nbeside = ['fact', 'away']"));
    hand.open("sheet");
    hand.open("fact");
    hand.give("sheet", "Ana", &[("intent", "Serve all")]);
    let Body::Table(table) = section(&hand).body else { panic!("not a table") };
    assert_eq!(table.columns.len(), 4);
    assert_eq!(table.rows[0].cells.len(), 4);
}

const ROLES: &str = "
[[ask]]
key = 'assign'
kind = 'assign'
from = ['role']
pile = [{ key = 'main', budget = 1 }]
seal = 'close'
named = 'never'
[[ask]]
key = 'accept'
kind = 'cards'
by = 'partner'
seal = 'none'
confirm = 'strategic'
field = [
  { key = 'answer', type = 'choice', choices = ['yes'] },
  { key = 'also', type = 'card', from = ['role'], link = 'serves', optional = true },
  { key = 'note', type = 'line', optional = true },
]
";
const ROLE_LIST: &str = "[[list]]\nkey = 'role'\nphase = 'one'\nitems = [{ key = 'a', name = 'Backbone' }, { key = 'b', name = 'Funder' }]\n";

fn roles() -> Hand {
    let plan = plan(ROLES, &format!("shape = 'matrix'\nfrom = ['assign']\nbeside = ['accept']\n{ROLE_LIST}"));
    let mut hand = Hand::small(&plan);
    hand.open("assign");
    hand.open("accept");
    hand
}

fn role_of(hand: &Hand, partner: &str) -> Role {
    let Body::Matrix(matrix) = section(hand).body else { panic!("not a matrix") };
    matrix.roles.into_iter().find(|role| role.name == partner).unwrap()
}

#[test]
fn a_role_is_the_settled_one_or_else_the_leading_one() {
    let mut hand = roles();
    let (a, b) = (hand.item("role", "a"), hand.item("role", "b"));
    let (city, rwa) = (hand.whose("City"), hand.whose("RWA"));
    for (by, role) in [("Ana", a), ("Ben", a), ("Caro", b), ("Dan", a)] {
        hand.nominate(("assign", "main", 1), Some(city), by, role);
    }
    hand.nominate(("assign", "main", 1), Some(rwa), "Ana", a);
    hand.nominate(("assign", "main", 1), Some(rwa), "Caro", b);
    assert!(role_of(&hand, "City").is_empty(), "open polls show nothing");
    hand.close("assign");
    let leading = role_of(&hand, "City");
    assert_eq!((leading.chosen.len(), leading.chosen[0].text.as_str(), leading.settled), (1, "Backbone", false));
    assert_eq!(leading.nominations[0].said, "3 people from 2 partners");
    let level: Vec<String> = role_of(&hand, "RWA").chosen.into_iter().map(|line| line.text).collect();
    assert_eq!(level, ["Backbone", "Funder"]);

    hand.open_about("assign", &[rwa]);
    hand.nominate(("assign", "main", 1), Some(rwa), "Dan", b);
    hand.close("assign");
    assert_eq!(role_of(&hand, "RWA").chosen[0].text, "Funder", "the run-off counts where it was held");
    assert_eq!(role_of(&hand, "City").nominations[0].people, 3, "and the first round where it was not");

    hand.keep("assign", Some(city), &[b], Settled::Host);
    let settled = role_of(&hand, "City");
    assert_eq!((settled.chosen[0].text.as_str(), settled.settled), ("Funder", true));
    assert!(settled.chosen[0].source.settled.is_some());
}

#[test]
fn what_a_partner_says_of_its_role_stands_beside_it() {
    let mut hand = roles();
    let also = hand.item("role", "b").to_string();
    let card = hand.give("accept", "Ana", &[("answer", "yes"), ("also", &also), ("note", "Half a post")]);
    hand.confirm(card, "Ben", false);
    let beside = role_of(&hand, "City").beside.remove(0);
    assert_eq!((beside.who.as_deref(), beside.marks.as_slice()), (Some("Ana"), ["yes".to_owned()].as_slice()));
    let parts: Vec<&str> = beside.parts.iter().map(|part| part.text.as_str()).collect();
    assert_eq!(parts, ["Funder", "Half a post"]);
    assert_eq!(beside.confirmation.unwrap().said, "declined by Ben");
    assert!(role_of(&hand, "RWA").beside.is_empty());
}

const STEPS: &str = "
[[ask]]
key = 'step'
kind = 'cards'
seal = 'none'
confirm = 'owner'
each = { min = 0, max = 5 }
field = [
  { key = 'what', type = 'line' },
  { key = 'why', type = 'card', from = ['role'], link = 'serves' },
  { key = 'owner', type = 'person' },
  { key = 'due', type = 'date' },
  { key = 'size', type = 'number' },
]
";

#[test]
fn steps_stand_by_date_with_owner_and_answer() {
    let mut hand = Hand::small(&plan(STEPS, &format!("shape = 'steps'\nfrom = ['step']\n{ROLE_LIST}")));
    hand.open("step");
    let (why, dan) = (hand.item("role", "a").to_string(), hand.who("Dan").to_string());
    let give = |hand: &mut Hand, what: &str, owner: &str, due: &str| {
        hand.give("step", "Ana", &[("what", what), ("why", &why), ("owner", owner), ("due", due), ("size", "3")])
    };
    give(&mut hand, "Someday", "", "");
    give(&mut hand, "Late", &dan, "2026-06-01");
    let soon = give(&mut hand, "Soon", &dan, "2026-05-01");
    hand.confirm(soon, "Dan", true);
    let Body::Steps { steps } = section(&hand).body else { panic!("not steps") };
    let order: Vec<(&str, &str, Option<&str>)> =
        steps.iter().map(|step| (step.text.as_str(), step.due_said.as_str(), step.owner.as_deref())).collect();
    assert_eq!(
        order,
        [("Soon", "1 May 2026", Some("Dan (RWA)")), ("Late", "1 June 2026", Some("Dan (RWA)")), ("Someday", "", None)]
    );
    let states: Vec<Confirmed> = steps.iter().map(|step| step.confirmation.as_ref().unwrap().state).collect();
    assert_eq!(states, [Confirmed::Yes, Confirmed::Waiting, Confirmed::Waiting]);
    assert_eq!((steps[0].serves[0].as_str(), steps[0].parts[0].text.as_str()), ("Backbone", "3"));
}

#[test]
fn words_stand_with_their_givers_and_without_them_where_nobody_is_named() {
    for (named, who) in [("yes", Some("Ana (City)")), ("never", None)] {
        let ask = format!(
            "[[ask]]\nkey = 'word'\nkind = 'cards'\nseal = 'none'\nnamed = '{named}'\nfield = [{{ key = 'w', type = 'line' }}]"
        );
        let mut hand = Hand::small(&plan(&ask, "shape = 'words'\nfrom = ['word']"));
        hand.open("word");
        hand.give("word", "Ana", &[("w", "hopeful")]);
        let canvas = hand.canvas();
        let Body::Words { words } = &canvas.sections[0].body else { panic!("not words") };
        assert_eq!((words[0].text.as_str(), words[0].who.as_deref()), ("hopeful", who));
        let everywhere = [json(&canvas), outline(&canvas), html(&canvas)];
        let section_of_json = serde_json::to_string(&canvas.sections).unwrap();
        assert_eq!(section_of_json.contains("Ana"), who.is_some());
        assert!(everywhere.iter().all(|text| text.contains("hopeful")));
    }
}

#[test]
fn the_head_says_where_the_path_is() {
    let mut hand = super::ruvani::up_to(2);
    hand.version("Snapshot", None);
    hand.open("causes");
    let head = hand.canvas().head;
    let states: Vec<PhaseState> = head.phases.iter().map(|phase| phase.state).collect();
    let (done, open, next) = (PhaseState::Done, PhaseState::Open, PhaseState::ToCome);
    assert_eq!(states, [done, done, open, next, next, next, next]);
    assert_eq!((head.people_said.as_str(), head.partners_said.as_str()), ("13 people", "5 partners"));
    assert_eq!(head.version, None, "a snapshot is not a published version");
    let fills: Vec<Fill> = head.elements.iter().map(|element| element.state).collect();
    assert_eq!(fills, [Fill::Begun, Fill::Empty, Fill::Empty, Fill::Empty, Fill::Empty]);
    let end = super::ruvani::board().canvas().head;
    assert!(end.elements.iter().all(|element| element.state == Fill::Filled));
    assert_eq!(end.version.unwrap().nth, 1);
}

#[test]
fn a_phase_that_hosts_left_out_is_not_to_come() {
    let mut hand = super::ruvani::up_to(2);
    let plan = std::sync::Arc::clone(&hand.board.plan);
    let [third, fourth] = [&plan.phases[2], &plan.phases[3]];
    let leave_out = |hand: &mut Hand, sitting: &str, why: &str| {
        let mut timetable = hand.board.timetable.clone();
        timetable.left_out.insert(sitting.to_owned(), LeftOut { why: why.to_owned(), at: hand.at });
        hand.put(Change::Timetable(timetable));
    };
    let (first, others) = third.sittings.split_first().unwrap();
    assert!(!others.is_empty());
    leave_out(&mut hand, &first.key, "We did that in <January>");
    assert_eq!(hand.canvas().head.phases[2].state, PhaseState::ToCome, "some of it is still to come");
    for (nth, sitting) in others.iter().enumerate() {
        leave_out(&mut hand, &sitting.key, if nth == 0 { "We did that in <January>" } else { "No time" });
    }
    let canvas = hand.canvas();
    let phase = &canvas.head.phases[2];
    assert_eq!((phase.state, phase.said.as_str()), (PhaseState::LeftOut, "left out"));
    assert_eq!(phase.why, ["We did that in <January>", "No time"][..phase.why.len()]);
    assert_eq!(canvas.head.phases[3].state, PhaseState::ToCome);
    let page = html(&canvas);
    assert!(page.contains(&format!("<li class=\"left-out\"><b>{}</b> <small>left out</small>", phase.name)), "{page}");
    assert!(outline(&canvas).contains(&format!("{}: left out", phase.name)));
    let shown = view(&hand.board, Viewer::Room, hand.at);
    let preread = report::make(&shown, &Captions::default(), report::Kind::Preread).unwrap();
    assert!(report::markdown(&preread).contains(&format!("{}: left out", phase.name)));
    // What was opened of a phase is done once it has closed and the rest was left out.
    let (opened, rest) = fourth.sittings.split_first().unwrap();
    for ask in &opened.asks {
        hand.open(&ask.key);
        hand.close(&ask.key);
    }
    for sitting in rest {
        leave_out(&mut hand, &sitting.key, "No time");
    }
    let phase = &hand.canvas().head.phases[3];
    assert_eq!((phase.state, phase.why.len()), (PhaseState::Done, 0));
}

#[test]
fn what_was_filled_in_is_not_looked_through_for_gaps() {
    let labels = [("report-between".to_owned(), "{one} and {{ two }}, {one}{three}".to_owned())].into();
    let captions = Captions { labels, ..Captions::default() };
    let told = captions.tell("report-between", &[("one", "{two}"), ("two", "{{ one }}")]);
    assert_eq!(told, "{two} and {{ one }}, {two}{three}");
}

#[test]
fn captions_word_the_canvas() {
    let mut hand = roles();
    hand.give("accept", "Ana", &[("answer", "yes")]);
    let pair = |key: &str, word: &str| (key.to_owned(), word.to_owned());
    let captions = Captions {
        sections: [("wall".to_owned(), ("Unsere Rollen".to_owned(), "Wer macht was?".to_owned()))].into(),
        phases: [pair("one", "Ausblick")].into(),
        labels: [
            pair("accept.answer.yes", "ja"),
            pair("canvas-partner-many", "{{ n }} Partner"),
            pair("canvas-waiting", "wartet"),
        ]
        .into(),
    };
    let canvas = hand.canvas_with(&captions);
    assert_eq!(
        (canvas.sections[0].title.as_str(), canvas.sections[0].phase_name.as_str()),
        ("Unsere Rollen", "Ausblick")
    );
    assert_eq!(canvas.head.partners_said, "2 Partner");
    let page = html(&canvas);
    assert!(["Unsere Rollen", "Ausblick", "wartet", ">ja<"].iter().all(|word| page.contains(word)));
}
