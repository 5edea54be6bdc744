//! How alike two words sound: the cheapest way from the one to the other, as a share of what the two weigh.

use super::costs::{COSTS, Costs};
use super::{LONGEST, Sounds};

/// One minus the cost of the cheapest way from one word to the other, as a share of what the two words weigh.
pub(super) fn alike(a: &Sounds, b: &Sounds) -> f32 {
    let costs = &*COSTS;
    let (a_missing, b_missing) = (a.vowels_missing && !b.vowels_missing, b.vowels_missing && !a.vowels_missing);
    let (a, b) = (a.as_slice(), b.as_slice());
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let lost = |word: &[u8], unwritten: bool, written: bool| -> [u16; LONGEST] {
        let mut all = [0; LONGEST];
        for (n, (place, sound)) in all.iter_mut().zip(word).enumerate() {
            *place = costs.lost(*sound, (n, word.len() - 1), unwritten, written);
        }
        all
    };
    let (lost_a, lost_b) = (lost(a, b_missing, a_missing), lost(b, a_missing, b_missing));
    let weight: u16 = lost_a.iter().sum::<u16>() + lost_b.iter().sum::<u16>();
    let cost = cheapest((a, &lost_a), (b, &lost_b), costs);
    let first = match (a.first(), b.first()) {
        (Some(&x), Some(&y)) if x != y && costs.exchange(x, y) >= 60 => costs.first,
        _ => 0,
    };
    let share = f32::from(cost + first) / (f32::from(weight.max(1)) / 2.0);
    (1.0 - share).max(0.0)
}

/// The cost of the cheapest way from one word to the other (Needleman and Wunsch 1970, with swapped neighbours).
fn cheapest(a: (&[u8], &[u16]), b: (&[u8], &[u16]), costs: &Costs) -> u16 {
    let mut rows = [[u16::MAX / 2; LONGEST + 1]; 3];
    let [before, last, row] = &mut rows;
    let (mut before, mut last, mut row) = (before, last, row);
    last[0] = 0;
    for (n, lost) in b.1.iter().enumerate().take(b.0.len()) {
        last[n + 1] = last[n] + lost;
    }
    for (i, (&x, &lost_x)) in a.0.iter().zip(a.1).enumerate() {
        row[0] = last[0] + lost_x;
        let beside = i.checked_sub(1).and_then(|i| a.0.get(i)).copied();
        let mut left = 0;
        for (j, (&y, &lost_y)) in b.0.iter().zip(b.1).enumerate() {
            let mut best = (last[j] + costs.exchange(x, y)).min(last[j + 1] + lost_x).min(row[j] + lost_y);
            if j > 0 && beside == Some(y) && left == x && x != y {
                best = best.min(before[j - 1] + costs.swapped);
            }
            row[j + 1] = best;
            left = y;
        }
        (before, last, row) = (last, row, before);
    }
    last.get(b.0.len()).copied().unwrap_or(u16::MAX)
}
