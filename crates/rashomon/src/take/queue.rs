//! What lies between the threads that read and the one that writes, and how much of it there may be.
//!
//! The threads may run ahead of the writer, but only so far as memory allows: files and texts have budgets in bytes, and
//! who finds no room waits. The input that the writer needs next never waits for those behind it, so the work always
//! goes on; so at worst there is one document more in memory than the budget says.

use super::work::Step;
use crate::error::Error;
use rashomon_core::Refusal;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Inputs that may be under way at one time, for each thread.
const WINDOW: usize = 8;
/// Bytes of files that may be loaded and not yet opened; a larger file is opened alone.
const FILES: u64 = 16 << 20;
/// Bytes of text that may be read and not yet written. A reading is some forty times larger than its text.
const TEXTS: u64 = 3 << 20;

/// The next thing for the writer.
pub(super) enum Piece {
    /// Something to do with a document, and the text's room that is free again when it is done.
    Step(Step, Room),
    /// The end of an input.
    End {
        /// The input's name.
        name: String,
        /// What of it could not be taken.
        refusals: Vec<Refusal>,
        /// Why nothing more can be done, if that is so.
        failure: Option<Error>,
    },
}

/// Room for a text: the input and the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Room {
    input: usize,
    /// Bytes.
    pub bytes: u64,
}

/// One input under way.
#[derive(Default)]
struct Slot {
    steps: VecDeque<(Step, Room)>,
    /// Set when the thread has come to the input's end.
    end: Option<Piece>,
}

#[derive(Default)]
struct State {
    /// The next input to start.
    start: usize,
    /// The input that the writer needs next.
    write: usize,
    slots: BTreeMap<usize, Slot>,
    /// Bytes of files loaded and not yet opened.
    files: u64,
    /// Bytes of text for which there is room, by input.
    texts: BTreeMap<usize, u64>,
    /// Archives opened whose members are not all read.
    archives: usize,
    /// No more is to be started.
    stopped: bool,
}

/// The queue of `count` inputs.
pub(super) struct Queue {
    count: usize,
    window: usize,
    state: Mutex<State>,
    changed: Condvar,
}

/// A lock that does not mind that another thread fell while it held it: what is locked here is whole at every moment.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Queue {
    pub fn new(count: usize, threads: usize) -> Queue {
        Queue { count, window: threads * WINDOW, state: Mutex::default(), changed: Condvar::new() }
    }

    /// Waits until something can be done, and does it.
    fn when<T>(&self, mut ready: impl FnMut(&mut State) -> Option<T>) -> T {
        let mut state = lock(&self.state);
        loop {
            if let Some(answer) = ready(&mut state) {
                return answer;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let answer = change(&mut lock(&self.state));
        self.changed.notify_all();
        answer
    }

    /// The next input to start and the size of its file, once there is room for it; `None` when there are no more.
    pub fn start(&self, size: impl Fn(usize) -> u64) -> Option<(usize, u64)> {
        self.when(|state| {
            let at = state.start;
            if state.stopped || at >= self.count {
                return Some(None);
            }
            let size = size(at);
            let room = state.files == 0 || state.files + size <= FILES;
            (room && at < state.write + self.window).then(|| {
                state.start += 1;
                state.files += size;
                Some((at, size))
            })
        })
    }

    /// The file of an input is not in memory any more.
    pub fn file_is_gone(&self, size: u64) {
        self.change(|state| state.files -= size);
    }

    /// Waits until an archive may be opened. What is in it is in memory until all is read, so there are two at most.
    pub fn open_archive(&self, at: usize) {
        let may = |state: &State| state.archives == 0 || at == state.write || state.stopped;
        self.when(|state| may(state).then(|| state.archives += 1));
    }

    /// The members of an archive are all read.
    pub fn archive_is_read(&self) {
        self.change(|state| state.archives -= 1);
    }

    /// Waits until there is room to read a text.
    pub fn room(&self, at: usize, bytes: u64) -> Room {
        self.when(|state| {
            let held: u64 = state.texts.values().sum();
            let fits = held == 0 || held + bytes <= TEXTS;
            let needed_next = at == state.write && !state.texts.contains_key(&at);
            (fits || needed_next || state.stopped).then(|| {
                *state.texts.entry(at).or_default() += bytes;
                Room { input: at, bytes }
            })
        })
    }

    /// The text that had this room is not in memory any more.
    pub fn release(&self, room: Room) {
        self.change(|state| {
            if let Some(held) = state.texts.get_mut(&room.input) {
                *held = held.saturating_sub(room.bytes);
                if *held == 0 {
                    state.texts.remove(&room.input);
                }
            }
        });
    }

    /// Room of no bytes, for what holds no text.
    pub fn no_room(&self, at: usize) -> Room {
        Room { input: at, bytes: 0 }
    }

    /// Hands a step to the writer.
    pub fn push(&self, at: usize, step: Step, room: Room) {
        self.change(|state| state.slots.entry(at).or_default().steps.push_back((step, room)));
    }

    /// Tells the writer that this was all of an input.
    pub fn end(&self, at: usize, name: String, refusals: Vec<Refusal>, failure: Option<Error>) {
        self.change(|state| state.slots.entry(at).or_default().end = Some(Piece::End { name, refusals, failure }));
    }

    /// The next piece in the order of the inputs; waits for it. `None` when all are written.
    pub fn next(&self) -> Option<Piece> {
        let count = self.count;
        let piece = self.when(|state| {
            if state.write >= count {
                return Some(None);
            }
            let slot = state.slots.get_mut(&state.write)?;
            if let Some((step, room)) = slot.steps.pop_front() {
                return Some(Some(Piece::Step(step, room)));
            }
            let end = slot.end.take()?;
            state.slots.remove(&state.write);
            state.write += 1;
            Some(Some(end))
        });
        // Whoever waits to be the next may be it now.
        self.changed.notify_all();
        piece
    }

    /// Whether the next piece is there without waiting.
    pub fn more_is_ready(&self) -> bool {
        let state = lock(&self.state);
        state.slots.get(&state.write).is_some_and(|slot| !slot.steps.is_empty() || slot.end.is_some())
    }

    /// Lets the threads come to an end.
    pub fn stop(&self) {
        self.change(|state| state.stopped = true);
    }
}
