//! The map of causes as a page: whose map, the picture, its measures, another map over it, weights by hand, and the scenario: an
//! experiment whose whole state stands in the address, so that it works without scripts and can be sent to a colleague.

use super::address::{Address, Params};
use super::gate::carried;
use super::layout::{Frame, Problem, capital, counted, page, said};
use super::shelf::Shelf;
use crate::weighing::{self, Given};
use maud::{Markup, PreEscaped, html};
use rashomon_core::{Judgement, StatementId};
use rashomon_derive::cause_drawing::{self, Caption};
use rashomon_derive::causes::{Edge, Map, Node, Rule, Scenario, Settings, Squash, Told, Whose};
use rashomon_derive::views::causes::{CAUTION, Case, measured, overlaid, structure};
use std::collections::BTreeMap;

/// Where the page is.
pub(crate) const PATH: &str = "/causes";
/// Rows of a table on the page; the files have all.
const ROWS: usize = 60;
/// Voices that the choice of maps lists at most.
const VOICES: usize = 200;
/// Ids that an address of statements holds at most.
const IDS: usize = 60;

/// What an address of the page asks for.
pub(crate) struct Asked {
    /// Whose map.
    pub(crate) whose: Whose,
    over: Option<Whose>,
    case: Case,
    /// The map.
    pub(crate) map: Map,
    /// Everything of the address that belongs to the page.
    params: Params,
}

impl Asked {
    /// Works out what an address asks for.
    pub(crate) fn of(shelf: &Shelf, params: &Params) -> Result<Asked, Problem> {
        let whose = |name: &str| match params.get(name) {
            None => Ok(None),
            Some(text) => Whose::of(text)
                .map(Some)
                .ok_or_else(|| Problem::Wrong(format!("{text:?} is no map: all, “voice NAME” or “document NAME”."))),
        };
        let filter = params.filter().map_err(|e| Problem::Wrong(capital(&e)))?;
        let between = params.get("between") == Some("actors");
        let case = Case::of_concepts(&shelf.snapshot, &shelf.actors, &filter, shelf.concepts(), between);
        let (whose, over) = (whose("of")?.unwrap_or_default(), whose("over")?);
        let map = case.map(&whose);
        Ok(Asked { whose, over, case, map, params: params.clone() })
    }

    /// Whose map it is, in words.
    pub(crate) fn title(&self) -> String {
        self.case.title(&self.whose)
    }

    /// The run that the address asks for; `None` where nothing is asked but the map.
    pub(crate) fn scenario(&self) -> Result<Scenario, Problem> {
        let number = |name: &str, usual: f64| match self.params.get(name) {
            None => Ok(usual),
            Some(text) => {
                text.parse::<f64>().map_err(|_| Problem::Wrong(format!("{name} is {text:?}, which is no number.")))
            }
        };
        let usual = Settings::default();
        let squash = self.params.get("f").and_then(Squash::named).unwrap_or(usual.squash);
        let steps = number("steps", usual.steps as f64)?;
        let settings = Settings {
            rule: self.params.get("rule").and_then(Rule::named).unwrap_or(usual.rule),
            squash,
            lambda: number("lambda", usual.lambda)?,
            hold: self.params.get("free").is_none(),
            tolerance: number("tolerance", usual.tolerance)?,
            steps: if (1.0..=1e6).contains(&steps) { steps as usize } else { 0 },
        };
        let mut set = BTreeMap::new();
        for (node, value) in self.changes() {
            let value = value.map_or(Ok(squash.least()), |text| {
                text.parse::<f64>().map_err(|_| Problem::Wrong(format!("{text:?} is no value for “{}”.", node.name)))
            })?;
            set.insert(node.name.clone(), value.clamp(squash.least(), 1.0));
        }
        let scenario = Scenario {
            whose: self.whose.clone(),
            actors: self.case.actors,
            settings,
            set,
            once: self.params.get("once").is_some(),
            ..Scenario::default()
        };
        scenario.check().map_err(|e| Problem::Wrong(capital(&e.to_string())))?;
        Ok(scenario)
    }

    /// The concepts that the address changes, each with its value if it has one.
    fn changes(&self) -> Vec<(&Node, Option<&str>)> {
        let mut found: Vec<(&Node, Option<&str>)> = Vec::new();
        for id in self.params.all("change") {
            let node = self.map.nodes.iter().find(|n| short(n) == id);
            if let Some(node) = node.filter(|node| !found.iter().any(|(other, _)| other.id == node.id)) {
                found.push((node, self.params.get(&format!("at-{id}"))));
            }
        }
        found
    }

    fn run(&self) -> Result<(Scenario, Told), Problem> {
        let scenario = self.scenario()?;
        let told = scenario.run(&self.map).map_err(|e| Problem::Wrong(capital(&e.to_string())))?;
        Ok((scenario, told))
    }

    /// The parameters that say which map it is, without the run.
    fn of_map(&self) -> Params {
        let kept: Vec<&str> =
            self.params.pairs().iter().map(|(k, _)| k.as_str()).filter(|k| !MAP.contains(k)).collect();
        let filters = self.params.only_filters();
        let kept: Vec<&str> = kept.into_iter().filter(|k| filters.get(k).is_none()).collect();
        self.params.without(&kept)
    }
}

/// Names of the parameters that choose the map.
const MAP: &[&str] = &["of", "between", "over"];

/// The name of a node in addresses.
fn short(node: &Node) -> &str {
    node.id.as_str().get(..12).unwrap_or(node.id.as_str())
}

/// The statements behind an edge.
fn behind(edge: &Edge) -> Address {
    match edge.statements.as_slice() {
        [only] => Address::statement(only),
        all => with_ids(all),
    }
}

fn with_ids(all: &[StatementId]) -> Address {
    let ids = all.iter().take(IDS).map(|id| id.as_str()).collect::<Vec<_>>().join(",");
    Address::new("/statements").with("ids", ids)
}

/// The page.
pub(crate) fn whole(shelf: &Shelf, params: &Params) -> Result<Markup, Problem> {
    let asked = Asked::of(shelf, params)?;
    let (scenario, told) = asked.run()?;
    let title = format!("Causes: the map {}", asked.title());
    let frame = Frame { title: &title, here: "/view/causes", ledger: &shelf.name, query: "" };
    let body = html! {
        h1 { "Causes" }
        p.lead { "What is said to cause or prevent what. Every arrow leads to the statements behind it." }
        (choice(&asked))
        p.tally {
            strong { "The map " (said(&asked.title())) }
            span.files {
                "Save as "
                @for (name, words) in FILES { a href=(Address::new(format!("{PATH}/{name}")).with_all(params)) download { (words) } " " }
            }
        }
        @for note in rashomon_derive::views::causes::notes(&asked.case, &asked.map) { p.quiet { (capital(&note)) "." } }
        @if let Some(note) = params.get("note") { p role="status" { (said(note)) } }
        @if asked.map.edges.is_empty() {
            p { "This map is empty: nothing of the kind was found on that word. Choose another above." }
        } @else {
            (picture(&asked)?)
            @if let Some(over) = &asked.over { (laid_over(&asked, over)) }
            (experiment(&asked, &scenario, &told))
            (edges(shelf, &asked))
            (measures(&asked))
        }
    };
    Ok(page(&frame, body))
}

/// What can be saved, with the words of the link.
const FILES: &[(&str, &str)] = &[
    ("map.svg", "picture"),
    ("matrix.csv", "weights as CSV"),
    ("map.graphml", "GraphML"),
    ("map.gexf", "GEXF"),
    ("run.toml", "settings of the run"),
];

/// Whose map, what the nodes are, what is laid over it.
fn choice(asked: &Asked) -> Markup {
    let voices = asked.case.voices();
    let mut order: Vec<(&str, usize)> = voices.into_iter().collect();
    order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let documents = asked.case.documents();
    let maps = |chosen: Option<String>, none: &str| {
        let is = |text: &str| chosen.as_deref() == Some(text);
        html! {
            option value=(if none.is_empty() { "all" } else { "" }) selected[chosen.is_none() || is("all")] {
                @if none.is_empty() { "everything that is said here" } @else { (none) }
            }
            optgroup label="Documents" {
                @for (name, count) in &documents {
                    @let value = format!("document {name}");
                    option value=(value) selected[is(&value)] { (name) " (" (count) ")" }
                }
            }
            optgroup label="Voices" {
                @for (name, count) in order.iter().take(VOICES) {
                    @let value = format!("voice {name}");
                    option value=(value) selected[is(&value)] { (name) " (" (count) ")" }
                }
            }
        }
    };
    let actors = asked.case.actors;
    html! {
        form.filters action=(PATH) method="get" {
            @for (name, value) in asked.params.only_filters().pairs() { input type="hidden" name=(name) value=(value); }
            fieldset {
                legend.unseen { "Which map" }
                div.field {
                    label for="of" { "Whose map" }
                    select #of name="of" { (maps(Some(asked.whose.to_string()), "")) }
                }
                div.field {
                    label for="over" { "Lay over it" }
                    select #over name="over" { (maps(asked.over.as_ref().map(ToString::to_string), "nothing")) }
                }
                div.field {
                    label for="between" { "Between" }
                    select #between name="between" {
                        option value="" selected[!actors] { "concepts" }
                        option value="actors" selected[actors] { "actors: whose trouble is whose doing" }
                    }
                }
                div.field.act { button { "Show" } }
            }
        }
    }
}

/// The picture as bytes, its arrows leading to statements.
fn picture(asked: &Asked) -> Result<Markup, Problem> {
    let link = |edge: &Edge| behind(edge).to_string();
    let mut bytes = Vec::new();
    let title = asked.title();
    let caption = Caption { title: &title, note: NOTE, link: Some(&link), under: None };
    cause_drawing::svg(&asked.map, &caption, &mut bytes).map_err(|e| Problem::Broken(e.to_string()))?;
    let drawn = String::from_utf8(bytes).map_err(|e| Problem::Broken(e.to_string()))?;
    Ok(html! {
        figure.causes {
            div.scroll tabindex="0" role="region" aria-label="Picture of the map" { (PreEscaped(drawn)) }
            figcaption.quiet { "Whose map: " (said(&asked.title())) ". " (NOTE) }
        }
    })
}

/// What stands in every picture of a map.
const NOTE: &str = "What is said, on somebody’s word: this program states nothing itself.";

fn laid_over(asked: &Asked, over: &Whose) -> Markup {
    let table = overlaid(&asked.case, &asked.whose, over);
    html! {
        section {
            h2 #overlay { "Laid over it: the map " (said(&asked.case.title(over))) }
            @if table.rows.is_empty() { p.quiet { "Neither map has an edge." } }
            div.scroll tabindex="0" role="region" aria-label="The two maps, edge by edge" {
                table.view.overlay {
                    thead { tr { @for column in &table.columns { th scope="col" { (capital(column)) } } th scope="col" { "Behind it" } } }
                    tbody {
                        @for row in table.rows.iter().take(ROWS) {
                            tr {
                                @for (n, cell) in row.cells().iter().enumerate() {
                                    td class=[(n > 2).then_some("number")] dir=[(n < 2).then_some("auto")] { (cell) }
                                }
                                td.behind { a href=(with_ids(row.statements())) { (counted(row.statements().len(), "statement", "statements")) } }
                            }
                        }
                    }
                }
            }
            @if table.rows.len() > ROWS { p.quiet { "The first " (ROWS) " of " (table.rows.len()) " edges. The command line writes them all." } }
        }
    }
}

/// The scenario: settings, sliders, and the two runs side by side.
fn experiment(asked: &Asked, scenario: &Scenario, told: &Told) -> Markup {
    let settings = &scenario.settings;
    let changes = asked.changes();
    let number = |name: &str, label: &str, value: String| {
        html! { div.field { label for=(name) { (label) } input #(name) type="text" name=(name) value=(value) inputmode="decimal" autocomplete="off"; } }
    };
    let least = settings.squash.least();
    html! {
        section.experiment {
            h2 #what-if { "What if? " (capital(CAUTION)) "." }
            p { "The map " strong { (said(&asked.title())) } " is run until it settles; then what you change is held, and it is run again. " }
            form.filters.scenario action=(format!("{PATH}#what-if")) method="get" {
                @for (name, value) in asked.of_map().pairs() { input type="hidden" name=(name) value=(value); }
                fieldset {
                    legend.unseen { "The experiment" }
                    div.field {
                        label for="change" { "Change a concept" }
                        select #change name="change" {
                            option value="" { "choose one" }
                            @for node in &asked.map.nodes { option value=(short(node)) { (node.name) } }
                        }
                    }
                    div.field {
                        label for="rule" { "Rule" }
                        select #rule name="rule" { @for r in Rule::ALL { option value=(r.as_str()) selected[r == settings.rule] { (r.as_str()) } } }
                    }
                    div.field {
                        label for="f" { "Function" }
                        select #f name="f" { @for f in Squash::ALL { option value=(f.as_str()) selected[f == settings.squash] { (f.as_str()) } } }
                    }
                    (number("lambda", "Lambda", settings.lambda.to_string()))
                    (number("tolerance", "Tolerance", settings.tolerance.to_string()))
                    (number("steps", "Steps at most", settings.steps.to_string()))
                    div.field.tick {
                        input #free type="checkbox" name="free" value="yes" checked[!settings.hold];
                        label for="free" { "Work out concepts without causes too" }
                    }
                    div.field.tick {
                        input #once type="checkbox" name="once" value="yes" checked[scenario.once];
                        label for="once" { "Put in once, do not hold" }
                    }
                    div.field.act { button { "Run" } a href=(Address::new(PATH).with_all(&asked.of_map()).at("what-if")) { "Start over" } }
                }
                @if !changes.is_empty() {
                    fieldset.sliders {
                        legend { "Held at" }
                        @for (node, _) in &changes {
                            @let value = scenario.set.get(&node.name).copied().unwrap_or(least);
                            @let name = format!("at-{}", short(node));
                            div.slider {
                                label for=(name) dir="auto" { (node.name) }
                                input type="hidden" name="change" value=(short(node));
                                input #(name) type="range" name=(name) min=(least) max="1" step="0.05" value=(value);
                                output for=(name) { (value) }
                                a href=(without(asked, node)) { "leave as it is" }
                            }
                        }
                    }
                }
            }
            @for note in told.notes() { p.quiet { (capital(&note)) "." } }
            (side_by_side(asked, told, least))
        }
    }
}

/// The address without one change.
fn without(asked: &Asked, node: &Node) -> Address {
    let own = format!("at-{}", short(node));
    let kept = asked.params.without(&["change", own.as_str()]);
    let others = asked.changes().into_iter().filter(|(other, _)| other.id != node.id);
    others
        .fold(Address::new(PATH).with_all(&kept), |address, (other, _)| address.with("change", short(other)))
        .at("what-if")
}

fn side_by_side(asked: &Asked, told: &Told, least: f64) -> Markup {
    let mut order: Vec<usize> = (0..asked.map.nodes.len()).collect();
    let moved = |n: &usize| told.difference(*n).unwrap_or_default().abs();
    order.sort_by(|a, b| moved(b).total_cmp(&moved(a)).then(a.cmp(b)));
    let bar = |value: f64| html! { td.number { meter min=(least) max="1" value=(value) aria-hidden="true" { (format!("{value:.3}")) } " " (format!("{value:.3}")) } };
    html! {
        div.scroll tabindex="0" role="region" aria-label="Baseline and intervention side by side" {
            table.view.runs {
                thead { tr { @for name in ["Concept", "Baseline", "Intervention", "Difference"] { th scope="col" { (name) } } } }
                tbody {
                    @for n in order.iter().take(ROWS) {
                        @if let Some(node) = asked.map.nodes.get(*n) {
                            tr {
                                td dir="auto" { (node.name) @if told.changed.get(*n).copied().flatten().is_some() { " " em { "(changed)" } } }
                                (bar(told.baseline.state.get(*n).copied().unwrap_or_default()))
                                @match told.scenario.as_ref().and_then(|s| s.state.get(*n)) {
                                    Some(value) => (bar(*value)),
                                    None => td.quiet { "choose a concept above" },
                                }
                                td.number { @if let Some(d) = told.difference(*n) { (format!("{:+.3}", if d.abs() < 0.0005 { 0.0 } else { d })) } }
                            }
                        }
                    }
                }
            }
        }
        @if asked.map.nodes.len() > ROWS { p.quiet { "The " (ROWS) " that moved most, of " (asked.map.nodes.len()) "." } }
    }
}

fn edges(shelf: &Shelf, asked: &Asked) -> Markup {
    let name = |n: usize| asked.map.nodes.get(n).map_or("", |node| node.name.as_str());
    let mut order: Vec<&Edge> = asked.map.edges.iter().collect();
    order.sort_by_key(|e| (std::cmp::Reverse(e.statements.len()), e.cause, e.effect));
    html! {
        section {
            h2 #edges { "Edges" }
            div.scroll tabindex="0" role="region" aria-label="Edges" {
                table.view {
                    thead { tr { @for name in ["Cause", "Effect", "Weight", "+", "−", "Denied", "On the word of", "Behind it"] { th scope="col" { (name) } } } }
                    tbody {
                        @for edge in order.iter().take(ROWS) {
                            tr {
                                td dir="auto" { (name(edge.cause)) }
                                td dir="auto" { (name(edge.effect)) }
                                td.number { (format!("{:+.2}", edge.weight)) @if let Some(by) = &edge.set_by { " set by " (said(by)) } }
                                td.number { (edge.plus) }
                                td.number { (edge.minus) }
                                td.number { (edge.denied) }
                                td { (said(&edge.voices.iter().cloned().collect::<Vec<_>>().join("; "))) }
                                td.behind { a href=(behind(edge)) { (counted(edge.statements.len(), "statement", "statements")) } }
                            }
                        }
                    }
                }
            }
            @if order.len() > ROWS {
                p.quiet { "The first " (ROWS) " of " (order.len()) " edges; " a href="/view/causes" { "all edges of everything said" } "." }
            }
            (weigh(shelf, asked, &order))
        }
    }
}

/// A form for a weight by hand.
fn weigh(shelf: &Shelf, asked: &Asked, order: &[&Edge]) -> Markup {
    let name = |n: usize| asked.map.nodes.get(n).map_or("", |node| node.name.as_str());
    html! {
        details {
            summary { "Set a weight by hand" }
            p.quiet { "One more row of the log, in this map only; what the words give comes back when it is taken back." }
            form.judge action=(format!("{PATH}/weigh")) method="post" {
                (carried(shelf, &Address::new(PATH).with_all(&asked.params.without(&["note"])).to_string()))
                label for="edge" { "Edge " }
                select #edge name="edge" required {
                    @for edge in order {
                        @let ends = asked.map.nodes.get(edge.cause).zip(asked.map.nodes.get(edge.effect));
                        @if let Some((a, b)) = ends {
                            option value=(format!("{}-{}", short(a), short(b))) { (name(edge.cause)) " → " (name(edge.effect)) }
                        }
                    }
                }
                " "
                label for="weight" { "Weight " }
                input #weight type="number" name="weight" min="-1" max="1" step="0.05" value="0";
                " "
                label for="by" { "Who says so " }
                input #by type="text" name="by" required maxlength="80" autocomplete="name";
                " "
                label for="why" { "Why " }
                input #why type="text" name="why";
                " "
                button name="do" value="set" { "Set" } " "
                button name="do" value="undo" { "Take back" }
            }
        }
    }
}

/// The rows that a form for a weight asks for, and where to go back to.
pub(crate) fn weights(shelf: &Shelf, form: &Params) -> Result<(Vec<Judgement>, Address), Problem> {
    let back = form.get("back").unwrap_or(PATH);
    let query = back
        .strip_prefix(PATH)
        .ok_or_else(|| Problem::Wrong("The form does not come from the page of causes.".into()))?;
    let params = Params::parse(query.strip_prefix('?'));
    let asked = Asked::of(shelf, &params)?;
    let (cause, effect) = form.get("edge").and_then(|e| e.split_once('-')).unwrap_or_default();
    let name = |id: &str| asked.map.nodes.iter().find(|n| short(n) == id).map(|n| n.name.clone()).unwrap_or_default();
    let given = Given {
        cause: name(cause),
        effect: name(effect),
        weight: if form.get("do") == Some("undo") { "undo" } else { form.get("weight").unwrap_or_default() }.to_owned(),
        by: form.get("by").unwrap_or_default().to_owned(),
        note: form.get("why").unwrap_or_default().to_owned(),
    };
    let rows = weighing::rows(&asked.map, &asked.whose, &shelf.snapshot.judgements, &given)
        .map_err(|e| Problem::Wrong(capital(&e)))?;
    Ok((rows, Address::new(PATH).with_all(&params).at("edges")))
}

fn measures(asked: &Asked) -> Markup {
    let table = measured(&asked.case, &asked.whose, &asked.map);
    html! {
        section {
            h2 #measures { "Measures" }
            ul.plain { @for line in structure(&asked.case, &asked.map) { li { (capital(&line)) } } }
            details {
                summary { "Each " (if asked.case.actors { "actor" } else { "concept" }) ": degrees, words, and why these are taken for one" }
                div.scroll tabindex="0" role="region" aria-label="Nodes" {
                    table.view {
                        thead { tr { @for column in &table.columns { th scope="col" { (capital(column)) } } th scope="col" { "Behind it" } } }
                        tbody {
                            @for row in table.rows.iter().take(ROWS) {
                                tr {
                                    @for (n, cell) in row.cells().iter().enumerate() {
                                        td class=[(2..5).contains(&n).then_some("number")] dir="auto" { (cell) }
                                    }
                                    td.behind { a href=(with_ids(row.statements())) { (counted(row.statements().len(), "statement", "statements")) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A file of the page by its name: media type and bytes.
pub(crate) fn file(shelf: &Shelf, name: &str, params: &Params) -> Result<(&'static str, Vec<u8>), Problem> {
    let asked = Asked::of(shelf, params)?;
    let title = asked.title();
    let mut bytes = Vec::new();
    let (kind, written) = match name {
        "map.svg" => {
            let caption = Caption { title: &title, note: NOTE, link: None, under: None };
            ("image/svg+xml", cause_drawing::svg(&asked.map, &caption, &mut bytes))
        }
        "matrix.csv" => ("text/csv; charset=utf-8", crate::tables::matrix_to_csv(&asked.map, &mut bytes)),
        "map.graphml" => ("application/xml", rashomon_derive::cause_graphs::graphml(&asked.map, &title, &mut bytes)),
        "map.gexf" => ("application/xml", rashomon_derive::cause_graphs::gexf(&asked.map, &title, &mut bytes)),
        "run.toml" => {
            bytes = asked.scenario()?.write(&asked.map).into_bytes();
            ("application/toml", Ok(()))
        }
        _ => return Err(Problem::Missing(format!("There is no file {name:?} of the map."))),
    };
    written.map_err(|e| Problem::Broken(e.to_string()))?;
    Ok((kind, bytes))
}
