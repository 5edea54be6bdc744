//! Third-party parsers meet hostile bytes here. Each runs on a deep stack, because deep nesting would otherwise end the
//! program, and a panic in it becomes a fault of the one file.
//!
//! A thread for every file costs more than a small file itself, so whoever opens many does it on one deep stack. A
//! library must not print, and a caught panic would: the hook is wrapped once, and is silent for these readers only.

use crate::fault::Fault;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;
use std::thread::{Scope, ScopedJoinHandle};

/// Only touched pages of a stack cost memory, so a deep one is free until it is needed.
const STACK: usize = 256 << 20;

thread_local! {
    /// Whether this thread's stack is deep enough for a reader.
    static IS_DEEP: Cell<bool> = const { Cell::new(false) };
    /// Whether a reader is at work on this thread.
    static AT_WORK: Cell<bool> = const { Cell::new(false) };
}

/// Starts a thread with a deep stack, on which [`open`](crate::open) needs no other for each file.
pub fn spawn_deep<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    work: impl FnOnce() -> T + Send + 'scope,
) -> std::io::Result<ScopedJoinHandle<'scope, T>> {
    let work = || {
        IS_DEEP.set(true);
        work()
    };
    std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work)
}

/// Runs a reader so that nothing it does wrong reaches the caller as anything but a fault.
pub fn run<T: Send>(read: impl FnOnce() -> Result<T, Fault> + Send) -> Result<T, Fault> {
    silence();
    let work = || {
        let outer = AT_WORK.replace(true);
        let done = catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(gave_up()));
        AT_WORK.set(outer);
        done
    };
    if IS_DEEP.get() {
        return work();
    }
    std::thread::scope(|scope| match spawn_deep(scope, work) {
        Ok(thread) => thread.join().unwrap_or_else(|_| Err(gave_up())),
        Err(error) => Err(Fault::new(format!("no memory to read it ({error})"), "close other programs and try again")),
    })
}

fn gave_up() -> Fault {
    Fault::new("it is so damaged or unusual that its reader gave up", "open it in another program and save it anew")
}

fn silence() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !AT_WORK.get() {
                before(info);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_fault_and_a_deep_call_is_no_end() {
        let fault = run(|| -> Result<(), Fault> { panic!("a parser's bug") }).unwrap_err();
        assert!(fault.to_string().contains("gave up"));
        fn deep(n: u32) -> u32 {
            let frame = std::hint::black_box([n; 64]);
            if n == 0 { frame[0] } else { deep(n - 1) + frame[1] - n }
        }
        assert_eq!(run(|| Ok(deep(200_000))).unwrap(), 0);
        let ids = || (std::thread::current().id(), run(|| Ok(std::thread::current().id())));
        let same = std::thread::scope(|scope| spawn_deep(scope, ids).unwrap().join().unwrap());
        assert_eq!(same.0, same.1.unwrap(), "on a deep stack no other is needed");
    }
}
