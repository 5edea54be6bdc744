//! Why a file could not be taken, in words for a person, without naming any library. The file's name is added by the
//! one place that makes a refusal of it, so that no format can forget or misname it.

use rashomon_core::Refusal;

/// What happened and what can be done about it; the file is named by the [`Refusal`] it becomes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}; {remedy}")]
pub struct Fault {
    what: String,
    remedy: String,
}

impl Fault {
    /// A fault: what happened ("the file is empty") and what to do ("check that it was copied whole").
    pub fn new(what: impl Into<String>, remedy: impl Into<String>) -> Fault {
        Fault { what: what.into(), remedy: remedy.into() }
    }

    /// The bytes do not hold together as the format they claim to be.
    pub fn damaged(format: &str, detail: impl std::fmt::Display) -> Fault {
        let remedy = "open it in the program that made it and save it anew, or get another copy";
        Fault::new(format!("the {format} file is damaged ({})", brief(&detail.to_string())), remedy)
    }

    /// The fault as a refusal of a file.
    pub fn refuse(&self, path: &str) -> Refusal {
        Refusal {
            document: None,
            path: path.to_owned(),
            reader: "intake".into(),
            reason: self.to_string(),
            words: String::new(),
        }
    }
}

/// A parser's own complaint, on one line and short: it may quote the input at any length.
fn brief(detail: &str) -> String {
    let line: String = detail.chars().map(|c| if c.is_control() { ' ' } else { c }).take(160).collect();
    line.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_file_cause_and_remedy_on_one_line() {
        let refusal = Fault::damaged("ZIP", "bad\nheader").refuse("docs/a.zip");
        assert_eq!(refusal.path, "docs/a.zip");
        assert!(refusal.reason.starts_with("the ZIP file is damaged (bad header); open it"), "{}", refusal.reason);
    }
}
