//! What a page says about itself: JSON-LD first, because it is made for machines to read, then the meta elements of
//! scholarly, social and Dublin Core kind, then what the page shows. A field that nothing says stays empty.

use crate::dates;
use crate::head::names_in;
use dom_query::{Document, NodeRef};
use dom_smoothie::Article;
use rashomon_core::Metadata;
use serde_json::Value;
use std::collections::BTreeMap;

/// What is known about a page.
#[derive(Debug, Default)]
pub struct About {
    /// For the document.
    pub metadata: Metadata,
    /// The byline as the page prints it.
    pub byline: Option<String>,
    /// What meta elements say of authors: known, but not to be seen on the page.
    unseen: Vec<String>,
}

const TITLE: &[&str] = &["citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title", "headline"];
const AUTHOR: &[&str] = &[
    "citation_author",
    "author",
    "dc.creator",
    "dcterms.creator",
    "dc.contributor.author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "twitter:creator:name",
];
const PUBLISHER: &[&str] = &[
    "citation_journal_title",
    "citation_publisher",
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "application-name",
];
const DATE: &[&str] = &[
    "citation_publication_date",
    "citation_date",
    "article:published_time",
    "og:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "date.published",
    "article.published",
    "date",
];
const URL: &[&str] = &["og:url", "citation_public_url", "twitter:url"];

impl About {
    /// What the head of a page and its structured data say.
    pub fn of(document: &Document) -> About {
        let tags = tags(document);
        let first = |names: &[&str]| names.iter().find_map(|n| tags.get(*n)?.first().cloned());
        let data = linked_data(document);
        let publisher = data.publisher.or_else(|| first(PUBLISHER));
        let shown = heading(document);
        let title = data.title.or_else(|| first(TITLE)).or_else(|| page_title(document));
        let mut authors = data.authors;
        if authors.is_empty() {
            authors = AUTHOR.iter().filter_map(|n| tags.get(*n)).flat_map(|v| people(v)).collect();
            authors.dedup();
        }
        let date = data.date.or_else(|| DATE.iter().filter_map(|n| tags.get(*n)).flatten().find_map(|v| dates::any(v)));
        let metadata = Metadata {
            title: title.map(|t| printed_title(&t, shown.as_deref(), publisher.as_deref())).or(shown),
            authors,
            publisher,
            date: date.or_else(|| shown_date(document)),
            language: language(document, &tags),
            url: canonical(document).or_else(|| first(URL)),
        };
        let unseen = tags.into_values().flatten().collect();
        About { metadata, byline: None, unseen }
    }

    /// Adds what the search for the main text found out beside it.
    pub fn complete(&mut self, article: &Article) {
        let byline = article.byline.as_deref().map(|b| b.split_whitespace().collect::<Vec<_>>().join(" "));
        let byline = byline.filter(|b| b.chars().count() <= 120 && !b.contains("://"));
        if let Some(byline) = byline.filter(|b| !b.is_empty()) {
            if self.metadata.authors.is_empty() {
                self.metadata.authors = people(std::slice::from_ref(&byline));
            }
            self.byline = Some(byline).filter(|b| !self.unseen.contains(b));
        }
        if self.metadata.title.is_none() {
            self.metadata.title = Some(article.title.clone()).filter(|t| !t.trim().is_empty());
        }
        if self.metadata.date.is_none() {
            self.metadata.date = article.published_time.as_deref().and_then(dates::any);
        }
    }
}

/// The meta elements by their lower-case names, in the order of the page.
fn tags(document: &Document) -> BTreeMap<String, Vec<String>> {
    let mut tags: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for node in document.select("meta[content]").nodes() {
        let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|a| node.attr(a));
        let (Some(name), Some(content)) = (name, node.attr("content")) else { continue };
        let content = tidy(&content);
        if !content.is_empty() {
            tags.entry(name.to_lowercase().replace("dc:", "dc.")).or_default().push(content);
        }
    }
    tags
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Names out of author fields: addresses and account names are none.
fn people(values: &[String]) -> Vec<String> {
    let mut all = Vec::new();
    for value in values {
        let value = value.trim();
        let plain = ["by ", "By ", "BY ", "Von ", "von ", "Par ", "par ", "Por ", "por "]
            .iter()
            .find_map(|p| value.strip_prefix(p));
        let value = plain.unwrap_or(value).trim_start_matches(':').trim();
        if value.is_empty() || value.contains("://") || value.starts_with(['@', '/']) || value.chars().count() > 160 {
            continue;
        }
        let names = names_in(value);
        let several = names.len() > 1 && names.iter().all(|n| n.contains(' '));
        let found = if several { names } else { vec![value.to_owned()] };
        for name in found {
            if !all.contains(&name) {
                all.push(name);
            }
        }
    }
    all
}

/// The one heading of the first rank.
fn heading(document: &Document) -> Option<String> {
    let headings = document.select("h1");
    let texts: Vec<String> = headings.nodes().iter().map(|n| tidy(&n.text())).filter(|t| !t.is_empty()).collect();
    let [only] = texts.as_slice() else { return None };
    (only.chars().count() <= 300).then(|| only.clone())
}

fn page_title(document: &Document) -> Option<String> {
    Some(tidy(&document.select_single("title").text())).filter(|t| !t.is_empty())
}

/// The title as the page prints it, without the site's name.
fn printed_title(title: &str, shown: Option<&str>, site: Option<&str>) -> String {
    if let Some(shown) = shown.filter(|s| s.split_whitespace().count() >= 2 && title.contains(*s)) {
        return shown.to_owned();
    }
    for separator in [" | ", " - ", " – ", " — ", " :: ", " » ", " · "] {
        let (Some((head, tail)), Some(site)) = (title.rsplit_once(separator), site) else { continue };
        let (tail, site) = (tail.to_lowercase(), site.to_lowercase());
        if site.contains(&tail) || tail.contains(&site) {
            return head.trim().to_owned();
        }
    }
    title.to_owned()
}

/// A date of publication among the times that a page shows: marked as such, or the only one.
fn shown_date(document: &Document) -> Option<String> {
    let marked = document.select("time[pubdate], time[itemprop='datePublished'], [itemprop='datePublished'][datetime], time.published, time.entry-date");
    let value = |node: &NodeRef<'_>| dates::any(&node.attr("datetime").unwrap_or_else(|| node.text()));
    if let Some(date) = marked.nodes().iter().find_map(value) {
        return Some(date);
    }
    let mut all: Vec<String> = document.select("time[datetime]").nodes().iter().filter_map(value).collect();
    all.sort();
    all.dedup();
    match all.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

fn language(document: &Document, tags: &BTreeMap<String, Vec<String>>) -> Option<String> {
    let root = document.select_single("html");
    let given = root.attr("lang").or_else(|| root.attr("xml:lang")).map(|l| l.to_string());
    let others = ["content-language", "og:locale", "dc.language", "citation_language"];
    let all = given.into_iter().chain(others.iter().filter_map(|n| tags.get(*n)?.first().cloned()));
    all.map(|l| l.trim().replace('_', "-")).find(|l| is_tag(l))
}

/// Whether it has the shape of a BCP 47 tag.
fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn canonical(document: &Document) -> Option<String> {
    let link = document.select_single("link[rel='canonical']").attr("href")?;
    (link.starts_with("http://") || link.starts_with("https://")).then(|| link.to_string())
}

/// What the page's JSON-LD says.
#[derive(Debug, Default)]
struct LinkedData {
    title: Option<String>,
    authors: Vec<String>,
    publisher: Option<String>,
    date: Option<String>,
}

fn linked_data(document: &Document) -> LinkedData {
    let mut found = LinkedData::default();
    for node in document.select("script[type='application/ld+json']").nodes() {
        let text = node.text();
        let text = text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>").trim_end_matches(';');
        if let Ok(value) = serde_json::from_str::<Value>(text) {
            collect(&value, &mut found);
        }
    }
    found
}

/// Takes the first thing that is an article, wherever in the data it stands.
fn collect(value: &Value, found: &mut LinkedData) {
    match value {
        Value::Array(all) => all.iter().for_each(|v| collect(v, found)),
        Value::Object(fields) => {
            if let Some(graph) = fields.get("@graph") {
                collect(graph, found);
            }
            let kinds: Vec<&str> = match fields.get("@type") {
                Some(Value::String(kind)) => vec![kind.as_str()],
                Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
                _ => vec![],
            };
            let is_text = |k: &&str| {
                ["Article", "NewsArticle", "BlogPosting", "Report", "WebPage", "Book", "Thesis"].contains(k)
                    || k.ends_with("Article")
                    || k.ends_with("Posting")
            };
            if kinds.iter().any(is_text) {
                let is_page = kinds.contains(&"WebPage");
                let text = |name: &str| fields.get(name).and_then(Value::as_str).map(tidy).filter(|t| !t.is_empty());
                if !is_page {
                    found.title = found.title.take().or_else(|| text("headline").or_else(|| text("name")));
                }
                found.date = found.date.take().or_else(|| text("datePublished").and_then(|d| dates::any(&d)));
                if found.authors.is_empty() {
                    found.authors = fields.get("author").map(|a| people(&names_of(a))).unwrap_or_default();
                }
                let publisher = fields.get("publisher").and_then(|p| names_of(p).into_iter().next());
                found.publisher = found.publisher.take().or(publisher);
            }
        }
        _ => {}
    }
}

/// The names of a person, an organisation or a list of them.
fn names_of(value: &Value) -> Vec<String> {
    match value {
        Value::String(name) => vec![tidy(name)],
        Value::Array(all) => all.iter().flat_map(names_of).collect(),
        Value::Object(fields) => fields.get("name").map(names_of).unwrap_or_default(),
        _ => vec![],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(head: &str, body: &str) -> Metadata {
        About::of(&Document::from(format!("<html><head>{head}</head><body>{body}</body></html>"))).metadata
    }

    #[test]
    fn linked_data_goes_before_meta_elements() {
        let head = r#"<meta name="author" content="Wrong"><meta property="og:title" content="Fire - Gazette">
            <script type="application/ld+json">{"@context":"x","@graph":[{"@type":"Organization","name":"Other"},
            {"@type":["NewsArticle"],"headline":"The Mill Fire","author":[{"@type":"Person","name":"Anna Miller"},{"name":"John Weir"}],
            "publisher":{"name":"Weirs Gazette"},"datePublished":"1921-05-04T10:00"}]}</script>"#;
        let metadata = about(head, "");
        assert_eq!(metadata.title.as_deref(), Some("The Mill Fire"));
        assert_eq!(metadata.authors, ["Anna Miller", "John Weir"]);
        assert_eq!(
            (metadata.publisher.as_deref(), metadata.date.as_deref()),
            (Some("Weirs Gazette"), Some("1921-05-04"))
        );
    }

    #[test]
    fn meta_elements_of_several_kinds() {
        let head = r#"<meta name="citation_author" content="Miller, Anna"><meta name="citation_author" content="Weir, John">
            <meta name="DC.date" content="1921-05"><meta property="article:author" content="https://example.org/anna">
            <link rel="canonical" href="https://example.org/fire"><meta property="og:locale" content="en_GB">"#;
        let metadata = about(head, "");
        assert_eq!(metadata.authors, ["Miller, Anna", "Weir, John"]);
        assert_eq!((metadata.date.as_deref(), metadata.language.as_deref()), (Some("1921-05"), Some("en-GB")));
        assert_eq!(metadata.url.as_deref(), Some("https://example.org/fire"));
    }

    #[test]
    fn a_title_loses_the_sites_name_and_one_date_is_the_date() {
        let head =
            r#"<title>The Mill Fire - Weirs Gazette</title><meta property="og:site_name" content="Weirs Gazette">"#;
        let metadata = about(head, "<time datetime='1921-05-04'>May 4</time>");
        assert_eq!((metadata.title.as_deref(), metadata.date.as_deref()), (Some("The Mill Fire"), Some("1921-05-04")));
        let two = about("", "<time datetime='1921-05-04'></time><time datetime='1922-05-04'></time>");
        assert_eq!(two.date, None, "which of two dates is that of publication, nobody says");
    }
}
