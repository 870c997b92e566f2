//! Services that stay because the planner wants them to: they are run in every network [ND-19], by the vessels of their owner, and calls whose
//! times stay keep the stay that these times give.

use super::owners::kind_of;
use super::rotation::{Rotation, Scene, rotation_as_run};
use crate::domain::{FleetIdx, Minutes, Pin, Practice, Problem, Regime, Service, ServiceCode, TerminalIdx};
use crate::waterway::Waterway;
use std::collections::BTreeMap;

/// A service that stays, in rows of the problem.
#[derive(Clone, Debug)]
pub struct PinnedService {
    pub calls: Vec<TerminalIdx>,
    pub regime: Regime,
    /// The operator's own row, which lends the vessels.
    pub owner: FleetIdx,
    pub sailings: u32,
    pub vessels: u32,
    /// By call: the stay that its pinned times give.
    pub stays: Vec<Option<Minutes>>,
}

/// The services that stay: read once, so that every stage may rely on them.
#[derive(Clone, Debug, Default)]
pub struct Pinned(Vec<PinnedService>);

/// A service that this instance does not let stay.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("service {service} cannot stay as it is: {reason}")]
pub struct CannotStay {
    pub service: ServiceCode,
    pub reason: String,
}

impl Pinned {
    /// Reads pins; each service must be one that the instance's vessels, waterway and rules allow.
    ///
    /// # Errors
    /// Every service that cannot stay, and why.
    pub fn read(problem: &Problem, waterway: &Waterway, practice: Practice, pins: &[Pin]) -> Result<Self, Vec<CannotStay>> {
        let fault = |pin: &Pin, reason: String| CannotStay { service: pin.service.service.clone(), reason };
        let (mut stay, mut faults): (Vec<(&Pin, PinnedService)>, Vec<CannotStay>) = (Vec::new(), Vec::new());
        let scene = Scene::new(problem, waterway, practice);
        for pin in pins {
            let read = PinnedService::read(problem, pin).and_then(|own| {
                let allowed = rotation_as_run(&scene, &own).is_some();
                let none = || "the waterway or the rules of the instance do not allow it, or no cargo may ride on it".to_owned();
                if allowed { Ok(own) } else { Err(none()) }
            });
            match read {
                Ok(own) if stay.iter().any(|(_, known)| known.is_alike(problem, &own)) => {
                    faults.push(fault(pin, "another service that stays is run just like it".to_owned()));
                }
                Ok(own) => stay.push((pin, own)),
                Err(reason) => faults.push(fault(pin, reason)),
            }
        }
        faults.extend(lends_too_much(problem, &stay));
        if faults.is_empty() { Ok(Self(stay.into_iter().map(|(_, own)| own).collect())) } else { Err(faults) }
    }

    pub fn services(&self) -> &[PinnedService] {
        &self.0
    }
}

/// Services for which those of the same operator before them leave too few vessels.
fn lends_too_much(problem: &Problem, stay: &[(&Pin, PinnedService)]) -> Vec<CannotStay> {
    let mut lent: BTreeMap<FleetIdx, u32> = BTreeMap::new();
    let mut faults = Vec::new();
    for (pin, own) in stay {
        let has = problem.fleet(own.owner).vessels;
        let taken = lent.entry(own.owner).or_default();
        *taken = taken.saturating_add(own.vessels);
        if *taken > has {
            let Service { service, operator, class, .. } = pin.service.clone();
            let reason = format!("{operator} has {has} vessels of class {class}, and those that stay need {taken}");
            faults.push(CannotStay { service, reason });
        }
    }
    faults
}

/// Where the candidates hold a pinned service: rows of its rotation and of its choice.
pub type Row = (usize, usize);

impl PinnedService {
    fn read(problem: &Problem, pin: &Pin) -> Result<Self, String> {
        let service = &pin.service;
        let calls = service.calls.iter().map(|code| problem.find_terminal(code).ok_or_else(|| format!("no terminal {code}")));
        let calls: Vec<TerminalIdx> = calls.collect::<Result<_, String>>()?;
        let operator = problem.find_operator(&service.operator).ok_or_else(|| format!("no operator {}", service.operator))?;
        let class = problem.find_class(&service.class).ok_or_else(|| format!("no vessel class {}", service.class))?;
        let is_own = |row: &usize| {
            let fleet = &problem.fleets[*row];
            fleet.operator == operator && fleet.class == class && fleet.registered == service.registered
        };
        let owner = (0..problem.fleets.len()).find(is_own);
        let owner = owner.ok_or_else(|| format!("{} has no vessels of class {} for it", service.operator, service.class))?;
        let mut stays = vec![None; calls.len()];
        for pinned in &pin.calls {
            let stay = stays.get_mut(pinned.call.row()).ok_or_else(|| format!("no call {}", pinned.call.0))?;
            *stay = Some(pinned.departure_min - pinned.berthing_min);
        }
        let (sailings, vessels) = (service.sailings_per_cycle, service.vessels);
        Ok(Self { calls, regime: service.regime, owner: owner.into(), sailings, vessels, stays })
    }

    /// The way it is run: its kind of vessel, sailings and vessels.
    fn way(&self, problem: &Problem) -> (FleetIdx, u32, u32) {
        (kind_of(problem, self.owner), self.sailings, self.vessels)
    }

    fn is_alike(&self, problem: &Problem, other: &Self) -> bool {
        (&self.calls, self.regime, self.way(problem)) == (&other.calls, other.regime, other.way(problem))
    }
}

/// Adds the rotations of the services that stay to the candidates, where they are not there, and each one's way of being run.
pub fn add(scene: &Scene, candidates: &mut Vec<Rotation>) -> Vec<Row> {
    let row = |pinned: &PinnedService| {
        let mut own = rotation_as_run(scene, pinned).expect("a pin is read for its problem, which allows it");
        let Some(row) = candidates.iter().position(|rotation| rotation.key() == own.key()) else {
            candidates.push(own);
            return (candidates.len() - 1, 0);
        };
        let choices = &mut candidates[row].choices;
        let at = choices.iter().position(|choice| choice.way() == pinned.way(scene.problem)).unwrap_or(choices.len());
        match choices.get_mut(at) {
            Some(known) => *known = own.choices.swap_remove(0),
            None => choices.append(&mut own.choices),
        }
        (row, at)
    };
    scene.pinned.iter().map(row).collect()
}
