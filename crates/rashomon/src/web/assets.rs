//! The files that pages need besides their words: one style sheet and that of
//! pictures, one small script (of two parts: reading, and the
//! desk where people judge and add), one icon. They are part of the
//! program, so that the page needs no network; their addresses carry a digest, so that a browser keeps them for as long
//! as they stay the same.

use rashomon_core::Digest;
use std::sync::LazyLock;

/// One file.
pub(crate) struct Asset {
    name: &'static str,
    /// Its media type.
    pub(crate) media_type: &'static str,
    /// Its bytes.
    pub(crate) text: &'static str,
}

/// Every file.
static ASSETS: &[Asset] = &[
    Asset {
        name: "page.css",
        media_type: "text/css; charset=utf-8",
        text: concat!(include_str!("../../assets/page.css"), include_str!("../../assets/desk.css")),
    },
    Asset {
        name: "page.js",
        media_type: "text/javascript; charset=utf-8",
        text: concat!(include_str!("../../assets/page.js"), include_str!("../../assets/desk.js")),
    },
    Asset { name: "picture.css", media_type: "text/css; charset=utf-8", text: rashomon_derive::pictures::STYLE },
    Asset { name: "icon.svg", media_type: "image/svg+xml", text: include_str!("../../assets/icon.svg") },
];

static VERSION: LazyLock<String> = LazyLock::new(|| {
    let all: String = ASSETS.iter().map(|a| a.text).collect();
    Digest::of(all.as_bytes()).brief().to_owned()
});

/// The address of a file.
pub(crate) fn address(name: &str) -> String {
    format!("/assets/{name}?v={}", *VERSION)
}

/// The file of a name.
pub(crate) fn asset(name: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|a| a.name == name)
}
