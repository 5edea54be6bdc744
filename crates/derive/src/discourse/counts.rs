//! Who agrees and disagrees with what, counted, and the matrices made of the counts (Leifeld 2016, *Policy Debates as
//! Dynamic Networks*; 2017, *Oxford Handbook of Political Networks*, ch. 12).
//!
//! x(i,k,+) and x(i,k,-) are the numbers of statements in which actor i agrees or disagrees with concept k, weighted
//! where a kernel weights them. A matrix of concepts is the same with rows and columns exchanged.

use super::code::{Code, Side};

/// What a number between two voices, two concepts, or a voice and a concept tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// How often, whichever side: two-mode x(+) + x(-), one-mode the product of these summed over what is shared.
    Ignore,
    /// Two-mode x(+) - x(-); one-mode congruence less conflict.
    Subtract,
    /// One-mode: on the same side.
    Congruence,
    /// One-mode: on opposite sides.
    Conflict,
}

impl Measure {
    /// Every measure with its name.
    pub const ALL: [(Measure, &'static str); 4] = [
        (Measure::Ignore, "ignore"),
        (Measure::Subtract, "subtract"),
        (Measure::Congruence, "congruence"),
        (Measure::Conflict, "conflict"),
    ];
}

/// By what a number is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Normalisation {
    /// By nothing.
    None,
    /// Two-mode: by all statements of the row.
    Activity,
    /// Two-mode: by all statements of the column.
    Prominence,
    /// One-mode: by the mean of both ends' statements, (n_i + n_j) / 2.
    Average,
    /// One-mode: by what only one of both says and the congruence (Leifeld 2017; of counts 0 and 1 the coefficient of
    /// Jaccard 1901).
    Jaccard,
    /// One-mode: by the product of the lengths of both profiles, so that the congruence of a profile with one just like
    /// it is 1. Profiles are x(i,k,+) and x(i,k,-); of `ignore` x(i,k,+) + x(i,k,-).
    Cosine,
}

impl Normalisation {
    /// Every normalisation with its name.
    pub const ALL: [(Normalisation, &'static str); 6] = [
        (Normalisation::None, "none"),
        (Normalisation::Activity, "activity"),
        (Normalisation::Prominence, "prominence"),
        (Normalisation::Average, "average"),
        (Normalisation::Jaccard, "jaccard"),
        (Normalisation::Cosine, "cosine"),
    ];
}

/// One actor's word on one concept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Count {
    /// Place of the concept.
    pub concept: usize,
    /// Agreement.
    pub plus: f64,
    /// Disagreement.
    pub minus: f64,
}

impl Count {
    fn total(self) -> f64 {
        self.plus + self.minus
    }
}

/// The counts of all actors.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counts {
    /// For each actor its concepts in order of place.
    rows: Vec<Vec<Count>>,
    concepts: usize,
}

/// Numbers between rows and columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    /// Rows.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// Row by row.
    pub values: Vec<f64>,
}

impl Matrix {
    fn zero(rows: usize, columns: usize) -> Matrix {
        Matrix { rows, columns, values: vec![0.0; rows * columns] }
    }

    /// The number at a place; 0 outside.
    pub fn at(&self, row: usize, column: usize) -> f64 {
        if column < self.columns { self.values.get(row * self.columns + column).copied().unwrap_or(0.0) } else { 0.0 }
    }

    fn add(&mut self, row: usize, column: usize, value: f64) {
        if let Some(place) = self.values.get_mut(row * self.columns + column) {
            *place += value;
        }
    }

    /// Row by row.
    pub fn lines(&self) -> impl Iterator<Item = &[f64]> {
        self.values.chunks(self.columns.max(1))
    }
}

/// Congruence and conflict between all of one mode, divided in the same way.
#[derive(Debug, Clone, PartialEq)]
pub struct Signed {
    /// On the same side.
    pub congruence: Matrix,
    /// On opposite sides.
    pub conflict: Matrix,
}

impl Counts {
    /// Of codes, each with its weight; codes of weight 0 do not count.
    pub fn of<'a>(codes: impl IntoIterator<Item = (&'a Code, f64)>, actors: usize, concepts: usize) -> Counts {
        let mut rows: Vec<Vec<Count>> = vec![Vec::new(); actors];
        for (code, weight) in codes {
            if weight == 0.0 || code.concept >= concepts {
                continue;
            }
            let (plus, minus) = match code.side {
                Side::Agree => (weight, 0.0),
                Side::Disagree => (0.0, weight),
            };
            if let Some(row) = rows.get_mut(code.actor) {
                row.push(Count { concept: code.concept, plus, minus });
            }
        }
        for row in &mut rows {
            // Stable, so that sums of weights come out the same whatever else is in the row.
            row.sort_by_key(|c| c.concept);
            row.dedup_by(|next, kept| {
                let same = next.concept == kept.concept;
                if same {
                    kept.plus += next.plus;
                    kept.minus += next.minus;
                }
                same
            });
        }
        Counts { rows, concepts }
    }

    /// Number of actors.
    pub fn actors(&self) -> usize {
        self.rows.len()
    }

    /// Number of concepts.
    pub fn concepts(&self) -> usize {
        self.concepts
    }

    /// An actor's counts.
    pub fn row(&self, actor: usize) -> &[Count] {
        self.rows.get(actor).map_or(&[], Vec::as_slice)
    }

    /// With concepts for actors and actors for concepts.
    pub fn turned(&self) -> Counts {
        let mut rows: Vec<Vec<Count>> = vec![Vec::new(); self.concepts];
        for (actor, row) in self.rows.iter().enumerate() {
            for count in row {
                if let Some(place) = rows.get_mut(count.concept) {
                    place.push(Count { concept: actor, ..*count });
                }
            }
        }
        Counts { rows, concepts: self.rows.len() }
    }

    /// Only some concepts; the places stay.
    pub fn only(&self, kept: &dyn Fn(usize) -> bool) -> Counts {
        let rows = self.rows.iter().map(|row| row.iter().copied().filter(|c| kept(c.concept)).collect()).collect();
        Counts { rows, concepts: self.concepts }
    }

    /// Only some actors, in that order.
    pub fn of_actors(&self, actors: &[usize]) -> Counts {
        Counts { rows: actors.iter().map(|a| self.row(*a).to_vec()).collect(), concepts: self.concepts }
    }

    /// Actors by concepts: `ignore` or `subtract` (congruence and conflict are of one mode; they count as `ignore` here).
    pub fn two_mode(&self, measure: Measure, normalisation: Normalisation) -> Matrix {
        let mut matrix = Matrix::zero(self.rows.len(), self.concepts);
        let (activity, prominence) = (self.activity(), self.turned().activity());
        for (actor, row) in self.rows.iter().enumerate() {
            for count in row {
                let value = if measure == Measure::Subtract { count.plus - count.minus } else { count.total() };
                let by = self.divisor(normalisation, &activity, &prominence, actor, count.concept);
                matrix.add(actor, count.concept, value / by);
            }
        }
        matrix
    }

    /// Actors by concepts, each concept twice: agreement, then disagreement.
    pub fn stacked(&self, normalisation: Normalisation) -> Matrix {
        let mut matrix = Matrix::zero(self.rows.len(), self.concepts * 2);
        let (activity, prominence) = (self.activity(), self.turned().activity());
        for (actor, row) in self.rows.iter().enumerate() {
            for count in row {
                let by = self.divisor(normalisation, &activity, &prominence, actor, count.concept);
                matrix.add(actor, count.concept * 2, count.plus / by);
                matrix.add(actor, count.concept * 2 + 1, count.minus / by);
            }
        }
        matrix
    }

    fn divisor(&self, by: Normalisation, activity: &[f64], prominence: &[f64], row: usize, column: usize) -> f64 {
        let found = match by {
            Normalisation::Activity => activity.get(row),
            Normalisation::Prominence => prominence.get(column),
            _ => None,
        };
        found.copied().filter(|sum| *sum > 0.0).unwrap_or(1.0)
    }

    /// All that each row says.
    pub fn activity(&self) -> Vec<f64> {
        self.rows.iter().map(|row| row.iter().map(|c| c.total()).sum()).collect()
    }

    /// Actors by actors. The diagonal is empty.
    pub fn one_mode(&self, measure: Measure, normalisation: Normalisation) -> Matrix {
        let pairs = self.pairs(measure);
        self.divided(pairs, measure, normalisation)
    }

    /// Congruence and conflict of actors at once.
    pub fn signed(&self, normalisation: Normalisation) -> Signed {
        let of = |measure| self.one_mode(measure, normalisation);
        Signed { congruence: of(Measure::Congruence), conflict: of(Measure::Conflict) }
    }

    /// What is shared, summed over concepts: each concept's actors against each other, so that only what is there costs.
    fn pairs(&self, measure: Measure) -> Matrix {
        let n = self.rows.len();
        let mut matrix = Matrix::zero(n, n);
        for column in &self.turned().rows {
            for (place, a) in column.iter().enumerate() {
                for b in column.iter().skip(place + 1) {
                    let value = shared(measure, *a, *b);
                    if value != 0.0 {
                        matrix.add(a.concept, b.concept, value);
                    }
                }
            }
        }
        matrix
    }

    /// Divides what stands above the diagonal and copies it below.
    fn divided(&self, mut pairs: Matrix, measure: Measure, by: Normalisation) -> Matrix {
        let n = self.rows.len();
        let activity = self.activity();
        let lengths: Vec<f64> = self.rows.iter().map(|row| length(row, measure)).collect();
        let overlap = (by == Normalisation::Jaccard).then(|| Overlap::of(self));
        for i in 0..n {
            for j in i + 1..n {
                let value = pairs.at(i, j);
                if value == 0.0 {
                    continue;
                }
                let two = |all: &[f64]| (all.get(i).copied().unwrap_or(0.0), all.get(j).copied().unwrap_or(0.0));
                let divisor = match by {
                    Normalisation::Average => two(&activity).0.midpoint(two(&activity).1),
                    Normalisation::Cosine => two(&lengths).0 * two(&lengths).1,
                    Normalisation::Jaccard => overlap.as_ref().map_or(1.0, |o| o.divisor(i, j)),
                    Normalisation::None | Normalisation::Activity | Normalisation::Prominence => 1.0,
                };
                let value = if divisor > 0.0 { value / divisor } else { 0.0 };
                if let Some(place) = pairs.values.get_mut(i * n + j) {
                    *place = value;
                }
                if let Some(place) = pairs.values.get_mut(j * n + i) {
                    *place = value;
                }
            }
        }
        pairs
    }
}

fn shared(measure: Measure, a: Count, b: Count) -> f64 {
    match measure {
        Measure::Ignore => a.total() * b.total(),
        Measure::Congruence => a.plus * b.plus + a.minus * b.minus,
        Measure::Conflict => a.plus * b.minus + a.minus * b.plus,
        Measure::Subtract => (a.plus - a.minus) * (b.plus - b.minus),
    }
}

fn length(row: &[Count], measure: Measure) -> f64 {
    let square = |c: &Count| match measure {
        Measure::Ignore => c.total() * c.total(),
        _ => c.plus * c.plus + c.minus * c.minus,
    };
    row.iter().map(square).sum::<f64>().sqrt()
}

/// What the divisor of Jaccard needs: what i says on sides on which j is silent, and the other way round.
struct Overlap {
    /// Of i where j says something on that side too: not symmetric.
    both: Matrix,
    congruence: Matrix,
    activity: Vec<f64>,
}

impl Overlap {
    fn of(counts: &Counts) -> Overlap {
        let n = counts.rows.len();
        let mut both = Matrix::zero(n, n);
        for column in &counts.turned().rows {
            for a in column {
                for b in column.iter().filter(|b| b.concept != a.concept) {
                    let plus = if b.plus > 0.0 { a.plus } else { 0.0 };
                    let minus = if b.minus > 0.0 { a.minus } else { 0.0 };
                    both.add(a.concept, b.concept, plus + minus);
                }
            }
        }
        Overlap { both, congruence: counts.pairs(Measure::Congruence), activity: counts.activity() }
    }

    fn divisor(&self, i: usize, j: usize) -> f64 {
        let alone = |i: usize, j: usize| self.activity.get(i).copied().unwrap_or(0.0) - self.both.at(i, j);
        let (low, high) = (i.min(j), i.max(j));
        alone(i, j) + alone(j, i) + self.congruence.at(low, high)
    }
}

#[cfg(test)]
pub(super) mod testing {
    use super::*;

    /// Counts from rows of (plus, minus).
    pub(crate) fn counts(rows: &[&[(u32, u32)]]) -> Counts {
        let row = |row: &&[(u32, u32)]| {
            let all = row.iter().enumerate().filter(|(_, c)| **c != (0, 0));
            all.map(|(concept, (p, m))| Count { concept, plus: f64::from(*p), minus: f64::from(*m) }).collect()
        };
        Counts { rows: rows.iter().map(row).collect(), concepts: rows.first().map_or(0, |r| r.len()) }
    }

    /// A number below `below`, the same for the same state (xorshift64*, Vigna 2016).
    pub(crate) fn next(state: &mut u64, below: u64) -> u64 {
        *state ^= *state >> 12;
        *state ^= *state << 25;
        *state ^= *state >> 27;
        (state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % below
    }

    /// Made-up counts.
    pub(crate) fn made(state: &mut u64, actors: usize, concepts: usize) -> Counts {
        let rows: Vec<Vec<(u32, u32)>> = (0..actors)
            .map(|_| {
                let cell = |state: &mut u64| {
                    (next(state, 4).saturating_sub(1) as u32, next(state, 4).saturating_sub(1) as u32)
                };
                (0..concepts).map(|_| cell(state)).collect()
            })
            .collect();
        counts(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{counts, made};
    use super::*;

    /// Two actors on three concepts, by hand.
    fn small() -> Counts {
        counts(&[&[(2, 1), (0, 3), (1, 0)], &[(1, 0), (2, 1), (0, 0)]])
    }

    #[test]
    fn measures_are_those_worked_out_by_hand() {
        let of = |measure| small().one_mode(measure, Normalisation::None).at(0, 1);
        assert_eq!([of(Measure::Congruence), of(Measure::Conflict)], [5.0, 7.0]);
        assert_eq!([of(Measure::Ignore), of(Measure::Subtract)], [12.0, -2.0]);
        let two = |measure, by| small().two_mode(measure, by).values;
        assert_eq!(two(Measure::Ignore, Normalisation::None), [3.0, 3.0, 1.0, 1.0, 3.0, 0.0]);
        assert_eq!(two(Measure::Subtract, Normalisation::None), [1.0, -3.0, 1.0, 1.0, 1.0, 0.0]);
        assert_eq!(two(Measure::Ignore, Normalisation::Activity)[..3], [3.0 / 7.0, 3.0 / 7.0, 1.0 / 7.0]);
        assert_eq!(two(Measure::Ignore, Normalisation::Prominence)[..3], [0.75, 0.5, 1.0]);
        let stacked = small().stacked(Normalisation::None);
        assert_eq!((stacked.columns, &stacked.values[..6]), (6, &[2.0, 1.0, 0.0, 3.0, 1.0, 0.0][..]));
    }

    #[test]
    fn normalisations_are_those_worked_out_by_hand() {
        let of = |by| small().one_mode(Measure::Congruence, by).at(1, 0);
        assert!((of(Normalisation::Average) - 5.0 / 5.5).abs() < 1e-12);
        // Alone: of the first 1 (disagrees with the first) + 1 (third); of the second 2 (agrees with the second).
        assert!((of(Normalisation::Jaccard) - 5.0 / (2.0 + 2.0 + 5.0)).abs() < 1e-12);
        let cosine = 5.0 / (f64::sqrt(4.0 + 1.0 + 9.0 + 1.0) * f64::sqrt(1.0 + 4.0 + 1.0));
        assert!((of(Normalisation::Cosine) - cosine).abs() < 1e-12);
    }

    #[test]
    fn a_profile_like_another_has_cosine_one_and_no_cosine_is_above() {
        let twice = counts(&[&[(2, 1), (0, 3)], &[(4, 2), (0, 6)], &[(1, 2), (3, 0)]]);
        let of = |measure| twice.one_mode(measure, Normalisation::Cosine);
        assert!((of(Measure::Congruence).at(0, 1) - 1.0).abs() < 1e-12);
        assert!((of(Measure::Ignore).at(0, 1) - 1.0).abs() < 1e-12);
        assert!((of(Measure::Conflict).at(0, 2) - 1.0).abs() < 1e-12, "the same profile with the sides exchanged");
        let mut state = 11;
        for _ in 0..50 {
            let counts = made(&mut state, 6, 5);
            for (measure, _) in Measure::ALL {
                let matrix = counts.one_mode(measure, Normalisation::Cosine);
                assert!(matrix.values.iter().all(|v| v.abs() <= 1.0 + 1e-12));
            }
        }
    }

    #[test]
    fn one_mode_is_symmetric_and_subtract_is_the_difference_in_every_normalisation() {
        let mut state = 5;
        for _ in 0..40 {
            let counts = made(&mut state, 7, 6);
            for counts in [counts.turned(), counts] {
                let n = counts.actors();
                for (by, _) in Normalisation::ALL {
                    let Signed { congruence, conflict } = counts.signed(by);
                    let (ignore, subtract) =
                        (counts.one_mode(Measure::Ignore, by), counts.one_mode(Measure::Subtract, by));
                    for i in 0..n {
                        for j in 0..n {
                            let (same, other) = (congruence.at(i, j), conflict.at(i, j));
                            assert_eq!(same, congruence.at(j, i));
                            assert_eq!(ignore.at(i, j), ignore.at(j, i));
                            assert!((same - other - subtract.at(i, j)).abs() < 1e-9);
                            let whole =
                                matches!(by, Normalisation::Cosine) || (same + other - ignore.at(i, j)).abs() < 1e-9;
                            assert!(whole, "{by:?}");
                            assert!(i != j || same == 0.0);
                        }
                    }
                }
            }
        }
    }
}
