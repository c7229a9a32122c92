//! How large a piece of a picture is, before its place is known.

#![expect(clippy::needless_pass_by_value, reason = "typst hands all of it over")]

use comemo::Tracked;
use typst::diag::{At, SourceResult};
use typst::engine::Engine;
use typst::foundations::{Content, Context, Dict, Resolve, Smart, Target, TargetElem, dict, func};
use typst::introspection::Locator;
use typst::layout::{Abs, Axes, Length, Region, Size};
use typst::syntax::Span;

/// The width and height of content, as of typst's own function of this name.
///
/// That one asks of every paragraph where in the whole picture its like stands, so that a counter in it is right;
/// and what was measured is then remembered for that one place, and laid out anew at each second look. Nothing
/// that we measure counts, or refers to another place. So nothing is asked here, and what was measured once is
/// remembered wherever it is measured again: half the time and half the memory of a large picture.
#[func(contextual)]
pub(super) fn measure(
    engine: &mut Engine,
    context: Tracked<Context>,
    span: Span,
    /// The width it may have; as wide as it wants if none is given.
    #[named]
    #[default(Smart::Auto)]
    width: Smart<Length>,
    /// What is measured.
    piece: Content,
) -> SourceResult<Dict> {
    let styles = context.styles().at(span)?;
    let width = width.resolve(styles).unwrap_or(Abs::inf());
    let room = Region::new(Axes::new(width, Abs::inf()), Axes::splat(false));
    let paged = TargetElem::target.set(Target::Paged).wrap();
    let frame = (engine.library.routines.layout_frame)(engine, &piece, Locator::root(), styles.chain(&paged), room)?;
    let Size { x, y } = frame.size();
    Ok(dict! { "width" => x, "height" => y })
}
