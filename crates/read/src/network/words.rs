//! The vector with which a word enters the network: its pieces, its form, its beginning, its end and its shape. The same
//! word always has the same vector, so those of the words last met are kept.

use super::error::ModelError;
use super::file::{File, Table};
use super::float::{quantise, wide};
use super::letters::{digit, fnv, fnv_more, letter, lower};
use super::pieces::Pieces;
use super::products::{Matrix, Products, room};
use rashomon_text::states::{self, Called};
use std::collections::HashMap;

/// So many kinds of words are kept, then all are forgotten. (A thousand bytes each.)
const KEPT: usize = 12_000;

/// What makes words' vectors.
pub(super) struct Words {
    pieces: Pieces,
    vectors: Table,
    /// By form, prefix, suffix, shape.
    hashed: [Table; 4],
    mix: Matrix,
}

/// Vectors of words last met, and room to make more.
#[derive(Default)]
pub(super) struct Known {
    places: HashMap<Box<str>, usize>,
    rows: Vec<f32>,
    inputs: Vec<u8>,
    scales: Vec<f32>,
    sums: Vec<i32>,
    ids: Vec<u32>,
    row: Vec<f32>,
}

impl Words {
    pub(super) fn load(file: &File, products: &Products, width: usize) -> Result<Words, ModelError> {
        let vectors = file.table("pieces.vectors")?;
        let pieces = Pieces::load(file, vectors.rows)?;
        let table = |name: &str| file.table(name);
        let hashed = [table("hashed.form")?, table("hashed.prefix")?, table("hashed.suffix")?, table("hashed.shape")?];
        let inputs = vectors.width + hashed.iter().map(|t| t.width).sum::<usize>();
        let mix = products.matrix(vec![file.matrix_of("mix", inputs, width)?])?;
        Ok(Words { pieces, vectors, hashed, mix })
    }

    /// Writes the vectors of some words, one after another.
    pub(super) fn rows<'a>(
        &self,
        products: &Products,
        known: &mut Known,
        words: impl Iterator<Item = &'a str>,
        out: &mut [f32],
    ) {
        if known.places.len() > KEPT {
            known.places.clear();
        }
        let before = known.places.len();
        known.inputs.clear();
        known.scales.clear();
        let places: Vec<usize> = words.map(|w| self.place(known, w)).collect();
        self.make(products, known, before);
        let width = self.mix.outputs;
        for (row, place) in out.chunks_exact_mut(width).zip(places) {
            row.copy_from_slice(&known.rows[place * width..(place + 1) * width]);
        }
    }

    /// Where a word's vector stands or will stand.
    fn place(&self, known: &mut Known, word: &str) -> usize {
        if let Some(place) = known.places.get(word) {
            return *place;
        }
        let place = known.places.len();
        known.places.insert(word.into(), place);
        self.gather(word, &mut known.ids, &mut known.row);
        let (row, inputs) = (&known.row, &mut known.inputs);
        let start = inputs.len();
        inputs.resize(start + row.len(), 0);
        let scale = wide(
            #[inline(always)]
            || quantise(row, &mut inputs[start..]),
        );
        known.scales.push(scale);
        place
    }

    /// What a word's vector is made from. The names of states enter as one, and those of capitals: who reads of a border with
    /// one state as with another may not let its name decide where the words hang.
    fn gather(&self, word: &str, ids: &mut Vec<u32>, row: &mut Vec<f32>) {
        let word = stand_in(word);
        row.clear();
        row.resize(self.mix.inputs, 0.0);
        let (vector, rest) = row.split_at_mut(self.vectors.width);
        self.pieces.of(word, ids);
        for id in ids.iter() {
            self.vectors.add_row(*id as usize, vector);
        }
        let count = ids.len() as f32;
        vector.iter_mut().for_each(|x| *x /= count);
        let lower = lower(word);
        let after = |n: usize| lower.char_indices().nth(n).map_or(lower.len(), |(at, _)| at);
        let last = lower.char_indices().nth_back(2).map_or(0, |(at, _)| at);
        let hash = |kind: &str, part: Option<&str>| fnv_more(fnv(kind), part.unwrap_or_default().as_bytes());
        let hashes = [
            hash("w", Some(&lower)),
            hash("p", lower.get(..after(3))),
            hash("s", lower.get(last..)),
            hash("h", Some(&shape(word))),
        ];
        let mut rest = rest;
        for (table, hash) in self.hashed.iter().zip(hashes) {
            let (part, more) = rest.split_at_mut(table.width);
            table.copy_row(hash as usize % table.rows, part);
            rest = more;
        }
    }

    /// Makes the vectors of the words that stand from a place on.
    fn make(&self, products: &Products, known: &mut Known, before: usize) {
        let (width, count) = (self.mix.outputs, known.scales.len());
        if count == 0 {
            return;
        }
        let sums = room(&mut known.sums, count * width);
        products.multiply(&known.inputs, &self.mix, sums);
        let rows = &mut room(&mut known.rows, (before + count) * width)[before * width..];
        let scales = &known.scales;
        wide(
            #[inline(always)]
            || {
                for ((row, sums), scale) in rows.chunks_exact_mut(width).zip(sums.chunks_exact(width)).zip(scales) {
                    self.mix.numbers(0, sums, *scale, row);
                }
            },
        );
    }
}

/// The word by which a word is read, so that no state is read otherwise than another: the name of a state, if it is one word
/// and nothing else, is read as one state's, that of a capital as one capital's; every other word as itself.
fn stand_in(word: &str) -> &str {
    let plain = word.chars().skip(1).all(char::is_lowercase);
    match states::find(word).filter(|listed| plain && !listed.doubtful).map(|listed| listed.called) {
        Some(Called::Name) => "France",
        Some(Called::Capital) => "Paris",
        _ => word,
    }
}

/// X for a capital, x for another letter, d for a digit, else the character; equal ones in a row cut to two.
fn shape(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut last = [None; 2];
    for c in word.chars() {
        let kind = match c {
            c if c.is_uppercase() => 'X',
            c if letter(c) => 'x',
            c if digit(c) => 'd',
            c => c,
        };
        if last != [Some(kind); 2] {
            out.push(kind);
            last = [last[1], Some(kind)];
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn shapes_of_words() {
        let all = ["Mill", "MILLS", "1904", "a-1904", "---", "Élan", "x2y"];
        let shapes: Vec<String> = all.iter().map(|w| shape(w)).collect();
        assert_eq!(shapes, ["Xxx", "XX", "dd", "x-dd", "--", "Xxx", "xdx"]);
    }
}
