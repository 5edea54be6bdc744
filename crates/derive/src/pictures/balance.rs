//! The balance over time as small multiples: one panel a pair, one bar a year, cooperation above the line and conflict
//! below it, said and done told apart by colour and pattern. All panels share one scale.

use super::canvas::{Anchor, Drawing, SMALL, cut};
use super::{Picture, Wish};
use crate::filter::Filter;
use crate::resolve::Actors;
use crate::views::balance::VIEW;
use rashomon_core::{Row, Snapshot};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The picture.
pub const PICTURE: Picture = Picture {
    name: "balance",
    about: "One panel for each pair, one bar for each year: events of cooperation above the line, of conflict below it; all panels share \
            one scale",
    draw,
};

const PANEL: (f64, f64) = (400.0, 170.0);
const GAP: f64 = 20.0;
const TOP: f64 = 12.0;
/// Panels drawn at most.
const MOST: usize = 18;
/// Years between the first and the last that are all drawn; of a longer time only those with events.
const YEARS: i64 = 40;
/// Class and pattern of each quad, in the order of the view's columns.
const QUADS: [(&str, usize, &str); 4] = [
    ("q0", 1, "verbal cooperation"),
    ("q1", 0, "material cooperation"),
    ("q2", 2, "verbal conflict"),
    ("q3", 4, "material conflict"),
];

fn draw(snapshot: &Snapshot, actors: &Actors, filter: &Filter, _: &Wish) -> Drawing {
    let table = VIEW.run(snapshot, actors, filter);
    let mut drawing = Drawing::new("balance", "Balance over time", &table.columns);
    let mut pairs: BTreeMap<(String, String), Vec<&Row>> = BTreeMap::new();
    for row in &table.rows {
        pairs.entry((VIEW.words(row, "source"), VIEW.words(row, "target"))).or_default().push(row);
    }
    let mut order: Vec<((String, String), Vec<&Row>)> = pairs.into_iter().collect();
    let events = |rows: &[&Row]| rows.iter().map(|r| VIEW.count(r, "events")).sum::<u64>();
    order.sort_by(|a, b| Reverse(events(&a.1)).cmp(&Reverse(events(&b.1))).then_with(|| a.0.cmp(&b.0)));
    let left = order.len().saturating_sub(MOST);
    order.truncate(MOST);
    let (years, all_years) = years(order.iter().flat_map(|(_, rows)| rows.iter().copied()));
    let rows_of = |rows: &Vec<&Row>| {
        rows.iter()
            .map(|r| {
                (VIEW.count(r, "verbal cooperation") + VIEW.count(r, "material cooperation"))
                    .max(VIEW.count(r, "verbal conflict") + VIEW.count(r, "material conflict"))
            })
            .max()
    };
    let most = order.iter().filter_map(|(_, rows)| rows_of(rows)).max().unwrap_or(1).max(1);
    for (n, (pair, rows)) in order.iter().enumerate() {
        let at = ((n % 3) as f64 * (PANEL.0 + GAP), TOP + (n / 3) as f64 * (PANEL.1 + GAP));
        panel(&mut drawing, pair, rows, &years, most, at);
    }
    let bottom = TOP + order.len().div_ceil(3) as f64 * (PANEL.1 + GAP);
    (drawing.width, drawing.height) = (3.0 * PANEL.0 + 2.0 * GAP, bottom + 40.0);
    drawing.words = format!("{} panels, one for each pair of actors. The table beneath says the same.", order.len());
    let mut at = 8.0;
    for (class, pattern, words) in QUADS {
        at = drawing.key((at, bottom + 16.0), class, pattern, words);
    }
    drawing.circle((at + 6.0, bottom + 12.0), 3.5, "node");
    drawing.text((at + 16.0, bottom + 16.0), "all of it goes back to one voice", "small", Anchor::Start);
    drawing.marks.notes = table.notes;
    if !all_years {
        drawing.marks.notes.push("years without events are left out of the panels".to_owned());
    }
    if left > 0 {
        drawing.marks.notes.push(format!("left out of the picture: {left} pairs with fewer events; the table has all"));
    }
    drawing
}

/// The years of the panels, those without a date last, and whether all years between are there.
fn years<'a>(rows: impl Iterator<Item = &'a Row>) -> (Vec<String>, bool) {
    let told: BTreeSet<String> = rows.map(|r| VIEW.words(r, "period")).collect();
    let dated: Vec<&String> = told.iter().filter(|y| !y.is_empty()).collect();
    let numbers: Vec<i64> = dated.iter().filter_map(|y| y.parse().ok()).collect();
    let span = numbers.iter().min().zip(numbers.iter().max()).map(|(a, b)| (*a, *b));
    let whole = numbers.len() == dated.len();
    let (mut years, all): (Vec<String>, bool) = match span.filter(|(a, b)| whole && b - a <= YEARS) {
        Some((first, last)) => ((first..=last).map(|y| format!("{y:04}")).collect(), true),
        None => (dated.into_iter().cloned().collect(), numbers.len() < 2),
    };
    if told.contains("") {
        years.push(String::new());
    }
    (years, all)
}

fn panel(drawing: &mut Drawing, pair: &(String, String), rows: &[&Row], years: &[String], most: u64, at: (f64, f64)) {
    let (x, y) = at;
    let words = format!("{} → {}", cut(&pair.0, 165.0, SMALL), cut(&pair.1, 165.0, SMALL));
    drawing.text((x + 6.0, y + 16.0), words, "head", Anchor::Start);
    let (top, half) = (y + 26.0, (PANEL.1 - 26.0 - 18.0) / 2.0);
    let middle = top + half;
    drawing.line((x + 6.0, middle), (x + PANEL.0 - 6.0, middle), "axis");
    let step = (PANEL.0 - 12.0) / years.len().max(1) as f64;
    let unit = (half - 4.0) / most as f64;
    let mut end = f64::NEG_INFINITY;
    // The last place is kept for what no account dates.
    let undated = years.last().is_some_and(String::is_empty);
    let edge = x + PANEL.0 - 2.0 - if undated { super::canvas::measure("undated", SMALL) + 8.0 } else { 0.0 };
    if undated {
        let at = x + 6.0 + years.len().saturating_sub(1) as f64 * step;
        drawing.line((at, top), (at, y + PANEL.1 - 14.0), "rule");
    }
    for (n, year) in years.iter().enumerate() {
        let left = x + 6.0 + n as f64 * step;
        let name = if year.is_empty() { "undated" } else { year };
        let width = super::canvas::measure(name, SMALL);
        let from = (left + step / 2.0 - width / 2.0).clamp(x + 2.0, x + PANEL.0 - width - 2.0);
        if year.is_empty() || (from > end + 6.0 && from + width <= edge) {
            drawing.text((from, y + PANEL.1 - 2.0), name, "quiet", Anchor::Start);
            end = from + width;
        }
        for row in rows.iter().filter(|r| VIEW.words(r, "period") == *year) {
            bar(drawing, row, (left, middle), step, unit, half);
        }
    }
}

fn bar(drawing: &mut Drawing, row: &Row, (left, middle): (f64, f64), step: f64, unit: f64, half: f64) {
    let quads = QUADS.map(|(_, _, column)| VIEW.count(row, column));
    let told: Vec<String> =
        quads.iter().zip(QUADS).filter(|(n, _)| **n > 0).map(|(n, (_, _, words))| format!("{n} {words}")).collect();
    let year = VIEW.words(row, "period");
    let note =
        if VIEW.words(row, "note").is_empty() { String::new() } else { format!("; {}", VIEW.words(row, "note")) };
    let year = if year.is_empty() { "undated".to_owned() } else { year };
    let label =
        format!("{} → {}, {year}: {}{note}", VIEW.words(row, "source"), VIEW.words(row, "target"), told.join(", "));
    if !drawing.begin(row.cells().to_vec(), row.statements().to_vec(), label) {
        return;
    }
    let width = (step * 0.7).clamp(2.0, 34.0);
    let from = left + (step - width) / 2.0;
    drawing.rect((left, middle - half), (step.max(6.0), 2.0 * half), "hit");
    let (mut up, mut down) = (middle, middle);
    for (count, (class, pattern, _)) in quads.iter().zip(QUADS) {
        let height = *count as f64 * unit;
        if *count == 0 {
            continue;
        }
        if class < "q2" {
            up -= height;
            drawing.patterned((from, up), (width, height), class, pattern);
        } else {
            drawing.patterned((from, down), (width, height), class, pattern);
            down += height;
        }
    }
    if !note.is_empty() {
        drawing.circle((left + step / 2.0, up - 6.0), 3.5, "node");
    }
    drawing.end();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::testing;

    #[test]
    fn conflict_hangs_below_the_line_and_each_bar_has_its_year() {
        let snapshot = testing::read(&[
            ("a.txt", "1936", "Italy attacked Ethiopia on 3 October 1935. France condemned Italy in 1935."),
            ("b.txt", "1940", "Italy invaded Ethiopia on 3 October 1935. Italy supplied Ethiopia with wheat in 1931."),
        ]);
        let Some(snapshot) = snapshot else { return };
        let drawing = draw(&snapshot, &Actors::resolve(&snapshot), &Filter::default(), &Wish::default());
        let svg = drawing.svg(Some(&|_| "/x".to_owned()));
        assert!(svg.contains("aria-label=\"Italy → Ethiopia, 1935: 1 material conflict\""), "{svg}");
        assert!(svg.contains("class=\"q3\"") && svg.contains(">1931</text>"), "{svg}");
    }

    #[test]
    fn a_long_time_shows_only_years_with_events_and_says_so() {
        let row = |year: &str| {
            let cells = vec!["a".into(), "b".into(), rashomon_core::Cell::maybe((!year.is_empty()).then_some(year))];
            Row::new(cells, vec![rashomon_core::StatementId::short_of(year.as_bytes())]).unwrap()
        };
        let rows: Vec<Row> = ["1701", "1904", ""].iter().map(|y| row(y)).collect();
        let (told, all) = years(rows.iter());
        assert_eq!((told, all), (vec!["1701".to_owned(), "1904".to_owned(), String::new()], false));
        let rows: Vec<Row> = ["1901", "1904"].iter().map(|y| row(y)).collect();
        assert_eq!(years(rows.iter()).0.len(), 4);
    }
}
