//! What is done about what lies under the lines of a section: in the tree the work stands with the branch, not with its
//! head.

use crate::canvas::line::Line;
use crate::canvas::section::{Body, Section};
use crate::canvas::tree::Node;

use super::shapes::beside;
use super::{Block, Maker};

impl Maker<'_> {
    /// Who works on what below the lines of a section that have a place in a tree: a table; nothing where nobody does.
    pub(super) fn works_below(&self, section: &Section) -> Option<Block> {
        let Body::Lines { groups } = &section.body else { return None };
        let lines =
            groups.iter().flat_map(|group| &group.lines).filter(|line| !line.beside.is_empty() || line.nobody_yet);
        let rows: Vec<Vec<String>> = lines.filter_map(|line| self.node_of(line)).flat_map(rows).collect();
        let columns = vec![self.say("report-works-below"), self.words.word("giver").to_owned()];
        Block::table(columns, rows)
    }

    /// Where a line stands in a tree of the canvas.
    fn node_of(&self, line: &Line) -> Option<&Node> {
        let place = line.place.as_ref()?;
        let trees = self.canvas.sections.iter().filter_map(|section| match &section.body {
            Body::Tree(tree) => Some(tree),
            _ => None,
        });
        let mut nodes = trees.flat_map(|tree| tree.roots.iter().chain(&tree.crown));
        nodes.find_map(|node| find(node, place))
    }
}

fn find<'a>(node: &'a Node, place: &str) -> Option<&'a Node> {
    if node.place == place { Some(node) } else { node.children.iter().find_map(|child| find(child, place)) }
}

/// A row for each card below a node on which somebody works.
fn rows(node: &Node) -> Vec<Vec<String>> {
    let own = |child: &Node| {
        let line = child.line.as_ref().filter(|line| !line.beside.is_empty())?;
        let who: Vec<String> = line.beside.iter().map(beside).collect();
        Some(vec![format!("{} {}", child.place, line.text).trim().to_owned(), who.join("\n")])
    };
    node.children.iter().flat_map(|child| own(child).into_iter().chain(rows(child))).collect()
}
