//! Days along a line: stretches that hold something are drawn to one scale, long empty ones between them are cut out and
//! the cut is drawn, so that a precision stays a width even where one account speaks of another century.

use crate::events::Interval;

/// A stretch of days without a cut, and where it is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Stretch {
    first: i64,
    last: i64,
    left: f64,
}

/// Days along a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    stretches: Vec<Stretch>,
    /// Pixels a day.
    scale: f64,
    right: f64,
}

/// An empty stretch is cut out if it is longer than this share of all that would be drawn with it.
const EMPTY: f64 = 0.5;
/// Pixels of a cut.
const CUT: f64 = 34.0;

impl Axis {
    /// Of intervals without open ends, between two places. `None` without intervals.
    pub fn new(intervals: &[Interval], left: f64, right: f64) -> Option<Axis> {
        let mut sorted = intervals.to_vec();
        sorted.sort_unstable();
        let mut stretches: Vec<(i64, i64)> = Vec::new();
        for interval in sorted {
            match stretches.last_mut() {
                Some((_, last)) if interval.first <= last.saturating_add(1) => *last = (*last).max(interval.last),
                _ => stretches.push((interval.first, interval.last)),
            }
        }
        let (first, last) = (stretches.first()?.0, stretches.last()?.1);
        let mut drawn = last.saturating_sub(first).saturating_add(1);
        let mut gaps: Vec<(i64, usize)> = stretches
            .windows(2)
            .enumerate()
            .filter_map(|(n, pair)| match pair {
                [a, b] => Some((b.0.saturating_sub(a.1) - 1, n)),
                _ => None,
            })
            .collect();
        gaps.sort_by_key(|(length, n)| (std::cmp::Reverse(*length), *n));
        let mut cuts: Vec<usize> = Vec::new();
        for (length, n) in gaps {
            if (length as f64) <= EMPTY * drawn as f64 {
                break;
            }
            drawn -= length;
            cuts.push(n);
        }
        let room = right - left - CUT * cuts.len() as f64;
        let scale = room.max(1.0) / drawn.max(1) as f64;
        let mut joined: Vec<Stretch> = Vec::new();
        let mut at = left;
        for (n, (first, last)) in stretches.iter().enumerate() {
            match joined.last_mut().filter(|_| n == 0 || !cuts.contains(&(n - 1))) {
                Some(open) => open.last = *last,
                None => {
                    if let Some(before) = joined.last() {
                        at = before.left + days(before.first, before.last) * scale + CUT;
                    }
                    joined.push(Stretch { first: *first, last: *last, left: at });
                }
            }
        }
        Some(Axis { stretches: joined, scale, right })
    }

    /// Where a day begins. Days in a cut are drawn at its edge.
    pub fn place(&self, day: i64) -> f64 {
        let mut at = self.stretches.first().map_or(0.0, |s| s.left);
        for stretch in self.stretches.iter().take_while(|s| s.first <= day) {
            at = stretch.left + days(stretch.first, day.min(stretch.last + 1) - 1) * self.scale;
        }
        at.min(self.right)
    }

    /// Where an interval begins and ends; an open end reaches the edge.
    pub fn ends(&self, interval: Interval) -> (f64, f64) {
        let left = if interval.first == i64::MIN { self.left() } else { self.place(interval.first) };
        let right = if interval.last == i64::MAX { self.right } else { self.place(interval.last.saturating_add(1)) };
        (left, right.max(left))
    }

    /// The middles of the cuts.
    pub fn cuts(&self) -> Vec<f64> {
        self.stretches.iter().skip(1).map(|s| s.left - CUT / 2.0).collect()
    }

    /// Where it begins.
    pub fn left(&self) -> f64 {
        self.stretches.first().map_or(0.0, |s| s.left)
    }

    /// Marks along it, each with its words: years, months or days, as there is room.
    pub fn ticks(&self) -> Vec<(f64, String)> {
        let mut all: Vec<(f64, String)> = Vec::new();
        for stretch in &self.stretches {
            let mut ticks = self.ticks_of(stretch);
            ticks.retain(|(at, _)| *at >= stretch.left - 0.5);
            if ticks.is_empty() {
                ticks.push((stretch.left, Interval::iso(stretch.first)));
            }
            all.extend(ticks);
        }
        let mut kept: Vec<(f64, String)> = Vec::new();
        for (at, words) in all {
            let end = kept.last().map_or(f64::NEG_INFINITY, |(before, text)| {
                before + super::canvas::measure(text, super::canvas::SMALL) + 10.0
            });
            if at >= end {
                kept.push((at, words));
            }
        }
        kept
    }

    fn ticks_of(&self, stretch: &Stretch) -> Vec<(f64, String)> {
        let year = |day: i64| Interval::iso(day).get(..4).and_then(|y| y.parse::<i64>().ok()).unwrap_or(0);
        let day_of = |text: String| Interval::of(&text).map(|i| i.first);
        if self.scale * 30.0 >= 70.0 {
            let step = if self.scale >= 80.0 { 1 } else { (80.0 / self.scale).ceil() as i64 };
            let days = (0..).map(|n| stretch.first + n * step).take_while(|d| *d <= stretch.last);
            return days.map(|d| (self.place(d), Interval::iso(d))).collect();
        }
        let (from, to) = (year(stretch.first), year(stretch.last));
        if self.scale * 365.0 >= 160.0 {
            let months = (from..=to).flat_map(|y| (1..=12).map(move |m| format!("{y:04}-{m:02}")));
            let placed = months.filter_map(|m| day_of(m.clone()).map(|d| (d, m)));
            let inside = placed.filter(|(d, _)| (stretch.first..=stretch.last).contains(d));
            return inside.map(|(d, m)| (self.place(d), m)).collect();
        }
        let step = [1, 2, 5, 10, 20, 50, 100, 200, 500].into_iter().find(|s| self.scale * 365.0 * *s as f64 >= 60.0);
        let step = step.unwrap_or(1000);
        let years = (from..=to).filter(|y| y.rem_euclid(step) == 0 || stretch.last - stretch.first < 366 * step);
        let placed = years.filter_map(|y| day_of(format!("{y:04}")).map(|d| (d, format!("{y:04}"))));
        let inside = placed.filter(|(d, _)| (stretch.first..=stretch.last).contains(d));
        inside.map(|(d, y)| (self.place(d), y)).collect()
    }
}

fn days(first: i64, last: i64) -> f64 {
    last.saturating_sub(first).saturating_add(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(dates: &[&str]) -> Axis {
        let all: Vec<Interval> = dates.iter().map(|d| Interval::of(d).unwrap()).collect();
        Axis::new(&all, 100.0, 1100.0).unwrap()
    }

    #[test]
    fn a_century_of_silence_is_cut_and_what_is_told_keeps_one_scale() {
        let axis = of(&["1812-06-24", "1904-10-21", "1904-10-22", "1904-11"]);
        assert_eq!(axis.cuts().len(), 1);
        let width = |date: &str| {
            let (left, right) = axis.ends(Interval::of(date).unwrap());
            right - left
        };
        assert!((width("1904-11") / width("1904-10-21") - 30.0).abs() < 0.01);
        assert!(axis.ends(Interval::of("1904-11").unwrap()).1 <= 1100.1);
        assert!(axis.place(Interval::of("1812-06-24").unwrap().first) >= 100.0);
    }

    #[test]
    fn ticks_stand_apart_and_tell_the_unit_that_there_is_room_for() {
        for (dates, wanted) in [
            (vec!["1904-10-21", "1904-10-22", "1904-10-25"], "1904-10-21"),
            (vec!["1904-01-01/1905-12-31"], "1904-03"),
            (vec!["1850", "1900", "1875", "1860/1890"], "1860"),
        ] {
            let ticks = of(&dates).ticks();
            assert!(ticks.iter().any(|(_, t)| t == wanted), "{ticks:?}");
            assert!(ticks.windows(2).all(|w| w[0].0 + 20.0 < w[1].0), "{ticks:?}");
        }
        assert!(Axis::new(&[], 0.0, 1.0).is_none());
    }
}
