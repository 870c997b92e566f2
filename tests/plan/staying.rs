//! Planning again when something fails: as few calls as possible move.

use super::planning::{planned, request};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use waterbus::domain::*;
use waterbus::input::{Size, generate, read_tables};
use waterbus::optimize::pipeline::Request;

/// Work for a plan: enough for services that pay.
const WORK: u64 = 1;

const DAY: i64 = 24 * 60;

/// A small network, and a plan of it.
static FORMER: LazyLock<(Problem, Plan)> = LazyLock::new(|| {
    let size = Size { terminals: 8, hubs: 2, demands: 60, mothers: 2, ..Size::default() };
    let problem = read_tables(&generate(&size, 1)).unwrap_or_else(|errors| panic!("{errors}"));
    let plan = planned(&problem, &request(WORK)).plan;
    assert!(plan.services.len() > 2, "{} services", plan.services.len());
    (problem, plan)
});

/// The calls that move when the task is planned again from the former plan; never more than when it is planned from nothing.
fn moved(problem: &Problem, former: &Plan) -> Vec<MovedCall> {
    let again = planned(problem, &Request { before: Some(former.clone()), seed: 2, ..request(WORK) });
    assert_eq!(again.report.violations, []);
    let moved = former.calls_moved_by(&again.plan);
    let anew = planned(problem, &Request { seed: 2, ..request(WORK) });
    assert!(moved.len() <= former.calls_moved_by(&anew.plan).len());
    moved
}

fn calls(plan: &Plan) -> usize {
    plan.sailings.iter().map(|sailing| sailing.calls.len()).sum()
}

fn services(moved: &[MovedCall]) -> BTreeSet<&ServiceCode> {
    moved.iter().map(|call| &call.service).collect()
}

#[test]
fn nothing_moves_when_nothing_has_changed() {
    let (problem, former) = &*FORMER;
    assert_eq!(moved(problem, former), []);
}

/// A vessel of the class and operator of the service with least cargo is lost: one service of that fleet is sailed no more or in another way,
/// all others keep their times.
#[test]
fn when_a_vessel_is_lost_one_service_moves() {
    let (problem, former) = &*FORMER;
    let mut without = problem.clone();
    let service = &former.services[0];
    let is_own = |fleet: &&mut Fleet| {
        problem.operator(fleet.operator).code == service.operator
            && problem.class(fleet.class).code == service.class
            && fleet.registered == service.registered
    };
    let own = without.fleets.iter_mut().find(is_own).expect("its operator has vessels");
    let of_fleet = |other: &&Service| {
        (&other.operator, &other.class, other.registered) == (&service.operator, &service.class, service.registered)
    };
    let used: u32 = former.services.iter().filter(of_fleet).map(|service| service.vessels).sum();
    own.vessels = used - 1;
    let moved = moved(&without, former);
    assert_eq!(services(&moved).len(), 1, "{moved:?}");
    assert!(moved.len() < calls(former));
}

/// One berth is closed on two days on which it was used: what was there goes elsewhere, and most calls stay.
#[test]
fn when_a_berth_is_closed_for_two_days_its_calls_move() {
    let (problem, former) = &*FORMER;
    let (terminal, from) = busiest(problem, former);
    let mut without = problem.clone();
    let own = &mut without.terminals[terminal.row()];
    let window = |from: i64, to: i64, berths: u32| Window { from: Minutes(from), to: Minutes(to), berths };
    let (cycle, berths) = (problem.settings.cycle.0, own.berths);
    let parts = [window(0, from, berths), window(from, from + 2 * DAY, berths - 1), window(from + 2 * DAY, cycle, berths)];
    own.windows = parts.into_iter().filter(|part| part.from < part.to && part.berths > 0).collect();
    let moved = moved(&without, former);
    assert!(moved.iter().any(|call| call.terminal == own_code(problem, terminal)), "{moved:?}");
    assert!(2 * moved.len() < calls(former), "{} of {}: {moved:?}", moved.len(), calls(former));
}

fn own_code(problem: &Problem, terminal: TerminalIdx) -> TerminalCode {
    problem.terminal(terminal).code.clone()
}

/// The terminal of one berth and without hours of its own that has most calls, and the start of two days with one of them.
fn busiest(problem: &Problem, former: &Plan) -> (TerminalIdx, i64) {
    let single = |code: &TerminalCode| {
        problem.find_terminal(code).filter(|at| {
            let terminal = problem.terminal(*at);
            terminal.berths == 1 && terminal.windows.is_empty() && terminal.open.is_none()
        })
    };
    let mut at: Vec<(TerminalIdx, i64)> = Vec::new();
    for sailing in &former.sailings {
        let service = former.find_service(&sailing.service).expect("sailings have services");
        let calls = service.calls.iter().zip(&sailing.calls);
        at.extend(
            calls.filter_map(|(code, times)| Some((single(code)?, times.berthing_min.0.rem_euclid(problem.settings.cycle.0)))),
        );
    }
    let most = |(terminal, _): &&(TerminalIdx, i64)| at.iter().filter(|(other, _)| other == terminal).count();
    let (terminal, time) = *at.iter().max_by_key(most).expect("some terminal has one berth");
    (terminal, (time / DAY).min(problem.settings.cycle.0 / DAY - 2) * DAY)
}

/// A terminal closes at night: its calls at night move, others stay where they can.
#[test]
fn when_hours_are_cut_calls_outside_them_move() {
    let (problem, former) = &*FORMER;
    let (terminal, _) = busiest(problem, former);
    let mut without = problem.clone();
    without.terminals[terminal.row()].open = Some((Minutes(6 * 60), Minutes(20 * 60)));
    let moved = moved(&without, former);
    assert!(2 * moved.len() < calls(former), "{} of {}: {moved:?}", moved.len(), calls(former));
}

/// A plan moved by an hour has all its calls an hour later, whatever the sailings are numbered; one without a service has none of that.
#[test]
fn moved_calls_say_how_far_and_which_are_no_more() {
    let (_, former) = &*FORMER;
    let mut later = former.clone();
    let all = later.sailings.iter_mut().flat_map(|sailing| &mut sailing.calls);
    all.for_each(|times| {
        times.berthing_min += Minutes(60);
        times.departure_min += Minutes(60);
    });
    let moved = former.calls_moved_by(&later);
    assert_eq!(moved.len(), calls(former));
    assert!(moved.iter().all(|call| call.later_min == Some(Minutes(60))), "{moved:?}");
    later.sailings.reverse();
    assert_eq!(former.calls_moved_by(&later).len(), calls(former));
    let gone = former.services[0].service.clone();
    let mut fewer = former.clone();
    fewer.services.remove(0);
    let moved = former.calls_moved_by(&fewer);
    assert!(!moved.is_empty() && moved.iter().all(|call| call.service == gone && call.later_min.is_none()));
    // under another code it is the same service still
    let mut renamed = former.clone();
    renamed.services[0].service = "NEW".into();
    renamed.sailings.iter_mut().filter(|sailing| sailing.service == gone).for_each(|sailing| sailing.service = "NEW".into());
    assert_eq!(former.calls_moved_by(&renamed), []);
}
