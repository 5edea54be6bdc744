//! The pages as a browser gets them: requests go through the whole router, answers are read as bytes.

pub(crate) mod told;

mod causes;
mod desk;
mod pages;
mod pictures;
mod safety;
mod sides;

use super::Archive;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use std::sync::Arc;
use tower::ServiceExt as _;

/// An answer, read.
struct Answer {
    status: StatusCode,
    headers: axum::http::HeaderMap,
    body: String,
}

/// Asks for an address under a host's name.
fn ask_as(archive: &Arc<dyn Archive>, method: &str, host: &str, address: &str) -> Answer {
    let address = address.split('#').next().unwrap_or_default();
    answer_to(archive, Request::builder().method(method).uri(address).header("host", host).body(Body::empty()).unwrap())
}

/// Sends a form from a page of an origin.
fn send(archive: &Arc<dyn Archive>, origin: &str, address: &str, form: &[(&str, &str)]) -> Answer {
    let mut body = form_urlencoded::Serializer::new(String::new());
    body.extend_pairs(form);
    if form.iter().all(|(name, _)| *name != "token") {
        body.append_pair("token", "told");
    }
    let request =
        Request::builder().method("POST").uri(address).header("host", "127.0.0.1:4000").header("origin", origin);
    answer_to(archive, request.body(Body::from(body.finish())).unwrap())
}

fn answer_to(archive: &Arc<dyn Archive>, request: Request<Body>) -> Answer {
    let (parts, bytes) = raw(archive, request);
    Answer { status: parts.status, headers: parts.headers, body: String::from_utf8(bytes).unwrap() }
}

fn raw(archive: &Arc<dyn Archive>, request: Request<Body>) -> (axum::http::response::Parts, Vec<u8>) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let response = super::router(Arc::clone(archive), super::Terms::told()).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        (parts, body.collect().await.unwrap().to_bytes().to_vec())
    })
}

/// The bytes of a file that must be there.
fn bytes(archive: &Arc<dyn Archive>, address: &str) -> Vec<u8> {
    let request = Request::builder().uri(address).header("host", "127.0.0.1:4000").body(Body::empty()).unwrap();
    let (parts, bytes) = raw(archive, request);
    assert_eq!(parts.status, StatusCode::OK, "{address}");
    bytes
}

fn ask(archive: &Arc<dyn Archive>, address: &str) -> Answer {
    ask_as(archive, "GET", "127.0.0.1:4000", address)
}

/// Asks for a page that must be there.
fn get(archive: &Arc<dyn Archive>, address: &str) -> String {
    let answer = ask(archive, address);
    assert_eq!(answer.status, StatusCode::OK, "{address}\n{}", answer.body);
    answer.body
}

fn archive(told: Vec<told::Told>) -> Arc<dyn Archive> {
    Arc::new(told::Shown::new(told))
}

/// The values of an attribute in a page, in order, as a browser would read them.
fn attributes(page: &str, name: &str) -> Vec<String> {
    let start = format!(" {name}=\"");
    page.split(start.as_str())
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|value| value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&"))
        .collect()
}

/// The words of a page between two marks of its source, without tags.
fn words_between(page: &str, from: &str, to: &str) -> String {
    let part = page.split_once(from).unwrap_or_else(|| panic!("no {from} in\n{page}")).1;
    let part = part.split_once(to).unwrap().0;
    let mut words = String::new();
    let mut inside = from.starts_with('<') && !from.ends_with('>');
    for c in part.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => words.push(c),
            _ => {}
        }
    }
    words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
