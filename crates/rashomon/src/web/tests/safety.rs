//! What the pages refuse: other hosts' names, other methods than reading, words that would be code, addresses of things
//! that are not there.

use super::told::{Shown, Told, three};
use super::*;
use rashomon_core::{Duplicate, Refusal};

const EVIL: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";

/// Some pages of every kind.
fn pages(archive: &Arc<dyn Archive>) -> Vec<String> {
    let snapshot = archive.snapshot().unwrap();
    let mut all: Vec<String> = [
        "/",
        "/view/claims",
        "/view/chains",
        "/view/actors",
        "/view/naming",
        "/view/sources",
        "/statements",
        "/search?q=the",
        "/search",
        "/review",
        "/review?again=yes",
        "/history",
        "/agreement",
        "/add",
        "/name",
        "/discourse",
        "/discourse?network=concepts",
        "/discourse/statements",
        "/tour",
        "/?tour=1",
        "/picture/timeline",
        "/picture/network",
        "/picture/naming",
        "/picture/chains",
        "/picture/balance",
        "/picture/threats",
        "/picture/sources",
    ]
    .map(str::to_owned)
    .into();
    all.extend(snapshot.documents.iter().map(|(d, _)| format!("/document/{}", d.id)));
    let actors = rashomon_derive::Actors::resolve(&snapshot);
    all.extend(actors.iter().map(|a| format!("/actor/{}", a.id)));
    for (document, statement) in snapshot.statements() {
        all.push(format!("/statement/{}", statement.id()));
        all.push(format!("/mend/{}", statement.id()));
        all.push(format!("/document/{}?statement={}", document.id, statement.id()));
    }
    all
}

#[test]
fn a_page_is_shown_only_under_the_names_of_this_computer() {
    let archive = archive(three());
    for host in ["rashomon.example", "127.0.0.1.example", "192.168.0.7:80", ""] {
        let answer = ask_as(&archive, "GET", host, "/");
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{host}");
        assert!(!answer.body.contains("mill"), "{host}");
    }
    assert_eq!(ask_as(&archive, "GET", "localhost:4000", "/").status, StatusCode::OK);
}

#[test]
fn nothing_can_be_sent_only_asked_for() {
    let archive = archive(three());
    for method in ["POST", "PUT", "DELETE", "PATCH"] {
        assert_eq!(ask_as(&archive, method, "localhost", "/").status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
    }
    assert_eq!(ask_as(&archive, "HEAD", "localhost", "/").status, StatusCode::OK);
}

#[test]
fn every_answer_forbids_foreign_files_and_no_page_holds_inline_code_or_looks() {
    let archive = archive(three());
    for address in pages(&archive) {
        let answer = ask(&archive, &address);
        let terms = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(terms.starts_with("default-src 'none'") && !terms.contains("unsafe"), "{address}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        for inline in ["<style", " style=", " onclick=", " onload=", "javascript:", "http://", "https://"] {
            assert!(!answer.body.contains(inline), "{inline} on {address}");
        }
        assert_eq!(answer.body.matches("<script").count(), 1, "{address}");
    }
}

#[test]
fn words_of_a_document_never_become_code() {
    let text = format!("Tom {EVIL} said the {EVIL} sea was calm.\n");
    let claim = format!("the {EVIL} sea was calm");
    let voice = format!("Tom {EVIL}");
    let mut told =
        Told::new(&format!("{EVIL}.txt"), &text).by(EVIL, EVIL).person(&voice).said(&claim, &[&voice], "said");
    told.document.metadata.publisher = Some(EVIL.into());
    told.document.metadata.language = Some(EVIL.into());
    told.document.metadata.date = Some(EVIL.into());
    told.document.metadata.url = Some(format!("javascript:{EVIL}"));
    told.document.notes = vec![EVIL.into()];
    let document = told.document.id.clone();
    let mut shown = Shown::new(vec![told]);
    shown.snapshot_mut().duplicates = vec![Duplicate { path: EVIL.into(), document }];
    shown.snapshot_mut().refusals = vec![Refusal {
        document: None,
        path: EVIL.into(),
        reader: "intake".into(),
        reason: EVIL.into(),
        words: EVIL.into(),
    }];
    let archive: Arc<dyn Archive> = Arc::new(shown);
    let mut all = pages(&archive);
    let query: String = form_urlencoded::byte_serialize(EVIL.as_bytes()).collect();
    all.extend(
        ["search?q", "view/claims?voice", "view/claims?kind", "statements?source", "document/x?at"]
            .map(|a| format!("/{a}={query}")),
    );
    all.push(format!("/view/{query}"));
    all.push(format!("/document/{query}"));
    for address in all {
        let page = ask(&archive, &address).body;
        assert!(!page.contains("<script>") && !page.contains("<img"), "{address}\n{page}");
        assert!(!page.contains("\"'><"), "{address}");
    }
}

#[test]
fn what_is_not_there_is_said_on_a_page_of_its_own() {
    let archive = archive(three());
    for address in
        ["/document/abc", "/statement/ffff", "/view/rumours", "/view/rumours.csv", "/nowhere", "/document/%00"]
    {
        let answer = ask(&archive, address);
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
        assert!(answer.body.contains("<h1>Nothing here</h1>") && answer.body.contains("All documents"), "{address}");
    }
    let answer = ask(&archive, "/view/claims?kind=rumour");
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.body.contains("known: event, tie"), "{}", answer.body);
    assert_eq!(ask(&archive, "/assets/secret.txt").status, StatusCode::NOT_FOUND);
}

#[test]
fn a_port_in_use_is_said_with_what_to_do() {
    let first = crate::web::listen(0).unwrap();
    let port = first.local_addr().unwrap().port();
    let words = crate::web::listen(port).unwrap_err().to_string();
    assert!(words.contains(&port.to_string()) && words.contains("--port"), "{words}");
    assert!(crate::web::address(&first).unwrap().starts_with("http://127.0.0.1:"));
}
