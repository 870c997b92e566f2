//! What a weekly service costs, and whether it may run at all. One round trip starts each week, so the calls, fuel and canal fees of one
//! round trip are those of a week, and the number of vessels is the round trip in weeks. With m calls, distance d, n vessels, speed s:
//!
//! | term | USD a week |
//! |---|---|
//! | charter | 7 n times the daily rate |
//! | port calls | sum over calls of a fixed part and a part for each FFE of the vessel |
//! | sailing | bunker price times d / (24 s) days of fuel at design speed times (s / design speed)^3 |
//! | idle | bunker price times m days of idle fuel: a call takes a day |
//! | slack | bunker price times idle fuel of the time left in n weeks |
//! | canal | fees of the class |
//!
//! The speed is the slowest that n weeks allow, but not below the lowest: sailing faster burns more and leaves more slack.

use super::routes::{OpenRoute, OpenRoutes, Way, Ways, find_open};
use crate::domain::liner::{Canals, LinerProblem, LinerService, PortIdx, WEEK_H};
use crate::domain::{CallPos, ClassIdx};

/// Share of a speed that is rounding.
const ROUNDING: f64 = 1e-9;

/// Why a service may not run.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum NotAllowed {
    /// Fewer than two different ports.
    #[error("a service calls at two different ports at least")]
    TooFewPorts,
    /// No vessel.
    #[error("a service takes one vessel at least")]
    NoVessel,
    /// The vessel is too deep for the port of a call.
    #[error("call {}: the vessel is too deep for the port", .0.0)]
    PortTooShallow(CallPos),
    /// The leg that leaves this call has no way that draught and canals leave open, or not the one asked for.
    #[error("leg {}: no way is open to the vessel", .0.0)]
    LegClosed(CallPos),
    /// The ways given are not as many as the calls.
    #[error("{legs} ways are given for {calls} legs")]
    WrongLegs { legs: usize, calls: usize },
    /// The round trip does not fit into that number of weeks even at the highest speed.
    #[error("the round trip takes {least_h:.1} h at the highest speed and has {available_h} h")]
    TooLong { least_h: f64, available_h: f64 },
}

/// Speed and fuel of a round trip in a given number of weeks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sailing {
    pub speed_kn: f64,
    /// Under way and at calls, without slack.
    pub round_trip_h: f64,
    pub sailing_usd: f64,
    pub slack_usd: f64,
}

/// A service that may run, with its costs of a week, USD.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceCost {
    pub class: ClassIdx,
    pub vessels: u32,
    pub speed_kn: f64,
    /// Under way and at calls, without slack.
    pub round_trip_h: f64,
    pub distance_nm: f64,
    /// Way of each leg; leg k leaves call k.
    pub legs: Vec<OpenRoute>,
    pub charter_usd: f64,
    pub port_calls_usd: f64,
    pub sailing_usd: f64,
    pub idle_usd: f64,
    pub slack_usd: f64,
    pub canal_usd: f64,
}

impl ServiceCost {
    /// All costs of a week.
    pub fn weekly_usd(&self) -> f64 {
        self.charter_usd + self.port_calls_usd + self.sailing_usd + self.idle_usd + self.slack_usd + self.canal_usd
    }

    /// Hours under way on the leg that leaves a call.
    pub fn leg_h(&self, leg: CallPos) -> f64 {
        self.legs[leg.row()].distance_nm / self.speed_kn
    }

    /// The service whose costs these are.
    pub fn service(&self, calls: Vec<PortIdx>) -> LinerService {
        let legs = self.legs.iter().map(|leg| leg.canals).collect();
        LinerService { class: self.class, calls, legs, vessels: self.vessels, speed_kn: self.speed_kn }
    }
}

/// The costs of all services of one problem; made once, then asked often.
#[derive(Clone, Debug)]
pub struct Costing<'a> {
    problem: &'a LinerProblem,
    routes: OpenRoutes,
}

impl<'a> Costing<'a> {
    /// Prepares the ways open to each class.
    pub fn new(problem: &'a LinerProblem) -> Self {
        Self { problem, routes: OpenRoutes::new(problem) }
    }

    /// The problem these costs are of.
    pub fn problem(&self) -> &'a LinerProblem {
        self.problem
    }

    /// Whether the port is deep enough for the class.
    pub fn may_call(&self, class: ClassIdx, port: PortIdx) -> bool {
        let draft = self.problem.class(class).draft_m;
        self.problem.port(port).draft_m.is_none_or(|deepest| draft <= deepest)
    }

    /// What the port takes for one call of the class.
    pub fn call_usd(&self, class: ClassIdx, port: PortIdx) -> f64 {
        let port = self.problem.port(port);
        port.call_usd + port.call_usd_per_ffe * self.problem.class(class).capacity_ffe
    }

    /// Ways open to the class that are worth a choice, from the shortest and dearest to the longest and cheapest.
    pub fn routes(&self, class: ClassIdx, from: PortIdx, to: PortIdx) -> &[OpenRoute] {
        self.routes.between(class, from, to)
    }

    /// Charter of some vessels for a week.
    pub fn charter_usd(&self, class: ClassIdx, vessels: u32) -> f64 {
        7.0 * self.problem.class(class).charter_usd_per_day * f64::from(vessels)
    }

    /// Idle fuel at the calls of one round trip.
    pub fn idle_usd(&self, class: ClassIdx, calls: usize) -> f64 {
        let rules = &self.problem.rules;
        rules.stay_h / 24.0 * calls as f64 * self.problem.class(class).idle_t_per_day * rules.bunker_usd_per_t
    }

    /// Fuel over a mile at one knot; at another speed a mile takes as many times more as the square of the speed.
    pub fn knot_usd(&self, class: ClassIdx) -> f64 {
        let class = self.problem.class(class);
        self.problem.rules.bunker_usd_per_t * class.fuel_t_per_day / 24.0 / class.design_speed_kn.powi(3)
    }

    /// Speed and fuel of a round trip over `distance_nm` with `calls` calls in as many weeks as there are vessels; `None` when even the
    /// highest speed is too slow.
    pub fn sail(&self, class: ClassIdx, calls: usize, distance_nm: f64, vessels: u32) -> Option<Sailing> {
        let knot_usd = self.knot_usd(class);
        let (class, rules) = (self.problem.class(class), &self.problem.rules);
        let stay_h = rules.stay_h * calls as f64;
        let weeks_h = WEEK_H * f64::from(vessels);
        let under_way_h = weeks_h - stay_h;
        if under_way_h <= 0.0 || distance_nm > class.max_speed_kn * under_way_h * (1.0 + ROUNDING) {
            return None;
        }
        let speed_kn = (distance_nm / under_way_h).max(class.min_speed_kn).min(class.max_speed_kn);
        let round_trip_h = distance_nm / speed_kn + stay_h;
        let sailing_usd = distance_nm * speed_kn * speed_kn * knot_usd;
        let slack_usd = (weeks_h - round_trip_h).max(0.0) / 24.0 * class.idle_t_per_day * rules.bunker_usd_per_t;
        Some(Sailing { speed_kn, round_trip_h, sailing_usd, slack_usd })
    }

    /// Fewest vessels with which the round trip can be made, and the number beyond which one more is of no use: there the lowest speed is
    /// reached, and more vessels only wait.
    pub fn vessels(&self, class: ClassIdx, calls: usize, distance_nm: f64) -> [u32; 2] {
        let speeds = [self.problem.class(class).max_speed_kn, self.problem.class(class).min_speed_kn];
        let [fewest, most] = speeds.map(|speed| self.round_trip_h(calls, distance_nm, speed) / WEEK_H);
        let mut fewest = fewest.ceil().max(1.0) as u32;
        // a round trip of whole weeks to the last digit
        if fewest > 1 && self.sail(class, calls, distance_nm, fewest - 1).is_some() {
            fewest -= 1;
        }
        while self.sail(class, calls, distance_nm, fewest).is_none() && fewest < u32::MAX {
            fewest += 1;
        }
        [fewest, (most.ceil() as u32).max(fewest)]
    }

    fn round_trip_h(&self, calls: usize, distance_nm: f64, speed_kn: f64) -> f64 {
        distance_nm / speed_kn + self.problem.rules.stay_h * calls as f64
    }

    /// The combinations of ways worth a choice for a rotation.
    ///
    /// # Errors
    /// When the class may not sail the rotation, however many vessels there are.
    pub fn ways(&self, class: ClassIdx, calls: &[PortIdx]) -> Result<Ways<'_>, NotAllowed> {
        self.check_calls(class, calls)?;
        let leg = |(place, from, to): (usize, PortIdx, PortIdx)| match self.routes(class, from, to) {
            [] => Err(NotAllowed::LegClosed(call_pos(place))),
            ways => Ok(ways),
        };
        Ok(Ways::new(legs(calls).map(leg).collect::<Result<_, _>>()?))
    }

    /// Costs of a service with the cheapest way on each leg.
    ///
    /// # Errors
    /// When the service may not run.
    pub fn cost(&self, class: ClassIdx, calls: &[PortIdx], vessels: u32) -> Result<ServiceCost, NotAllowed> {
        self.cheapest(class, calls, &self.ways(class, calls)?, vessels)
    }

    /// Costs of a service that takes the given way on each leg.
    ///
    /// # Errors
    /// When the service may not run, or one of the ways is not there or closed to the class.
    pub fn cost_by(
        &self,
        class: ClassIdx,
        calls: &[PortIdx],
        vessels: u32,
        canals: &[Canals],
    ) -> Result<ServiceCost, NotAllowed> {
        self.check_calls(class, calls)?;
        if canals.len() != calls.len() {
            return Err(NotAllowed::WrongLegs { legs: canals.len(), calls: calls.len() });
        }
        let leg = |((place, from, to), canals): ((usize, PortIdx, PortIdx), &Canals)| {
            let way = self.problem.routes.between(from, to).iter().find(|way| way.canals == *canals);
            way.and_then(|way| find_open(self.problem.class(class), way)).ok_or(NotAllowed::LegClosed(call_pos(place)))
        };
        let given: Vec<OpenRoute> = legs(calls).zip(canals).map(leg).collect::<Result<_, _>>()?;
        self.cheapest(class, calls, &Ways::new(given.chunks(1).collect()), vessels)
    }

    /// Fewest vessels for a rotation, and its weekly cost with them and with each further one that is of use, up to `most`; `None` when it
    /// may not be sailed with `most`.
    pub fn weekly_by_vessels(&self, class: ClassIdx, calls: &[PortIdx], most: u32) -> Option<(u32, Vec<f64>)> {
        let ways = self.ways(class, calls).ok()?;
        let fewest = self.vessels(class, calls.len(), ways.choices().first()?.distance_nm)[0];
        let useful = self.vessels(class, calls.len(), ways.choices().last()?.distance_nm)[1].min(most);
        if fewest > useful {
            return None;
        }
        let calls_usd: f64 = calls.iter().map(|port| self.call_usd(class, *port)).sum();
        let fixed = calls_usd + self.idle_usd(class, calls.len());
        let weekly = |vessels: u32| {
            let sail = |way: &Way| Some((way.canal_usd, self.sail(class, calls.len(), way.distance_nm, vessels)?));
            let sailed =
                ways.choices().iter().filter_map(sail).map(|(canal, sailing)| canal + sailing.sailing_usd + sailing.slack_usd);
            fixed + self.charter_usd(class, vessels) + sailed.fold(f64::INFINITY, f64::min)
        };
        Some((fewest, (fewest..=useful).map(weekly).collect()))
    }

    fn check_calls(&self, class: ClassIdx, calls: &[PortIdx]) -> Result<(), NotAllowed> {
        if calls.iter().all(|port| Some(port) == calls.first()) {
            return Err(NotAllowed::TooFewPorts);
        }
        match calls.iter().position(|port| !self.may_call(class, *port)) {
            Some(place) => Err(NotAllowed::PortTooShallow(call_pos(place))),
            None => Ok(()),
        }
    }

    /// The choice of ways that costs least with that number of vessels.
    fn cheapest<'w>(&self, class: ClassIdx, calls: &[PortIdx], ways: &'w Ways, vessels: u32) -> Result<ServiceCost, NotAllowed> {
        if vessels == 0 {
            return Err(NotAllowed::NoVessel);
        }
        let sail = |way: &'w Way| Some((way, self.sail(class, calls.len(), way.distance_nm, vessels)?));
        let weekly = |(way, sailing): &(&Way, Sailing)| way.canal_usd + sailing.sailing_usd + sailing.slack_usd;
        let best = ways.choices().iter().filter_map(sail).min_by(|a, b| weekly(a).total_cmp(&weekly(b)));
        let (way, sailing) = best.ok_or_else(|| self.too_long(class, calls.len(), ways, vessels))?;
        Ok(ServiceCost {
            class,
            vessels,
            speed_kn: sailing.speed_kn,
            round_trip_h: sailing.round_trip_h,
            distance_nm: way.distance_nm,
            legs: ways.legs(way),
            charter_usd: self.charter_usd(class, vessels),
            port_calls_usd: calls.iter().map(|port| self.call_usd(class, *port)).sum(),
            sailing_usd: sailing.sailing_usd,
            idle_usd: self.idle_usd(class, calls.len()),
            slack_usd: sailing.slack_usd,
            canal_usd: way.canal_usd,
        })
    }

    fn too_long(&self, class: ClassIdx, calls: usize, ways: &Ways, vessels: u32) -> NotAllowed {
        let shortest = ways.choices().first().map_or(0.0, |way| way.distance_nm);
        let least_h = self.round_trip_h(calls, shortest, self.problem.class(class).max_speed_kn);
        NotAllowed::TooLong { least_h, available_h: WEEK_H * f64::from(vessels) }
    }
}

/// Place, start and end of each leg of a rotation; the last leads back to the first call.
fn legs(calls: &[PortIdx]) -> impl Iterator<Item = (usize, PortIdx, PortIdx)> {
    let ends = calls.iter().cycle().skip(1);
    calls.iter().zip(ends).enumerate().map(|(place, (from, to))| (place, *from, *to))
}

/// Rotations are far shorter than `u16::MAX` calls: a call takes a day of a vessel.
fn call_pos(place: usize) -> CallPos {
    CallPos(place as u16)
}
