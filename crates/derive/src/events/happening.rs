//! One happening out of many accounts: coded statements of one family of types, about the same actors, at times that can
//! be the same, are one event with all its accounts. Found by keys, never by pairs, so that a million statements take
//! seconds.
//!
//! A person is killed once: killings of one person are one happening however they are dated, and accounts that date it
//! differently stand side by side in it. Anything else that is dated differently is another happening. What is undated
//! joins nothing dated but a killing.

use super::code::Coded;
use super::marks::Marks;
use super::time::{BRIEF, Interval};
use crate::resolve::{ActorId, Actors};
use rashomon_core::MentionKind;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};
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

/// The family of the killings of one person.
const KILLINGS: &str = "killing";

/// What accounts of one happening have in common.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key<'a> {
    family: &'a str,
    source: Option<&'a str>,
    target: Option<&'a str>,
}

/// Accounts that are gathered at once.
const PART: usize = 16_384;

/// Accounts by what they have in common, with their places.
#[derive(Default)]
struct Gathered<'a> {
    /// Both sides are known.
    whole: HashMap<Key<'a>, Vec<usize>>,
    /// One side is.
    half: HashMap<Key<'a>, Vec<usize>>,
    /// Nobody is, but place and day are.
    placed: HashMap<(&'a str, &'a str, Interval), Vec<usize>>,
    /// Nothing of it is known: each is a happening of its own.
    alone: Vec<usize>,
}

impl<'a> Gathered<'a> {
    /// From a part of the list that begins at a place.
    fn of(part: &'a [Account], start: usize, actors: &Actors) -> Gathered<'a> {
        let mut all = Gathered::default();
        for (account, n) in part.iter().zip(start..) {
            let key = key_of(account, actors);
            match (key.source, key.target, &account.place, account.interval.filter(|i| i.is_brief())) {
                (Some(_), Some(_), ..) => all.whole.entry(key).or_default().push(n),
                (None, None, Some(place), Some(interval)) => {
                    all.placed.entry((account.family.as_ref(), place.as_str(), interval)).or_default().push(n);
                }
                (None, None, ..) => all.alone.push(n),
                _ => all.half.entry(key).or_default().push(n),
            }
        }
        all
    }

    /// With those of a later part.
    fn add(&mut self, later: Gathered<'a>) {
        fn join<K: Eq + std::hash::Hash>(all: &mut HashMap<K, Vec<usize>>, later: HashMap<K, Vec<usize>>) {
            for (key, members) in later {
                all.entry(key).or_default().extend(members);
            }
        }
        join(&mut self.whole, later.whole);
        join(&mut self.half, later.half);
        join(&mut self.placed, later.placed);
        self.alone.extend(later.alone);
    }
}

/// The brief times at which somebody takes part in happenings of one family, each with the happening's number, in order.
type Ways<'a> = HashMap<(&'a str, bool, &'a str), Vec<(Interval, usize)>>;

/// Brings the accounts of one happening together. Deterministic: the same accounts in the same order give the same list,
/// by first account.
pub fn happenings(accounts: &[Account], actors: &Actors) -> Vec<Happening> {
    // The order of these maps decides nothing: groups are independent of each other and sorted at the end.
    let parts: Vec<Gathered<'_>> =
        accounts.par_chunks(PART).enumerate().map(|(number, part)| Gathered::of(part, number * PART, actors)).collect();
    let mut gathered = Gathered::default();
    parts.into_iter().for_each(|part| gathered.add(part));
    let Gathered { whole, half, placed, alone } = gathered;
    let whole: Vec<(Key<'_>, Vec<usize>)> = whole.into_iter().collect();
    let cut = |(key, members): (Key<'_>, Vec<usize>)| match key.family {
        KILLINGS => vec![members],
        _ => by_time(accounts, &members),
    };
    // Groups of whole accounts, with the ways by which a half account may find its one group.
    let asked: HashSet<(&str, bool, &str)> = half.keys().filter_map(way_of).collect();
    let keys: Vec<Key<'_>> = whole.iter().map(|(key, _)| key.clone()).collect();
    let groups: Vec<Vec<Vec<usize>>> = whole.into_par_iter().map(cut).collect();
    let mut ways: Ways<'_> = HashMap::new();
    let mut found: Vec<Vec<usize>> = alone.into_iter().map(|n| vec![n]).collect();
    for (key, groups) in keys.iter().zip(groups) {
        let sides = [(true, key.source), (false, key.target)];
        let own: Vec<_> = sides.into_iter().filter_map(|(first, id)| Some((key.family, first, id?))).collect();
        for group in groups {
            for way in own.iter().filter(|way| asked.contains(*way)) {
                let times = group.iter().filter_map(|n| accounts.get(*n)?.interval).filter(|i| i.is_brief());
                ways.entry(*way).or_default().extend(times.map(|time| (time, found.len())));
            }
            found.push(group);
        }
    }
    ways.par_iter_mut().for_each(|(_, times)| times.sort_unstable());
    let half: Vec<(Key<'_>, Vec<usize>)> = half.into_iter().collect();
    let joined = |(key, members): (Key<'_>, Vec<usize>)| {
        let near = way_of(&key).and_then(|way| ways.get(&way)).map_or(&[][..], Vec::as_slice);
        let mut joining = Vec::new();
        let mut rest = Vec::new();
        for n in &members {
            let time = accounts.get(*n).and_then(|a| a.interval).filter(|i| i.is_brief());
            match time.and_then(|time| only_at(near, time)) {
                Some(group) => joining.push((group, *n)),
                None => rest.push(*n),
            }
        }
        (joining, cut((key, rest)))
    };
    // Joined only now, so that a half account is measured by whole ones and never by another half.
    let halves: Vec<Joined> = half.into_par_iter().map(joined).collect();
    for (joining, groups) in halves {
        for (group, n) in joining {
            found.get_mut(group).into_iter().for_each(|group| group.push(n));
        }
        found.extend(groups);
    }
    found.extend(placed.into_values());
    let whole = |mut accounts: Vec<usize>| {
        accounts.sort_unstable();
        Happening { accounts }
    };
    let mut all: Vec<Happening> = found.into_par_iter().filter(|group| !group.is_empty()).map(whole).collect();
    // Each account stands in one happening, so its first tells where it belongs.
    all.par_sort_unstable_by_key(|happening| happening.accounts.first().copied());
    all
}

/// Half accounts with the groups that they join, and the groups of those that join none.
type Joined = (Vec<(usize, usize)>, Vec<Vec<usize>>);

/// By what an account that names one side finds the happenings in which that side takes part; a killing is found by its key.
fn way_of<'a>(key: &Key<'a>) -> Option<(&'a str, bool, &'a str)> {
    let side = key.source.map(|id| (true, id)).or_else(|| key.target.map(|id| (false, id)));
    side.filter(|_| key.family != KILLINGS).map(|(first, id)| (key.family, first, id))
}

/// The one happening that has a brief time which can be the same; nothing where there are several.
fn only_at(near: &[(Interval, usize)], time: Interval) -> Option<usize> {
    // No brief time that meets this one begins more than its own length before it.
    let from = near.partition_point(|(other, _)| other.first < time.first.saturating_sub(BRIEF));
    let reaching = near.iter().skip(from).take_while(|(other, _)| other.first <= time.last);
    let mut groups = reaching.filter(|(other, _)| other.meets(time)).map(|(_, group)| *group);
    let one = groups.next()?;
    groups.all(|other| other == one).then_some(one)
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
        return Key { family: KILLINGS, source: None, target };
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
