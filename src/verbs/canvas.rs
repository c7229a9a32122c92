//! `canvas`: a partnership's canvas from the database, in any of its forms, or in all of them.

use std::cell::OnceCell;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::ValueEnum;

use super::draw::fonts;
use super::{load, say};
use crate::app;
use crate::canvas::draw::{Fonts, Ink, Order, Paper, Picture, draw};
use crate::canvas::report::{self, Kind};
use crate::canvas::{self, Canvas, Captions, log, sheet};
use crate::config::{Form, Printing, Size, named};
use crate::path::{Board, View, Viewer, view};
use crate::prompts::Prompts;
use crate::store::Store;

/// Prints a canvas.
///
/// # Errors
/// If the database cannot be read, has no such partnership, or the form cannot be made or written.
pub async fn canvas(printing: Printing) -> anyhow::Result<()> {
    let Some(meant) = &printing.partnership else { return written(&schema(), printing.out.as_deref()) };
    let prompts = load(&printing.words)?;
    let store = Store::open_read_only(&printing.database).await;
    let store = store.with_context(|| format!("the database {} cannot be read", named(&printing.database)))?;
    let board = find(&store, meant).await?;
    let press = Press::new(view(&board, Viewer::Room, board.changed_at()), &prompts);
    if let Some(folder) = &printing.all {
        return press.all(folder);
    }
    if let Some(meant) = &printing.report {
        return written(&press.report(press.kind(meant)?, printing.format)?, printing.out.as_deref());
    }
    let picture = match &printing.picture {
        None => Picture::Whole,
        Some(key) => {
            Picture::parse(key).filter(|picture| Picture::all(&press.canvas).contains(picture)).with_context(|| {
                let keys: Vec<String> = Picture::all(&press.canvas).iter().map(Picture::key).collect();
                format!("there is no picture {key:?}; there are: {}", keys.join(", "))
            })?
        }
    };
    let leaves = press.form(printing.format, &picture, printing.paper.map(paper))?;
    written(&leaves, printing.out.as_deref())
}

/// The partnership that is meant, by its number or name.
async fn find(store: &Store, meant: &str) -> anyhow::Result<Board> {
    let mut boards = Vec::new();
    for (_, id) in store.rooms().await? {
        boards.extend(store.load(id).await?);
    }
    let is_meant = |board: &Board| board.partnership.id.to_string() == meant || board.partnership.name == meant;
    let names: Vec<String> =
        boards.iter().map(|board| format!("{} ({})", board.partnership.name, board.partnership.id)).collect();
    let found = boards.into_iter().find(is_meant);
    found.with_context(|| format!("no partnership {meant:?} here; there are: {}", names.join(", ")))
}

/// One file of a form: most have one, pictures one for each page.
struct Leaf {
    /// What stands behind the file's name, for all but the first.
    suffix: String,
    bytes: Vec<u8>,
}

impl Leaf {
    fn only(bytes: impl Into<Vec<u8>>) -> Vec<Self> {
        vec![Self { suffix: String::new(), bytes: bytes.into() }]
    }

    fn write(&self, file: &Path) -> anyhow::Result<()> {
        let name = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
        let (stem, ending) = (name(file.file_stem()), name(file.extension()));
        let file = match (self.suffix.as_str(), ending.as_str()) {
            ("", _) => file.to_owned(),
            (suffix, "") => file.with_file_name(format!("{stem}{suffix}")),
            (suffix, ending) => file.with_file_name(format!("{stem}{suffix}.{ending}")),
        };
        std::fs::write(&file, &self.bytes).with_context(|| format!("cannot write {}", file.display()))?;
        say(&file.display().to_string());
        Ok(())
    }
}

/// What the JSON holds.
fn schema() -> Vec<Leaf> {
    Leaf::only(canvas::SCHEMA)
}

/// Prints what one viewer may see, in any form.
struct Press {
    view: View,
    captions: Captions,
    canvas: Canvas,
    fonts: OnceCell<Fonts>,
}

impl Press {
    fn new(view: View, prompts: &Prompts) -> Self {
        let captions = app::captions_of(&view, prompts);
        Self { canvas: canvas::compile(&view, &captions), fonts: OnceCell::new(), view, captions }
    }

    /// The files of a form. A new form is a name in `config::Form` and an arm here; `--all` takes it up.
    fn form(&self, form: Form, picture: &Picture, paper: Option<Paper>) -> anyhow::Result<Vec<Leaf>> {
        Ok(match form {
            Form::Md => Leaf::only(canvas::outline(&self.canvas) + "\n"),
            Form::Json => Leaf::only(canvas::json(&self.canvas) + "\n"),
            Form::Html => Leaf::only(canvas::html(&self.canvas) + "\n"),
            Form::Png => self.drawn(picture, paper.unwrap_or(Paper::Screen), Ink::Png)?,
            Form::Svg => self.drawn(picture, paper.unwrap_or(Paper::Screen), Ink::Svg)?,
            Form::Pdf => self.drawn(picture, paper.unwrap_or(Paper::A3), Ink::Pdf)?,
            Form::Xlsx => Leaf::only(sheet::xlsx(&self.view, &self.captions)),
            Form::Csv => {
                let files = sheet::csv(&self.view, &self.captions).into_iter();
                let suffix = |name: &str| format!("-{}", name.trim_end_matches(".csv"));
                files.map(|(name, bytes)| Leaf { suffix: suffix(&name), bytes }).collect()
            }
            Form::Ics => Leaf::only(canvas::ics(&self.view, &self.captions)),
            Form::Docx => self.report(Kind::Final, form)?,
        })
    }

    /// The report that is meant: `final`, `preread`, `memorandum:` and a partner's short name.
    fn kind(&self, meant: &str) -> anyhow::Result<Kind> {
        let kinds = self.kinds();
        let found = kinds.iter().find(|(name, _)| name == meant).map(|(_, kind)| *kind);
        found.with_context(|| {
            let names: Vec<&str> = kinds.iter().map(|(name, _)| name.as_str()).collect();
            format!("there is no report {meant:?}; there are: {}", names.join(", "))
        })
    }

    /// Every report of the whole room, by name.
    fn kinds(&self) -> Vec<(String, Kind)> {
        let partners =
            self.canvas.head.partners.iter().map(|partner| (format!("memorandum:{}", partner.short), partner.id));
        let fixed = [Kind::Final, Kind::Preread].map(|kind| (kind.key().to_owned(), kind));
        fixed.into_iter().chain(partners.map(|(name, id)| (name, Kind::Memorandum(id)))).collect()
    }

    /// A report in one of its forms.
    fn report(&self, kind: Kind, form: Form) -> anyhow::Result<Vec<Leaf>> {
        let report = report::make(&self.view, &self.captions, kind).context("there is no such report")?;
        Ok(match form {
            Form::Md => Leaf::only(report::markdown(&report)),
            Form::Json => Leaf::only(report::json(&report) + "\n"),
            Form::Docx => Leaf::only(report::docx(&report)),
            Form::Pdf => self.inked(&Order::report(&report, Paper::A4, Ink::Pdf))?,
            Form::Html | Form::Png | Form::Svg | Form::Xlsx | Form::Csv | Form::Ics => {
                anyhow::bail!("a report comes as md, json, docx or pdf")
            }
        })
    }

    /// The decision log: a file's ending, and the file.
    fn log(&self) -> [(&'static str, Vec<u8>); 3] {
        let log = log::compile(&self.view, &self.captions);
        [
            ("md", log::markdown(&log, &self.captions).into_bytes()),
            ("csv", sheet::log_csv(&log, &self.captions)),
            ("json", (log::json(&log) + "\n").into_bytes()),
        ]
    }

    /// A picture, drawn here: this process serves nobody else.
    fn drawn(&self, picture: &Picture, paper: Paper, ink: Ink) -> anyhow::Result<Vec<Leaf>> {
        self.inked(&Order::picture(&self.canvas, picture, paper, ink))
    }

    fn inked(&self, order: &Order) -> anyhow::Result<Vec<Leaf>> {
        let drawing = draw(order, self.fonts.get_or_init(fonts))?;
        if !drawing.missing.is_empty() {
            tracing::warn!(scripts = ?drawing.missing, "some letters have no face here and are not drawn");
        }
        let suffix = |nth: usize| if nth == 1 { String::new() } else { format!("-{nth}") };
        Ok((1..).zip(drawing.pages).map(|(nth, bytes)| Leaf { suffix: suffix(nth), bytes }).collect())
    }

    /// Every form of the whole, the poster also as pages, every picture alone, and every report.
    fn all(&self, folder: &Path) -> anyhow::Result<()> {
        let (pictures, reports) = (folder.join("pictures"), folder.join("reports"));
        for made in [&pictures, &reports] {
            std::fs::create_dir_all(made).with_context(|| format!("cannot make {}", made.display()))?;
        }
        let write = |leaves: Vec<Leaf>, file: PathBuf| leaves.iter().try_for_each(|leaf| leaf.write(&file));
        for form in Form::value_variants() {
            let ending = form.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
            // Documents to be edited are reports, which follow.
            if *form == Form::Docx {
                continue;
            }
            write(self.form(*form, &Picture::Whole, None)?, folder.join(format!("canvas.{ending}")))?;
        }
        write(schema(), folder.join("canvas.schema.json"))?;
        for (ending, bytes) in self.log() {
            write(Leaf::only(bytes), folder.join(format!("decisions.{ending}")))?;
        }
        write(self.drawn(&Picture::Whole, Paper::A4, Ink::Pdf)?, folder.join("canvas-a4.pdf"))?;
        for picture in Picture::all(&self.canvas).iter().filter(|picture| **picture != Picture::Whole) {
            let name = picture.key().replace(|letter: char| !letter.is_alphanumeric(), "-");
            write(self.drawn(picture, Paper::Screen, Ink::Png)?, pictures.join(format!("{name}.png")))?;
        }
        for (name, kind) in self.kinds() {
            let name = name.replace(|letter: char| !letter.is_alphanumeric(), "-");
            for (form, ending) in [(Form::Md, "md"), (Form::Docx, "docx"), (Form::Pdf, "pdf")] {
                write(self.report(kind, form)?, reports.join(format!("{name}.{ending}")))?;
            }
        }
        Ok(())
    }
}

/// Files to where they are wanted.
fn written(leaves: &[Leaf], out: Option<&Path>) -> anyhow::Result<()> {
    match out {
        Some(file) => leaves.iter().try_for_each(|leaf| leaf.write(file)),
        None => to_output(leaves),
    }
}

/// One file to the output stream; several need names.
fn to_output(leaves: &[Leaf]) -> anyhow::Result<()> {
    let [leaf] = leaves else {
        anyhow::bail!("that comes in {} files: say with --out where to put them", leaves.len());
    };
    // A reader who left early is no fault.
    let _ = std::io::stdout().write_all(&leaf.bytes);
    Ok(())
}

fn paper(size: Size) -> Paper {
    match size {
        Size::Screen => Paper::Screen,
        Size::A3 => Paper::A3,
        Size::A4 => Paper::A4,
    }
}
