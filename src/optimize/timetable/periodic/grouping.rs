//! How the parts of a step are drawn. Links with short spans, trips and stays, hold their nodes together in any timetable; the others are
//! joined by what they cost now.

use super::contract::{Core, Link};
use super::partition::Joined;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// A link is short when its span is below the period divided by this.
const SHORT: i32 = 3;
/// Most of the short links that are left open when short links join nodes.
const OPEN_SHORT: f64 = 0.1;

/// Ways to draw parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grouping {
    /// Every node for itself: times within services.
    Nodes,
    /// Nodes joined by short links, a few of which stay open: services and their pieces.
    Services,
    /// Pieces of a random spanning tree that prefers short links, then those with little slack for their weight: regions of any size.
    Regions,
}

/// Joins nodes that are apart so far.
pub(super) fn group(grouping: Grouping, core: &Core, times: &[i32], joined: &mut Joined, rng: &mut ChaCha8Rng) {
    match grouping {
        Grouping::Nodes => {}
        Grouping::Services => {
            let kept = 1.0 - OPEN_SHORT * rng.random::<f64>();
            for link in core.links.iter().filter(|link| is_short(core, link)) {
                if rng.random::<f64>() < kept {
                    joined.join(link.from, link.to);
                }
            }
        }
        Grouping::Regions => join_regions(core, times, joined, rng),
    }
}

fn is_short(core: &Core, link: &Link) -> bool {
    link.span < core.period / SHORT
}

/// Grows a spanning tree until as many parts are left as are drawn, a few more often than many.
fn join_regions(core: &Core, times: &[i32], joined: &mut Joined, rng: &mut ChaCha8Rng) {
    let mut parts = core.nodes;
    let fewest = 2.0f64.ln();
    let most = (parts as f64 / 2.0).max(2.0).ln();
    let wanted = (fewest + rng.random::<f64>() * (most - fewest)).exp() as usize;
    let key = |link: &Link, rng: &mut ChaCha8Rng| {
        let drawn: f32 = rng.random();
        let slack = core.slack(times, link) as f32 + 1.0;
        if is_short(core, link) { drawn } else { 1.0 + drawn * slack / (link.weight as f32 + 0.1) }
    };
    let mut order: Vec<(f32, u32)> = core.links.iter().zip(0..).map(|(link, row)| (key(link, rng), row)).collect();
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    for (_, row) in order {
        if parts <= wanted {
            break;
        }
        let link = &core.links[row as usize];
        parts -= usize::from(joined.join(link.from, link.to));
    }
}
