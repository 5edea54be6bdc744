//! Third-party parsers meet hostile bytes here. Each runs on a thread of its own with a deep stack, because deep nesting
//! would otherwise end the program, and a panic in it becomes a fault of the one file.
//!
//! A library must not print, and a caught panic would: the hook is wrapped once, and stays silent for these threads only.

use crate::fault::Fault;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

/// Only touched pages of a stack cost memory, so a deep one is free until it is needed.
const STACK: usize = 256 << 20;
const NAME: &str = "rashomon-intake";

/// Runs a reader so that nothing it does wrong reaches the caller as anything but a fault.
pub fn run<T: Send>(read: impl FnOnce() -> Result<T, Fault> + Send) -> Result<T, Fault> {
    silence();
    std::thread::scope(|scope| {
        let work = || catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(gave_up()));
        match std::thread::Builder::new().name(NAME.into()).stack_size(STACK).spawn_scoped(scope, work) {
            Ok(thread) => thread.join().unwrap_or_else(|_| Err(gave_up())),
            Err(error) => {
                Err(Fault::new(format!("no memory to read it ({error})"), "close other programs and try again"))
            }
        }
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
            if std::thread::current().name() != Some(NAME) {
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
    }
}
