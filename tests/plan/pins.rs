//! Services and times that a planner keeps.

use super::planning::{planned, request};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use waterbus::domain::*;
use waterbus::input::{Size, generate, read_tables};
use waterbus::optimize::design::{Kept, Pinned};
use waterbus::optimize::pipeline::Request;
use waterbus::waterway::Waterway;

/// Work for a plan: enough for services that pay.
const WORK: u64 = 1;

/// A small network, and a plan of it.
static FORMER: LazyLock<(Problem, Plan)> = LazyLock::new(|| {
    let size = Size { terminals: 8, hubs: 2, demands: 60, mothers: 2, ..Size::default() };
    let problem = read_tables(&generate(&size, 1)).unwrap_or_else(|errors| panic!("{errors}"));
    let plan = planned(&problem, &request(WORK)).plan;
    (problem, plan)
});

fn wish(service: &Service, times: bool, calls: &[u16]) -> PinWish {
    let calls = calls.iter().map(|call| CallPos(*call)).collect();
    PinWish { service: service.service.clone(), times, calls, meets: Vec::new() }
}

fn pins(plan: &Plan, wishes: &[PinWish]) -> Vec<Pin> {
    plan.pins(wishes).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// Times of the calls of a service's sailings, by sailing and call.
fn times<'a>(plan: &'a Plan, service: &ServiceCode) -> Vec<&'a CallTimes> {
    plan.sailings.iter().filter(|sailing| sailing.service == *service).flat_map(|sailing| &sailing.calls).collect()
}

fn berthings(times: &[&CallTimes]) -> Vec<(Minutes, Minutes)> {
    times.iter().map(|times| (times.berthing_min, times.departure_min)).collect()
}

/// Shippers hold bookings on one service and a terminal has agreed to a call of another: both are there again, one with all its times, one
/// with that call, under their old codes, whatever else the second plan does.
#[test]
fn what_is_pinned_stays_in_the_next_plan() {
    let (problem, first) = &*FORMER;
    let [whole, part, ..] = first.services.as_slice() else { panic!("{} services", first.services.len()) };
    let wishes = [wish(whole, true, &[]), wish(part, false, &[1])];
    let again = Request { start: Some(first.clone()), pins: pins(first, &wishes), seed: 2, ..request(WORK) };
    let second = planned(problem, &again);
    assert_eq!(second.report.violations, []);
    let second = second.plan;
    assert_eq!(second.find_service(&whole.service), Some(whole));
    assert_eq!(second.find_service(&part.service), Some(part));
    assert_eq!(berthings(&times(&second, &whole.service)), berthings(&times(first, &whole.service)));
    let cycle = first.cycle_min.0;
    let call_1 = |plan: &Plan| -> BTreeSet<i64> {
        let calls = times(plan, &part.service).into_iter().skip(1).step_by(part.calls.len());
        calls.map(|times| times.berthing_min.0.rem_euclid(cycle)).collect()
    };
    assert_eq!(call_1(&second), call_1(first));
    let codes: BTreeSet<&ServiceCode> = second.services.iter().map(|service| &service.service).collect();
    assert_eq!(codes.len(), second.services.len(), "no code is used twice");
}

/// With vessels so dear that no service pays, a free plan runs none; a service that is pinned sails all the same, and says so in the plan.
#[test]
fn a_pinned_service_sails_whatever_it_earns() {
    let (problem, first) = &*FORMER;
    let mut problem = problem.clone();
    problem.classes.iter_mut().for_each(|class| class.fixed_per_day = class.fixed_per_day * 40);
    assert_eq!(planned(&problem, &request(WORK)).plan.services, []);
    let kept = first.services.last().expect("the former plan has services");
    let pinned = Request { pins: pins(first, &[wish(kept, true, &[])]), ..request(WORK) };
    let plan = planned(&problem, &pinned);
    assert_eq!(plan.report.violations, []);
    assert!(plan.report.ledger.profit_cents < Cents(0));
    assert_eq!(plan.plan.services, std::slice::from_ref(kept));
    assert_eq!(berthings(&times(&plan.plan, &kept.service)), berthings(&times(first, &kept.service)));
    assert_eq!(plan.plan.made_from.pins, pinned.pins);
}

/// All that is wrong with wishes, at once.
#[test]
fn wishes_for_what_the_plan_lacks_are_refused_together() {
    let (_, first) = &*FORMER;
    let service = &first.services[0];
    let calls = service.calls.len();
    let unknown = Service { service: "S99".into(), ..service.clone() };
    let wishes = [wish(&unknown, false, &[]), wish(service, true, &[calls as u16]), wish(service, false, &[])];
    let faults = first.pins(&wishes).expect_err("each wish is wrong");
    let expected = [
        (0, BadWish::UnknownService("S99".into())),
        (1, BadWish::TimesAndCalls),
        (1, BadWish::UnknownCall(CallPos(calls as u16), calls - 1)),
        (2, BadWish::Repeated(service.service.clone())),
    ];
    assert_eq!(faults, expected.map(|(wish, why)| WishFault { wish, why }));
}

/// Why pins cannot stay on a problem that has changed since; a pin of a service that can stay is no fault.
fn refused(problem: &Problem, pins: &[Pin]) -> Vec<(ServiceCode, String)> {
    let kept: Vec<Kept> = pins.iter().cloned().map(Kept::from).collect();
    let read = Pinned::read(problem, &Waterway::new(problem), Practice::WaterBus, &kept);
    read.err().unwrap_or_default().into_iter().map(|fault| (fault.service, fault.reason)).collect()
}

/// Hours, berth hours and berths that leave what is pinned no room are named, with the service and the terminal, before any search.
#[test]
fn pins_that_clash_with_hours_or_with_one_another_are_refused_by_name() {
    let (problem, first) = &*FORMER;
    let all: Vec<PinWish> = first.services.iter().map(|service| wish(service, true, &[])).collect();
    let all = pins(first, &all);
    assert_eq!(refused(problem, &all), []);
    let pin = &all[0];
    let (code, call) = (pin.service.calls[1].clone(), pin.calls[1]);
    let change = |with: &dyn Fn(&mut Terminal)| {
        let mut other = problem.clone();
        let at = other.find_terminal(&code).expect("it is called at");
        with(&mut other.terminals[at.row()]);
        refused(&other, std::slice::from_ref(pin))
    };
    let own = |reason: String| vec![(pin.service.service.clone(), reason)];
    // one agreed window ends and the next begins while the first sailing is alongside
    let middle = (call.berthing_min + problem.settings.slot).0.rem_euclid(problem.settings.cycle.0);
    let window = |from: i64, to: i64| Window { from: Minutes(from), to: Minutes(to), berths: 1 };
    let parts = vec![window(0, middle), window(middle, problem.settings.cycle.0)];
    let outside = change(&|terminal| terminal.windows.clone_from(&parts));
    assert_eq!(outside, own(format!("its call 1 lies outside the hours of {code}")));
    let sailings = pin.service.sailings_per_cycle;
    let never = change(&|terminal| terminal.open = Some((Minutes(0), Minutes(15))));
    assert_eq!(never, own(format!("{code} is never open to {sailings} evenly spaced sailings")));
    // two services at one berth at the same time, then for more hours than there are
    let mut single = problem.clone();
    single.terminals.iter_mut().for_each(|terminal| {
        terminal.berths = 1;
        terminal.windows.clear();
    });
    let (first, second, calls) = sharing(&all);
    let mut pair = [all[first].clone(), all[second].clone()];
    let PinnedCall { berthing_min, departure_min, .. } = pair[0].calls[calls.0];
    pair[1].calls[calls.1] = PinnedCall { berthing_min, departure_min, ..pair[1].calls[calls.1] };
    let has = |faults: &[(ServiceCode, String)], words: [&str; 2]| {
        faults
            .iter()
            .any(|(service, reason)| *service == pair[1].service.service && words.iter().all(|word| reason.contains(word)))
    };
    let met = refused(&single, &pair);
    assert!(has(&met, ["meets those of", &pair[0].service.service.0]), "{met:?}");
    let mut longer = pair.clone();
    for (pin, call) in longer.iter_mut().zip([calls.0, calls.1]) {
        pin.calls[call].departure_min += Minutes(problem.settings.cycle.0 * 3 / 5);
    }
    let full = refused(&single, &longer);
    assert!(has(&full, ["more berth hours than", &pair[0].service.calls[calls.0].0]), "{full:?}");
}

/// Two services that call at the same terminal, and the calls.
fn sharing(pins: &[Pin]) -> (usize, usize, (usize, usize)) {
    for (first, one) in pins.iter().enumerate() {
        for (second, other) in pins.iter().enumerate().skip(first + 1) {
            for (call, code) in one.service.calls.iter().enumerate() {
                if let Some(there) = other.service.calls.iter().position(|known| known == code) {
                    return (first, second, (call, there));
                }
            }
        }
    }
    panic!("no two services share a terminal");
}
