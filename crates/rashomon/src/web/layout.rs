//! What every page has around its own words, and the few pieces that several pages are made of.

use super::address::{Address, Params};
use super::assets;
use super::leaves::is_right_to_left;
use maud::{DOCTYPE, Markup, html};
use rashomon_core::StatementId;
use rashomon_derive::views::{VIEWS, voice::one_line};

/// Why a page cannot be shown, in words for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Problem {
    /// Nothing has this address.
    Missing(String),
    /// The address asks for something that cannot be.
    Wrong(String),
    /// The ledger cannot be read.
    Broken(String),
}

/// The frame of a page: what it is called and where it belongs.
pub(crate) struct Frame<'a> {
    /// Title of the page.
    pub(crate) title: &'a str,
    /// Path of the menu's line that it belongs to.
    pub(crate) here: &'a str,
    /// Name of the ledger.
    pub(crate) ledger: &'a str,
    /// Words in the search field.
    pub(crate) query: &'a str,
}

/// A whole page.
pub(crate) fn page(frame: &Frame<'_>, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (one_line(frame.title)) " · Rashomon" }
                link rel="icon" type="image/svg+xml" href=(assets::address("icon.svg"));
                link rel="stylesheet" href=(assets::address("page.css"));
                link rel="stylesheet" href=(assets::address("picture.css"));
                script src=(assets::address("page.js")) defer {}
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                (header(frame))
                main #main tabindex="-1" { (body) }
                footer {
                    p {
                        "This page states nothing itself. Each line is what a document says, on somebody’s word; each "
                        "figure leads to the statements behind it."
                    }
                    p { "Ledger: " bdi.path { (frame.ledger) } " · rashomon " (env!("CARGO_PKG_VERSION")) }
                }
            }
        }
    }
}

/// The views by what they are about.
const GROUPS: &[(&str, &[&str])] = &[
    ("Sources", &["claims", "chains", "sources", "links"]),
    ("Accounts", &["compare", "corroboration"]),
    ("Events", &["timeline", "causes"]),
    ("Actors", &["actors", "naming", "network", "balance", "threats", "sectors", "opcode", "discourse"]),
];

fn header(frame: &Frame<'_>) -> Markup {
    let line = |path: &str, about: Option<&str>, name: &str| {
        html! { a href=(path) title=[about] aria-current=[(path == frame.here).then_some("page")] { (name) } }
    };
    let view = |name: &&str| {
        let view = VIEWS.iter().find(|view| view.name == *name);
        html! { @if let Some(view) = view { (line(&format!("/view/{}", view.name), Some(view.about), &capital(view.name))) } }
    };
    html! {
        header.top {
            a.wordmark href="/" { "Rashomon" }
            nav aria-label="Pages" {
                div { (line("/", None, "Overview")) }
                @for (group, views) in GROUPS {
                    div role="group" aria-label=(group) {
                        span.group aria-hidden="true" { (group) }
                        @for name in *views { (view(name)) }
                    }
                }
                div role="group" aria-label="Work" {
                    span.group aria-hidden="true" { "Work" }
                    (line("/review", None, "Review")) (line("/history", None, "History")) (line("/add", None, "Add"))
                }
            }
            form.find action="/search" method="get" role="search" {
                label.unseen for="q" { "Search the documents" }
                input #q type="search" name="q" value=(frame.query) placeholder="Search the documents" dir="auto";
                button { "Search" }
            }
        }
    }
}

/// A page that says why there is none.
pub(crate) fn problem(ledger: &str, problem: &Problem) -> Markup {
    let (title, words) = match problem {
        Problem::Missing(words) => ("Nothing here", words),
        Problem::Wrong(words) => ("This cannot be shown", words),
        Problem::Broken(words) => ("The ledger cannot be read", words),
    };
    let body = html! {
        h1 { (title) }
        p.lead { (words) }
        p { a href="/" { "All documents" } }
    };
    page(&Frame { title, here: "", ledger, query: "" }, body)
}

/// A word with a capital letter.
pub(crate) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A number with its noun.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", figure(count), if count == 1 { one } else { many })
}

/// A number with thin spaces between thousands.
pub(crate) fn figure(count: usize) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push('\u{202F}');
        }
        out.push(digit);
    }
    out
}

/// Words of a document among words of the page: on one line, in their own direction.
pub(crate) fn said(text: &str) -> Markup {
    let words = one_line(text);
    html! { @if !words.is_empty() { bdi { (words) } } }
}

/// The writing direction of a block of words.
pub(crate) fn direction(text: &str) -> &'static str {
    if is_right_to_left(text) { "rtl" } else { "ltr" }
}

/// The place on a document's page where a statement's first words stand.
pub(crate) fn anchor(id: &StatementId) -> String {
    format!("s-{id}")
}

/// Leads from page to page of something long. `pages` of one or none show nothing.
pub(crate) fn pager(what: &str, base: &Address, params: &Params, page: usize, pages: usize) -> Markup {
    let params = params.without(&["page"]);
    let to = |n: usize| base.clone().with_all(&params).with("page", n).to_string();
    let mut shown: Vec<usize> = [1, 2, page.saturating_sub(1), page, page + 1, pages.saturating_sub(1), pages].into();
    shown.retain(|n| (1..=pages).contains(n));
    shown.sort_unstable();
    shown.dedup();
    html! {
        @if pages > 1 {
            nav.pager aria-label=(what) {
                @if page > 1 { a rel="prev" href=(to(page - 1)) { "← Previous" } }
                @for (i, n) in shown.iter().enumerate() {
                    @if i > 0 && shown.get(i - 1).is_some_and(|before| before + 1 < *n) { span aria-hidden="true" { "…" } }
                    a href=(to(*n)) aria-current=[(*n == page).then_some("page")] { span.unseen { "Page " } (n) }
                }
                @if page < pages { a rel="next" href=(to(page + 1)) { "Next →" } }
            }
        }
    }
}

/// The slice of a list that stands on a page (counted from 1), the page itself kept inside the list, and the number of
/// pages.
pub(crate) fn slice<T>(items: &[T], page: usize, length: usize) -> (&[T], usize, usize) {
    let pages = items.len().div_ceil(length).max(1);
    let page = page.clamp(1, pages);
    let from = (page - 1) * length;
    let to = (from + length).min(items.len());
    (items.get(from..to).unwrap_or_default(), page, pages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_grouped_and_nouns_agree() {
        assert_eq!(figure(1_234_567), "1\u{202F}234\u{202F}567");
        assert_eq!(counted(1, "voice", "voices"), "1 voice");
        assert_eq!(counted(0, "voice", "voices"), "0 voices");
    }

    #[test]
    fn every_view_is_in_one_group() {
        let mut grouped: Vec<&str> = GROUPS.iter().flat_map(|(_, views)| *views).copied().collect();
        let mut all: Vec<&str> = VIEWS.iter().map(|view| view.name).collect();
        grouped.sort();
        all.sort();
        assert_eq!(grouped, all);
    }

    #[test]
    fn a_page_past_the_end_is_the_last_one() {
        let items: Vec<u32> = (0..25).collect();
        assert_eq!(slice(&items, 3, 10), (&items[20..], 3, 3));
        assert_eq!(slice(&items, 99, 10).1, 3);
        assert_eq!(slice::<u32>(&[], 1, 10), (&[][..], 1, 1));
    }

    #[test]
    fn long_lists_of_pages_are_shortened() {
        let html = pager("Pages", &Address::new("/view/claims"), &Params::parse(Some("kind=tie")), 9, 40).into_string();
        assert_eq!(html.matches("…").count(), 2, "{html}");
        assert!(html.contains("kind=tie&amp;page=10"), "{html}");
    }
}
