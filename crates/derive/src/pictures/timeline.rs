//! The timeline as a picture: a lane for each account, a bar for each time it gives an event, as wide as its words are
//! precise. Lines join the accounts of one event; where they date it differently the line is broken and coloured.

use super::axis::Axis;
use super::canvas::{Anchor, Drawing, LETTERS, SMALL, cut, measure};
use super::looks::{Look, Looks};
use super::{Picture, Wish};
use crate::events::{Account, Case, Coder, Interval, happenings};
use crate::filter::Filter;
use crate::resolve::Actors;
use crate::views::timeline::{innermost, manner, statement_of};
use crate::views::voice;
use rashomon_core::{Cell, Document, Snapshot, Statement, StatementId};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The picture.
pub const PICTURE: Picture = Picture {
    name: "timeline",
    about: "A lane for each account; a bar is as wide as the words are precise; lines join the accounts of one event, \
            broken where they date it differently",
    draw,
};

const WIDTH: f64 = 1240.0;
const LEFT: f64 = 236.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 74.0;
/// Height of a row of bars.
const ROW: f64 = 24.0;
/// Room for words beside a bar.
const WORDS: f64 = 230.0;
/// Bars drawn at most, and lanes.
const MOST: usize = 400;
const LANES: usize = 40;

/// One account's time for one event.
struct Bar<'a> {
    lane: String,
    happening: usize,
    when: String,
    interval: Interval,
    look: Look,
    voice: String,
    words: String,
    event: String,
    told_as: BTreeSet<&'static str>,
    statements: Vec<StatementId>,
    others: BTreeSet<String>,
    tellers: usize,
    documents: BTreeSet<&'a str>,
}

fn draw(snapshot: &Snapshot, actors: &Actors, filter: &Filter, wish: &Wish) -> Drawing {
    let case = Case::of(snapshot, actors, filter, &Coder::bundled());
    let looks = Looks::of(snapshot, actors);
    let columns =
        ["account", "when", "precision", "what", "event", "told as", "on the word of", "others date it", "statements"];
    let mut drawing = Drawing::new("timeline", "Timeline", &columns);
    let (mut bars, undated) = bars(snapshot, actors, &case, &looks, wish);
    let all = bars.len();
    keep_most(&mut bars);
    let finite: Vec<Interval> = bars.iter().filter_map(|b| finite(b.interval)).collect();
    let Some(axis) = Axis::new(&finite, LEFT, WIDTH - RIGHT) else {
        drawing.marks.notes.push("no account dates an event".to_owned());
        return drawing;
    };
    let mut lanes: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (n, bar) in bars.iter().enumerate() {
        lanes.entry(&bar.lane).or_default().push(n);
    }
    let mut order: Vec<(&str, Vec<usize>)> = lanes.into_iter().collect();
    order.sort_by_key(|(name, in_lane)| (in_lane.iter().filter_map(|n| bars.get(*n)).map(|b| b.interval).min(), *name));
    let placed = place(&axis, &bars, &order);
    let bottom = TOP + placed.iter().map(|l| l.height).sum::<f64>();
    (drawing.width, drawing.height) = (WIDTH, bottom + 64.0);
    let wide = if wish.by_voice { "voices" } else { "documents" };
    drawing.words = format!(
        "{} times that {} {wide} give, in lanes one above the other, from {} to {}. The table beneath says the same.",
        bars.len(),
        order.len(),
        finite.iter().map(|i| Interval::iso(i.first)).min().unwrap_or_default(),
        finite.iter().map(|i| Interval::iso(i.last)).max().unwrap_or_default()
    );
    ground(&mut drawing, &axis, &placed, &order, bottom);
    joins(&mut drawing, &bars, &placed);
    marks(&mut drawing, &bars, &placed);
    legend(&mut drawing, &bars, bottom);
    if all > bars.len() {
        let left = all - bars.len();
        drawing.marks.notes.push(format!(
            "{left} times given by fewer accounts are left out of the picture; the table has all events"
        ));
    }
    if undated > 0 {
        drawing.marks.notes.push(format!("left out: {undated} events that no account dates"));
    }
    drawing
}

fn finite(interval: Interval) -> Option<Interval> {
    match (interval.first == i64::MIN, interval.last == i64::MAX) {
        (false, false) => Some(interval),
        (true, false) => Some(Interval { first: interval.last, last: interval.last }),
        (false, true) => Some(Interval { first: interval.first, last: interval.first }),
        (true, true) => None,
    }
}

/// Every time that an account gives an event, and how many events no account dates.
fn bars<'a>(
    snapshot: &'a Snapshot,
    actors: &Actors,
    case: &'a Case,
    looks: &Looks,
    wish: &Wish,
) -> (Vec<Bar<'a>>, usize) {
    let mut all: Vec<Bar<'a>> = Vec::new();
    let mut undated = 0;
    for (number, happening) in happenings(&case.accounts, actors).iter().enumerate() {
        let accounts: Vec<&Account> = happening.accounts.iter().filter_map(|n| case.accounts.get(*n)).collect();
        let tellers = accounts.iter().map(|a| a.document).collect::<BTreeSet<_>>().len();
        let mut own: BTreeMap<(String, String, String), Bar<'a>> = BTreeMap::new();
        for account in &accounts {
            let (Some(interval), Some(when)) = (account.interval, account.when.clone()) else { continue };
            let Some((document, statement, _)) = statement_of(snapshot, account) else { continue };
            let root = innermost(statement, account);
            let voice = voice::told_by(actors, document, root);
            let lane = if wish.by_voice { voice.clone() } else { document.name().to_owned() };
            let bar = own.entry((lane.clone(), when.clone(), voice.clone())).or_insert_with(|| Bar {
                lane,
                happening: number,
                when,
                interval,
                look: looks.look(actors, document, root),
                voice,
                words: voice::one_line(&statement.text()),
                event: account.coded.as_ref().map(|c| c.code.to_string()).unwrap_or_default(),
                told_as: BTreeSet::new(),
                statements: Vec::new(),
                others: BTreeSet::new(),
                tellers,
                documents: BTreeSet::new(),
            });
            add(bar, document, statement, account);
        }
        undated += usize::from(own.is_empty());
        let whens: BTreeSet<String> = own.values().map(|b| b.when.clone()).collect();
        for mut bar in own.into_values() {
            bar.others = whens.iter().filter(|w| **w != bar.when).cloned().collect();
            all.push(bar);
        }
    }
    (all, undated)
}

fn add<'a>(bar: &mut Bar<'a>, document: &'a Document, statement: &Statement, account: &Account) {
    bar.told_as.insert(manner(statement, account));
    bar.statements.push(statement.id().clone());
    bar.documents.insert(document.name());
}

/// Keeps the lanes that tell most and the bars that most accounts tell of.
fn keep_most(bars: &mut Vec<Bar<'_>>) {
    let mut lanes: BTreeMap<String, usize> = BTreeMap::new();
    for bar in bars.iter() {
        *lanes.entry(bar.lane.clone()).or_default() += 1;
    }
    let mut order: Vec<(String, usize)> = lanes.into_iter().collect();
    order.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let kept: BTreeSet<String> = order.into_iter().take(LANES).map(|(name, _)| name).collect();
    bars.retain(|b| kept.contains(&b.lane) && finite(b.interval).is_some());
    let length = |b: &Bar<'_>| b.interval.last.saturating_sub(b.interval.first);
    bars.sort_by_cached_key(|b| {
        (Reverse((b.tellers, !b.others.is_empty())), length(b), b.interval, b.statements.clone(), b.voice.clone())
    });
    bars.truncate(MOST);
    bars.sort_by_cached_key(|b| (b.interval, b.statements.clone(), b.voice.clone()));
}

/// A lane with its bars' places: number, left and right edge, row.
struct Placed {
    top: f64,
    height: f64,
    bars: Vec<(usize, f64, f64, usize)>,
}

fn place(axis: &Axis, bars: &[Bar<'_>], lanes: &[(&str, Vec<usize>)]) -> Vec<Placed> {
    let mut top = TOP;
    let mut all = Vec::new();
    for (_, in_lane) in lanes {
        let mut rows: Vec<f64> = Vec::new();
        let mut placed = Vec::new();
        for (n, bar) in in_lane.iter().filter_map(|n| bars.get(*n).map(|b| (*n, b))) {
            let (left, right) = axis.ends(bar.interval);
            let right = right.max(left + 5.0);
            let (from, to) = reach(left, right, &bar.words);
            let row = rows.iter().position(|end| *end <= from).unwrap_or(rows.len());
            match rows.get_mut(row) {
                Some(end) => *end = to,
                None => rows.push(to),
            }
            placed.push((n, left, right, row));
        }
        let height = rows.len().max(1) as f64 * ROW + 12.0;
        all.push(Placed { top, height, bars: placed });
        top += height;
    }
    all
}

/// Where the words of a bar stand.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Beside {
    Right,
    Left,
    Inside,
}

/// To the right of the bar if there is room, else to its left, else inside it.
fn beside(left: f64, right: f64, words: &str) -> (Beside, f64) {
    let room = measure(words, SMALL).min(WORDS) + 8.0;
    match () {
        () if right + room < WIDTH => (Beside::Right, room),
        () if left - room > LEFT => (Beside::Left, room),
        () => (Beside::Inside, room),
    }
}

/// What a bar and its words take up of a row.
fn reach(left: f64, right: f64, words: &str) -> (f64, f64) {
    match beside(left, right, words) {
        (Beside::Right, room) => (left - 3.0, right + room),
        (Beside::Left, room) => (left - room - 3.0, right + 3.0),
        (Beside::Inside, _) => (left - 3.0, right + 3.0),
    }
}

fn ground(drawing: &mut Drawing, axis: &Axis, placed: &[Placed], lanes: &[(&str, Vec<usize>)], bottom: f64) {
    for (n, (lane, (name, _))) in placed.iter().zip(lanes).enumerate() {
        if n % 2 == 0 {
            drawing.rect((0.0, lane.top), (WIDTH, lane.height), "lane");
        }
        drawing.text((8.0, lane.top + 22.0), cut(name, LEFT - 44.0, LETTERS), "head", Anchor::Start);
    }
    drawing.line((LEFT, TOP), (WIDTH - RIGHT, TOP), "axis");
    for (at, words) in axis.ticks() {
        drawing.line((at, TOP - 6.0), (at, bottom), "rule");
        drawing.text((at + 3.0, TOP - 10.0), words, "small", Anchor::Start);
    }
    for at in axis.cuts() {
        let zigzag: String = (0..)
            .map(|n| TOP + f64::from(n) * 12.0)
            .take_while(|y| *y < bottom)
            .enumerate()
            .map(|(n, y)| {
                let x = if n % 2 == 0 { at - 4.0 } else { at + 4.0 };
                format!("{}{x:.1} {y:.1}", if n == 0 { "M" } else { "L" })
            })
            .collect();
        drawing.path(zigzag, "break");
        drawing.text((at, TOP - 26.0), "cut", "quiet", Anchor::Middle);
    }
}

/// Lines between the accounts of one event.
fn joins(drawing: &mut Drawing, bars: &[Bar<'_>], placed: &[Placed]) {
    let mut told: BTreeMap<usize, Vec<(f64, f64, Interval)>> = BTreeMap::new();
    for lane in placed {
        for (n, left, _, row) in &lane.bars {
            let Some(bar) = bars.get(*n) else { continue };
            let y = lane.top + 6.0 + *row as f64 * ROW + ROW / 2.0;
            told.entry(bar.happening).or_default().push((*left + 2.5, y, bar.interval));
        }
    }
    for places in told.values() {
        for pair in places.windows(2) {
            if let [(x1, y1, a), (x2, y2, b)] = pair {
                let middle = (y1 + y2) / 2.0;
                let class = if a.meets(*b) { "same" } else { "differs" };
                drawing
                    .path(format!("M{x1:.1} {y1:.1}C{x1:.1} {middle:.1} {x2:.1} {middle:.1} {x2:.1} {y2:.1}"), class);
            }
        }
    }
}

fn marks(drawing: &mut Drawing, bars: &[Bar<'_>], placed: &[Placed]) {
    for lane in placed {
        for (n, left, right, row) in &lane.bars {
            let Some(bar) = bars.get(*n) else { continue };
            mark(drawing, bar, (*left, *right), lane.top + 6.0 + *row as f64 * ROW);
        }
    }
}

fn mark(drawing: &mut Drawing, bar: &Bar<'_>, (left, right): (f64, f64), top: f64) {
    let others = bar.others.iter().cloned().collect::<Vec<_>>().join("; ");
    let told_as = bar.told_as.iter().copied().collect::<Vec<_>>().join(", ");
    let cells: Vec<Cell> = vec![
        bar.lane.as_str().into(),
        bar.when.as_str().into(),
        bar.interval.precision().into(),
        bar.words.as_str().into(),
        bar.event.as_str().into(),
        told_as.as_str().into(),
        bar.voice.as_str().into(),
        others.as_str().into(),
        bar.statements.len().into(),
    ];
    let differing = if others.is_empty() { String::new() } else { format!("; others date it {others}") };
    let label = format!("{}: {}, {told_as}, on the word of {}{differing}", bar.when, bar.words, bar.voice);
    if !drawing.begin(cells, bar.statements.clone(), label) {
        return;
    }
    let disputed = bar.told_as.contains("disputed");
    let (beside, _) = beside(left, right, &bar.words);
    let faint = if beside == Beside::Inside { " faint" } else { "" };
    let denied = if disputed { " denied" } else { "" };
    let class = format!("{}{faint}{denied}", bar.look.class());
    drawing.rect((left - 2.0, top), ((right - left).max(22.0) + 2.0, ROW), "hit");
    drawing.patterned((left, top + 5.0), (right - left, ROW - 10.0), class, bar.look.pattern());
    let base = top + ROW / 2.0 + 4.0;
    let (at, room, class, anchor) = match beside {
        Beside::Right => (right + 5.0, WORDS, "small halo", Anchor::Start),
        Beside::Left => (left - 5.0, WORDS, "small halo", Anchor::End),
        Beside::Inside => (left + 6.0, (right - left - 10.0).max(0.0), "small", Anchor::Start),
    };
    drawing.text((at, base), cut(&bar.words, room, SMALL), class, anchor);
    drawing.end();
}

fn legend(drawing: &mut Drawing, bars: &[Bar<'_>], bottom: f64) {
    let mut at = 8.0;
    let y = bottom + 26.0;
    let mut voices: BTreeMap<(Look, &str), usize> = BTreeMap::new();
    for bar in bars.iter().filter(|b| matches!(b.look, Look::Named(_))) {
        *voices.entry((bar.look, &bar.voice)).or_default() += 1;
    }
    let mut voices: Vec<_> = voices.into_iter().collect();
    voices.sort_by_key(|((look, name), count)| (Reverse(*count), *look, *name));
    at = drawing.key((at, y), "own", 0, "an author’s own word");
    at = drawing.key((at, y), "unnamed", 0, "someone unnamed");
    if voices.iter().any(|((look, _), _)| !look.is_own()) {
        at = drawing.key((at, y), "many", 0, "another named voice");
    }
    for ((look, name), _) in voices.into_iter().filter(|((look, _), _)| look.is_own()) {
        let name = cut(name, 150.0, SMALL);
        if at + 60.0 + measure(&name, SMALL) > WIDTH {
            break;
        }
        at = drawing.key((at, y), &look.class(), look.pattern(), &name);
    }
    let at = drawing.line_key((8.0, y + 24.0), "same", "one event in several accounts");
    let at = drawing.line_key((at, y + 24.0), "differs", "dated differently");
    drawing.key((at, y + 24.0), "own denied", 0, "denied or held at a distance");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::testing;

    #[test]
    fn accounts_that_date_one_event_differently_stand_side_by_side_and_are_joined() {
        let snapshot = testing::read(&[
            ("a.txt", "1921-06", "Rebels killed Governor Henry Brandt on 3 May 1921."),
            ("b.txt", "1922", "Governor Henry Brandt was assassinated on 4 May 1921 in Vienna."),
            ("c.txt", "1930", "In 1923 France and Germany signed a treaty."),
        ]);
        let Some(snapshot) = snapshot else { return };
        let actors = Actors::resolve(&snapshot);
        let drawing = draw(&snapshot, &actors, &Filter::default(), &Wish::default());
        assert_eq!(drawing.marks.rows.len(), 3, "{:#?}", drawing.marks);
        let cells: Vec<Vec<String>> =
            drawing.marks.rows.iter().map(|r| r.cells().iter().map(ToString::to_string).collect()).collect();
        assert_eq!((cells[0][0].as_str(), cells[0][7].as_str()), ("a.txt", "1921-05-04"));
        assert_eq!((cells[1][0].as_str(), cells[1][7].as_str()), ("b.txt", "1921-05-03"));
        let svg = drawing.svg(Some(&|_| "/x".to_owned()));
        assert_eq!(svg.matches("class=\"differs\"").count(), 2, "the line and its key:\n{svg}");
        assert_eq!(svg, draw(&snapshot, &actors, &Filter::default(), &Wish::default()).svg(Some(&|_| "/x".to_owned())));
        let width = |name: &str| {
            let row = svg.split(&format!("aria-label=\"{name}")).nth(1).unwrap();
            let bar = row.split("class=\"own").nth(1).unwrap();
            bar.split("width=\"").nth(1).unwrap().split('"').next().unwrap().parse::<f64>().unwrap()
        };
        assert!(width("1923") > 10.0 * width("1921-05-03"), "precision is width:\n{svg}");
    }
}
