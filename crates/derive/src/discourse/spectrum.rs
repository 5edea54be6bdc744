//! Eigenvalues of symmetric matrices: Householder's reduction to three diagonals, then QL with implicit shifts (Martin,
//! Reinsch and Wilkinson 1968; Dubrulle, Martin and Wilkinson 1968). Values only, in rising order.

/// The eigenvalues of a symmetric matrix of `n` rows, row by row.
pub(super) fn eigenvalues(n: usize, matrix: &[f64]) -> Vec<f64> {
    let (mut diagonal, mut beside) = tridiagonal(n, matrix.to_vec());
    for l in 0..n {
        // Fifty rounds are far more than any matrix needs.
        for _ in 0..50 {
            let m = (l..n.saturating_sub(1)).find(|m| {
                let scale = get(&diagonal, *m).abs() + get(&diagonal, m + 1).abs();
                get(&beside, *m).abs() <= f64::EPSILON * scale
            });
            let m = m.unwrap_or(n - 1);
            if m == l {
                break;
            }
            round(&mut diagonal, &mut beside, l, m);
        }
    }
    diagonal.sort_by(f64::total_cmp);
    diagonal
}

fn get(all: &[f64], n: usize) -> f64 {
    all.get(n).copied().unwrap_or(0.0)
}

fn set(all: &mut [f64], n: usize, value: f64) {
    if let Some(place) = all.get_mut(n) {
        *place = value;
    }
}

/// One round of QL on the rows from `l` to `m`.
fn round(diagonal: &mut [f64], beside: &mut [f64], l: usize, m: usize) {
    let mut g = (get(diagonal, l + 1) - get(diagonal, l)) / (2.0 * get(beside, l));
    let mut r = g.hypot(1.0);
    g = get(diagonal, m) - get(diagonal, l) + get(beside, l) / (g + r.copysign(g));
    let (mut s, mut c, mut p) = (1.0, 1.0, 0.0);
    for i in (l..m).rev() {
        let (f, b) = (s * get(beside, i), c * get(beside, i));
        r = f.hypot(g);
        set(beside, i + 1, r);
        if r == 0.0 {
            let left = get(diagonal, i + 1) - p;
            set(diagonal, i + 1, left);
            set(beside, m, 0.0);
            return;
        }
        (s, c) = (f / r, g / r);
        g = get(diagonal, i + 1) - p;
        r = (get(diagonal, i) - g) * s + 2.0 * c * b;
        p = s * r;
        set(diagonal, i + 1, g + p);
        g = c * r - b;
    }
    let left = get(diagonal, l) - p;
    set(diagonal, l, left);
    set(beside, l, g);
    set(beside, m, 0.0);
}

/// The diagonal and what stands beside it.
fn tridiagonal(n: usize, mut a: Vec<f64>) -> (Vec<f64>, Vec<f64>) {
    let at = |a: &[f64], i: usize, j: usize| get(a, i * n + j);
    let (mut diagonal, mut beside) = (vec![0.0; n], vec![0.0; n]);
    for k in 0..n.saturating_sub(2) {
        let below: Vec<f64> = (k + 1..n).map(|i| at(&a, i, k)).collect();
        let norm = below.iter().map(|v| v * v).sum::<f64>().sqrt();
        if below.iter().skip(1).all(|v| *v == 0.0) {
            continue;
        }
        let first = get(&below, 0);
        let alpha = -norm.copysign(first);
        let mut v = below;
        set(&mut v, 0, first - alpha);
        let square = v.iter().map(|x| x * x).sum::<f64>();
        // p = A v * 2 / v'v, then A - v q' - q v' with q = p - (v'p / v'v) v.
        let m = n - k - 1;
        let p: Vec<f64> = (0..m)
            .map(|i| v.iter().enumerate().map(|(j, x)| at(&a, k + 1 + i, k + 1 + j) * x).sum::<f64>() * 2.0 / square)
            .collect();
        let along = v.iter().zip(&p).map(|(x, y)| x * y).sum::<f64>() / square;
        let q: Vec<f64> = p.iter().zip(&v).map(|(y, x)| y - along * x).collect();
        for i in 0..m {
            for j in 0..m {
                let value = at(&a, k + 1 + i, k + 1 + j) - get(&v, i) * get(&q, j) - get(&q, i) * get(&v, j);
                set(&mut a, (k + 1 + i) * n + k + 1 + j, value);
            }
        }
        set(&mut a, (k + 1) * n + k, alpha);
    }
    for i in 0..n {
        set(&mut diagonal, i, at(&a, i, i));
        if i + 1 < n {
            set(&mut beside, i, at(&a, i + 1, i));
        }
    }
    (diagonal, beside)
}

#[cfg(test)]
mod tests {
    use super::super::counts::testing::next;
    use super::*;

    #[test]
    fn known_matrices_have_their_known_values() {
        let near = |found: Vec<f64>, wanted: &[f64]| {
            assert_eq!(found.len(), wanted.len());
            assert!(found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-10), "{found:?} {wanted:?}");
        };
        near(eigenvalues(2, &[2.0, 1.0, 1.0, 2.0]), &[1.0, 3.0]);
        near(eigenvalues(1, &[5.0]), &[5.0]);
        near(eigenvalues(3, &[0.0; 9]), &[0.0; 3]);
        // The path of five: 2 cos(k pi / 6).
        let path: Vec<f64> = (0..25).map(|n| f64::from(u8::from((n / 5i32 - n % 5).abs() == 1))).collect();
        let root = 3.0f64.sqrt();
        near(eigenvalues(5, &path), &[-root, -1.0, 0.0, 1.0, root]);
        near(eigenvalues(0, &[]), &[]);
    }

    #[test]
    fn sums_of_values_and_squares_are_those_of_the_matrix() {
        let mut state = 3;
        for n in 2..12usize {
            let mut matrix = vec![0.0; n * n];
            for i in 0..n {
                for j in i..n {
                    let value = next(&mut state, 21) as f64 - 10.0;
                    (matrix[i * n + j], matrix[j * n + i]) = (value, value);
                }
            }
            let found = eigenvalues(n, &matrix);
            let trace: f64 = (0..n).map(|i| matrix[i * n + i]).sum();
            let squares: f64 = matrix.iter().map(|v| v * v).sum();
            assert!((found.iter().sum::<f64>() - trace).abs() < 1e-8, "{n}");
            assert!((found.iter().map(|v| v * v).sum::<f64>() - squares).abs() < 1e-6, "{n}");
        }
    }
}
