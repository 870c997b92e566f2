//! Planning again when something fails: as few calls as possible move.

use super::planning::{planned, request};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use waterbus::domain::*;
use waterbus::input::{Size, generate, read_tables};
use waterbus::optimize::pipeline::{Request, freeze};
use waterbus::waterway::Waterway;

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

/// The busiest terminal, and the problem where it closes at night.
fn closed_at_night(problem: &Problem, former: &Plan) -> (TerminalIdx, Problem) {
    let (terminal, _) = busiest(problem, former);
    let mut without = problem.clone();
    without.terminals[terminal.row()].open = Some((Minutes(6 * 60), Minutes(20 * 60)));
    (terminal, without)
}

/// A terminal closes at night: its calls at night move, others stay where they can.
#[test]
fn when_hours_are_cut_calls_outside_them_move() {
    let (problem, former) = &*FORMER;
    let (_, without) = closed_at_night(problem, former);
    let moved = moved(&without, former);
    assert!(2 * moved.len() < calls(former), "{} of {}: {moved:?}", moved.len(), calls(former));
}

/// Calls within the freeze horizon stay though they would move without it, but for those at a terminal that is closed by then.
#[test]
fn frozen_calls_stay_unless_their_terminal_is_closed() {
    let (problem, former) = &*FORMER;
    let (terminal, without) = closed_at_night(problem, former);
    let here = own_code(problem, terminal);
    let free = moved(&without, former);
    let would_move = free.iter().find(|call| call.terminal != here && call.later_min.is_some());
    let would_move = would_move.unwrap_or_else(|| panic!("some call follows those at {here}: {free:?}"));
    let from = would_move.berthing_min - Minutes(60);
    let waterway = Waterway::new(&without);
    let (pins, refused) = freeze(&without, &waterway, Practice::WaterBus, &[], former, from);
    let again = planned(&without, &Request { before: Some(former.clone()), pins, seed: 2, ..request(WORK) });
    assert_eq!(again.report.violations, []);
    let is_frozen = |call: &MovedCall| problem.settings.is_frozen(call.berthing_min, call.departure_min, from);
    let moved = former.calls_moved_by(&again.plan);
    assert!(moved.iter().filter(|call| is_frozen(call)).all(|call| call.terminal == here), "{refused:?}: {moved:?}");
    assert!(free.iter().any(is_frozen), "without a freeze it moves");
}

/// The horizon starts at the moment of planning, goes round the cycle, and holds whoever is alongside.
#[test]
fn a_call_is_frozen_when_it_is_alongside_or_due() {
    let (problem, _) = &*FORMER;
    let settings = Settings { freeze: Minutes(240), ..problem.settings.clone() };
    let cycle = settings.cycle.0;
    let frozen =
        |berthing: i64, departure: i64, from: i64| settings.is_frozen(Minutes(berthing), Minutes(departure), Minutes(from));
    for weeks in [0, 1, 151] {
        let at = |from: i64| frozen(1_000, 1_060, from + weeks * cycle);
        assert_eq!([760, 761, 1_000, 1_059, 1_060].map(at), [false, true, true, true, false], "{weeks} weeks on");
    }
    assert!(frozen(60, 120, cycle - 100) && !frozen(60, 120, cycle - 180), "early in the next cycle");
    assert!(frozen(cycle + 60, cycle + 120, 30), "its cycle ended before");
    let none = Settings { freeze: Minutes(0), ..settings.clone() };
    assert!(none.is_frozen(Minutes(10), Minutes(70), Minutes(69)) && !none.is_frozen(Minutes(10), Minutes(70), Minutes(9)));
    let all = Settings { freeze: settings.cycle, ..settings.clone() };
    assert!((0..cycle).step_by(97).all(|from| all.is_frozen(Minutes(10), Minutes(70), Minutes(from))));
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
