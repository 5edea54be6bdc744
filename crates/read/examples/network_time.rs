//! Measures how many words a second the trained reader reads, from raw text to everything it finds, without the time to
//! load the weights: on some threads that read different documents.
//!
//!     cargo run --release --example network_time -- MODEL TEXT [SECONDS [PARAGRAPHS [THREADS,...]]]
//!
//! MODEL `-` stands for the built-in weights. So many paragraphs of the text, 20 if not said, count as a document; 0: all.
//! THREADS lists numbers of threads, `1,2` if not said.

use rashomon_read::network::Model;
use std::error::Error;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, model, text, rest @ ..] = arguments.as_slice() else {
        return Err("MODEL TEXT [SECONDS [PARAGRAPHS [THREADS,...]]]".into());
    };
    let seconds = rest.first().map_or(Ok(5.0), |s| s.parse())?;
    let paragraphs = rest.get(1).map_or(Ok(20), |p| p.parse())?;
    let threads = rest.get(2).map_or("1,2", String::as_str).split(',').map(str::parse);
    let threads = threads.collect::<Result<Vec<usize>, _>>()?;
    let bytes = if model == "-" { Vec::new() } else { std::fs::read(model)? };
    let own;
    let start = Instant::now();
    let model = if bytes.is_empty() {
        Model::built_in().ok_or("built without weights")?
    } else {
        own = Model::load(&bytes)?;
        &own
    };
    println!("load_ms {:.1}", start.elapsed().as_secs_f64() * 1e3);
    let text = std::fs::read_to_string(text)?;
    let documents = documents(&text, paragraphs);
    let (mut words, mut longest) = (0, 0);
    for parse in documents.iter().map(|d| model.parse(d)) {
        words += parse.len();
        longest = parse.sentences().iter().map(|s| s.words.len()).fold(longest, usize::max);
    }
    println!("documents {}\nwords {words}\nlongest_sentence {longest}", documents.len());
    for threads in threads {
        println!("threads_{threads} {:.0}", measure(model, &documents, threads, Duration::from_secs_f64(seconds)));
    }
    Ok(())
}

fn documents(text: &str, paragraphs: usize) -> Vec<String> {
    if paragraphs == 0 {
        return vec![text.to_owned()];
    }
    let all: Vec<&str> = text.split("\n\n").filter(|p| !p.trim().is_empty()).collect();
    all.chunks(paragraphs).map(|c| c.join("\n\n")).collect()
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
