//! Each fault once: a small plan without fault, one thing in it broken, and what is said about it.

use super::super::{PromptError, check};
use super::small::{PLAN, WORDS};

fn flat(text: &str) -> String {
    format!("# Short texts\n\n{text}")
}

fn files() -> Vec<(String, String)> {
    let refusals: String = super::refusals::said_all();
    let of = |name: &str, text: String| (name.to_owned(), text);
    vec![
        of("path.toml", PLAN.to_owned()),
        of("en/one.md", WORDS.to_owned()),
        of("en/refusals.md", flat(&refusals)),
        of("en/replies.md", flat("## saved\nSaved, {{ name }}.\n")),
        of("en/notices.md", flat("## due\nTime is up.\n")),
        of("en/nudges.md", flat("## nudge-hello\nHello.\n")),
        of("en/labels.md", flat("## start\nStart\n")),
        of("en/canvas.md", flat("## canvas-or\nor\n")),
        of("en/report.md", flat("## report-why\nWhy\n")),
    ]
}

/// One thing broken in one file.
struct Broken {
    file: &'static str,
    /// What is replaced, and by what.
    from: &'static str,
    to: &'static str,
    /// The fault stands on the first line that holds this; empty: the first line.
    at: &'static str,
    says: &'static str,
}

const fn broken(
    file: &'static str,
    change: (&'static str, &'static str),
    at: &'static str,
    says: &'static str,
) -> Broken {
    Broken { file, from: change.0, to: change.1, at, says }
}

fn verdict(broken: &Broken) -> Result<(), String> {
    let mut files = files();
    let (_, text) = files.iter_mut().find(|(name, _)| name == broken.file).unwrap();
    if !text.contains(broken.from) {
        return Err(format!("`{}` is not in {}", broken.from, broken.file));
    }
    *text = text.replacen(broken.from, broken.to, 1);
    let line = text.lines().position(|line| line.contains(broken.at)).map(|index| index + 1);
    let faults = check(&files);
    let told =
        |fault: &PromptError| fault.file == broken.file && Some(fault.line) == line && fault.what.contains(broken.says);
    if faults.iter().any(told) { Ok(()) } else { Err(format!("{line:?} {}: {faults:#?}", broken.says)) }
}

fn all_told(table: &[Broken]) {
    let wrong: Vec<String> = table.iter().filter_map(|broken| verdict(broken).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_small_plan_is_without_fault() {
    assert_eq!(check(&files()), []);
}

#[test]
fn a_plan_that_cannot_be_read_is_told_part_by_part() {
    let toml = |from, to, at, says| broken("path.toml", (from, to), at, says);
    all_told(&[
        toml("days = 2", "days = = 2", "= =", ""),
        toml("days = 2", "dayz = 2", "dayz", "unknown field `dayz`"),
        toml("minutes = 5", "", "[[phase.sitting]]", "missing field `minutes`"),
        toml("kind = \"groups\"", "kind = \"gruops\"", "gruops", "unknown variant"),
        toml("shape = \"lines\"", "shape = \"round\"", "round", "unknown variant"),
    ]);
    let two = PLAN.replace("days = 2", "dayz = 2").replace("kind = \"read\"", "kind = \"red\"");
    let faults = check(&[("path.toml".to_owned(), two)]);
    assert_eq!(faults.len(), 2, "both are told at once: {faults:#?}");
}

#[test]
fn keys_are_commands_and_stand_once() {
    let toml = |from, to, at, says| broken("path.toml", (from, to), at, says);
    all_told(&[
        toml("key = \"learn\"", "key = \"Learn it\"", "Learn it", "1 to 32 of a-z"),
        toml("key = \"learn\"", "key = \"roles\"", "key = \"roles\"", "another ask or list"),
        toml("key = \"learn\"", "key = \"issue\"", "key = \"issue\"", "another ask or list"),
        toml("[\"glad\", \"sad\"]", "[\"glad\", \"glad\"]", "glad", "another choice"),
        toml("{ key = \"owner\"", "{ key = \"note\"", "{ key = \"note\"", "another field"),
    ]);
    let twice = PLAN.replace("  [[phase.check]]\n  rule = \"count\"", "  [[phase.sitting]]\n  key = \"first\"\n  days = 1\n  minutes = 1\n  ask = []\n\n  [[phase.check]]\n  rule = \"count\"");
    let faults = check(&[("path.toml".to_owned(), twice)]);
    for says in ["another sitting", "asks nothing"] {
        assert!(faults.iter().any(|fault| fault.what.contains(says)), "{says}: {faults:#?}");
    }
}

#[test]
fn what_is_referred_to_exists() {
    let toml = |from, to, at, says| broken("path.toml", (from, to), at, says);
    all_told(&[
        toml("from = [\"notes\"]\n    pile", "from = [\"nots\"]\n    pile", "nots", "no ask and no list"),
        toml("from = [\"issue\"]", "from = [\"isue\"]", "isue", "no ask and no list"),
        toml("under = \"dots\"", "under = \"notes\"", "under = \"notes\"", "`under` needs an ask that keeps"),
        toml("after = \"notes\"", "after = \"learn\"", "after =", "`after` needs an earlier ask"),
        toml("crown = [\"notes\"]", "crown = [\"dots\"]", "crown", "not in `from`"),
        toml("from = [\"dots\"]\n    kept", "from = [\"notes\"]\n    kept", "kept = true", "`kept` needs a source"),
        toml("from = [\"dots\"]\nkept", "from = [\"dotz\"]\nkept", "dotz", "no ask and no list"),
        toml("kept = true\nphase = \"one\"", "kept = true\nphase = \"two\"", "\"two\"", "no phase"),
        toml("ask = \"take\"", "ask = \"talk\"", "talk", "no ask of this phase"),
        toml("cards = [\"lead\"]", "cards = [\"led\"]", "\"led\"", "in no list"),
        toml("ask = \"dots\"", "ask = \"take\"", "rule = \"count\"", "keeps nothing"),
    ]);
}

#[test]
fn only_what_a_partner_gives_by_its_name_waits_for_its_house() {
    let subject = ("[\"glad\", \"sad\"]", "[\"glad\", \"sad\"], subject = [\"sad\"]");
    all_told(&[broken("path.toml", subject, "subject =", "only what a partner gives by its name")]);
    let by = |words: &str| PLAN.replace(subject.0, subject.1).replace("    by = \"group\"\n", words);
    let told = |plan: String| check(&[("path.toml".to_owned(), plan)]);
    let is_it = |fault: &PromptError| fault.what.contains("its house's approval");
    assert!(!told(by("    by = \"partner\"\n")).iter().any(is_it), "a partner's, by its name");
    let unnamed = told(by("    by = \"partner\"\n    named = \"never\"\n"));
    let fault = unnamed.iter().find(|fault| is_it(fault)).expect("nobody's by name");
    let line = by("    by = \"partner\"\n    named = \"never\"\n")
        .lines()
        .position(|line| line.contains("subject ="))
        .unwrap();
    assert_eq!((fault.file.as_str(), fault.line), ("path.toml", line + 1));
}

#[test]
fn drafters_are_found_where_the_plan_says() {
    let toml = |to, at, says| broken("path.toml", ("    by = \"group\"\n", to), at, says);
    let found = "    by = \"drafters\"\n    drafting = { volunteers = \"learn\", marks = \"page\" }\n";
    all_told(&[
        toml("    drafting = { volunteers = \"x\", marks = \"dots\" }\n", "drafting", "only cards that drafters give"),
        toml(found, "volunteers = \"learn\"", "people offer themselves with cards"),
        toml(found, "marks = \"page\"", "drafts are counted by marks"),
        toml(found, "marks = \"page\"", "`page` comes after this ask"),
    ]);
}

#[test]
fn each_kind_has_what_it_needs() {
    let toml = |from, to, at, says| broken("path.toml", (from, to), at, says);
    all_told(&[
        toml("from = [\"dots\"]\n    kept", "from = [\"dots\"]\n    rounds = 0\n    kept", "rounds = 0", "1 to 9"),
        toml("kind = \"groups\"", "kind = \"groups\"\n    rounds = 2", "rounds = 2", "only a consent"),
        toml("kind = \"groups\"", "kind = \"groups\"\n    fallback = \"majority\"", "majority", "only a consent"),
        toml("    from = [\"roles\"]\n", "", "kind = \"assign\"", "needs `from`"),
        toml("    pile = [{ key = \"main\", budget = 1 }]\n", "", "kind = \"assign\"", "needs a `pile`"),
        toml("    from = [\"dots\"]\n    kept = true\n", "", "kind = \"consent\"", "needs `from`"),
        toml("    under = \"dots\"\n", "", "kind = \"tree\"", "needs `under`"),
        toml("kind = \"groups\"", "kind = \"read\"", "by = \"group\"", "that makes the groups"),
        toml("kind = \"groups\"", "kind = \"cards\"", "kind = \"cards\"", "needs a `field`"),
        toml(
            "kind = \"read\"",
            "kind = \"read\"\n    field = [{ key = \"x\", type = \"line\" }]",
            "field = [{ key = \"x\"",
            "only cards have fields",
        ),
        toml(
            "kind = \"read\"",
            "kind = \"read\"\n    pile = [{ key = \"x\", budget = 1 }]",
            "key = \"x\"",
            "uses no `pile`",
        ),
        toml(", from = [\"issue\"]", "", "\"about\"", "needs `from`"),
        toml(", choices = [\"glad\", \"sad\"]", "", "\"tone\"", "needs `choices`"),
        toml("type = \"person\"", "type = \"partner\"", "confirm =", "an owner can confirm"),
        toml("chars_max = 140", "chars_max = 5000", "5000", "a form takes 4000"),
        toml("min = 1, max = 3", "min = 4, max = 3", "each =", "asks for 4 to 3"),
        toml("min = 1, max = 2", "min = 3, max = 2", "keep =", "asks for 3 to 2"),
        toml("budget = 3", "budget = 0", "budget = 0", "1 to 25 are possible"),
        toml("days = 2", "days = 0", "days = 0", "one day at least"),
    ]);
}

#[test]
fn a_chart_fits_its_section() {
    let toml = |from, to, at, says| broken("path.toml", (from, to), at, says);
    all_told(&[
        toml("field = \"tone\", now", "field = \"tune\", now", "tune", "has no field `tune`"),
        toml("field = \"tone\", now", "field = \"note\", now", "kind = \"map\"", "to be a choice"),
        toml("now = [\"glad\"]", "now = []", "kind = \"map\"", "a choice that means `now`"),
        toml("now = [\"glad\"]", "now = [\"mad\"]", "kind = \"map\"", "`mad` is no choice"),
        toml("now = [\"glad\"]", "now = [\"sad\"]", "kind = \"map\"", "both `now` and `planned`"),
        toml(
            "kind = \"map\", ask = \"notes\"",
            "kind = \"map\", ask = \"dots\"",
            "kind = \"map\"",
            "is no ask for cards",
        ),
        toml("target = \"owner\"", "target = \"goal\"", "target", "has no field `goal`"),
        toml("kind = \"scale\", ask", "kind = \"scales\", ask", "kind = \"scales\"", "unknown variant"),
        toml("from = [\"tree\"]\nbeside = [\"notes\"]", "from = [\"tree\"]", "kind = \"map\"", "not in `beside`"),
        toml(
            "shape = \"table\"\nfrom = [\"dots\"]",
            "shape = \"lines\"\nfrom = [\"dots\"]",
            "kind = \"scale\"",
            "another shape",
        ),
        toml("up = \"mood\"", "up = \"tone\"", "kind = \"grid\"", "two fields"),
        toml("up = \"mood\"", "up = \"owner\"", "kind = \"grid\"", "to be a choice"),
        toml("from = [\"notes\"]\nchart", "from = [\"dots\"]\nchart", "kind = \"grid\"", "not in `from`"),
    ]);
}

#[test]
fn menus_hold_twenty_five() {
    let keys: Vec<String> = (0..26).map(|nth| format!("\"c{nth}\"")).collect();
    let many = PLAN.replace("\"glad\", \"sad\"", &keys.join(", "));
    let faults = check(&[("path.toml".to_owned(), many)]);
    assert!(faults.iter().any(|fault| fault.what.contains("26 choices")), "{faults:#?}");

    let mut files = files();
    let items: Vec<String> = (0..26).map(|nth| format!("- i{nth}: Item\n")).collect();
    files[1].1 = WORDS.replace("- lead: Leader — Goes first.\n", &items.concat());
    assert!(check(&files).iter().any(|fault| fault.what.contains("27 items")));

    let asks: Vec<String> = (0..26)
        .map(|nth| format!("    [[phase.sitting.ask]]\n    key = \"more{nth}\"\n    kind = \"read\"\n\n"))
        .collect();
    let check_of_dots = "  [[phase.check]]\n  rule = \"count\"";
    let many = PLAN.replace(check_of_dots, &(asks.concat() + check_of_dots));
    let faults = check(&[("path.toml".to_owned(), many)]);
    assert!(faults.iter().any(|fault| fault.what.contains("33 asks")), "{faults:#?}");
}

#[test]
fn everything_has_words_and_no_words_are_left_over() {
    let words = |from, to, at, says| broken("en/one.md", (from, to), at, says);
    all_told(&[
        words("# One", "Two", "Two", "before the first heading"),
        words("### post\nAbout {{ minutes }} minutes.\n", "", "## sitting: first", "### post` is missing"),
        words("### canvas\nThis goes to our canvas: notes.\n", "", "## sitting: first", "### canvas` is missing"),
        words("## ask: learn\nRead", "## ask: learn", "## ask: learn", "has no words"),
        words("### question\nWhat did you note?\n", "", "## ask: notes", "### question` is missing"),
        words("### example\nIt rained.\n", "", "## ask: notes", "### example` is missing"),
        words("### field: note\nNote | One line\n", "", "## ask: notes", "field: note` is missing"),
        words("### choice: tone.sad\nSad\n", "", "## ask: notes", "choice: tone.sad` is missing"),
        words("### pile: dot\ndot\n", "", "## ask: dots", "pile: dot` is missing"),
        words("### page\nOne.\n\n### page\nTwo.\n", "", "## ask: learn", "page` is missing"),
        words("They will stand here.\n", "", "## section: kept-notes", "needs an invitation"),
        words("### close", "### clothes", "### clothes", "nothing in the plan asks for"),
        words("## ask: tree", "## ask: trees", "## ask: trees", "nothing in the plan asks for"),
    ]);
}

#[test]
fn what_stands_twice_is_told() {
    let mut files = files();
    files[1].1 = WORDS.replace("### close\n", "### close\nOnce.\n\n### close\n");
    files[3].1.push_str("\n## due\nAgain.\n");
    let said: Vec<String> = check(&files).iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(said[0].starts_with("en/notices.md:3: `## due` stands in en/replies.md already"), "{said:#?}");
    assert!(said[1].starts_with("en/one.md:19: `## sitting: first › ### close` stands twice"), "{said:#?}");
}

#[test]
fn words_fit_where_they_stand() {
    let long = |many: usize| "word ".repeat(many);
    for (from, to, says) in [
        ("About {{ minutes }} minutes.", long(130), "600 is the most"),
        ("What did you note?", long(16), "16 words; 15 is the most"),
        ("Note | One line", long(10), "45 is the most"),
        ("Note | One line", format!("Note | {}", long(21)), "100 is the most"),
        ("Notes\n\n### question", format!("{}\n\n### question", long(9)), "40 is the most"),
        ("Give a note", long(21), "100 is the most"),
        ("Glad", long(17), "80 is the most"),
        ("Give a note", "Two\n\nparagraphs".to_owned(), "has to be one line"),
        ("- help: Helper", "help: Helper".to_owned(), "has to look like"),
        ("- help: Helper", format!("- help: Helper — {}", long(49)), "240 is the most"),
    ] {
        let mut files = files();
        assert!(WORDS.contains(from), "{from}");
        files[1].1 = WORDS.replacen(from, &to, 1);
        let faults = check(&files);
        assert!(faults.iter().any(|fault| fault.what.contains(says)), "{says}: {faults:#?}");
    }
}

#[test]
fn gaps_are_those_that_will_be_filled() {
    all_told(&[
        broken(
            "en/one.md",
            ("{{ minutes }}", "{{ hours }}"),
            "### post",
            "has no gap `hours`; it has: days, minutes, room_minutes",
        ),
        broken("en/one.md", ("{{ minutes }}", "{{ minutes"), "About", "cannot be read"),
        broken("en/one.md", ("{{ name }}", "{{ minutes }}"), "### thanks", "has no gap `minutes`; it has: name"),
        broken(
            "en/refusals.md",
            ("## closed\nNo", "## closed\nNo {{ door }}"),
            "## closed",
            "`closed` has no gap `door`; it has: ask",
        ),
        broken("en/refusals.md", ("## closed\nNo", "## clothed\nNo"), "## clothed", "nothing is refused as `clothed`"),
        broken("en/refusals.md", ("## closed\nNo", ""), "", "the refusal `## closed` is missing"),
        broken("en/replies.md", ("{{ name }}", "{{ name | nonsense }}"), "nonsense", "cannot be filled"),
        broken("en/replies.md", ("Saved, {{ name }}.", ""), "## saved", "has no words"),
    ]);
}

#[test]
fn files_that_are_missing_or_strange_are_told() {
    let mut files = files();
    files.retain(|(name, _)| name != "en/one.md" && name != "en/labels.md");
    files.push(("en/two.md".to_owned(), String::new()));
    files.push(("de/replies.md".to_owned(), "## saved\nGespeichert, {{ wer }}.\n".to_owned()));
    let said: Vec<String> = check(&files).iter().map(ToString::to_string).collect();
    let told = |start: &str| assert!(said.iter().any(|fault| fault.starts_with(start)), "{start}: {said:#?}");
    told("en/one.md:1: this file is missing");
    told("en/labels.md:1: this file is missing");
    told("en/two.md:1: no phase is called `two`");
    told("de/replies.md:1: `## saved` has no gap `wer`");
    let none: Vec<String> = check(&[]).iter().map(ToString::to_string).collect();
    assert!(none[0].starts_with("path.toml:1: this file is missing"), "{none:#?}");
}

#[test]
fn short_texts_are_those_that_the_program_says() {
    let shipped = super::super::built_in();
    assert_eq!(super::super::unlike_shipped(&shipped), []);
    let changed = |file: &str, from: &str, to: &str| -> Vec<String> {
        let mut files = shipped.clone();
        let (_, text) = files.iter_mut().find(|(name, _)| name == file).unwrap();
        assert!(text.contains(from), "{from} is not in {file}");
        *text = text.replacen(from, to, 1);
        super::super::unlike_shipped(&files).iter().map(ToString::to_string).collect()
    };
    let told = changed("en/notices.md", "{{ count }} on the board", "{{ cuont }} on the board");
    assert!(told.len() == 1 && told[0].contains("`## outcome-cards` has no gap `cuont`; it has: count"), "{told:?}");
    let told = changed("en/nudges.md", "## nudge-hello\n", "## nudge-helo\n");
    assert!(told.iter().any(|one| one.contains("`## nudge-helo` is said nowhere")), "{told:?}");
    assert!(told.iter().any(|one| one.starts_with("en/nudges.md:1: `## nudge-hello` is missing")), "{told:?}");
}
