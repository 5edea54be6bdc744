//! One happening out of many accounts: coded statements of one family of types, about the same actors, at times that can
//! be the same, are one event with all its accounts. Found by keys, never by pairs, so that a million statements take
//! seconds.
//!
//! A person is killed once: killings of one person are one happening however they are dated, and accounts that date it
//! differently stand side by side in it. Anything else that is dated differently is another happening. What is undated
//! joins nothing dated but a killing.

use super::code::Coded;
use super::marks::Marks;
use super::time::Interval;
use crate::resolve::{ActorId, Actors};
use rashomon_core::MentionKind;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// One statement's account of something that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// The document's place in the snapshot.
    pub document: usize,
    /// The statement's place in its reading.
    pub statement: usize,
    /// What it was coded to; a dated statement that no rule codes is an account too.
    pub coded: Option<Coded>,
    /// What kind of happening it is: the type, or the word where there is none.
    pub family: Arc<str>,
    /// Who does it, where known.
    pub source: Vec<ActorId>,
    /// To whom, where known.
    pub target: Vec<ActorId>,
    /// When it is said to have been, in EDTF.
    pub when: Option<String>,
    /// The same as days.
    pub interval: Option<Interval>,
    /// Where: the actor of the place, else its words in small letters.
    pub place: Option<String>,
    /// The marks; of an uncoded statement by its claim.
    pub marks: Marks,
}

/// One event with all its accounts, in the order of their places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// Places in the list of accounts.
    pub accounts: Vec<usize>,
}

/// Words of killing: done to one person, they are done once.
const KILLING: &[&str] = &[
    "assassinate",
    "assassination",
    "kill",
    "killing",
    "murder",
    "slay",
    "slaying",
    "behead",
    "beheading",
    "execute",
    "execution",
    "lynch",
    "shoot dead",
    "gun down",
];

/// What accounts of one happening have in common.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key<'a> {
    family: &'a str,
    source: Option<&'a str>,
    target: Option<&'a str>,
}

/// Brings the accounts of one happening together. Deterministic: the same accounts in the same order give the same list,
/// by first account.
pub fn happenings(accounts: &[Account], actors: &Actors) -> Vec<Happening> {
    // The order of these maps decides nothing: groups are independent of each other and sorted at the end.
    let mut whole: HashMap<Key<'_>, Vec<usize>> = HashMap::new();
    let mut half: HashMap<Key<'_>, Vec<usize>> = HashMap::new();
    let mut found: Vec<Vec<usize>> = Vec::new();
    let mut placed: HashMap<(&str, &str, Interval), Vec<usize>> = HashMap::new();
    for (n, account) in accounts.iter().enumerate() {
        let key = key_of(account, actors);
        match (key.source.is_some() && key.target.is_some(), key.source.is_some() || key.target.is_some()) {
            (true, _) => whole.entry(key).or_default().push(n),
            (false, true) => half.entry(key).or_default().push(n),
            (false, false) => match (&account.place, account.interval.filter(|i| i.is_brief())) {
                (Some(place), Some(interval)) => {
                    placed.entry((account.family.as_ref(), place.as_str(), interval)).or_default().push(n);
                }
                _ => found.push(vec![n]),
            },
        }
    }
    // Groups of whole accounts, with the ways by which a half account may find its one group.
    let mut ways: HashMap<(&str, bool, &str), Vec<usize>> = HashMap::new();
    for (key, members) in &whole {
        let groups = if key.family == "killing" { vec![members.clone()] } else { by_time(accounts, members) };
        for group in groups {
            for (first, id) in [(true, key.source), (false, key.target)] {
                if let Some(id) = id {
                    ways.entry((key.family, first, id)).or_default().push(found.len());
                }
            }
            found.push(group);
        }
    }
    let mut joining: Vec<(usize, usize)> = Vec::new();
    for (key, members) in &half {
        if key.family == "killing" {
            found.push(members.clone());
            continue;
        }
        let way = match (key.source, key.target) {
            (Some(id), _) => (key.family, true, id),
            (_, Some(id)) => (key.family, false, id),
            (None, None) => continue,
        };
        let near: &[usize] = ways.get(&way).map_or(&[], Vec::as_slice);
        let mut rest = Vec::new();
        for n in members {
            let time = accounts.get(*n).and_then(|a| a.interval).filter(|i| i.is_brief());
            let fits = |group: &&usize| {
                let times = found.get(**group).into_iter().flatten().filter_map(|m| accounts.get(*m)?.interval);
                time.is_some_and(|time| times.into_iter().any(|t| t.is_brief() && t.meets(time)))
            };
            let fitting: Vec<usize> = near.iter().filter(fits).copied().collect();
            match fitting.as_slice() {
                [one] => joining.push((*one, *n)),
                _ => rest.push(*n),
            }
        }
        found.extend(by_time(accounts, &rest));
    }
    // Only now, so that a half account is measured by whole ones and never by another half.
    for (group, n) in joining {
        found.get_mut(group).into_iter().for_each(|group| group.push(n));
    }
    found.extend(placed.into_values());
    let mut all: Vec<Happening> = found
        .into_iter()
        .filter(|group| !group.is_empty())
        .map(|mut accounts| {
            accounts.sort_unstable();
            Happening { accounts }
        })
        .collect();
    // Each account stands in one happening, so its first tells where it belongs.
    all.sort_unstable_by_key(|happening| happening.accounts.first().copied());
    all
}

fn key_of<'a>(account: &'a Account, actors: &Actors) -> Key<'a> {
    let first = |ids: &'a [ActorId]| ids.first().map(|id| id.as_str());
    let (source, target) = (first(&account.source), first(&account.target));
    let word = account.coded.as_ref().map_or("", |c| c.word.as_str());
    let person = || {
        let target = account.target.first().and_then(|id| actors.get(id));
        target.is_some_and(|a| a.kind == MentionKind::Person)
    };
    if KILLING.contains(&word) && person() {
        return Key { family: "killing", source: None, target };
    }
    let together = !account.source.is_empty() && account.source == account.target;
    if together || &*account.family == "CONSULT" {
        let mut ids: Vec<&str> = account.source.iter().chain(&account.target).map(|id| id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        return Key { family: &account.family, source: ids.first().copied(), target: ids.get(1).copied() };
    }
    Key { family: &account.family, source, target }
}

/// Cuts accounts of the same actors by time: brief times that can be the same are one; a wider time joins the one group
/// that lies in it; what is undated stands together by its word.
fn by_time(accounts: &[Account], members: &[usize]) -> Vec<Vec<usize>> {
    let mut brief: Vec<(Interval, usize)> = Vec::new();
    let mut wide: Vec<(Interval, usize)> = Vec::new();
    let mut undated: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for n in members {
        let Some(account) = accounts.get(*n) else { continue };
        match account.interval {
            Some(i) if i.is_brief() => brief.push((i, *n)),
            Some(i) => wide.push((i, *n)),
            None => {
                let word = account.coded.as_ref().map_or("", |c| c.word.as_str());
                undated.entry(word).or_default().push(*n);
            }
        }
    }
    brief.sort_unstable();
    let mut groups: Vec<(Interval, Vec<usize>)> = Vec::new();
    for (interval, n) in brief {
        match groups.last_mut().filter(|(hull, _)| hull.meets(interval)) {
            Some((hull, group)) => {
                hull.last = hull.last.max(interval.last);
                group.push(n);
            }
            None => groups.push((interval, vec![n])),
        }
    }
    let dated = groups.len();
    wide.sort_unstable();
    for (interval, n) in wide {
        // Groups lie in order of time, so those inside a wider time stand together.
        let known = groups.get(..dated).unwrap_or_default();
        let from = known.partition_point(|(hull, _)| hull.last < interval.first);
        let inside = known.iter().skip(from).take_while(|(hull, _)| hull.first <= interval.last).take(2).count();
        let same = groups.iter().skip(dated).position(|(hull, _)| *hull == interval).map(|at| at + dated);
        match (inside, same) {
            (1, _) => groups.get_mut(from).into_iter().for_each(|(_, group)| group.push(n)),
            (_, Some(at)) => groups.get_mut(at).into_iter().for_each(|(_, group)| group.push(n)),
            _ => groups.push((interval, vec![n])),
        }
    }
    groups.into_iter().map(|(_, group)| group).chain(undated.into_values()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_core::Digest;

    fn account(family: &str, source: &str, target: &str, when: &str) -> Account {
        let ids =
            |name: &str| (!name.is_empty()).then(|| Digest::short_of(name.as_bytes())).into_iter().collect::<Vec<_>>();
        Account {
            document: 0,
            statement: 0,
            coded: None,
            family: family.into(),
            source: ids(source),
            target: ids(target),
            when: (!when.is_empty()).then(|| when.to_owned()),
            interval: Interval::of(when),
            place: None,
            marks: Marks::default(),
        }
    }

    fn groups(accounts: &[Account]) -> Vec<Vec<usize>> {
        happenings(accounts, &Actors::default()).into_iter().map(|h| h.accounts).collect()
    }

    #[test]
    fn accounts_of_the_same_actors_and_time_are_one_happening() {
        let all = [
            account("ASSAULT", "N", "E", "1904-10-21/1904-10-22"),
            account("ASSAULT", "N", "E", "1904-10-22"),
            account("ASSAULT", "N", "E", "1904-10"),
            account("ASSAULT", "N", "E", "1904-12-01"),
            account("ASSAULT", "E", "N", "1904-10-22"),
            account("CONSULT", "E", "N", "1904-10-22"),
            account("CONSULT", "N", "E", "1904-10-22"),
        ];
        assert_eq!(groups(&all), [vec![0, 1, 2], vec![3], vec![4], vec![5, 6]]);
    }

    #[test]
    fn a_half_account_joins_only_the_one_happening_that_fits() {
        let all = [
            account("ASSAULT", "N", "E", "1904-10-22"),
            account("ASSAULT", "", "E", "1904-10-22"),
            account("ASSAULT", "", "E", ""),
            account("ASSAULT", "S", "E", "1904-11-01"),
            account("ASSAULT", "", "E", "1904"),
        ];
        assert_eq!(groups(&all), [vec![0, 1], vec![2], vec![3], vec![4]]);
    }

    #[test]
    fn what_names_nobody_is_one_by_place_and_day() {
        let mut a = account("PROTEST", "", "", "1904-10-22");
        a.place = Some("kell".into());
        let mut b = a.clone();
        b.place = Some("hull".into());
        assert_eq!(groups(&[a.clone(), b, a]), [vec![0, 2], vec![1]]);
    }
}
