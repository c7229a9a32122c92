//! What is shipped, loaded whole, and what it has to hold; and how words are said.

use std::fs;
use std::path::Path;

use super::*;
use crate::path::plan::{Bounds, Kind};
use crate::path::{Refusal, Said};

fn shipped() -> Prompts {
    load(&built_in()).expect("the shipped prompts have no fault")
}

#[test]
fn everything_shipped_is_without_fault() {
    let faults: Vec<String> = check(&built_in()).iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn what_stands_in_the_folder_is_built_in() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("prompts/en");
    let mut there: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| format!("en/{}", entry.unwrap().file_name().into_string().unwrap()))
        .collect();
    there.sort();
    let built: Vec<String> =
        built_in().into_iter().map(|(name, _)| name).filter(|name| name.starts_with("en/")).collect();
    assert_eq!(built, there);
}

#[test]
fn the_path_has_the_numbers_of_the_path_card() {
    let plan = shipped().plan;
    let phases: Vec<&str> = plan.phases.iter().map(|phase| phase.key.as_str()).collect();
    assert_eq!(phases, ["preparation", "orientation", "groundwork", "summit", "outlook", "action-plan", "closing"]);
    let minutes: Vec<u16> = plan.phases.iter().map(|phase| phase.room_minutes).collect();
    assert_eq!(minutes, [0, 60, 120, 90, 70, 65, 30]);
    assert_eq!(plan.ask("core-causes").unwrap().keep, Some(Bounds { min: 3, max: 5 }));
    assert_eq!(plan.ask("indicators").unwrap().keep, Some(Bounds { min: 3, max: 3 }));
    assert_eq!(plan.ask("vision").unwrap().keep, Some(Bounds { min: 1, max: 1 }));
    let piles: Vec<(&str, u8)> =
        plan.ask("figures").unwrap().piles.iter().map(|pile| (pile.key.as_str(), pile.budget)).collect();
    assert_eq!(piles, [("green", 3), ("red", 3)]);
}

#[test]
fn the_main_road_is_fourteen_sittings_in_twenty_eight_days() {
    let plan = shipped().plan;
    assert_eq!(plan.sittings().count(), 14);
    let days: Vec<u16> =
        plan.phases.iter().map(|phase| phase.sittings.iter().map(|sitting| sitting.days).sum()).collect();
    assert_eq!(days, [4, 4, 6, 6, 2, 4, 2]);
    assert!(plan.sittings().all(|(_, sitting)| sitting.minutes <= 12));
}

#[test]
fn the_lists_hold_what_the_worked_example_names() {
    let plan = shipped().plan;
    let names = |list: &str| plan.list(list).unwrap().items.iter().map(|item| item.name.clone()).collect::<Vec<_>>();
    let keys = |list: &str| plan.list(list).unwrap().items.iter().map(|item| item.key.clone()).collect::<Vec<_>>();
    let fields = [
        "Shared purpose",
        "Right people at the table",
        "Mutual benefit and commitment",
        "Trust and respect",
        "Roles and responsibilities",
        "Decisions and power",
        "Communication and information sharing",
        "Resources and capacity",
        "Coordination and leadership",
        "Measuring and learning",
    ];
    assert_eq!(names("assessment-fields"), fields);
    let roles = [
        "backbone",
        "convener",
        "implementer",
        "resources",
        "data",
        "expert",
        "advocate",
        "voice",
        "communicator",
        "capacity",
        "innovator",
        "critical",
    ];
    assert_eq!(keys("partnership-roles"), roles);
    assert_eq!([keys("ground-rules").len(), keys("conditions").len(), keys("agreement-lines").len()], [6, 5, 3]);
}

#[test]
fn each_post_says_what_it_fills_apart_from_what_invites() {
    let prompts = shipped();
    let words = &prompts.words[DEFAULT_LANGUAGE];
    for (_, sitting) in prompts.plan.sittings() {
        let said = words.sitting(&sitting.key);
        assert!(said.canvas.starts_with("This goes to our canvas: "), "{}: {}", sitting.key, said.canvas);
        assert!(!said.post.contains("goes to our canvas"), "{}: {}", sitting.key, said.post);
        assert!(!said.post.contains("{{"), "{}: {}", sitting.key, said.post);
    }
}

#[test]
fn examples_come_from_other_issues_than_the_worked_one() {
    let prompts = shipped();
    let words = &prompts.words[DEFAULT_LANGUAGE];
    for (_, _, ask) in prompts.plan.asks() {
        let said = words.ask(&ask.key);
        assert!(!said.example.is_empty() || ask.kind == Kind::Read, "{} has no example", ask.key);
        let example = said.example.to_lowercase();
        for own in ["river", "plastic", "waste", "drain", "litter", "estuary"] {
            assert!(
                !example.split(|sign: char| !sign.is_alphabetic()).any(|word| word == own),
                "{}: {example}",
                ask.key
            );
        }
    }
}

#[test]
fn each_refusal_is_said_without_a_hole() {
    let prompts = shipped();
    let words = &prompts.words[DEFAULT_LANGUAGE];
    let too_long = Refusal::TooLong { field: "cause".into(), ask: "causes".into(), chars_max: 140, chars: 155 };
    assert_eq!(
        words.say(&too_long.said()),
        "“A cause” has 155 characters; 140 is the most. Please make it a little shorter. Your words are kept below."
    );
    for key in Refusal::KEYS {
        assert_ne!(words.say(&Said::new(key)), *key);
    }
}

/// Keys that the code says, as far as they stand there as plain words: each must have words.
#[test]
fn what_the_code_says_has_words() {
    let prompts = shipped();
    let words = &prompts.words[DEFAULT_LANGUAGE];
    let mut missing = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("prompts/tests.rs") {
                let text = fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]").next().unwrap();
                let said = code.split("Said::new(\"").skip(1).filter_map(|rest| rest.split_once('"'));
                let unsaid = said.map(|(key, _)| key).filter(|key| !words.knows(key));
                missing.extend(unsaid.map(|key| format!("{key} ({})", path.display())));
            }
        }
    }
    assert!(missing.is_empty(), "no words for:\n{}", missing.join("\n"));
}

#[test]
fn keys_in_gaps_become_names_and_other_values_stay() {
    let prompts = shipped();
    let words = &prompts.words[DEFAULT_LANGUAGE];
    let said = words.say(&Said::new("closed").with("ask", "causes"));
    assert!(said.starts_with("*Causes* is closed."), "{said}");
    let said = words.say(&Said::new("missing-kind").with("ask", "story").with("choice", "kind.success"));
    assert!(said.contains("*Success: it went well*"), "{said}");
    let said = words.say(&Said::new("empty").with("field", "zone").with("ask", ""));
    assert!(said.starts_with("“Time zone” is empty."), "{said}");
    let said = words.say(&Said::new("budget-spent").with("pile", "green").with("budget", 3).with("ask", "figures"));
    assert!(said.starts_with("All 3 of yours in “green”"), "{said}");
    assert_eq!(words.say(&Said::new("no-such-words")), "no-such-words");
    assert_eq!(words.label("no-such-label"), "no-such-label");
    assert!(words.thanks("hello", "Inês").starts_with("Thank you, Inês."));
}

#[test]
fn the_canvas_says_of_others_what_a_form_asks_of_you() {
    let prompts = shipped();
    let words = prompts.words_in("en").unwrap();
    let (form, canvas) = (words.ask("interface").fields["intent"].label.clone(), words.canvas_labels());
    assert_eq!(
        (form.as_str(), canvas["interface.intent"].as_str()),
        ("Why this matters to you", "Why this matters to them")
    );
    let on_canvas =
        prompts.plan.sections.iter().flat_map(|section| &section.from).filter_map(|key| prompts.plan.ask(key));
    for (ask, field) in on_canvas.flat_map(|ask| ask.fields.iter().map(move |field| (ask, field))) {
        let label = &canvas[&format!("{}.{}", ask.key, field.key)];
        assert!(!label.split_whitespace().any(|word| word.eq_ignore_ascii_case("you")), "{}: {label}", ask.key);
    }
}

#[test]
fn another_language_may_be_half_done() {
    let mut files = built_in();
    files.push(("de/labels.md".to_owned(), "## told\nErzählt\n".to_owned()));
    files.push(("de/replies.md".to_owned(), "## saved\n✓ Gespeichert.\n".to_owned()));
    let prompts = load(&files).unwrap();
    let german = prompts.words_in("de").unwrap();
    assert_eq!([german.label("told"), german.label("skip")], ["Erzählt", "Skip"]);
    assert_eq!(german.say(&Said::new("saved")), "✓ Gespeichert.");
    assert_eq!(german.ask("causes").title, "Causes");
    assert!(prompts.words_in("xx").is_some());
}

#[test]
fn the_same_plan_has_the_same_canonical_form() {
    let plan = shipped().plan;
    let again: Plan = serde_json::from_str(&canonical(&plan)).unwrap();
    assert_eq!(again, plan);
    assert_eq!(fingerprint(&again), fingerprint(&plan));
    let mut other = plan.clone();
    other.phases[0].sittings[0].days += 1;
    assert_ne!(fingerprint(&other), fingerprint(&plan));
    assert_eq!(fingerprint(&plan).len(), 64);
}
