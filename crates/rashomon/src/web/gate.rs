//! Who may ask, and who may change something. On this computer alone the page asks for nothing but that it is asked for by
//! this computer's name, so that no other page in the same browser can read a ledger through a forged name (DNS
//! rebinding). Served to a network it asks for a key besides, which stands once in the printed address and then in a cookie.
//! Whatever changes something must come from this page itself: the browser says so (`Origin`, else `Sec-Fetch-Site`), and the
//! form carries a token that no other page can read.

use super::address::Params;
use super::layout::said;
use super::shelf::Shelf;
use crate::error::Error;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use maud::{Markup, html};
use rashomon_text::space::one_line;
use std::fmt::Write as _;
use std::sync::Arc;

/// The names under which this computer may be asked for.
const NAMES: &[&str] = &["127.0.0.1", "localhost", "[::1]"];
/// The cookie with the network's key.
const KEY: &str = "rashomon-key";
/// The cookie with the person's name.
const PERSON: &str = "rashomon-person";
/// How long a browser keeps them: a year.
const KEPT: &str = "Max-Age=31536000";
/// Letters of a person's name at most.
const NAME: usize = 80;

/// On which terms a page is served.
#[derive(Debug, Clone)]
pub struct Terms {
    /// What a form must carry; new with every start.
    pub(crate) form: Arc<str>,
    /// The key that a network's visitors need; none where only this computer can ask.
    pub(crate) key: Option<Arc<str>>,
    /// Who judges, where the visitor gave no name.
    pub(crate) person: Option<String>,
}

impl Terms {
    /// For this computer alone.
    pub fn local(person: Option<&str>) -> Result<Terms, Error> {
        Ok(Terms { form: random()?.into(), key: None, person: person.and_then(named) })
    }

    /// For a network, with a new key.
    pub fn network(person: Option<&str>) -> Result<Terms, Error> {
        Ok(Terms { key: Some(random()?.into()), ..Terms::local(person)? })
    }

    /// Terms that a test knows.
    #[cfg(test)]
    pub(crate) fn told() -> Terms {
        Terms { form: "told".into(), key: None, person: Some("reader".into()) }
    }

    /// The key, for the address that is printed.
    pub fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }
}

/// 32 digits that nobody can guess.
fn random() -> Result<String, Error> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).map_err(|e| {
        Error::said(format!("The system gives no random numbers ({e}), so the page cannot be kept safe."))
    })?;
    let mut digits = String::with_capacity(32);
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(digits, "{byte:02x}");
    }
    Ok(digits)
}

/// What becomes of a request at the door.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Door {
    /// It may go on.
    Open,
    /// It may, with a cookie, at the address without the key.
    Welcome {
        /// The address.
        to: String,
        /// The cookie.
        cookie: String,
    },
    /// It may not, and why.
    Shut(&'static str),
}

/// Whether a request may come in.
pub(crate) fn door(terms: &Terms, headers: &HeaderMap, path: &str, query: Option<&str>) -> Door {
    let Some(key) = &terms.key else {
        return match is_this_computer(text(headers, header::HOST)) {
            true => Door::Open,
            false => Door::Shut("This page is only shown under the name 127.0.0.1 or localhost."),
        };
    };
    if cookie(headers, KEY).is_some_and(|given| same(&given, key)) {
        return Door::Open;
    }
    let params = Params::parse(query);
    if params.get("key").is_some_and(|given| same(given, key)) {
        let rest = super::address::Address::new(path).with_all(&params.without(&["key"])).to_string();
        let cookie = format!("{KEY}={key}; Path=/; HttpOnly; SameSite=Lax; {KEPT}");
        return Door::Welcome { to: rest, cookie };
    }
    Door::Shut(
        "This page needs its key. Open the whole address that the program printed when it was started; whoever started it \
         can tell you.",
    )
}

/// Whether a request that changes something was sent by this page itself. `token` is what its form carried.
pub(crate) fn is_own(terms: &Terms, headers: &HeaderMap, token: &str) -> bool {
    from_own_page(headers) && same(token, &terms.form)
}

/// Whether the browser says that a request comes from a page of this host.
pub(crate) fn from_own_page(headers: &HeaderMap) -> bool {
    let host = text(headers, header::HOST);
    let origin = text(headers, header::ORIGIN);
    let site = text(headers, HeaderName::from_static("sec-fetch-site"));
    match origin {
        "" => !host.is_empty() && site == "same-origin",
        origin => !host.is_empty() && origin.strip_prefix("http://").or(origin.strip_prefix("https://")) == Some(host),
    }
}

/// Compares in a time that does not depend on where two words differ.
pub(crate) fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let differ = a.iter().zip(b).fold(0u8, |all, (x, y)| all | (x ^ y));
    a.len() == b.len() && std::hint::black_box(differ) == 0
}

fn is_this_computer(host: &str) -> bool {
    let port = |rest: &str| rest.is_empty() || rest.strip_prefix(':').is_some_and(|p| p.parse::<u16>().is_ok());
    NAMES.iter().any(|name| host.strip_prefix(name).is_some_and(port))
}

fn text(headers: &HeaderMap, name: HeaderName) -> &str {
    headers.get(name).and_then(|v: &HeaderValue| v.to_str().ok()).unwrap_or_default()
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(';'));
    let mut pairs = all.filter_map(|pair| pair.trim().split_once('='));
    let value = pairs.find(|(key, _)| *key == name).map(|(_, value)| value)?;
    form_urlencoded::parse(format!("v={value}").as_bytes()).next().map(|(_, value)| value.into_owned())
}

/// Who asks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Visitor {
    /// The name given, kept in a cookie; else that with which the page was started.
    pub(crate) name: Option<String>,
}

impl Visitor {
    /// Who sent a request.
    pub(crate) fn of(terms: &Terms, headers: &HeaderMap) -> Visitor {
        Visitor { name: cookie(headers, PERSON).as_deref().and_then(named).or_else(|| terms.person.clone()) }
    }
}

/// A person's name as it is kept: on one line, without signs that hide, not longer than a name is.
pub(crate) fn named(name: &str) -> Option<String> {
    let plain: String = one_line(name).chars().filter(|c| !c.is_control() && !is_hidden(*c)).take(NAME).collect();
    Some(one_line(&plain)).filter(|name| !name.is_empty())
}

/// Signs that turn the direction of what follows, or show nothing.
pub(crate) fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// The cookie that keeps a person's name.
pub(crate) fn remember(name: &str) -> String {
    let value: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    format!("{PERSON}={value}; Path=/; HttpOnly; SameSite=Strict; {KEPT}")
}

/// What every form that changes something carries: the token, the last row of the log that its page shows, and the
/// address to go back to.
pub(crate) fn carried(shelf: &Shelf, back: &str) -> Markup {
    html! {
        input type="hidden" name="token" value=(shelf.form);
        input type="hidden" name="seen" value=(shelf.last_row());
        input type="hidden" name="back" value=(back);
    }
}

/// A local address given in a form: nothing that leads to another host.
pub(crate) fn local(back: &str) -> Option<&str> {
    let path = back.strip_prefix('/')?;
    let plain = back.bytes().all(|b| (0x21..0x7F).contains(&b) && b != b'\\');
    (plain && !path.starts_with('/')).then_some(back)
}

/// Who judges, with the way to change it.
pub(crate) fn who(visitor: &Visitor, back: &str) -> Markup {
    let to = super::address::Address::new("/name").with("back", back);
    html! {
        @match &visitor.name {
            Some(name) => p.who { "You judge as " strong { (said(name)) } ". " a href=(to) { "Somebody else?" } },
            None => p.who { "Verdicts carry a name. " a href=(to) { "Say who you are" } "." },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect()
    }

    #[test]
    fn only_names_of_this_computer_pass() {
        for host in ["127.0.0.1", "127.0.0.1:8080", "localhost:1", "[::1]:9"] {
            assert!(is_this_computer(host), "{host}");
        }
        for host in ["", "evil.example", "127.0.0.1.evil.example", "localhost.evil:80", "localhost:80x", "127.0.0.1:"] {
            assert!(!is_this_computer(host), "{host}");
        }
    }

    #[test]
    fn a_network_needs_the_key_once_in_the_address_and_then_in_a_cookie() {
        let terms = Terms { key: Some("secret".into()), ..Terms::told() };
        let none = headers(&[("host", "desk.example:80")]);
        assert!(matches!(door(&terms, &none, "/", None), Door::Shut(_)));
        assert!(matches!(door(&terms, &none, "/", Some("key=secre")), Door::Shut(_)));
        assert!(matches!(door(&terms, &headers(&[("cookie", "rashomon-key=wrong1")]), "/", None), Door::Shut(_)));
        let Door::Welcome { to, cookie } = door(&terms, &none, "/view/claims", Some("kind=tie&key=secret")) else {
            panic!("the key was refused");
        };
        assert_eq!(to, "/view/claims?kind=tie");
        assert!(cookie.starts_with("rashomon-key=secret; Path=/; HttpOnly; SameSite=Lax"));
        assert_eq!(door(&terms, &headers(&[("cookie", "a=b; rashomon-key=secret")]), "/", None), Door::Open);
        let (a, b) = (random().unwrap(), random().unwrap());
        assert!(a != b && a.len() == 32);
    }

    #[test]
    fn only_this_pages_own_forms_change_anything() {
        let terms = Terms::told();
        let from = |origin: &str| headers(&[("host", "127.0.0.1:4000"), ("origin", origin)]);
        assert!(is_own(&terms, &from("http://127.0.0.1:4000"), "told"));
        assert!(!is_own(&terms, &from("http://127.0.0.1:4000"), "tole"), "the token");
        for origin in ["http://evil.example", "null", "http://127.0.0.1:4001", "http://127.0.0.1:4000.evil.example"] {
            assert!(!is_own(&terms, &from(origin), "told"), "{origin}");
        }
        assert!(!is_own(&terms, &headers(&[("host", "127.0.0.1:4000")]), "told"), "no browser says where it is from");
        assert!(is_own(&terms, &headers(&[("host", "a"), ("sec-fetch-site", "same-origin")]), "told"));
        assert!(!is_own(&terms, &headers(&[("host", "a"), ("sec-fetch-site", "cross-site")]), "told"));
    }

    #[test]
    fn names_are_plain_and_ways_back_are_local() {
        assert_eq!(named("  Anne \u{202E}Lowry\n").as_deref(), Some("Anne Lowry"));
        assert_eq!(named("\u{200B} "), None);
        assert_eq!(named(&"x".repeat(500)).unwrap().len(), NAME);
        let cookie = remember("Ünal; Reed");
        let value = cookie.split(';').next().unwrap();
        let visitor = Visitor::of(&Terms::told(), &headers(&[("cookie", value)]));
        assert_eq!(visitor.name.as_deref(), Some("Ünal; Reed"));
        assert_eq!(Visitor::of(&Terms::told(), &headers(&[])).name.as_deref(), Some("reader"));
        assert_eq!(local("/review?at=1"), Some("/review?at=1"));
        for back in ["//evil.example", "http://evil.example", "/\\evil.example", "", "/a\r\nb", "/\\/x"] {
            assert_eq!(local(back), None, "{back}");
        }
    }
}
