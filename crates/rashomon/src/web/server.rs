//! The server: which address shows what, on which terms. It listens on 127.0.0.1 only and answers only requests that
//! were made for this computer by name, so that no other page in the same browser can read a ledger through a forged
//! name (DNS rebinding). The one request that changes something adds a verdict to the log, and is obeyed only if this page
//! itself sent it (its `Origin` is its host). What browsers may load is limited to the page's own files.

use super::address::Params;
use super::archive::Archive;
use super::layout::{Problem, problem};
use super::shelf::{Shelf, Shelves};
use super::{
    actor, assets, causes, discourse, document, marks, overview, panel, picture, search, statements, tour, view,
};
use crate::error::Error;
use crate::judging::{Known, Verdict};
use crate::tables;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, RawQuery, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use maud::Markup;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;

/// What browsers are told about every answer.
const TERMS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// The names under which this computer may be asked for.
const NAMES: &[&str] = &["127.0.0.1", "localhost", "[::1]"];

/// A listener on 127.0.0.1; port 0 takes any free one.
pub fn listen(port: u16) -> Result<TcpListener, Error> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|e| {
        Error::said(match e.kind() {
            std::io::ErrorKind::AddrInUse => format!(
                "Port {port} is in use, perhaps by another page that is still open. Give another with --port, or --port 0 \
                 for any free one."
            ),
            std::io::ErrorKind::PermissionDenied => {
                format!("Port {port} may not be used by you. Give one above 1023 with --port, or --port 0 for any free one.")
            }
            _ => format!("The page cannot be served on port {port}: {e}. Try another with --port."),
        })
    })
}

/// The address under which a listener's pages are.
pub fn address(listener: &TcpListener) -> Result<String, Error> {
    let at = listener.local_addr().map_err(|e| Error::said(format!("The page cannot be served: {e}.")))?;
    Ok(format!("http://{at}/"))
}

/// Serves an archive's pages until the program ends.
pub fn serve(listener: TcpListener, archive: Arc<dyn Archive>) -> Result<(), Error> {
    let failed = |e: std::io::Error| Error::said(format!("The page cannot be served: {e}."));
    listener.set_nonblocking(true).map_err(failed)?;
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_io().max_blocking_threads(4).build().map_err(failed)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).map_err(failed)?;
        let shelves = Arc::new(Shelves::new(archive));
        // Works a large ledger out while the browser is still opening; what goes wrong is told on the first page.
        let early = Arc::clone(&shelves);
        drop(tokio::task::spawn_blocking(move || {
            early.newest().map(|shelf| overview::whole(&shelf, &Params::default())).is_ok()
        }));
        axum::serve(listener, pages(shelves)).await.map_err(failed)
    })
}

/// Every page of an archive.
pub fn router(archive: Arc<dyn Archive>) -> Router {
    pages(Arc::new(Shelves::new(archive)))
}

fn pages(shelves: Arc<Shelves>) -> Router {
    Router::new()
        .route("/", get(show_overview))
        .route("/document/{id}", get(show_document))
        .route("/statement/{id}", get(show_statement))
        .route("/statements", get(show_statements))
        .route("/view/{name}", get(show_view))
        .route("/picture/{name}", get(show_picture))
        .route("/actor/{id}", get(show_actor))
        .route("/discourse", get(show_discourse))
        .route("/discourse/statements", get(show_coded))
        .route("/judge", post(judge))
        .route("/causes", get(show_causes))
        .route("/causes/weigh", post(weigh))
        .route("/causes/{name}", get(give_causes))
        .route("/search", get(show_search))
        .route("/tour", get(show_tour))
        .route("/assets/{name}", get(give_asset))
        .fallback(async |State(site): State<Site>| {
            site.show(|_| Err(Problem::Missing("No page has this address.".into()))).await
        })
        .layer(middleware::from_fn_with_state(Site(Arc::clone(&shelves)), on_tour))
        .layer(middleware::from_fn(on_terms))
        .with_state(Site(shelves))
}

/// What handlers share.
#[derive(Clone)]
struct Site(Arc<Shelves>);

impl Site {
    /// An answer worked out from the newest shelf, away from the thread that answers connections.
    async fn answer(
        &self,
        work: impl FnOnce(&Shelf, &Shelves) -> Result<Response, Problem> + Send + 'static,
    ) -> Response {
        let shelves = Arc::clone(&self.0);
        let outcome = tokio::task::spawn_blocking(move || match shelves.newest() {
            Err(words) => (shelves.archive().name(), Err(Problem::Broken(words))),
            Ok(shelf) => (shelf.name.clone(), work(&shelf, &shelves)),
        });
        match outcome.await {
            Ok((_, Ok(response))) => response,
            Ok((name, Err(why))) => (status(&why), html(problem(&name, &why))).into_response(),
            Err(_) => {
                let why = Problem::Broken(
                    "Something went wrong while this page was made. The ledger is unharmed; please report the address of \
                     this page."
                        .into(),
                );
                (StatusCode::INTERNAL_SERVER_ERROR, html(problem("", &why))).into_response()
            }
        }
    }

    async fn show(&self, work: impl FnOnce(&Shelf) -> Result<Markup, Problem> + Send + 'static) -> Response {
        self.answer(move |shelf, _| work(shelf).map(html)).await
    }
}

fn status(problem: &Problem) -> StatusCode {
    match problem {
        Problem::Missing(_) => StatusCode::NOT_FOUND,
        Problem::Wrong(_) => StatusCode::BAD_REQUEST,
        Problem::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn html(markup: Markup) -> Response {
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    let fresh = HeaderValue::from_static("no-cache");
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, fresh)], markup.into_string()).into_response()
}

/// Refuses what was not asked of this computer by name, and adds the terms to every answer.
async fn on_terms(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let mut response = if is_this_computer(host) {
        next.run(request).await
    } else {
        let words = "This page is only shown under the name 127.0.0.1 or localhost.";
        (StatusCode::FORBIDDEN, words).into_response()
    };
    for (name, value) in TERMS {
        response.headers_mut().insert(*name, HeaderValue::from_static(value));
    }
    response
}

/// Puts the tour's bar above the page of a step. Only the page's own frame holds the mark before which it stands: words
/// of documents are escaped.
async fn on_tour(State(site): State<Site>, request: Request, next: Next) -> Response {
    let params = Params::parse(request.uri().query());
    let response = next.run(request).await;
    let html = response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"text/html"));
    if params.get(tour::STEP).is_none() || !html {
        return response;
    }
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    let page = String::from_utf8_lossy(&bytes).into_owned();
    let shelves = site.0;
    let bar = tokio::task::spawn_blocking(move || {
        let shelf = shelves.newest().ok()?;
        tour::bar(&shelf, &params).map(Markup::into_string)
    });
    let page = match (bar.await.ok().flatten(), page.split_once(MAIN)) {
        (Some(bar), Some((above, below))) => format!("{above}{bar}{MAIN}{below}"),
        _ => page,
    };
    Response::from_parts(parts, Body::from(page))
}

/// Where every page's own words begin.
const MAIN: &str = "<main id=\"main\"";

fn is_this_computer(host: &str) -> bool {
    let port = |rest: &str| rest.is_empty() || rest.strip_prefix(':').is_some_and(|p| p.parse::<u16>().is_ok());
    NAMES.iter().any(|name| host.strip_prefix(name).is_some_and(port))
}

async fn show_overview(State(site): State<Site>, RawQuery(query): RawQuery) -> Response {
    site.show(move |shelf| Ok(overview::whole(shelf, &Params::parse(query.as_deref())))).await
}

async fn show_document(State(site): State<Site>, Path(id): Path<String>, RawQuery(query): RawQuery) -> Response {
    site.show(move |shelf| document::whole(shelf, &id, &Params::parse(query.as_deref()))).await
}

async fn show_statement(State(site): State<Site>, Path(id): Path<String>) -> Response {
    site.show(move |shelf| panel::whole(shelf, &id)).await
}

async fn show_actor(State(site): State<Site>, Path(id): Path<String>, RawQuery(query): RawQuery) -> Response {
    site.show(move |shelf| actor::whole(shelf, &id, &Params::parse(query.as_deref()))).await
}

async fn show_discourse(State(site): State<Site>, RawQuery(query): RawQuery) -> Response {
    site.show(move |shelf| discourse::whole(shelf, &Params::parse(query.as_deref()))).await
}

async fn show_coded(State(site): State<Site>, RawQuery(query): RawQuery) -> Response {
    site.show(move |shelf| discourse::listed(shelf, &Params::parse(query.as_deref()))).await
}

/// Whether a request was sent by this page itself.
fn is_own_page(headers: &HeaderMap) -> bool {
    let header = |name| headers.get(name).and_then(|v: &HeaderValue| v.to_str().ok()).unwrap_or_default();
    let host = header(header::HOST);
    !host.is_empty() && header(header::ORIGIN) == format!("http://{host}")
}

/// Keeps a verdict and shows the page it came from again.
async fn judge(State(site): State<Site>, headers: HeaderMap, body: Bytes) -> Response {
    if !is_own_page(&headers) {
        return (StatusCode::FORBIDDEN, "Only this page itself may add verdicts.").into_response();
    }
    site.answer(move |shelf, shelves| {
        let form = Params::parse(std::str::from_utf8(&body).ok());
        let field = |name: &str| form.get(name).unwrap_or_default().to_owned();
        let given = Verdict {
            verdict: field("verdict"),
            first: field("first"),
            second: field("second"),
            by: form.get("by").unwrap_or("reader").to_owned(),
            note: field("note"),
        };
        let (judgement, doubts) = Known::of(&shelf.snapshot).judgement(&given).map_err(Problem::Wrong)?;
        shelves.archive().judge(&judgement).map_err(Problem::Broken)?;
        let shelf = shelves.newest().map_err(Problem::Broken)?;
        let back = discourse::back(&field("back")).unwrap_or_else(|| actor::after(&shelf, &judgement, &field("back")));
        let back = back.maybe("note", doubts.first());
        let place = HeaderValue::from_str(&back.to_string()).map_err(|e| Problem::Wrong(e.to_string()))?;
        Ok((StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response())
    })
    .await
}

async fn show_causes(State(site): State<Site>, RawQuery(query): RawQuery) -> Response {
    site.show(move |shelf| causes::whole(shelf, &Params::parse(query.as_deref()))).await
}

/// The map of causes as a file.
async fn give_causes(State(site): State<Site>, Path(name): Path<String>, RawQuery(query): RawQuery) -> Response {
    site.answer(move |shelf, _| {
        let (kind, bytes) = causes::file(shelf, &name, &Params::parse(query.as_deref()))?;
        Ok(file(kind, &format!("causes-{name}"), bytes))
    })
    .await
}

/// Keeps a weight that a person set and shows the map again.
async fn weigh(State(site): State<Site>, headers: HeaderMap, body: Bytes) -> Response {
    if !is_own_page(&headers) {
        return (StatusCode::FORBIDDEN, "Only this page itself may set weights.").into_response();
    }
    site.answer(move |shelf, shelves| {
        let form = Params::parse(std::str::from_utf8(&body).ok());
        let (rows, back) = causes::weights(shelf, &form)?;
        for row in &rows {
            shelves.archive().judge(row).map_err(Problem::Broken)?;
        }
        let place = HeaderValue::from_str(&back.to_string()).map_err(|e| Problem::Wrong(e.to_string()))?;
        Ok((StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response())
    })
    .await
}

async fn show_tour(State(site): State<Site>) -> Response {
    site.show(|shelf| Ok(tour::whole(shelf))).await
}

async fn show_statements(State(site): State<Site>, RawQuery(query): RawQuery) -> Response {
    site.show(move |shelf| statements::whole(shelf, &Params::parse(query.as_deref()))).await
}

async fn show_search(State(site): State<Site>, RawQuery(query): RawQuery) -> Response {
    site.answer(move |shelf, shelves| {
        search::whole(shelf, shelves.archive(), &Params::parse(query.as_deref())).map(html)
    })
    .await
}

/// A view as a page, or as a file if its name ends in `.csv` or `.json`.
async fn show_view(State(site): State<Site>, Path(name): Path<String>, RawQuery(query): RawQuery) -> Response {
    site.answer(move |shelf, _| {
        let params = Params::parse(query.as_deref());
        match name.rsplit_once('.') {
            Some((view, "csv")) => view::table(shelf, view, &params).and_then(|(_, table)| {
                let mut bytes = Vec::new();
                tables::to_csv(&table, true, &mut bytes).map_err(|e| Problem::Broken(e.to_string()))?;
                Ok(file("text/csv; charset=utf-8", &name, bytes))
            }),
            Some((view, "json")) => view::table(shelf, view, &params).map(|(_, table)| {
                file("application/json", &name, format!("{:#}\n", tables::to_json(&table)).into_bytes())
            }),
            _ if name == "discourse" => discourse::whole(shelf, &params).map(html),
            _ => view::whole(shelf, &name, &params).map(html),
        }
    })
    .await
}

/// A picture as a page, or as a file if its name ends in `.svg` or `.csv`.
async fn show_picture(State(site): State<Site>, Path(name): Path<String>, RawQuery(query): RawQuery) -> Response {
    site.answer(move |shelf, _| {
        let params = Params::parse(query.as_deref());
        match name.rsplit_once('.') {
            Some((picture, "csv")) => marks::drawn(shelf, picture, &params).and_then(|(_, drawing)| {
                let mut bytes = Vec::new();
                tables::to_csv(&drawing.marks, true, &mut bytes).map_err(|e| Problem::Broken(e.to_string()))?;
                Ok(file("text/csv; charset=utf-8", &format!("picture-{name}"), bytes))
            }),
            Some((picture, "svg")) => marks::drawn(shelf, picture, &params)
                .map(|(_, drawing)| file("image/svg+xml", &name, drawing.svg(None).into_bytes())),
            _ => picture::whole(shelf, &name, &params).map(html),
        }
    })
    .await
}

/// A file to be saved. Only names of views come here, so the name needs no quoting.
fn file(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    let saved = HeaderValue::from_str(&format!("attachment; filename=\"rashomon-{name}\""));
    headers.insert(header::CONTENT_DISPOSITION, saved.unwrap_or(HeaderValue::from_static("attachment")));
    response
}

async fn give_asset(Path(name): Path<String>) -> Response {
    match assets::asset(&name) {
        Some(asset) => {
            let keep = HeaderValue::from_static("public, max-age=31536000, immutable");
            let kind = HeaderValue::from_static(asset.media_type);
            ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, keep)], asset.text).into_response()
        }
        None => (StatusCode::NOT_FOUND, "No file has this name.").into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_computer_pass() {
        for host in ["127.0.0.1", "127.0.0.1:8080", "localhost:1", "[::1]:9"] {
            assert!(is_this_computer(host), "{host}");
        }
        for host in ["", "evil.example", "127.0.0.1.evil.example", "localhost.evil:80", "localhost:80x", "127.0.0.1:"] {
            assert!(!is_this_computer(host), "{host}");
        }
    }
}
