//! The parts of the search one by one, to measure them: the flow after one change of a network and from nothing, and a look for ways.

use super::LinerOptions;
use super::cost::Costing;
use super::market::{Liner, Service};
use super::moves::Charts;
use crate::domain::liner::{LinerProblem, LinerService};
use crate::optimize::design::anneal::{Change, Session};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// A network with its best cargo, on which changes are tried.
pub struct Trial<'a> {
    costing: &'a Costing<'a>,
    charts: &'a Charts,
    options: &'a LinerOptions,
    session: Session<Liner<'a>>,
    rng: ChaCha8Rng,
}

/// A change of the network that vessels suffice for.
pub struct TriedChange(Change<Service>);

/// A flow that is best, and the work it took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Loaded {
    /// USD a week.
    pub value: f64,
    pub pivots: u64,
}

/// Loads a network and hands it to `measure`. Services that the options or the rules of their class forbid are left out.
pub fn with_trial<R>(
    problem: &LinerProblem,
    options: &LinerOptions,
    services: &[LinerService],
    measure: impl FnOnce(&mut Trial) -> R,
) -> R {
    let costing = Costing::new(problem);
    let charts = Charts::new(&costing);
    let (liner, lp) = Liner::new(&costing, &charts, options);
    let known = |own: &LinerService| liner.service(own.class, &own.calls, Some(own.vessels));
    let start = services.iter().filter_map(known).collect();
    let session = Session::new(liner, lp, start);
    let rng = ChaCha8Rng::seed_from_u64(options.seed);
    measure(&mut Trial { costing: &costing, charts: &charts, options, session, rng })
}

impl Trial<'_> {
    /// The network's value, USD a week.
    pub fn value(&self) -> f64 {
        self.session.stands_on().0
    }

    /// Draws a change as the search does; `None` when a thousand draws lead nowhere.
    pub fn draw(&mut self) -> Option<TriedChange> {
        let (change, _) = (0..1000).find_map(|_| self.session.draw(&mut self.rng))?;
        Some(TriedChange(change))
    }

    /// The best flow after a change, from where the network's flow stands. The network itself stays.
    pub fn reload(&mut self, tried: &TriedChange) -> Loaded {
        let (value, pivots) = self.session.try_out(&tried.0);
        Loaded { value, pivots }
    }

    /// The best flow after a change, from nothing.
    pub fn load_from_nothing(&self, tried: &TriedChange) -> Loaded {
        let (liner, lp) = Liner::new(self.costing, self.charts, self.options);
        let session = Session::new(liner, lp, self.session.after(&tried.0));
        Loaded { value: session.stands_on().0, pivots: session.pivots() }
    }

    /// Looks once for ways of all demand at the flow's prices; how many earn more than these ask, which is none when the flow is best.
    pub fn price(&mut self) -> usize {
        self.session.price()
    }

    /// One step of the search that keeps no network worse than the present one: a change drawn, screened, loaded if need be, and kept
    /// or not.
    pub fn step(&mut self) {
        self.session.step(&mut self.rng, 0.0);
    }
}
