//! Load lists: what is loaded and discharged at each call, from the shipments.

use super::figures;
use crate::domain::*;
use serde::Serialize;
use std::collections::BTreeMap;

/// A call of one sailing, every cycle.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct CallKey {
    pub service: ServiceCode,
    pub sailing: u32,
    /// Below the number of calls.
    pub call: CallPos,
}

/// Boxes of one demand handled at a call.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LoadLine {
    pub demand: DemandCode,
    pub trade: Trade,
    pub cargo: Cargo,
    pub volume_teu: Teu,
    /// Where the boxes start from, which may be before this vessel.
    pub origin: TerminalCode,
    pub destination: TerminalCode,
}

/// Load list of a call, by trade and demand.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CallLoads {
    pub discharge: Vec<LoadLine>,
    pub load: Vec<LoadLine>,
}

impl CallLoads {
    /// TEU discharged.
    pub fn discharged(&self) -> Teu {
        self.discharge.iter().map(|line| line.volume_teu).sum()
    }

    /// TEU loaded.
    pub fn loaded(&self) -> Teu {
        self.load.iter().map(|line| line.volume_teu).sum()
    }
}

/// The load lists of all calls at which boxes move. Boxes that stay on board past the end of a rotation are discharged on the vessel's
/// next voyage: sailing `k` goes on as sailing `k + vessels`, modulo the sailings of a cycle. Rides on unknown services are left out.
pub fn build_loads(plan: &Plan) -> BTreeMap<CallKey, CallLoads> {
    let mut loads: BTreeMap<CallKey, CallLoads> = BTreeMap::new();
    for shipment in &plan.shipments {
        for ride in &shipment.rides {
            let Some(service) = plan.find_service(&ride.service) else {
                continue;
            };
            for (call, discharge) in [(ride.from_call, false), (ride.to_call, true)] {
                let Some(key) = call_at(service, ride.sailing, call) else {
                    continue;
                };
                let lists = loads.entry(key).or_default();
                let list = if discharge { &mut lists.discharge } else { &mut lists.load };
                add(list, shipment);
            }
        }
    }
    for lists in loads.values_mut() {
        let order = |line: &LoadLine| (line.trade, line.demand.clone());
        lists.discharge.sort_by_key(order);
        lists.load.sort_by_key(order);
    }
    loads
}

/// The call of the cycle that a position of a sailing stands for.
fn call_at(service: &Service, sailing: u32, at: CallPos) -> Option<CallKey> {
    let calls = service.calls.len();
    if calls == 0 || service.sailings_per_cycle == 0 {
        return None;
    }
    let voyages = (at.row() / calls) as u64;
    let sailing = (u64::from(sailing) + voyages * u64::from(service.vessels)) % u64::from(service.sailings_per_cycle);
    let call = CallPos(u16::try_from(at.row() % calls).ok()?);
    Some(CallKey { service: service.service.clone(), sailing: u32::try_from(sailing).ok()?, call })
}

/// Boxes of one demand are one line, whatever their ways before and after.
fn add(list: &mut Vec<LoadLine>, shipment: &Shipment) {
    if let Some(line) = list.iter_mut().find(|line| line.demand == shipment.demand) {
        line.volume_teu += shipment.volume_teu;
        return;
    }
    list.push(LoadLine {
        demand: shipment.demand.clone(),
        trade: shipment.trade,
        cargo: shipment.cargo,
        volume_teu: shipment.volume_teu,
        origin: shipment.origin.clone(),
        destination: shipment.destination.clone(),
    });
}

/// A load list in words, trade by trade: `export 40 (ROQ-NSA-EX 18, BIJ-NSA-EX 22); empty 5 (...)`.
pub fn in_words(lines: &[LoadLine]) -> String {
    let parts: Vec<_> = lines
        .chunk_by(|a, b| a.trade == b.trade)
        .map(|group| {
            let total: Teu = group.iter().map(|line| line.volume_teu).sum();
            let demands: Vec<_> = group.iter().map(|line| format!("{} {}", line.demand, line.volume_teu.0)).collect();
            format!("{} {} ({})", figures::trade(group[0].trade), total.0, demands.join(", "))
        })
        .collect();
    parts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::PlanDocument;

    fn plan() -> Plan {
        let document: PlanDocument = serde_json::from_str(include_str!("../../tests/cli/fixtures/plan-a.json")).unwrap();
        document.plan
    }

    fn loads_at(service: &str, sailing: u32, call: u16) -> CallLoads {
        let key = CallKey { service: service.into(), sailing, call: CallPos(call) };
        build_loads(&plan())[&key].clone()
    }

    // boxes for Beijiao are loaded at Nansha at call 4 of sailing 2; the vessel goes on as sailing 0 and discharges them there at call 1
    #[test]
    fn boxes_that_pass_the_end_of_a_rotation_are_discharged_by_the_next_voyage() {
        let lists = loads_at("S01", 0, 1);
        assert_eq!(in_words(&lists.discharge), "domestic 16 (NSA-BIJ-DO 16)");
        assert_eq!(lists.loaded(), Teu(24));
    }

    // everything loaded somewhere is discharged somewhere
    #[test]
    fn loads_and_discharges_balance() {
        let loads = build_loads(&plan());
        let loaded: Teu = loads.values().map(CallLoads::loaded).sum();
        let discharged: Teu = loads.values().map(CallLoads::discharged).sum();
        let rides: Teu = plan().shipments.iter().map(|s| s.volume_teu * s.rides.len() as i64).sum();
        assert_eq!((loaded, discharged), (rides, rides));
    }
}
