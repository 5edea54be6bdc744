//! The page of a debate: who stands on which side of which concept, the two camps with least frustration and the network of
//! voices. Every cell and line leads to the coded statements behind it, where a person may code them by hand. All that
//! was chosen stands in the address.

use super::address::{Address, Params};
use super::codings;
use super::gate::carried;
use super::layout::{Frame, Problem, capital, counted, direction, page, pager, said, slice};
use super::shelf::Shelf;
use super::statements;
use maud::{Markup, html};
use rashomon_core::{Digest, Row, Statement, Table};
use rashomon_derive::discourse::{Asked, Code, Codes, Mode, PARAMETERS, Side, Split, backbone, split};
use rashomon_derive::drawing::layout;
use rashomon_derive::matrices::{Debate, debate};
use rashomon_derive::views::discourse::{self as view, told_of};
use rashomon_derive::views::voice::one_line;
use std::collections::{BTreeMap, BTreeSet};

/// Where the page is.
pub(crate) const PATH: &str = "/discourse";
/// Where its lists of coded statements are.
const LIST: &str = "/discourse/statements";
/// Voices and concepts that the matrix shows at most: those of most statements.
const VOICES: usize = 40;
const CONCEPTS: usize = 24;
/// Voices and ties that the picture shows at most.
const DRAWN: usize = 24;
const TIES: usize = 90;
/// The parameter that asks how many concepts a backbone keeps, and concepts that are ranked on the page at most.
const BACKBONE: &str = "backbone";
const RANKED: usize = 100;
/// Coded statements on one page.
const LENGTH: usize = 50;

/// The parameters that are choices of the form, with what they are called there.
const CHOICES: &[(&str, &str)] = &[
    ("network", "Lines join"),
    ("measure", "They count"),
    ("normalise", "Divided by"),
    ("duplicates", "Said again"),
    ("whose", "Whose side"),
    ("hand", "Hand codings"),
    ("hedged", "Possible too"),
    ("parents", "Wider concepts"),
];

/// What an address asks for.
fn asked(params: &Params) -> Result<Asked, Problem> {
    Asked::of(&|name| params.get(name).map(str::to_owned)).map_err(|e| Problem::Wrong(capital(&e)))
}

/// Everything of an address that chooses what is counted.
fn chosen(params: &Params) -> Params {
    params.without(&["page", "of", "on", "side", "with", "statement", "note"])
}

/// The page.
pub(crate) fn whole(shelf: &Shelf, params: &Params) -> Result<Markup, Problem> {
    let asked = asked(params)?;
    let filter = params.filter().map_err(|e| Problem::Wrong(capital(&e)))?;
    let frame = Frame { title: "Discourse", here: "/view/discourse", ledger: &shelf.name, query: "" };
    size(params)?;
    let body = shelf.debate(params, || shown(&shelf.codes(&filter, &asked.options), &asked, params));
    Ok(page(&frame, html! { (*body) }))
}

fn shown(codes: &Codes, asked: &Asked, params: &Params) -> Markup {
    let camps = split(&asked.signed(&asked.counts(codes)));
    let chosen = chosen(params);
    html! {
        h1 { "Discourse" }
        p.lead { (view::VIEW.about) ". Camps are the split of the voices in which least disagreement stands inside a camp and least agreement across." }
        (form(&chosen, params))
        p.tally {
            strong { a href=(Address::new(LIST).with_all(&chosen)) { (counted(codes.codes.len(), "coded statement", "coded statements")) } }
            (files("network", "Save the network as ", &chosen))
        }
        @for note in codes.notes.iter().skip(1) { p.quiet { (capital(note)) "." } }
        @if codes.codes.is_empty() {
            p { "No statement is coded. A list of concepts is brought with " code { "rashomon import concepts.toml" } "." }
        } @else {
            section {
                h2 { "Voices and concepts" }
                p.quiet { "+ agrees, − disagrees. A and B are the camps." }
                (matrix(codes, &camps, &chosen))
            }
            section {
                h2 { "Two camps" }
                @for note in told_of(&camps) { p { (capital(&note)) "." } }
                (picture(codes, asked, &chosen))
                (files("camps", "Save the camps as ", &chosen))
            }
            section #backbone { (carriers(codes, asked, &chosen)) }
        }
    }
}

/// A table of the debate in every form.
fn files(table: &str, words: &str, chosen: &Params) -> Markup {
    let file = |form: &str| Address::new(format!("{PATH}/{table}.{form}")).with_all(chosen);
    html! {
        span.files {
            (words) a href=(file("csv")) download { "CSV" } ", " a href=(file("json")) download { "JSON" } " or "
            a href=(file("parquet")) download { "Parquet" }
        }
    }
}

/// The size of a backbone that an address asks for.
fn size(params: &Params) -> Result<Option<usize>, Problem> {
    let wrong = |size: &str| Problem::Wrong(format!("{size:?} is no number of concepts."));
    params.get(BACKBONE).map(|size| size.parse().ok().filter(|n| *n > 0).ok_or_else(|| wrong(size))).transpose()
}

/// Which concepts carry the structure: asked for with a number, because it is worked out with patience.
fn carriers(codes: &Codes, asked: &Asked, chosen: &Params) -> Markup {
    let size = size(chosen).ok().flatten();
    let found = size.and_then(|size| backbone(&asked.counts(codes), size));
    html! {
        h2 { "What carries the structure" }
        p.quiet { "The concepts without which the network of voices would change most, and those that can be spared." }
        form.inline action=(format!("{PATH}#backbone")) method="get" {
            @for (name, value) in chosen.without(&[BACKBONE]).pairs() { input type="hidden" name=(name) value=(value); }
            span.field {
                label for=(BACKBONE) { "Concepts to keep" } " "
                input #(BACKBONE) type="number" name=(BACKBONE) min="1" max=(codes.concepts.len().max(2) - 1) value=(size.unwrap_or(5)) required;
            }
            " " button { "Work it out" }
        }
        @match (found, size) {
            (Some(found), _) => {
                @let table = view::carriers(codes, &found);
                div.scroll tabindex="0" role="region" aria-label="What carries the structure" {
                    table.carriers {
                        thead { tr {
                            th.number scope="col" { "Rank" } th scope="col" { "Concept" } th scope="col" { "Kept" }
                            th.number scope="col" { "Statements" } th.number scope="col" { "Loss without it and those below" }
                        } }
                        tbody {
                            @for row in table.rows.iter().take(RANKED) { (rank(row, chosen)) }
                        }
                    }
                }
                @if table.rows.len() > RANKED { p.quiet { "Left out here: the last " (counted(table.rows.len() - RANKED, "concept", "concepts")) ". The files have all." } }
                @for note in table.notes.iter().skip(codes.notes.len()) { p { (capital(note)) "." } }
                (files("backbone", "Save the ranking as ", chosen))
            },
            (None, Some(_)) => p { "There are fewer than two concepts: nothing can carry more than the rest." },
            (None, None) => {},
        }
    }
}

fn rank(row: &Row, chosen: &Params) -> Markup {
    let cell = |n: usize| row.cells().get(n).map(ToString::to_string).unwrap_or_default();
    let concept = cell(0);
    html! {
        tr {
            td.number { (cell(2)) }
            th scope="row" { a href=(list(chosen, &[("on", &concept)])) { (said(&concept)) } }
            td { (cell(1)) } td.number { (cell(3)) } td.number { (cell(4)) }
        }
    }
}

/// A table of the debate as an address asks for it; nothing where there is none of that name.
pub(crate) fn table(shelf: &Shelf, name: &str, params: &Params) -> Result<Option<Table>, Problem> {
    let asked = asked(params)?;
    let filter = params.filter().map_err(|e| Problem::Wrong(capital(&e)))?;
    let codes = shelf.codes(&filter, &asked.options);
    Ok(match name {
        "network" if asked.mode == Mode::TwoMode => Some(view::two_mode(&codes)),
        "network" => Some(view::one_mode(&codes, &asked)),
        "camps" => Some(view::camps(&codes, &asked).0),
        "statements" => {
            let found = wanted(&codes, params).into_iter().cloned().collect();
            Some(view::listed(&shelf.snapshot, &Codes { codes: found, ..(*codes).clone() }))
        }
        "backbone" => {
            let size = size(params)?.unwrap_or(1);
            backbone(&asked.counts(&codes), size).map(|found| view::carriers(&codes, &found))
        }
        _ => None,
    })
}

fn form(chosen: &Params, params: &Params) -> Markup {
    let field = |name: &str, label: &str, hint: &str| {
        html! {
            div.field {
                label for=(name) { (label) }
                input #(name) type="text" name=(name) value=(params.get(name).unwrap_or_default()) placeholder=(hint) dir="auto" autocomplete="off";
            }
        }
    };
    let values = |name: &str| PARAMETERS.iter().find(|(n, _, _)| *n == name).map_or(&[][..], |(_, values, _)| values);
    html! {
        form.filters action=(PATH) method="get" {
            fieldset {
                legend.unseen { "What is counted" }
                (field("document", "Document", "title or path"))
                (field("voice", "Voice", "name or author"))
                (field("from", "From", "1904-10"))
                (field("to", "To", "1904-10-22"))
                @for (name, label) in CHOICES {
                    div.field {
                        label for=(name) { (label) }
                        select #(name) name=(name) {
                            @if *name == "measure" || *name == "normalise" || *name == "network" { option value="" { "usual" } }
                            @for value in values(name) { option value=(value) selected[params.get(name) == Some(value)] { (value) } }
                        }
                    }
                }
                div.field.act {
                    button { "Show" }
                    @if !chosen.pairs().is_empty() { a href=(PATH) { "Take all choices off" } }
                }
            }
        }
    }
}

/// Agreement and disagreement of one voice on one concept.
#[derive(Default, Clone, Copy)]
struct Told {
    agree: usize,
    disagree: usize,
}

/// Places of the `most` names with most statements, those with more first.
fn foremost(codes: &Codes, of: fn(&Code) -> usize, most: usize) -> Vec<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for code in &codes.codes {
        *counts.entry(of(code)).or_default() += 1;
    }
    let mut order: Vec<(usize, usize)> = counts.into_iter().collect();
    order.sort_by_key(|(place, count)| (std::cmp::Reverse(*count), *place));
    order.into_iter().take(most).map(|(place, _)| place).collect()
}

fn camp_of(camps: &Split, actor: usize) -> Option<&'static str> {
    camps.camps.get(actor).copied().flatten().map(|camp| if camp == 0 { "A" } else { "B" })
}

fn matrix(codes: &Codes, camps: &Split, chosen: &Params) -> Markup {
    let mut cells: BTreeMap<(usize, usize), Told> = BTreeMap::new();
    for code in &codes.codes {
        let told = cells.entry((code.actor, code.concept)).or_default();
        match code.side {
            Side::Agree => told.agree += 1,
            Side::Disagree => told.disagree += 1,
        }
    }
    let mut voices = foremost(codes, |c| c.actor, VOICES);
    voices.sort_by_key(|a| (camp_of(camps, *a).is_none(), camp_of(camps, *a)));
    let concepts = foremost(codes, |c| c.concept, CONCEPTS);
    let left = (codes.actors.len().saturating_sub(voices.len()), codes.concepts.len().saturating_sub(concepts.len()));
    html! {
        div.scroll tabindex="0" role="region" aria-label="Voices and concepts" {
            table.debate {
                thead { tr {
                    th scope="col" { "Camp" } th scope="col" { "Voice" }
                    @for concept in &concepts {
                        th scope="col" { a href=(list(chosen, &[("on", codes.concept(*concept))])) { (one_line(codes.concept(*concept))) } }
                    }
                } }
                tbody {
                    @for actor in &voices {
                        tr {
                            td { (camp_of(camps, *actor).unwrap_or("–")) }
                            th scope="row" { a href=(list(chosen, &[("of", codes.actor(*actor))])) { (said(codes.actor(*actor))) } }
                            @for concept in &concepts {
                                @match cells.get(&(*actor, *concept)) {
                                    Some(told) => (cell(*told, codes.actor(*actor), codes.concept(*concept), chosen)),
                                    None => { td {} }
                                }
                            }
                        }
                    }
                }
            }
        }
        @if left.0 + left.1 > 0 {
            p.quiet { "Left out here: " (counted(left.0, "voice", "voices")) " and " (counted(left.1, "concept", "concepts")) " with fewer statements." }
        }
    }
}

fn cell(told: Told, voice: &str, concept: &str, chosen: &Params) -> Markup {
    let side = match (told.agree, told.disagree) {
        (_, 0) => "agree",
        (0, _) => "disagree",
        _ => "both",
    };
    html! {
        td class=(side) {
            a href=(list(chosen, &[("of", voice), ("on", concept)])) {
                @if told.agree > 0 { "+" (told.agree) }
                @if told.agree > 0 && told.disagree > 0 { " " }
                @if told.disagree > 0 { "−" (told.disagree) }
            }
        }
    }
}

/// The address of some coded statements.
fn list(chosen: &Params, about: &[(&str, &str)]) -> Address {
    about.iter().fold(Address::new(LIST), |address, (name, value)| address.with(name, value)).with_all(chosen)
}

/// The network as a picture whose lines are links, with the same lines as a list under it.
fn picture(codes: &Codes, asked: &Asked, chosen: &Params) -> Markup {
    let mode = if asked.mode == Mode::TwoMode { Mode::Voices } else { asked.mode };
    let normalisation = if asked.mode == mode { asked.normalisation } else { None };
    let shown = match asked.shown {
        rashomon_derive::discourse::Shown::Stacked => {
            rashomon_derive::discourse::Shown::Of(rashomon_derive::discourse::Measure::Subtract)
        }
        shown => shown,
    };
    let asked = Asked { mode, normalisation, shown, ..asked.clone() };
    let network = debate(codes, &asked, TIES);
    let names: BTreeSet<usize> = network.ties.iter().flat_map(|t| [t.one, t.other]).collect();
    let mut nodes: Vec<usize> = names.into_iter().collect();
    let degree = |n: &usize| network.ties.iter().filter(|t| t.one == *n || t.other == *n).count();
    nodes.sort_by_key(|n| (std::cmp::Reverse(degree(n)), *n));
    nodes.truncate(DRAWN);
    nodes.sort_unstable();
    let what = if mode == Mode::Voices { "of" } else { "on" };
    html! {
        @if network.ties.is_empty() {
            p.quiet { "No two share anything." }
        } @else {
            (drawn(&network, &nodes, what, chosen))
            details.columns {
                summary { "The lines as a list" }
                ul.reasons {
                    @for tie in &network.ties {
                        @let (one, other) = (name(&network, tie.one), name(&network, tie.other));
                        li {
                            a href=(list(chosen, &[(what, one), ("with", other)])) { (said(one)) " – " (said(other)) }
                            ": agreement " (figures(tie.congruence)) ", disagreement " (figures(tie.conflict))
                        }
                    }
                }
            }
        }
    }
}

fn name(network: &Debate, place: usize) -> &str {
    network.nodes.get(place).map_or("", |(name, _, _)| name.as_str())
}

fn figures(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value}") } else { format!("{value:.3}") }
}

const WIDTH: f64 = 900.0;
const HEIGHT: f64 = 560.0;
const MARGIN: f64 = 70.0;

fn drawn(network: &Debate, nodes: &[usize], what: &str, chosen: &Params) -> Markup {
    let place = |n: usize| nodes.binary_search(&n).ok();
    let inside: Vec<_> = network.ties.iter().filter_map(|t| Some((place(t.one)?, place(t.other)?, t))).collect();
    // Who mostly agrees is drawn together; who disagrees is not.
    let pairs: Vec<(usize, usize)> =
        inside.iter().filter(|(_, _, t)| t.congruence > t.conflict).map(|(a, b, _)| (*a, *b)).collect();
    let camp = |n: &usize| nodes.get(*n).and_then(|n| network.nodes.get(*n)).and_then(|(_, _, camp)| *camp);
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    order.sort_by_key(|n| (camp(n), *n));
    let at: Vec<(f64, f64)> = layout(nodes.len(), &pairs, &order)
        .into_iter()
        .map(|(x, y)| (MARGIN * 1.6 + x * (WIDTH - 3.2 * MARGIN), MARGIN * 0.6 + y * (HEIGHT - 1.4 * MARGIN)))
        .collect();
    let at = |n: usize| at.get(n).copied().unwrap_or_default();
    let most = inside.iter().map(|(_, _, t)| t.value.abs()).fold(f64::MIN_POSITIVE, f64::max);
    html! {
        svg.network viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="group" aria-label="The network; its lines stand as a list below" {
            @for (a, b, tie) in &inside {
                @let ((x1, y1), (x2, y2)) = (at(*a), at(*b));
                @let class = if tie.congruence > tie.conflict { "agree" } else if tie.congruence < tie.conflict { "disagree" } else { "both" };
                @let (one, other) = (name(network, tie.one), name(network, tie.other));
                a href=(list(chosen, &[(what, one), ("with", other)])) tabindex="-1" aria-hidden="true" {
                    line class=(class) x1=(format!("{x1:.1}")) y1=(format!("{y1:.1}")) x2=(format!("{x2:.1}")) y2=(format!("{y2:.1}"))
                        stroke-width=(format!("{:.1}", 1.0 + 4.0 * tie.value.abs() / most)) {}
                }
            }
            @for (n, node) in nodes.iter().enumerate() {
                @let (x, y) = at(n);
                @let own = name(network, *node);
                a href=(list(chosen, &[(what, own)])) {
                    @match camp(&n) {
                        Some(1) => rect x=(format!("{:.1}", x - 8.0)) y=(format!("{:.1}", y - 8.0)) width="16" height="16" {},
                        Some(_) => circle cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r="9" {},
                        None => circle cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r="6" {},
                    }
                    text x=(format!("{x:.1}")) y=(format!("{:.1}", y + 24.0)) text-anchor="middle" { (shortened(own)) }
                }
            }
        }
        p.quiet { "Circles are camp A, squares camp B. Full lines mostly agree, broken ones mostly disagree; broader is more." }
    }
}

fn shortened(name: &str) -> String {
    let line = one_line(name);
    if line.chars().count() <= 28 { line } else { line.chars().take(26).chain("…".chars()).collect() }
}

/// Coded statements, each with the way to code it by hand; of one statement also without a coding.
pub(crate) fn listed(shelf: &Shelf, params: &Params) -> Result<Markup, Problem> {
    let asked = asked(params)?;
    let filter = params.filter().map_err(|e| Problem::Wrong(capital(&e)))?;
    let codes = shelf.codes(&filter, &asked.options);
    let chosen = chosen(params);
    let frame = Frame { title: "Coded statements", here: "/view/discourse", ledger: &shelf.name, query: "" };
    let here = Address::new(LIST).with_all(params);
    if let Some(id) = params.get("statement") {
        let found = Digest::parse(id).and_then(|id| shelf.statement(&id));
        let (opened, statement) =
            found.ok_or_else(|| Problem::Missing(format!("The ledger holds no statement {id:?}.")))?;
        let own: Vec<&Code> = codes.codes.iter().filter(|c| c.statements.iter().any(|s| s == statement.id())).collect();
        let body = html! {
            h1 { "Code a statement" }
            (notice(params))
            (statements::list(shelf, &[(opened, statement)], 0))
            @for code in &own { p { (line(&codes, code)) } }
            @if own.is_empty() { p.quiet { "It is not coded." } }
            (new_code(shelf, &codes, statement, &here))
            p { a href=(Address::new(PATH).with_all(&chosen)) { "The debate" } }
        };
        return Ok(page(&frame, body));
    }
    let found = wanted(&codes, params);
    let (rows, number, pages) = slice(&found, params.page(), LENGTH);
    let leafing = || pager("Pages of coded statements", &Address::new(LIST), params, number, pages);
    let body = html! {
        h1 { "Coded statements" }
        p.lead {
            (counted(found.len(), "coded statement", "coded statements"))
            @if let Some(voice) = params.get("of") { " of " strong { (said(voice)) } }
            @if let Some(other) = params.get("with") { " and " strong { (said(other)) } ", on what both speak of" }
            @if let Some(concept) = params.get("on") { " on " strong { (said(concept)) } }
            ". " a href=(Address::new(PATH).with_all(&chosen)) { "The debate" }
        }
        (notice(params))
        p.tally { (files("statements", "Save these as ", &params.without(&["page", "note"]))) }
        (leafing())
        ol.statements start=((number - 1) * LENGTH + 1) {
            @for code in rows { li { (item(shelf, &codes, code, &here)) } }
        }
        (leafing())
    };
    Ok(page(&frame, body))
}

fn notice(params: &Params) -> Markup {
    html! { @if let Some(note) = params.get("note") { p.notice role="status" { (said(note)) } } }
}

/// The codes that an address names: of a voice, on a concept, or of two on what both share.
fn wanted<'a>(codes: &'a Codes, params: &Params) -> Vec<&'a Code> {
    let (of, on, with) = (params.get("of"), params.get("on"), params.get("with"));
    let said = |c: &Code, voice: &str| codes.actor(c.actor) == voice;
    let about = |c: &Code, concept: &str| codes.concept(c.concept) == concept;
    let shared: BTreeSet<usize> = match (of, on, with) {
        (Some(a), _, Some(b)) => {
            let of =
                |voice: &str| codes.codes.iter().filter(|c| said(c, voice)).map(|c| c.concept).collect::<BTreeSet<_>>();
            of(a).intersection(&of(b)).copied().collect()
        }
        (None, Some(a), Some(b)) => {
            let of = |concept: &str| {
                codes.codes.iter().filter(|c| about(c, concept)).map(|c| c.actor).collect::<BTreeSet<_>>()
            };
            of(a).intersection(&of(b)).copied().collect()
        }
        _ => BTreeSet::new(),
    };
    let fits = |c: &&Code| match (of, on, with) {
        (Some(a), _, Some(b)) => (said(c, a) || said(c, b)) && shared.contains(&c.concept),
        (None, Some(a), Some(b)) => (about(c, a) || about(c, b)) && shared.contains(&c.actor),
        _ => of.is_none_or(|a| said(c, a)) && on.is_none_or(|k| about(c, k)),
    };
    codes.codes.iter().filter(fits).collect()
}

fn line(codes: &Codes, code: &Code) -> Markup {
    html! {
        strong { (said(codes.actor(code.actor))) } " "
        @match code.side { Side::Agree => "agrees with", Side::Disagree => "disagrees with" }
        " " em { (said(codes.concept(code.concept))) }
        @match &code.coder { Some(by) => { " · coded by " (said(by)) }, None => " · coded by the program" }
    }
}

fn item(shelf: &Shelf, codes: &Codes, code: &Code, here: &Address) -> Markup {
    let found = code.statements.first().and_then(|id| shelf.statement(id));
    html! {
        @if let Some((opened, statement)) = found {
            @let passage = code.passage.and_then(|span| Some((codings::address(&opened, span), span.of(&opened.document.text)?)));
            @let text = passage.as_ref().map_or_else(|| statement.text(), |(_, words)| (*words).to_owned());
            @let place = passage.map_or_else(|| Address::statement(statement.id()), |(address, _)| address);
            p.claim dir=(direction(&text)) lang=[opened.document.metadata.language.as_deref()] {
                a href=(place) { (one_line(&text)) }
            }
            p {
                (line(codes, code)) " · "
                a href=(Address::document(&opened.document.id)) { (said(opened.document.name())) }
            }
            @match code.passage {
                Some(span) => p { a href=(codings::address(&opened, span)) { "Code these words otherwise, or take it back" } },
                None => (again(shelf, codes.concept(code.concept), statement, code, here)),
            }
        }
    }
}

/// Buttons that code a statement on a concept by hand.
fn again(shelf: &Shelf, concept: &str, statement: &Statement, code: &Code, here: &Address) -> Markup {
    html! {
        form.judge action="/judge" method="post" {
            (carried(shelf, &here.to_string()))
            input type="hidden" name="first" value=(statement.id());
            input type="hidden" name="second" value=(concept);
            @for (verdict, words) in [("for", "Agrees"), ("against", "Disagrees"), ("neither", "Neither")] {
                button name="verdict" value=(verdict) aria-label={ (words) ": " (one_line(&statement.text())) } { (words) } " "
            }
            @if code.coder.is_some() { button name="verdict" value="undo" { "Take back" } }
        }
    }
}

/// The form that codes a statement on any concept.
fn new_code(shelf: &Shelf, codes: &Codes, statement: &Statement, here: &Address) -> Markup {
    html! {
        form.judge action="/judge" method="post" {
            (carried(shelf, &here.to_string()))
            input type="hidden" name="first" value=(statement.id());
            label for="second" { "Concept: " }
            input #second name="second" type="text" list="concepts" dir="auto" autocomplete="off" required; " "
            @for (verdict, words) in [("for", "Agrees"), ("against", "Disagrees"), ("neither", "Neither"), ("undo", "Take back")] {
                button name="verdict" value=(verdict) { (words) } " "
            }
        }
        datalist #concepts { @for concept in &codes.concepts { option value=(one_line(concept)) {} } }
    }
}

/// Where a person is led back to after coding: this page's own addresses only.
pub(crate) fn back(address: &str) -> Option<Address> {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let own = path == PATH || path == LIST;
    own.then(|| Address::new(path).with_all(&Params::parse(Some(query)).without(&["note"])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_back_stays_on_the_page() {
        assert_eq!(
            back("/discourse/statements?of=Tom+Reed&note=x").map(|a| a.to_string()).as_deref(),
            Some("/discourse/statements?of=Tom+Reed")
        );
        for other in ["https://evil.example/discourse", "//evil.example", "/discourse/../actor", "/statements", ""] {
            assert!(back(other).is_none(), "{other}");
        }
    }
}
