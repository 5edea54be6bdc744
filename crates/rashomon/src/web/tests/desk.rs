//! The writing side: verdicts, mends, undo, several people at once, the name, the queue; and that a page which takes
//! verdicts in one by one shows the same as one that loads everything anew.

use super::told::{Shown, three};
use super::*;
use axum::Router;
use rashomon_core::StatementId;
use std::sync::atomic::Ordering;

const HERE: &str = "http://127.0.0.1:4000";

/// One server that stays, as in life: its shelf takes verdicts in.
struct Server {
    shown: Arc<Shown>,
    router: Router,
    person: Option<&'static str>,
}

impl Server {
    fn new() -> Server {
        let shown = Arc::new(Shown::new(three()));
        let terms = crate::web::Terms { person: None, ..crate::web::Terms::told() };
        let router = crate::web::router(shown.clone(), terms);
        Server { shown, router, person: Some("Anne") }
    }

    fn ask(&self, request: Request<Body>) -> Answer {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let bytes = body.collect().await.unwrap().to_bytes();
            Answer { status: parts.status, headers: parts.headers, body: String::from_utf8(bytes.to_vec()).unwrap() }
        })
    }

    fn request(&self, method: &str, address: &str) -> axum::http::request::Builder {
        let address = address.split('#').next().unwrap();
        let request = Request::builder().method(method).uri(address).header("host", "127.0.0.1:4000");
        match self.person {
            Some(name) => request.header("cookie", format!("rashomon-person={name}")),
            None => request,
        }
    }

    fn get(&self, address: &str) -> String {
        let answer = self.ask(self.request("GET", address).body(Body::empty()).unwrap());
        assert_eq!(answer.status, StatusCode::OK, "{address}\n{}", answer.body);
        answer.body
    }

    fn post(&self, form: &[(&str, &str)]) -> Answer {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(form).append_pair("token", "told");
        self.ask(self.request("POST", "/judge").header("origin", HERE).body(Body::from(body.finish())).unwrap())
    }

    /// A verdict that must be kept; where the page goes then.
    fn judge(&self, form: &[(&str, &str)]) -> String {
        let answer = self.post(form);
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.headers["location"].to_str().unwrap().to_owned()
    }

    fn id(&self, text: &str) -> StatementId {
        let snapshot = self.shown.snapshot().unwrap();
        let found = snapshot.statements().find(|(_, s)| s.text() == text);
        found.unwrap_or_else(|| panic!("nobody says {text}")).1.id().clone()
    }
}

fn lead(page: &str) -> String {
    words_between(page, "<p class=\"lead\">", "</p>")
}

#[test]
fn the_queue_leads_through_all_and_every_action_is_obeyed_and_undone() {
    let server = Server::new();
    let page = server.get("/review");
    assert!(lead(&page).starts_with("7 statements wait"), "{}", lead(&page));
    let first = server.id("the sluice was open that night");
    assert!(page.contains(&format!("name=\"first\" value=\"{first}\"")), "two voices come first");
    assert!(page.contains("doubt 3 × weight 1"), "{page}");
    let next =
        server.judge(&[("verdict", "wrong"), ("first", first.as_str()), ("back", &format!("/review?after={first}"))]);
    assert_eq!(next, format!("/review?after={first}"));
    let page = server.get(&next);
    assert!(lead(&page).starts_with("6 statements wait") && !page.contains(&format!("value=\"{first}\"")));
    assert!(!server.get("/statements").contains("\">the sluice was open that night</a>"));
    assert!(!server.get("/view/claims").contains(first.as_str()));
    assert!(
        server.get("/search?q=sluice").contains("heard that"),
        "the sentence is still found by its other statement"
    );
    let own = server.get(&format!("/statement/{first}"));
    assert!(own.contains("No view shows it") && own.contains("Take back"));
    assert!(server.get("/history").contains("wrong"));
    let undone = server.judge(&[("verdict", "undo"), ("first", "1"), ("back", &format!("/review?at={first}"))]);
    assert!(server.get(&undone).contains(&format!("name=\"first\" value=\"{first}\"")));
    assert!(server.get("/statements").contains("the sluice was open that night"));
    let history = server.get("/history");
    assert!(
        history.contains("Do it again")
            && history.contains("taken back")
            && history.contains("of <a href=\"#row-1\">row 1</a>")
    );
    server.judge(&[("verdict", "undo"), ("first", "2"), ("back", "/history")]);
    assert!(!server.get("/statements").contains("\">the sluice was open that night</a>"), "the undo is undone");
    let twice = server.post(&[("verdict", "undo"), ("first", "2")]);
    assert_eq!(twice.status, StatusCode::BAD_REQUEST);
    assert!(twice.body.contains("taken back already"), "{}", twice.body);
    assert_eq!(server.shown.snapshot().unwrap().judgements.len(), 3, "each step is one more row");
}

#[test]
fn a_mend_is_shown_everywhere_and_what_is_not_in_the_text_comes_back_with_the_reason() {
    let server = Server::new();
    let id = server.id("the bridge fell");
    let form = server.get(&format!("/mend/{id}"));
    assert!(form.contains(">the bridge fell</textarea>") && form.contains("A voice is missing here"), "{form}");
    let chain = [
        ("is0", "author"),
        ("was0", "0"),
        ("stance0", "reports"),
        ("is2", "named"),
        ("was2", "1"),
        ("voice2", "Tom Reed"),
        ("stance2", "asserts"),
        ("cue2", "said"),
    ];
    let with = |words: &'static str, polarity: &'static str| {
        let mut all = vec![
            ("verdict", "mended"),
            ("form", "mend"),
            ("first", id.as_str()),
            ("words", words),
            ("polarity", polarity),
            ("certainty", "certain"),
            ("kind", "event"),
            ("back", "/review"),
        ];
        all.extend(chain);
        all
    };
    let refused = server.post(&with("the bridge stood firm", "+"));
    assert_eq!(refused.status, StatusCode::OK);
    assert!(refused.body.contains("“the bridge stood firm” does not"), "{}", refused.body);
    assert!(refused.body.contains(">the bridge stood firm</textarea>"), "what was typed is not lost");
    let nothing = server.post(&with("the bridge fell", "+"));
    assert!(nothing.body.contains("Nothing was changed"), "{}", nothing.body);
    server.judge(&with("the bridge fell", "-"));
    assert!(server.get("/statements").contains("negated"));
    let mended = server.shown.snapshot().unwrap().now(&id).unwrap();
    assert_ne!(mended, id);
    for address in [format!("/statement/{id}"), format!("/statement/{mended}")] {
        let page = server.get(&address);
        assert!(page.contains("Mended. As it was read") && page.contains("Anne, mending"), "{page}");
    }
    assert!(server.get("/search?q=fell").contains(mended.as_str()));
    let to =
        server.judge(&[("verdict", "right"), ("first", mended.as_str()), ("back", &format!("/statement/{mended}"))]);
    assert_eq!(to, format!("/statement/{mended}"), "that a mended statement is right keeps the mend");
    assert!(server.get("/statements").contains("negated"));
}

#[test]
fn a_page_that_takes_verdicts_in_shows_what_one_that_loads_everything_shows() {
    let server = Server::new();
    let anew = Server::new();
    anew.shown.takes_in.store(false, Ordering::SeqCst);
    let bridge = server.id("the bridge fell");
    let (rain, lamps) = (server.id("It rained until four"), server.id("چراغ‌ها روشن بود"));
    let steps: Vec<Vec<(&str, &str)>> = vec![
        vec![("verdict", "wrong"), ("first", bridge.as_str())],
        vec![("verdict", "right"), ("first", rain.as_str())],
        vec![
            ("verdict", "mended"),
            ("form", "mend"),
            ("first", lamps.as_str()),
            ("words", "چراغ‌ها روشن بود"),
            ("polarity", "-"),
        ],
        vec![("verdict", "same"), ("first", "Tom Reed"), ("second", "Thomas Reed")],
        vec![("verdict", "undo"), ("first", "1")],
        vec![("verdict", "note"), ("first", rain.as_str()), ("note", "from the log book")],
        vec![("verdict", "undo"), ("first", "5")],
        vec![("verdict", "right"), ("first", bridge.as_str())],
        vec![("verdict", "wrong"), ("first", bridge.as_str())],
        vec![("verdict", "right"), ("first", bridge.as_str())],
    ];
    let document = server.get("/").split("href=\"").find(|part| part.starts_with("/document/")).map(str::to_owned);
    let document = document.and_then(|part| part.split('"').next().map(str::to_owned)).expect("a document is listed");
    for step in steps {
        server.judge(&step);
        anew.judge(&step);
        for address in [
            "/",
            &document,
            "/compare",
            "/view/compare",
            "/view/corroboration",
            "/view/timeline",
            "/view/discourse",
            "/statements",
            "/view/claims",
            "/view/chains",
            "/view/sources",
            "/view/claims?reviewed=yes",
            "/view/actors",
            "/history",
        ] {
            assert_eq!(server.get(address), anew.get(address), "{address} after {step:?}");
        }
    }
    assert!(server.get("/view/claims?reviewed=yes").contains("It rained until four"));
}

#[test]
fn who_has_no_name_is_asked_once_and_the_verdict_is_not_lost() {
    let mut server = Server::new();
    server.person = None;
    let id = server.id("It rained until four");
    let asked = server.post(&[("verdict", "right"), ("first", id.as_str()), ("note", "seen"), ("back", "/review")]);
    assert_eq!(asked.status, StatusCode::OK);
    assert!(
        asked.body.contains("Who judges?") && asked.body.contains("name=\"note\" value=\"seen\""),
        "{}",
        asked.body
    );
    let answer = server.post(&[
        ("verdict", "right"),
        ("first", id.as_str()),
        ("by", " Mara\u{202E} Lin "),
        ("back", "//evil.example"),
    ]);
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.headers["set-cookie"].to_str().unwrap().split(';').next(), Some("rashomon-person=Mara+Lin"));
    assert!(answer.headers["location"].to_str().unwrap().starts_with("/view/"), "no way back leads to another host");
    assert!(server.get("/history").contains("Mara Lin"));
}

#[test]
fn two_people_never_overrule_each_other_without_seeing_it() {
    let mut server = Server::new();
    let id = server.id("It rained until four");
    let seen = [("first", id.as_str()), ("seen", "0"), ("back", "/review")];
    let with = |verdict: &'static str| [&[("verdict", verdict)], &seen[..]].concat();
    server.judge(&with("right"));
    server.person = Some("Tom");
    server.judge(&with("right"));
    let asked = server.post(&with("wrong"));
    assert_eq!(asked.status, StatusCode::OK);
    assert!(asked.body.contains("Somebody else judged this meanwhile"), "{}", asked.body);
    for part in ["Theirs, row 1", "Theirs, row 2", "Anne", "Yours", "Keep mine too", "Leave theirs"] {
        assert!(asked.body.contains(part), "{part}: {}", asked.body);
    }
    assert_eq!(server.shown.snapshot().unwrap().judgements.len(), 2, "nothing was kept");
    let now = attributes(asked.body.split("name=\"seen\"").nth(1).unwrap(), "value")[0].clone();
    server.judge(&[("verdict", "wrong"), ("first", id.as_str()), ("seen", &now)]);
    assert_eq!(server.shown.snapshot().unwrap().judgements.len(), 3);
    assert!(server.get("/agreement").contains("Where people differ: statements"));
    let again = server.get("/review?again=yes");
    assert!(lead(&again).contains("that others judged and you have not"), "{again}");
}

#[test]
fn agreement_is_told_with_its_number() {
    let mut server = Server::new();
    let ids: Vec<StatementId> =
        ["It rained until four", "The bridge stood", "the bridge fell"].iter().map(|t| server.id(t)).collect();
    for (person, verdicts) in
        [("Anne", ["right", "right", "note"]), ("Tom", ["right", "note", "note"]), ("Mara", ["right", "right", "note"])]
    {
        server.person = Some(person);
        for (id, verdict) in ids.iter().zip(verdicts) {
            server.judge(&[("verdict", verdict), ("first", id.as_str()), ("note", "so it is")]);
        }
    }
    assert!(server.get("/agreement").contains("none"), "all said the same: nothing to tell chance by");
    server.judge(&[("verdict", "wrong"), ("first", ids[1].as_str())]);
    // Two units: (right, right, right) and (right, wrong): n = 5, alpha = (4 * 3 - 12) / (20 - 12) = 0.
    assert!(server.get("/agreement").contains("0.000"), "{}", server.get("/agreement"));
    assert!(server.get("/agreement").contains("Krippendorff 2011"));
}

#[test]
fn a_form_that_this_page_did_not_send_changes_nothing() {
    let server = Server::new();
    let id = server.id("It rained until four");
    let send = |address: &str, origin: Option<&str>, token: &str| {
        let body = format!("verdict=wrong&first={id}&by=Eve&token={token}");
        let request = server.request("POST", address);
        let request = origin.into_iter().fold(request, |r, origin| r.header("origin", origin));
        server
            .ask(request.header("content-type", "application/x-www-form-urlencoded").body(Body::from(body)).unwrap())
            .status
    };
    for address in ["/judge", "/name"] {
        assert_eq!(send(address, Some("http://evil.example"), "told"), StatusCode::FORBIDDEN, "{address}");
        assert_eq!(send(address, None, "told"), StatusCode::FORBIDDEN, "{address}");
        assert_eq!(send(address, Some(HERE), "guessed"), StatusCode::FORBIDDEN, "{address}");
    }
    assert!(send("/add", Some("http://evil.example"), "told").is_client_error());
    assert!(server.shown.snapshot().unwrap().judgements.is_empty());
    assert_eq!(send("/judge", Some(HERE), "told"), StatusCode::SEE_OTHER);
}
