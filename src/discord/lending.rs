//! The canvas lent out and looked back on: links for readers without Discord, what outsiders see, earlier
//! versions.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use super::forms::{in_outline, text_file};
use super::press::Press;
use super::reply;
use super::scene::Scene;
use super::screen::Screen;
use super::screens::{links, paged, versions};
use super::sketch::Sketch;
use super::visit::{Answer, Visit};
use crate::app::canvas_of;
use crate::canvas::draw::Picture;
use crate::canvas::{Canvas, compare, comparison_outline};
use crate::path::{Act, Refusal, Scope, ShareId, VersionId};

impl Visit<'_> {
    /// A press about links, releases and versions; none if it is none of these.
    pub async fn lending(&self, scene: &Scene<'_>, press: &Press, values: &[String]) -> Option<Answer> {
        let chosen = values.first().map_or("", String::as_str);
        let for_hosts = matches!(
            press,
            Press::Links
                | Press::LinkFor
                | Press::LinkUntil { .. }
                | Press::Unlink
                | Press::Release
                | Press::Released { .. }
        );
        if for_hosts && !scene.is_host() {
            return Some(self.told_no(&Refusal::HostsOnly.into(), "", None));
        }
        Some(match press {
            Press::Links => self.links(scene, ""),
            Press::LinkFor => match links::scope(chosen) {
                Some(scope) => links::until(scene, scope).into(),
                None => self.links(scene, ""),
            },
            Press::LinkUntil { scope } => self.link(scene, *scope, chosen).await,
            Press::Unlink => {
                let Ok(share) = chosen.parse().map(ShareId) else { return Some(self.links(scene, "")) };
                self.then_links(self.act(Act::Unshare { share }).await)
            }
            Press::Release => links::release(scene, "").into(),
            Press::Released { part } => self.released(scene, *part, values).await,
            Press::Versions => versions::screen(scene, 0, "").into(),
            Press::Version => match paged::turned(chosen) {
                Some(page) => versions::screen(scene, page, "").into(),
                None => self.version(scene, chosen),
            },
            Press::Compare => self.compared(scene, values),
            Press::Beside { version } => match paged::turned(chosen) {
                Some(page) => self.version_again(scene, *version, page),
                None => self.compared(scene, &[version.to_string(), chosen.to_owned()]),
            },
            _ => return None,
        })
    }

    pub(super) fn links(&self, scene: &Scene<'_>, top: &str) -> Answer {
        links::screen(scene, self.app().now(), self.app().serves_pages(), top).into()
    }

    fn then_links(&self, done: Result<crate::path::Reply, crate::app::ActError>) -> Answer {
        let (now, served) = (self.app().now(), self.app().serves_pages());
        self.after_with(done, |scene, top| links::screen(scene, now, served, top))
    }

    /// Makes a link and shows it this once. Where no board page is served, none is made that would lead nowhere.
    async fn link(&self, scene: &Scene<'_>, scope: Scope, days: &str) -> Answer {
        let days = days.parse().ok().filter(|days| links::DAYS.contains(days));
        let (Some(days), Some(id), true) = (days, self.partnership(), self.app().serves_pages()) else {
            return self.links(scene, "");
        };
        let until = self.app().now() + TimeDelta::days(days);
        match self.app().share(id, self.who_now(), self.receipt("", None), scope, Some(until)).await {
            Ok((token, reply)) => match (self.scene(), self.app().link(&token)) {
                (Some(scene), Some(link)) => links::made(&scene, &reply::tick(&scene, &reply), &link).into(),
                _ => self.nowhere(),
            },
            Err(error) => self.told_no(&error, "", Some(Press::Links)),
        }
    }

    /// One menu of sections was chosen from; the other menus stay as they are.
    async fn released(&self, scene: &Scene<'_>, part: u16, values: &[String]) -> Answer {
        let board = scene.board();
        let parts = links::parts(&board.plan.sections);
        let Some(here) = parts.get(usize::from(part)) else { return links::release(scene, "").into() };
        let here: BTreeSet<&str> = here.iter().map(|section| section.key.as_str()).collect();
        let others = board.plan.sections.iter().map(|section| section.key.as_str());
        let others = others.filter(|key| !here.contains(key) && board.is_released(key));
        let chosen = values.iter().map(String::as_str);
        let sections = others.chain(chosen).map(str::to_owned).collect();
        match self.act(Act::Release { sections }).await {
            Err(error) => self.told_no(&error, "", Some(Press::Release)),
            done => self.after_with(done, links::release),
        }
    }

    /// The canvas as a version saw it, as far as the asker may see it.
    fn canvas_of_version(&self, scene: &Scene<'_>, key: &str) -> Option<Canvas> {
        if key == versions::TODAY {
            return Some(canvas_of(scene.view(), self.app().prompts()));
        }
        let version = key.parse().map(VersionId).ok()?;
        self.app().canvas_at(self.partnership()?, scene.view().viewer(), version)
    }

    fn version(&self, scene: &Scene<'_>, key: &str) -> Answer {
        let Some((mut screen, canvas)) = self.one_version(scene, key, 0) else { return no_such_version(scene) };
        screen.files = vec![in_outline(&canvas)];
        Answer::Draw(Box::new(Sketch::picture(screen, &canvas, &Picture::Whole)))
    }

    /// The same version, as it stands there already, with more of those that may lie beside it.
    fn version_again(&self, scene: &Scene<'_>, id: VersionId, page: usize) -> Answer {
        let Some((screen, _)) = self.one_version(scene, &id.to_string(), page) else { return no_such_version(scene) };
        Screen { keeps_pictures: true, ..screen }.into()
    }

    fn one_version(&self, scene: &Scene<'_>, key: &str, page: usize) -> Option<(Screen, Canvas)> {
        let version = scene.board().versions.iter().find(|version| version.id.to_string() == key)?;
        let canvas = self.canvas_of_version(scene, key)?;
        Some((versions::one(scene, version, &canvas, page), canvas))
    }

    fn compared(&self, scene: &Scene<'_>, values: &[String]) -> Answer {
        // Numbers rise with time, and today is after all of them.
        let mut keys: Vec<(i64, &String)> = values.iter().map(|key| (key.parse().unwrap_or(i64::MAX), key)).collect();
        keys.sort_unstable();
        keys.dedup();
        let canvases: Vec<Canvas> = keys.iter().filter_map(|(_, key)| self.canvas_of_version(scene, key)).collect();
        let [old, new] = canvases.as_slice() else { return no_such_version(scene) };
        let comparison = compare(old, new);
        let outline = comparison_outline(&comparison);
        let alt = scene.label("compared-alt");
        versions::compared(scene, &comparison).file(text_file("canvas-compared.md", outline, &alt)).into()
    }
}

fn no_such_version(scene: &Scene<'_>) -> Answer {
    versions::screen(scene, 0, &scene.label("no-such-version")).into()
}
