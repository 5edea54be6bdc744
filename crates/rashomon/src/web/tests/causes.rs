//! The page of causes: the map always says whose it is, every arrow leads to its words, and an experiment's whole state stands in
//! its address.

use super::told::Told;
use super::*;
use rashomon_derive::causes::Scenario;

fn two() -> Arc<dyn Archive> {
    archive(vec![
        Told::new(
            "a.txt",
            "The lamps prevented confusion in the harbour.\nThe owner said that fog led to a collision.\n",
        )
        .by("The first account", "Anne Lowry")
        .own("The lamps prevented confusion in the harbour")
        .causes("The lamps", "confusion in the harbour", "-")
        .said("fog led to a collision", &["The owner"], "said")
        .causes("fog", "a collision", "+"),
        Told::new(
            "b.txt",
            "The lamps led to confusion in the harbour.\nConfusion in the harbour led to a collision <b>.\n",
        )
        .by("The second account", "Tom Reed")
        .own("The lamps led to confusion in the harbour")
        .causes("The lamps", "confusion in the harbour", "+")
        .own("Confusion in the harbour led to a collision <b>")
        .causes("Confusion in the harbour", "a collision", "+"),
    ])
}

const SECOND: &str = "/causes?of=document+The+second+account";

/// The name of a concept in addresses, from the choice of what to change.
fn short(page: &str, name: &str) -> String {
    let before = page.split(&format!(">{name}</option>")).next().unwrap();
    before.rsplit("value=\"").next().unwrap().trim_end_matches('"').to_owned()
}

#[test]
fn a_map_says_whose_it_is_and_every_arrow_leads_to_its_words() {
    let archive = two();
    let page = get(&archive, SECOND);
    assert!(page.contains("never a forecast"), "{page}");
    assert!(page.matches("of “The second account”").count() > 3);
    let svg = page.split_once("<svg").unwrap().1.split_once("</svg>").unwrap().0.to_owned();
    assert!(svg.contains("Map of causes of “The second account”") && svg.matches("<a href=").count() == 2, "{svg}");
    for address in svg.split("<a href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        let shown = get(&archive, &address.replace("&amp;", "&"));
        assert!(shown.contains("confusion in the harbour") || shown.contains("Confusion in the harbour"), "{shown}");
    }
    assert!(page.contains("N = 3, C = 2"), "{page}");
    assert!(!page.contains("collision <b>"), "what a document says is never markup");
    let empty = get(&archive, "/causes?of=voice+Nobody");
    assert!(empty.contains("This map is empty"), "{empty}");
    assert!(get(&archive, "/view/causes").contains("href=\"/causes\""));
}

#[test]
fn two_maps_lie_over_each_other() {
    let archive = two();
    let page = get(&archive, "/causes?of=document+The+first+account&over=document+The+second+account");
    let table = page.split_once("class=\"view overlay\"").unwrap().1.split_once("</table>").unwrap().0.to_owned();
    assert_eq!(table.matches("opposite sign").count(), 1, "{table}");
    let link = table.split("<a href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let shown = get(&archive, &link);
    assert!(shown.contains("prevented confusion") && shown.contains("led to confusion"), "{shown}");
}

#[test]
fn an_experiment_stands_whole_in_its_address_and_in_its_file() {
    let archive = two();
    let page = get(&archive, SECOND);
    let lamps = short(&page, "lamps");
    let query = format!(
        "{SECOND}&change={lamps}&at-{lamps}=0.25&rule=modified&f=tanh&lambda=0.5&tolerance=0.001&steps=50&free=yes"
    );
    let run = get(&archive, &query);
    assert!(run.contains("type=\"range\"") && run.contains("value=\"0.25\"") && run.contains("Intervention:"), "{run}");
    assert!(run.contains("leave as it is"));
    assert_eq!(run, get(&archive, &query), "the same address, the same page");
    let file = get(&archive, &query.replace("/causes?", "/causes/run.toml?"));
    let scenario = Scenario::read(&file).unwrap();
    assert_eq!((scenario.set.get("lamps"), scenario.settings.steps, scenario.settings.hold), (Some(&0.25), 50, false));
    for (name, words) in
        [("map.svg", "</svg>"), ("matrix.csv", "lamps,"), ("map.graphml", "<graphml"), ("map.gexf", "<gexf")]
    {
        assert!(get(&archive, &SECOND.replace("/causes?", &format!("/causes/{name}?"))).contains(words), "{name}");
    }
    for wrong in
        ["lambda=0", "lambda=x", "tolerance=2", "steps=-1", "of=somebody", &format!("change={lamps}&at-{lamps}=much")]
    {
        assert_eq!(ask(&archive, &format!("/causes?{wrong}")).status, StatusCode::BAD_REQUEST, "{wrong}");
    }
    assert_eq!(ask(&archive, "/causes/map.exe").status, StatusCode::NOT_FOUND);
}

#[test]
fn a_weight_set_by_hand_is_kept_shown_and_taken_back() {
    let archive = two();
    let page = get(&archive, SECOND);
    let edge = format!("{}-{}", short(&page, "lamps"), short(&page, "confusion in the harbour"));
    let form = |what: &'static str| {
        vec![
            ("back", SECOND.to_owned()),
            ("edge", edge.clone()),
            ("weight", "-0.35".to_owned()),
            ("by", "Reed".to_owned()),
            ("do", what.to_owned()),
        ]
    };
    let post = |origin: &str, what| {
        let form = form(what);
        let form: Vec<(&str, &str)> = form.iter().map(|(k, v)| (*k, v.as_str())).collect();
        send(&archive, origin, "/causes/weigh", &form)
    };
    assert_eq!(post("http://evil.example", "set").status, StatusCode::FORBIDDEN);
    let answer = post("http://127.0.0.1:4000", "set");
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let shown = get(&archive, answer.headers["location"].to_str().unwrap());
    assert!(shown.contains("-0.35") && shown.contains("set by"), "{shown}");
    assert!(!get(&archive, "/causes").contains("set by <"), "in its own map only");
    assert_eq!(post("http://127.0.0.1:4000", "undo").status, StatusCode::SEE_OTHER);
    assert!(!get(&archive, SECOND).contains("-0.35"));
    assert_eq!(post("http://127.0.0.1:4000", "undo").status, StatusCode::BAD_REQUEST);
}
