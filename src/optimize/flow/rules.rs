//! The rule book of rides: which cargo may be on board of which service between which of its calls.

use super::groups::{GroupIdx, Groups};
use crate::domain::{Demand, Line, Minutes, Problem, Regime, TerminalIdx, Trade};

/// Cargo of a group on board from one call to a later one, of one rotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ride {
    pub group: GroupIdx,
    pub from: usize,
    /// After `from`; positions from the number of calls on belong to the next voyage.
    pub to: usize,
}

/// [CF-8] R9: added to import and export between two mainland terminals that have no one clearance with each other.
pub fn customs_delay(problem: &Problem, demand: &Demand) -> Minutes {
    let (origin, destination) = (problem.terminal(demand.origin), problem.terminal(demand.destination));
    let cleared_once = origin.one_clearance.contains(&demand.destination) || destination.one_clearance.contains(&demand.origin);
    let border = origin.region.is_outside() || destination.region.is_outside();
    if matches!(demand.trade, Trade::Export | Trade::Import) && !border && !cleared_once {
        problem.settings.second_clearance
    } else {
        Minutes(0)
    }
}

/// The regimes a rotation may be run under, on registered or other vessels: [CF-5] for R1, R4, R5, R7.
pub fn regimes_of(problem: &Problem, calls: &[TerminalIdx], registered: bool) -> Vec<Regime> {
    let all = |test: &dyn Fn(TerminalIdx) -> bool| calls.iter().all(|call| test(*call));
    let outside = calls.iter().any(|call| problem.terminal(*call).region.is_outside());
    if outside {
        let permitted = registered && all(&|call| problem.terminal(call).foreign_trade);
        return match (permitted, problem.cross_border.is_empty()) {
            (false, _) => Vec::new(),
            (true, true) => vec![Regime::Foreign],
            (true, false) => vec![Regime::Foreign, Regime::Domestic],
        };
    }
    if !registered && all(&|call| problem.terminal(call).mixed_trade) {
        return vec![Regime::Mixed];
    }
    vec![Regime::Foreign, Regime::Domestic]
}

/// [CF-3] Whether cargo of a trade may ride a service of a regime; empties ride all.
pub fn regime_allows(regime: Regime, trade: Trade) -> bool {
    match regime {
        Regime::Mixed => true,
        Regime::Foreign => !trade.is_domestic(),
        Regime::Domestic => !trade.is_foreign(),
    }
}

/// [CF-3] R4 and the terminals' own trades: may cargo of this trade be lifted here?
fn may_lift(problem: &Problem, at: TerminalIdx, trade: Trade) -> bool {
    let terminal = problem.terminal(at);
    (!trade.is_foreign() || terminal.foreign_trade) && (!trade.is_domestic() || terminal.domestic_trade)
}

/// Every ride worth considering on a rotation [CF-2]. `duration(from, to)` is the fastest time from departure to arrival between two positions.
pub fn rides_of(
    problem: &Problem,
    groups: &Groups,
    calls: &[TerminalIdx],
    regime: Regime,
    mixed_direction: bool,
    duration: &dyn Fn(usize, usize) -> Minutes,
) -> Vec<Ride> {
    let turn = Turn::new(problem, calls, mixed_direction);
    let mut rides = Vec::new();
    for from in 0..calls.len() {
        for to in from + 1..from + calls.len() {
            if !is_direct(calls, from, to) {
                continue;
            }
            let time = duration(from, to);
            for group in candidates(groups, calls[from]) {
                let ride = Ride { group, from, to };
                if is_allowed(problem, groups, calls, regime, &turn, ride) && is_in_time(groups, calls, ride, time) {
                    rides.push(ride);
                }
            }
        }
    }
    rides
}

/// Groups that could be loaded at a terminal: those that start there and those that may change vessels there.
fn candidates(groups: &Groups, at: TerminalIdx) -> impl Iterator<Item = GroupIdx> {
    groups.starting_at(at).iter().chain(groups.changing_at(at)).copied()
}

/// False when the same two terminals are joined by a shorter stretch of the same rotation.
fn is_direct(calls: &[TerminalIdx], from: usize, to: usize) -> bool {
    let at = |position: usize| calls[position % calls.len()];
    at(from) != at(to) && (from + 1..to).all(|between| at(between) != at(from) && at(between) != at(to))
}

/// [CF-7] R6 without mixing: which calls load exports, so that no import stays on board there.
struct Turn {
    loads_exports: Option<Vec<bool>>,
}

impl Turn {
    /// Imports go out from call 0 to the farthest call; from there on, and at call 0, exports are loaded.
    fn new(problem: &Problem, calls: &[TerminalIdx], mixed_direction: bool) -> Self {
        if mixed_direction {
            return Self { loads_exports: None };
        }
        let home = problem.terminal(calls[0]);
        let away = |call: &TerminalIdx| {
            let terminal = problem.terminal(*call);
            (terminal.lat - home.lat).hypot(terminal.lon - home.lon)
        };
        let farthest = (0..calls.len()).max_by(|a, b| away(&calls[*a]).total_cmp(&away(&calls[*b]))).unwrap_or(0);
        Self { loads_exports: Some((0..calls.len()).map(|call| call == 0 || call >= farthest).collect()) }
    }

    fn allows(&self, trade: Trade, from: usize, to: usize) -> bool {
        let Some(loads_exports) = &self.loads_exports else { return true };
        match trade {
            Trade::Export => loads_exports[from],
            Trade::Import => (from + 1..to).all(|between| !loads_exports[between % loads_exports.len()]),
            _ => true,
        }
    }
}

fn is_allowed(problem: &Problem, groups: &Groups, calls: &[TerminalIdx], regime: Regime, turn: &Turn, ride: Ride) -> bool {
    let group = groups.group(ride.group);
    let (a, b) = (calls[ride.from], calls[ride.to % calls.len()]);
    let ends_well = groups.limit_at(ride.group, b).is_some() || groups.may_transfer(ride.group, b);
    ends_well
        && b != group.origin
        && regime_allows(regime, group.trade)
        && may_lift(problem, a, group.trade)
        && may_lift(problem, b, group.trade)
        && turn.allows(group.trade, ride.from, ride.to)
        && crosses_properly(problem, group.trade, group.origin, calls, ride)
        && (a == group.origin || continues_sensibly(groups, ride.group, a, b))
}

/// A box that changed vessels at `a` goes on to a destination for which `a` lies on the way, or to another transfer.
fn continues_sensibly(groups: &Groups, group: GroupIdx, a: TerminalIdx, b: TerminalIdx) -> bool {
    (groups.limit_at(group, b).is_some() || groups.may_transfer(group, b)) && groups.is_sensible(group, a, b)
}

/// R8: cargo between mainland terminals is never on board at, or landed in, Hong Kong or Macau [CF-6]. Listed cross-border domestic
/// cargo may be on board there. R1: no other domestic cargo rides a service that calls there at all.
fn crosses_properly(problem: &Problem, trade: Trade, origin: TerminalIdx, calls: &[TerminalIdx], ride: Ride) -> bool {
    let outside = |at: TerminalIdx| problem.terminal(at).region.is_outside();
    let (a, b) = (calls[ride.from], calls[ride.to % calls.len()]);
    let calls_outside = calls.iter().any(|call| outside(*call));
    let on_list = |via: &TerminalIdx| outside(*via) && problem.cross_border.contains(&[origin, *via, b]);
    if trade.is_domestic() && calls_outside && !(trade == Trade::CrossBorderDomestic && calls.iter().any(on_list)) {
        return false;
    }
    if outside(origin) || outside(b) {
        return true;
    }
    let listed = |via: TerminalIdx| trade == Trade::CrossBorderDomestic && problem.cross_border.contains(&[origin, via, b]);
    let passed = (ride.from + 1..ride.to).map(|between| calls[between % calls.len()]);
    !outside(a) && passed.filter(|via| outside(*via)).all(listed)
}

/// [CF-8] A ride must not be longer, on its own, than the latest transit time of the cargo that ends with it, or where boxes may change
/// vessels, of any cargo of the group.
fn is_in_time(groups: &Groups, calls: &[TerminalIdx], ride: Ride, time: Minutes) -> bool {
    let b = calls[ride.to % calls.len()];
    let group = groups.group(ride.group);
    if groups.may_transfer(ride.group, b) {
        let longest = group.deliveries.iter().filter_map(|(to, _)| groups.limit_at(ride.group, *to)).max();
        return longest.is_some_and(|limit| time <= limit);
    }
    groups.limit_at(ride.group, b).is_some_and(|limit| time <= limit)
}

/// [AL-1] Whether cargo of a demand may by the rules of trade ride a service of this line at all, wherever it comes from: the regime takes
/// its trade, two calls may lift it (R4), and domestic cargo stays off Hong Kong and Macau but for a listed path (R1, R8).
pub fn may_use(problem: &Problem, line: &Line, demand: &Demand) -> bool {
    let outside = |at: &TerminalIdx| problem.terminal(*at).region.is_outside();
    let listed = |at: &TerminalIdx| {
        demand.trade == Trade::CrossBorderDomestic && problem.cross_border.contains(&[demand.origin, *at, demand.destination])
    };
    let mut calls_outside = line.calls.iter().filter(|at| outside(at)).peekable();
    let barred = demand.trade.is_domestic() && calls_outside.peek().is_some() && !calls_outside.any(listed);
    let mut lifting: Vec<TerminalIdx> = line.calls.iter().copied().filter(|at| may_lift(problem, *at, demand.trade)).collect();
    lifting.sort_unstable();
    lifting.dedup();
    regime_allows(line.regime, demand.trade) && !barred && lifting.len() > 1
}
