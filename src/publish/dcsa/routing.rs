//! Routing references back to the rides they name.

use super::build::Dcsa;
use crate::domain::CallPos;
use crate::publish::rollout::DatedRide;

impl Dcsa {
    /// The rides that a routing reference of [`super::PointToPoint`] names; `None` when it names no rides of this plan.
    pub fn find_rides(&self, routing_reference: &str) -> Option<Vec<DatedRide>> {
        routing_reference.split('+').map(|ride| self.find_ride(ride)).collect()
    }

    /// `service-voyage-from-to`, places in the rotation from 1. A service's code may have dashes of its own.
    fn find_ride(&self, reference: &str) -> Option<DatedRide> {
        let mut parts = reference.rsplitn(4, '-');
        let (to, from, number, code) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let place = |text: &str| text.parse::<u16>().ok()?.checked_sub(1).map(CallPos);
        let [service] = self.services(Some(code), None)[..] else { return None };
        let ride = DatedRide { voyage: self.rollout().find_voyage(service, number)?, from: place(from)?, to: place(to)? };
        let calls = self.rollout().service(ride.voyage).calls.len();
        let is_ride = ride.from.row() < calls && ride.from < ride.to && ride.to.row() < ride.from.row() + calls;
        (is_ride && self.ride_reference(ride) == reference).then_some(ride)
    }

    /// Names the rides of a way.
    pub fn routing_reference(&self, rides: &[DatedRide]) -> String {
        rides.iter().map(|ride| self.ride_reference(*ride)).collect::<Vec<_>>().join("+")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Minutes;
    use crate::publish::PlanDocument;
    use std::sync::Arc;

    // what a search hands out is what a booking names
    #[test]
    fn a_reference_names_its_ride_and_no_other() {
        let document: PlanDocument = serde_json::from_str(include_str!("../../../tests/cli/fixtures/plan-a.json")).unwrap();
        let dcsa = Dcsa::new(Arc::new(document), None);
        let mut named = 0;
        for service in 0..dcsa.rollout().plan().services.len() {
            let start = Minutes(1000 * 24 * 60);
            for voyage in dcsa.rollout().voyages(service, start, start + Minutes(60 * 24 * 60)) {
                let ride = DatedRide { voyage, from: CallPos(0), to: CallPos(1) };
                let reference = dcsa.routing_reference(&[ride]);
                assert_eq!(dcsa.find_rides(&reference), Some(vec![ride]), "{reference}");
                named += 1;
            }
        }
        assert!(named > 8, "{named}");
        for wrong in
            ["", "S01", "S01-2630R-1-1", "S01-2630R-2-1", "S01-2630R-0-1", "S01-26ZZR-1-2", "S01-26éR-1-2", "S99-2630R-1-2", "+"]
        {
            assert_eq!(dcsa.find_rides(wrong), None, "{wrong}");
        }
    }
}
