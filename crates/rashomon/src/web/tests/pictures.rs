//! Pictures, the overview and the tour as a browser gets them.

use super::told::three;
use super::*;
use rashomon_derive::pictures::PICTURES;

#[test]
fn each_mark_leads_to_the_statements_it_counts_and_the_files_say_the_same() {
    let archive = archive(three());
    let mut marks = 0;
    for picture in PICTURES {
        let address = format!("/picture/{}", picture.name);
        let page = get(&archive, &address);
        assert_eq!(page, get(&archive, &address), "the address returns the same");
        let drawn = page.split("<svg").nth(1).map(|rest| rest.split("</svg>").next().unwrap()).unwrap_or_default();
        let links = attributes(drawn, "href");
        assert_eq!(links.is_empty(), page.contains("There is nothing to draw."), "{address}");
        let csv = get(&archive, &format!("{address}.csv"));
        assert_eq!(csv.lines().count(), links.len() + 1, "a row a mark:\n{csv}");
        for (link, row) in links.iter().zip(csv.lines().skip(1)) {
            let behind = get(&archive, link);
            let ids = row.rsplit(',').next().unwrap().split(' ');
            for id in ids {
                assert!(behind.contains(id), "{link} does not open {id}");
            }
            marks += 1;
        }
        let answer = ask(&archive, &format!("{address}.svg"));
        assert!(
            answer.headers["content-disposition"].to_str().unwrap().contains(&format!("rashomon-{}.svg", picture.name))
        );
        assert!(answer.body.starts_with("<svg ") && !answer.body.contains("href="), "{}", answer.body);
        assert_eq!(answer.body.matches("<g class=").count(), links.len());
    }
    assert!(marks > 10, "only {marks} marks");
}

#[test]
fn what_cannot_be_drawn_says_why() {
    let archive = archive(three());
    let missing = ask(&archive, "/picture/landscape");
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert!(missing.body.contains("The pictures are: timeline, network"), "{}", missing.body);
    assert_eq!(ask(&archive, "/picture/network?year=soon").status, StatusCode::BAD_REQUEST);
    assert_eq!(ask(&archive, "/picture/network?kind=rumour").status, StatusCode::BAD_REQUEST);
    let nobody = get(&archive, "/picture/chains?voice=nobody");
    assert!(nobody.contains("Searched 3 documents for <bdi>voice: nobody</bdi>"), "{nobody}");
}

#[test]
fn a_filter_and_a_wish_stay_in_every_address_of_a_picture() {
    let archive = archive(three());
    let page = get(&archive, "/picture/sources?voice=Tom+Reed");
    let links = attributes(&page, "href");
    for kind in ["/picture/sources.svg?", "/picture/sources.csv?", "/view/sources?"] {
        let link = links.iter().find(|l| l.starts_with(kind)).unwrap_or_else(|| panic!("no {kind} in {links:?}"));
        assert!(link.contains("voice=Tom+Reed"), "{link}");
    }
    let lanes = get(&archive, "/picture/timeline?lanes=voices&voice=Tom+Reed");
    assert!(lanes.contains(r#"<input type="hidden" name="lanes" value="voices">"#), "{lanes}");
}

#[test]
fn the_overview_counts_what_the_views_count() {
    let archive = archive(three());
    let page = get(&archive, "/");
    let figure = |name: &str| words_between(&page, &format!("<dt>{name}</dt>"), "</dd>");
    let snapshot = archive.snapshot().unwrap();
    assert_eq!(figure("Documents"), snapshot.documents.len().to_string());
    assert_eq!(figure("Statements"), snapshot.statements().count().to_string());
    let chains = get(&archive, "/view/chains");
    assert!(chains.contains(&format!("{} named roots", figure("Named voices"))), "{chains}");
    for section in ["Where to go next", "Most spoken of", "On whose word", "Where accounts clash"] {
        assert!(page.contains(&format!("<h2>{section}</h2>")), "{section}");
    }
    let empty = get(&super::archive(vec![]), "/");
    assert!(empty.contains("Nothing has been read yet") && !empty.contains("Most spoken of"));
}

#[test]
fn the_bar_of_the_tour_stands_above_each_step_and_nowhere_else() {
    let archive = archive(three());
    let tour = get(&archive, "/tour");
    let steps: Vec<String> = attributes(&tour, "href").into_iter().filter(|l| l.contains("tour=")).collect();
    assert!(steps.len() >= 8, "{steps:?}");
    for (n, step) in steps.iter().enumerate().take(steps.len() - 1) {
        let page = get(&archive, step);
        assert_eq!(page.matches("<aside class=\"tour-bar\"").count(), 1, "{step}");
        assert!(page.contains(&format!("Tour, {} of {}", n + 1, steps.len() - 1)), "{step}");
    }
    for none in ["/", "/?tour=0", "/?tour=99", "/?tour=x", "/picture/chains.svg?tour=1", "/view/claims.csv?tour=1"] {
        assert!(!get(&archive, none).contains("tour-bar"), "{none}");
    }
}
