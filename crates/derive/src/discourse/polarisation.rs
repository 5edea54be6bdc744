//! The split of a debate into two camps with least frustration: the weight of conflict inside the camps and of congruence
//! across them, over all congruence and conflict (line index of balance: Harary 1959; Aref and Wilson 2018). Up to
//! [`EXACT`] actors every split is tried; of more, a deterministic local search is, from several beginnings, and says so.

use super::counts::{Matrix, Signed};

/// So many actors are split exactly.
pub const EXACT: usize = 20;

/// Two camps.
#[derive(Debug, Clone, PartialEq)]
pub struct Split {
    /// For each actor its camp, the first actor's being 0; `None` for who shares nothing with anybody.
    pub camps: Vec<Option<u8>>,
    /// From 0 (everybody agrees inside, disagrees across) to 1; `None` where nobody shares anything.
    pub frustration: Option<f64>,
    /// Whether no split is better.
    pub exact: bool,
    /// Parts that share nothing with each other: which camp of one goes with which of another is not told.
    pub parts: usize,
    /// Whether another split of the same frustration was met.
    pub tied: bool,
}

/// The best split of some actors.
pub fn split(signed: &Signed) -> Split {
    let Signed { congruence, conflict } = signed;
    let n = congruence.rows;
    let total: f64 = congruence.values.iter().chain(&conflict.values).sum::<f64>() / 2.0;
    let joined: Vec<usize> =
        (0..n).filter(|i| (0..n).any(|j| congruence.at(*i, j) + conflict.at(*i, j) > 0.0)).collect();
    if joined.is_empty() || total <= 0.0 {
        return Split { camps: vec![None; n], frustration: None, exact: true, parts: 0, tied: false };
    }
    let ties = Ties::of(congruence, conflict, &joined);
    let exact = joined.len() <= EXACT;
    let (camps, tied) = if exact { try_all(&ties) } else { (search(&ties), false) };
    let frustrated = ties.frustrated(&camps);
    // The first actor's camp is the first.
    let turned = camps.first().copied().unwrap_or(false);
    let mut all = vec![None; n];
    for (place, actor) in joined.iter().enumerate() {
        if let (Some(slot), Some(camp)) = (all.get_mut(*actor), camps.get(place)) {
            *slot = Some(u8::from(*camp != turned));
        }
    }
    Split { camps: all, frustration: Some(frustrated / total), exact, parts: ties.parts(), tied }
}

/// The frustration of any split; `None` where nobody shares anything.
pub fn frustration(signed: &Signed, camps: &[Option<u8>]) -> Option<f64> {
    let n = signed.congruence.rows;
    let (mut bad, mut total) = (0.0, 0.0);
    for i in 0..n {
        for j in i + 1..n {
            let (same, other) = (signed.congruence.at(i, j), signed.conflict.at(i, j));
            total += same + other;
            bad += if camps.get(i) == camps.get(j) { other } else { same };
        }
    }
    (total > 0.0).then(|| bad / total)
}

/// Congruence less conflict among those who share something, and the constant part of the frustration. Of a large debate
/// most pairs share nothing: only what is there is kept.
struct Ties {
    n: usize,
    /// For each actor, those with whom it shares something, in order, with congruence less conflict.
    rows: Vec<Vec<(usize, f64)>>,
    conflict: f64,
    total: f64,
}

impl Ties {
    fn of(congruence: &Matrix, conflict: &Matrix, joined: &[usize]) -> Ties {
        let n = joined.len();
        let mut ties = Ties { n, rows: Vec::with_capacity(n), conflict: 0.0, total: 0.0 };
        for (a, i) in joined.iter().enumerate() {
            let mut row = Vec::new();
            for (b, j) in joined.iter().enumerate().filter(|(b, _)| *b != a) {
                let (same, other) = (congruence.at(*i, *j), conflict.at(*i, *j));
                if same + other > 0.0 {
                    row.push((b, same - other));
                }
                if a < b {
                    ties.conflict += other;
                    ties.total += same + other;
                }
            }
            ties.rows.push(row);
        }
        ties
    }

    fn row(&self, a: usize) -> &[(usize, f64)] {
        self.rows.get(a).map_or(&[], Vec::as_slice)
    }

    /// Weight of what is frustrated: all conflict, plus what is gained net across.
    fn frustrated(&self, camps: &[bool]) -> f64 {
        let across = |a: usize| {
            let camp = camps.get(a);
            self.row(a).iter().filter(|(b, _)| *b > a && camps.get(*b) != camp).map(|(_, net)| net).sum::<f64>()
        };
        (self.conflict + (0..self.n).map(across).sum::<f64>()).max(0.0)
    }

    /// For each actor how much less would be frustrated if it changed camps.
    fn gains(&self, camps: &[bool]) -> Vec<f64> {
        let gain = |a: usize| {
            let camp = camps.get(a);
            self.row(a).iter().map(|(b, net)| if camps.get(*b) == camp { -net } else { *net }).sum()
        };
        (0..self.n).map(gain).collect()
    }

    fn parts(&self) -> usize {
        let mut seen = vec![false; self.n];
        let mut parts = 0;
        for start in 0..self.n {
            if seen.get(start).copied().unwrap_or(true) {
                continue;
            }
            parts += 1;
            let mut open = vec![start];
            while let Some(a) = open.pop() {
                if std::mem::replace(seen.get_mut(a).unwrap_or(&mut true), true) {
                    continue;
                }
                open.extend(self.row(a).iter().map(|(b, _)| *b).filter(|b| !seen.get(*b).copied().unwrap_or(true)));
            }
        }
        parts
    }
}

/// Every split with the first actor in the first camp, each from the one before by one change (a Gray code). Of equals the
/// one with the lowest number, in which an actor in the second camp counts the less the earlier it comes.
fn try_all(ties: &Ties) -> (Vec<bool>, bool) {
    let mut camps = vec![false; ties.n];
    let mut gains = ties.gains(&camps);
    let near = 1e-9 * ties.total.max(f64::MIN_POSITIVE);
    let (mut now, mut best, mut best_mask, mut tied) = (ties.conflict, ties.conflict, 0u32, false);
    for n in 1u32..1 << ties.n.saturating_sub(1).min(31) {
        let changed = n.trailing_zeros() as usize + 1;
        now -= change(ties, &mut camps, &mut gains, changed);
        let mask = n ^ (n >> 1);
        if now < best - near {
            (best, best_mask, tied) = (now, mask, false);
        } else if (now - best).abs() <= near {
            (best, best_mask, tied) = (best.min(now), best_mask.min(mask), true);
        }
    }
    let camp = |place: usize| place > 0 && best_mask >> (place - 1) & 1 == 1;
    ((0..ties.n).map(camp).collect(), tied)
}

/// Changes one actor's camp and returns how much less is frustrated.
fn change(ties: &Ties, camps: &mut [bool], gains: &mut [f64], who: usize) -> f64 {
    let gained = gains.get(who).copied().unwrap_or(0.0);
    let Some(camp) = camps.get_mut(who) else { return 0.0 };
    *camp = !*camp;
    let own = *camp;
    for (other, net) in ties.row(who) {
        if let (Some(gain), Some(camp)) = (gains.get_mut(*other), camps.get(*other)) {
            *gain += if *camp == own { -2.0 * net } else { 2.0 * net };
        }
    }
    if let Some(gain) = gains.get_mut(who) {
        *gain = -gained;
    }
    gained
}

/// Best of local searches from several beginnings: nobody apart, the signs of the leading eigenvector of congruence less
/// conflict, and the most active actors' own views of who is with them.
fn search(ties: &Ties) -> Vec<bool> {
    let mut strongest: Vec<usize> = (0..ties.n).collect();
    let strength: Vec<f64> = (0..ties.n).map(|a| ties.row(a).iter().map(|(_, v)| v.abs()).sum()).collect();
    let of = |a: usize| strength.get(a).copied().unwrap_or(0.0);
    strongest.sort_by(|a, b| of(*b).total_cmp(&of(*a)).then(a.cmp(b)));
    let beginnings = if ties.n > 600 { 2 } else { 6 };
    let mut begin = vec![leading(ties), vec![false; ties.n]];
    begin.extend(strongest.iter().take(beginnings).map(|a| {
        let mut camps = vec![false; ties.n];
        for (other, _) in ties.row(*a).iter().filter(|(_, net)| *net < 0.0) {
            if let Some(camp) = camps.get_mut(*other) {
                *camp = true;
            }
        }
        camps
    }));
    let mut best: Option<(f64, Vec<bool>)> = None;
    let near = 1e-9 * ties.total;
    for camps in begin {
        let found = improved(ties, camps);
        let cost = ties.frustrated(&found);
        if best.as_ref().is_none_or(|(least, _)| cost < *least - near) {
            best = Some((cost, found));
        }
    }
    best.map(|(_, camps)| camps).unwrap_or_default()
}

/// Signs of the leading eigenvector, by power iteration from the row sums.
fn leading(ties: &Ties) -> Vec<bool> {
    let mut vector: Vec<f64> =
        (0..ties.n).map(|a| ties.row(a).iter().map(|(_, v)| v).sum::<f64>() + 1e-3 * (a as f64 + 1.0)).collect();
    // Shifted, so that the largest eigenvalue is also the largest in size.
    let shift = (0..ties.n).map(|a| ties.row(a).iter().map(|(_, v)| v.abs()).sum::<f64>()).fold(0.0, f64::max) / 2.0;
    for _ in 0..30 {
        let times = |a: usize| {
            let own = vector.get(a).copied().unwrap_or(0.0);
            ties.row(a).iter().map(|(b, m)| m * vector.get(*b).copied().unwrap_or(0.0)).sum::<f64>() + shift * own
        };
        let next: Vec<f64> = (0..ties.n).map(times).collect();
        let length = next.iter().map(|v| v * v).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
        vector = next.into_iter().map(|v| v / length).collect();
    }
    vector.iter().map(|v| *v < 0.0).collect()
}

/// Changes camps one by one for as long as it helps; then tries whole chains of changes, each actor once, the best first, and
/// keeps the best beginning of the chain (Kernighan and Lin 1970).
fn improved(ties: &Ties, mut camps: Vec<bool>) -> Vec<bool> {
    let near = 1e-9 * ties.total;
    let mut gains = ties.gains(&camps);
    loop {
        while let Some((who, gain)) = largest(&gains, &[]) {
            if gain <= near {
                break;
            }
            change(ties, &mut camps, &mut gains, who);
        }
        let mut done = vec![false; ties.n];
        let (mut chain, mut sum, mut best, mut kept) = (Vec::new(), 0.0, near, 0);
        while let Some((who, _)) = largest(&gains, &done) {
            sum += change(ties, &mut camps, &mut gains, who);
            chain.push(who);
            if let Some(done) = done.get_mut(who) {
                *done = true;
            }
            if sum > best {
                (best, kept) = (sum, chain.len());
            }
            // Long chains hardly ever come back.
            if chain.len() > kept + CHAIN {
                break;
            }
        }
        for who in chain.iter().skip(kept).rev() {
            change(ties, &mut camps, &mut gains, *who);
        }
        if kept == 0 {
            return camps;
        }
    }
}

/// Changes of a chain without a gain before it is given up.
const CHAIN: usize = 50;

fn largest(gains: &[f64], done: &[bool]) -> Option<(usize, f64)> {
    let mut best: Option<(usize, f64)> = None;
    for (who, gain) in gains.iter().enumerate() {
        if !done.get(who).copied().unwrap_or(false) && best.is_none_or(|(_, most)| *gain > most) {
            best = Some((who, *gain));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::super::counts::testing::{made, next};
    use super::super::counts::{Counts, Normalisation};
    use super::*;

    fn brute(signed: &Signed) -> Option<f64> {
        let n = signed.congruence.rows;
        let camps = |mask: u32| (0..n).map(|i| Some((mask >> i & 1) as u8)).collect::<Vec<_>>();
        (0..1u32 << n).filter_map(|mask| frustration(signed, &camps(mask))).min_by(f64::total_cmp)
    }

    fn same(a: Option<f64>, b: Option<f64>) -> bool {
        match (a, b) {
            (Some(a), Some(b)) => (a - b).abs() < 1e-9,
            (a, b) => a == b,
        }
    }

    fn network(state: &mut u64, least: u64) -> Counts {
        let (actors, concepts) = (least + next(state, 9), 1 + next(state, 6));
        made(state, actors as usize, concepts as usize)
    }

    #[test]
    fn the_split_of_two_hundred_random_networks_is_that_of_brute_force() {
        let mut state = 1904;
        for n in 0..200 {
            let counts = network(&mut state, 2);
            let by = Normalisation::ALL[n % Normalisation::ALL.len()].0;
            let signed = counts.signed(by);
            let found = split(&signed);
            assert!(found.exact);
            assert!(same(found.frustration, brute(&signed)), "{n}: {found:?}");
            assert!(
                same(frustration(&signed, &found.camps), found.frustration),
                "{n}: the camps are not those of the figure"
            );
        }
    }

    #[test]
    fn the_search_finds_what_trying_all_finds_in_nearly_all_small_networks() {
        let mut state = 7;
        let mut missed = 0;
        for _ in 0..100 {
            let signed = network(&mut state, 6).signed(Normalisation::Average);
            let n = signed.congruence.rows;
            let ties = Ties::of(&signed.congruence, &signed.conflict, &(0..n).collect::<Vec<_>>());
            let (all, _) = try_all(&ties);
            let (best, found) = (ties.frustrated(&all), ties.frustrated(&search(&ties)));
            assert!(found >= best - 1e-9);
            missed += usize::from(found > best + 1e-9);
        }
        assert!(missed <= 3, "{missed} of 100 missed");
    }

    #[test]
    fn many_actors_in_two_planted_camps_are_found_by_the_search() {
        let row = |camp: bool| if camp { [(3, 0), (0, 2), (1, 0)] } else { [(0, 3), (2, 0), (0, 1)] };
        let rows: Vec<[(u32, u32); 3]> = (0..60).map(|n| row(n % 3 == 0)).collect();
        let rows: Vec<&[(u32, u32)]> = rows.iter().map(|r| r.as_slice()).collect();
        let found = split(&super::super::counts::testing::counts(&rows).signed(Normalisation::None));
        assert!(!found.exact);
        assert_eq!(found.frustration, Some(0.0));
        assert!(found.camps.iter().enumerate().all(|(n, camp)| *camp == Some(u8::from(n % 3 != 0))));
    }

    #[test]
    fn who_shares_nothing_is_in_no_camp_and_parts_are_counted() {
        let counts = super::super::counts::testing::counts(&[
            &[(1, 0), (0, 0), (0, 0)],
            &[(0, 1), (0, 0), (0, 0)],
            &[(0, 0), (1, 0), (0, 0)],
            &[(0, 0), (1, 0), (0, 0)],
            &[(0, 0), (0, 0), (4, 0)],
        ]);
        let found = split(&counts.signed(Normalisation::None));
        assert_eq!(found.camps, [Some(0), Some(1), Some(0), Some(0), None]);
        assert_eq!((found.parts, found.tied, found.frustration), (2, true, Some(0.0)));
        assert_eq!(split(&Counts::default().signed(Normalisation::None)).frustration, None);
    }
}
