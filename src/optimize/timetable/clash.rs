//! Why a service has no times. In: what its times must keep. Out: the fewest of those rules that leave it none, in words. Fewest means that
//! without any one of them there are times, not that no other such set is smaller.

use super::board::Board;
use super::pattern::least_from;
use super::shape::Shape;
use crate::domain::{Minutes, Problem, TerminalIdx};
use std::collections::BTreeSet;

/// Something that the times of a service must keep, beside its passages, stays and round trip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rule {
    /// Hours or agreed windows of a terminal [TT-6].
    Hours(TerminalIdx),
    /// Berths of a terminal that other services hold [TT-5].
    Berths(TerminalIdx),
    /// Locks that other services pass [TT-7].
    Locks,
    /// A call stays at its time [TT-14].
    Stays(usize),
    /// A ship of the shape's list must be reached [TT-16].
    Meets(usize),
}

/// The rules that leave the service at a place of the board no times beside the others there; `None` when it has some.
pub fn clash(problem: &Problem, board: &Board, place: usize) -> Option<String> {
    let shape = &board.shapes[place];
    let all = rules(problem, shape);
    if has_times(problem, board, place, &all) {
        return None;
    }
    let mut kept = all.clone();
    for rule in all {
        kept.remove(&rule);
        if has_times(problem, board, place, &kept) {
            kept.insert(rule);
        }
    }
    Some(told(problem, shape, &kept))
}

fn rules(problem: &Problem, shape: &Shape) -> BTreeSet<Rule> {
    let at = |terminal: &TerminalIdx| {
        let own = problem.terminal(*terminal);
        let has_hours = own.open.is_some() || !own.windows.is_empty();
        has_hours.then_some(Rule::Hours(*terminal)).into_iter().chain([Rule::Berths(*terminal)])
    };
    let stays = (0..shape.calls.len()).filter(|call| shape.pinned[*call].is_some()).map(Rule::Stays);
    let meets = (0..shape.meets.len()).map(Rule::Meets);
    shape.calls.iter().flat_map(at).chain([Rule::Locks]).chain(stays).chain(meets).collect()
}

/// Whether some pattern keeps these rules and finds berths and locks for each of its sailings.
fn has_times(problem: &Problem, board: &Board, place: usize, rules: &BTreeSet<Rule>) -> bool {
    let shape = &board.shapes[place];
    let keeps = |rule: Rule| rules.contains(&rule);
    let mut own = shape.clone();
    for call in (0..own.calls.len()).filter(|call| !keeps(Rule::Stays(*call))) {
        own.pinned[call] = None;
    }
    own.meets = (0..shape.meets.len()).filter(|row| keeps(Rule::Meets(*row))).map(|row| shape.meets[row]).collect();
    let (shapes, no_ships) = ([own], [Vec::new()]);
    let mut alone = Board::new(problem, &shapes, &no_ships, &[]);
    for terminal in shape.calls.iter().filter(|terminal| !keeps(Rule::Hours(**terminal))) {
        alone.open_always(problem, *terminal);
    }
    alone.hold_as(board, |terminal| keeps(Rule::Berths(terminal)), keeps(Rule::Locks));
    let costs = alone.call_costs(0);
    shapes[0].firsts(board.slots).any(|first| least_from(&shapes[0], &costs, first).is_some())
}

/// The rules one after the other, then what passages and stays take between the calls that they are about.
fn told(problem: &Problem, shape: &Shape, rules: &BTreeSet<Rule>) -> String {
    if rules.is_empty() {
        return "one of its stays is longer than the cycle".to_owned();
    }
    let minutes = |slots: i64| Minutes(slots * problem.settings.slot.0);
    let code = |terminal: TerminalIdx| &problem.terminal(terminal).code;
    let call = |position: usize| format!("its call {position} at {}", code(shape.calls[position]));
    let one = |rule: &Rule| match *rule {
        Rule::Hours(at) if problem.terminal(at).windows.is_empty() => format!("the opening hours of {}", code(at)),
        Rule::Hours(at) => format!("the agreed windows of {}", code(at)),
        Rule::Berths(at) => format!("the berths that other services hold at {}", code(at)),
        Rule::Locks => "the locks that other services pass".to_owned(),
        Rule::Stays(position) => {
            let time = minutes(shape.pinned[position].unwrap_or_default().rem_euclid(problem.slots_per_cycle()));
            format!("{} stays on {}", call(position), time.in_week())
        }
        Rule::Meets(row) => {
            let ship = shape.meets[row];
            let (name, by) = (&problem.mothers[ship.mother.row()].code, minutes(ship.cut_off));
            let from = minutes(ship.cut_off - ship.longest_wait);
            format!("{} arrives for {name} from {} to {}, the cut-off for barges", call(ship.call), from.in_week(), by.in_week())
        }
    };
    let list: Vec<String> = rules.iter().map(one).collect();
    let mut text = format!("no times keep {}", if list.len() > 1 { "all of this: " } else { "this: " });
    text += &list.join("; ");
    let mut about: Vec<usize> = rules
        .iter()
        .flat_map(|rule| match *rule {
            Rule::Stays(call) => vec![call],
            Rule::Meets(row) => vec![shape.meets[row].call],
            Rule::Hours(at) | Rule::Berths(at) => (0..shape.calls.len()).filter(|call| shape.calls[*call] == at).collect(),
            Rule::Locks => Vec::new(),
        })
        .collect();
    about.sort_unstable();
    about.dedup();
    let earliest = shape.earliest();
    for pair in about.windows(2) {
        let [least, most] = [0, shape.slack].map(|slack| minutes(earliest[pair[1]] - earliest[pair[0]] + slack));
        text += &format!(
            "; from berthing at call {} to berthing at call {} it takes {} to {}",
            pair[0],
            pair[1],
            span(least),
            span(most)
        );
    }
    text
}

/// A duration in hours and minutes.
fn span(time: Minutes) -> String {
    format!("{}:{:02} h", time.0 / 60, time.0 % 60)
}

#[cfg(test)]
mod tests {
    use super::super::{Expected, SearchLimits, timetable};
    use crate::domain::{FleetIdx, Limit, Line, Loads, Minutes, Problem, Regime, TerminalIdx, Window};
    use crate::input::{Size, generate, read_tables};
    use crate::optimize::control::Control;
    use crate::waterway::Waterway;

    /// A small network without hours or windows, one berth at each terminal.
    fn problem() -> Problem {
        let mut problem = read_tables(&generate(&Size::default(), 1)).unwrap_or_else(|errors| panic!("{errors}"));
        for terminal in &mut problem.terminals {
            (terminal.berths, terminal.open) = (1, None);
            terminal.windows.clear();
        }
        problem
    }

    /// Why services that shuttle once a week between two terminals, with so many hours alongside at each, find no times.
    fn unplaced(problem: &Problem, hours: &[[i64; 2]]) -> Vec<String> {
        let shuttle = |hours: &[i64; 2]| Line {
            calls: vec![TerminalIdx(0), TerminalIdx(1)],
            fleet: FleetIdx(0),
            regime: Regime::Mixed,
            mixed_direction: true,
            vessels: 1,
            sailings: 1,
            dwell: hours.map(|hours| Minutes(hours * 60)).to_vec(),
            handling: Minutes(0),
        };
        let lines: Vec<Line> = hours.iter().map(shuttle).collect();
        let count = lines.len();
        let loads = Loads { aboard: vec![vec![1.0; 2]; count], deliveries: vec![Vec::new(); count], transfers: Vec::new() };
        let free = || vec![Vec::new(); count];
        let expected = Expected { loads, pinned: free(), meets: vec![Vec::new(); count], former: free() };
        let limits = SearchLimits { deadline: None, rounds: 5, nodes: 5, seed: 1, shuffled: false };
        let table = timetable(problem, &Waterway::new(problem), &lines, &expected, &limits, &Control::silent(Limit::Work(5)));
        table.unplaced.into_iter().map(|unplaced| unplaced.reason).collect()
    }

    /// Two services cannot both have the berth of a terminal for 90 of 168 hours; at the other terminal there is room.
    #[test]
    fn a_service_without_times_names_the_berths_that_are_held_and_no_others() {
        let problem = problem();
        assert_eq!(unplaced(&problem, &[[70, 1], [70, 1]]), Vec::<String>::new());
        let code = &problem.terminal(TerminalIdx(0)).code;
        assert_eq!(
            unplaced(&problem, &[[90, 1], [90, 1]]),
            [format!("no times keep this: the berths that other services hold at {code}")]
        );
    }

    /// A terminal agrees to an hour a week at one berth: two services of an hour need both more time and another berth.
    #[test]
    fn windows_and_the_berths_in_them_are_named_together() {
        let mut problem = problem();
        problem.terminals[0].windows = vec![Window { from: Minutes(600), to: Minutes(660), berths: 1 }];
        assert_eq!(unplaced(&problem, &[[1, 1]]), Vec::<String>::new());
        let code = problem.terminal(TerminalIdx(0)).code.clone();
        let clash =
            format!("no times keep all of this: the agreed windows of {code}; the berths that other services hold at {code}");
        assert_eq!(unplaced(&problem, &[[1, 1], [1, 1]]), [clash]);
    }
}
