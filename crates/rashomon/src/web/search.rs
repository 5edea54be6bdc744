//! Search: the sentences that hold the words, each with the statements in it and on whose word they stand. That nothing
//! was found is an answer too, and it says what was searched and what could not be.

use super::address::{Address, Params};
use super::archive::{self, Archive};
use super::layout::{Frame, Problem, capital, counted, direction, page, pager, said, slice};
use super::panel::place_of;
use super::shelf::{Opened, Shelf};
use super::view::form;
use maud::{Markup, html};
use rashomon_core::{Span, Statement};
use rashomon_derive::views::voice;
use rashomon_ledger::{Hit, Searched};
use std::collections::HashSet;

/// Sentences on one page.
const LENGTH: usize = 50;

/// The page.
pub(crate) fn whole(shelf: &Shelf, archive: &dyn Archive, params: &Params) -> Result<Markup, Problem> {
    let query = params.get("q").unwrap_or_default();
    let title = if query.is_empty() { "Search".to_owned() } else { format!("Search: {query}") };
    let frame = Frame { title: &title, here: "/search", ledger: &shelf.name, query };
    let body = match query.is_empty() {
        true => html! {
            h1 { "Search" }
            p.lead { "Sentences that hold all the words are found; put “words in quotation marks” to find them side by side." }
        },
        false => {
            let (mut hits, searched) = archive::search(archive, query, &shelf.snapshot).map_err(Problem::Broken)?;
            narrow(shelf, &mut hits, params)?;
            answer(shelf, query, &hits, &searched, params)
        }
    };
    Ok(page(&frame, body))
}

/// Keeps to what the filters let through.
fn narrow(shelf: &Shelf, hits: &mut Vec<Hit>, params: &Params) -> Result<(), Problem> {
    if params.only_filters().pairs().is_empty() {
        return Ok(());
    }
    let filter = params.filter().map_err(|e| Problem::Wrong(capital(&e)))?;
    let passing: HashSet<_> = filter.select(&shelf.snapshot, &shelf.actors).iter().map(|(_, s)| s.id()).collect();
    for hit in hits.iter_mut() {
        hit.statements.retain(|id| passing.contains(id));
    }
    hits.retain(|hit| !hit.statements.is_empty());
    Ok(())
}

fn answer(shelf: &Shelf, query: &str, hits: &[Hit], told: &Searched, params: &Params) -> Markup {
    let mut documents: Vec<_> = hits.iter().map(|h| &h.document).collect();
    documents.sort();
    documents.dedup();
    let (rows, number, pages) = slice(hits, params.page(), LENGTH);
    let filters = params.only_filters();
    let narrowed = !filters.pairs().is_empty();
    let leafing = || pager("Pages of results", &Address::new("/search"), params, number, pages);
    html! {
        h1 { "Search: " (said(query)) }
        details.narrowing open[narrowed] {
            summary { "Filters" }
            (form(shelf, "/search", &filters, Some(query)))
        }
        @if hits.is_empty() {
            p.lead { strong { "The documents do not say." } }
            p { (looked_for(told, narrowed)) (searched(shelf, told)) }
        } @else {
            p.lead {
                (counted(hits.len(), "sentence", "sentences")) " in " (counted(documents.len(), "document", "documents")) "."
            }
            p.quiet { (searched(shelf, told)) }
            (leafing())
            ol.results start=((number - 1) * LENGTH + 1) { @for hit in rows { (result(shelf, hit, query)) } }
            (leafing())
        }
    }
}

/// Why nothing was found.
fn looked_for(told: &Searched, narrowed: bool) -> Markup {
    html! {
        @if narrowed { "Nothing that the filters let through holds all these words. " }
        @else if told.terms.is_empty() { "The query holds no word that could be looked for. " }
        @else if told.without_statement == 0 { "No sentence holds all these words. " }
        @else { "No sentence in which a statement was read holds all these words. " }
    }
}

/// What was searched, and what could not be.
fn searched(shelf: &Shelf, told: &Searched) -> Markup {
    let refused = shelf.snapshot.refusals.len();
    let silent = told.without_statement as usize;
    html! {
        "Searched for "
        @for (n, term) in told.terms.iter().enumerate() { @if n > 0 { ", " } "“" (said(term)) "”" }
        " in " (counted(told.sentences as usize, "sentence", "sentences")) " of "
        (counted(told.documents as usize, "document", "documents")) "."
        @if silent > 0 {
            " The words also stand in " (counted(silent, "sentence", "sentences")) " in which no statement was read."
        }
        @if refused > 0 {
            " Not searched: " a href="/#refused" { (counted(refused, "input", "inputs")) " that could not be read" } "."
        }
    }
}

fn result(shelf: &Shelf, hit: &Hit, query: &str) -> Markup {
    let Some(opened) = shelf.document(&hit.document) else { return html! {} };
    let sentence = hit.sentence.of(&opened.document.text).unwrap_or_default();
    let mut statements: Vec<&Statement> =
        hit.statements.iter().filter_map(|id| shelf.statement(id)).map(|(_, s)| s).collect();
    statements.sort_by_key(|s| s.evidence().first().map(|w| w.span));
    html! {
        li {
            p.sentence dir=(direction(sentence)) lang=[opened.document.metadata.language.as_deref()] {
                @for (words, found) in highlighted(sentence, query) {
                    @if found { mark { (words) } } @else { (words) }
                }
            }
            (behind(shelf, &opened, hit.sentence, &statements))
        }
    }
}

fn behind(shelf: &Shelf, opened: &Opened<'_>, sentence: Span, statements: &[&Statement]) -> Markup {
    let place = voice::Places::default().of(opened.document, sentence);
    html! {
        @if statements.is_empty() { p.quiet { "No statement was read in this sentence." } }
        @else {
            ul.voices {
                @for statement in statements {
                    li {
                        (said(&voice::chain(&shelf.actors, statement))) ": "
                        a href=(Address::statement(statement.id())) { (said(&statement.text())) }
                    }
                }
            }
        }
        p.quiet {
            a href=(place_of(opened, sentence)) { (said(opened.document.name())) } " · " bdi.path { (place) }
        }
    }
}

/// A sentence in pieces, with those that are words of the query marked. Case and marks over letters do not count.
fn highlighted<'a>(sentence: &'a str, query: &str) -> Vec<(&'a str, bool)> {
    let wanted: Vec<String> = tokens(query).map(fold).collect();
    let mut pieces = Vec::new();
    let mut at = 0;
    for word in tokens(sentence) {
        if wanted.contains(&fold(word)) {
            let start = word.as_ptr() as usize - sentence.as_ptr() as usize;
            pieces.push((sentence.get(at..start).unwrap_or_default(), false));
            pieces.push((word, true));
            at = start + word.len();
        }
    }
    pieces.push((sentence.get(at..).unwrap_or_default(), false));
    pieces.retain(|(words, _)| !words.is_empty());
    pieces
}

fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).filter(|w| !w.is_empty())
}

fn is_mark(c: char) -> bool {
    matches!(u32::from(c), 0x0300..=0x036F | 0x064B..=0x0655 | 0x0670)
}

fn fold(word: &str) -> String {
    word.chars().filter(|c| !is_mark(*c)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_query_are_marked_whole_and_nothing_is_lost() {
        let sentence = "The mill (a MILL, not a windmill) burned.";
        let pieces = highlighted(sentence, "\"mill\" burned");
        assert_eq!(pieces.iter().map(|p| p.0).collect::<String>(), sentence);
        let found: Vec<&str> = pieces.iter().filter(|p| p.1).map(|p| p.0).collect();
        assert_eq!(found, ["mill", "MILL", "burned"]);
        assert_eq!(highlighted("آسیاب سوخت", "سوخت").last(), Some(&("سوخت", true)));
    }
}
