//! Accounts side by side: both sentences, what differs marked, and verdicts that lead back.

use super::told::Told;
use super::*;

/// Two documents that share a passage with another number, and a statement each.
fn two() -> Vec<Told> {
    let passage = |minutes: &str| {
        format!(
            "For some {minutes} minutes the lamps of the whole fleet were turned upon the mill and the men beside it."
        )
    };
    vec![
        Told::new("a.txt", &format!("{}\nThe dam stood until morning.\n", passage("twenty")))
            .by("The night", "Anne Lowry")
            .own("the lamps of the whole fleet were turned upon the mill")
            .own("The dam stood until morning"),
        Told::new("b.txt", &format!("{}\nTom Reed said the dam fell at noon.\n", passage("thirty")))
            .by("The morning", "Eva Ross")
            .own("the lamps of the whole fleet were turned upon the mill")
            .said("the dam fell at noon", &["Tom Reed"], "said"),
    ]
}

fn names(archive: &Arc<dyn Archive>) -> (Vec<String>, Vec<String>) {
    let snapshot = archive.snapshot().unwrap();
    let documents = snapshot.documents.iter().map(|(d, _)| d.id.to_string()).collect();
    let wanted = ["The dam stood until morning", "the dam fell at noon"];
    let statement = |text: &str| snapshot.statements().find(|(_, s)| s.text() == text).unwrap().1.id().to_string();
    (documents, wanted.map(statement).to_vec())
}

#[test]
fn a_repeated_passage_stands_on_both_sides_with_the_changed_number_marked() {
    let archive = archive(two());
    let (documents, _) = names(&archive);
    let page = get(&archive, &format!("/compare/{}/{}", documents[1], documents[0]));
    assert!(page.contains("The same passage") && page.contains("(with another number)"), "{page}");
    for number in ["twenty", "thirty"] {
        assert!(
            page.contains(&format!(r#"<mark class="compared number-changed">{number}</mark>"#)),
            "{number} in\n{page}"
        );
    }
    assert_eq!(page.matches("Place in the document</a>").count(), 2);
    assert!(page.contains(r##"href="#r-1""##), "the texts below lead to what is said of them");
    let pairs = get(&archive, "/compare");
    let link = attributes(&pairs, "href").into_iter().find(|h| h.starts_with("/compare/")).unwrap();
    assert_eq!(link, format!("/compare/{}/{}", documents[0], documents[1]));
    let table = get(&archive, "/view/compare");
    assert!(attributes(&table, "href").contains(&link) && table.contains("repeat with another number"), "{table}");
}

#[test]
fn a_verdict_on_two_statements_is_obeyed_and_can_be_taken_back() {
    let archive = archive(two());
    let (documents, ids) = names(&archive);
    let own = format!("/compare/{}/{}", ids[0], ids[1]);
    assert!(get(&archive, &own).contains("Nothing is said of these two"));
    let say = |verdict: &str, back: &str| {
        let form = [("back", back), ("first", &ids[0]), ("second", &ids[1]), ("verdict", verdict)];
        let answer = send(&archive, "http://127.0.0.1:4000", "/judge", &form);
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.headers["location"].to_str().unwrap().to_owned()
    };
    assert_eq!(say("contradict", &own), own);
    let page = get(&archive, &own);
    assert!(page.contains("They contradict each other") && page.contains("Take back"), "{page}");
    let both = format!("/compare/{}/{}", documents[0], documents[1]);
    assert!(get(&archive, &both).contains("1 contradictions"));
    assert_eq!(say("undo", &format!("{both}#r-1")), format!("{both}#r-1"));
    assert!(!get(&archive, &own).contains("They contradict each other"));
    assert_ne!(say("undo", "//evil.example/compare/aa/bb"), "//evil.example/compare/aa/bb");
}

#[test]
fn what_the_ledger_does_not_hold_is_not_compared() {
    let archive = archive(two());
    let (documents, ids) = names(&archive);
    for address in [format!("/compare/{}/{}", documents[0], ids[0]), "/compare/aa/bb".into(), "/compare/x/y".into()] {
        assert_eq!(ask(&archive, &address).status, StatusCode::NOT_FOUND, "{address}");
    }
}
