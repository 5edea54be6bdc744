//! Bytes become documents: the format is recognised and read under guard, the zones are marked, what the metadata file
//! says is put over the rest, and what lies inside is opened in turn, within one budget for all of it.

use crate::encoding;
use crate::extract::Extract;
use crate::fault::Fault;
use crate::format::{Content, Context, Format, Member, extension};
use crate::formats::FORMATS;
use crate::guard;
use crate::language;
use crate::limits::Limits;
use crate::load::Input;
use crate::sidecar::{self, Sidecar};
use crate::unreadable;
use crate::zones;
use rashomon_core::{Digest, Document, Metadata, Refusal};

/// What one input became: one document, or several of an archive; and what of it could not be taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opened {
    /// The documents.
    pub documents: Vec<Document>,
    /// What was refused.
    pub refusals: Vec<Refusal>,
}

/// The documents in an input.
pub fn open(input: &Input) -> Opened {
    open_within(input, &Limits::default())
}

/// As [`open`], within other limits.
pub fn open_within(input: &Input, limits: &Limits) -> Opened {
    let mut opening = Opening { opened: Opened::default(), limits: *limits };
    opening.take(Item { name: &input.name, bytes: &input.bytes, sidecar: input.sidecar.as_ref() }, 0);
    opening.opened
}

/// As [`open_within`], but as a file of this format, whatever its name and its bytes say.
pub fn open_as(format: &'static Format, input: &Input, limits: &Limits) -> Opened {
    let mut opening = Opening { opened: Opened::default(), limits: *limits };
    let item = Item { name: &input.name, bytes: &input.bytes, sidecar: input.sidecar.as_ref() };
    let content = guard::run(|| (format.read)(item.bytes, &Context { name: item.name, limits }));
    opening.put(item, content.map(|content| (format, content)), 0);
    opening.opened
}

/// The format of some bytes in a file of this name; `None` if it is none that is read.
pub fn recognise(bytes: &[u8], name: &str) -> Option<&'static Format> {
    let extension = extension(name);
    FORMATS.iter().find(|format| (format.sniff)(bytes, &extension))
}

struct Item<'a> {
    name: &'a str,
    bytes: &'a [u8],
    sidecar: Option<&'a Sidecar>,
}

/// One input being opened. What may still be expanded shrinks from archive to archive.
struct Opening {
    opened: Opened,
    limits: Limits,
}

impl Opening {
    fn take(&mut self, item: Item<'_>, depth: usize) {
        let content = read(item.name, item.bytes, &self.limits);
        self.put(item, content, depth);
    }

    fn put(&mut self, item: Item<'_>, content: Result<(&'static Format, Content), Fault>, depth: usize) {
        let content = content.and_then(|(format, content)| {
            let nothing = content.text.is_none() && content.members.is_empty() && content.refusals.is_empty();
            if nothing { Err(no_text()) } else { Ok((format, content)) }
        });
        let (format, content) = match content {
            Ok(found) => found,
            Err(fault) => return self.opened.refusals.push(fault.refuse(item.name)),
        };
        let Content { text, members, refusals } = content;
        self.opened.refusals.extend(refusals);
        let alone = text.is_none();
        match text.map(|extract| self.document(&item, format, extract)) {
            Some(Ok(document)) => self.opened.documents.push(document),
            Some(Err(fault)) => self.opened.refusals.push(fault.refuse(item.name)),
            None => {}
        }
        if let Some(sidecar) = item.sidecar.filter(|_| alone) {
            let fault = Fault::new(
                "it is the metadata of an archive, which is no document",
                "put it beside the member it is about",
            );
            self.opened.refusals.push(fault.refuse(&sidecar.beside(item.name)));
        }
        self.members(item.name, members, depth);
    }

    /// Each member is dropped as soon as it is read, so that not all of an archive is held twice.
    fn members(&mut self, container: &str, members: Vec<Member>, depth: usize) {
        if depth >= self.limits.depth && !members.is_empty() {
            let what = format!("it lies in {} archives inside each other, and what is inside it was not read", depth);
            return self.opened.refusals.push(Fault::new(what, "unpack it and read the folder").refuse(container));
        }
        let used: u64 = members.iter().map(|m| m.bytes.len() as u64).sum();
        self.limits.expanded = self.limits.expanded.saturating_sub(used);
        for member in members {
            let name = format!("{container}/{}", member.name);
            let item = Item { name: &name, bytes: &member.bytes, sidecar: member.sidecar.as_ref() };
            self.take(item, depth + 1);
        }
    }

    fn document(&mut self, item: &Item<'_>, format: &Format, extract: Extract) -> Result<Document, Fault> {
        let mut extract = extract;
        if extract.text.len() > self.limits.text {
            let what =
                format!("its text is larger than the {} MB that are read as one document", self.limits.text >> 20);
            return Err(Fault::new(what, "split it into smaller files"));
        }
        if !extract.text.chars().any(char::is_alphanumeric) {
            return Err(no_text());
        }
        extract.zones.sort();
        zones::mark(&mut extract);
        tidy(&mut extract.metadata);
        let applied = item.sidecar.map(|s| (s, sidecar::apply(&s.bytes, &mut extract.metadata)));
        if let Some((sidecar, Err(reason))) = applied {
            extract.notes.push(format!("the metadata file was not used in full: {reason}"));
            let what = format!("the metadata file cannot be used: {reason}");
            let fault = Fault::new(what, "mend it; the document itself was read");
            self.opened.refusals.push(fault.refuse(&sidecar.beside(item.name)));
        }
        if extract.metadata.language.is_none() {
            extract.metadata.language = language::guess(&extract.text).map(str::to_owned);
            let guessed = extract.metadata.language.iter().map(|tag| format!("language guessed: {tag}"));
            extract.notes.extend(guessed);
        }
        let Extract { text, zones, places, metadata, notes } = extract;
        let mut document = Document {
            id: Digest::of(item.bytes),
            path: item.name.to_owned(),
            media_type: format.media_type.to_owned(),
            bytes: item.bytes.len() as u64,
            text,
            metadata,
            zones,
            places,
            notes,
        };
        if let Err(complaint) = document.check() {
            // A fault of ours, not of the file: its words are kept, and what is known of their places is not trusted.
            document.zones.clear();
            document.places.clear();
            document.notes.push(format!("zones and places were set aside: {complaint}"));
        }
        Ok(document)
    }
}

fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<(&'static Format, Content), Fault> {
    if bytes.is_empty() {
        return Err(Fault::new("it is empty", "check that it was copied whole, or leave it out"));
    }
    if let Some(fault) = unreadable::recognised(bytes, encoding::is_binary(bytes)) {
        return Err(fault);
    }
    guard::run(|| {
        let format = recognise(bytes, name).ok_or_else(|| {
            let known: Vec<&str> = FORMATS.iter().map(|f| f.name).collect();
            Fault::new("it is of no known format", format!("save it as one of: {}", known.join(", ")))
        })?;
        Ok((format, (format.read)(bytes, &Context { name, limits })?))
    })
}

fn no_text() -> Fault {
    Fault::new("it holds no text", "if it is a scan, have its text recognised (OCR) first")
}

/// White space out of the fields, and empty fields out of the metadata.
fn tidy(metadata: &mut Metadata) {
    let clean = |value: &str| value.split_whitespace().collect::<Vec<_>>().join(" ");
    let fields =
        [&mut metadata.title, &mut metadata.publisher, &mut metadata.date, &mut metadata.language, &mut metadata.url];
    for field in fields {
        *field = field.take().map(|v| clean(&v)).filter(|v| !v.is_empty());
    }
    metadata.authors = metadata.authors.iter().map(|a| clean(a)).filter(|a| !a.is_empty()).collect();
}
