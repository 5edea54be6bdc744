//! The bundled sample, read by the program itself, against everything that was planted in it.
//!
//! Each test takes the items of some types out of `truth.json`, looks for them in what the program exports, and lists
//! all that it misses. What an item means is explained in the sample's `README.md`.

// A test that cannot go on says why and stops.
#![allow(clippy::expect_used)]

#[path = "sample/account.rs"]
mod account;
#[path = "sample/statement.rs"]
mod statement;

use account::{Account, meet, overlap, range};
use serde_json::Value;
use statement::text;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

static SAMPLE: LazyLock<Sample> = LazyLock::new(Sample::read);

struct Sample {
    accounts: BTreeMap<String, Account>,
    items: Vec<Value>,
    chains: Value,
    corroboration: Value,
    timeline: Value,
    overlay: Value,
    reuse: Vec<Value>,
    comparisons: Vec<Value>,
}

impl Sample {
    fn read() -> Sample {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/dogger-bank");
        let ledger = tempfile::tempdir().expect("a folder for the ledger");
        let ledger = ledger.path().join("sample.ledger");
        run(&["read".into(), folder.join("accounts"), "--ledger".into(), ledger.clone()]);
        let show = |words: &[&str]| {
            let words = words.iter().map(PathBuf::from);
            run(&words.chain(["--ledger".into(), ledger.clone()]).collect::<Vec<_>>())
        };
        let export: Vec<Value> = show(&["export", "--format", "jsonl", "--text"])
            .lines()
            .map(|line| serde_json::from_str(line).expect("a line of the export is JSON"))
            .collect();
        let name = |record: &Value| text(&record["path"]).rsplit('/').next().unwrap_or_default().to_owned();
        let documents = export.iter().filter(|r| r["type"] == "document");
        let all = |kind: &str| export.iter().filter(|r| r["type"] == kind).cloned().collect::<Vec<_>>();
        let (reuse, comparisons) = (all("reuse"), all("comparison"));
        let accounts = documents.map(|d| (name(d), Account::new(d, &export))).collect();
        let truth = std::fs::read_to_string(folder.join("truth.json")).expect("the truth is there");
        let truth: Value = serde_json::from_str(&truth).expect("the truth is JSON");
        let chains = serde_json::from_str(&show(&["chains", "--format", "json"])).expect("the view is JSON");
        let corroboration =
            serde_json::from_str(&show(&["corroboration", "--format", "json"])).expect("the view is JSON");
        let items = truth["items"].as_array().expect("a list of items").clone();
        let timeline = serde_json::from_str(&show(&["timeline", "--format", "json"])).expect("the view is JSON");
        let maps =
            ["causes", "--of", "document admiral.txt", "--overlay", "document commission.pdf", "--format", "json"];
        let overlay = serde_json::from_str(&show(&maps)).expect("the view is JSON");
        Sample { accounts, items, chains, corroboration, timeline, overlay, reuse, comparisons }
    }

    fn account(&self, item: &Value) -> Result<&Account, String> {
        let name = text(&item["document"]);
        self.accounts.get(name).ok_or_else(|| format!("{name} was not read"))
    }

    fn item(&self, id: &str) -> &Value {
        self.items.iter().find(|i| i["id"] == *id).unwrap_or_else(|| panic!("the truth has no item {id}"))
    }

    /// Looks for every item of some types and lists what is missed. What is known to be missed is written down in
    /// `sample/known_misses.txt`: the list may shrink, never grow unseen, and an item that is found must leave it.
    fn check(&self, types: &[&str], look: impl Fn(&Value) -> Result<(), String>) {
        let items: Vec<&Value> = self.items.iter().filter(|i| types.contains(&text(&i["type"]))).collect();
        assert!(!items.is_empty(), "nothing of {types:?} is planted");
        let known = known_misses();
        let mut faults = Vec::new();
        for item in &items {
            let id = text(&item["id"]);
            match (look(item), known.contains(&id)) {
                (Err(miss), false) => faults.push(format!("{id}: {miss}")),
                (Err(miss), true) => println!("known miss {id}: {miss}"),
                (Ok(()), true) => faults.push(format!("{id} is found now: take it out of known_misses.txt")),
                (Ok(()), false) => {}
            }
        }
        assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), items.len(), faults.join("\n"));
    }

    /// Ids of the statements that stand for each planted statement of an item.
    fn related(&self, item: &Value) -> Result<Vec<Vec<&str>>, String> {
        let planted = item["statements"].as_array().into_iter().flatten();
        let ids = planted.map(|planted| {
            let planted = planted["same_as"].as_str().map_or(planted, |id| self.item(id));
            let account = self.account(planted)?;
            let place = account.one(text(&planted["words"]))?;
            let near = account.statements.iter().filter(|s| statement::about(s, &place));
            Ok(near.map(|s| text(&s["id"])).collect())
        });
        ids.collect()
    }

    /// The comparisons that join statements of two different members of a set.
    fn joining(&self, members: &[Vec<&str>]) -> Vec<(usize, usize, &Value)> {
        let place = |id: &Value| members.iter().position(|ids| ids.contains(&text(id)));
        let joined = self.comparisons.iter().filter_map(|c| Some((place(&c["a"])?, place(&c["b"])?, c)));
        joined.filter(|(a, b, _)| a != b).collect()
    }

    fn check_statements(&self, types: &[&str]) {
        self.check(types, |item| statement::find(self.account(item)?, item));
    }
}

/// Ids that the running test is known to miss: lines of the form `test id`.
fn known_misses() -> Vec<&'static str> {
    let thread = std::thread::current();
    let test = thread.name().unwrap_or_default().to_owned();
    let lines = include_str!("sample/known_misses.txt").lines().filter(|l| !l.starts_with('#'));
    lines.filter_map(|l| l.split_once(' ')).filter(|(t, _)| *t == test).map(|(_, id)| id.trim()).collect()
}

/// What the program prints when it is called with these words.
fn run(words: &[PathBuf]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_rashomon")).args(words).output().expect("the program runs");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "rashomon {words:?} ended with {}:\n{complaint}", output.status);
    String::from_utf8(output.stdout).expect("the program prints UTF-8")
}

fn ensure(right: bool, fault: impl FnOnce() -> String) -> Result<(), String> {
    if right { Ok(()) } else { Err(fault()) }
}

#[test]
fn six_accounts_are_read_and_nothing_else() {
    let names: Vec<&str> = SAMPLE.accounts.keys().map(String::as_str).collect();
    let six = ["admiral.txt", "commission.pdf", "historian.docx", "legation.md", "london-paper.html", "skipper.txt"];
    assert_eq!(names, six);
}

#[test]
fn metadata_are_those_of_the_document_or_of_the_file_beside_it() {
    SAMPLE.check(&["metadata"], |item| {
        let record = &SAMPLE.account(item)?.record;
        for field in ["title", "authors", "publisher", "date", "language"].into_iter().filter(|f| !item[f].is_null()) {
            ensure(record[field] == item[field], || format!("{field} is {}", record[field]))?;
        }
        Ok(())
    });
}

#[test]
fn menus_captions_headings_notes_and_references_are_told_from_the_body() {
    SAMPLE.check(&["zone"], |item| {
        let account = SAMPLE.account(item)?;
        let kinds: Vec<&str> = item["kind"].as_array().into_iter().flatten().map(text).collect();
        let found = account.all(text(&item["words"]));
        // What is no part of the account may be left out altogether; everything else must be there.
        ensure(!found.is_empty() || kinds == ["menu"], || "the words are lost".into())?;
        for place in &found {
            let zones = account.zones_at(place);
            ensure(zones.iter().all(|z| kinds.contains(z)), || format!("stands in {zones:?}"))?;
            let silent = ["menu", "byline", "caption", "reference"].iter().any(|k| kinds == [*k]);
            let stray = account.statements.iter().find(|s| silent && statement::about(s, place));
            ensure(stray.is_none(), || {
                format!("is taken for a statement: {}", stray.map_or("".into(), statement::shown))
            })?;
        }
        Ok(())
    });
}

#[test]
fn pages_are_known_and_their_furniture_belongs_to_no_sentence() {
    SAMPLE.check(&["page"], |item| {
        let account = SAMPLE.account(item)?;
        let pages = account.pages_at(&account.one(text(&item["words"]))?);
        ensure(item["page"].as_u64().is_some_and(|p| pages == [p]), || format!("on pages {pages:?}"))
    });
    SAMPLE.check(&["furniture"], |item| {
        let account = SAMPLE.account(item)?;
        for place in account.all(text(&item["repeated"])) {
            let body = account.zones_at(&place).contains(&"body");
            let sentence = account.sentences.iter().flat_map(Account::own).find(|own| overlap(own, &place) > 0);
            ensure(!body && sentence.is_none(), || {
                format!("at {place:?} it is part of the text, sentence {sentence:?}")
            })?;
        }
        Ok(())
    });
}

#[test]
fn words_broken_at_line_ends_are_joined_and_no_word_is_invented() {
    SAMPLE.check(&["hyphenation"], |item| {
        let account = SAMPLE.account(item)?;
        account.one(text(&item["words"]))?;
        let bad = item["never"].as_array().into_iter().flatten().map(text).find(|w| !account.all(w).is_empty());
        ensure(bad.is_none(), || format!("the text has {bad:?}"))
    });
}

#[test]
fn a_sentence_that_a_page_cuts_is_one_sentence() {
    SAMPLE.check(&["sentence_across_pages"], |item| {
        let account = SAMPLE.account(item)?;
        let joined = |sentence: &Value| {
            let parts: Vec<String> = Account::own(sentence).into_iter().map(|p| account.words_at(p)).collect();
            parts.join(" ")
        };
        let found = account.sentences.iter().find(|s| joined(s) == text(&item["words"]));
        let found = found.ok_or("no sentence has just these words")?;
        let pages = account.pages_at(&range(found).unwrap_or_default());
        ensure(item["pages"] == serde_json::json!(pages), || format!("on pages {pages:?}"))
    });
}

#[test]
fn direct_quotations_have_their_words_and_their_speaker() {
    SAMPLE.check(&["direct_quotation"], |item| {
        let account = SAMPLE.account(item)?;
        let place = account.one(text(&item["words"]))?;
        // A quotation over several paragraphs may be one record or one for each paragraph.
        let close = |a: usize, b: usize| a.abs_diff(b) <= 2;
        let several = !item["paragraphs"].is_null();
        let fits = |found: &account::Place| {
            let (starts, ends) = (close(found.start, place.start), close(found.end, place.end));
            if several { (starts || ends) && overlap(found, &place) + 2 >= place.len() } else { starts && ends }
        };
        let found = account.quotations.iter().find(|q| range(q).is_some_and(|r| fits(&r)));
        let found = found.ok_or("no quotation has just these words")?;
        ensure(found["kind"] == "direct", || format!("is taken for {}", found["kind"]))?;
        let places = |words: &Value| match words {
            Value::Array(any) => any.iter().map(|w| account.one(text(w))).collect::<Result<Vec<_>, _>>(),
            Value::Null => Ok(Vec::new()),
            one => Ok(vec![account.one(text(one))?]),
        };
        let (speakers, cues) = (places(&item["speaker"])?, places(&item["cue"])?);
        let named = range(&found["speaker"]).is_some_and(|r| speakers.iter().any(|s| meet(&r, s)));
        let first_person = speakers.iter().any(|s| account.words_at(s.clone()) == "I");
        let author = first_person && found["speaker"]["kind"] == "author";
        ensure(named || author, || {
            format!("the speaker is {} {}", found["speaker"]["kind"], found["speaker"]["text"])
        })?;
        let cue = range(&found["cue"]).is_some_and(|r| cues.iter().any(|c| overlap(&r, c) > 0));
        ensure(cue || cues.is_empty(), || format!("the cue is {}", found["cue"]))
    });
}

#[test]
fn words_of_a_quotation_are_never_the_authors_own() {
    SAMPLE.check(&["direct_quotation"], |item| {
        let account = SAMPLE.account(item)?;
        let place = account.one(text(&item["words"]))?;
        // Whoever quotes himself is the author still.
        if text(&item["speaker"]).starts_with("|I|") {
            return Ok(());
        }
        let inside = |s: &&Value| {
            statement::places(&s["evidence"]).iter().map(|e| overlap(e, &place)).sum::<usize>() * 2 >= place.len()
        };
        let own = |s: &&Value| s["chain"].as_array().map_or(0, Vec::len) < 2;
        let stray = account.statements.iter().filter(inside).find(own);
        stray.map_or(Ok(()), |s| Err(statement::shown(s)))
    });
}

#[test]
fn marks_around_names_titles_and_doubted_words_are_not_speech() {
    SAMPLE.check(&["not_speech"], |item| {
        let account = SAMPLE.account(item)?;
        let place = account.one(text(&item["words"]))?;
        let found = account.quotations.iter().find(|q| range(q).is_some_and(|r| meet(&r, &place)));
        let found = found.ok_or("the marks were not seen")?;
        let kinds = item["kind"].as_array().map(Vec::as_slice).unwrap_or_default();
        ensure(kinds.contains(&found["kind"]), || format!("is taken for {}", found["kind"]))?;
        ensure(found["speaker"].is_null(), || format!("has the speaker {}", found["speaker"]["text"]))
    });
}

#[test]
fn what_the_author_says_is_the_authors() {
    SAMPLE.check_statements(&["author_own"]);
}

#[test]
fn what_others_say_is_theirs() {
    SAMPLE.check_statements(&["indirect_speech", "according_to"]);
}

#[test]
fn chains_of_several_voices_are_whole() {
    SAMPLE.check_statements(&["nested_speech"]);
}

#[test]
fn citations_are_voices() {
    SAMPLE.check_statements(&["citation"]);
}

#[test]
fn unnamed_voices_are_voices() {
    SAMPLE.check_statements(&["unnamed_voice"]);
}

#[test]
fn hedges_doubt_and_distance_are_kept() {
    SAMPLE.check_statements(&["hedge", "certainty", "doubted", "endorsement"]);
    SAMPLE.check(&["distancing"], |item| {
        let account = SAMPLE.account(item)?;
        if item["chain"].is_array() {
            return statement::find(account, item);
        }
        let place = account.one(text(&item["words"]))?;
        let stances = item["stance"].as_array().map(Vec::as_slice).unwrap_or_default();
        let near = account.statements.iter().filter(|s| range(&s["sentence"]).is_some_and(|r| overlap(&r, &place) > 0));
        let found: Vec<&Value> = near.map(|s| &s["commitment"]).collect();
        ensure(found.iter().any(|c| stances.contains(c)), || format!("the author's stances are {found:?}"))
    });
}

#[test]
fn statements_to_be_compared_are_there() {
    SAMPLE.check(&["agreement", "contradiction", "one_root_claim"], |item| {
        for planted in item["statements"].as_array().into_iter().flatten() {
            let planted = planted["same_as"].as_str().map_or(planted, |id| SAMPLE.item(id));
            let what = || format!("{} {:?}", text(&planted["document"]), text(&planted["words"]));
            statement::find(SAMPLE.account(planted)?, planted).map_err(|e| format!("{}: {e}", what()))?;
        }
        Ok(())
    });
}

/// The actors that some planted mentions name, each with the words; a mention of nobody is a fault where it must have one.
fn actors_of(mentions: &Value, needed: bool) -> Result<Vec<(String, String)>, String> {
    let mut found = Vec::new();
    for mention in mentions.as_array().into_iter().flatten() {
        let (account, words) = (SAMPLE.account(mention)?, text(&mention["words"]));
        let whole = words.replace('|', "");
        let places = if words.contains('|') { vec![account.one(words)?] } else { account.all(&whole) };
        ensure(!places.is_empty(), || format!("the text lacks {words:?}"))?;
        for place in places {
            match account.actor_at(&place) {
                Some(actor) => found.push((actor.to_owned(), format!("{} in {}", words, text(&mention["document"])))),
                None => ensure(!needed, || format!("{words:?} in {} names nobody", text(&mention["document"])))?,
            }
        }
    }
    Ok(found)
}

#[test]
fn names_of_one_are_one_and_namesakes_are_two() {
    SAMPLE.check(&["name_variant"], |item| {
        let found = actors_of(&item["mentions"], true)?;
        let (first, _) = found.first().ok_or("no mentions are planted")?;
        let other = found.iter().find(|(actor, _)| actor != first);
        other.map_or(Ok(()), |(_, words)| Err(format!("{words} is somebody else")))
    });
    SAMPLE.check(&["namesake"], |item| {
        let groups = item["different"].as_array().into_iter().flatten();
        let groups = groups.map(|group| actors_of(group, false)).collect::<Result<Vec<_>, _>>()?;
        for (n, group) in groups.iter().enumerate() {
            for (actor, words) in group {
                let other = groups.iter().skip(n + 1).flatten().find(|(a, _)| a == actor);
                other.map_or(Ok(()), |(_, other)| Err(format!("{words} and {other} are taken for one")))?;
            }
        }
        Ok(())
    });
}

#[test]
fn copied_passages_are_found_with_what_was_changed() {
    SAMPLE.check(&["copy"], |item| {
        let (a, b) = (SAMPLE.account(&item["a"])?, SAMPLE.account(&item["b"])?);
        let (in_a, in_b) = (a.one(text(&item["a"]["words"]))?, b.one(text(&item["b"]["words"]))?);
        let at = |part: &Value, account: &Account, place: &account::Place| {
            part["document"] == account.record["id"] && range(part).is_some_and(|r| meet(&r, place))
        };
        let forth = |r: &&Value| at(&r["a"], a, &in_a) && at(&r["b"], b, &in_b);
        let back = |r: &&Value| at(&r["b"], a, &in_a) && at(&r["a"], b, &in_b);
        let found = SAMPLE.reuse.iter().find(|r| forth(r) || back(r)).ok_or("it was not found")?;
        let turned = !forth(&found);
        let direction = match (text(&found["direction"]), turned) {
            ("a_to_b", true) => "b_to_a",
            ("b_to_a", true) => "a_to_b",
            (direction, _) => direction,
        };
        ensure(item["direction"] == direction, || format!("the direction is {direction}"))?;
        let words = |account: &Account, place: &Value| range(place).map_or(String::new(), |r| account.words_at(r));
        let (from, to) = if turned { ("b", "a") } else { ("a", "b") };
        let changed = found["changed"].as_array().into_iter().flatten();
        let changed: Vec<Value> = changed.map(|c| serde_json::json!([words(a, &c[from]), words(b, &c[to])])).collect();
        ensure(item["changed"] == Value::from(changed.clone()), || format!("the changes are {changed:?}"))
    });
}

#[test]
fn the_chains_view_shows_that_five_accounts_go_back_to_one_voice() {
    SAMPLE.check(&["one_root_claim"], |item| {
        let rows = SAMPLE.chains["rows"].as_array().ok_or("the view has no rows")?;
        let of_root = |r: &&Value| text(&r["cells"]["root"]).contains(text(&item["root"]));
        let most = rows.iter().filter(of_root).filter_map(|r| r["cells"]["told by"].as_u64()).max();
        ensure(most == item["documents"].as_u64(), || format!("told by {most:?} documents"))
    });
}

#[test]
fn planted_agreements_are_found_and_not_taken_for_one_source() {
    SAMPLE.check(&["agreement"], |item| {
        let members = SAMPLE.related(item)?;
        let agreed: Vec<_> = SAMPLE.joining(&members).into_iter().filter(|(.., c)| c["verdict"] == "agree").collect();
        let lonely = (0..members.len()).find(|n| !agreed.iter().any(|(a, b, _)| a == n || b == n));
        ensure(lonely.is_none(), || format!("statement {lonely:?} agrees with none of the others"))?;
        let one = agreed.iter().find(|(.., c)| c["independence"] == "same_root" || c["independence"] == "copied");
        ensure(one.is_none(), || format!("said to be one source: {:?}", one.map(|(.., c)| c)))
    });
}

#[test]
fn planted_contradictions_are_found_with_their_aspect() {
    SAMPLE.check(&["contradiction"], |item| {
        let members = SAMPLE.related(item)?;
        let aspect = match text(&item["aspect"]) {
            "date" => "time",
            "fact" => "fact polarity",
            other => other,
        };
        let clash = |c: &Value| c["verdict"] == "contradict" && aspect.split(' ').any(|a| c["aspect"] == a);
        let joined = SAMPLE.joining(&members);
        ensure(joined.iter().any(|(.., c)| clash(c)), || {
            format!("found: {:?}", joined.iter().map(|(.., c)| text(&c["reason"])).collect::<Vec<_>>())
        })
    });
}

#[test]
fn nothing_else_is_called_a_contradiction() {
    let planted = SAMPLE.items.iter().filter(|i| i["type"] == "contradiction");
    let members: Vec<Vec<Vec<&str>>> = planted.map(|i| SAMPLE.related(i).expect("the statements are there")).collect();
    let part = |set: &[Vec<&str>], id: &Value| set.iter().flatten().any(|known| *known == text(id));
    let told = |comparison: &Value| {
        // Who repeats one side of a planted clash on the word of whoever said so contradicts the other side as well.
        members.iter().any(|set| part(set, &comparison["a"]) || part(set, &comparison["b"]))
    };
    let clashes = SAMPLE.comparisons.iter().filter(|c| c["verdict"] == "contradict");
    let others: Vec<&str> = clashes.filter(|c| !told(c)).map(|c| text(&c["reason"])).collect();
    assert_eq!(others, [""; 0]);
    for item in SAMPLE.items.iter().filter(|i| i["type"] == "agreement" || i["type"] == "one_root_claim") {
        let members = SAMPLE.related(item).expect("the statements are there");
        let wrong = SAMPLE.joining(&members).into_iter().find(|(.., c)| c["verdict"] == "contradict");
        assert!(wrong.is_none(), "{}: {wrong:?}", item["id"]);
    }
}

#[test]
fn five_accounts_that_go_back_to_one_voice_are_no_corroboration() {
    SAMPLE.check(&["one_root_claim"], |item| {
        let members = SAMPLE.related(item)?;
        let joined = SAMPLE.joining(&members);
        ensure(!joined.is_empty(), || "they were not seen to say the same".into())?;
        let apart = joined.iter().find(|(.., c)| c["independence"] != "same_root" && c["independence"] != "copied");
        ensure(apart.is_none(), || format!("not one source: {:?}", apart.map(|(.., c)| c)))?;
        let rows = SAMPLE.corroboration["rows"].as_array().ok_or("the view has no rows")?;
        let about = |row: &&Value| {
            let ids = row["statements"].as_array().into_iter().flatten();
            ids.filter(|id| members.iter().flatten().any(|known| *known == text(id))).count() >= members.len()
        };
        let row = rows.iter().find(about).ok_or("no claim holds them all")?;
        let (documents, roots) = (&row["cells"]["documents"], &row["cells"]["roots"]);
        ensure(*documents == item["documents"] && *roots == 1, || format!("{documents} documents, {roots} roots"))
    });
}

#[test]
fn days_of_two_calendars_are_one_day() {
    SAMPLE.check(&["same_night"], |item| {
        for planted in item["statements"].as_array().into_iter().flatten() {
            let account = SAMPLE.account(planted)?;
            let place = account.one(text(&planted["words"]))?;
            let here = |t: &&Value| range(t).is_some_and(|r| meet(&r, &place));
            let what = || format!("{} {:?}", text(&planted["document"]), text(&planted["words"]));
            let found = account.times.iter().find(here).ok_or_else(|| format!("{}: no time", what()))?;
            let days = text(&found["edtf"]).split(['T', '/']).next().unwrap_or_default();
            let wanted = text(&planted["edtf"]);
            ensure(text(&found["edtf"]) == wanted || !wanted.contains('/') && days == wanted, || {
                format!("{}: {} {}", what(), found["edtf"], found["calendar"])
            })?;
            ensure(found["calendar"] == planted["calendar"], || format!("{}: {}", what(), found["calendar"]))?;
        }
        Ok(())
    });
}

#[test]
fn the_timeline_tells_each_dated_event_once_and_one_night_together() {
    let rows: Vec<&Value> = SAMPLE.timeline["rows"].as_array().into_iter().flatten().collect();
    let when = |row: &Value| text(&row["cells"]["when"]).to_owned();
    let mut ids: Vec<&str> =
        rows.iter().flat_map(|r| r["statements"].as_array().into_iter().flatten()).map(text).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "a statement stands in two rows of the timeline");
    // Every statement of the night that has its date as its own time stands in the rows of that night, side by side.
    let night: Vec<usize> = (0..rows.len()).filter(|n| when(rows[*n]) == "1904-10-21/1904-10-22").collect();
    assert!(night.windows(2).all(|w| w[1] == w[0] + 1), "rows of one night stand apart: {night:?}");
    let told: Vec<&str> = night.iter().map(|n| text(&rows[*n]["cells"]["dates"])).collect();
    for document in ["Letter of Vice-Admiral", "Imperial Japanese Legation"] {
        assert!(told.iter().any(|t| t.contains(document)), "the night lacks {document}: {told:#?}");
    }
    let precise = rows.iter().filter(|r| when(r).len() == 10);
    for row in precise {
        assert_eq!(row["cells"]["precision"], "day", "{row}");
    }
}

#[test]
fn every_planted_event_stands_once_on_the_timeline_with_its_date_and_precision() {
    let rows: Vec<&Value> = SAMPLE.timeline["rows"].as_array().into_iter().flatten().collect();
    SAMPLE.check(&["dated_event"], |item| {
        let account = SAMPLE.account(item)?;
        let place = account.one(text(&item["words"]))?;
        let about: Vec<&str> =
            account.statements.iter().filter(|s| statement::about(s, &place)).map(|s| text(&s["id"])).collect();
        let ids = |row: &Value| row["statements"].as_array().into_iter().flatten().any(|id| about.contains(&text(id)));
        let own: Vec<&&Value> = rows.iter().filter(|row| ids(row)).collect();
        let told = || own.iter().map(|r| text(&r["cells"]["what"])).collect::<Vec<_>>();
        ensure(own.len() == 1, || format!("stands in {} rows: {:?}", own.len(), told()))?;
        for row in own {
            let (when, precision) = (&row["cells"]["when"], &row["cells"]["precision"]);
            ensure(*when == item["edtf"] && *precision == item["precision"], || format!("{when}, {precision}"))?;
            let calendar = item["calendar"].as_str().unwrap_or_default();
            ensure(text(&row["cells"]["dates"]).contains(calendar), || format!("dates: {}", row["cells"]["dates"]))?;
        }
        Ok(())
    });
    // Nothing stands there that the accounts do not date: no row tells of a time after the last of them but one of the past.
    let planted = SAMPLE.items.iter().filter(|i| i["type"] == "dated_event").count();
    assert!(rows.len() <= planted + 1, "rows that nobody planted: {rows:#?}");
}

#[test]
fn two_maps_of_causes_lie_over_each_other_with_the_planted_opposite_edge() {
    let item = SAMPLE.item("opposite-searchlights");
    let rows = SAMPLE.overlay["rows"].as_array().expect("rows");
    let opposite: Vec<&Value> = rows.iter().filter(|r| r["cells"]["relation"] == "opposite sign").collect();
    let [row] = opposite.as_slice() else { panic!("one edge is planted with opposite signs: {rows:#?}") };
    for side in ["cause", "effect"] {
        assert!(text(&row["cells"][side]).contains(text(&item[side])), "{row}");
    }
    let signs = item["statements"].as_array().into_iter().flatten().map(|s| text(&s["sign"]));
    let weights = ["weight in the first", "weight in the second"].map(|name| row["cells"][name].as_f64());
    let wanted: Vec<Option<f64>> = signs.map(|sign| Some(if sign == "+" { 1.0 } else { -1.0 })).collect();
    assert_eq!(weights.to_vec(), wanted);
    let behind: Vec<&str> = row["statements"].as_array().into_iter().flatten().map(text).collect();
    for (members, planted) in SAMPLE.related(item).expect("the statements are there").iter().zip(["first", "second"]) {
        assert!(
            members.iter().any(|id| behind.contains(id)),
            "the {planted} planted statement is behind the edge: {row}"
        );
    }
    assert!(rows.iter().any(|r| r["cells"]["relation"] == "only in the first"), "{rows:#?}");
}
