//! Which word hangs under which: a score for each pair of words of a sentence, then the best tree. Work and room grow
//! with the square of a sentence's length, so in a sentence of more than [`WHOLE`] words a word looks for its head among
//! the [`NEAR`] words on each side and the root only, and cycles are cut, not solved; text is not lost by it, whatever it is.

use super::error::ModelError;
use super::file::File;
use super::float::{lanes_sum, quantise, quantise_wide, wide};
use super::products::{Matrix, Products, room};
use super::tree::{Graph, cut_cycles, is_tree};
use std::ops::Range;

/// Up to so many words, a sentence's tree is the best of all trees.
pub(super) const WHOLE: usize = 1024;

/// How far a word of a longer sentence looks.
pub(super) const NEAR: usize = 512;

/// Classes of distances; the last is the root's.
pub(super) const CLASSES: usize = 12;

/// The class of the root's distance.
pub(super) const ROOT: usize = 11;

/// Class of the way from a word to another, 0 to 10: how far, and which way.
#[inline(always)]
pub(super) fn distance_class(from: usize, to: usize) -> usize {
    let size = match from.abs_diff(to) {
        0 => 0,
        1 => 1,
        2 => 2,
        3..=4 => 3,
        5..=8 => 4,
        _ => 5,
    };
    if to < from { size + 5 } else { size }
}

/// What scores arcs.
pub(super) struct Arcs {
    bilinear: Matrix,
    prior: Vec<f32>,
    far: Vec<f32>,
}

/// A head's side of the scores.
#[derive(Default)]
pub(super) struct Heads {
    bytes: Vec<i16>,
    scales: Vec<f32>,
    priors: Vec<f32>,
}

/// Room for what stands between the steps.
#[derive(Default)]
pub(super) struct Room {
    bytes: Vec<u8>,
    scales: Vec<f32>,
    sums: Vec<i32>,
    row: Vec<f32>,
    asked: Vec<i16>,
    asked_scales: Vec<f32>,
    pub(super) heads: Heads,
    scores: Vec<f32>,
}

impl Heads {
    /// Takes up the rows of some words as heads. What is below 0 counts as 0.
    fn fill(&mut self, arcs: &Arcs, rows: &mut [f32]) {
        let size = arcs.prior.len();
        let count = rows.len() / size;
        let (bytes, scales) = (room(&mut self.bytes, rows.len()), room(&mut self.scales, count));
        let priors = room(&mut self.priors, count);
        wide(
            #[inline(always)]
            || {
                let places = bytes.chunks_exact_mut(size).zip(scales).zip(priors);
                for (row, ((bytes, scale), prior)) in rows.chunks_exact_mut(size).zip(places) {
                    cut_below(row);
                    *scale = quantise_wide(row, bytes);
                    let factors = row.as_chunks().0.iter().zip(arcs.prior.as_chunks::<16>().0);
                    *prior = lanes_sum(factors.map(|(a, b): (&[f32; 16], _)| {
                        let mut product = *a;
                        product.iter_mut().zip(b).for_each(|(x, y)| *x *= y);
                        product
                    }));
                }
            },
        );
    }
}

#[inline(always)]
fn cut_below(row: &mut [f32]) {
    for x in row {
        *x = if *x > 0.0 { *x } else { 0.0 };
    }
}

impl Arcs {
    pub(super) fn load(file: &File, products: &Products, size: usize) -> Result<Arcs, ModelError> {
        if !size.is_multiple_of(16) {
            return Err(ModelError::values("arc.dependent.weight", format!("{size} outputs are no multiple of 16")));
        }
        let bilinear = products.matrix(vec![file.matrix_of("arc.bilinear", size, size)?])?;
        let prior = file.numbers("arc.prior", &[size])?;
        Ok(Arcs { bilinear, prior, far: file.numbers("arc.far", &[CLASSES])? })
    }

    /// The root's side of the scores.
    pub(super) fn root(&self, mut row: Vec<f32>) -> Heads {
        let mut heads = Heads::default();
        heads.fill(self, &mut row);
        heads
    }

    /// Makes both sides of the scores of some words ready.
    pub(super) fn prepare(&self, products: &Products, own: &mut Room, dependents: &mut [f32], heads: &mut [f32]) {
        let size = self.prior.len();
        let count = dependents.len() / size;
        let (bytes, scales) = (room(&mut own.bytes, count * size), room(&mut own.scales, count));
        wide(
            #[inline(always)]
            || {
                let rows = dependents.chunks_exact_mut(size).zip(bytes.chunks_exact_mut(size));
                for ((row, bytes), scale) in rows.zip(scales.iter_mut()) {
                    cut_below(row);
                    *scale = quantise(row, bytes);
                }
            },
        );
        let sums = room(&mut own.sums, count * size);
        products.multiply(bytes, &self.bilinear, sums);
        let (asked, asked_scales) = (room(&mut own.asked, count * size), room(&mut own.asked_scales, count));
        let row = room(&mut own.row, size);
        wide(
            #[inline(always)]
            || {
                let rows = sums.chunks_exact(size).zip(asked.chunks_exact_mut(size));
                for ((sums, asked), (scale, asked_scale)) in rows.zip(scales.iter().zip(asked_scales)) {
                    self.bilinear.numbers(0, sums, *scale, row);
                    *asked_scale = quantise_wide(row, asked);
                }
            },
        );
        own.heads.fill(self, heads);
    }

    /// The heads (0 is the root, words from 1) of a sentence's words.
    pub(super) fn tree(&self, own: &mut Room, root: &Heads, sentence: Range<usize>, heads: &mut Vec<u32>) {
        heads.clear();
        let count = sentence.len();
        let mut scores = std::mem::take(&mut own.scores);
        let whole = count <= WHOLE;
        room(&mut scores, if whole { count * (count + 1) } else { count + 1 });
        for word in 0..count {
            let near = if whole { 0..count } else { word.saturating_sub(NEAR)..count.min(word + NEAR + 1) };
            let start = if whole { word * (count + 1) } else { 0 };
            let row = &mut scores[start..start + 1 + near.len()];
            wide(
                #[inline(always)]
                || self.row(own, root, &sentence, word, near.clone(), row),
            );
            let best = best_but(row, word - near.start + 1);
            heads.push(if best == 0 { 0 } else { (near.start + best) as u32 });
        }
        if !is_tree(heads) {
            if whole {
                *heads = Graph::new(count, &scores[..count * (count + 1)]).solve();
            } else {
                cut_cycles(heads);
            }
        }
        own.scores = scores;
    }

    /// Scores of a word under the root and under some words of its sentence.
    #[inline(always)]
    fn row(&self, own: &Room, root: &Heads, all: &Range<usize>, word: usize, near: Range<usize>, out: &mut [f32]) {
        let size = self.prior.len();
        let here = all.start + word;
        let (asked, scale) = (&own.asked[here * size..(here + 1) * size], own.asked_scales[here]);
        let far = |class: usize| self.far[class];
        out[0] = (dot(asked, &root.bytes) as f32 * (scale * root.scales[0]) + root.priors[0]) + far(ROOT);
        let rows = all.start + near.start..all.start + near.end;
        let bytes = own.heads.bytes[rows.start * size..rows.end * size].chunks_exact(size);
        let (scales, priors) = (&own.heads.scales[rows.clone()], &own.heads.priors[rows]);
        for (((to, bytes), (k, prior)), out) in near.zip(bytes).zip(scales.iter().zip(priors)).zip(&mut out[1..]) {
            *out = (dot(asked, bytes) as f32 * (scale * k) + prior) + far(distance_class(word, to));
        }
    }
}

/// Sum of products of integers, exact.
#[inline(always)]
fn dot(a: &[i16], b: &[i16]) -> i32 {
    a.iter().zip(b).map(|(x, y)| i32::from(*x) * i32::from(*y)).sum()
}

/// The place of the highest score but one place, the first of equals.
fn best_but(scores: &[f32], not: usize) -> usize {
    let mut best = (0, f32::NEG_INFINITY);
    for (place, score) in scores.iter().enumerate() {
        if *score > best.1 && place != not {
            best = (place, *score);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_of_distances() {
        let classes: Vec<usize> = [20, 21, 22, 23, 24, 25, 28, 29, 19, 18, 17, 16, 15, 12, 11, 0]
            .into_iter()
            .map(|to| distance_class(20, to))
            .collect();
        assert_eq!(classes, [0, 1, 2, 3, 3, 4, 4, 5, 6, 7, 8, 8, 9, 9, 10, 10]);
    }
}
