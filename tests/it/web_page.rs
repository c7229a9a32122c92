//! The board page through HTTP: what a link opens, what it does not, and what goes with every answer.

use std::io::Write;
use std::sync::{Arc, LazyLock, Mutex};

use chrono::TimeDelta;
use jointpath::canvas::draw::{Ink, Order, Paper, Picture};
use jointpath::path::{Act, Scope, Viewer};
use reqwest::StatusCode;

use crate::founded::ISSUE;
use crate::web_house::House;

#[tokio::test]
async fn a_link_opens_page_and_documents() {
    let house = House::open().await;
    let link = house.share(Scope::Partners).await;
    let page = house.text(&link).await;
    assert!(page.starts_with("<!doctype html>") && page.contains(ISSUE) && page.contains("Bea"));
    assert!(page.contains("board.js") && page.contains("data-mark="));
    assert!(house.text(&format!("{link}/canvas.md")).await.contains(ISSUE));
    let json: serde_json::Value = serde_json::from_str(&house.text(&format!("{link}/canvas.json")).await).unwrap();
    assert_eq!(json["head"]["name"], "School Meals");
    assert!(house.text("/board.js").await.contains("EventSource"));
    // Addresses on the page are relative, wherever a proxy puts it, and need no token.
    let page = page.replace("&#x2f;", "/");
    assert!(page.contains("href=\"canvas.md\"") && page.contains("src=\"../../board.js\""));
    let token = link.rsplit('/').next().unwrap();
    assert!(!page.contains(token) && !page.contains("://"));
}

#[tokio::test]
async fn an_address_leads_to_its_page_below_whatever_it_is_served() {
    let house = House::open().await;
    let link = house.share(Scope::Partners).await;
    let token = link.rsplit('/').next().unwrap();
    let plain = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let answer = plain.get(format!("{}{link}", house.base)).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(answer.headers()["location"], format!("{token}/"));
    for wrong in ["/b/none", "/b/none/"] {
        let answer = plain.get(format!("{}{wrong}", house.base)).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test]
async fn a_sealed_card_changes_nothing_that_a_link_opens() {
    let house = House::open().await;
    let links = [house.share(Scope::Partners).await, house.share(Scope::Outside).await];
    house.release("partners").await;
    house.act(&house.ann, Act::Open { sitting: "hello".into() }).await;
    for link in &links {
        for file in ["/canvas.json", "/canvas.md", "/"] {
            let before = house.text(&format!("{link}{file}")).await;
            house.give_sealed(&format!("A secret of {file}")).await;
            assert_eq!(house.text(&format!("{link}{file}")).await, before, "{file}");
        }
    }
}

#[tokio::test]
async fn a_page_shows_the_newest_canvas() {
    let house = House::open().await;
    let link = house.share(Scope::Partners).await;
    for issue in [ISSUE, "Nobody cooks at noon", "Nobody cooks at all"] {
        let act = Act::Describe { name: None, issue: Some(issue.into()), welcome: None };
        house.act(&house.ann, act).await;
        let pages = futures_util::future::join_all((0..8).map(|_| house.text(&link))).await;
        assert!(pages.iter().all(|page| *page == pages[0] && page.contains(issue)), "{issue}");
    }
}

#[tokio::test]
async fn whoever_guesses_is_told_to_wait_and_a_link_opens_all_the_same() {
    let house = House::open().await;
    let link = house.share(Scope::Partners).await;
    let mut waits = 0;
    for nth in 0..80 {
        let answer = house.get(&format!("/b/{nth:032x}")).await;
        match answer.status() {
            StatusCode::NOT_FOUND => assert_eq!(waits, 0, "{nth}"),
            StatusCode::TOO_MANY_REQUESTS => {
                waits += 1;
                assert_eq!(answer.headers()["retry-after"], "60");
            }
            other => panic!("{other}"),
        }
    }
    assert_eq!(waits, 20);
    for file in ["", "/canvas.json", "/live"] {
        assert_eq!(house.get(&format!("{link}{file}")).await.status(), StatusCode::OK, "{file}");
    }
}

#[tokio::test]
async fn pictures_for_a_page_keep_nobody_else_waiting() {
    let house = House::open().await;
    let link = house.share(Scope::Partners).await;
    let canvas = house.app.canvas(house.id, Viewer::Room).unwrap();
    let pictures = Picture::all(&canvas);
    assert!(pictures.len() > 12, "more than a queue holds");
    let asked = pictures.iter().map(|picture| format!("{link}/picture/{}.png", picture.key()));
    let asked: Vec<String> = asked.collect();
    let told = tokio::sync::Notify::new();
    let all = async {
        let statuses = asked.iter().map(async |path| {
            let status = house.get(path).await.status();
            if status == StatusCode::SERVICE_UNAVAILABLE {
                told.notify_one();
            }
            status
        });
        let statuses = futures_util::future::join_all(statuses).await;
        told.notify_one();
        statuses
    };
    let order = Order::picture(&canvas, &Picture::Progress, Paper::A4, Ink::Pdf);
    let elsewhere = async {
        // Once a page has been told that there is too much, there is room for others.
        told.notified().await;
        house.app.draw(&order).await
    };
    let (statuses, drawn) = tokio::join!(all, elsewhere);
    assert!(drawn.is_ok(), "{drawn:?}");
    assert!(statuses.contains(&StatusCode::OK) && statuses.contains(&StatusCode::SERVICE_UNAVAILABLE), "{statuses:?}");
}

#[tokio::test]
async fn all_who_ask_for_one_picture_at_once_get_it() {
    let house = House::open().await;
    let link = house.share(Scope::Partners).await;
    let path = format!("{link}/picture/whole.png");
    let all = futures_util::future::join_all((0..40).map(|_| house.get(&path))).await;
    let mut pictures = Vec::new();
    for answer in all {
        assert_eq!(answer.status(), StatusCode::OK);
        pictures.push(answer.bytes().await.unwrap());
    }
    assert!(pictures.iter().all(|picture| *picture == pictures[0] && picture.starts_with(b"\x89PNG")));
}

#[tokio::test]
async fn pictures_are_drawn_for_the_page() {
    let house = House::open().await;
    let link = house.share(Scope::Partners).await;
    for (file, kind, begins) in [
        ("picture/progress.png", "image/png", &b"\x89PNG"[..]),
        ("picture/progress.svg", "image/svg+xml", b"<svg"),
        ("canvas.pdf", "application/pdf", b"%PDF"),
    ] {
        let answer = house.get(&format!("{link}/{file}")).await;
        assert_eq!(
            (answer.status(), answer.headers()["content-type"].to_str().unwrap()),
            (StatusCode::OK, kind),
            "{file}"
        );
        assert!(answer.bytes().await.unwrap().starts_with(begins), "{file}");
    }
    for file in ["picture/nothing.png", "picture/whole.exe", "picture/whole", "picture/..%2f..%2fetc%2fpasswd.png"] {
        assert_eq!(house.get(&format!("{link}/{file}")).await.status(), StatusCode::NOT_FOUND, "{file}");
    }
}

#[tokio::test]
async fn what_was_drawn_before_is_handed_out_while_another_picture_is_drawn() {
    let house = House::open().await;
    let link = house.share(Scope::Partners).await;
    let (known, new) = (format!("{link}/picture/progress.png"), format!("{link}/canvas.pdf"));
    assert_eq!(house.get(&known).await.status(), StatusCode::OK);
    let meanwhile = async {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        house.get(&known).await.status()
    };
    let (drawn, handed_out) = tokio::join!(house.get(&new), meanwhile);
    assert_eq!((drawn.status(), handed_out), (StatusCode::OK, StatusCode::OK));
}

#[tokio::test]
async fn each_page_of_a_long_picture_has_its_address() {
    let house = House::open().await;
    house.act(&house.ann, Act::Open { sitting: "hello".into() }).await;
    house.give_sealed(&"a\n".repeat(150)).await;
    let despite = Some("Our sheets are in".to_owned());
    house.act(&house.ann, Act::Close { sitting: "hello".into(), despite }).await;
    let link = house.share(Scope::Partners).await;
    let first = house.get(&format!("{link}/picture/section:partners.png")).await.bytes().await.unwrap();
    for (file, is_there) in [("-1", true), ("-2", true), ("-0", false), ("-99", false), ("-two", false), ("--2", false)]
    {
        let answer = house.get(&format!("{link}/picture/section:partners{file}.png")).await;
        assert_eq!(answer.status() == StatusCode::OK, is_there, "{file}");
        let page = answer.bytes().await.unwrap();
        assert_eq!(page == first, file == "-1", "{file}");
    }
}

#[tokio::test]
async fn whatever_opens_nothing_is_answered_alike() {
    let house = House::open().await;
    let expired = house.share_until(Scope::Partners, Some(house.app.now() + TimeDelta::milliseconds(300))).await;
    assert_eq!(house.get(&expired).await.status(), StatusCode::OK);
    let revoked = house.share(Scope::Partners).await;
    assert_eq!(house.get(&revoked).await.status(), StatusCode::OK);
    house.unshare().await;
    tokio::time::sleep(std::time::Duration::from_millis(400)).await;
    let unknown = format!("/b/{}", "0".repeat(32));
    let mut pages = Vec::new();
    for path in
        [&expired, &revoked, &unknown, "/b/x", "/b/%00", "/", "/b", "/index.php", &format!("/b/{}", "a".repeat(4000))]
    {
        let answer = house.get(path).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        pages.push(answer.text().await.unwrap());
    }
    assert!(pages.iter().all(|page| *page == pages[0] && !page.contains("School") && !page.contains("<script")));
    for below in ["canvas.md", "canvas.json", "canvas.pdf", "live", "picture/whole.png"] {
        assert_eq!(house.get(&format!("{revoked}/{below}")).await.text().await.unwrap(), pages[0], "{below}");
    }
}

#[tokio::test]
async fn every_answer_says_what_a_browser_may_do() {
    let house = House::with_base(Some("https://board.example.org")).await;
    let link = house.share(Scope::Partners).await;
    let below = |file: &str| format!("{link}/{file}");
    let paths = [
        link.clone(),
        below("canvas.md"),
        below("canvas.json"),
        below("live"),
        below("picture/none.png"),
        below("none"),
        "/board.js".into(),
        "/health".into(),
        "/metrics".into(),
        "/none".into(),
        "/b/none".into(),
    ];
    for path in paths {
        let answer = house.get(&path).await;
        let header = |name: &str| answer.headers().get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        let policy = header("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "connect-src 'self'",
            "img-src 'self' data:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "style-src 'sha256-",
        ] {
            assert!(policy.contains(part), "{path}: {part}: {policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains('*'), "{policy}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-store"),
            ("x-robots-tag", "noindex, nofollow"),
            ("x-frame-options", "DENY"),
            ("strict-transport-security", "max-age=31536000"),
        ] {
            assert_eq!(header(name), value, "{path}: {name}");
        }
        assert!(header("permissions-policy").contains("camera=()"), "{path}");
        assert_eq!(header("set-cookie"), "", "{path}");
    }
    let plain = House::open().await;
    assert!(plain.get("/health").await.headers().get("strict-transport-security").is_none());
}

#[tokio::test]
async fn a_page_only_reads() {
    let house = House::open().await;
    let link = house.share(Scope::Partners).await;
    let address = format!("{}{link}", house.base);
    for answer in [
        house.client.post(&address).send().await.unwrap(),
        house.client.delete(&address).send().await.unwrap(),
        house.client.put(&address).body("x").send().await.unwrap(),
    ] {
        assert!(answer.status().is_client_error(), "{}", answer.status());
        assert!(answer.headers().contains_key("content-security-policy"));
    }
    assert!(house.client.head(&address).send().await.unwrap().status().is_success());
}

#[tokio::test]
async fn outsiders_see_what_was_released_and_no_names() {
    let house = House::open().await;
    let ask = Act::OpenAsk { ask: "terms".into(), because: String::new(), slate: vec![], about: vec![] };
    house.act(&house.ann, ask).await;
    house.give(&house.bea, "terms", &[("term", "Served"), ("meaning", "Eaten by noon")]).await;
    let [inside, outside] = [house.share(Scope::Partners).await, house.share(Scope::Outside).await];
    let has = async |link: &str, file: &str, words: &str| house.text(&format!("{link}{file}")).await.contains(words);
    for file in ["", "/canvas.md", "/canvas.json"] {
        for words in ["Bea", "Ann", "Eaten by noon", ISSUE] {
            assert!(has(&inside, file, words).await, "partners {file}: {words}");
            assert!(!has(&outside, file, words).await, "outsiders {file}: {words}");
        }
    }
    house.release("words").await;
    for file in ["", "/canvas.md", "/canvas.json"] {
        assert!(has(&outside, file, "Eaten by noon").await, "{file}");
        for words in ["Bea", "Ann", ISSUE] {
            assert!(!has(&outside, file, words).await, "{file}: {words}");
        }
    }
}

#[tokio::test]
async fn what_is_sealed_is_on_no_page() {
    let house = House::open().await;
    let link = house.share(Scope::Partners).await;
    house.act(&house.ann, Act::Open { sitting: "hello".into() }).await;
    house.give_sealed("A secret intent").await;
    for file in ["", "/canvas.md", "/canvas.json"] {
        assert!(!house.text(&format!("{link}{file}")).await.contains("A secret intent"), "{file}");
    }
}

#[tokio::test]
async fn its_state_is_told_in_numbers() {
    let house = House::open().await;
    assert_eq!(house.text("/health").await, "{\"status\":\"ok\"}\n");
    house.get("/b/none").await;
    let metrics = house.text("/metrics").await;
    assert!(metrics.contains("jointpath_well 1\n") && metrics.contains("jointpath_web_misses_total 1\n"), "{metrics}");
    assert!(!metrics.contains("School"));
}

/// A log that can be read.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_token_is_logged() {
    static LOG: LazyLock<Log> = LazyLock::new(Log::default);
    // For the whole program, since the answers are made on threads of the runtime's choice.
    let everything = tracing_subscriber::fmt()
        .with_env_filter("off,jointpath::web=trace,axum=trace,hyper=trace,tower_http=trace")
        .with_ansi(false)
        .with_writer(|| LOG.clone())
        .finish();
    tracing::subscriber::set_global_default(everything).expect("no other test listens");
    let house = House::open().await;
    let link = house.share(Scope::Partners).await;
    let token = link.trim_start_matches("/b/").to_owned();
    let wrong = "f".repeat(32);
    for file in ["", "/canvas.md", "/live", "/picture/none.png"] {
        house.get(&format!("{link}{file}")).await;
        house.get(&format!("/b/{wrong}{file}")).await;
    }
    let heard = String::from_utf8(LOG.0.lock().unwrap().clone()).unwrap();
    assert!(heard.lines().any(|line| line.contains("/b/{token}/live") && line.contains("status=200")), "{heard}");
    assert!(!heard.contains(&token) && !heard.contains(&wrong), "{heard}");
}
