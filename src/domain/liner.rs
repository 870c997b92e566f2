//! Weekly liner networks, as the public benchmark LINERLIB states them: ports, vessel classes that may be chartered, the ways between
//! ports, and demand. Fixed once read. Money is USD, distance nautical miles, speed knots, cargo FFE. Here numbers are not whole: the
//! benchmark routes shares of boxes, and compares values to the digit with those of others.

use super::ids::{ClassIdx, DemandIdx};

index!(
    /// A row of `network.ports` of a [`LinerProblem`].
    PortIdx
);

/// Hours of a week, the time between two sailings of every service.
pub const WEEK_H: f64 = 168.0;

/// One planning task: which weekly services to run with a given fleet.
#[derive(Clone, Debug, PartialEq)]
pub struct LinerProblem {
    /// Name of the instance.
    pub name: String,
    pub case: Case,
    /// File the demand was read from, for several may hold that of one instance.
    pub demand_file: String,
    /// Every transit time is a limit; otherwise cargo may take its time.
    pub limits_transit: bool,
    /// Ports with demand, by code; a service calls at no others.
    pub ports: Vec<Port>,
    /// Vessel classes in the order of their file, from small to large in the public data.
    pub classes: Vec<LinerClass>,
    pub routes: SeaRoutes,
    /// Demand in the order of its file; rows alike in ports, rate and transit time are one.
    pub demands: Vec<LinerDemand>,
    pub rules: LinerRules,
}

/// How dear and how many vessels are. Demand is the same in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Charter rates times 1.4, vessels times 0.8.
    Low,
    /// As in the files.
    Base,
    /// Charter rates times 0.8, vessels times 1.2.
    High,
}

impl Case {
    /// The case as it is written.
    pub fn text(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Base => "base",
            Self::High => "high",
        }
    }

    /// What charter rates and numbers of vessels are multiplied by.
    pub fn factors(self) -> [f64; 2] {
        match self {
            Self::Low => [1.4, 0.8],
            Self::Base => [1.0, 1.0],
            Self::High => [0.8, 1.2],
        }
    }
}

/// What holds for every network of the benchmark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinerRules {
    /// Price of fuel, USD a tonne.
    pub bunker_usd_per_t: f64,
    /// Lost on every FFE that is not carried, on top of its rate.
    pub rejection_usd_per_ffe: f64,
    /// Stay of a vessel at each call.
    pub stay_h: f64,
    /// Time of one transshipment, from the arrival of one vessel to the departure of the other.
    pub transshipment_h: f64,
}

impl Default for LinerRules {
    fn default() -> Self {
        Self { bunker_usd_per_t: 600.0, rejection_usd_per_ffe: 1000.0, stay_h: 24.0, transshipment_h: 48.0 }
    }
}

/// A port that has demand.
#[derive(Clone, Debug, PartialEq)]
pub struct Port {
    /// UN/LOCODE.
    pub code: String,
    pub name: String,
    /// Deepest draught that may call; `None` when any may.
    pub draft_m: Option<f64>,
    /// Cost of loading, and again of discharging, one laden FFE at the end of its journey.
    pub handling_usd_per_ffe: f64,
    /// Cost of one transshipment of an FFE, discharge and loading together.
    pub transshipment_usd_per_ffe: f64,
    /// Cost of a call, whatever the vessel; may be below zero.
    pub call_usd: f64,
    /// Cost of a call for each FFE that the vessel can hold.
    pub call_usd_per_ffe: f64,
}

/// Vessels alike in all that matters.
#[derive(Clone, Debug, PartialEq)]
pub struct LinerClass {
    pub name: String,
    /// Vessels there are, in the chosen case.
    pub vessels: u32,
    /// What one vessel holds on each leg.
    pub capacity_ffe: f64,
    /// Price of one vessel for a day, in the chosen case.
    pub charter_usd_per_day: f64,
    pub draft_m: f64,
    pub min_speed_kn: f64,
    pub max_speed_kn: f64,
    pub design_speed_kn: f64,
    /// Fuel at design speed; at another speed it goes with the cube of the speed.
    pub fuel_t_per_day: f64,
    /// Fuel while not under way.
    pub idle_t_per_day: f64,
    /// Fee of one passage of the Panama Canal; `None` when the class does not fit.
    pub panama_usd: Option<f64>,
    /// Fee of one passage of the Suez Canal; `None` when the class does not fit.
    pub suez_usd: Option<f64>,
}

impl LinerClass {
    /// Canal fees of one passage; `None` when a canal is closed to the class.
    pub fn canal_usd(&self, canals: Canals) -> Option<f64> {
        match canals {
            Canals::None => Some(0.0),
            Canals::Suez => self.suez_usd,
            Canals::Panama => self.panama_usd,
            Canals::Both => Some(self.panama_usd? + self.suez_usd?),
        }
    }
}

/// Canals on the way from one port to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Canals {
    None,
    Suez,
    Panama,
    Both,
}

impl Canals {
    /// The canals as service files name them.
    pub fn text(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Suez => "suez",
            Self::Panama => "panama",
            Self::Both => "both",
        }
    }
}

/// One way from a port to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SeaRoute {
    pub canals: Canals,
    pub distance_nm: f64,
    /// Deepest draught on the way; `None` when any may sail it.
    pub draft_m: Option<f64>,
}

/// The ways between all ordered pairs of ports; some pairs have none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeaRoutes {
    ports: usize,
    /// By pair, row by row: where its ways start; one more than there are pairs.
    starts: Vec<u32>,
    ways: Vec<SeaRoute>,
}

impl SeaRoutes {
    /// Sorts ways by pair; those of one pair stay in the order given.
    pub fn new(ports: usize, mut ways: Vec<([PortIdx; 2], SeaRoute)>) -> Self {
        ways.sort_by_key(|(pair, _)| *pair);
        let mut starts = vec![0; ports * ports + 1];
        for ([from, to], _) in &ways {
            starts[from.row() * ports + to.row() + 1] += 1;
        }
        for pair in 1..starts.len() {
            starts[pair] += starts[pair - 1];
        }
        Self { ports, starts, ways: ways.into_iter().map(|(_, way)| way).collect() }
    }

    /// The ways from one port to another.
    pub fn between(&self, from: PortIdx, to: PortIdx) -> &[SeaRoute] {
        let pair = from.row() * self.ports + to.row();
        &self.ways[self.starts[pair] as usize..self.starts[pair + 1] as usize]
    }
}

/// Cargo that wants to go from one port to another each week. It may be split, and carried in part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinerDemand {
    pub origin: PortIdx,
    pub destination: PortIdx,
    pub ffe_per_week: f64,
    pub rate_usd_per_ffe: f64,
    /// Longest time from departure at the origin to arrival at the destination; a limit only if the problem says so.
    pub transit_days: f64,
}

/// A weekly service of a network.
#[derive(Clone, Debug, PartialEq)]
pub struct LinerService {
    pub class: ClassIdx,
    /// Calls in cyclic order; the first is not repeated at the end. A port may be called more than once.
    pub calls: Vec<PortIdx>,
    /// Way of each leg; leg k leaves call k.
    pub legs: Vec<Canals>,
    /// Vessels it takes: the round trip in whole weeks.
    pub vessels: u32,
    /// The one speed of all legs.
    pub speed_kn: f64,
}

/// The services chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct LinerNetwork {
    pub services: Vec<LinerService>,
    /// USD a week by the planner's own count; larger is better, and it may be below zero.
    pub value: f64,
    /// No network of this problem is worth more.
    pub bound: f64,
}

impl LinerProblem {
    /// A port.
    pub fn port(&self, port: PortIdx) -> &Port {
        &self.ports[port.row()]
    }

    /// A vessel class.
    pub fn class(&self, class: ClassIdx) -> &LinerClass {
        &self.classes[class.row()]
    }

    /// A demand.
    pub fn demand(&self, demand: DemandIdx) -> &LinerDemand {
        &self.demands[demand.row()]
    }

    /// What one FFE of a demand earns when it is carried without transshipment and not rejected, before the vessels; may be below zero.
    pub fn margin_usd(&self, demand: &LinerDemand) -> f64 {
        let ends = [demand.origin, demand.destination].map(|port| self.port(port).handling_usd_per_ffe);
        demand.rate_usd_per_ffe + self.rules.rejection_usd_per_ffe - ends.iter().sum::<f64>()
    }

    /// All demand, FFE a week.
    pub fn demand_ffe(&self) -> f64 {
        self.demands.iter().map(|demand| demand.ffe_per_week).sum()
    }

    /// What it costs to carry nothing, below zero: the value of the network without services.
    pub fn empty_usd(&self) -> f64 {
        -self.rules.rejection_usd_per_ffe * self.demand_ffe()
    }
}
