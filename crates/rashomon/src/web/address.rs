//! Addresses of pages, read and written in one place. Each page has one address that can be sent to a colleague: all
//! of its state (filters, voice, page, chosen statement) stands in it.

use rashomon_core::{Digest, DocumentId, StatementId};
use rashomon_derive::Filter;

/// The part of an address after the question mark. Empty values, as forms send them, count as not given.
#[derive(Debug, Clone, Default)]
pub(crate) struct Params(Vec<(String, String)>);

/// The names of the parameters that make a filter, in the order in which addresses carry them.
const FILTERS: &[&str] = &["document", "voice", "actor", "kind", "certainty", "from", "to", "reviewed", "verdict"];

impl Params {
    /// Parses a query string.
    pub(crate) fn parse(query: Option<&str>) -> Params {
        let pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
        Params(pairs.map(|(k, v)| (k.into_owned(), v.trim().to_owned())).filter(|(_, v)| !v.is_empty()).collect())
    }

    /// The first value of a name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(k, _)| k == name).map(|(_, v)| v.as_str())
    }

    /// Every value of a name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.0.iter().filter(move |(k, _)| k == name).map(|(_, v)| v.as_str())
    }

    /// The page asked for, counted from 1.
    pub(crate) fn page(&self) -> usize {
        self.get("page").and_then(|p| p.parse().ok()).unwrap_or(1).max(1)
    }

    /// A digest given under a name.
    pub(crate) fn digest(&self, name: &str) -> Option<Digest> {
        self.get(name).and_then(Digest::parse)
    }

    /// The filter that the parameters ask for; an unknown code comes back as words for a person.
    pub(crate) fn filter(&self) -> Result<Filter, String> {
        let list = |name| self.all(name).map(str::to_owned).collect();
        Ok(Filter {
            documents: list("document"),
            voices: list("voice"),
            actors: list("actor"),
            kinds: self.all("kind").map(|k| k.parse().map_err(to_words)).collect::<Result<_, _>>()?,
            certainties: self.all("certainty").map(|c| c.parse().map_err(to_words)).collect::<Result<_, _>>()?,
            from: self.get("from").map(str::to_owned),
            to: self.get("to").map(str::to_owned),
            only_reviewed: self.get("reviewed").is_some(),
            verdicts: list("verdict"),
        })
    }

    /// Only the parameters that make a filter.
    pub(crate) fn only_filters(&self) -> Params {
        let kept = FILTERS.iter().flat_map(|name| self.0.iter().filter(move |(k, _)| k == name));
        Params(kept.cloned().collect())
    }

    /// Only some parameters.
    pub(crate) fn only(&self, names: &[&str]) -> Params {
        Params(self.0.iter().filter(|(k, _)| names.contains(&k.as_str())).cloned().collect())
    }

    /// Every parameter except some.
    pub(crate) fn without(&self, names: &[&str]) -> Params {
        Params(self.0.iter().filter(|(k, _)| !names.contains(&k.as_str())).cloned().collect())
    }

    /// The same with one more value.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Params {
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Name and value of each.
    pub(crate) fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}

fn to_words(error: rashomon_core::UnknownCode) -> String {
    error.to_string()
}

/// An address under construction.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    path: String,
    query: Vec<(String, String)>,
    anchor: Option<String>,
}

impl Address {
    /// A path of the page.
    pub(crate) fn new(path: impl Into<String>) -> Address {
        Address { path: path.into(), query: Vec::new(), anchor: None }
    }

    /// A document's page.
    pub(crate) fn document(id: &DocumentId) -> Address {
        Address::new(format!("/document/{id}"))
    }

    /// A statement's page.
    pub(crate) fn statement(id: &StatementId) -> Address {
        Address::new(format!("/statement/{id}"))
    }

    /// With a parameter more.
    pub(crate) fn with(mut self, name: &str, value: impl ToString) -> Address {
        self.query.push((name.to_owned(), value.to_string()));
        self
    }

    /// With a parameter more if there is a value.
    pub(crate) fn maybe(self, name: &str, value: Option<impl ToString>) -> Address {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// With parameters of another address.
    pub(crate) fn with_all(mut self, params: &Params) -> Address {
        self.query.extend(params.0.iter().cloned());
        self
    }

    /// At a place of the page.
    pub(crate) fn at(mut self, anchor: impl Into<String>) -> Address {
        self.anchor = Some(anchor.into());
        self
    }
}

/// A local address with another chosen statement.
pub(crate) fn with_statement(address: &str, id: &StatementId) -> String {
    let bare = address.split('#').next().unwrap_or_default();
    let (path, query) = bare.split_once('?').unwrap_or((bare, ""));
    let others = Params::parse(Some(query)).without(&["statement"]);
    Address::new(path).with_all(&others).with("statement", id).at(format!("s-{id}")).to_string()
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.path)?;
        if !self.query.is_empty() {
            let mut query = form_urlencoded::Serializer::new(String::new());
            query.extend_pairs(&self.query);
            write!(f, "?{}", query.finish())?;
        }
        match &self.anchor {
            Some(anchor) => write!(f, "#{anchor}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back_and_empty_fields_are_not_given() {
        let address = Address::new("/view/claims").with("voice", "ناخدا & co").maybe("from", Some("1904")).at("rows");
        let written = address.to_string();
        assert!(written.ends_with("&from=1904#rows"), "{written}");
        let query = written.split(['?', '#']).nth(1);
        let params = Params::parse(query);
        assert_eq!(params.get("voice"), Some("ناخدا & co"));
        let params = Params::parse(Some("voice=&kind=tie&kind=event&page=0&reviewed=yes"));
        let filter = params.filter().unwrap();
        assert!(filter.voices.is_empty() && filter.kinds.len() == 2 && filter.only_reviewed);
        assert_eq!(params.page(), 1);
        assert!(Params::parse(Some("kind=rumour")).filter().unwrap_err().contains("known: event"));
    }
}
