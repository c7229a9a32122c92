//! What pictures look like: their size, and their colours seen from afar, as they were when somebody last
//! looked at them.
//!
//! A picture is laid under a grid; each cell keeps the mean of its colours in steps of sixteen. What stands in
//! `looks/` is such a grid. A letter drawn a hair's breadth elsewhere changes nothing, a box that moved,
//! went or took another colour does. After a wanted change look at the pictures (`jointpath canvas NAME --all
//! DIR`), then write the grids anew with `JOINTPATH_LOOKS=write cargo test --lib looks`.

use std::path::PathBuf;

use crate::canvas::Canvas;
use crate::canvas::draw::{Fonts, Ink, Order, Paper, Picture, draw};
use crate::canvas::tests::ruvani;
use crate::path::CardId;

/// Cells from left to right.
const ACROSS: usize = 48;
/// Steps in which a colour is told.
const STEPS: usize = 16;
/// Of a thousand cells, so many may differ by more than one step.
const PER_MILLE: usize = 10;

/// A picture from afar.
#[derive(Debug, PartialEq)]
struct Look {
    width: u32,
    height: u32,
    /// Red, green and blue of each cell, row by row.
    cells: Vec<[u8; 3]>,
}

impl Look {
    fn of(png: &[u8]) -> Self {
        let mut picture = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
        let mut colours = vec![0; picture.output_buffer_size().unwrap()];
        let frame = picture.next_frame(&mut colours).unwrap();
        assert_eq!((frame.color_type, frame.bit_depth), (png::ColorType::Rgb, png::BitDepth::Eight));
        let (width, height) = (frame.width as usize, frame.height as usize);
        let down = (height * ACROSS + width / 2) / width;
        let mut sums = vec![([0; 3], 0); ACROSS * down.max(1)];
        for (at, pixel) in colours.chunks_exact(3).enumerate() {
            let (x, y) = (at % width, at / width);
            let (sum, count): &mut ([usize; 3], usize) = &mut sums[(y * down / height) * ACROSS + x * ACROSS / width];
            sum.iter_mut().zip(pixel).for_each(|(sum, part)| *sum += usize::from(*part));
            *count += 1;
        }
        let step = |sum: usize, count: usize| u8::try_from(sum * STEPS / (count.max(1) * 256)).unwrap();
        let cells = sums.into_iter().map(|(sum, count)| sum.map(|sum| step(sum, count))).collect();
        Self { width: frame.width, height: frame.height, cells }
    }

    fn write(&self) -> String {
        let cell = |[red, green, blue]: &[u8; 3]| format!("{red:x}{green:x}{blue:x}");
        let rows = self.cells.chunks(ACROSS).map(|row| row.iter().map(cell).collect::<Vec<_>>().join(" "));
        format!("{} x {}\n{}\n", self.width, self.height, rows.collect::<Vec<_>>().join("\n"))
    }

    fn read(text: &str) -> Self {
        let (size, rows) = text.split_once('\n').unwrap();
        let (width, height) = size.split_once(" x ").unwrap();
        let step = |letter: char| u8::try_from(letter.to_digit(16).unwrap()).unwrap();
        let cell = |cell: &str| cell.chars().map(step).collect::<Vec<_>>().try_into().unwrap();
        let cells = rows.split_whitespace().map(cell).collect();
        Self { width: width.parse().unwrap(), height: height.parse().unwrap(), cells }
    }

    /// How many cells differ by more than one step in any of their colours.
    fn cells_unlike(&self, other: &Self) -> usize {
        let unlike = |(one, other): &(&[u8; 3], &[u8; 3])| one.iter().zip(*other).any(|(a, b)| a.abs_diff(*b) > 1);
        self.cells.iter().zip(&other.cells).filter(unlike).count()
    }
}

fn kept(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/canvas/draw/tests/looks").join(format!("{name}.txt"))
}

fn look(canvas: &Canvas, picture: &Picture) -> Look {
    let drawing = draw(&Order::picture(canvas, picture, Paper::Screen, Ink::Png), &Fonts::built_in()).unwrap();
    Look::of(&drawing.pages[0])
}

/// The worked example with some of its cards under headings: of lines, of a table, of what was chosen.
fn grouped() -> Canvas {
    let mut hand = ruvani::board();
    let every_other = |cards: Vec<CardId>| cards.into_iter().step_by(2).take(3).collect::<Vec<_>>();
    for (source, name) in [("notes", "Being heard takes time"), ("terms", "Words from the street")] {
        let cards = every_other(hand.board.cards_of(source, false).iter().map(|card| card.id).collect());
        hand.gather(name, "Grace Wanjala", &cards);
    }
    let kept = every_other(hand.board.kept("core-causes").to_vec());
    hand.gather("What has to be done each day", "Grace Wanjala", &kept);
    hand.canvas_with(&ruvani::captions())
}

/// Every picture of the worked example, some of it with headings, and the empty canvas.
fn looks() -> Vec<(String, Look)> {
    let example = ruvani::board().canvas_with(&ruvani::captions());
    let pictures = Picture::all(&example).into_iter();
    let mut all: Vec<(String, Look)> =
        pictures.map(|picture| (picture.key().replace(':', "-"), look(&example, &picture))).collect();
    let empty = ruvani::up_to(0).canvas_with(&ruvani::captions());
    all.push(("empty".to_owned(), look(&empty, &Picture::Whole)));
    let grouped = grouped();
    for section in ["challenges", "words", "core-causes"] {
        let picture = Picture::Section(section.to_owned());
        all.push((format!("grouped-{section}"), look(&grouped, &picture)));
    }
    all
}

#[test]
fn pictures_look_as_they_did() {
    let writing = std::env::var("JOINTPATH_LOOKS").is_ok_and(|told| told == "write");
    let mut faults = Vec::new();
    for (name, look) in looks() {
        if writing {
            std::fs::write(kept(&name), look.write()).unwrap();
            continue;
        }
        let Ok(text) = std::fs::read_to_string(kept(&name)) else {
            faults.push(format!("{name}: nobody has kept how it looks"));
            continue;
        };
        let before = Look::read(&text);
        let (size, size_before) = ((look.width, look.height), (before.width, before.height));
        let unlike = look.cells_unlike(&before);
        if size != size_before {
            faults.push(format!("{name}: {size:?} and not {size_before:?}"));
        } else if unlike * 1_000 > look.cells.len() * PER_MILLE {
            faults.push(format!("{name}: {unlike} of {} cells look different", look.cells.len()));
        }
    }
    assert_eq!(faults, Vec::<String>::new(), "look at them; see the head of this file");
}

#[test]
fn a_look_is_read_as_it_was_written_and_tells_colours_apart() {
    let look = look(&ruvani::up_to(0).canvas(), &Picture::Elements);
    let read = Look::read(&look.write());
    assert_eq!(read, look);
    assert_eq!(read.cells_unlike(&look), 0);
    let mut other = Look::read(&look.write());
    other.cells.iter_mut().take(30).for_each(|cell| cell[0] ^= 8);
    assert_eq!(other.cells_unlike(&look), 30);
}
