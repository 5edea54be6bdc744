//! `rashomon open`: serves the page on this computer and opens it in the browser.

use super::command::{Command, Invocation, Outcome, example};
use super::{options, show};
use crate::error::Error;
use crate::project::Project;
use crate::web;
use clap::{Arg, ArgAction, ArgMatches};
use std::sync::Arc;

/// The command.
pub const COMMAND: Command = Command {
    name: "open",
    about: "Open the page: documents with their statements marked, chains, search",
    details: "The page is served on 127.0.0.1, which only this computer can reach, and needs no network. Ctrl-C ends it.",
    examples: &[
        example("rashomon open", "the page of rashomon.ledger"),
        example("rashomon open --ledger case.ledger --port 8080", "another ledger, on a port of your choice"),
        example("rashomon open --no-open", "only print the address"),
    ],
    arguments,
    run,
};

/// `--port` and `--no-open`.
pub fn arguments() -> Vec<Arg> {
    vec![
        Arg::new("port")
            .long("port")
            .value_name("N")
            .help("Port on 127.0.0.1; 0 takes any free one")
            .default_value("0")
            .value_parser(clap::value_parser!(u16)),
        Arg::new("no-open").long("no-open").action(ArgAction::SetTrue).help("Do not open the browser"),
    ]
}

fn run(call: &Invocation<'_>) -> Result<Outcome, Error> {
    serve(options::project(call.arguments)?, call.arguments)?;
    Ok(Outcome::Done)
}

/// Serves a ledger's page as the arguments say.
pub fn serve(project: Project, arguments: &ArgMatches) -> Result<(), Error> {
    let port = arguments.get_one::<u16>("port").copied().unwrap_or(0);
    let browse = !arguments.get_flag("no-open");
    let listener = web::listen(port)?;
    let address = web::address(&listener)?;
    // Whoever closed the output still has the page.
    let _unheard = show::line(&format!("The page is at {address} (Ctrl-C ends it)."));
    if browse && ::open::that_detached(&address).is_err() {
        show::complain("The browser could not be opened. Open the address yourself.");
    }
    web::serve(listener, Arc::new(web::Kept::new(project)))
}
