//! What-if runs of a map (Kosko 1986; modified: Stylios and Groumpos 2004; rescaled: Papageorgiou 2011). A state gives each
//! concept a value; a rule makes the next state out of it until the largest change is within a tolerance, or a state comes
//! again, or so many steps are done. A run is an experiment on what words imply, never a forecast.

/// How the next state is made of `Σ w a`, the sum over causes of weight times value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// a' = f(Σ w a).
    Kosko,
    /// a' = f(a + Σ w a).
    Modified,
    /// a' = f(2a - 1 + Σ w (2a - 1)).
    Rescaled,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Rule; 3] = [Rule::Kosko, Rule::Modified, Rule::Rescaled];

    /// In a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Rule::Kosko => "kosko",
            Rule::Modified => "modified",
            Rule::Rescaled => "rescaled",
        }
    }

    /// The rule of a word.
    pub fn named(word: &str) -> Option<Rule> {
        Rule::ALL.into_iter().find(|r| r.as_str() == word)
    }
}

/// The function f that keeps values in bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Squash {
    /// 1 / (1 + exp(-λx)): 0 to 1.
    Sigmoid,
    /// tanh(x): -1 to 1. λ scales x.
    Tanh,
    /// 1 above 0, else 0.
    Bivalent,
    /// The sign: -1, 0 or 1.
    Trivalent,
}

impl Squash {
    /// Every function.
    pub const ALL: [Squash; 4] = [Squash::Sigmoid, Squash::Tanh, Squash::Bivalent, Squash::Trivalent];

    /// In a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Squash::Sigmoid => "sigmoid",
            Squash::Tanh => "tanh",
            Squash::Bivalent => "bivalent",
            Squash::Trivalent => "trivalent",
        }
    }

    /// The function of a word.
    pub fn named(word: &str) -> Option<Squash> {
        Squash::ALL.into_iter().find(|s| s.as_str() == word)
    }

    /// Its value.
    pub fn of(self, x: f64, lambda: f64) -> f64 {
        match self {
            Squash::Sigmoid => 1.0 / (1.0 + (-lambda * x).exp()),
            Squash::Tanh => (lambda * x).tanh(),
            Squash::Bivalent => f64::from(u8::from(x > 0.0)),
            Squash::Trivalent if x == 0.0 => 0.0,
            Squash::Trivalent => x.signum(),
        }
    }

    /// The least value that it gives; the greatest is 1.
    pub fn least(self) -> f64 {
        match self {
            Squash::Sigmoid | Squash::Bivalent => 0.0,
            Squash::Tanh | Squash::Trivalent => -1.0,
        }
    }
}

/// How a run is done.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The rule.
    pub rule: Rule,
    /// The function.
    pub squash: Squash,
    /// λ of the function, above 0.
    pub lambda: f64,
    /// Whether concepts without causes keep their value.
    pub hold: bool,
    /// A state whose largest change is not above this is a fixed point.
    pub tolerance: f64,
    /// Steps at most.
    pub steps: usize,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { rule: Rule::Kosko, squash: Squash::Sigmoid, lambda: 1.0, hold: true, tolerance: 1e-9, steps: 1000 }
    }
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// One more step changes nothing beyond the tolerance.
    FixedPoint,
    /// The same states come again and again, after so many steps.
    Cycle(usize),
    /// Neither, within the steps that were allowed.
    None,
}

/// A run.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The last state.
    pub state: Vec<f64>,
    /// Steps done.
    pub steps: usize,
    /// The largest change of the last step.
    pub residual: f64,
    /// How it ended.
    pub end: End,
}

impl Run {
    /// How it ended, in words.
    pub fn ending(&self) -> String {
        match self.end {
            End::FixedPoint => {
                format!("fixed point after {} steps (largest last change {:.3e})", self.steps, self.residual)
            }
            End::Cycle(length) => format!(
                "no fixed point: a cycle of {length} states that come again and again, seen within {} steps (largest last change {:.3e})",
                self.steps, self.residual
            ),
            End::None => format!(
                "no end within {} steps: neither a fixed point nor a cycle (largest last change {:.3e})",
                self.steps, self.residual
            ),
        }
    }
}

/// What of a map a run needs: for each concept its causes with their weights.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Inflow(Vec<Vec<(usize, f64)>>);

impl Inflow {
    /// Of edges between so many concepts: cause, effect, weight.
    pub fn of(concepts: usize, edges: impl Iterator<Item = (usize, usize, f64)>) -> Inflow {
        let mut all = vec![Vec::new(); concepts];
        for (cause, effect, weight) in edges.filter(|(cause, _, weight)| *cause < concepts && *weight != 0.0) {
            if let Some(causes) = all.get_mut(effect) {
                causes.push((cause, weight));
            }
        }
        // Sums are taken in one order, so that they are the same to the bit.
        all.iter_mut().for_each(|causes: &mut Vec<(usize, f64)>| causes.sort_by_key(|(cause, _)| *cause));
        Inflow(all)
    }

    /// One step. `held` keeps concepts at a value whatever acts on them.
    fn step(&self, state: &[f64], settings: &Settings, held: &[Option<f64>]) -> Vec<f64> {
        let value = |n: usize| state.get(n).copied().unwrap_or_default();
        let next = |(n, causes): (usize, &Vec<(usize, f64)>)| {
            if let Some(value) = held.get(n).copied().flatten() {
                return value;
            }
            let own = value(n);
            if settings.hold && causes.is_empty() {
                return own;
            }
            let sum =
                |of: &dyn Fn(f64) -> f64| causes.iter().map(|(cause, weight)| weight * of(value(*cause))).sum::<f64>();
            let x = match settings.rule {
                Rule::Kosko => sum(&|a| a),
                Rule::Modified => own + sum(&|a| a),
                Rule::Rescaled => 2.0 * own - 1.0 + sum(&|a| 2.0 * a - 1.0),
            };
            settings.squash.of(x, settings.lambda)
        };
        self.0.iter().enumerate().map(next).collect()
    }
}

fn change(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| (x - y).abs()).fold(0.0, f64::max)
}

/// Runs a map from a state. `held` keeps concepts at a value from the beginning on (an intervention).
///
/// A cycle is found by Brent's method (1980): a state is kept and compared with all that follow, a later one after as many
/// steps again. States are taken for one if they differ by no more than a thousandth of the tolerance, and by 1e-9 at most,
/// while every step between changes more than the tolerance: a slow spiral towards a fixed point is no cycle.
pub fn run(inflow: &Inflow, start: &[f64], held: &[Option<f64>], settings: &Settings) -> Run {
    let mut state: Vec<f64> = start.to_vec();
    for (value, held) in state.iter_mut().zip(held) {
        *value = held.unwrap_or(*value);
    }
    let close = (settings.tolerance / 1000.0).min(1e-9);
    let (mut kept, mut age, mut reach) = (state.clone(), 0_usize, 1_usize);
    let mut residual = 0.0;
    for step in 1..=settings.steps {
        let next = inflow.step(&state, settings, held);
        residual = change(&next, &state);
        state = next;
        if residual <= settings.tolerance {
            return Run { state, steps: step, residual, end: End::FixedPoint };
        }
        age += 1;
        if change(&state, &kept) <= close {
            return Run { state, steps: step, residual, end: End::Cycle(age) };
        }
        if age == reach {
            kept.clone_from(&state);
            age = 0;
            reach = reach.saturating_mul(2);
        }
    }
    Run { state, steps: settings.steps, residual, end: End::None }
}

#[cfg(test)]
mod tests {
    use super::*;

    const W: [[f64; 8]; 8] = [
        [0.0, 0.0, 0.6, 0.9, 0.0, 0.0, 0.0, 0.8],
        [0.1, 0.0, 0.0, 0.0, 0.0, 0.0, 0.2, 0.5],
        [0.0, 0.7, 0.0, 0.0, 0.9, 0.0, 0.4, 0.1],
        [0.4, 0.0, 0.0, 0.0, 0.0, 0.9, 0.0, 0.0],
        [0.0, 0.0, 0.0, 0.0, 0.0, -0.9, 0.0, 0.3],
        [-0.3, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.8, 0.4, 0.9],
        [0.1, 0.0, 0.0, 0.0, 0.0, 0.1, 0.6, 0.0],
    ];
    const START: [f64; 8] = [1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];

    fn inflow(rows: &[Vec<f64>]) -> Inflow {
        let edges = rows.iter().enumerate().flat_map(|(a, row)| row.iter().enumerate().map(move |(b, w)| (a, b, *w)));
        Inflow::of(rows.len(), edges)
    }

    fn known() -> Inflow {
        inflow(&W.iter().map(|row| row.to_vec()).collect::<Vec<_>>())
    }

    fn settings(rule: Rule, squash: Squash, tolerance: f64) -> Settings {
        Settings { rule, squash, tolerance, ..Settings::default() }
    }

    #[test]
    fn the_check_values_are_met_to_seven_digits() {
        let wanted = [
            (Rule::Kosko, [0.5481291, 0.6004012, 0.5814756, 0.620872, 0.6279569, 0.6653852, 0.7617789, 0.8416584]),
            (Rule::Modified, [0.7258851, 0.7907061, 0.7694508, 0.8124733, 0.8192938, 0.8399006, 0.9099403, 0.9557739]),
        ];
        for (rule, values) in wanted {
            let run = run(&known(), &START, &[], &settings(rule, Squash::Sigmoid, 0.001));
            assert_eq!((run.steps, run.end), (6, End::FixedPoint), "{rule:?}");
            assert!(run.residual <= 0.001 && run.residual > 0.0);
            for (value, wanted) in run.state.iter().zip(values) {
                assert_eq!(format!("{value:.7}"), format!("{wanted:.7}"), "{rule:?}");
            }
        }
    }

    /// A number from -1 to 1, the same for the same `n` (a linear congruential generator, Knuth's constants).
    fn spread(n: u64) -> f64 {
        let mixed = (n ^ 0x9e37_79b9).wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (mixed >> 33) as f64 / f64::from(1_u32 << 30) - 1.0
    }

    #[test]
    fn fixed_points_stay_when_they_are_put_in_again() {
        let mut seen = 0;
        for case in 0..120_u64 {
            let n = 2 + (case % 9) as usize;
            let rows: Vec<Vec<f64>> = (0..n)
                .map(|a| {
                    (0..n)
                        .map(|b| spread(case * 1000 + (a * n + b) as u64))
                        .map(|w| if w.abs() < 0.4 { 0.0 } else { w })
                        .collect()
                })
                .collect();
            let inflow = inflow(&rows);
            for rule in Rule::ALL {
                for squash in Squash::ALL {
                    let settings = Settings { hold: case % 2 == 0, ..settings(rule, squash, 1e-9) };
                    let start: Vec<f64> = (0..n).map(|i| squash.of(spread(case + i as u64), 1.0)).collect();
                    let run = run(&inflow, &start, &[], &settings);
                    let again = inflow.step(&run.state, &settings, &[]);
                    match run.end {
                        End::FixedPoint => {
                            seen += 1;
                            // A map that shrinks distances moves no further than it did; others by their slope at most.
                            let slope = 1.0 + rows.iter().flatten().map(|w| w.abs()).sum::<f64>() * 2.0;
                            assert!(change(&again, &run.state) <= 1e-9 * slope, "{rule:?} {squash:?}");
                        }
                        End::Cycle(length) => {
                            let mut state = run.state.clone();
                            for step in 1..=length {
                                state = inflow.step(&state, &settings, &[]);
                                let back = change(&state, &run.state) <= 1e-8;
                                assert_eq!(
                                    back,
                                    step == length,
                                    "{rule:?} {squash:?}: a cycle of {length} comes back at {step}"
                                );
                            }
                        }
                        End::None => assert_eq!(run.steps, settings.steps),
                    }
                }
            }
        }
        assert!(seen > 300, "{seen}");
    }

    #[test]
    fn a_map_that_is_known_to_cycle_is_a_cycle_of_that_length() {
        // What each of a ring passes on comes back after as many steps as the ring is long; with one sign turned after twice as many.
        for n in 2..12 {
            let ring = |last: f64| {
                let mut rows = vec![vec![0.0; n]; n];
                (0..n).for_each(|i| rows[i][(i + 1) % n] = if i + 1 == n { last } else { 1.0 });
                inflow(&rows)
            };
            let mut start = vec![0.0; n];
            start[0] = 1.0;
            for squash in [Squash::Bivalent, Squash::Trivalent] {
                let run = run(&ring(1.0), &start, &[], &settings(Rule::Kosko, squash, 1e-6));
                assert_eq!(run.end, End::Cycle(n), "{squash:?}");
            }
            let turned = run(&ring(-1.0), &start, &[], &settings(Rule::Kosko, Squash::Trivalent, 1e-6));
            assert_eq!(turned.end, End::Cycle(2 * n));
        }
        // A steep sigmoid swings between two states that are no corners.
        let swing = inflow(&[vec![0.0, 1.0], vec![-1.0, 0.0]]);
        let settings = Settings { lambda: 5.0, ..settings(Rule::Kosko, Squash::Tanh, 1e-6) };
        assert_eq!(run(&swing, &[1.0, 0.5], &[], &settings).end, End::Cycle(4));
    }

    #[test]
    fn a_slow_spiral_is_no_cycle_and_no_fixed_point_before_it_is_one() {
        let spiral = inflow(&[vec![-0.999_9]]);
        let settings = Settings { steps: 200, ..settings(Rule::Kosko, Squash::Tanh, 1e-6) };
        assert_eq!(run(&spiral, &[0.05], &[], &settings).end, End::None);
    }

    #[test]
    fn what_is_held_stays_and_what_has_no_cause_stays_if_it_is_to() {
        let line = inflow(&[vec![0.0, 1.0, 0.0], vec![0.0, 0.0, -1.0], vec![0.0; 3]]);
        let free = Settings { hold: false, ..Settings::default() };
        let kept = run(&line, &[0.9, 0.0, 0.0], &[], &Settings::default());
        assert_eq!(kept.state[0], 0.9);
        assert_eq!(run(&line, &[0.9, 0.0, 0.0], &[], &free).state[0], 0.5);
        let held = run(&line, &[0.9, 0.0, 0.0], &[None, Some(0.0), None], &Settings::default());
        assert_eq!((held.state[1], held.state[2]), (0.0, 0.5));
        assert_eq!(run(&Inflow::default(), &[], &[], &free).end, End::FixedPoint);
    }
}
