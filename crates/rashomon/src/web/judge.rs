//! Keeping a verdict. Before it is kept, what others said meanwhile of the same thing is shown: the form carries the last
//! row that its page knew, and a later verdict that says something else is never overruled without a word. Between that look
//! and the keeping nobody can come: the ledger takes the row only if it still ends where it was seen to end.

use super::actor;
use super::address::{Address, Params};
use super::codings;
use super::discourse;
use super::document;
use super::gate::{Visitor, carried, local, named};
use super::layout::{Frame, Problem, page, said};
use super::mend;
use super::shelf::{Shelf, Shelves};
use crate::judging::{Known, Verdict, unseen};
use maud::{Markup, html};
use rashomon_core::judgement::MENDED;
use rashomon_core::{Digest, Judgement, Mend};

/// How often a verdict tries again when other programs add to the ledger at the same moment.
const TRIES: usize = 20;

/// Bytes of a note at most: what is longer is a document.
const NOTE: usize = 20_000;

/// What becomes of a verdict.
pub(crate) enum Outcome {
    /// It was kept; where to go now, and the name to remember.
    Kept {
        /// The address.
        to: String,
        /// The person's name, where the form gave it.
        name: Option<String>,
    },
    /// A page that asks something first.
    Ask(Markup),
}

/// One look at the shelf: what a verdict would be, or why not.
enum Look {
    Ready(Judgement, u64, Vec<String>),
    Ask(Markup),
}

/// Keeps the verdict of a form.
pub(crate) fn judge(shelves: &Shelves, visitor: &Visitor, form: &Params) -> Result<Outcome, Problem> {
    let given = form.get("by").and_then(named);
    let visitor = Visitor { name: given.clone().or_else(|| visitor.name.clone()) };
    let _turn = shelves.turn();
    for _ in 0..TRIES {
        let look = shelves.look(|shelf| look(shelf, &visitor, form)).map_err(Problem::Broken)??;
        let (judgement, generation, doubts) = match look {
            Look::Ready(judgement, generation, doubts) => (judgement, generation, doubts),
            Look::Ask(page) => return Ok(Outcome::Ask(page)),
        };
        if shelves.archive().judge(&judgement, generation).map_err(Problem::Broken)?.is_some() {
            let to = shelves.look(|shelf| back(shelf, &judgement, form, &doubts)).map_err(Problem::Broken)?;
            return Ok(Outcome::Kept { to, name: given });
        }
    }
    Err(Problem::Broken("Others are adding to the ledger without a pause. Send the verdict again.".into()))
}

/// Keeps a row that needs no look at what others said: it stands beside theirs.
pub(crate) fn keep(shelves: &Shelves, judgement: &Judgement) -> Result<(), Problem> {
    let archive = shelves.archive();
    let _turn = shelves.turn();
    for _ in 0..TRIES {
        let generation = archive.generation().map_err(Problem::Broken)?;
        if archive.judge(judgement, generation).map_err(Problem::Broken)?.is_some() {
            return Ok(());
        }
    }
    Err(Problem::Broken("Others are adding to the ledger without a pause. Send it again.".into()))
}

fn look(shelf: &Shelf, visitor: &Visitor, form: &Params) -> Result<Look, Problem> {
    let Some(by) = visitor.name.clone() else { return Ok(Look::Ask(ask_name(shelf, form))) };
    let field = |name: &str| form.get(name).unwrap_or_default().to_owned();
    if field("note").len() > NOTE {
        return Err(Problem::Wrong("A note may have 20,000 letters. Add what is longer as a document.".into()));
    }
    let verdict = match form.get("verdict") {
        // A grade is put together from two fields.
        Some("grade") => format!("{}{}", field("letter"), field("digit")),
        other => other.unwrap_or_default().to_owned(),
    };
    let mend = match verdict == MENDED {
        false => Ok(Mend::default()),
        true => {
            let id = Digest::parse(&field("first"));
            let found = id.as_ref().and_then(|id| shelf.statement(id));
            let missing =
                || Problem::Missing("The statement is not shown any more; look for it in the history.".into());
            mend::asked(found.ok_or_else(missing)?.1, form)
        }
    };
    let given = |mend| Verdict {
        passage: codings::asked(form),
        verdict: verdict.clone(),
        first: field("first"),
        second: field("second"),
        by,
        note: field("note"),
        mend,
    };
    let row = mend.and_then(|mend| Known::of(&shelf.snapshot).judgement(&given(mend)));
    let (judgement, doubts) = match row {
        Ok(row) => row,
        Err(why) if verdict == MENDED => return mend::again(shelf, visitor, form, &why).map(Look::Ask),
        Err(why) if form.get(codings::CODE).is_some() => {
            // What was written stands in the form still.
            let again = form.without(&["by", "token", "seen"]).with(codings::WHY, &super::layout::capital(&why));
            return document::whole(shelf, &field("first"), &again).map(Look::Ask);
        }
        Err(why) => return Err(Problem::Wrong(super::layout::capital(&why))),
    };
    let seen: u64 = form.get("seen").and_then(|n| n.parse().ok()).unwrap_or_else(|| shelf.last_row());
    let later = unseen(&shelf.snapshot, &judgement, seen);
    match later.is_empty() {
        true => Ok(Look::Ready(judgement, shelf.generation(), doubts)),
        false => Ok(Look::Ask(ask_both(shelf, form, &judgement, &later))),
    }
}

/// Where a person is led after a verdict.
fn back(shelf: &Shelf, judgement: &Judgement, form: &Params, doubts: &[String]) -> String {
    let back = form.get("back").and_then(local);
    if let Some(coded) = back.and_then(discourse::back) {
        return coded.maybe("note", doubts.first()).to_string();
    }
    match back {
        Some(back) if !back.starts_with("/actor/") && !judgement.target.is_empty() => {
            still_there(shelf, judgement, back)
        }
        Some(back) if !back.starts_with("/actor/") => back.to_owned(),
        _ => actor::after(shelf, judgement, back.unwrap_or_default()).maybe("note", doubts.first()).to_string(),
    }
}

/// The address to go back to, where a statement stands under the name it has now.
fn still_there(shelf: &Shelf, judgement: &Judgement, back: &str) -> String {
    let statement = judgement.document.as_ref().and_then(|_| Digest::parse(&judgement.target));
    let Some(id) = statement else { return back.to_owned() };
    let now = shelf.snapshot.now(&id).unwrap_or(id);
    match back.strip_prefix("/statement/") {
        Some(_) => Address::statement(&now).to_string(),
        None if back.starts_with("/document/") => super::address::with_statement(back, &now),
        None => back.to_owned(),
    }
}

/// Every field of a form again, but for some, so that it can be sent once more.
fn again(form: &Params, without: &[&str]) -> Markup {
    html! {
        @for (name, value) in form.without(without).pairs() { input type="hidden" name=(name) value=(value); }
    }
}

fn ask_name(shelf: &Shelf, form: &Params) -> Markup {
    let frame = Frame { title: "Who judges?", here: "", ledger: &shelf.name, query: "" };
    page(
        &frame,
        html! {
            h1 { "Who judges?" }
            p.lead { "Each verdict is kept with the name of the person who gave it. This browser remembers yours; there are no accounts." }
            form.judge action="/judge" method="post" {
                (again(form, &["by"]))
                p.field { label for="by" { "Your name" } " " input #by name="by" type="text" maxlength="80" dir="auto" required autocomplete="name" autofocus; }
                p.verdicts { button { "Keep the verdict" } }
            }
        },
    )
}

/// Somebody said something of the same thing after the page was made on which this verdict was given.
fn ask_both(shelf: &Shelf, form: &Params, judgement: &Judgement, later: &[&Judgement]) -> Markup {
    let frame = Frame { title: "Somebody else judged this", here: "", ledger: &shelf.name, query: "" };
    let back = form.get("back").and_then(local).unwrap_or("/history");
    page(
        &frame,
        html! {
            h1 { "Somebody else judged this meanwhile" }
            p.lead { "Both are kept whatever you choose; the last one counts." }
            p { "On: " q dir="auto" { (said(&crate::judging::words(judgement))) } }
            table.view role="table" {
                thead role="rowgroup" {
                    tr role="row" { @for name in ["", "Person", "Verdict", "Says", "Why"] { th scope="col" role="columnheader" { (name) } } }
                }
                tbody role="rowgroup" {
                    @for row in later { (side("Theirs, row ", Some(row.sequence), row)) }
                    (side("Yours", None, judgement))
                }
            }
            form.judge action="/judge" method="post" {
                (again(form, &["seen", "token", "back"]))
                (carried(shelf, back))
                p.verdicts { button { "Keep mine too; it will count" } " " a.button href=(back) { "Leave theirs" } }
            }
        },
    )
}

fn side(whose: &str, row: Option<u64>, judgement: &Judgement) -> Markup {
    let mend = judgement.mend.as_ref();
    html! {
        tr role="row" {
            td role="cell" { (whose) @if let Some(row) = row { (row) } }
            td role="cell" data-column="Person" { (said(&judgement.agent)) }
            td role="cell" data-column="Verdict" { strong { (said(&judgement.verdict)) } @if let Some(older) = judgement.undoes { " of row " (older) } }
            td.words role="cell" {
                @if let Some(mend) = mend {
                    (said(&mend.evidence.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" … ")))
                    span.quiet { " · " (mend.claim.polarity) " · " (mend.claim.certainty) " · " (mend.chain.len()) " voices" }
                }
            }
            td role="cell" data-column="Why" { (said(&judgement.note)) }
        }
    }
}

/// The page on which a person says who they are.
pub(crate) fn name_page(shelf: &Shelf, visitor: &Visitor, params: &Params) -> Markup {
    let frame = Frame { title: "Your name", here: "", ledger: &shelf.name, query: "" };
    let back = params.get("back").and_then(local).unwrap_or("/review");
    page(
        &frame,
        html! {
            h1 { "Your name" }
            p.lead { "Each verdict is kept with the name of the person who gave it. This browser remembers yours; there are no accounts." }
            form.judge action="/name" method="post" {
                (carried(shelf, back))
                p.field {
                    label for="by" { "Your name" } " "
                    input #by name="by" type="text" maxlength="80" dir="auto" required autocomplete="name" value=(visitor.name.as_deref().unwrap_or_default());
                }
                p.verdicts { button { "Remember it" } }
            }
        },
    )
}
