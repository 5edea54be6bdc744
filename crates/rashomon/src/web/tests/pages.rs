//! What the pages show: every character of a document once, every chain whole, every figure with its statements, every
//! link leading somewhere.

use super::told::{Shown, Told, three};
use super::*;
use rashomon_core::{Refusal, StatementId, ZoneKind};
use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

fn ids(archive: &Arc<dyn Archive>) -> (Vec<String>, Vec<StatementId>) {
    let snapshot = archive.snapshot().unwrap();
    let documents = snapshot.documents.iter().map(|(d, _)| d.id.to_string()).collect();
    let statements = snapshot.statements().map(|(_, s)| s.id().clone()).collect();
    (documents, statements)
}

#[test]
fn a_document_shows_every_character_once_with_its_statements_marked() {
    let archive = archive(three());
    for (document, reading) in &archive.snapshot().unwrap().documents {
        let page = get(&archive, &format!("/document/{}", document.id));
        let shown = words_between(&page, "<article", "</article>");
        let shown = shown.replace("Set aside as menu or page furniture: 1 line", "");
        let bare = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        assert_eq!(bare(&shown), bare(&document.text));
        for statement in &reading.statements {
            assert_eq!(page.matches(&format!("id=\"s-{}\"", statement.id())).count(), 1, "{}", statement.text());
        }
    }
}

#[test]
fn nested_statements_are_marked_by_the_innermost_voice_and_pages_stand_in_the_margin() {
    let archive = archive(three());
    let (documents, _) = ids(&archive);
    let page = get(&archive, &format!("/document/{}", documents[0]));
    let inner = page.split("the sluice was open that night</a>").next().unwrap().rsplit("<a ").next().unwrap();
    assert!(inner.contains("on the word of Tom Reed"), "{inner}");
    assert!(page.contains(r#"data-page="2""#));
    assert!(page.contains(r#"<h2 class="title" id="h-0" dir="ltr" data-at="0">"#));
    assert!(page.contains("Set aside as menu or page furniture: 1 line"));
}

#[test]
fn words_written_from_right_to_left_are_set_so_even_behind_a_foreign_name() {
    let archive = archive(three());
    let (documents, statements) = ids(&archive);
    let page = get(&archive, &format!("/document/{}", documents[1]));
    assert_eq!(page.matches(r#"<p class="body lines" dir="rtl" data-at="0">"#).count(), 1, "{page}");
    assert!(page.contains(r#"<h1 class="title" dir="rtl">"#));
    let found = get(&archive, "/search?q=%D8%A8%D8%A7%D8%B1%D8%A7%D9%86");
    assert!(found.contains(r#"<p class="sentence" dir="rtl">"#) && found.contains("<mark>باران</mark>"), "{found}");
    let chain = get(&archive, &format!("/statement/{}", statements[3]));
    assert!(chain.contains(r#"<blockquote class="claim" dir="rtl""#) && chain.contains(r#"direction="rtl""#));
}

#[test]
fn the_chain_is_shown_whole_in_the_picture_and_in_words() {
    let archive = archive(three());
    let snapshot = archive.snapshot().unwrap();
    for (_, statement) in snapshot.statements() {
        let page = get(&archive, &format!("/statement/{}", statement.id()));
        let picture = words_between(&page, "</desc>", "</svg>");
        let words = words_between(&page, "<ol>", "</ol>");
        assert_eq!(page.matches("<g class=\"arrow").count(), statement.chain().len());
        for link in statement.chain() {
            for part in link.voice.words().into_iter().chain(&link.cue) {
                assert!(picture.contains(&part.text) && words.contains(&part.text), "{} in\n{page}", part.text);
            }
        }
    }
}

#[test]
fn every_link_leads_somewhere_and_every_anchor_is_there() {
    let archive = archive(three());
    let mut open = vec!["/".to_owned(), "/search?q=the".to_owned()];
    let mut seen: BTreeSet<String> = open.iter().cloned().collect();
    while let Some(address) = open.pop() {
        let path = address.split(['?', '#']).next().unwrap().to_owned();
        if path.ends_with(".parquet") {
            assert_eq!(bytes(&archive, &address)[..4], *b"PAR1", "{address}");
            continue;
        }
        let page = get(&archive, &address);
        if path.ends_with(".csv") || path.ends_with(".json") || path.starts_with("/assets/") {
            continue;
        }
        if let Some((_, anchor)) = address.split_once('#') {
            assert_eq!(page.matches(&format!("id=\"{anchor}\"")).count(), 1, "{address}");
        }
        let own: Vec<String> = attributes(&page, "id");
        assert_eq!(own.len(), own.iter().collect::<BTreeSet<_>>().len(), "an id twice on {address}");
        for link in attributes(&page, "href") {
            let link = if link.starts_with(['?', '#']) { format!("{path}{link}") } else { link };
            assert!(link.starts_with('/'), "{link} on {address} leads away");
            if seen.insert(link.clone()) {
                open.push(link);
            }
        }
    }
    assert!(seen.len() > 60, "only {} addresses", seen.len());
}

#[test]
fn every_figure_leads_to_as_many_statements_as_it_says() {
    let archive = archive(three());
    let (documents, _) = ids(&archive);
    let mut checked = 0;
    for address in ["/view/claims", "/view/chains", "/view/sources"]
        .map(str::to_owned)
        .into_iter()
        .chain(documents.iter().map(|d| format!("/document/{d}")))
    {
        let page = get(&archive, &address);
        for cell in page.split(r#"<a href="/statements?"#).skip(1) {
            let (link, rest) = cell.split_once('"').unwrap();
            let figure = rest.split_once('>').unwrap().1.split(['<', ' ']).next().unwrap();
            let list = get(&archive, &format!("/statements?{}", link.replace("&amp;", "&")));
            assert_eq!(list.matches(r#"<p class="claim""#).count().to_string(), figure, "{link} on {address}");
            checked += 1;
        }
        for cell in page.split(r#"class="count" href="/statements?"#).skip(1) {
            let (link, rest) = cell.split_once('"').unwrap();
            let figure = rest.split_once('>').unwrap().1.split('<').next().unwrap();
            let list = get(&archive, &format!("/statements?{}", link.replace("&amp;", "&")));
            assert_eq!(list.matches(r#"<p class="claim""#).count().to_string(), figure, "{link} on {address}");
            checked += 1;
        }
    }
    assert!(checked > 10, "only {checked} figures");
}

#[test]
fn a_voice_chosen_in_the_legend_is_the_only_one_marked() {
    let archive = archive(three());
    let (documents, _) = ids(&archive);
    let page = get(&archive, &format!("/document/{}?voice=Tom+Reed", documents[0]));
    assert_eq!(page.matches("<a class=\"m ").count(), 1, "{page}");
    assert!(page.contains(r#"aria-current="true""#) && page.contains("Show all voices"));
}

#[test]
fn a_long_document_opens_on_the_leaf_where_the_chosen_words_stand() {
    let mut text: String = (0..1_000).map(|n| format!("Paragraph number {n} of many.\n\n")).collect();
    text.push_str("Tom Reed said the weir held.\n");
    let archive = archive(vec![Told::new("long.txt", &text).said("the weir held", &["Tom Reed"], "said")]);
    let (documents, statements) = ids(&archive);
    let first = get(&archive, &format!("/document/{}", documents[0]));
    assert!(first.contains("Paragraph number 199 ") && !first.contains("Paragraph number 200 "));
    let chosen = get(&archive, &format!("/document/{}?statement={}", documents[0], statements[0]));
    assert!(chosen.contains(&format!("id=\"s-{}\"", statements[0])) && !chosen.contains("Paragraph number 5 "));
    let place = text.chars().count() - 6;
    let found = get(&archive, &format!("/document/{}?at={}-{}", documents[0], place, place + 4));
    assert!(found.contains(r#"id="at""#), "the words at a place are found in code points");
    let past = get(&archive, &format!("/document/{}?page=99", documents[0]));
    assert!(past.contains("the weir held"), "a leaf past the end is the last one");
}

#[test]
fn headings_of_a_long_document_lead_to_their_leaves() {
    let mut text = String::new();
    let mut told = |n: usize| text.push_str(&format!("Chapter {n}\n\n{}", "It rained again.\n\n".repeat(250)));
    (1..=3).for_each(&mut told);
    let mut long = Told::new("long.txt", &text);
    for n in 1..=3 {
        long = long.zone(&format!("Chapter {n}"), ZoneKind::Heading);
    }
    let archive = archive(vec![long]);
    let (documents, _) = ids(&archive);
    let page = get(&archive, &format!("/document/{}", documents[0]));
    let links: Vec<String> = attributes(&page, "href").into_iter().filter(|l| l.contains("#h-")).collect();
    assert_eq!(links.len(), 3);
    for (n, link) in links.iter().enumerate() {
        let anchor = link.split_once('#').unwrap().1;
        let leaf = get(&archive, link);
        let at = anchor.strip_prefix("h-").unwrap();
        let mark = format!("id=\"{anchor}\" dir=\"ltr\" data-at=\"{at}\">");
        assert_eq!(words_between(&leaf, &mark, "</h3>"), format!("Chapter {}", n + 1));
    }
}

#[test]
fn a_search_keeps_to_the_filters_of_its_address() {
    let archive = archive(three());
    let count = |address: &str| get(&archive, address).matches(r#"<p class="sentence""#).count();
    assert_eq!(count("/search?q=the"), 3);
    assert_eq!(count("/search?q=the&voice=Tom+Reed"), 2);
    assert_eq!(count("/search?q=the&voice=Tom+Reed&document=c.txt"), 1);
    assert!(get(&archive, "/search?q=the&voice=nobody").contains("Nothing that the filters let through"));
}

/// The address of the page of the actor with a name.
fn actor(archive: &Arc<dyn Archive>, name: &str) -> String {
    let actors = rashomon_derive::Actors::resolve(&archive.snapshot().unwrap());
    let found = actors.iter().find(|a| a.names.contains_key(name)).unwrap_or_else(|| panic!("nobody is called {name}"));
    format!("/actor/{}", found.id)
}

#[test]
fn an_actors_page_shows_its_names_with_reasons_and_takes_a_verdict_that_can_be_taken_back() {
    let archive = archive(vec![
        Told::new("a.txt", "Qasim Amin said the lamps were lit.\n").person("Qasim Amin").said(
            "the lamps were lit",
            &["Qasim Amin"],
            "said",
        ),
        Told::new("b.txt", "Kassem Amin lit the lamps.\n").person("Kassem Amin").own("Kassem Amin lit the lamps"),
    ]);
    let address = actor(&archive, "Qasim Amin");
    assert_eq!(address, actor(&archive, "Kassem Amin"));
    let page = get(&archive, &address);
    assert!(page.contains("1 statement</a>, ") && page.contains("1 statement</a> on this voice’s word"), "{page}");
    assert!(get(&archive, "/view/actors").contains(&format!("href=\"{address}\"")));
    assert!(get(&archive, &format!("/statements?by={}", &address[7..])).contains("1 statement, on the word of"));
    let part = [("verdict", "different"), ("first", "Qasim Amin"), ("second", "Kassem Amin"), ("back", &address)];
    for origin in ["http://evil.example", "null", "http://127.0.0.1:4001"] {
        assert_eq!(send(&archive, origin, "/judge", &part).status, StatusCode::FORBIDDEN, "{origin}");
    }
    assert_eq!(address, actor(&archive, "Kassem Amin"), "nothing was kept");
    let answer = send(&archive, "http://127.0.0.1:4000", "/judge", &part);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_ne!(actor(&archive, "Qasim Amin"), actor(&archive, "Kassem Amin"));
    let page = get(&archive, answer.headers["location"].to_str().unwrap());
    assert!(page.contains("Take back: Qasim Amin, Kassem Amin"), "{page}");
    let back = [("verdict", "undo"), ("first", "Qasim Amin"), ("second", "Kassem Amin")];
    assert_eq!(send(&archive, "http://127.0.0.1:4000", "/judge", &back).status, StatusCode::SEE_OTHER);
    assert_eq!(actor(&archive, "Qasim Amin"), actor(&archive, "Kassem Amin"));
    let wrong = [("verdict", "splendid"), ("first", "Qasim Amin")];
    let answer = send(&archive, "http://127.0.0.1:4000", "/judge", &wrong);
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.body.contains("is no verdict"), "{}", answer.body);
    assert_eq!(ask(&archive, "/actor/ffff").status, StatusCode::NOT_FOUND);
}

#[test]
fn a_ledger_that_has_grown_is_shown_anew_and_a_broken_one_says_so() {
    let shown = Arc::new(Shown::new(three()));
    let archive: Arc<dyn Archive> = shown.clone();
    let router = super::super::router(Arc::clone(&archive), super::super::Terms::told());
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let ask = |address: &str| {
        let request = Request::builder().uri(address).header("host", "localhost").body(Body::empty()).unwrap();
        runtime.block_on(async {
            let response = router.clone().oneshot(request).await.unwrap();
            let status = response.status();
            (status, String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap())
        })
    };
    assert!(ask("/").1.contains("3 documents"));
    shown.generation.store(2, Ordering::SeqCst);
    assert!(ask("/").1.contains("1 document,"), "the newer state is shown on reload");
    shown.generation.store(0, Ordering::SeqCst);
    let (status, page) = ask("/");
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(page.contains("restore it from a copy"), "{page}");
}

#[test]
fn what_was_not_read_or_not_found_is_said() {
    let mut shown = Shown::new(three());
    shown.snapshot_mut().refusals.push(Refusal {
        document: None,
        path: "locked.pdf".into(),
        reader: "intake".into(),
        reason: "The PDF asks for a password. Save a copy without one and read that.".into(),
        words: String::new(),
    });
    let archive: Arc<dyn Archive> = Arc::new(shown);
    let front = get(&archive, "/");
    assert!(front.contains("locked.pdf") && front.contains("Save a copy without one"));
    let found = get(&archive, "/search?q=whales");
    assert!(found.contains("The documents do not say.") && found.contains("9 sentences of 3 documents"), "{found}");
    assert!(found.contains("1 input") && found.contains("2 sentences in which no statement was read"));
    assert!(get(&super::archive(vec![]), "/").contains("Nothing has been read yet"));
}

#[test]
fn views_are_saved_as_csv_and_json_with_the_filters_of_the_address() {
    let archive = archive(three());
    let csv = get(&archive, "/view/claims.csv?voice=Tom+Reed");
    let rows: Vec<_> = csv::Reader::from_reader(csv.as_bytes()).into_records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2, "{csv}");
    assert!(rows.iter().all(|r| r[1].contains("Tom Reed") && r[8].len() == 32));
    let json: serde_json::Value = serde_json::from_str(&get(&archive, "/view/chains.json")).unwrap();
    assert!(json["rows"].as_array().unwrap().iter().all(|r| !r["statements"].as_array().unwrap().is_empty()));
}

#[test]
fn rows_of_one_verdict_are_one_click_away_and_filters_keep_it() {
    let repeated =
        "For some twenty minutes the lights were turned full upon the boats, and the men held up their fish.";
    let told =
        |path: &str, start: &str| Told::new(path, &format!("{start} {repeated}")).own("the men held up their fish");
    let archive = archive(vec![told("a.txt", "So it was."), told("b.txt", "He wrote this.")]);
    let page = get(&archive, "/view/compare?verdict=repeat&voice=author");
    assert!(
        page.contains(r#"<a href="/view/compare?voice=author&amp;verdict=repeat" aria-current="true">Repeat</a>"#),
        "{page}"
    );
    assert!(page.contains(r#"<input type="hidden" name="verdict" value="repeat">"#));
    assert!(page.contains("<strong>1 row</strong>") && page.contains("2 statements"));
    let none = get(&archive, "/view/compare?verdict=contradict");
    assert!(none.contains("<strong>0 rows</strong>"), "{none}");
    assert!(!get(&archive, "/view/claims").contains("Rows by verdict"));
}
