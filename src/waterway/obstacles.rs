//! Why a vessel class has no way between two terminals.

use super::river::{River, load_share};
use crate::domain::{ClassIdx, Link, LinkIdx, NodeIdx, Problem, TerminalIdx, VesselClass};
use std::collections::BTreeSet;

/// What may keep a vessel out of a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bar {
    /// The waterway's class is below the least that the vessel sails on.
    Class,
    AirDraft,
    /// No load worth sailing with floats at the depth that is sure at all tides.
    Depth,
    /// Only vessels that call at a terminal on the stretch may use it.
    LocalOnly,
}

/// A vessel that may load less than this share of its deadweight does not sail: the stretch is closed to it, and it looks for a deeper
/// way round.
const LEAST_LOAD_SHARE: f64 = 0.1;

/// What keeps a class out of a stretch: waterway class, air draught (equal passes), depth for a useful load.
pub(super) fn bars(problem: &Problem, class: &VesselClass, link: &Link) -> impl Iterator<Item = Bar> {
    let class_too_low = (link.class < class.min_waterway_class).then_some(Bar::Class);
    let too_high = (class.air_draft_m > link.air_draft_m).then_some(Bar::AirDraft);
    let too_shallow = (load_share(problem, class, link) < LEAST_LOAD_SHARE).then_some(Bar::Depth);
    class_too_low.into_iter().chain(too_high).chain(too_shallow)
}

/// A stretch and what keeps a class out of it.
pub type Obstacle = (LinkIdx, Bar);

/// The obstacles that leave a class no way from one terminal to another, each of them needed: without any one of them there is a way. Empty
/// when there is a way, or when nothing but currents or missing stretches is in the way.
pub fn find_obstacles(problem: &Problem, class: ClassIdx, from: TerminalIdx, to: TerminalIdx) -> Vec<Obstacle> {
    let class = problem.class(class);
    let is_barred = |kept: &BTreeSet<Obstacle>| {
        let river = River::with(problem, class, |link, bar| kept.contains(&(link, bar)));
        !river.fastest_from(NodeIdx(from.0)).contains_key(&NodeIdx(to.0))
    };
    let all = problem.links.iter().enumerate().flat_map(|(row, link)| {
        let local = (!link.through_traffic).then_some(Bar::LocalOnly);
        bars(problem, class, link).chain(local).map(move |bar| (LinkIdx::from(row), bar))
    });
    let mut kept: BTreeSet<Obstacle> = all.collect();
    if !is_barred(&kept) || is_barred(&BTreeSet::new()) {
        return Vec::new();
    }
    for obstacle in kept.clone() {
        kept.remove(&obstacle);
        if !is_barred(&kept) {
            kept.insert(obstacle);
        }
    }
    kept.into_iter().collect()
}

/// An obstacle in words, such as `W63 Jiya waterway is 1.3 m deep at low water at Xinya bridge; less 0.5 m under the keel, B64 (1.18 m
/// light, 2.8 m full) floats no useful load`.
pub fn describe_obstacle(problem: &Problem, class: ClassIdx, (link, bar): Obstacle) -> String {
    let (link, class) = (&problem.links[link.row()], problem.class(class));
    let stretch = [link.code.as_str(), link.name.as_str()].join(" ");
    match bar {
        Bar::Class => {
            format!(
                "{stretch} is a waterway of class {:?}, and {} sails on {:?} or better",
                link.class, class.code, class.min_waterway_class
            )
        }
        Bar::AirDraft => {
            format!("{stretch} has {} m under its bridges, and {} is {} m high", link.air_draft_m, class.code, class.air_draft_m)
        }
        Bar::Depth => {
            let tide = link.low_water_at.as_ref().map_or_else(String::new, |point| format!(" at low water at {point}"));
            format!(
                "{stretch} is {} m deep{tide}: less {} m under the keel, {} ({} m light, {} m full) floats no useful load",
                link.depth_m, problem.settings.under_keel_m, class.code, class.draft_light_m, class.draft_full_m
            )
        }
        Bar::LocalOnly => format!("{stretch} is closed to vessels that do not call there"),
    }
}
