//! What a ride emits, by ISO 14083 and the GLEC Framework: the emissions of a service over its round trip, from well to wake and with those
//! in port, over the TEU-kilometres that the plan carries on it; distances by water between the ends of a ride.

use super::index::find_distance;
use super::quote::Footprint;
use crate::domain::*;
use crate::waterway::Waterway;
use std::collections::BTreeMap;

/// Grams of CO2 equivalent from well to wake per kilogram of marine diesel: Regulation (EU) 2023/1805, Annex II, MDO/MGO. Upstream 14.4 g/MJ
/// of 42.7 MJ/kg; on board 3.206 kg CO2, 0.05 g methane and 0.18 g nitrous oxide, weighted 28 and 265. GLEC 3.2 has 76.3 g/MJ on board,
/// which is 3.258 kg/kg; this sum has 3.255.
const DIESEL_G_PER_KG: f64 = 14.4 * 42.7 + 3206.0 + 0.05 * 28.0 + 0.18 * 265.0;

/// The same of LNG in engines of the Otto cycle at medium speed, 3.1 % of which leaves unburnt: upstream 18.5 g/MJ of 49.1 MJ/kg.
const LNG_G_PER_KG: f64 = 18.5 * 49.1 + 0.969 * (2750.0 + 0.11 * 265.0) + 31.0 * 28.0;

/// Grams per kilowatt-hour from the grid: the auditor's estimate for China, taken as a whole life cycle.
const GRID_G_PER_KWH: f64 = 570.0;

/// By which standard, told with every figure.
pub const METHOD: &str = "ISO 14083 / GLEC: well to wake, round trip with time in port, over the planned TEU-km of the service; factors of \
Regulation (EU) 2023/1805, Annex II";

/// Grams of CO2 equivalent per TEU-kilometre, by service.
#[derive(Clone, Debug, Default)]
pub struct Emissions {
    by_service: BTreeMap<ServiceCode, f64>,
}

impl Emissions {
    /// Intensities of a plan's services. A service for which nothing is planned has that of all services together.
    pub fn new(problem: &Problem, waterway: &Waterway, plan: &Plan) -> Self {
        let of = |service: &Service| {
            let grams = emitted(problem, waterway, plan, service).unwrap_or_default();
            (service.service.clone(), grams, carried(problem, waterway, plan, service))
        };
        let all: Vec<(ServiceCode, f64, f64)> = plan.services.iter().map(of).collect();
        let (grams, teu_km) = all.iter().fold((0.0, 0.0), |(g, t), (_, grams, teu_km)| (g + grams, t + teu_km));
        let intensity = |grams: f64, teu_km: f64| if teu_km > 0.0 { grams / teu_km } else { 0.0 };
        let usual = intensity(grams, teu_km);
        let line = |(service, grams, teu_km)| (service, if teu_km > 0.0 { intensity(grams, teu_km) } else { usual });
        Self { by_service: all.into_iter().map(line).collect() }
    }

    /// [JN-3] Grams of one TEU on a ride of a service.
    pub fn of_ride(&self, service: &ServiceCode, distance: Metres) -> i64 {
        let intensity = self.by_service.get(service).copied().unwrap_or_default();
        (intensity * distance.0 as f64 / 1000.0).round() as i64
    }
}

/// Grams that a service emits in a cycle: the legs of its sailings at the speeds that their times allow, and all other time of its vessels in
/// port.
fn emitted(problem: &Problem, waterway: &Waterway, plan: &Plan, service: &Service) -> Option<f64> {
    let class = problem.find_class(&service.class)?;
    let calls: Option<Vec<TerminalIdx>> = service.calls.iter().map(|call| problem.find_terminal(call)).collect();
    let calls = calls?;
    let ends: Vec<_> = calls.iter().zip(calls.iter().cycle().skip(1)).collect();
    let (mut fuel_g, mut energy_wh, mut sailing) = (0, 0, 0);
    for own in plan.sailings.iter().filter(|own| own.service == service.service) {
        let arrivals = own.calls.iter().skip(1).map(|call| call.arrival_min).chain([own.back_at_min]);
        for (((from, to), call), arrival) in ends.iter().zip(&own.calls).zip(arrivals) {
            let Some(passage) = waterway.passage(class, **from, **to) else { continue };
            let steaming = passage.with_spare(arrival - call.departure_min - passage.duration());
            fuel_g += steaming.fuel_g;
            energy_wh += steaming.energy_wh;
            sailing += steaming.sailing.0;
        }
    }
    let class = problem.class(class);
    let resting_h = (f64::from(service.vessels) * plan.cycle_min.0 as f64 - sailing as f64) / 60.0;
    let fuel_kg = fuel_g as f64 / 1000.0 + class.fuel_kg_per_h_port * resting_h.max(0.0);
    let factor = if class.energy == Energy::Lng { LNG_G_PER_KG } else { DIESEL_G_PER_KG };
    Some(fuel_kg * factor + energy_wh as f64 / 1000.0 * GRID_G_PER_KWH)
}

/// TEU-kilometres that the plan carries on a service in a cycle.
fn carried(problem: &Problem, waterway: &Waterway, plan: &Plan, service: &Service) -> f64 {
    let call = |at: CallPos| &service.calls[at.row() % service.calls.len()];
    let rides = plan.shipments.iter().flat_map(|shipment| shipment.rides.iter().map(move |ride| (shipment.volume_teu, ride)));
    let own = rides.filter(|(_, ride)| ride.service == service.service && !service.calls.is_empty());
    own.map(|(volume, ride)| {
        let distance = find_distance(problem, waterway, &service.class, call(ride.from_call), call(ride.to_call));
        volume.0 as f64 * distance.0 as f64 / 1000.0
    })
    .sum()
}

/// The footprint of boxes on their way.
pub fn footprint(co2e_g_per_teu: i64, teu: Teu) -> Footprint {
    Footprint { co2e_g: co2e_g_per_teu * teu.0, method: METHOD.to_owned() }
}
