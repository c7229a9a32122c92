//! Which pictures a canvas has: the whole, where it is, and each section alone.

use crate::canvas::captions::fill;
use crate::canvas::{Body, Canvas, Chart, Line, Map, Node, Section};

/// One picture that can be drawn of a canvas.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Picture {
    /// All of it.
    Whole,
    /// The Path's progress and calendar.
    Progress,
    /// The strip of the five elements of Collective Impact.
    Elements,
    /// One section, by its key.
    Section(String),
    /// Who works on what in a section, and where nobody does.
    Map(String),
}

impl Picture {
    /// Every picture of a canvas, in its order. An empty section is a picture too: an invitation.
    #[must_use]
    pub fn all(canvas: &Canvas) -> Vec<Self> {
        let mut all = vec![Self::Whole, Self::Progress];
        if !canvas.head.elements.is_empty() {
            all.push(Self::Elements);
        }
        for section in &canvas.sections {
            all.push(Self::Section(section.key.clone()));
            if map_of(section).is_some() {
                all.push(Self::Map(section.key.clone()));
            }
        }
        all
    }

    /// By what it is asked for: `whole`, `section:KEY`, `map:KEY`.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Whole => "whole".to_owned(),
            Self::Progress => "progress".to_owned(),
            Self::Elements => "elements".to_owned(),
            Self::Section(key) => format!("section:{key}"),
            Self::Map(key) => format!("map:{key}"),
        }
    }

    /// The picture of a key.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        match key.split_once(':') {
            None => match key {
                "whole" => Some(Self::Whole),
                "progress" => Some(Self::Progress),
                "elements" => Some(Self::Elements),
                _ => None,
            },
            Some((_, "")) => None,
            Some(("section", key)) => Some(Self::Section(key.to_owned())),
            Some(("map", key)) => Some(Self::Map(key.to_owned())),
            Some(_) => None,
        }
    }

    /// What it is called.
    #[must_use]
    pub fn title(&self, canvas: &Canvas) -> String {
        let word = |key: &str| canvas.words.get(key).cloned().unwrap_or_default();
        match self {
            Self::Whole => word("picture_whole"),
            Self::Progress => word("picture_progress"),
            Self::Elements => word("picture_elements"),
            Self::Section(_) => self.section(canvas).map(|section| section.title.clone()).unwrap_or_default(),
            Self::Map(_) => {
                let title = self.section(canvas).map(|section| section.title.as_str()).unwrap_or_default();
                fill(&word("picture_map"), "section", title)
            }
        }
    }

    /// The section it shows, if it shows one that is there.
    pub(super) fn section<'a>(&self, canvas: &'a Canvas) -> Option<&'a Section> {
        let (Self::Section(key) | Self::Map(key)) = self else { return None };
        canvas.sections.iter().find(|section| section.key == *key)
    }
}

/// Who works on what in a section, where the plan asks for it and there is something to work on.
pub(super) fn map_of(section: &Section) -> Option<&Map> {
    match &section.chart {
        Some(Chart::Map(map)) if !map.rows.is_empty() && !map.columns.is_empty() => Some(map),
        _ => None,
    }
}

/// The lines of a section, those of a tree from its trunk outwards.
pub(super) fn lines(section: &Section) -> Vec<&Line> {
    match &section.body {
        Body::Lines { groups } => groups.iter().flat_map(|group| &group.lines).collect(),
        Body::Sentence { line } => line.as_deref().into_iter().collect(),
        Body::Tree(tree) => {
            let mut found = Vec::new();
            let parts = [&tree.crown, &tree.roots, &tree.loose_crown, &tree.loose_roots];
            for node in tree.trunk.as_deref().into_iter().chain(parts.into_iter().flatten()) {
                walk(node, &mut found);
            }
            found
        }
        Body::Table(_) | Body::Matrix(_) | Body::Bars(_) | Body::Steps { .. } | Body::Words { .. } => Vec::new(),
    }
}

fn walk<'a>(node: &'a Node, found: &mut Vec<&'a Line>) {
    found.extend(&node.line);
    for child in &node.children {
        walk(child, found);
    }
}
