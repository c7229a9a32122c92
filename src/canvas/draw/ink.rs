//! A laid-out document as files: PNG, PDF, SVG.

use typst::foundations::Smart;
use typst::layout::{Abs, Frame, FrameItem, Size};
use typst_layout::{Page, PagedDocument};
use typst_pdf::PdfOptions;
use typst_render::RenderOptions;
use typst_svg::SvgOptions;

use super::DrawError;
use super::order::{Ink, Order, Paper};
use crate::canvas::escape::{between_tags, leaf};

/// A page on a screen is at most so tall, in points: more is split, since nobody could read it.
pub(super) const PAGE_HEIGHT: f64 = 1600.0;
/// A picture is left whole a little longer than that: a last line alone on a page helps nobody.
const TALL: f64 = 2000.0;
/// So much stays free under what stands on a page that is made shorter, in points.
const MARGIN: f64 = 20.0;
/// So many pictures can be posted at once.
const PICTURES_MAX: usize = 10;
/// So many pages are in a document.
const PAGES_MAX: usize = 80;
/// So many pixels a picture has at most; beyond, it is drawn smaller.
const PIXELS_MAX: f64 = 16_000_000.0;
/// No side is longer than this: what cannot be split, a tree for example, is drawn smaller.
const SIDE_MAX: f64 = 8_000.0;

/// Whether a picture is so tall that it is to be split.
pub(super) fn is_too_tall(document: &PagedDocument) -> bool {
    document.pages().iter().any(|page| page.frame.height().to_pt() > TALL)
}

/// The pages as files, and how many were left out.
pub(super) fn write(document: &PagedDocument, order: &Order) -> Result<(Vec<Vec<u8>>, usize), DrawError> {
    let pages = document.pages();
    let at_most = if order.ink == Ink::Pdf { PAGES_MAX } else { PICTURES_MAX };
    let kept = &pages[..pages.len().min(at_most)];
    let files = match order.ink {
        Ink::Png => {
            let one = |(nth, page): (usize, &Page)| {
                let is_end = order.paper == Paper::Screen && nth > 0 && nth + 1 == pages.len();
                let page = if is_end { &shortened(page) } else { page };
                png(page, f64::from(order.scale))
            };
            kept.iter().enumerate().map(one).collect::<Result<_, _>>()?
        }
        Ink::Svg => {
            let one = |(nth, page)| named(&typst_svg::svg(page, &SvgOptions::default()), order, nth, pages.len());
            kept.iter().enumerate().map(one).map(String::into_bytes).collect()
        }
        Ink::Pdf => vec![pdf(document, kept.len())?],
    };
    Ok((files, pages.len() - kept.len()))
}

/// A page that ends under the last of what stands on it.
fn shortened(page: &Page) -> Page {
    let mut page = page.clone();
    let end = lowest(&page.frame) + Abs::pt(MARGIN);
    let size = Size::new(page.frame.width(), page.frame.height().min(end));
    page.frame.set_size(size);
    page
}

/// How far down anything is drawn, letters by their line.
fn lowest(frame: &Frame) -> Abs {
    let ends = frame.items().map(|(at, item)| match item {
        FrameItem::Group(group) => at.y + group.transform.ty + lowest(&group.frame) * group.transform.sy.get(),
        FrameItem::Text(_) => at.y,
        FrameItem::Shape(shape, _) => at.y + shape.bbox(true).max.y,
        FrameItem::Image(_, size, _) => at.y + size.y,
        _ => Abs::zero(),
    });
    ends.fold(Abs::zero(), Abs::max)
}

/// An SVG that says of itself what it is, and what is on it, for those who do not see it.
fn named(svg: &str, order: &Order, nth: usize, pages: usize) -> String {
    let said = |key: &str| {
        let said = order.data[key].as_str().unwrap_or_default();
        leaf(&if pages > 1 { order.of_page(said, nth + 1, pages) } else { said.to_owned() })
    };
    let Some((root, drawn)) = svg.split_once('>') else { return svg.to_owned() };
    let (title, desc) = (said("title"), said("alt"));
    let described = if desc.is_empty() { String::new() } else { format!("<desc>{}</desc>", between_tags(&desc)) };
    format!("{root} role=\"img\"><title>{}</title>{described}{drawn}", between_tags(&title))
}

fn png(page: &Page, scale: f64) -> Result<Vec<u8>, DrawError> {
    let (width, height) = (page.frame.width().to_pt().max(1.0), page.frame.height().to_pt().max(1.0));
    let scale = scale.min((PIXELS_MAX / (width * height)).sqrt()).min(SIDE_MAX / width.max(height));
    let options = RenderOptions { pixel_per_pt: scale.into(), ..RenderOptions::default() };
    let pixels = typst_render::render(page, &options);
    packed(pixels.data(), pixels.width(), pixels.height()).map_err(|error| DrawError::Ink(error.to_string()))
}

/// Pixels as a PNG file, packed quickly rather than tightly: whoever waits sees it sooner, and a few hundred kilobytes
/// more cost nobody anything. Every page has a ground, so there is nothing to see through, and no fourth channel.
fn packed(rgba: &[u8], width: u32, height: u32) -> Result<Vec<u8>, png::EncodingError> {
    let (opaque, _) = rgba.as_chunks::<4>();
    let rgb: Vec<u8> = opaque.iter().flat_map(|[red, green, blue, _]| [*red, *green, *blue]).collect();
    let mut file = Vec::with_capacity(rgb.len() / 16);
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&rgb)?;
    writer.finish()?;
    Ok(file)
}

fn pdf(document: &PagedDocument, pages: usize) -> Result<Vec<u8>, DrawError> {
    let last = std::num::NonZeroUsize::new(pages);
    let range = last
        .filter(|_| pages < document.pages().len())
        .map(|last| typst::layout::PageRanges::new(vec![Some(std::num::NonZeroUsize::MIN)..=Some(last)]));
    let options = PdfOptions {
        creator: Smart::Custom(Some("Joint Path".to_owned())),
        page_ranges: range,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(document, &options).map_err(|faults| {
        DrawError::Ink(faults.iter().map(|fault| fault.message.to_string()).collect::<Vec<_>>().join("; "))
    })
}
