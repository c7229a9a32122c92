//! What hosts share of the canvas: links, sections for outsiders, versions laid beside each other, reports.

use jointpath::path::{RoomId, Viewer};
use jointpath::sandbox::remote::Seen;
use serde_json::{Value, json};

use crate::discord_canvas::{SEALED, causes, choose, closed, drawn, files, holds, shown};
use crate::town::{ANN, BEN, CHANNEL, CID, Town};

/// The choices of the menu with this hint: label and value.
fn choices(town: &Town, seen: &Seen, hint: &str) -> Vec<(String, String)> {
    let hint = town.label(hint);
    let post = shown(seen);
    let controls = post.controls();
    let menu = controls.iter().find(|menu| menu["placeholder"] == hint.as_str());
    let menu = menu.unwrap_or_else(|| panic!("no menu {hint:?} on {post:#?}"));
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    menu["options"].as_array().unwrap().iter().map(|one| (text(&one["label"]), text(&one["value"]))).collect()
}

async fn select(town: &Town, user: u64, seen: &Seen, id: &str, values: &[&str]) -> Seen {
    town.remote.select(user, shown(seen).id, id, values).await.unwrap()
}

#[tokio::test]
async fn a_host_shares_the_canvas_and_takes_the_link_back() {
    const BASE: &str = "https://board.example.org";
    let town = Town::founded().await;
    let id = town.app.partnership_in(RoomId(CHANNEL)).unwrap();
    let links = json!({"show": "links"});
    let seen = town.command(BEN, &["canvas"], links.clone()).await;
    assert!(seen.text().contains(&town.beginning("hosts-only")), "{}", seen.text());
    let seen = town.command(ANN, &["canvas"], links.clone()).await;
    assert!(seen.text().contains(&town.label("pages-off")), "{}", seen.text());
    drop(town.app.clone().with_pages(BASE));
    let seen = town.command(ANN, &["canvas"], links).await;
    let seen = choose(&town, ANN, &seen, "pick-scope", &town.label("link-outside")).await;
    let made = choose(&town, ANN, &seen, "pick-days", "30").await;
    let token = made.text().split(&format!("<{BASE}/b/")).nth(1).and_then(|rest| rest.split('>').next()).unwrap();
    assert_eq!(shown(&made).ephemeral_for.map(|id| id.0), Some(ANN), "for their eyes only");
    assert_eq!(town.app.shared(token), Some((id, Viewer::Outside)));
    let seen = town.press(ANN, &made, "links").await;
    assert!(seen.text().contains("Link ") && !seen.text().contains(token), "shown once: {}", seen.text());
    town.settle().await;
    for post in town.posts(CID).await {
        assert!(!post.content.contains(token));
    }
    // A colleague who forges the press takes nothing back.
    let share = choices(&town, &seen, "pick-unlink")[0].1.clone();
    let any = town.posts(BEN).await.last().unwrap().id;
    let body = json!({"message": any, "custom_id": "j1:unlink", "values": [share], "forge": true});
    let refused = town.remote.deed(BEN, "select", body).await.unwrap();
    assert!(refused.text().contains(&town.beginning("hosts-only")), "{}", refused.text());
    assert!(town.app.shared(token).is_some());
    let seen = choose(&town, ANN, &seen, "pick-unlink", "Link").await;
    assert!(seen.text().contains('✓') && seen.text().contains(&town.label("no-links")), "{}", seen.text());
    assert_eq!(town.app.shared(token), None);
}

#[tokio::test]
async fn hosts_choose_what_outsiders_see() {
    let town = Town::founded().await;
    let id = town.app.partnership_in(RoomId(CHANNEL)).unwrap();
    let released = || {
        let canvas = town.app.canvas(id, Viewer::Outside).unwrap();
        canvas.sections.into_iter().map(|section| section.key).collect::<Vec<_>>()
    };
    assert_eq!(released(), Vec::<String>::new());
    let seen = town.command(ANN, &["canvas"], json!({"show": "release"})).await;
    let seen = select(&town, ANN, &seen, "j1:released:0", &["issue", "vision"]).await;
    assert!(seen.text().contains('✓') && seen.text().contains(&town.section("vision")), "{}", seen.text());
    assert_eq!(released(), ["issue", "vision"]);
    let seen = select(&town, ANN, &seen, "j1:released:0", &[]).await;
    assert!(seen.text().contains(&town.label("nothing-released")), "{}", seen.text());
    assert_eq!(released(), Vec::<String>::new());
}

#[tokio::test]
async fn versions_are_looked_at_and_laid_beside_each_other() {
    let town = Town::founded().await;
    let publish = async |label: &str| {
        let form = town.command(ANN, &["path", "publish"], json!({})).await;
        town.fill(ANN, &form, &[label]).await;
    };
    publish("At the start").await;
    causes(&town).await;
    closed(&town).await;
    publish("After the causes").await;
    town.settle().await;
    let seen = town.command(CID, &["canvas"], json!({"show": "versions"})).await;
    let all = choices(&town, &seen, "pick-version");
    assert_eq!(all.len(), 2, "{all:?}");
    assert!(all[1].0.contains("At the start"), "newest first: {all:?}");
    let first = choose(&town, CID, &seen, "pick-version", "At the start").await;
    let first = drawn(&town, CID, &first).await;
    for (name, _, bytes) in files(shown(&first)).await {
        assert!(!holds(&bytes, SEALED), "{name} shows what came later");
    }
    let seen = choose(&town, CID, &first, "pick-beside", "After the causes").await;
    let came = format!("{}: {SEALED}", town.label("compared-came"));
    assert!(seen.text().contains(&came), "{}", seen.text());
    assert_eq!(files(shown(&seen)).await[0].0, "canvas-compared.md");
    let seen = select(&town, CID, &seen, "j1:compare", &[&all[0].1, "today"]).await;
    assert!(seen.text().contains(&town.label("compared-same")), "{}", seen.text());
}

#[tokio::test]
async fn any_two_of_many_versions_can_be_laid_beside_each_other() {
    let town = Town::founded().await;
    for nth in 1..=30 {
        let form = town.command(ANN, &["path", "publish"], json!({})).await;
        town.fill(ANN, &form, &[&format!("Number {nth}.")]).await;
    }
    let seen = town.command(CID, &["canvas"], json!({"show": "versions"})).await;
    let more = town.label("more-choices");
    let older = choose(&town, CID, &seen, "pick-version", &more).await;
    let first = choose(&town, CID, &older, "pick-version", "Number 1.").await;
    let first = drawn(&town, CID, &first).await;
    let further = choose(&town, CID, &first, "pick-beside", &more).await;
    let pictures = |files: Vec<(String, String, Vec<u8>)>| {
        files.into_iter().map(|(name, ..)| name).filter(|name| name.ends_with(".png")).collect::<Vec<_>>()
    };
    let drawn = pictures(files(shown(&first)).await);
    assert!(!drawn.is_empty());
    assert_eq!(pictures(files(shown(&further)).await), drawn, "its pictures stay");
    let seen = choose(&town, CID, &further, "pick-beside", "Number 2.").await;
    assert!(seen.text().contains(&town.label("compared-same")), "{}", seen.text());
}

#[tokio::test]
async fn reports_go_to_those_to_whom_they_are_due() {
    let town = Town::founded().await;
    let seen = town.command(CID, &["canvas"], json!({"show": "reports"})).await;
    let offered = choices(&town, &seen, "pick-report");
    let memoranda: Vec<_> =
        offered.iter().filter(|(label, _)| label.contains(&town.label("report-memorandum"))).collect();
    assert!(memoranda.len() == 1 && memoranda[0].0.ends_with("Gamma"), "{offered:?}");
    let beta = town.board().partners.values().find(|partner| partner.short == "Beta").unwrap().id;
    let any = town.posts(CID).await.last().unwrap().id;
    let values = json!([format!("memorandum-{beta}")]);
    let body = json!({"message": any, "custom_id": "j1:report", "values": values, "forge": true});
    let refused = town.remote.deed(CID, "select", body).await.unwrap();
    assert!(refused.text().contains(&town.label("no-such-report")) && shown(&refused).attachments.is_empty());
    for (_, key) in &offered {
        let report = select(&town, CID, &seen, "j1:report", &[key]).await;
        let report = drawn(&town, CID, &report).await;
        let files = files(shown(&report)).await;
        let begins: Vec<(&str, &[u8])> = files.iter().map(|(name, _, bytes)| (name.as_str(), &bytes[..2])).collect();
        let named = [".md", ".docx", ".pdf"].map(|ending| format!("report-{key}{ending}"));
        let wanted = [(named[0].as_str(), b"# "), (named[1].as_str(), b"PK"), (named[2].as_str(), b"%P")];
        assert_eq!(begins, wanted.map(|(name, begin)| (name, begin.as_slice())));
    }
}
