//! Title, authors, date and language, from the XMP packet first (it is Unicode and says what its fields mean), then
//! from the older list of properties.

use super::guard;
use super::strings::text_string;
use crate::dates;
use crate::properties;
use crate::xml::{self, Node};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Stream, String as PdfString};
use rashomon_core::Metadata;
use std::collections::HashMap;

/// What the file says about itself. No packet may expand beyond the limit.
pub(super) fn metadata(pdf: &Pdf, limit: u64) -> Metadata {
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_default();
    let packet = catalog.get::<Stream<'_>>("Metadata").and_then(|stream| Some(xmp(&guard::decoded(&stream, limit)?)));
    let packet = packet.unwrap_or_default();
    let field = |name: &str| packet.get(name).map(Vec::as_slice).unwrap_or_default();
    let first = |name: &str| field(name).first().map(String::as_str);
    let info = pdf.metadata();
    let own = |value: &Option<Box<[u8]>>| value.as_deref().map(text_string);
    let own_author = own(&info.author);
    let mut authors = properties::authors(field("creator").iter().map(String::as_str));
    if authors.is_empty() {
        authors = properties::authors(own_author.as_deref());
    }
    let created = info.creation_date.map(|d| format!("{:04}-{:02}-{:02}", d.year, d.month, d.day));
    let dates = [first("publicationDate"), first("date"), first("CreateDate"), created.as_deref()];
    let language = catalog.get::<PdfString<'_>>("Lang").map(|l| text_string(l.as_bytes()));
    let language = [language, first("language").map(str::to_owned)].into_iter().flatten();
    Metadata {
        title: first("title").and_then(properties::title).or_else(|| properties::title(&own(&info.title)?)),
        authors,
        publisher: first("publisher").and_then(properties::title),
        date: dates.into_iter().flatten().find_map(dates::machine),
        language: language.map(|l| l.trim().to_owned()).find(|l| is_language(l)),
        url: None,
    }
}

/// A plausible BCP 47 tag; `x-default` and `x-unknown` are not one.
fn is_language(tag: &str) -> bool {
    let first = tag.split('-').next().unwrap_or_default();
    (2..=3).contains(&first.len()) && tag.len() <= 35 && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// The simple properties of an XMP packet, by local name; lists in their order.
fn xmp(packet: &[u8]) -> HashMap<String, Vec<String>> {
    const FIELDS: [&str; 7] = ["title", "creator", "date", "publicationDate", "CreateDate", "language", "publisher"];
    let mut found: HashMap<String, Vec<String>> = HashMap::new();
    let mut inside: Option<String> = None;
    let mut words = String::new();
    let end = packet.iter().rposition(|b| *b == b'>').map_or(0, |at| at + 1);
    // A damaged packet gives what was read up to the damage.
    let _ = xml::walk(packet.get(..end).unwrap_or_default(), "XMP", |node| {
        match node {
            Node::Open(element) => {
                words.clear();
                for name in FIELDS {
                    if let (true, Some(value)) = (element.name() == "Description", element.attribute(name)) {
                        found.entry(name.to_owned()).or_default().push(value);
                    }
                }
                if FIELDS.contains(&element.name()) {
                    inside = Some(element.name().to_owned());
                }
            }
            Node::Text(text) => words.push_str(text),
            Node::Close(name) => {
                if let (Some(field), false) = (&inside, words.trim().is_empty()) {
                    found.entry(field.clone()).or_default().push(words.trim().to_owned());
                }
                words.clear();
                if inside.as_deref() == Some(name) {
                    inside = None;
                }
            }
        }
        Ok(())
    });
    found
}

#[cfg(test)]
mod tests {
    use super::xmp;

    #[test]
    fn lists_and_attributes_of_a_packet_are_read() {
        let packet = "<?xpacket begin=''?><x:xmpmeta><rdf:RDF><rdf:Description xmp:CreateDate='1921-05-03T10:00:00Z'>\
            <dc:title><rdf:Alt><rdf:li xml:lang='x-default'>The Mill</rdf:li></rdf:Alt></dc:title>\
            <dc:creator><rdf:Seq><rdf:li>Ann Lee</rdf:li><rdf:li>Bo Ray</rdf:li></rdf:Seq></dc:creator>\
            </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>";
        let found = xmp(packet.as_bytes());
        assert_eq!(found["title"], ["The Mill"]);
        assert_eq!(found["creator"], ["Ann Lee", "Bo Ray"]);
        assert_eq!(found["CreateDate"], ["1921-05-03T10:00:00Z"]);
    }
}
