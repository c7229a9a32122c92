//! Reports as people ask for them: as text, for editing, and to print.

use super::escape::inline;
use super::forms::{aside, text_file};
use super::press::Press;
use super::scene::Scene;
use super::screen::File;
use super::screens::{self, paged, reports};
use super::sketch::Sketch;
use super::visit::{Answer, Visit};
use crate::app::captions_of;
use crate::canvas::draw::{Ink, Order, Paper};
use crate::canvas::log;
use crate::canvas::report::{docx, make, markdown};
use crate::path::Refusal;

impl Visit<'_> {
    /// A press about reports; none if it is none of these.
    #[must_use]
    pub fn reporting(&self, scene: &Scene<'_>, press: &Press, values: &[String]) -> Option<Answer> {
        let chosen = values.first().map_or("", String::as_str);
        Some(match (press, paged::turned(chosen)) {
            (Press::Reports, _) => reports::screen(scene, 0, "").into(),
            (Press::Report, Some(page)) => reports::screen(scene, page, "").into(),
            (Press::Report, None) => self.report(scene, chosen),
            (Press::Log { page }, _) => self.log(*page),
            _ => return None,
        })
    }

    /// A page of the decision log, for whoever belongs to the partnership.
    #[must_use]
    pub fn log(&self, page: u16) -> Answer {
        let Some(scene) = self.scene() else { return self.nowhere() };
        if scene.person().is_none() {
            return self.told_no(&Refusal::NotAMember.into(), "", None);
        }
        let captions = captions_of(scene.view(), self.app().prompts());
        let log = log::compile(scene.view(), &captions);
        screens::log::screen(&scene, &log, &captions, page).into()
    }

    /// A report in all its forms, made for whoever asks. One that is not due to them is not found.
    fn report(&self, scene: &Scene<'_>, key: &str) -> Answer {
        let kind = reports::kinds(scene).into_iter().find(|kind| reports::key(*kind) == key);
        let made = kind.and_then(|kind| {
            let report = aside(|| make(scene.view(), &captions_of(scene.view(), self.app().prompts()), kind))?;
            Some((kind, report))
        });
        let Some((kind, report)) = made else {
            return reports::screen(scene, 0, &scene.label("no-such-report")).into();
        };
        let title = reports::name(scene, kind);
        let name = format!("report-{key}");
        let alt = format!("{title}. {}", report.subtitle);
        let mut screen = reports::screen(scene, 0, &scene.fill("taken", &[("form", &inline(&title))]));
        let (text, bytes, order) =
            aside(|| (markdown(&report), docx(&report), Order::report(&report, Paper::A4, Ink::Pdf)));
        screen.files.push(text_file(&format!("{name}.md"), text, &alt));
        screen.files.push(File { name: format!("{name}.docx"), bytes, alt: alt.clone() });
        Answer::Draw(Box::new(Sketch { screen, order, name, alt, shared: false }))
    }
}
