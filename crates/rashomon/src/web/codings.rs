//! Coding words by hand: a person selects words in a document's text, or writes them down, and says on whose word they
//! stand, what they speak of and on which side. The form stands beside the text, in the place of the chosen statement; what is
//! coded is marked in the text and listed beside it.
//!
//! All of it works without scripts. The script only turns a selection into the address of the form, which the server makes; so
//! the words that are kept are those that the form shows, and they are looked for in the document again before they are.

use super::address::{Address, Params};
use super::gate::carried;
use super::judged::take_back;
use super::layout::{counted, direction, said};
use super::panel::place_of;
use super::shelf::{Opened, Shelf};
use crate::judging::Passage;
use maud::{Markup, html};
use rashomon_core::coding::{AGREEMENT, CONCEPT, STATEMENT, STATEMENT_TYPE, VOICE};
use rashomon_core::{Coding, Document, Judgement, Span, Statement, Words, judgement};
use rashomon_derive::Filter;
use rashomon_derive::discourse::{Codes, Options, voice_of};
use rashomon_derive::views::voice::one_line;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The parameter that names words by their place, and the one that gives them.
pub(crate) const CODE: &str = "code";
const WORDS: &str = "words";
/// The parameter that names a kind of coded statement.
const TYPE: &str = "type";
/// What the names of fields begin with that give a variable.
const VARIABLE: &str = "set:";
/// The field that gives variables a person makes up, one a line.
const FURTHER: &str = "further";
/// Why a coding was refused.
pub(crate) const WHY: &str = "why";
/// Codings that are listed beside a text, places that are shown to choose from, and words that are proposed at most.
const LISTED: usize = 100;
const PLACES: usize = 20;
const PROPOSED: usize = 500;

/// Words that somebody wants to code.
pub(crate) struct Wanted {
    /// Where they stand, if they can be coded.
    pub(crate) words: Option<Words>,
    /// Why they cannot, or could not be kept as they were coded.
    why: Option<String>,
    /// The places where they stand, if those are several.
    places: Vec<Words>,
}

/// The words that an address wants to code; nothing where it asks for none.
pub(crate) fn wanted(document: &Document, params: &Params) -> Option<Wanted> {
    let refused = |why: String| Wanted { words: None, why: Some(super::layout::capital(&why)), places: Vec::new() };
    if let Some(code) = params.get(CODE) {
        let Some(at) = place(code) else { return Some(refused(format!("{code:?} is no place in a document."))) };
        let passage = Passage { at: Some(at), ..Passage::default() };
        return Some(match passage.stands_in(document) {
            Ok(words) => Wanted { words: Some(words), why: params.get(WHY).map(str::to_owned), places: Vec::new() },
            Err(why) => refused(why),
        });
    }
    let words = params.get(WORDS)?;
    let passage = Passage { words: words.to_owned(), ..Passage::default() };
    Some(match passage.stands_in(document) {
        Ok(words) => Wanted { words: Some(words), why: None, places: Vec::new() },
        Err(why) => {
            let places = Words::find(&document.text, Span::new(0, document.text.len()), words);
            Wanted { places: if places.len() > 1 { places } else { Vec::new() }, ..refused(why) }
        }
    })
}

/// A place as addresses write it, in code points.
fn place(code: &str) -> Option<(u32, u32)> {
    let (start, end) = code.split_once('-')?;
    Some((start.parse().ok()?, end.parse().ok()?))
}

/// What a form wants to code; nothing where it codes no words.
pub(crate) fn asked(form: &Params) -> Option<Passage> {
    let at = place(form.get(CODE)?);
    let mut values: Vec<(String, String)> = Vec::new();
    for (name, value) in form.pairs() {
        match name.as_str() {
            VOICE => values.push((VOICE.to_owned(), value.clone())),
            TYPE => values.push((STATEMENT_TYPE.to_owned(), value.clone())),
            FURTHER => {
                let pairs = value.lines().filter_map(|line| line.split_once('='));
                values.extend(pairs.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())));
            }
            other => {
                values.extend(other.strip_prefix(VARIABLE).map(|variable| (variable.to_owned(), value.clone())));
            }
        }
    }
    Some(Passage { words: form.get(WORDS).unwrap_or_default().to_owned(), at, values })
}

/// The address at which words are coded.
pub(crate) fn address(opened: &Opened<'_>, span: Span) -> Address {
    let (start, end) = opened.layout().index.span(&opened.document.text, span);
    Address::document(&opened.document.id).with(CODE, format!("{start}-{end}")).at("at")
}

/// The hand codings of a document that hold and whose words stand in it, in the order of their places.
pub(crate) fn of_document<'a>(shelf: &'a Shelf, document: &Document) -> Vec<(&'a Judgement, Coding)> {
    let rows = judgement::standing(&shelf.snapshot.judgements).into_values();
    let codings = rows.filter_map(|row| Some((row, Coding::of(row)?)));
    let own = codings.filter(|(_, coding)| coding.document == document.id && coding.stands_in(document));
    let mut own: Vec<(&Judgement, Coding)> = own.collect();
    own.sort_by_key(|(row, coding)| (coding.span, row.sequence));
    own
}

/// What a coding says besides its words.
fn told(coding: &Coding) -> Markup {
    let value = |name: &str| coding.value(name).filter(|v| !v.trim().is_empty());
    let own = [STATEMENT, STATEMENT_TYPE, CONCEPT, AGREEMENT, VOICE];
    let further =
        coding.values.iter().filter(|(name, value)| !own.contains(&name.as_str()) && !value.trim().is_empty());
    html! {
        @if let Some(kind) = value(STATEMENT_TYPE) { (said(kind)) ": " }
        @if let Some(voice) = value(VOICE) { strong { (said(voice)) } " " }
        @if let Some(concept) = value(CONCEPT) {
            @match value(AGREEMENT).unwrap_or_default() {
                "agree" | "true" | "1" => "agrees with ",
                "disagree" | "false" | "0" => "disagrees with ",
                "neither" => "takes no side on ",
                _ => "on ",
            }
            em { (said(concept)) }
        }
        @for (name, value) in further { " · " (said(name)) " " (said(value)) }
        " · by " (said(&coding.coder))
    }
}

/// The codings of a document and the way to code more, for the column beside its text.
pub(crate) fn aside(opened: &Opened<'_>, codings: &[(&Judgement, Coding)], params: &Params) -> Markup {
    let typed = params.get(WORDS).unwrap_or_default();
    html! {
        section.codings aria-labelledby="codings-title" {
            h2 #codings-title { "Coded by hand" }
            @if codings.is_empty() { p.quiet { "Nothing yet. Select words of the text, or write them here." } }
            @else {
                ul {
                    @for (_, coding) in codings.iter().take(LISTED) {
                        li {
                            a href=(address(opened, coding.span)) { "“" (shortened(&coding.words)) "”" } " " (told(coding))
                        }
                    }
                }
                @if codings.len() > LISTED { p.quiet { (counted(codings.len() - LISTED, "more is", "more are")) " marked in the text." } }
            }
            form action=(Address::document(&opened.document.id)) method="get" {
                label for="words" { "Words to code, as they stand in the text" }
                textarea #words name=(WORDS) rows="2" dir="auto" required { (typed) }
                button { "Find them" }
            }
        }
    }
}

fn shortened(words: &str) -> Markup {
    let line = one_line(words);
    let short: String = line.chars().take(60).collect();
    html! { bdi { (short) @if short.len() < line.len() { "…" } } }
}

/// The form that codes words, beside the text; or why they cannot be coded.
pub(crate) fn beside(
    shelf: &Shelf,
    opened: &Opened<'_>,
    wanted: &Wanted,
    codings: &[(&Judgement, Coding)],
    params: &Params,
) -> Markup {
    let close = Address::document(&opened.document.id).maybe("page", params.get("page"));
    let close = match &wanted.words {
        Some(words) => close.with("page", opened.layout().leaf_of(words.span.start) + 1),
        None => close,
    };
    html! {
        div.panel-head {
            h2 #panel-title tabindex="-1" { "Code words" }
            a.close href=(close) { "Close" }
        }
        @if let Some(why) = &wanted.why { p.notice role="alert" { (why) } }
        @if !wanted.places.is_empty() {
            ol.around {
                @for words in wanted.places.iter().take(PLACES) {
                    li { a href=(address(opened, words.span)) { (around(opened.document, words.span)) } }
                }
            }
            @if wanted.places.len() > PLACES { p.quiet { "And " (counted(wanted.places.len() - PLACES, "place", "places")) " more." } }
        }
        @if let Some(words) = &wanted.words { (form(shelf, opened, words, codings, params)) }
    }
}

/// Words with a little of what stands before and after.
fn around(document: &Document, span: Span) -> Markup {
    let text = document.text.as_str();
    let before = text.get(..span.start as usize).unwrap_or_default();
    let after = text.get(span.end as usize..).unwrap_or_default();
    let from = before.char_indices().rev().nth(40).map_or(0, |(n, _)| n);
    let near = |part: &str| part.split_whitespace().collect::<Vec<_>>().join(" ");
    html! {
        "… " (near(before.get(from..).unwrap_or_default())) " "
        mark { (one_line(span.of(text).unwrap_or_default())) }
        " " (near(&after.chars().take(40).collect::<String>())) " …"
    }
}

/// The statements that were read on some words, the shortest that holds them all first.
fn behind<'a>(opened: &Opened<'a>, span: Span) -> Vec<&'a Statement> {
    let cover = |s: &Statement| s.evidence().iter().map(|w| w.span).reduce(Span::cover).unwrap_or_else(|| s.sentence());
    let shares = |s: &&Statement| s.evidence().iter().any(|w| w.span.overlaps(span));
    let mut all: Vec<&Statement> = opened.reading.statements.iter().filter(shares).collect();
    all.sort_by_key(|s| (!cover(s).contains(span), cover(s).len()));
    all
}

fn form(
    shelf: &Shelf,
    opened: &Opened<'_>,
    words: &Words,
    codings: &[(&Judgement, Coding)],
    params: &Params,
) -> Markup {
    let document = opened.document;
    let own = address(opened, words.span);
    let back = own.to_string();
    let (start, end) = opened.layout().index.span(&document.text, words.span);
    let statements = behind(opened, words.span);
    let here: Vec<&(&Judgement, Coding)> = codings.iter().filter(|(_, c)| c.span.overlaps(words.span)).collect();
    let kinds = kinds(shelf);
    let kind = params.get(TYPE).filter(|kind| kinds.contains_key(*kind));
    let voice = params.get(VOICE).map(str::to_owned);
    let voice = voice.or_else(|| voice_of(&shelf.actors, document, statements.first().copied()));
    html! {
        blockquote.claim dir=(direction(&words.text)) lang=[document.metadata.language.as_deref()] { (one_line(&words.text)) }
        p.quiet {
            "Exactly these words are coded. "
            @match statements.first() {
                Some(first) => {
                    "What was read here: "
                    a href=(Address::document(&document.id).with("statement", first.id()).at(super::layout::anchor(first.id()))) {
                        (counted(statements.len(), "statement", "statements"))
                    }
                    "."
                }
                None => "Nothing was read here; what is coded becomes a statement.",
            }
        }
        @if !here.is_empty() {
            h3 { "Coded already" }
            ul.reasons {
                @for (row, coding) in &here {
                    li {
                        @if coding.span != words.span { a href=(address(opened, coding.span)) { "“" (shortened(&coding.words)) "”" } " " }
                        (told(coding)) " " (take_back(shelf, row, &back))
                    }
                }
            }
        }
        @if !kinds.is_empty() { (kind_form(opened, &kinds, kind, (start, end))) }
        form.judge.coding action="/judge" method="post" {
            (carried(shelf, &back))
            input type="hidden" name="first" value=(document.id);
            input type="hidden" name=(CODE) value=(format!("{start}-{end}"));
            input type="hidden" name=(WORDS) value=(words.text);
            @if let Some(kind) = kind { input type="hidden" name=(TYPE) value=(kind); }
            @match kind.and_then(|kind| kinds.get(kind)) {
                Some(variables) => @for (n, (name, values)) in variables.iter().enumerate() {
                    @let id = format!("variable-{n}");
                    @let field = format!("{VARIABLE}{name}");
                    (field_of(&id, &field, name, params.get(&field).unwrap_or_default(), false, values.iter().map(String::as_str)))
                },
                None => (field_of("voice", VOICE, "Whose word", voice.as_deref().unwrap_or_default(), true, voices(shelf).iter().map(String::as_str))),
            }
            (field_of("concept", "second", "Concept", params.get("second").unwrap_or_default(), true, concepts(shelf).iter().map(String::as_str)))
            p.field { label for="note" { "Why, or a note" } input #note name="note" type="text" dir="auto" autocomplete="off" maxlength="2000" value=(params.get("note").unwrap_or_default()); }
            details {
                summary { "Further variables" }
                p.field {
                    label for="further" { "One a line: name = value" }
                    textarea #further name=(FURTHER) rows="2" dir="auto" { (params.get(FURTHER).unwrap_or_default()) }
                }
            }
            p.verdicts {
                @for (verdict, label) in [("for", "Agrees"), ("against", "Disagrees"), ("neither", "Neither")] {
                    button name="verdict" value=(verdict) { (label) } " "
                }
            }
        }
        p.onward { a href=(place_of(opened, words.span)) { "These words in the text" } " · " a href="/discourse" { "The debate" } }
    }
}

fn field_of<'v>(
    id: &str,
    name: &str,
    label: &str,
    value: &str,
    required: bool,
    values: impl Iterator<Item = &'v str>,
) -> Markup {
    let list = format!("{id}-list");
    html! {
        p.field {
            label for=(id) { (label) }
            input #(id) name=(name) type="text" list=(list) value=(value) dir="auto" autocomplete="off" maxlength="2000" required[required];
        }
        datalist #(list) { @for value in values { option value=(one_line(value)) {} } }
    }
}

/// The kind of coded statement is chosen first, because each has its own variables.
fn kind_form(opened: &Opened<'_>, kinds: &Kinds, chosen: Option<&str>, at: (u32, u32)) -> Markup {
    html! {
        form.kind action=(Address::document(&opened.document.id)) method="get" {
            input type="hidden" name=(CODE) value=(format!("{}-{}", at.0, at.1));
            span.field {
                label for="type" { "Kind of statement" } " "
                select #type name=(TYPE) {
                    option value="" { "voice and concept" }
                    @for kind in kinds.keys() { option value=(kind) selected[chosen == Some(kind.as_str())] { (one_line(kind)) } }
                }
            }
            " " button { "Choose" }
        }
    }
}

/// The kinds of coded statement that the ledger knows, each with its variables and the values they had.
type Kinds = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

fn kinds(shelf: &Shelf) -> Kinds {
    let mut all = Kinds::new();
    for coding in judgement::standing(&shelf.snapshot.judgements).into_values().filter_map(Coding::of) {
        let Some(kind) = coding.value(STATEMENT_TYPE) else { continue };
        let variables = all.entry(kind.to_owned()).or_default();
        for (name, value) in &coding.values {
            if [STATEMENT, STATEMENT_TYPE, CONCEPT, AGREEMENT].contains(&name.as_str()) {
                continue;
            }
            let values = variables.entry(name.clone()).or_default();
            if values.len() < PROPOSED && !value.trim().is_empty() {
                values.insert(value.clone());
            }
        }
    }
    all
}

/// The debate as it stands with nothing chosen.
fn debate(shelf: &Shelf) -> Arc<Codes> {
    shelf.codes(&Filter::default(), &Options::default())
}

fn concepts(shelf: &Shelf) -> Vec<String> {
    let by_hand = judgement::standing(&shelf.snapshot.judgements).into_values().filter_map(Coding::of);
    let mut all: BTreeSet<String> = by_hand.filter_map(|c| c.value(CONCEPT).map(one_line)).collect();
    all.extend(debate(shelf).concepts.iter().map(|c| one_line(c)));
    all.into_iter().take(PROPOSED).collect()
}

fn voices(shelf: &Shelf) -> Vec<String> {
    let all: BTreeSet<String> = debate(shelf).actors.iter().map(|v| one_line(v)).collect();
    all.into_iter().take(PROPOSED).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_wants_words_by_their_place_or_as_they_are_written() {
        let document = Document::plain("a.txt", "Éa lamp. A lamp burned.");
        let of = |query: &str| wanted(&document, &Params::parse(Some(query)));
        let text = |found: &Option<Wanted>| found.as_ref().and_then(|w| w.words.as_ref()).map(|w| w.text.clone());
        assert!(of("page=2").is_none());
        assert_eq!(text(&of("code=3-7")).as_deref(), Some("lamp"), "places count code points");
        assert_eq!(text(&of("words=A+lamp++burned")).as_deref(), Some("A lamp burned"));
        let several = of("words=lamp").unwrap();
        assert_eq!((several.words.is_none(), several.places.len()), (true, 2));
        for query in ["code=7-3", "code=x", "code=90-99", "words=lantern", "code=7-8"] {
            let found = of(query).unwrap();
            assert!(found.words.is_none() && found.why.is_some(), "{query}");
        }
    }

    #[test]
    fn a_form_gives_words_with_their_variables() {
        let form = Params::parse(Some(
            "code=3-7&words=lamp&voice=Reed&type=Claim&set:organization=Mill&further=a+%3D+b%0Ac%3Dd+%3D+e",
        ));
        let asked = asked(&form).unwrap();
        assert_eq!((asked.at, asked.words.as_str()), (Some((3, 7)), "lamp"));
        let values: Vec<String> = asked.values.iter().map(|(n, v)| format!("{n}:{v}")).collect();
        assert_eq!(values, ["voice:Reed", "statement type:Claim", "organization:Mill", "a:b", "c:d = e"]);
        assert!(super::asked(&Params::parse(Some("verdict=for&first=x"))).is_none());
    }
}
