//! `rashomon open`: serves the page on this computer and opens it in the browser.

use super::command::{Command, Invocation, Outcome, example};
use super::{options, show};
use crate::error::Error;
use crate::project::Project;
use clap::{Arg, ArgAction, ArgMatches};

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
    serve_page(project, port, move |address: &str| {
        // Whoever closed the output still has the page.
        let _unheard = show::line(&format!("The page is at {address} (Ctrl-C ends it)."));
        if browse && ::open::that_detached(address).is_err() {
            show::complain("The browser could not be opened. Open the address yourself.");
        }
    })
}

/// Until the page is there: the number of documents.
fn serve_page(project: Project, port: u16, ready: impl FnOnce(&str)) -> Result<(), Error> {
    use std::io::Write as _;
    let failed = |e: std::io::Error| {
        Error::said(format!("The page cannot be served on port {port}: {e}. Try another with --port."))
    };
    let listener = std::net::TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, port)).map_err(failed)?;
    ready(&format!("http://{}/", listener.local_addr().map_err(failed)?));
    for connection in listener.incoming() {
        let body = format!("{} documents", project.snapshot()?.documents.len());
        if let Ok(mut connection) = connection {
            // Whoever goes away before the answer has come does not concern the others.
            let _gone = write!(connection, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        }
    }
    Ok(())
}
