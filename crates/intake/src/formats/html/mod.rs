//! HTML: the main text of a page without its menus, with headings and captions kept as zones.
//!
//! Which part of a page is its text is decided by `dom_smoothie`, a port of the reader view of Firefox, measured beside
//! others in `docs/reports/intake-html.md`; what is said of author and date, by the page's own metadata. A page that no
//! parser should be given (nested without end, or huge) is stripped of its tags instead: all of its words are kept, and
//! a note says so.

pub mod strip;
pub mod walk;

mod lighten;
mod metadata;

use crate::encoding::{decode, is_binary};
use crate::extract::{Builder, Extract};
use crate::fault::Fault;
use crate::format::{Content, Context, Format};
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};
use metadata::About;
use rashomon_core::ZoneKind;
use walk::walk;

/// HTML.
pub const FORMAT: Format =
    Format { name: "HTML", extensions: &["html", "htm", "xhtml", "shtml"], media_type: "text/html", sniff, read };

/// A tree takes some ten times the memory of its page.
const LARGEST: usize = 24 << 20;
/// Finding the end of elements takes time that grows with the square of the depth; browsers stop at 512.
const DEEPEST: usize = 3_000;
/// Where an encoding may be declared.
const HEAD: usize = 4096;

fn sniff(bytes: &[u8], extension: &str) -> bool {
    if FORMAT.extensions.contains(&extension) {
        return !is_binary(bytes);
    }
    let head = bytes.get(..bytes.len().min(512)).unwrap_or_default();
    let head = String::from_utf8_lossy(head).trim_start_matches('\u{FEFF}').trim_start().to_lowercase();
    let begins = head.starts_with("<!doctype html") || head.starts_with("<html");
    begins && !matches!(extension, "txt" | "md")
}

fn read(bytes: &[u8], context: &Context<'_>) -> Result<Content, Fault> {
    let decoded = decode(bytes, declared(bytes).as_deref())?;
    if decoded.text.len() > context.limits.text {
        let what = format!("it is larger than the {} MB of HTML that are read at once", context.limits.text >> 20);
        return Err(Fault::new(what, "split it into smaller files"));
    }
    let mut extract = page(&decoded.text);
    extract.notes.splice(0..0, decoded.notes);
    Ok(extract.into())
}

/// The encoding that a page declares near its beginning.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(HEAD)).unwrap_or_default()).to_lowercase();
    let (_, rest) = head.split_once("charset=").or_else(|| head.split_once("encoding="))?;
    let label: String = rest
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c))
        .collect();
    (!label.is_empty()).then_some(label)
}

/// Whether a page may be given to a parser.
fn is_tame(html: &str) -> bool {
    html.len() <= LARGEST && strip::depth(html) <= DEEPEST
}

/// The main text of a page.
pub fn page(html: &str) -> Extract {
    let light = lighten::lighten(html);
    let html = light.as_str();
    if !is_tame(html) {
        let mut builder = Builder::default();
        strip::strip(html, &mut builder);
        builder.note("the page is too large or too deeply nested to tell text from menus; all of its words were taken");
        return builder.finish();
    }
    let document = Document::from(html);
    let mut about = About::of(&document);
    let config = Config { keep_classes: true, disable_json_ld: true, ..Config::default() };
    let mut builder = Builder::default();
    let main = Readability::with_document(document, None, Some(config)).ok().and_then(|mut readability| {
        let article = readability.parse().ok()?;
        Some((readability, article))
    });
    let Some((readability, article)) = main else { return everything(html, about) };
    let content = readability.doc.select_single("#readability-page-1");
    let Some(root) = content.nodes().first() else { return everything(html, about) };
    about.complete(&article);
    head(&about, root, &mut builder);
    walk(root, &mut builder);
    finish(builder, about)
}

/// All words of a page, menus and all, as a letter is read.
pub fn walk_page(html: &str, builder: &mut Builder) {
    if is_tame(html) {
        walk(&Document::from(html).root(), builder);
    } else {
        strip::strip(html, builder);
    }
}

fn everything(html: &str, about: About) -> Extract {
    let mut builder = Builder::default();
    walk(&Document::from(html).root(), &mut builder);
    if !builder.text().trim().is_empty() {
        builder.note("text and menus could not be told apart; all of the page's words were taken");
    }
    finish(builder, about)
}

/// Title and byline, which the page shows and its main text leaves out.
fn head(about: &About, root: &NodeRef<'_>, builder: &mut Builder) {
    let first = root.text();
    let opening: String = first.split_whitespace().take(60).collect::<Vec<_>>().join(" ");
    if let Some(title) = about.metadata.title.as_deref().filter(|t| !opening.contains(*t)) {
        builder.paragraph(ZoneKind::Title, title);
    }
    if let Some(byline) = about.byline.as_deref().filter(|b| !opening.contains(*b)) {
        builder.paragraph(ZoneKind::Byline, byline);
    }
}

fn finish(mut builder: Builder, about: About) -> Extract {
    *builder.metadata() = about.metadata;
    builder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html><html lang="en-GB"><head><title>The Mill Fire | Weirs Gazette</title>
        <meta property="og:site_name" content="Weirs Gazette"><meta name="author" content="Anna Miller">
        <meta property="article:published_time" content="1921-05-04T08:00:00Z"></head><body>
        <nav><ul><li><a href="/">Home</a></li><li><a href="/ships">Shipping</a></li></ul></nav>
        <article><h1>The Mill Fire</h1><p>The mill on the river burned in the night of the third of May, and nobody was
        hurt, said the mayor, who had come to the bridge with his men, and with the pump of the harbour.</p>
        <h2>After the fire</h2><p>The miller said: <q>We shall build again</q>, and the mayor, who had lost a barge in
        the fire of 1914<sup>3</sup>, gave him his hand, while the people of the town stood on the bridge.</p>
        <figure><img src="a.jpg"><figcaption>The mill at night</figcaption></figure>
        <ul><li>Two barges were lost, with the corn that was in them.</li><li>The weir held, and the lock as well.</li></ul>
        <p>The harbour master wrote that the water had been low, and that the pump had come late, for which he blamed
        nobody, since the road to Weirs was bad that spring, as everybody in the town knew well enough.</p></article>
        <footer><a href="/c">Cookie policy</a></footer></body></html>"#;

    fn zones(extract: &Extract) -> Vec<(&'static str, &str)> {
        extract.zones.iter().map(|z| (z.kind.as_str(), z.span.of(&extract.text).unwrap())).collect()
    }

    #[test]
    fn a_page_gives_text_zones_and_metadata() {
        let extract = page(PAGE);
        assert_eq!(extract.metadata.title.as_deref(), Some("The Mill Fire"));
        assert_eq!(extract.metadata.authors, ["Anna Miller"]);
        assert_eq!(extract.metadata.publisher.as_deref(), Some("Weirs Gazette"));
        assert_eq!(extract.metadata.date.as_deref(), Some("1921-05-04"));
        assert_eq!(extract.metadata.language.as_deref(), Some("en-GB"));
        let expected = [("title", "The Mill Fire"), ("heading", "After the fire"), ("caption", "The mill at night")];
        assert_eq!(zones(&extract), expected);
        assert!(extract.text.contains("said: “We shall build again”, and"), "{}", extract.text);
        assert!(extract.text.contains("fire of 1914³, gave"), "a raised figure must not become part of a year");
        assert!(extract.text.contains("in them.\n\nThe weir held"), "items are paragraphs: {}", extract.text);
        assert!(!extract.text.contains("Cookie") && !extract.text.contains("Home"));
    }

    #[test]
    fn a_declared_encoding_is_followed() {
        let html = "<html><head><meta charset=\"windows-1251\"></head><body><p>Порт</p></body></html>";
        let bytes = encoding_rs::WINDOWS_1251.encode(html).0;
        let limits = crate::Limits::default();
        let content = read(&bytes, &Context { name: "a.html", limits: &limits }).unwrap();
        assert_eq!(content.text.unwrap().text.trim(), "Порт");
    }

    #[test]
    fn a_page_without_main_text_gives_all_it_has() {
        assert_eq!(page("<p>Fire!</p>").text, "Fire!\n");
        assert_eq!(page("").text, "");
    }

    #[test]
    fn endless_nesting_loses_no_word_and_no_time() {
        let extract = page(&("<div>".repeat(200_000) + "The mill burned."));
        assert_eq!(extract.text, "The mill burned.\n");
        assert!(extract.notes[0].contains("nested"));
    }
}
