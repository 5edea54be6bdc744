//! How long intake and the reader take together: opens and reads every file named, keeps nothing, and prints one JSON
//! line with the words of the texts, for `scripts/reports/intake_speed.py --read`.

// The program's allocator.
use rashomon as _;
use rashomon_intake::{Found, load, open, spawn_deep};

#[allow(clippy::expect_used)]
fn main() {
    let start = std::time::Instant::now();
    let (words, statements) = std::thread::scope(|scope| {
        let thread = spawn_deep(scope, read_all).expect("a thread");
        thread.join().expect("reading never fails")
    });
    let seconds = start.elapsed().as_secs_f64();
    println!("{}", serde_json::json!({ "words": words, "statements": statements, "seconds": seconds }));
}

/// Words and statements of every file named.
fn read_all() -> (usize, usize) {
    let (mut words, mut statements) = (0usize, 0usize);
    for path in std::env::args().skip(1).filter(|a| !a.starts_with("--")) {
        let Ok(input) = load(&Found { name: path.clone(), path: path.into() }) else { continue };
        for document in open(&input).documents {
            words += document.text.split_whitespace().count();
            statements += rashomon_read::read(&document).statements.len();
        }
    }
    (words, statements)
}
