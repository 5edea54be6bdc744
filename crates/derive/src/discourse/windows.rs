//! Windows of time that move over a debate, and how much what stands at their edges counts.
//!
//! A kernel is symmetric about the middle of the window, counts 1 there and falls to nothing at the edges: uniform 1,
//! triangular 1 - |u|, Epanechnikov 1 - u^2 (Epanechnikov 1969), Gaussian exp(-(3u)^2 / 2), that is three standard deviations
//! from the middle to the edge; u runs from -1 to 1. Nothing outside the window counts.

use crate::events::Interval;

/// Where the day that names a window stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// At its end.
    Trailing,
    /// At its beginning.
    Leading,
    /// In its middle.
    Centred,
}

/// In what the width is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Days.
    Days,
    /// Calendar months.
    Months,
    /// Calendar years.
    Years,
}

/// How much a day counts by its distance from the middle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kernel {
    /// All the same.
    Uniform,
    /// Less in proportion to the distance.
    Triangular,
    /// Less by the square of the distance.
    Epanechnikov,
    /// The normal curve.
    Gaussian,
}

impl Direction {
    /// Every direction with its name.
    pub const ALL: [(Direction, &'static str); 3] =
        [(Direction::Trailing, "trailing"), (Direction::Leading, "leading"), (Direction::Centred, "centred")];
}

impl Unit {
    /// Every unit with its name.
    pub const ALL: [(Unit, &'static str); 3] = [(Unit::Days, "days"), (Unit::Months, "months"), (Unit::Years, "years")];

    /// The day so many units later; of a month that is too short its last day.
    fn after(self, day: i64, count: i64) -> i64 {
        let months = match self {
            Unit::Days => return day.saturating_add(count),
            Unit::Months => count,
            Unit::Years => count.saturating_mul(12),
        };
        let date = Interval::iso(day);
        let mut parts = date.rsplitn(3, '-').filter_map(|p| p.parse::<i64>().ok());
        let (Some(of_month), Some(month), Some(year)) = (parts.next(), parts.next(), parts.next()) else { return day };
        let whole = year * 12 + month - 1 + months;
        let of = |whole: i64| format!("{:04}-{:02}", whole.div_euclid(12), whole.rem_euclid(12) + 1);
        Interval::of(&of(whole)).map_or(day, |month| (month.first + of_month - 1).min(month.last))
    }
}

impl Kernel {
    /// Every kernel with its name.
    pub const ALL: [(Kernel, &'static str); 4] = [
        (Kernel::Uniform, "uniform"),
        (Kernel::Triangular, "triangular"),
        (Kernel::Epanechnikov, "epanechnikov"),
        (Kernel::Gaussian, "gaussian"),
    ];

    /// From 1 in the middle (`u` = 0) down; 0 outside of -1 to 1.
    pub fn weight(self, u: f64) -> f64 {
        let far = u.abs();
        if far > 1.0 {
            return 0.0;
        }
        match self {
            Kernel::Uniform => 1.0,
            Kernel::Triangular => 1.0 - far,
            Kernel::Epanechnikov => 1.0 - far * far,
            Kernel::Gaussian => (-4.5 * far * far).exp(),
        }
    }
}

/// How windows are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moving {
    /// Where the naming day stands.
    pub direction: Direction,
    /// Width in units, at least 1.
    pub width: u32,
    /// The unit.
    pub unit: Unit,
    /// Units from one window to the next, at least 1.
    pub step: u32,
    /// How much the edges count.
    pub kernel: Kernel,
}

/// One window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The day that names it, counted from 1 January 1970.
    pub day: i64,
    /// Its first day.
    pub first: i64,
    /// Its last day.
    pub last: i64,
}

/// More windows than this are not made.
pub const MOST: usize = 10_000;

impl Moving {
    /// The window that a day names.
    pub fn around(&self, day: i64) -> Window {
        let width = i64::from(self.width.max(1));
        let (before, after) = (self.unit.after(day, -width), self.unit.after(day, width));
        match self.direction {
            Direction::Trailing => Window { day, first: before + 1, last: day },
            Direction::Leading => Window { day, first: day, last: after - 1 },
            Direction::Centred => {
                let half = (after - before) / 4;
                Window { day, first: day - half, last: day + half }
            }
        }
    }

    /// Windows named by days from the first to the last, the last of them not before the last day.
    pub fn windows(&self, first: i64, last: i64) -> Vec<Window> {
        let mut all = Vec::new();
        for n in 0..MOST {
            let steps = i64::from(self.step.max(1)).saturating_mul(n as i64);
            let day = self.unit.after(first, steps);
            all.push(self.around(day));
            if day >= last {
                break;
            }
        }
        all
    }

    /// How much something counts in a window, by the middle of its time. What is known less precisely than the window
    /// is wide counts nowhere.
    pub fn weight(&self, window: Window, when: Interval) -> f64 {
        let (length, known) = (window.last - window.first, when.last.saturating_sub(when.first));
        if known > length
            || when.first < window.first.saturating_sub(known)
            || when.last > window.last.saturating_add(known)
        {
            return 0.0;
        }
        let at = when.first as f64 + known as f64 / 2.0;
        let middle = (window.first as f64).midpoint(window.last as f64);
        let half = length as f64 / 2.0;
        // The edge lies half a day outside of the outermost days, so that these count too.
        if (at - middle).abs() > half { 0.0 } else { self.kernel.weight((at - middle) / (half + 0.5)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> i64 {
        Interval::of(text).unwrap().first
    }

    fn moving(direction: Direction, width: u32, unit: Unit, kernel: Kernel) -> Moving {
        Moving { direction, width, unit, step: 1, kernel }
    }

    #[test]
    fn kernels_are_symmetric_and_fall_from_the_middle() {
        for (kernel, name) in Kernel::ALL {
            assert_eq!(kernel.weight(0.0), 1.0, "{name}");
            let mut before = 1.0;
            for n in 0..=120 {
                let u = f64::from(n) / 100.0;
                assert_eq!(kernel.weight(u), kernel.weight(-u), "{name}");
                assert!(kernel.weight(u) <= before && (u <= 1.0 || kernel.weight(u) == 0.0), "{name}");
                before = kernel.weight(u);
            }
        }
        assert_eq!(Kernel::Triangular.weight(0.25), 0.75);
        assert_eq!(Kernel::Epanechnikov.weight(0.5), 0.75);
        assert!((Kernel::Gaussian.weight(1.0 / 3.0) - (-0.5f64).exp()).abs() < 1e-15);
    }

    #[test]
    fn a_window_weighs_its_two_halves_alike_in_every_direction_and_unit() {
        for (direction, _) in Direction::ALL {
            for (unit, _) in Unit::ALL {
                for (kernel, _) in Kernel::ALL {
                    for width in [1, 2, 5] {
                        let moving = moving(direction, width, unit, kernel);
                        let window = moving.around(day("1904-10-22"));
                        let at = |d: i64| moving.weight(window, Interval { first: d, last: d });
                        for n in 0..=(window.last - window.first) {
                            let (left, right) = (at(window.first + n), at(window.last - n));
                            assert!((left - right).abs() < 1e-12 && left > 0.0, "{direction:?} {unit:?} {kernel:?}");
                        }
                        assert_eq!((at(window.first - 1), at(window.last + 1)), (0.0, 0.0));
                    }
                }
            }
        }
    }

    #[test]
    fn windows_have_the_days_that_they_should() {
        let of = |direction, width, unit| {
            let window = moving(direction, width, unit, Kernel::Uniform).around(day("1904-03-31"));
            (Interval::iso(window.first), Interval::iso(window.last))
        };
        let told = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(of(Direction::Trailing, 7, Unit::Days), told("1904-03-25", "1904-03-31"));
        assert_eq!(of(Direction::Leading, 7, Unit::Days), told("1904-03-31", "1904-04-06"));
        assert_eq!(of(Direction::Centred, 7, Unit::Days), told("1904-03-28", "1904-04-03"));
        assert_eq!(of(Direction::Trailing, 1, Unit::Months), told("1904-03-01", "1904-03-31"));
        assert_eq!(of(Direction::Leading, 1, Unit::Years), told("1904-03-31", "1905-03-30"));
        let windows =
            moving(Direction::Trailing, 1, Unit::Months, Kernel::Uniform).windows(day("1904-01-31"), day("1904-04-15"));
        let days: Vec<String> = windows.iter().map(|w| Interval::iso(w.day)).collect();
        assert_eq!(days, ["1904-01-31", "1904-02-29", "1904-03-31", "1904-04-30"]);
    }

    #[test]
    fn what_is_known_less_precisely_than_the_window_is_wide_counts_nowhere() {
        let moving = moving(Direction::Trailing, 1, Unit::Months, Kernel::Uniform);
        let window = moving.around(day("1904-10-31"));
        let weight = |when: &str| moving.weight(window, Interval::of(when).unwrap());
        assert_eq!([weight("1904-10"), weight("1904-10-05"), weight("1904"), weight("../1930")], [1.0, 1.0, 0.0, 0.0]);
    }
}
