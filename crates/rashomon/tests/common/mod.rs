//! A story in a folder of its own: files are put into it, the program is run in it, and what it said is looked at.
//! Shared by the tests of the program as a whole; each uses the part it needs.

#![allow(clippy::unwrap_used)]
#![allow(dead_code)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder with files, and the program run in it.
pub struct Story {
    folder: tempfile::TempDir,
}

impl Story {
    /// An empty folder.
    pub fn new() -> Story {
        Story { folder: tempfile::tempdir().unwrap() }
    }

    /// The folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a file into the folder.
    pub fn file(self, name: &str, bytes: impl AsRef<[u8]>) -> Story {
        self.put(name, bytes);
        self
    }

    /// Puts a file into the folder.
    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// The program, to be run in the folder.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rashomon"));
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    /// Runs the program in the folder.
    pub fn run(&self, arguments: &[&str]) -> Told {
        Told::from(self.command(arguments).output().unwrap(), arguments)
    }

    /// The export of a ledger, which must succeed.
    pub fn export(&self, ledger: &str) -> String {
        self.run(&["export", "--text", "--ledger", ledger]).ends_with(0).out
    }

    /// The names of the documents in a ledger.
    pub fn documents(&self, ledger: &str) -> BTreeSet<String> {
        let export = self.export(ledger);
        let records = export.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap());
        records.filter(|r| r["type"] == "document").map(|r| r["path"].as_str().unwrap().to_owned()).collect()
    }
}

/// What the program said and how it ended.
pub struct Told {
    /// On the standard output.
    pub out: String,
    /// On the standard error.
    pub err: String,
    code: Option<i32>,
    line: String,
}

impl Told {
    /// From what a run left.
    pub fn from(output: Output, arguments: &[&str]) -> Told {
        Told {
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
            code: output.status.code(),
            line: arguments.join(" "),
        }
    }

    /// It ended with this exit code, and nothing in it fell.
    pub fn ends_with(self, code: i32) -> Told {
        assert_eq!(self.code, Some(code), "rashomon {}\n{}\n{}", self.line, self.out, self.err);
        assert!(!self.err.contains("panicked"), "rashomon {}\n{}", self.line, self.err);
        self
    }

    /// It said this on the standard output.
    pub fn says(self, words: &str) -> Told {
        assert!(self.out.contains(words), "rashomon {} does not say {words:?}:\n{}\n{}", self.line, self.out, self.err);
        self
    }

    /// It said this on the standard error.
    pub fn complains(self, words: &str) -> Told {
        let heard = self.err.to_lowercase().contains(&words.to_lowercase());
        assert!(heard, "rashomon {} does not complain of {words:?}:\n{}\n{}", self.line, self.out, self.err);
        self
    }

    /// One line of the standard error names the file and says one of these words.
    pub fn refuses(self, file: &str, words: &[&str]) -> Told {
        let line = self.err.lines().find(|l| l.contains(file)).map(str::to_lowercase);
        let heard = line.as_deref().is_some_and(|l| words.iter().any(|w| l.contains(&w.to_lowercase())));
        assert!(heard, "rashomon {} does not refuse {file} with one of {words:?}:\n{}", self.line, self.err);
        self
    }
}

/// Chance that is the same in every run (splitmix64).
pub struct Chance(pub u64);

impl Chance {
    /// A number below another.
    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % most.max(1) as u64) as usize
    }

    /// One of some words.
    pub fn one<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    /// A sentence about a harbour, of which some are told on somebody's word.
    pub fn sentence(&mut self) -> String {
        let who = self.one(&["The harbour master", "Anne Lowry", "Tom Reed", "the miller", "the clerk of Fenwick"]);
        let what = self.one(&["the lock gate", "the grain barge", "the east quay", "the ferry", "the mill race"]);
        let state = self.one(&["was closed before noon", "had been sold", "stood empty", "was under water"]);
        let day = 1 + self.below(28);
        match self.below(4) {
            0 => format!("{who} said that {what} {state} on {day} March 1911."),
            1 => format!("\"{what} {state},\" said {who}."),
            2 => format!("According to {who}, {what} {state}."),
            _ => format!("On {day} March {what} {state}."),
        }
    }

    /// A text of so many sentences, in paragraphs.
    pub fn text(&mut self, sentences: usize) -> String {
        let mut text = String::new();
        for n in 1..=sentences {
            text.push_str(&self.sentence());
            text.push_str(if n % 6 == 0 { "\n\n" } else { " " });
        }
        text
    }
}

/// Writes so many documents, each of a few sentences, into a folder of a story.
pub fn pile(story: &Story, folder: &str, documents: usize) {
    let mut chance = Chance(1911);
    for n in 0..documents {
        let sentences = 4 + chance.below(20);
        story.put(&format!("{folder}/paper-{n:03}.txt"), format!("Paper {n}.\n\n{}", chance.text(sentences)));
    }
}

/// A file of the bundled sample.
pub fn sample_file(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/dogger-bank/accounts");
    std::fs::read(folder.join(name)).unwrap()
}
