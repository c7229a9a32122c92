//! The canvas as people ask for it: its pictures, its lines back to their cards, its other forms.

use super::forms::{self, form};
use super::press::{Key, Press};
use super::scene::Scene;
use super::screen::{Choice, Screen};
use super::screens::canvas::{self, Sight};
use super::screens::{links, paged, reports, versions};
use super::sketch::Sketch;
use super::visit::{Answer, Visit};
use crate::app::canvas_of;
use crate::canvas::Canvas;
use crate::canvas::draw::Picture;
use crate::path::Refusal;
use crate::prompts::Prompts;

/// What there is of the canvas beside its pictures: the key of its label, and whether only hosts have it.
const BESIDE: [(&str, bool); 4] = [("reports", false), ("versions", false), ("links", true), ("release", true)];

/// Somebody before the canvas: what they may see of it, drawn up once.
pub(super) struct Gallery<'a> {
    scene: &'a Scene<'a>,
    prompts: &'a Prompts,
    canvas: Canvas,
}

impl Visit<'_> {
    /// A press about the canvas; none if it is none of these.
    #[must_use]
    pub fn gallery(&self, scene: &Scene<'_>, press: &Press, values: &[String]) -> Option<Answer> {
        let chosen = values.first().map_or("", String::as_str);
        let turned = paged::turned(chosen);
        let gallery = || Gallery::new(scene, self.app().prompts());
        Some(match press {
            Press::Canvas { page: 0 } => gallery().picture(Picture::Whole),
            Press::Canvas { page } => gallery().again(&Sight { page: *page, ..Sight::of(Picture::Whole) }),
            Press::Shown { picture } => gallery().shown(picture),
            Press::Picture { picture } => match (turned, read(picture)) {
                (Some(page), Some(picture)) => gallery().again(&Sight { pictures: page, ..Sight::of(picture) }),
                _ => gallery().shown(&Key(chosen.to_owned())),
            },
            Press::Origin { picture } => gallery().origin(picture, chosen),
            Press::Take { form, picture } => gallery().take(form, picture),
            _ => return None,
        })
    }

    /// What was typed behind `/canvas show`: chosen, or in one's own words.
    pub(super) fn sight(&self, scene: &Scene<'_>, typed: &str) -> Answer {
        let gallery = Gallery::new(scene, self.app().prompts());
        let wanted = typed.trim().to_lowercase();
        let sights = gallery.sights();
        let meant = sights.iter().find(|sight| sight.value == typed || sight.label.to_lowercase() == wanted);
        let key = meant.map_or(typed, |sight| sight.value.as_str());
        match key {
            "" => gallery.picture(Picture::Whole),
            "reports" => reports::screen(scene, 0, "").into(),
            "versions" => versions::screen(scene, 0, "").into(),
            "links" if scene.is_host() => self.links(scene, ""),
            "release" if scene.is_host() => links::release(scene, "").into(),
            "links" | "release" => self.told_no(&Refusal::HostsOnly.into(), "", None),
            key => gallery.shown(&Key(key.to_owned())),
        }
    }

    /// The canvas for everybody in the room, as everybody there may see it.
    #[must_use]
    pub fn shared_canvas(&self) -> Answer {
        let Some(scene) = self.room_scene() else { return self.nowhere() };
        let canvas = canvas_of(scene.view(), self.app().prompts());
        let mut screen: Screen = canvas::screen(&scene, &canvas, &Sight::of(Picture::Whole), "");
        screen.files = forms::aside(|| forms::in_words(&canvas));
        let sketch = Sketch::picture(screen, &canvas, &Picture::Whole);
        Answer::Draw(Box::new(Sketch { shared: true, ..sketch }))
    }
}

impl<'a> Gallery<'a> {
    pub fn new(scene: &'a Scene<'a>, prompts: &'a Prompts) -> Self {
        Self { scene, prompts, canvas: canvas_of(scene.view(), prompts) }
    }

    /// What `/canvas show` offers: the pictures, and what else there is of the canvas.
    pub fn sights(&self) -> Vec<Choice> {
        let pictures =
            Picture::all(&self.canvas).into_iter().map(|one| Choice::new(one.key(), one.title(&self.canvas)));
        let beside = BESIDE.iter().filter(|(_, hosts)| !hosts || self.scene.is_host());
        beside.map(|(key, _)| Choice::new(key, self.scene.label(key))).chain(pictures).collect()
    }

    /// A picture that is to be drawn, with its words.
    fn picture(&self, picture: Picture) -> Answer {
        let sight = Sight::of(picture);
        let screen = canvas::screen(self.scene, &self.canvas, &sight, "");
        Answer::Draw(Box::new(Sketch::picture(screen, &self.canvas, &sight.picture)))
    }

    fn shown(&self, key: &Key) -> Answer {
        let known = read(key).filter(|picture| self.has(picture));
        known.map_or_else(|| self.no_such(), |picture| self.picture(picture))
    }

    fn has(&self, picture: &Picture) -> bool {
        Picture::all(&self.canvas).contains(picture)
    }

    /// The same picture, as it stands there already, with other words.
    fn again(&self, sight: &Sight) -> Answer {
        if !self.has(&sight.picture) {
            return self.no_such();
        }
        let mut screen = canvas::screen(self.scene, &self.canvas, sight, "");
        screen.keeps_pictures = true;
        screen.into()
    }

    /// Where a line comes from, or another page of the lines.
    fn origin(&self, picture: &Key, chosen: &str) -> Answer {
        let Some(picture) = read(picture) else { return self.no_such() };
        let turned = paged::turned(chosen);
        let line = (turned.is_none() && !chosen.is_empty()).then(|| chosen.to_owned());
        let lines = turned.unwrap_or_else(|| self.page_of(&picture, chosen));
        self.again(&Sight { lines, line, ..Sight::of(picture) })
    }

    /// The page of the menu on which a line stands, so that it is there after it was chosen.
    fn page_of(&self, picture: &Picture, line: &str) -> usize {
        let section = Sight::of(picture.clone()).section(&self.canvas).map(super::trace::traces).unwrap_or_default();
        let at = section.iter().position(|trace| trace.key == line).unwrap_or_default();
        at / super::limits::CHOICES_PAGED
    }

    /// A picture that this canvas does not have: said, with those that it has.
    fn no_such(&self) -> Answer {
        let said = self.scene.label("no-such-picture");
        canvas::screen(self.scene, &self.canvas, &Sight::of(Picture::Whole), &said).into()
    }

    /// The whole canvas in another form, made for whoever asks.
    fn take(&self, key: &str, picture: &Key) -> Answer {
        let (Some(form), Some(picture)) = (form(key), read(picture)) else { return self.no_such() };
        let (scene, canvas) = (self.scene, &self.canvas);
        let named = scene.fill("taken", &[("form", &scene.label(&format!("form-{key}")))]);
        let mut screen = canvas::screen(scene, canvas, &Sight::of(picture), &named);
        screen.keeps_pictures = true;
        if let Some(paper) = form.paper() {
            return Answer::Draw(Box::new(Sketch::paper(screen, canvas, paper, &format!("canvas-{key}"))));
        }
        screen.files = forms::aside(|| form.files(scene.view(), canvas, self.prompts));
        screen.into()
    }
}

fn read(key: &Key) -> Option<Picture> {
    Picture::parse(&key.0)
}
