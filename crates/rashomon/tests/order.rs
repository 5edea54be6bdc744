//! The same documents give the same bytes, in whatever order they are named, with any number of threads, at once or one
//! by one.

#![allow(clippy::unwrap_used)]

mod common;

use common::{Chance, Story, pile};

/// A pile with copies, an unreadable file and files of one name in two folders.
fn story() -> Story {
    let story = Story::new();
    pile(&story, "papers", 24);
    let copied = std::fs::read(story.path("papers/paper-007.txt")).unwrap();
    story.put("papers/b-copy.txt", &copied);
    story.put("letters/a-copy.txt", &copied);
    story.put("letters/paper-001.txt", "Another paper of the same name. The ferry was late.");
    story.put("letters/broken.pdf", b"%PDF-1.4\nthis is where it ends");
    story.put("letters/empty.txt", "");
    story
}

fn files(story: &Story) -> Vec<String> {
    let mut names = Vec::new();
    for folder in ["papers", "letters"] {
        for entry in std::fs::read_dir(story.path(folder)).unwrap() {
            names.push(format!("{folder}/{}", entry.unwrap().file_name().into_string().unwrap()));
        }
    }
    names.sort();
    names
}

#[test]
fn any_order_and_any_number_of_threads_give_the_same_export() {
    let story = story();
    let names = files(&story);
    let mut chance = Chance(5);
    let mut exports = Vec::new();
    for (n, threads) in ["1", "2", "1", "2", "7"].iter().enumerate() {
        let mut order: Vec<&str> = names.iter().map(String::as_str).collect();
        (1..order.len()).for_each(|at| order.swap(at, chance.below(at + 1)));
        let ledger = format!("{n}.ledger");
        let head = ["read", "--threads", threads, "--ledger", &ledger];
        let told = story.run(&head.iter().copied().chain(order).collect::<Vec<_>>()).ends_with(1);
        exports.push((story.export(&ledger), told.err));
    }
    for export in &exports[1..] {
        assert!(*export == exports[0], "the export or the refusals differ");
    }
    assert!(exports[0].0.contains("letters/a-copy.txt") && exports[0].1.contains("letters/empty.txt"));
}

#[test]
fn all_at_once_or_one_by_one_backwards_give_the_same_export() {
    let story = story();
    let names = files(&story);
    story.run(&["read", "--ledger", "once.ledger", "papers", "letters"]).ends_with(1);
    for name in names.iter().rev() {
        story.run(&["read", "--ledger", "single.ledger", name]);
    }
    assert!(story.export("single.ledger") == story.export("once.ledger"), "the exports differ");
}

#[test]
fn what_is_told_of_each_document_comes_in_the_order_of_names() {
    let story = story();
    let told = story.run(&["read", "-v", "--threads", "4", "papers", "letters"]).ends_with(1);
    let names: Vec<&str> = told.out.lines().filter_map(|l| l.strip_prefix("kept ")?.split('\t').next()).collect();
    assert!(names.is_sorted() && names.len() > 20, "{names:?}");
    assert!(told.out.contains("copy papers/b-copy.txt\tof letters/a-copy.txt"), "{}", told.out);
}
