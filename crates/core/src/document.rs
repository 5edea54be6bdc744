//! A document: one text that never changes, with its metadata, its zones and a map back to the original's places.

use crate::codes::ZoneKind;
use crate::digest::DocumentId;
use crate::span::Span;
use serde::{Deserialize, Serialize};

/// What is known about a document besides its text. Every field may be unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Metadata {
    /// Title as printed.
    pub title: Option<String>,
    /// Authors as printed, in order.
    pub authors: Vec<String>,
    /// Who published it (paper, site, office).
    pub publisher: Option<String>,
    /// Date of publication in EDTF.
    pub date: Option<String>,
    /// Language as a BCP 47 tag (`en`, `fa`).
    pub language: Option<String>,
    /// Address it was taken from.
    pub url: Option<String>,
}

/// A stretch of the text with its part in the document. Zones do not overlap; what no zone covers is body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Zone {
    /// Where.
    pub span: Span,
    /// What part it is.
    pub kind: ZoneKind,
}

/// Maps a stretch of the text to a place in the original: a page, a paragraph, a chapter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Where in the text.
    pub span: Span,
    /// Page of the original, counted from 1, where it has pages.
    pub page: Option<u32>,
    /// Paragraph of the original, counted from 1.
    pub paragraph: Option<u32>,
    /// Part of a compound original, e.g. a chapter's file in a book.
    pub part: Option<String>,
}

/// One text, immutable. Made by intake, kept by the ledger, read by everyone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Digest of the original bytes.
    pub id: DocumentId,
    /// Path as given, with `/` between folders; members of an archive as `archive.zip/member.txt`.
    pub path: String,
    /// Media type of the original, e.g. `application/pdf`.
    pub media_type: String,
    /// Size of the original in bytes.
    pub bytes: u64,
    /// The text. Offsets of everything else count its bytes.
    pub text: String,
    /// Title, authors, publisher, date, language, address.
    pub metadata: Metadata,
    /// Zones in order of place, without overlap.
    pub zones: Vec<Zone>,
    /// Places of the original in order of place, without overlap; empty where the original has none.
    pub places: Vec<Place>,
    /// What intake did that a reader should know: a guessed encoding, a repaired character, a page without text.
    pub notes: Vec<String>,
}

impl Document {
    /// A plain text of which nothing else is known, named by the digest of its own bytes.
    pub fn plain(path: &str, text: impl Into<String>) -> Document {
        let text = text.into();
        Document {
            id: DocumentId::of(text.as_bytes()),
            path: path.to_owned(),
            media_type: "text/plain".to_owned(),
            bytes: text.len() as u64,
            text,
            metadata: Metadata::default(),
            zones: Vec::new(),
            places: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The kind of the zone at a byte; body where no zone is.
    pub fn zone_at(&self, byte: u32) -> ZoneKind {
        let at = self.zones.partition_point(|z| z.span.end <= byte);
        self.zones.get(at).filter(|z| z.span.start <= byte).map_or(ZoneKind::Body, |z| z.kind)
    }

    /// The place of the original at a byte.
    pub fn place_at(&self, byte: u32) -> Option<&Place> {
        let at = self.places.partition_point(|p| p.span.end <= byte);
        self.places.get(at).filter(|p| p.span.start <= byte)
    }

    /// The title, or failing that the file's name: what a person calls the document.
    pub fn name(&self) -> &str {
        let file = self.path.rsplit('/').next().unwrap_or(&self.path);
        self.metadata.title.as_deref().filter(|t| !t.trim().is_empty()).unwrap_or(file)
    }

    /// Whether the text is the original's own characters (byte-order mark apart), so that offsets fit the file.
    pub fn is_plain_text(&self) -> bool {
        matches!(self.media_type.as_str(), "text/plain" | "text/markdown")
    }

    /// Every law a document must keep, as the complaint about the first one broken: spans inside the text and on
    /// character boundaries, zones and places in order and without overlap.
    pub fn check(&self) -> Result<(), String> {
        let ordered = |spans: &mut dyn Iterator<Item = Span>, what: &str| {
            let mut last = 0;
            for span in spans {
                if span.of(&self.text).is_none() {
                    return Err(format!("a {what} at {}..{} is not in the text", span.start, span.end));
                }
                if span.start < last || span.is_empty() {
                    return Err(format!("a {what} at {}..{} is empty or overlaps another", span.start, span.end));
                }
                last = span.end;
            }
            Ok(())
        };
        ordered(&mut self.zones.iter().map(|z| z.span), "zone")?;
        ordered(&mut self.places.iter().map(|p| p.span), "place")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digest;

    fn document() -> Document {
        let zone = |start, end, kind| Zone { span: Span::new(start, end), kind };
        Document {
            id: Digest::of(b"x"),
            path: "folder/a.txt".into(),
            media_type: "text/plain".into(),
            bytes: 1,
            text: "Title\nBody text. Menu".into(),
            metadata: Metadata::default(),
            zones: vec![zone(0, 5, ZoneKind::Title), zone(17, 21, ZoneKind::Menu)],
            places: vec![],
            notes: vec![],
        }
    }

    #[test]
    fn zones_are_found_and_the_rest_is_body() {
        let document = document();
        assert_eq!(document.zone_at(0), ZoneKind::Title);
        assert_eq!(document.zone_at(6), ZoneKind::Body);
        assert_eq!(document.zone_at(20), ZoneKind::Menu);
        assert_eq!(document.zone_at(21), ZoneKind::Body);
        assert_eq!(document.name(), "a.txt");
        assert_eq!(document.check(), Ok(()));
    }

    #[test]
    fn overlapping_or_outlying_zones_are_found_out() {
        let mut bad = document();
        bad.zones[1].span = Span::new(4, 9);
        assert!(bad.check().unwrap_err().contains("overlaps"));
        bad.zones[1].span = Span::new(18, 900);
        assert!(bad.check().unwrap_err().contains("not in the text"));
    }
}
