//! The canvas through the real client: pictures with words for those who do not see them, lines traced
//! back, other forms, and what must not be in any of them.

use jointpath::sandbox::remote::{Post, Seen};
use serde_json::{Value, json};

use crate::town::{ANN, BEA, BEN, CHANNEL, CID, EVE, Town};

const CAUSES: [&str; 2] = ["groundwork", "causes"];
pub const SEALED: &str = "A sealed cause of Bea";
/// How a PNG begins, and how a PDF does.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const PDF: &[u8] = b"%PDF-";

/// The files of a message, with their bytes: name, what is said of it, bytes.
pub async fn files(post: &Post) -> Vec<(String, String, Vec<u8>)> {
    let mut files = Vec::new();
    for file in &post.attachments {
        let text = |key: &str| file[key].as_str().unwrap_or_default().to_owned();
        let bytes = reqwest::get(text("url")).await.unwrap().bytes().await.unwrap().to_vec();
        assert_eq!(file["size"], bytes.len());
        files.push((text("filename"), text("description"), bytes));
    }
    files
}

/// The message once everything on it is drawn, as this person sees it: the words come first where drawing
/// takes longer than a moment.
pub async fn drawn(town: &Town, user: u64, seen: &Seen) -> Seen {
    town.settle().await;
    let id = shown(seen).id;
    let post = town.posts(user).await.into_iter().find(|post| post.id == id).expect("it stands there still");
    assert!(!post.content.contains(&town.label("being-drawn")), "{}", post.content);
    Seen { message: Some(post), ..seen.clone() }
}

pub fn shown(seen: &Seen) -> &Post {
    seen.message.as_ref().unwrap_or_else(|| panic!("no message: {seen:?}"))
}

/// Width and height of a PNG.
fn size(bytes: &[u8]) -> (u32, u32) {
    assert!(bytes.starts_with(PNG), "no PNG: {:?}", &bytes[..bytes.len().min(16)]);
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

/// Chooses in the menu with this hint the first choice whose label holds these words.
pub async fn choose(town: &Town, user: u64, seen: &Seen, hint: &str, words: &str) -> Seen {
    let post = shown(seen);
    let hint = town.label(hint);
    let controls = post.controls();
    let menu = controls.iter().find(|menu| menu["placeholder"] == hint.as_str());
    let menu = menu.unwrap_or_else(|| panic!("no menu {hint:?} on {post:#?}"));
    let options = menu["options"].as_array().unwrap();
    let option = options.iter().find(|option| option["label"].as_str().is_some_and(|label| label.contains(words)));
    let option = option.unwrap_or_else(|| panic!("no {words:?} in {options:#?}"));
    let (id, value) = (menu["custom_id"].as_str().unwrap(), option["value"].as_str().unwrap());
    town.remote.select(user, post.id, id, &[value]).await.unwrap()
}

/// Bea's cause, sealed; hers and Ben's, once all have given and the sitting has closed.
async fn with_causes() -> Town {
    let town = Town::founded().await;
    causes(&town).await;
    town
}

pub async fn causes(town: &Town) {
    town.command(ANN, &["path", "open"], json!({"sitting": "give"})).await;
    town.settle().await;
    town.write(BEA, &CAUSES, SEALED).await;
}

pub async fn closed(town: &Town) {
    town.write(BEN, &CAUSES, "A cause of Ben").await;
    town.command(ANN, &["path", "close"], json!({"sitting": "give", "despite": "a test"})).await;
    town.settle().await;
}

#[tokio::test]
async fn a_picture_comes_with_its_words() {
    let town = Town::founded().await;
    let seen = town.command(BEN, &["canvas"], json!({})).await;
    let seen = drawn(&town, BEN, &seen).await;
    let post = shown(&seen);
    assert_eq!(post.ephemeral_for.map(|id| id.0), Some(BEN), "for their eyes only");
    let files = files(post).await;
    let [(name, alt, bytes)] = files.as_slice() else { panic!("one picture, not {files:?}") };
    let (wide, high) = size(bytes);
    assert!(wide >= 600 && high >= 400, "{wide} × {high}");
    assert_eq!(name, "canvas-whole.png");
    assert!(alt.contains("School Meals") && alt.contains("Children learn hungry"), "{alt}");
    assert!(alt.encode_utf16().count() <= 1024);
    assert!(
        post.content.contains("School Meals") && post.content.contains("Children learn hungry"),
        "{}",
        post.content
    );

    // A section alone takes its place; the menu says which is shown.
    let seen = choose(&town, BEN, &seen, "pick-picture", &town.section("issue")).await;
    let seen = drawn(&town, BEN, &seen).await;
    let files = self::files(shown(&seen)).await;
    assert_eq!(files.len(), 1, "the other picture has gone");
    assert_eq!(files[0].0, "canvas-section-issue.png");
    size(&files[0].2);
    assert!(files[0].1.contains("Children learn hungry"), "{}", files[0].1);

    // What is not about the canvas takes no picture along.
    let seen = town.press(BEN, &seen, "what-waits").await;
    assert_eq!(shown(&seen).attachments, Vec::<Value>::new());
}

#[tokio::test]
async fn a_line_leads_back_to_its_card_and_its_counts() {
    let town = with_causes().await;
    closed(&town).await;
    town.command(ANN, &["path", "open"], json!({"sitting": "choose"})).await;
    town.settle().await;
    for user in [BEA, BEN, CID] {
        let marks = town.command(user, &["groundwork", "core-causes"], json!({})).await;
        town.choose(user, &marks, SEALED).await;
    }
    town.command(ANN, &["path", "close"], json!({"sitting": "choose", "despite": "a test"})).await;
    town.settle().await;
    let card = town.board().cards.values().find(|card| card.field("cause") == SEALED).unwrap().id;
    let seen = town.command(CID, &["canvas"], json!({})).await;
    let seen = choose(&town, CID, &seen, "pick-picture", &town.section("problem-tree")).await;
    let seen = drawn(&town, CID, &seen).await;
    let picture = shown(&seen).attachments.clone();
    let seen = choose(&town, CID, &seen, "pick-line", SEALED).await;
    let text = seen.text();
    let (head, number) = (town.label("where-from"), format!("Card {card}"));
    for words in [head.as_str(), &number, "Bea", "3 people", "2 partners", "<t:"] {
        assert!(text.contains(words), "{words:?} is not in: {text}");
    }
    assert_eq!(shown(&seen).attachments, picture, "the picture stays");
}

/// Every form that the canvas of somebody has, by its button.
/// What lies in an archive, so that its words can be looked for.
fn unpacked(name: &str, bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    if !name.ends_with(".zip") && !name.ends_with(".xlsx") {
        return Vec::new();
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut files = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut inside = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut inside).unwrap();
        files.push((format!("{name}/{}", file.name()), inside));
    }
    files
}

async fn all_forms(town: &Town, user: u64) -> Vec<(String, Vec<u8>)> {
    let seen = town.command(user, &["canvas"], json!({})).await;
    let mut seen = drawn(town, user, &seen).await;
    let mut all = Vec::new();
    for (key, form) in jointpath::discord::forms::FORMS {
        seen = town.press(user, &seen, &format!("form-{key}")).await;
        seen = drawn(town, user, &seen).await;
        let before = all.len();
        for (name, alt, bytes) in files(shown(&seen)).await {
            assert!(!alt.is_empty(), "{name} says nothing to who cannot see it");
            all.extend(unpacked(&name, &bytes));
            all.push((name, bytes));
        }
        let new = all[before..].iter().filter(|(name, _)| !name.ends_with(".png")).count();
        assert!(new >= 1, "{form:?} brings no file: {:?}", shown(&seen).attachments);
    }
    all
}

#[tokio::test]
async fn every_form_is_there_and_holds_nothing_that_is_sealed() {
    let town = with_causes().await;
    let before = all_forms(&town, CID).await;
    for (name, bytes) in &before {
        assert!(!holds(bytes, SEALED), "{name} tells what is sealed");
    }
    let own = all_forms(&town, BEA).await;
    assert!(own.iter().any(|(name, bytes)| name == "canvas.json" && holds(bytes, SEALED)), "her own, to herself");
    closed(&town).await;
    let after = all_forms(&town, CID).await;
    for name in ["canvas.html", "canvas.md", "canvas.json"] {
        let file = after.iter().find(|(other, _)| other == name).unwrap_or_else(|| panic!("no {name}"));
        assert!(holds(&file.1, SEALED), "{name} tells it after the close");
    }
    let tables = after.iter().filter(|(name, _)| name.ends_with(".csv"));
    assert!(tables.clone().any(|(_, bytes)| holds(bytes, SEALED)), "the tables tell it after the close");
    let book = after.iter().filter(|(name, _)| name.starts_with("canvas.xlsx/"));
    assert!(book.clone().any(|(_, bytes)| holds(bytes, SEALED)), "the workbook tells it after the close");
    for name in ["canvas-a3.pdf", "canvas-a4.pdf"] {
        let file = after.iter().find(|(other, _)| other == name).unwrap_or_else(|| panic!("no {name}"));
        assert!(file.1.starts_with(PDF), "{name}");
    }
}

pub fn holds(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|window| window == words.as_bytes())
}

#[tokio::test]
async fn who_is_not_in_sees_what_the_room_sees_and_all_see_what_is_shared() {
    let town = with_causes().await;
    let seen = town.command(EVE, &["canvas"], json!({})).await;
    assert_eq!(shown(&seen).ephemeral_for.map(|id| id.0), Some(EVE));
    assert!(!seen.text().contains(SEALED));
    // Bea's own card is hers: it is not in what she shows to all.
    let seen = town.command(BEA, &["canvas"], json!({"share": true})).await;
    let seen = drawn(&town, BEA, &seen).await;
    let post = shown(&seen);
    assert_eq!(post.ephemeral_for, None);
    let names: Vec<String> = files(post)
        .await
        .into_iter()
        .map(|(name, _, bytes)| {
            assert!(!holds(&bytes, SEALED), "{name} tells what is sealed");
            name
        })
        .collect();
    assert!(names.contains(&"canvas-whole.png".to_owned()) && names.contains(&"canvas.md".to_owned()), "{names:?}");
    assert!(!post.content.contains(SEALED) && post.pinged.is_empty());
    // Its buttons answer each reader alone.
    let seen = town.press(CID, &seen, "form-md").await;
    assert_eq!(shown(&seen).ephemeral_for.map(|id| id.0), Some(CID));
}

#[tokio::test]
async fn what_is_not_there_is_said() {
    let town = Town::founded().await;
    let any = town.posts(BEN).await.last().unwrap().id;
    for (id, says) in [
        ("j1:shown:section.nothing", "no-such-picture"),
        ("j1:shown:nothing", "no-such-picture"),
        ("j1:take:exe:whole", "no-such-picture"),
        ("j1:take:md:map.nothing.more", "older-post"),
        ("j1:shown:..", "older-post"),
        ("j1:picture:whole", "no-such-picture"),
        ("j1:origin:section.nothing", "no-such-picture"),
    ] {
        let seen = town.forge(BEN, any, id).await;
        let post = shown(&seen);
        assert_eq!(post.ephemeral_for.map(|id| id.0), Some(BEN), "{id}");
        assert!(post.content.contains(&town.label(says)), "{id}: {}", post.content);
    }
    let body = json!({"message": any, "custom_id": "j1:origin:section.issue", "values": ["999999"], "forge": true});
    let seen = town.remote.deed(BEN, "select", body).await.unwrap();
    assert!(seen.text().contains(&town.label("line-gone")), "{}", seen.text());
}

#[tokio::test]
async fn a_version_is_posted_with_its_picture() {
    let town = Town::founded().await;
    let form = town.command(ANN, &["path", "publish"], json!({})).await;
    town.fill(ANN, &form, &["For the board meeting"]).await;
    town.settle().await;
    let posts = town.remote.read_channel(CID, CHANNEL).await.unwrap();
    let post = posts.iter().find(|post| !post.attachments.is_empty()).expect("a post with files");
    let names: Vec<String> = files(post).await.into_iter().map(|(name, ..)| name).collect();
    assert_eq!(names, ["canvas-whole.png", "canvas.html", "canvas.md"]);
}

#[tokio::test]
async fn the_end_of_a_phase_is_posted_with_the_canvas() {
    let town = with_causes().await;
    town.command(ANN, &["path", "close-phase"], json!({"phase": "groundwork", "despite": "a test"})).await;
    town.settle().await;
    let posts = town.posts(CID).await;
    let post = posts.iter().find(|post| !post.attachments.is_empty()).expect("a post with files");
    let files = files(post).await;
    let names: Vec<&str> = files.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(names, ["canvas-whole.png", "canvas.html", "canvas.md"]);
    assert!(post.pinged.is_empty());
}
