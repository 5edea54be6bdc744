//! Shows how far the reading is: a bar on a terminal, nothing in a pipe, a line for each document if asked.

use super::plain::plain;
use super::show;
use crate::error::Error;
use crate::take::Event;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal as _;

/// Listens to the events of taking.
pub struct Progress {
    bar: ProgressBar,
    lines: bool,
    /// The first line that could not be written. Reading goes on: what is kept is worth more than what is said of it.
    pub broken: Option<Error>,
}

impl Progress {
    /// With `lines`, one line for each document on the standard output; else a bar, if there is a terminal for it.
    pub fn new(lines: bool) -> Progress {
        let visible = !lines && std::io::stderr().is_terminal();
        let target = if visible { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(0), target);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}") {
            bar.set_style(style);
        }
        Progress { bar, lines, broken: None }
    }

    /// Hears of an event.
    pub fn hear(&mut self, event: Event<'_>) {
        match &event {
            Event::Found(count) => self.bar.set_length(*count as u64),
            Event::Done => self.bar.inc(1),
            Event::Kept { name, .. } | Event::Known(name) | Event::Copy { name, .. } => {
                if !self.bar.is_hidden() {
                    self.bar.set_message(plain(name, false));
                }
            }
            Event::Refused(_) => {}
        }
        if self.lines && self.broken.is_none() {
            self.broken = in_words(&event).and_then(|words| show::line(&words).err());
        }
    }

    /// Takes the bar away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}

/// The line for an event. The first word tells what happened; the name is the rest of the line or ends at a tab.
fn in_words(event: &Event<'_>) -> Option<String> {
    let name = |name: &str| plain(name, false);
    Some(match event {
        Event::Found(_) | Event::Done => return None,
        Event::Kept { name: n, statements } => format!("kept {}\t{statements} statements", name(n)),
        Event::Known(n) => format!("known {}", name(n)),
        Event::Copy { name: n, of } => format!("copy {}\tof {}", name(n), name(of)),
        Event::Refused(r) => format!("refused {}\t{}", name(&r.path), name(&r.reason)),
    })
}
