//! The page `docs/commands.md`, made from the list of commands; a test holds the file to it.

use super::COMMANDS;
use super::command::Command;
use std::fmt::Write as _;

/// The page.
pub fn page() -> String {
    let mut page = String::from(
        "# Commands\n\nMade from the program's own list of commands; `rashomon COMMAND --help` says the same. Every \
         command takes\n`--ledger FILE`, the file that everything is kept in (`rashomon.ledger` if it is left out). \
         Exit codes: 0 done; 1 some inputs\nwere refused (the rest is done and kept); 2 nothing could be done.\n",
    );
    COMMANDS.iter().for_each(|command| describe(&mut page, command));
    page
}

fn describe(page: &mut String, command: &Command) {
    // Writing to a string does not fail.
    let _ = write!(page, "\n## {}\n{}.\n", command.name, command.about);
    if !command.details.is_empty() {
        let _ = writeln!(page, "{}", command.details);
    }
    page.push('\n');
    for argument in (command.arguments)() {
        let value = argument.get_value_names().and_then(|v| v.first()).map(|v| v.to_string()).unwrap_or_default();
        let takes_value = argument.get_action().takes_values();
        let form = match (argument.get_long(), takes_value) {
            (Some(long), true) => format!("--{long} {value}"),
            (Some(long), false) => format!("--{long}"),
            (None, _) => value,
        };
        let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(page, "- `{form}`: {help}");
    }
    page.push_str("\n```\n");
    for example in command.examples {
        let _ = writeln!(page, "{:<66} # {}", example.line, example.does);
    }
    page.push_str("```\n");
}

#[cfg(test)]
mod tests {
    /// With `RENEW=1` in the environment the test writes the page instead of checking it.
    #[test]
    fn the_page_of_commands_is_current() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/commands.md");
        if std::env::var_os("RENEW").is_some() {
            std::fs::write(&path, super::page()).unwrap();
        }
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(written == super::page(), "docs/commands.md is not current: run the tests with RENEW=1 and look at it");
    }
}
