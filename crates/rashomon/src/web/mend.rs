//! The form in which a statement is mended: the claim's words, polarity, certainty, kind, and every voice of the chain with its
//! stance and cue, with room for a voice that was missing. What a person leaves untouched stays exactly as it was read. A
//! mend that does not stand in the document comes back with the reason and everything as it was typed.

use super::address::{Address, Params};
use super::gate::{Visitor, carried, local};
use super::judged::aside_of;
use super::layout::{Frame, Problem, direction, page, said};
use super::panel::{context, find};
use super::shelf::{Opened, Shelf};
use maud::{Markup, html};
use rashomon_core::judgement::MENDED;
use rashomon_core::mend::APART;
use rashomon_core::{
    Certainty, ClaimKind, Link, Mend, MendedLink, MendedVoice, Polarity, Stance, Statement, Voice, Words,
};
use rashomon_text::space::one_line;

/// Rows of a chain that a form may have at most.
const ROWS: usize = 40;

/// The page.
pub(crate) fn whole(shelf: &Shelf, visitor: &Visitor, id: &str, params: &Params) -> Result<Markup, Problem> {
    let (opened, statement) = find(shelf, id)?;
    Ok(form(shelf, visitor, opened, statement, params, None))
}

/// The page with what was typed, and why it could not be kept.
pub(crate) fn again(shelf: &Shelf, visitor: &Visitor, params: &Params, why: &str) -> Result<Markup, Problem> {
    let (opened, statement) = find(shelf, params.get("first").unwrap_or_default())?;
    Ok(form(shelf, visitor, opened, statement, params, Some(why)))
}

fn apart(words: &[Words]) -> String {
    words.iter().map(|w| one_line(&w.text)).collect::<Vec<_>>().join(&format!(" {APART} "))
}

/// What a form says that the statement should say: only what differs from what it says.
pub(crate) fn asked(statement: &Statement, params: &Params) -> Result<Mend, String> {
    let claim = statement.claim();
    let words = |name: &str, old: &[Words]| {
        let typed = params.get(name).map(one_line).unwrap_or_default();
        params.get("form").filter(|_| typed != apart(old)).map(|_| typed.clone())
    };
    let polarity: Option<Polarity> = code(params, "polarity")?;
    let certainty: Option<Certainty> = code(params, "certainty")?;
    let kind: Option<ClaimKind> = code(params, "kind")?;
    let chain = chain(statement, params)?;
    Ok(Mend {
        polarity: polarity.filter(|p| *p != claim.polarity),
        certainty: certainty.filter(|c| *c != claim.certainty),
        kind: kind.filter(|k| *k != claim.kind),
        words: words("words", statement.evidence()),
        hedges: words("hedges", &claim.hedges),
        chain,
    })
}

fn code<T: std::str::FromStr<Err = rashomon_core::UnknownCode>>(
    params: &Params,
    name: &str,
) -> Result<Option<T>, String> {
    params.get(name).map(|text| text.parse().map_err(|e: T::Err| e.to_string())).transpose()
}

/// The chain as the form has it; nothing where it is as it was.
fn chain(statement: &Statement, params: &Params) -> Result<Option<Vec<MendedLink>>, String> {
    let mut links = Vec::new();
    for n in 0..ROWS {
        let field = |name: &str| params.get(&format!("{name}{n}")).map(one_line).unwrap_or_default();
        let words = field("voice");
        let voice = match field("is").as_str() {
            "author" => MendedVoice::Author,
            "named" => MendedVoice::Named(words),
            "unnamed" => MendedVoice::Unnamed(words),
            _ => continue,
        };
        let stance: Option<Stance> = code(params, &format!("stance{n}"))?;
        let stance = stance.unwrap_or(Stance::Asserts);
        links.push(MendedLink { was: field("was").parse().ok(), voice, stance, cue: field("cue") });
    }
    let before: Vec<MendedLink> = statement.chain().iter().enumerate().map(|(n, link)| unchanged(n, link)).collect();
    Ok(Some(links).filter(|links| !links.is_empty() && *links != before))
}

fn unchanged(place: usize, link: &Link) -> MendedLink {
    let words = |words: &Words| one_line(&words.text);
    let voice = match &link.voice {
        Voice::Author => MendedVoice::Author,
        Voice::Named(name) => MendedVoice::Named(words(name)),
        Voice::Unnamed(name) => MendedVoice::Unnamed(name.as_ref().map(words).unwrap_or_default()),
    };
    MendedLink { was: Some(place), voice, stance: link.stance, cue: link.cue.as_ref().map(words).unwrap_or_default() }
}

fn form(
    shelf: &Shelf,
    visitor: &Visitor,
    opened: Opened<'_>,
    statement: &Statement,
    typed: &Params,
    why: Option<&str>,
) -> Markup {
    let own = Address::statement(statement.id()).to_string();
    let back = typed.get("back").and_then(local).unwrap_or(&own);
    let leave = typed.get("leave").and_then(local).unwrap_or(back);
    let claim = statement.claim();
    let text = apart(statement.evidence());
    // What was typed before, where the form comes back; else what the statement says.
    let given = |name: &str, now: &str| match why {
        Some(_) => typed.get(name).unwrap_or_default().to_owned(),
        None => now.to_owned(),
    };
    let choice = |name: &str, label: &str, now: &str, codes: &[(&str, &str)]| {
        let chosen = given(name, now);
        html! {
            div.field {
                label for=(name) { (label) }
                select #(name) name=(name) {
                    @for (code, words) in codes { option value=(code) selected[chosen == *code] { (words) } }
                }
            }
        }
    };
    let certainties: Vec<(&str, &str)> = Certainty::ALL.iter().map(|c| (c.as_str(), c.as_str())).collect();
    let kinds: Vec<(&str, &str)> = ClaimKind::ALL.iter().map(|k| (k.as_str(), k.as_str())).collect();
    let frame = Frame { title: "Mend a statement", here: "/review", ledger: &shelf.name, query: "" };
    let body = html! {
        h1 { "Mend a statement" }
        p.lead {
            "Every word must stand in the document; what you leave as it is stays as it was read. In "
            a href=(Address::document(&opened.document.id).with("statement", statement.id())) { (said(opened.document.name())) } ":"
        }
        (context(&opened, statement))
        @if let Some(why) = why { p.notice role="alert" { (said(why)) } }
        form.mend action="/judge" method="post" {
            (carried(shelf, back))
            input type="hidden" name="form" value="mend";
            input type="hidden" name="leave" value=(leave);
            input type="hidden" name="first" value=(statement.id());
            div.field.wide {
                label for="words" { "The claim, in the words of the sentence (" (APART) " between words that stand apart)" }
                textarea #words name="words" rows="3" dir=(direction(&text)) { (given("words", &text)) }
            }
            div.row {
                (choice("polarity", "Polarity", claim.polarity.as_str(), &[("+", "affirmed"), ("-", "negated")]))
                (choice("certainty", "Certainty", claim.certainty.as_str(), &certainties))
                div.field {
                    label for="hedges" { "Words that carry the certainty" }
                    input #hedges name="hedges" type="text" dir="auto" autocomplete="off" value=(given("hedges", &apart(&claim.hedges)));
                }
                (choice("kind", "Kind", claim.kind.as_str(), &kinds))
            }
            (voices(statement, typed, why.is_some()))
            @if visitor.name.is_none() {
                div.field { label for="by" { "Your name, kept with the verdict" } input #by name="by" type="text" maxlength="80" dir="auto" required autocomplete="name"; }
            }
            div.field.wide {
                label for="note" { "Why" }
                input #note name="note" type="text" dir="auto" autocomplete="off" maxlength="2000" value=(given("note", ""));
            }
            p.verdicts { button name="verdict" value=(MENDED) { "Keep the mend" } " " a.button href=(leave) data-escape { "Leave it as it is" } }
        }
        @if let Some(aside) = aside_of(shelf, statement).filter(|a| a.instead.is_some()) {
            p.quiet { "It was mended before. As it was read: " q dir="auto" { (said(&aside.statement.text())) } }
        }
    };
    page(&frame, body)
}

/// The chain as rows: each voice, and after each an empty row for one that was missing.
fn voices(statement: &Statement, typed: &Params, again: bool) -> Markup {
    let rows: Vec<Option<MendedLink>> = statement
        .chain()
        .iter()
        .enumerate()
        .flat_map(|(n, link)| [Some(unchanged(n, link)), None])
        .take(ROWS)
        .collect();
    html! {
        fieldset.voices {
            legend { "The chain, the document’s author first: each speaks on the word of the next" }
            @for (n, row) in rows.iter().enumerate() { (voice(n, row.as_ref(), typed, again)) }
        }
    }
}

fn voice(n: usize, row: Option<&MendedLink>, typed: &Params, again: bool) -> Markup {
    let is_author = row.is_some_and(|r| r.voice == MendedVoice::Author);
    let (is, words) = match row.map(|r| &r.voice) {
        Some(MendedVoice::Author) => ("author", String::new()),
        Some(MendedVoice::Named(words)) => ("named", words.clone()),
        Some(MendedVoice::Unnamed(words)) => ("unnamed", words.clone()),
        None => ("none", String::new()),
    };
    let name = |field: &str| format!("{field}{n}");
    let given = |field: &str, now: &str| match again {
        true => typed.get(&name(field)).unwrap_or_default().to_owned(),
        false => now.to_owned(),
    };
    let stance = given("stance", row.map_or("asserts", |r| r.stance.as_str()));
    let cue = given("cue", row.map_or("", |r| &r.cue));
    let is = given("is", is);
    let fields = html! {
        input type="hidden" name=(name("was")) value=[row.and_then(|r| r.was)];
        @if is_author {
            input type="hidden" name=(name("is")) value="author";
            span.field { span.label { "Voice" } span.chosen { "The document’s author" } }
        } @else {
            span.field {
                label for=(name("is")) { "Voice is" }
                select id=(name("is")) name=(name("is")) {
                    @for (code, label) in [("named", "named"), ("unnamed", "unnamed"), ("none", "no voice here")] {
                        option value=(code) selected[is == code] { (label) }
                    }
                }
            }
            span.field {
                label for=(name("voice")) { "Its words in the document" }
                input id=(name("voice")) name=(name("voice")) type="text" dir="auto" autocomplete="off" value=(given("voice", &words));
            }
        }
        span.field {
            label for=(name("stance")) { "Stance towards what follows" }
            select id=(name("stance")) name=(name("stance")) {
                @for code in Stance::ALL { option value=(code) selected[stance == code.as_str()] { (code) } }
            }
        }
        @if !is_author {
            span.field {
                label for=(name("cue")) { "Words that show it speaks" }
                input id=(name("cue")) name=(name("cue")) type="text" dir="auto" autocomplete="off" value=(cue);
            }
        }
    };
    html! {
        @if row.is_some() { div.voice { (fields) } }
        @else { details.voice open[is != "none"] { summary { "A voice is missing here" } div.voice { (fields) } } }
    }
}
