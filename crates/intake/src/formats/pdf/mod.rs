//! PDF: the text layer in reading order, page by page, with running heads set aside and sentences rejoined over lines,
//! columns and pages.
//!
//! A PDF holds no text, only letters at places. The steps, each one file: follow the drawing instructions to letters
//! (`content`, `state`, `fonts`, `letters`), letters to stretches of lines (`segments`, `accents`, `direction`), furniture aside (`furniture`), columns
//! (`columns`), paragraphs (`flow`, `wording`, `hyphens`). The library under it parses the file, decrypts it and knows fonts;
//! `guard` keeps it from expanding without end.

mod strings;

mod guard;
mod letters;

mod fonts;

mod state;

mod content;

mod accents;
mod direction;

mod segments;

mod columns;
mod furniture;
mod hyphens;
mod wording;

mod flow;
mod metadata;

use crate::extract::Builder;
use crate::fault::Fault;
use crate::format::{Content, Context, Format};
use crate::properties;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use segments::Segment;

/// PDF.
pub const FORMAT: Format = Format { name: "PDF", extensions: &["pdf"], media_type: "application/pdf", sniff, read };

/// Letters of one document: more than any book has, few enough to be held at once.
const MOST_LETTERS: usize = 24_000_000;

fn sniff(bytes: &[u8], _extension: &str) -> bool {
    bytes.get(..bytes.len().min(1024)).is_some_and(|head| head.windows(5).any(|w| w == b"%PDF-"))
}

fn read(bytes: &[u8], context: &Context<'_>) -> Result<Content, Fault> {
    let limit = context.limits.expanded;
    guard::check_skeleton(bytes, limit)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(fault)?;
    if pdf.pages().is_empty() {
        return Err(Fault::damaged("PDF", "no page can be found in it"));
    }
    let mut builder = Builder::default();
    let seen = look(&pdf, limit);
    seen.report(&mut builder)?;
    flow::pour(&leaves(seen.pages), &mut builder);
    *builder.metadata() = metadata::metadata(&pdf, limit);
    let mut extract = builder.finish();
    properties::title_from_text(&mut extract);
    Ok(extract.into())
}

fn fault(error: LoadPdfError) -> Fault {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Fault::new(
            "it is encrypted and opens only with a password",
            "save a copy without the password and read that",
        ),
        LoadPdfError::Decryption(_) => {
            Fault::new("it is encrypted in a way that cannot be read", "print it to a new PDF and read that")
        }
        LoadPdfError::Invalid => Fault::damaged("PDF", "it holds together nowhere; perhaps it was cut off"),
    }
}

/// What the pages show, and what there is to say about it.
#[derive(Default)]
struct Seen {
    pages: Vec<Vec<Segment>>,
    scans: Vec<usize>,
    unknown: Vec<usize>,
    cut: Vec<usize>,
}

fn look(pdf: &Pdf, limit: u64) -> Seen {
    let at_once = limit / 4;
    let mut fonts = fonts::Fonts::new(at_once);
    let mut budget = content::Budget { left: limit.saturating_mul(4), at_once };
    let mut letters = 0;
    let mut seen = Seen::default();
    for (at, page) in pdf.pages().iter().enumerate() {
        if letters > MOST_LETTERS {
            seen.cut.push(at + 1);
            seen.pages.push(Vec::new());
            continue;
        }
        let mut shown = content::shown(page, &mut fonts, &mut budget);
        accents::put_on_letters(&mut shown);
        letters += shown.glyphs.len();
        let segments = segments::segments(&shown);
        for (list, applies) in [
            (&mut seen.scans, segments.is_empty() && shown.image),
            (&mut seen.unknown, shown.unknown * 10 > shown.glyphs.len() && shown.unknown > 3),
            (&mut seen.cut, shown.cut),
        ] {
            if applies {
                list.push(at + 1);
            }
        }
        seen.pages.push(segments);
    }
    seen
}

impl Seen {
    /// Notes for the reader; a fault if nothing can be read at all.
    fn report(&self, builder: &mut Builder) -> Result<(), Fault> {
        const OCR: &str = "run OCR on it (for example with OCRmyPDF) and read the result";
        if self.pages.iter().all(Vec::is_empty) {
            return Err(match (self.scans.is_empty(), self.cut.is_empty()) {
                (false, _) => Fault::new("its pages are images without a text layer", OCR),
                (true, false) => {
                    Fault::new("its pages are too large to be read", "print it to a new PDF and read that")
                }
                (true, true) => Fault::new("it shows no text", "check in a PDF viewer that it is the right file"),
            });
        }
        for (pages, what) in [
            (&self.scans, "carry no text layer; run OCR to read them"),
            (
                &self.unknown,
                "use fonts that do not tell their letters; the text there is incomplete; run OCR to read them",
            ),
            (&self.cut, "were not read whole, because they are damaged or too large"),
        ] {
            if !pages.is_empty() {
                builder.note(format!("pages {} {what}", ranges(pages)));
            }
        }
        Ok(())
    }
}

/// `1, 3-7`.
fn ranges(pages: &[usize]) -> String {
    let runs = pages.chunk_by(|a, b| a + 1 == *b).map(|run| match run {
        [first, .., last] => format!("{first}-{last}"),
        _ => run.iter().map(usize::to_string).collect(),
    });
    runs.collect::<Vec<_>>().join(", ")
}

fn leaves(pages: Vec<Vec<Segment>>) -> Vec<flow::Leaf> {
    let lines = |segments: Vec<Segment>| -> Vec<String> {
        columns::blocks(segments).into_iter().flat_map(|b| b.lines).map(|l| l.text).collect()
    };
    let mut leaves = Vec::new();
    for (at, (text, furniture)) in furniture::set_aside(pages).into_iter().enumerate() {
        let top = text.iter().filter(|s| s.turn == 0).map(|s| s.y).fold(f32::MIN, f32::max);
        let (heads, feet) = furniture.into_iter().partition(|s| s.turn == 0 && s.y >= top);
        leaves.push(flow::Leaf {
            page: at as u32 + 1,
            blocks: columns::blocks(text),
            heads: lines(heads),
            feet: lines(feet),
        });
    }
    leaves
}
