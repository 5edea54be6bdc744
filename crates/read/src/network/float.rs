//! The arithmetic of the network in single precision. Every sum has one order, written down in `train/NETWORK.md`, and
//! nothing is fused, so that each machine gets the same bits. The loops are plain and are compiled once for each set of
//! instructions; which one runs is chosen while running ([`wide`]). What a loop calls must be inlined into it, hence
//! the attributes.

use rten_simd::{Isa, SimdOp};

/// Partial sums of a vector.
pub(super) const LANES: usize = 16;

/// A square-root's guard against nothing at all.
const SMALL: f32 = 1e-5;

/// 4/27, the factor of the cubic that levels out at 1 where its argument is 1.5.
const CUBIC: f32 = 4.0 / 27.0;

/// Adding this to a number below 2^22 rounds it to a whole one, halves to the even one, and leaves that in the low bits.
const WHOLE: f32 = 12_582_912.0;

struct Wide<F>(F);

impl<R, F: FnOnce() -> R> SimdOp for Wide<F> {
    type Output = R;

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) -> R {
        (self.0)()
    }
}

/// Runs loops with the widest instructions of this machine. Marked so that what it is given is compiled into it.
#[inline(always)]
pub(super) fn wide<R>(loops: impl FnOnce() -> R) -> R {
    Wide(loops).dispatch()
}

/// Sum in the fixed order: lane l adds l, l + 16, ...; then the lanes are folded. The length is a multiple of 16.
#[inline(always)]
pub(super) fn lanes_sum(numbers: impl Iterator<Item = [f32; LANES]>) -> f32 {
    let mut sum = [0.0; LANES];
    for chunk in numbers {
        for (s, x) in sum.iter_mut().zip(chunk) {
            *s += x;
        }
    }
    let mut half = LANES / 2;
    while half > 0 {
        for lane in 0..half {
            sum[lane] += sum[lane + half];
        }
        half /= 2;
    }
    sum[0]
}

/// A vector brought to mean 0 and variance 1, then scaled and shifted.
#[inline(always)]
pub(super) fn norm(x: &[f32], weight: &[f32], bias: &[f32], out: &mut [f32]) {
    let count = x.len() as f32;
    let mean = lanes_sum(x.as_chunks().0.iter().copied()) / count;
    let squares = x.as_chunks::<LANES>().0.iter().map(
        #[inline(always)]
        |chunk| {
            chunk.map(
                #[inline(always)]
                |x| (x - mean) * (x - mean),
            )
        },
    );
    let factor = 1.0 / (lanes_sum(squares) / count + SMALL).sqrt();
    for (((y, x), w), b) in out.iter_mut().zip(x).zip(weight).zip(bias) {
        *y = ((x - mean) * factor) * w + b;
    }
}

/// The curve that stands for the hyperbolic tangent.
#[inline(always)]
pub(super) fn curve(x: f32) -> f32 {
    let c = if x < -1.5 { -1.5 } else { x };
    let c = if c > 1.5 { 1.5 } else { c };
    c - CUBIC * c * c * c
}

/// The curve that stands for the logistic function.
#[inline(always)]
pub(super) fn gate(x: f32) -> f32 {
    0.5 + 0.5 * curve(0.5 * x)
}

/// The largest size in a vector.
#[inline(always)]
pub(super) fn largest(row: &[f32]) -> f32 {
    let mut top = [0.0_f32; LANES];
    let (chunks, rest) = row.as_chunks::<LANES>();
    for chunk in chunks {
        for (t, x) in top.iter_mut().zip(chunk) {
            let size = x.abs();
            *t = if size > *t { size } else { *t };
        }
    }
    let top = top.into_iter().fold(0.0, |a: f32, b| if b > a { b } else { a });
    rest.iter().fold(top, |a, x| if x.abs() > a { x.abs() } else { a })
}

/// The whole number nearest to a small number, plus 128.
#[inline(always)]
pub(super) fn byte(x: f32) -> u8 {
    ((x + WHOLE).to_bits() as u8) ^ 0x80
}

/// What a vector is multiplied with to get integers up to 127, and what the integers then stand for.
#[inline(always)]
pub(super) fn scales(top: f32) -> (f32, f32) {
    (if top > 0.0 { 127.0 / top } else { 0.0 }, top / 127.0)
}

/// The integers of a vector (plus 128); returns what one stands for.
#[inline(always)]
pub(super) fn quantise(row: &[f32], out: &mut [u8]) -> f32 {
    let (inverse, scale) = scales(largest(row));
    for (q, x) in out.iter_mut().zip(row) {
        *q = byte(x * inverse);
    }
    scale
}

/// The integers of a vector; returns what one stands for.
#[inline(always)]
pub(super) fn quantise_wide(row: &[f32], out: &mut [i16]) -> f32 {
    let (inverse, scale) = scales(largest(row));
    for (q, x) in out.iter_mut().zip(row) {
        *q = i16::from(byte(x * inverse)) - 128;
    }
    scale
}

/// The place of the highest number, the first of equals.
#[inline(always)]
pub(super) fn highest(numbers: &[f32]) -> usize {
    let mut best = (0, f32::NEG_INFINITY);
    for (place, x) in numbers.iter().enumerate() {
        if *x > best.1 {
            best = (place, *x);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_takes_halves_to_the_even_one() {
        let numbers = [-127.0, -2.5, -1.5, -0.5, -0.0, 0.49, 0.5, 1.5, 2.5, 126.5, 127.0];
        let whole: Vec<i32> = numbers.iter().map(|x| i32::from(byte(*x)) - 128).collect();
        assert_eq!(whole, [-127, -2, -2, 0, 0, 0, 0, 2, 2, 126, 127]);
    }

    #[test]
    fn the_curves_level_out_at_one() {
        assert_eq!((curve(0.0), curve(1.5), curve(9.0), curve(-2.0)), (0.0, 1.0, 1.0, -1.0));
        assert_eq!((gate(0.0), gate(50.0), gate(-50.0)), (0.5, 1.0, 0.0));
    }

    #[test]
    fn a_sum_has_one_order_on_every_machine() {
        let numbers: Vec<f32> = (0..256).map(|n| ((n * 37 % 101) as f32 - 50.0) * 1.000_1e-3).collect();
        let plain = lanes_sum(numbers.as_chunks().0.iter().copied());
        let wide = wide(
            #[inline(always)]
            || lanes_sum(numbers.as_chunks().0.iter().copied()),
        );
        assert_eq!(plain.to_bits(), wide.to_bits());
    }

    #[test]
    fn wide_loops_give_the_bits_of_plain_ones() {
        let x: Vec<f32> = (0..256).map(|n| ((n * 37 % 101) as f32 - 50.0) * 0.073_1).collect();
        let weight: Vec<f32> = x.iter().map(|x| 1.0 + x * 0.013).collect();
        #[inline(always)]
        fn all(x: &[f32], weight: &[f32]) -> (Vec<u32>, Vec<u8>, u32, usize) {
            let (mut normed, mut bytes) = (vec![0.0; x.len()], vec![0; x.len()]);
            norm(x, weight, x, &mut normed);
            let scale = quantise(&normed, &mut bytes);
            let curved = normed.iter().map(|x| (curve(*x) * gate(*x)).to_bits()).collect();
            (curved, bytes, scale.to_bits(), highest(&normed))
        }
        let wide = wide(
            #[inline(always)]
            || all(&x, &weight),
        );
        assert_eq!(wide, all(&x, &weight));
    }

    #[test]
    fn nothing_stands_for_nothing() {
        let mut out = [0; 16];
        assert_eq!(quantise(&[0.0; 16], &mut out), 0.0);
        assert_eq!(out, [128; 16]);
    }
}
