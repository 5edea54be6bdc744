//! When, and how much: the expressions of time and quantity that belong to a claim.
//!
//! A claim takes the time that stands in its own words for when, else the one that hangs on its verb; never one that dates
//! something else in the sentence. It takes the quantity of what takes part in it.

use crate::clause::{Clause, is_clause};
use crate::page::{Page, Range};
use crate::trees::Trees;
use rashomon_core::{Argument, Quantity, QuantityRole, Role, Span, TimeRole, Timed};

/// Most words climbed from an expression to its verb.
const CLIMB: usize = 6;

/// When it is said to be so.
pub(crate) fn time(page: &Page, trees: &Trees, clause: Clause, arguments: &[Argument]) -> Option<Box<Timed>> {
    let own = clause.tokens(trees);
    let from = page.times.partition_point(|(range, _)| range.start < own.start);
    let near = page.times.iter().skip(from).take_while(|(range, _)| range.start < own.end);
    let near = near.filter(|(_, time)| time.role == TimeRole::Event);
    let said = |span: Span| {
        let inside =
            |a: &Argument| a.role == Role::Time && a.words.span.start <= span.start && span.end <= a.words.span.end;
        arguments.iter().any(inside)
    };
    let hangs = |range: Range| trees.words_in(range).any(|node| governor(trees, node, range) == Some(clause.head));
    let mut found: Vec<_> = near.map(|(range, time)| (!said(time.time.words.span), *range, time)).collect();
    found.retain(|(unsaid, range, _)| !unsaid || hangs(*range));
    found.sort_by_key(|(unsaid, range, time)| (time.time.edtf.is_none(), *unsaid, range.start));
    found.first().map(|(_, _, time)| Box::new(time.time.clone()))
}

/// The verb, or other carrier of a claim, on which an expression hangs by itself.
fn governor(trees: &Trees, node: usize, expression: Range) -> Option<usize> {
    let mut at = node;
    for _ in 0..CLIMB {
        let head = trees.head(at)?;
        let inside = expression.has(trees.tokens(head).start);
        if !inside {
            let directly = matches!(trees.relation(at), "obl" | "obl:unmarked" | "advmod" | "nmod:unmarked" | "nmod");
            let carries = is_clause(trees, head) || trees.relation(at) == "nmod" || trees.upos(head) == "NOUN";
            return (directly && carries).then_some(head);
        }
        at = head;
    }
    None
}

/// How much or how many.
pub(crate) fn quantity(page: &Page, arguments: &[Argument]) -> Option<Box<Quantity>> {
    let within = |argument: &Argument| {
        let span = argument.words.span;
        let from = page.quantities.partition_point(|(_, q)| q.words.span.start < span.start);
        let near = page.quantities.iter().skip(from).take_while(|(_, q)| q.words.span.start < span.end);
        near.map(|(_, q)| q).find(|q| q.role == QuantityRole::Quantity && q.words.span.end <= span.end).cloned()
    };
    let rank = |role: Role| match role {
        Role::Object => 0,
        Role::Subject => 1,
        _ => 2,
    };
    let mut ordered: Vec<&Argument> = arguments.iter().filter(|a| a.role != Role::Time).collect();
    ordered.sort_by_key(|a| rank(a.role));
    ordered.into_iter().find_map(within).map(Box::new)
}
