//! The server: which address shows what. It listens on 127.0.0.1 unless it was told to serve a network; who may ask and who may
//! change something is decided in `gate`. What browsers may load is limited to the page's own files.

use super::address::Params;
use super::archive::Archive;
use super::gate::{self, Door, Terms, Visitor};
use super::layout::{Problem, problem};
use super::shelf::{Shelf, Shelves};
use super::{
    actor, add, assets, causes, discourse, document, history, judge, marks, mend, overview, panel, picture, review,
    search, sides, statements, tour, view,
};
use crate::columns;
use crate::error::Error;
use crate::tables;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, Multipart, Path, RawQuery, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use maud::Markup;
use rashomon_core::Table;
use rashomon_derive::Filter;
use rashomon_derive::views::VIEWS;
use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Sendings of files that are received at one time; the others wait.
const SENDINGS: usize = 4;

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

/// A listener on 127.0.0.1; port 0 takes any free one.
pub fn listen(port: u16) -> Result<TcpListener, Error> {
    listen_at(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
}

/// A listener at an address.
pub fn listen_at(at: SocketAddr) -> Result<TcpListener, Error> {
    let port = at.port();
    TcpListener::bind(at).map_err(|e| {
        Error::said(match e.kind() {
            std::io::ErrorKind::AddrInUse => format!(
                "Port {port} is in use, perhaps by another page that is still open. Give another with --port, or --port 0 \
                 for any free one."
            ),
            std::io::ErrorKind::PermissionDenied => {
                format!("Port {port} may not be used by you. Give one above 1023 with --port, or --port 0 for any free one.")
            }
            std::io::ErrorKind::AddrNotAvailable => {
                format!("This computer has no address {}. Give one of its own with --listen.", at.ip())
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
pub fn serve(listener: TcpListener, archive: Arc<dyn Archive>, terms: Terms) -> Result<(), Error> {
    let failed = |e: std::io::Error| Error::said(format!("The page cannot be served: {e}."));
    listener.set_nonblocking(true).map_err(failed)?;
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_io().max_blocking_threads(8).build().map_err(failed)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).map_err(failed)?;
        let shelves = Arc::new(Shelves::new(archive, Arc::clone(&terms.form)));
        // Works a large ledger out while the browser is still opening; what goes wrong is told on the first page.
        let early = Arc::clone(&shelves);
        drop(tokio::task::spawn_blocking(move || {
            // One look for each, so that nobody waits for all of them.
            let worked_out = early.look(|shelf| shelf.queue().len()).is_ok();
            worked_out
                && early.look(|shelf| overview::whole(shelf, &Params::default())).is_ok()
                && VIEWS.iter().all(|view| early.look(|shelf| shelf.table(view, &Filter::default())).is_ok())
                && early.look(|shelf| discourse::whole(shelf, &Params::default()).is_ok()).is_ok()
        }));
        axum::serve(listener, pages(shelves, terms)).await.map_err(failed)
    })
}

/// Every page of an archive.
pub fn router(archive: Arc<dyn Archive>, terms: Terms) -> Router {
    pages(Arc::new(Shelves::new(archive, Arc::clone(&terms.form))), terms)
}

fn pages(shelves: Arc<Shelves>, terms: Terms) -> Router {
    let limit = usize::try_from(add::LIMIT).unwrap_or(usize::MAX);
    let site = Site { shelves, terms: Arc::new(terms), sendings: Arc::new(Semaphore::new(SENDINGS)) };
    Router::new()
        .route("/", get(show_overview))
        .route("/document/{id}", get(show_document))
        .route("/statement/{id}", get(show_statement))
        .route("/statements", get(show_statements))
        .route("/view/{name}", get(show_view))
        .route("/picture/{name}", get(show_picture))
        .route("/actor/{id}", get(show_actor))
        .route("/judge", post(keep_verdict))
        .route("/name", get(show_name).post(keep_name))
        .route("/review", get(show_review))
        .route("/mend/{id}", get(show_mend))
        .route("/history", get(show_history))
        .route("/agreement", get(show_agreement))
        .route("/add", get(show_add).post(add_files).layer(DefaultBodyLimit::max(limit)))
        .route("/compare", get(show_pairs))
        .route("/compare/{a}/{b}", get(show_sides))
        .route("/discourse", get(show_discourse))
        .route("/discourse/statements", get(show_coded))
        .route("/discourse/{name}", get(give_discourse))
        .route("/causes", get(show_causes))
        .route("/causes/weigh", post(weigh))
        .route("/causes/{name}", get(give_causes))
        .route("/search", get(show_search))
        .route("/tour", get(show_tour))
        .route("/assets/{name}", get(give_asset))
        .fallback(async |State(site): State<Site>| {
            site.show(|_| Err(Problem::Missing("No page has this address.".into()))).await
        })
        .layer(middleware::from_fn_with_state(site.clone(), on_tour))
        .layer(middleware::from_fn_with_state(site.clone(), on_terms))
        .with_state(site)
}

/// What handlers share.
#[derive(Clone)]
struct Site {
    shelves: Arc<Shelves>,
    terms: Arc<Terms>,
    sendings: Arc<Semaphore>,
}

impl Site {
    /// Work that may take a while, away from the thread that answers connections.
    async fn answer(&self, work: impl FnOnce(&Shelves) -> Result<Response, Problem> + Send + 'static) -> Response {
        let shelves = Arc::clone(&self.shelves);
        let outcome = tokio::task::spawn_blocking(move || {
            let name = shelves.archive().name();
            (name, work(&shelves))
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

    /// An answer worked out from the newest shelf.
    async fn look(&self, work: impl FnOnce(&Shelf) -> Result<Response, Problem> + Send + 'static) -> Response {
        self.answer(move |shelves| shelves.look(work).map_err(Problem::Broken)?).await
    }

    async fn show(&self, work: impl FnOnce(&Shelf) -> Result<Markup, Problem> + Send + 'static) -> Response {
        self.look(move |shelf| work(shelf).map(html)).await
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

fn json(value: &serde_json::Value) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], value.to_string()).into_response()
}

/// Refuses who may not come in, and adds the terms to every answer.
async fn on_terms(State(site): State<Site>, request: Request, next: Next) -> Response {
    let uri = request.uri();
    let mut response = match gate::door(&site.terms, request.headers(), uri.path(), uri.query()) {
        Door::Open => next.run(request).await,
        Door::Shut(why) => (StatusCode::FORBIDDEN, why).into_response(),
        Door::Welcome { to, cookie } => with_cookie(moved(&to), Some(cookie)),
    };
    for (name, value) in TERMS {
        response.headers_mut().insert(*name, HeaderValue::from_static(value));
    }
    response
}

/// To another address of this page.
fn moved(to: &str) -> Response {
    let place = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response()
}

fn with_cookie(mut response: Response, cookie: Option<String>) -> Response {
    if let Some(cookie) = cookie.and_then(|c| HeaderValue::from_str(&c).ok()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// What a person is told whose form this page did not send, or sent before the program was started anew.
fn refused() -> Response {
    let words = "Only this page itself may change something. If this form was open while the program was started again, go \
                 back, reload the page and send it once more.";
    (StatusCode::FORBIDDEN, words).into_response()
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
    let bar = tokio::task::spawn_blocking(move || {
        site.shelves.look(|shelf| tour::bar(shelf, &params).map(Markup::into_string)).ok().flatten()
    });
    let page = match (bar.await.ok().flatten(), page.split_once(MAIN)) {
        (Some(bar), Some((above, below))) => format!("{above}{bar}{MAIN}{below}"),
        _ => page,
    };
    Response::from_parts(parts, Body::from(page))
}

/// Where every page's own words begin.
const MAIN: &str = "<main id=\"main\"";

async fn show_overview(State(site): State<Site>, RawQuery(query): RawQuery) -> Response {
    site.show(move |shelf| Ok(overview::whole(shelf, &Params::parse(query.as_deref())))).await
}

async fn show_document(State(site): State<Site>, Path(id): Path<String>, RawQuery(query): RawQuery) -> Response {
    site.show(move |shelf| document::whole(shelf, &id, &Params::parse(query.as_deref()))).await
}

async fn show_statement(State(site): State<Site>, headers: HeaderMap, Path(id): Path<String>) -> Response {
    let visitor = Visitor::of(&site.terms, &headers);
    site.show(move |shelf| panel::whole(shelf, &visitor, &id)).await
}

async fn show_actor(State(site): State<Site>, Path(id): Path<String>, RawQuery(query): RawQuery) -> Response {
    site.show(move |shelf| actor::whole(shelf, &id, &Params::parse(query.as_deref()))).await
}

/// Keeps a verdict and shows the page it came from again.
async fn keep_verdict(State(site): State<Site>, headers: HeaderMap, body: Bytes) -> Response {
    let form = Params::parse(std::str::from_utf8(&body).ok());
    if !gate::is_own(&site.terms, &headers, form.get("token").unwrap_or_default()) {
        return refused();
    }
    let visitor = Visitor::of(&site.terms, &headers);
    site.answer(move |shelves| match judge::judge(shelves, &visitor, &form)? {
        judge::Outcome::Kept { to, name } => Ok(with_cookie(moved(&to), name.map(|name| gate::remember(&name)))),
        judge::Outcome::Ask(page) => Ok(html(page)),
    })
    .await
}

async fn show_pairs(State(site): State<Site>) -> Response {
    site.show(|shelf| Ok(sides::pairs(shelf))).await
}

async fn show_sides(
    State(site): State<Site>,
    Path((a, b)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Response {
    site.show(move |shelf| sides::whole(shelf, &a, &b, &Params::parse(query.as_deref()))).await
}

async fn show_discourse(State(site): State<Site>, RawQuery(query): RawQuery) -> Response {
    site.show(move |shelf| discourse::whole(shelf, &Params::parse(query.as_deref()))).await
}

async fn show_coded(State(site): State<Site>, RawQuery(query): RawQuery) -> Response {
    site.show(move |shelf| discourse::listed(shelf, &Params::parse(query.as_deref()))).await
}

/// A table of the debate as a file, as it is asked for: the network, its camps, what carries it, or the coded statements.
async fn give_discourse(State(site): State<Site>, Path(name): Path<String>, RawQuery(query): RawQuery) -> Response {
    site.look(move |shelf| {
        let params = Params::parse(query.as_deref());
        let missing = || Problem::Missing(format!("There is no file {name:?} of the debate."));
        let (what, form) = name.rsplit_once('.').ok_or_else(missing)?;
        let table = discourse::table(shelf, what, &params)?.ok_or_else(missing)?;
        let (kind, bytes) = written(&table, form)?.ok_or_else(missing)?;
        Ok(file(kind, &format!("discourse-{name}"), bytes))
    })
    .await
}

async fn show_causes(State(site): State<Site>, RawQuery(query): RawQuery) -> Response {
    site.show(move |shelf| causes::whole(shelf, &Params::parse(query.as_deref()))).await
}

/// The map of causes as a file.
async fn give_causes(State(site): State<Site>, Path(name): Path<String>, RawQuery(query): RawQuery) -> Response {
    site.look(move |shelf| {
        let (kind, bytes) = causes::file(shelf, &name, &Params::parse(query.as_deref()))?;
        Ok(file(kind, &format!("causes-{name}"), bytes))
    })
    .await
}

/// Keeps a weight that a person set and shows the map again.
async fn weigh(State(site): State<Site>, headers: HeaderMap, body: Bytes) -> Response {
    let form = Params::parse(std::str::from_utf8(&body).ok());
    if !gate::is_own(&site.terms, &headers, form.get("token").unwrap_or_default()) {
        return refused();
    }
    site.answer(move |shelves| {
        let (rows, back) = shelves.look(|shelf| causes::weights(shelf, &form)).map_err(Problem::Broken)??;
        rows.iter().try_for_each(|row| judge::keep(shelves, row))?;
        Ok(moved(&back.to_string()))
    })
    .await
}

async fn show_name(State(site): State<Site>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let visitor = Visitor::of(&site.terms, &headers);
    site.show(move |shelf| Ok(judge::name_page(shelf, &visitor, &Params::parse(query.as_deref())))).await
}

async fn keep_name(State(site): State<Site>, headers: HeaderMap, body: Bytes) -> Response {
    let form = Params::parse(std::str::from_utf8(&body).ok());
    if !gate::is_own(&site.terms, &headers, form.get("token").unwrap_or_default()) {
        return refused();
    }
    let to = form.get("back").and_then(gate::local).unwrap_or("/review");
    with_cookie(moved(to), form.get("by").and_then(gate::named).map(|name| gate::remember(&name)))
}

async fn show_review(State(site): State<Site>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let visitor = Visitor::of(&site.terms, &headers);
    site.show(move |shelf| review::whole(shelf, &visitor, &Params::parse(query.as_deref()))).await
}

async fn show_mend(
    State(site): State<Site>,
    headers: HeaderMap,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let visitor = Visitor::of(&site.terms, &headers);
    site.show(move |shelf| mend::whole(shelf, &visitor, &id, &Params::parse(query.as_deref()))).await
}

async fn show_history(State(site): State<Site>, RawQuery(query): RawQuery) -> Response {
    site.show(move |shelf| Ok(history::whole(shelf, &Params::parse(query.as_deref())))).await
}

async fn show_agreement(State(site): State<Site>) -> Response {
    site.show(|shelf| Ok(history::between(shelf))).await
}

async fn show_add(State(site): State<Site>) -> Response {
    site.show(|shelf| Ok(add::whole(shelf, None))).await
}

/// Receives files, reads them into the ledger and tells of each.
async fn add_files(State(site): State<Site>, headers: HeaderMap, form: Multipart) -> Response {
    if !gate::from_own_page(&headers) {
        return refused();
    }
    let Ok(_turn) = site.sendings.acquire().await else { return refused() };
    let as_json = headers.get(header::ACCEPT).is_some_and(|a| a.as_bytes().starts_with(b"application/json"));
    let folder = match receive(&site.terms, form).await {
        Ok(folder) => folder,
        Err((status, words)) => return (status, words).into_response(),
    };
    site.answer(move |shelves| {
        let all = add::take(shelves, folder.path()).map_err(Problem::Broken)?;
        drop(folder);
        let page = |shelf: &Shelf| match as_json {
            true => json(&add::to_json(shelf, &all)),
            false => html(add::whole(shelf, Some(&all))),
        };
        shelves.look(page).map_err(Problem::Broken)
    })
    .await
}

type Sent = Result<tempfile::TempDir, (StatusCode, String)>;

/// Lays the files of a form into a folder of their own, as they stream in. The token comes first; without it nothing is
/// received.
async fn receive(terms: &Terms, mut form: Multipart) -> Sent {
    let folder = tempfile::tempdir().map_err(|e| unkept(&e))?;
    let (mut known, mut count) = (false, 0);
    while let Some(mut field) = form.next_field().await.map_err(|e| unsent(&e))? {
        match field.name() {
            Some("token") => known = gate::same(&field.text().await.map_err(|e| unsent(&e))?, &terms.form),
            Some("files") if !known => {
                return Err((
                    StatusCode::FORBIDDEN,
                    "Only this page itself may add files. Reload it and send them again.".into(),
                ));
            }
            Some("files") if field.file_name().is_some_and(|name| !name.is_empty()) => {
                if count == add::FILES {
                    let words = format!(
                        "More than {count} files at once. Read the folder in a shell with `rashomon read FOLDER`."
                    );
                    return Err((StatusCode::PAYLOAD_TOO_LARGE, words));
                }
                store(&folder, &mut field, count).await?;
                count += 1;
            }
            _ => {}
        }
    }
    match known {
        true => Ok(folder),
        false => {
            Err((StatusCode::FORBIDDEN, "Only this page itself may add files. Reload it and send them again.".into()))
        }
    }
}

async fn store(folder: &tempfile::TempDir, field: &mut Field<'_>, number: usize) -> Result<(), (StatusCode, String)> {
    let mut place = add::place(folder.path(), field.file_name().unwrap_or_default(), number);
    if place.exists() {
        // Two files of one name in one sending: each keeps its own.
        place = add::place(folder.path(), &format!("{}/{}", number + 1, field.file_name().unwrap_or_default()), number);
    }
    if let Some(above) = place.parent() {
        std::fs::create_dir_all(above).map_err(|e| unkept(&e))?;
    }
    let mut file = std::fs::File::create_new(&place).map_err(|e| unkept(&e))?;
    while let Some(bytes) = field.chunk().await.map_err(|e| unsent(&e))? {
        file.write_all(&bytes).map_err(|e| unkept(&e))?;
    }
    Ok(())
}

fn unsent(error: &MultipartError) -> (StatusCode, String) {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            let words = format!(
                "This is more than {} MB. Send fewer files at once, or read them in a shell with `rashomon read FOLDER`.",
                add::LIMIT >> 20
            );
            (StatusCode::PAYLOAD_TOO_LARGE, words)
        }
        status => (status, "The files did not arrive whole. Send them again.".into()),
    }
}

fn unkept(error: &std::io::Error) -> (StatusCode, String) {
    let words = match error.kind() {
        std::io::ErrorKind::StorageFull => {
            "The disk of the computer that shows this page is full. Free some space and try again.".into()
        }
        _ => format!("The files could not be laid down to be read ({error}). Rename them and try again."),
    };
    (StatusCode::INTERNAL_SERVER_ERROR, words)
}

async fn show_tour(State(site): State<Site>) -> Response {
    site.show(|shelf| Ok(tour::whole(shelf))).await
}

async fn show_statements(State(site): State<Site>, RawQuery(query): RawQuery) -> Response {
    site.show(move |shelf| statements::whole(shelf, &Params::parse(query.as_deref()))).await
}

async fn show_search(State(site): State<Site>, RawQuery(query): RawQuery) -> Response {
    site.answer(move |shelves| {
        let params = Params::parse(query.as_deref());
        shelves.look(|shelf| search::whole(shelf, shelves.archive(), &params).map(html)).map_err(Problem::Broken)?
    })
    .await
}

/// The forms in which a table is given as a file.
const FORMS: &[&str] = &["csv", "json", "parquet"];

/// A table as a file: its kind and bytes; nothing for a form that is not known.
fn written(table: &Table, form: &str) -> Result<Option<(&'static str, Vec<u8>)>, Problem> {
    let mut bytes = Vec::new();
    let kind = match form {
        "csv" => tables::to_csv(table, true, &mut bytes).map(|()| "text/csv; charset=utf-8"),
        "json" => {
            bytes = format!("{:#}\n", tables::to_json(table)).into_bytes();
            Ok("application/json")
        }
        "parquet" => columns::to_parquet(table, &mut bytes).map(|()| "application/vnd.apache.parquet"),
        _ => return Ok(None),
    };
    kind.map(|kind| Some((kind, bytes))).map_err(|e| Problem::Broken(e.to_string()))
}

/// A view as a page, or as a file if its name ends in `.csv`, `.json` or `.parquet`.
async fn show_view(State(site): State<Site>, Path(name): Path<String>, RawQuery(query): RawQuery) -> Response {
    site.look(move |shelf| {
        let params = Params::parse(query.as_deref());
        match name.rsplit_once('.') {
            Some((view, form)) if FORMS.contains(&form) => {
                let (_, table) = view::table(shelf, view, &params)?;
                let (kind, bytes) = written(&table, form)?
                    .ok_or_else(|| Problem::Missing(format!("There is no form {form:?} of a view.")))?;
                Ok(file(kind, &name, bytes))
            }
            _ if name == "discourse" => discourse::whole(shelf, &params).map(html),
            _ => view::whole(shelf, &name, &params).map(html),
        }
    })
    .await
}

/// A picture as a page, or as a file if its name ends in `.svg` or `.csv`.
async fn show_picture(State(site): State<Site>, Path(name): Path<String>, RawQuery(query): RawQuery) -> Response {
    site.look(move |shelf| {
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
