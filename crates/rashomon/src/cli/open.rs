//! `rashomon open`: serves the page on this computer and opens it in the browser.

use super::command::{Command, Invocation, Outcome, example};
use super::{options, show};
use crate::error::Error;
use crate::project::Project;
use crate::web;
use clap::{Arg, ArgAction, ArgMatches};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

/// The command.
pub const COMMAND: Command = Command {
    name: "open",
    about: "Open the page: documents with their statements marked, chains, search",
    details: "The page is served on 127.0.0.1, which only this computer can reach, and needs no network. With --listen others \
              on a network can open it too: the printed address holds a key without which nobody is let in. Whoever has that \
              address can read the ledger, judge and add documents, and the network can overhear it (put a TLS proxy before it where \
              that matters). Ctrl-C ends it.",
    examples: &[
        example("rashomon open", "the page of rashomon.ledger"),
        example("rashomon open --ledger case.ledger --port 8080", "another ledger, on a port of your choice"),
        example("rashomon open --no-open", "only print the address"),
        example("rashomon open --as \"Anne Lowry\"", "verdicts on the page carry this name"),
        example("rashomon open --listen 0.0.0.0 --port 8080", "for others on the network too, with a key"),
    ],
    arguments,
    run,
};

/// `--port`, `--listen`, `--as` and `--no-open`.
pub fn arguments() -> Vec<Arg> {
    vec![
        Arg::new("port")
            .long("port")
            .value_name("N")
            .help("Port; 0 takes any free one")
            .default_value("0")
            .value_parser(clap::value_parser!(u16)),
        Arg::new("listen")
            .long("listen")
            .value_name("ADDRESS")
            .help("Address of this computer to serve the page at; beyond 127.0.0.1 it asks for the key in the printed address")
            .default_value("127.0.0.1")
            .value_parser(clap::value_parser!(IpAddr)),
        Arg::new("as").long("as").value_name("PERSON").help("Who judges on the page, until a visitor gives another name"),
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
    let at = arguments.get_one::<IpAddr>("listen").copied().unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    let person = arguments.get_one::<String>("as").map(String::as_str);
    let terms = if at.is_loopback() { web::Terms::local(person)? } else { web::Terms::network(person)? };
    let listener = web::listen_at(SocketAddr::new(at, port))?;
    let mut address = web::address(&listener)?;
    if let Some(key) = terms.key() {
        // 0.0.0.0 means every address of this computer, and a browser can open none of that name.
        let here = address.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
        let elsewhere =
            if here == address { "" } else { " On another computer write this one's name or address in it." };
        address = format!("{here}?key={key}");
        show::complain(&format!(
            "The page can be reached from the network. Give its address only to those who may read, judge and add.{elsewhere}"
        ));
    }
    // Whoever closed the output still has the page.
    let _unheard = show::line(&format!("The page is at {address} (Ctrl-C ends it)."));
    if browse && ::open::that_detached(&address).is_err() {
        show::complain("The browser could not be opened. Open the address yourself.");
    }
    web::serve(listener, Arc::new(web::Kept::new(project)), terms)
}
