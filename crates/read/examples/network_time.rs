//! Measures how many words a second the trained reader reads, from raw text to everything it finds, without the time to
//! load the weights: on one thread, and on two that read different documents.
//!
//!     cargo run --release --example network_time -- MODEL TEXT [SECONDS]
//!
//! Twenty paragraphs of the text count as a document.

use rashomon_read::network::Model;
use std::error::Error;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, model, text, rest @ ..] = arguments.as_slice() else { return Err("MODEL TEXT [SECONDS]".into()) };
    let seconds = rest.first().map_or(Ok(5.0), |s| s.parse())?;
    let bytes = std::fs::read(model)?;
    let start = Instant::now();
    let model = Model::load(&bytes)?;
    println!("load_ms {:.1}", start.elapsed().as_secs_f64() * 1e3);
    let text = std::fs::read_to_string(text)?;
    let documents = documents(&text);
    let words = documents.iter().map(|d| model.parse(d).len()).sum::<usize>();
    println!("documents {}\nwords {words}", documents.len());
    for threads in [1, 2] {
        println!("threads_{threads} {:.0}", measure(&model, &documents, threads, Duration::from_secs_f64(seconds)));
    }
    Ok(())
}

fn documents(text: &str) -> Vec<String> {
    let paragraphs: Vec<&str> = text.split("\n\n").filter(|p| !p.trim().is_empty()).collect();
    paragraphs.chunks(20).map(|c| c.join("\n\n")).collect()
}

/// Words a second.
fn measure(model: &Model, documents: &[String], threads: usize, time: Duration) -> f64 {
    let (next, words) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let start = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while start.elapsed() < time {
                    let number = next.fetch_add(1, Ordering::Relaxed) % documents.len().max(1);
                    let count = documents.get(number).map_or(0, |d| model.parse(d).len());
                    words.fetch_add(count, Ordering::Relaxed);
                }
            });
        }
    });
    words.load(Ordering::Relaxed) as f64 / start.elapsed().as_secs_f64()
}
