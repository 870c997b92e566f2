//! Services that stay because the planner wants them to: they are run in every network [ND-19], by the vessels of their owner, and calls whose
//! times stay keep the stay that these times give.

use super::model::berth_minutes;
use super::owners::kind_of;
use super::rotation::{Rotation, Scene, rotation_as_run, shortest_stay};
use crate::domain::{
    FleetIdx, Line, Meeting, Minutes, MotherIdx, Pin, PinnedCall, Practice, Problem, Regime, Service, ServiceCode, Stay,
    TerminalIdx, most_beside,
};
use crate::optimize::flow::sailing_shifts;
use crate::waterway::Waterway;
use std::collections::BTreeMap;

/// A service that is to stay.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    pub pin: Pin,
    /// No plan leaves it out.
    pub must: bool,
    /// Further calls, at times at which their terminals are open: these keep their stays, and their times where they can.
    pub wished: Vec<PinnedCall>,
}

impl From<Pin> for Kept {
    /// What a planner pins must stay.
    fn from(pin: Pin) -> Self {
        Self { pin, must: true, wished: Vec::new() }
    }
}

/// A service that stays, in rows of the problem.
#[derive(Clone, Debug)]
pub struct PinnedService {
    pub calls: Vec<TerminalIdx>,
    pub regime: Regime,
    /// The operator's own row, which lends the vessels.
    pub owner: FleetIdx,
    pub sailings: u32,
    pub vessels: u32,
    /// By call: the stay that its times give, pinned or wished.
    pub stays: Vec<Option<Minutes>>,
    /// Mother vessels to reach: position of the call, and the ship.
    pub meets: Vec<(usize, MotherIdx)>,
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
    /// Reads what stays; each service must be one that the instance's vessels, waterway, hours and rules allow, and pinned calls must find
    /// berths together.
    ///
    /// # Errors
    /// Every service that cannot stay, and why.
    pub fn read(problem: &Problem, waterway: &Waterway, practice: Practice, kept: &[Kept]) -> Result<Self, Vec<CannotStay>> {
        let fault = |pin: &Pin, reason: String| CannotStay { service: pin.service.service.clone(), reason };
        let (mut stay, mut faults): (Vec<(&Pin, PinnedService)>, Vec<CannotStay>) = (Vec::new(), Vec::new());
        let scene = Scene::new(problem, waterway, practice);
        for Kept { pin, wished, .. } in kept {
            let read = PinnedService::read(problem, pin, wished).and_then(|own| {
                rotation_as_run(&scene, &own)?;
                own.check_hours(&scene, pin)?;
                Ok(own)
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
        faults.extend(fills_berths(&scene, &stay));
        faults.extend(meet_at_berths(problem, &stay));
        if faults.is_empty() { Ok(Self(stay.into_iter().map(|(_, own)| own).collect())) } else { Err(faults) }
    }

    pub fn services(&self) -> &[PinnedService] {
        &self.0
    }

    /// Whether a call that stays lies inside open hours, or one agreed window, on all sailings of its service.
    pub fn is_open(problem: &Problem, pin: &Pin, call: &PinnedCall) -> bool {
        let at = pin.service.calls.get(call.call.row()).and_then(|code| problem.find_terminal(code));
        let offered = problem.settings.frequencies.contains(&pin.service.sailings_per_cycle);
        at.filter(|_| offered)
            .is_some_and(|at| times(problem, pin, call).all(|(from, stay)| problem.terminal(at).berths_for(from, stay).is_some()))
    }
}

/// Berthing in the cycle and stay of a call that stays, on each sailing.
fn times<'a>(problem: &'a Problem, pin: &Pin, call: &'a PinnedCall) -> impl Iterator<Item = (Minutes, Minutes)> + use<'a> {
    let cycle = problem.settings.cycle.0;
    let shifts = sailing_shifts(problem, pin.service.sailings_per_cycle).into_iter();
    shifts.map(move |shift| (Minutes((call.berthing_min + shift).0.rem_euclid(cycle)), call.departure_min - call.berthing_min))
}

/// Services for which those before them leave too few berth hours at some terminal.
fn fills_berths(scene: &Scene, stay: &[(&Pin, PinnedService)]) -> Vec<CannotStay> {
    let mut taken: BTreeMap<TerminalIdx, f64> = BTreeMap::new();
    let mut faults = Vec::new();
    for (pin, own) in stay {
        let mut full = None;
        for (at, stay) in own.calls.iter().zip(&own.stays) {
            let minutes = stay.unwrap_or_else(|| shortest_stay(scene.problem)) * i64::from(own.sailings);
            let sum = taken.entry(*at).or_default();
            *sum += minutes.0 as f64;
            full = full.or((*sum > berth_minutes(scene, *at)).then_some(*at));
        }
        if let Some(at) = full {
            let reason = format!("those that stay need more berth hours than {} has", scene.problem.terminal(at).code);
            faults.push(CannotStay { service: pin.service.service.clone(), reason });
        }
    }
    faults
}

/// Calls that stay and would be alongside with more others that stay than there are berths: each with the services that it meets.
fn meet_at_berths(problem: &Problem, stay: &[(&Pin, PinnedService)]) -> Vec<CannotStay> {
    let mut held: BTreeMap<TerminalIdx, Vec<(Stay, &ServiceCode)>> = BTreeMap::new();
    let mut faults = Vec::new();
    for (pin, call) in stay.iter().flat_map(|(pin, _)| pin.calls.iter().map(move |call| (pin, call))) {
        let code = pin.service.calls.get(call.call.row());
        let Some(at) = code.and_then(|code| problem.find_terminal(code)) else { continue };
        let others = held.entry(at).or_default();
        for (from, stay) in times(problem, pin, call) {
            let own = (from, from + stay);
            let met = most_beside(own, others, problem.settings.cycle);
            let berths = problem.terminal(at).berths_for(from, stay);
            if berths.is_some_and(|berths| met.len() >= berths as usize) {
                let names: Vec<&str> = met.iter().map(|code| code.0.as_str()).collect();
                let reason = format!(
                    "its call at {}, {}, meets those of {} that stay too, and there are not enough berths",
                    problem.terminal(at).code,
                    from.in_week(),
                    names.join(", ")
                );
                faults.push(CannotStay { service: pin.service.service.clone(), reason });
            }
            others.push((own, &pin.service.service));
        }
    }
    faults
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
    fn read(problem: &Problem, pin: &Pin, wished: &[PinnedCall]) -> Result<Self, String> {
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
        for pinned in pin.calls.iter().chain(wished) {
            let stay = stays.get_mut(pinned.call.row()).ok_or_else(|| format!("no call {}", pinned.call.0))?;
            *stay = Some(pinned.departure_min - pinned.berthing_min);
        }
        let meets = pin.meets.iter().map(|meeting| read_meeting(problem, service, meeting)).collect::<Result<_, String>>()?;
        let (sailings, vessels) = (service.sailings_per_cycle, service.vessels);
        Ok(Self { calls, regime: service.regime, owner: owner.into(), sailings, vessels, stays, meets })
    }

    /// The service with the shortest stays that it may have, for a look at its times.
    pub fn line(&self, problem: &Problem) -> Line {
        Line {
            calls: self.calls.clone(),
            fleet: self.owner,
            regime: self.regime,
            mixed_direction: false,
            vessels: self.vessels,
            sailings: self.sailings,
            dwell: self.stays.iter().map(|stay| stay.unwrap_or_else(|| shortest_stay(problem))).collect(),
            handling: Minutes(0),
        }
    }

    /// Every call must find the terminal open to all sailings, and where its times stay, at these times.
    fn check_hours(&self, scene: &Scene, pin: &Pin) -> Result<(), String> {
        let closed = self.calls.iter().find(|at| scene.open_times.of(**at, self.sailings) < shortest_stay(scene.problem));
        if let Some(at) = closed {
            let code = &scene.problem.terminal(*at).code;
            return Err(format!("{code} is never open to {} evenly spaced sailings", self.sailings));
        }
        match pin.calls.iter().find(|call| !Pinned::is_open(scene.problem, pin, call)) {
            Some(call) => {
                Err(format!("its call {} lies outside the hours of {}", call.call.0, pin.service.calls[call.call.row()]))
            }
            None => Ok(()),
        }
    }

    /// The way it is run: its kind of vessel, sailings and vessels.
    fn way(&self, problem: &Problem) -> (FleetIdx, u32, u32) {
        (kind_of(problem, self.owner), self.sailings, self.vessels)
    }

    fn is_alike(&self, problem: &Problem, other: &Self) -> bool {
        (&self.calls, self.regime, self.way(problem)) == (&other.calls, other.regime, other.way(problem))
    }
}

/// The call and the ship of a wish to meet it.
fn read_meeting(problem: &Problem, service: &Service, meeting: &Meeting) -> Result<(usize, MotherIdx), String> {
    let Meeting { call, mother_vessel: code } = meeting;
    let at = service.calls.get(call.row()).ok_or_else(|| format!("no call {}", call.0))?;
    let mother = problem.find_mother(code).ok_or_else(|| format!("no mother vessel {code}"))?;
    let berths_at = &problem.terminal(problem.mothers[mother.row()].terminal).code;
    if berths_at == at {
        Ok((call.row(), mother))
    } else {
        Err(format!("{code} berths at {berths_at}, and its call {} is at {at}", call.0))
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
