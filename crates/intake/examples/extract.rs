//! Prints what intake makes of files: their text, or with `--json` one object a document with text, zones, metadata and
//! notes. `--all DIR` writes the text of each input below to `DIR/NAME.txt` instead (for measurements), `--main` leaves
//! out the zones that are not running text (title, byline, menu). Refusals go to the error stream.

use rashomon_core::{Document, ZoneKind};
use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut flag = |name: &str| {
        let at = arguments.iter().position(|a| a == name);
        at.map(|i| arguments.remove(i)).is_some()
    };
    let (json, main_text, time) = (flag("--json"), flag("--main"), flag("--time"));
    let folder = arguments.iter().position(|a| a == "--all").map(|i| {
        arguments.remove(i);
        PathBuf::from(arguments.remove(i))
    });
    let paths: Vec<PathBuf> = arguments.iter().map(PathBuf::from).collect();
    let (found, refusals) = rashomon_intake::find(&paths);
    refusals.iter().for_each(|r| eprintln!("{}: {}", r.path, r.reason));
    let (mut words, mut seconds) = (0usize, 0f64);
    for file in found {
        let input = match rashomon_intake::load(&file) {
            Ok(input) => input,
            Err(refusal) => {
                eprintln!("{}: {}", refusal.path, refusal.reason);
                continue;
            }
        };
        let start = std::time::Instant::now();
        let opened = rashomon_intake::open(&input);
        seconds += start.elapsed().as_secs_f64();
        opened.refusals.iter().for_each(|r| eprintln!("{}: {}", r.path, r.reason));
        for document in opened.documents {
            let text = if main_text { running_text(&document) } else { document.text.clone() };
            words += text.split_whitespace().count();
            if let Some(folder) = &folder {
                std::fs::create_dir_all(folder)?;
                std::fs::write(folder.join(document.path.replace('/', "__") + ".txt"), text)?;
            } else if json {
                println!("{}", serde_json::to_string(&document)?);
            } else if !time {
                println!("{text}");
            }
        }
    }
    if time {
        println!("{{\"words\": {words}, \"seconds\": {seconds:.6}}}");
    }
    Ok(())
}

/// The text without what stands around it.
fn running_text(document: &Document) -> String {
    let mut text = String::new();
    let mut from = 0;
    for zone in &document.zones {
        if matches!(zone.kind, ZoneKind::Title | ZoneKind::Byline | ZoneKind::Menu) {
            text.push_str(document.text.get(from..zone.span.start as usize).unwrap_or_default());
            from = zone.span.end as usize;
        }
    }
    text.push_str(document.text.get(from..).unwrap_or_default());
    text
}
