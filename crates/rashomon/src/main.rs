//! The program: hands its arguments to the shell and its end to the system. Everything else is in the library.

fn main() -> std::process::ExitCode {
    rashomon::cli::run()
}
