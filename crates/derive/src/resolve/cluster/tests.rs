//! Names that must come together and names that must stay apart.

use super::super::judged::Judged;
use super::super::pairs::Pairs;
use super::*;
use rashomon_core::Judgement;

fn node(text: &str, kind: MentionKind) -> Node {
    let key = rashomon_text::names::key(text).join(" ");
    Node { mentions: 1, ..Node::new(&(key, kind, None), text.into()) }
}

fn people(names: &[&str]) -> Vec<Node> {
    names.iter().map(|n| node(n, MentionKind::Person)).collect()
}

/// The groups of more than one, each with its names sorted, and all the reasons.
fn groups(nodes: &[Node], judgements: &[(&str, &str)]) -> (Vec<Vec<String>>, String) {
    let row = |(n, (verdict, words)): (usize, &(&str, &str))| Judgement {
        sequence: n as u64 + 1,
        agent: "reader".into(),
        verdict: (*verdict).into(),
        target: String::new(),
        words: (*words).into(),
        ..Default::default()
    };
    let judgements: Vec<Judgement> = judgements.iter().enumerate().map(row).collect();
    let mut nodes = nodes.to_vec();
    nodes.sort_by(|a, b| (&a.key, a.kind).cmp(&(&b.key, b.kind)));
    let mut pairs = Pairs::default();
    // Half of the names are told first: it must not matter.
    let ranks: Vec<usize> = (0..nodes.len()).collect();
    pairs.update(&nodes, ranks.iter().copied().filter(|n| n % 2 == 0).collect());
    pairs.update(&nodes, ranks.iter().copied().filter(|n| n % 2 == 1).collect());
    let told: Vec<&Node> = nodes.iter().collect();
    let (roots, joined) = cluster(&told, &pairs.agreeing(&ranks), &[], &Judged::of(&judgements));
    let mut by_root: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (n, root) in roots.iter().enumerate() {
        by_root.entry(*root).or_default().push(nodes[n].text.clone());
    }
    let reasons: Vec<String> =
        joined.values().flatten().filter_map(|edge| merge(&told, &[], edge)).flat_map(|m| m.reasons).collect();
    (by_root.into_values().filter(|g| g.len() > 1).collect(), reasons.join("; "))
}

#[test]
fn spellings_of_a_full_name_are_one_and_say_why() {
    let names = ["Zinovy Rozhestvensky", "Zinovii Rojestvensky", "Зиновий Рожественский", "Dmitri Fölkersam"];
    let (found, reasons) = groups(&people(&names), &[]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].len(), 3);
    assert!(reasons.contains("sound alike") || reasons.contains("same sounds"), "{reasons}");
}

#[test]
fn namesakes_stay_apart_and_a_lone_family_name_goes_to_its_only_bearer() {
    let (found, _) = groups(&people(&["Anne Lowry", "Tom Lowry", "Lowry"]), &[]);
    assert!(found.is_empty(), "{found:?}");
    let (found, reasons) = groups(&people(&["Anne Lowry", "Lowry", "Tom Reed"]), &[]);
    assert_eq!(found, [["Anne Lowry", "Lowry"]]);
    assert!(reasons.contains("nobody else"), "{reasons}");
    let (found, _) = groups(&people(&["Anne Lowry", "Lowry", "Tom Edward Lowry"]), &[]);
    assert!(found.is_empty(), "one who has three names may be meant as well: {found:?}");
    assert!(groups(&people(&["Anne Lowry", "Anne"]), &[]).0.is_empty(), "many are called Anne");
    assert_eq!(groups(&people(&["Hester Stanhope", "Lady Hester"]), &[]).0.len(), 1, "with a title she is one");
    let (found, _) = groups(&people(&["Ivan Orlov", "Ivan Petrovich Orlov", "Ivan Sergeyevich Orlov"]), &[]);
    assert!(found.is_empty(), "the short name fits two: {found:?}");
}

#[test]
fn a_long_name_may_lose_a_consonant_and_an_unsure_kind_follows() {
    let mut nodes = people(&["Zinovy Rozhestvensky", "Admiral Rojdestvensky"]);
    assert_eq!(groups(&nodes, &[]).0.len(), 1);
    nodes.push(node("Fenwick", MentionKind::Other));
    nodes.push(node("Mary Fenwick", MentionKind::Person));
    assert_eq!(groups(&nodes, &[]).0.len(), 2);
    nodes.push(node("Fenwick", MentionKind::Place));
    let (found, _) = groups(&nodes, &[]);
    assert!(found.iter().flatten().all(|n| n != "Mary Fenwick"), "it may be the place: {found:?}");
    nodes.push(node("Fenwick", MentionKind::Person));
    let (found, _) = groups(&nodes, &[]);
    assert!(found.contains(&vec!["Fenwick".into(), "Mary Fenwick".into()]), "{found:?}");
    assert!(found.iter().all(|g| g.iter().filter(|n| *n == "Fenwick").count() < 2), "either of two: {found:?}");
}

#[test]
fn a_place_is_no_person_and_no_other_place() {
    let nodes = [node("Hull", MentionKind::Place), node("Hall", MentionKind::Place), node("Hull", MentionKind::Person)];
    assert!(groups(&nodes, &[]).0.is_empty());
    let nodes = [node("Reval", MentionKind::Place), node("Ревал", MentionKind::Place)];
    assert_eq!(groups(&nodes, &[]).0.len(), 1, "another script is no other place");
}

#[test]
fn letters_are_the_one_body_that_they_can_stand_for() {
    let body = |text: &str| node(text, MentionKind::Organization);
    let (found, _) = groups(&[body("RNLI"), body("Royal National Lifeboat Institution")], &[]);
    assert_eq!(found.len(), 1);
    let nodes = [body("RNL"), body("Royal Navy League"), body("River Nith Lifeboats")];
    assert!(groups(&nodes, &[]).0.is_empty(), "they could stand for either");
}

#[test]
fn another_sex_speaks_for_two() {
    let mut nodes = people(&["Alexis Orlov", "Aleksis Orlov"]);
    nodes[0].sexes = [3, 0];
    assert_eq!(groups(&nodes, &[]).0.len(), 1);
    nodes[1].sexes = [0, 2];
    assert!(groups(&nodes, &[]).0.is_empty());
}

#[test]
fn a_persons_verdict_is_obeyed_and_can_be_undone() {
    let nodes = people(&["Anne Lowry", "Annie Fenwick", "Ann Lowry"]);
    assert_eq!(groups(&nodes, &[]).0, [["Ann Lowry", "Anne Lowry"]]);
    let married = ("same", "Anne Lowry\nAnnie Fenwick");
    let (found, reasons) = groups(&nodes, &[married]);
    assert_eq!(found[0].len(), 2, "the given name's other bearer stays out: {found:?}");
    assert!(reasons.contains("row 1"), "{reasons}");
    assert!(groups(&nodes, &[("different", "Ann Lowry\nAnne Lowry")]).0.is_empty());
    assert!(groups(&nodes, &[("unsure", "Anne Lowry\nAnn Lowry")]).0.is_empty());
    let undone = [("different", "Ann Lowry\nAnne Lowry"), ("undo", "Ann Lowry\nAnne Lowry")];
    assert_eq!(groups(&nodes, &undone).0.len(), 1);
}

#[test]
fn a_states_names_and_people_are_one_unless_somebody_says_no() {
    let nodes = [
        node("Denmark", MentionKind::Place),
        node("Danish", MentionKind::Group),
        node("Danes", MentionKind::Group),
        node("Sweden", MentionKind::Place),
        node("Denmark", MentionKind::Person),
    ];
    let (found, reasons) = groups(&nodes, &[]);
    assert_eq!(found, [["Danes", "Danish", "Denmark"]]);
    assert!(reasons.contains("word for what belongs to it"), "{reasons}");
    let (found, _) = groups(&nodes, &[("different", "Danes\nDenmark")]);
    assert_eq!(found, [["Danes", "Danish"]], "what a person parted stays apart");
}

#[test]
fn a_body_is_the_same_with_and_without_its_state_if_no_other_state_has_one() {
    let body = |name: &str| node(name, MentionKind::Organization);
    let (found, _) = groups(&[body("Danish Pilots Union"), body("Pilots Union")], &[]);
    assert_eq!(found, [["Danish Pilots Union", "Pilots Union"]]);
    let (found, _) = groups(&[body("Danish Pilots Union"), body("Pilots Union"), body("Swedish Pilots Union")], &[]);
    assert!(found.iter().all(|g| g.len() < 3), "{found:?}");
}

#[test]
fn a_name_is_the_same_written_as_one_word_or_two_and_a_kunya_is_a_name() {
    let other = |name: &str| node(name, MentionKind::Other);
    let (found, _) = groups(&[other("Ansarullah"), other("Ansar Allah"), other("Ansar")], &[]);
    assert_eq!(found, [["Ansar Allah", "Ansarullah"]]);
    let (found, _) = groups(&people(&["Abu Talib", "Abu Talib al Hilali", "Talib"]), &[]);
    assert_eq!(found, [["Abu Talib", "Abu Talib al Hilali"]]);
}
