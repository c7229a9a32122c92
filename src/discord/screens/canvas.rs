//! The canvas: its picture, the same in words, menus for its other pictures and for where a line comes
//! from, and buttons for its other forms. Made from the `Canvas` value of its reader.

use super::{origin, paged};
use crate::canvas::draw::Picture;
use crate::canvas::{Canvas, Section};
use crate::discord::escape::{fit, inline, inline_fit, length};
use crate::discord::forms::FORMS;
use crate::discord::press::{Key, Press};
use crate::discord::scene::Scene;
use crate::discord::screen::{Button, Choice, Menu, Screen};
use crate::discord::trace::{self, Trace, traces};

/// Sections on one page of the whole.
const SECTIONS_A_PAGE: usize = 4;
/// Lines of one section there.
const LINES_MAX: usize = 5;
/// Characters of a line there.
const LINE_CHARS_MAX: usize = 62;
/// Characters of a section that is shown alone.
const SECTION_CHARS_MAX: usize = 1400;

/// Which part of the canvas is looked at, and where its menus stand.
#[derive(Clone, Debug)]
pub struct Sight {
    /// The picture.
    pub picture: Picture,
    /// The page of the whole, in words.
    pub page: u16,
    /// The page of the menu of pictures.
    pub pictures: usize,
    /// The page of the menu of lines.
    pub lines: usize,
    /// The line that is traced back.
    pub line: Option<String>,
}

impl Sight {
    /// A picture, with its menus at their beginning.
    #[must_use]
    pub fn of(picture: Picture) -> Self {
        Self { picture, page: 0, pictures: 0, lines: 0, line: None }
    }

    /// The section that is looked at.
    #[must_use]
    pub fn section<'a>(&self, canvas: &'a Canvas) -> Option<&'a Section> {
        match &self.picture {
            Picture::Section(key) | Picture::Map(key) => trace::section(canvas, key),
            Picture::Whole | Picture::Progress | Picture::Elements => None,
        }
    }

    fn key(&self) -> Key {
        Key(self.picture.key())
    }
}

/// What is looked at, in words and with everything that can be pressed.
#[must_use]
pub fn screen(scene: &Scene<'_>, canvas: &Canvas, sight: &Sight, top: &str) -> Screen {
    let text = match sight.section(canvas) {
        Some(section) => of_section(scene, canvas, section, sight),
        None => of_whole(scene, canvas, sight),
    };
    let mut screen = Screen::text(top).and(&text).menu(pictures(scene, canvas, sight));
    if let Some(section) = sight.section(canvas) {
        screen = screen.menu(lines(scene, section, sight));
    }
    let forms = FORMS.iter().map(|(key, _)| {
        let press = Press::Take { form: (*key).to_owned(), picture: sight.key() };
        Button::plain(press, scene.label(&format!("form-{key}")))
    });
    // One list: with the two menus there are five rows, also for hosts.
    screen.buttons(forms.chain(more(scene)).chain(ways(scene, canvas, sight)).collect())
}

/// What else there is of the canvas.
fn more(scene: &Scene<'_>) -> Vec<Button> {
    let mut buttons = vec![
        Button::plain(Press::Reports, scene.label("reports")),
        Button::plain(Press::Versions, scene.label("versions")),
    ];
    if scene.is_host() {
        buttons.push(Button::plain(Press::Links, scene.label("links")));
    }
    buttons
}

/// The beginning of a canvas, in words.
#[must_use]
pub fn first_page(scene: &Scene<'_>, canvas: &Canvas) -> String {
    of_whole(scene, canvas, &Sight::of(Picture::Whole))
}

/// Where to go from here.
fn ways(scene: &Scene<'_>, canvas: &Canvas, sight: &Sight) -> Vec<Button> {
    let mut buttons = Vec::new();
    let pages = pages(canvas);
    if sight.picture == Picture::Whole && pages > 1 {
        let next = u16::try_from((usize::from(sight.page) + 1) % pages).unwrap_or(0);
        buttons.push(Button::plain(Press::Canvas { page: next }, scene.label("next-page")));
    }
    if sight.picture != Picture::Whole {
        buttons.push(Button::plain(Press::Shown { picture: Key(Picture::Whole.key()) }, scene.label("whole-canvas")));
    }
    buttons.push(Button::plain(Press::Me, scene.label("what-waits")));
    buttons
}

fn pages(canvas: &Canvas) -> usize {
    canvas.sections.chunks(SECTIONS_A_PAGE).len().max(1)
}

fn pictures(scene: &Scene<'_>, canvas: &Canvas, sight: &Sight) -> Menu {
    let all = Picture::all(canvas).into_iter().map(|picture| {
        let chosen = picture == sight.picture;
        Choice::new(picture.key(), picture.title(canvas)).chosen(chosen)
    });
    let here = paged::page(scene, all.collect(), sight.pictures);
    Menu::one(Press::Picture { picture: sight.key() }, scene.label("pick-picture"), here)
}

fn lines(scene: &Scene<'_>, section: &Section, sight: &Sight) -> Menu {
    let all = traces(section).into_iter().map(|trace| {
        let chosen = sight.line.as_ref() == Some(&trace.key);
        Choice::new(&trace.key, trace.text.clone()).line(trace.source.summary.clone()).chosen(chosen)
    });
    let here = paged::page(scene, all.collect(), sight.lines);
    Menu::one(Press::Origin { picture: sight.key() }, scene.label("pick-line"), here)
}

/// One page of the whole: every section with its first lines, or its invitation while it is empty.
fn of_whole(scene: &Scene<'_>, canvas: &Canvas, sight: &Sight) -> String {
    let pages = pages(canvas);
    let page = usize::from(sight.page) % pages;
    let (nth, of) = ((page + 1).to_string(), pages.to_string());
    let gaps = [("name", fit(&canvas.head.name, 100)), ("nth", nth), ("of", of)];
    let head = scene.fill("canvas-head", &gaps.each_ref().map(|(gap, value)| (*gap, value.as_str())));
    let sections = canvas.sections.chunks(SECTIONS_A_PAGE).nth(page).unwrap_or(&[]);
    let parts = sections.iter().map(|section| {
        let traces = traces(section);
        let mut lines: Vec<String> = traces.iter().take(LINES_MAX).map(|trace| bullet(trace, LINE_CHARS_MAX)).collect();
        if traces.len() > LINES_MAX {
            lines.push(scene.fill("and-more", &[("count", &(traces.len() - LINES_MAX).to_string())]));
        }
        titled(section, &lines)
    });
    std::iter::once(head).chain(parts).collect::<Vec<_>>().join("\n\n")
}

/// A section alone: its lines, or where one of them comes from.
fn of_section(scene: &Scene<'_>, canvas: &Canvas, section: &Section, sight: &Sight) -> String {
    let traces = traces(section);
    let wanted = sight.line.as_ref().map(|key| traces.iter().find(|trace| trace.key == *key));
    match wanted {
        Some(Some(trace)) => {
            return format!("**{}**\n\n{}", inline(&section.title), origin::told(scene, canvas, trace));
        }
        Some(None) => return format!("{}\n\n{}", scene.label("line-gone"), titled(section, &[])),
        None => {}
    }
    let mut lines = Vec::new();
    let mut left = SECTION_CHARS_MAX;
    for (nth, trace) in traces.iter().enumerate() {
        let line = bullet(trace, 200);
        match left.checked_sub(length(&line) + 1) {
            Some(rest) => left = rest,
            None => {
                lines.push(scene.fill("and-more", &[("count", &(traces.len() - nth).to_string())]));
                break;
            }
        }
        lines.push(line);
    }
    titled(section, &lines)
}

fn bullet(trace: &Trace<'_>, chars_max: usize) -> String {
    format!("• {}", inline_fit(&trace.text, chars_max))
}

fn titled(section: &Section, lines: &[String]) -> String {
    let text = if section.body.is_empty() { format!("*{}*", inline(&section.invitation)) } else { lines.join("\n") };
    format!("**{}**\n{text}", inline(&section.title))
}
