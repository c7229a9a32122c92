//! Whole Paths, walked by simulated people through the real bot, its database and the stand-in.

use jointpath::prompts;
use jointpath::rehearsal::{BotPlace, Kill, KillPlan, Options, Summary, run, worked_example};

const SCHOOL_MEALS: &str = include_str!("../../rehearsals/school-meals.json");

async fn rehearsed(script: &str, kill: Option<Kill>) -> Summary {
    let out = tempfile::tempdir().expect("a folder for the rehearsal");
    let options = Options {
        script: script.to_owned(),
        prompts: prompts::load(&prompts::built_in()).expect("the shipped words are sound"),
        out: out.path().to_owned(),
        seed: 1,
        record: None,
        database: None,
        pictures: kill.is_none(),
        bot: BotPlace { program: env!("CARGO_BIN_EXE_jointpath").into(), arguments: Vec::new() },
        kill,
        blow: None,
        is_quiet: false,
    };
    let summary = run(options).await.unwrap_or_else(|error| panic!("{error:#}"));
    let drawn =
        ["canvas.png", "canvas.svg", "canvas.pdf", "canvas-a4.pdf", "canvas.schema.json", "pictures/progress.png"];
    for file in drawn.into_iter().filter(|_| kill.is_none()) {
        assert!(out.path().join(file).is_file(), "{file} was not drawn");
    }
    for file in ["canvas.md", "canvas.json", "canvas.html", "transcript.md", "summary.txt", "rehearsal.db"] {
        let size = std::fs::metadata(out.path().join(file)).expect("it was left there").len();
        assert!(size > 1000, "{file} holds {size} bytes");
    }
    summary
}

/// `run` itself compares the canvas with the example's, section by section.
#[tokio::test(flavor = "multi_thread")]
async fn the_worked_example_comes_to_its_canvas() {
    let summary = rehearsed(worked_example(), None).await;
    assert_eq!((summary.people, summary.refusals.len(), summary.kills), (13, 4, 0));
    let longest = summary.efforts.0.values().flatten().filter(|(scene, _)| *scene != "hosting");
    let longest = longest.map(|(_, effort)| effort.minutes()).fold(0.0, f64::max);
    assert!(longest < 12.0, "a sitting takes {longest} minutes of somebody");
}

/// `run` itself compares what was posted with a run without kills.
#[tokio::test(flavor = "multi_thread")]
async fn a_killed_bot_says_nothing_twice_and_leaves_nothing_out() {
    let summary = rehearsed(SCHOOL_MEALS, Some(Kill::Random(KillPlan { seed: 1, one_in: 8, most: 12 }))).await;
    assert_eq!(summary.kills, 12);
}
