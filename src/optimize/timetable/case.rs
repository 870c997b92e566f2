//! The numbers of a timetable and of the problem it answers, for another solver.

use super::LOST_CYCLES;
use super::board::{Board, CutOff};
use super::shape::Shape;
use crate::domain::{CaseLock, CaseService, CaseShip, CaseTerminal, TimetableCase};

/// Reads a board. The bound is that of the services which have times.
pub fn read(board: &Board, bound: f64) -> TimetableCase {
    let services = (0..board.shapes.len()).map(|place| service(board, place));
    let terminals = board
        .terminals()
        .iter()
        .map(|terminal| CaseTerminal { berths: terminal.berth_count(), open: terminal.intervals().to_vec() });
    TimetableCase {
        slots: board.slots,
        transfer: board.transfer(),
        lost: LOST_CYCLES * board.slots as f64,
        services: services.collect(),
        terminals: terminals.collect(),
        connections: board.connections().to_vec(),
        value: board.total_cost(),
        bound,
    }
}

fn service(board: &Board, place: usize) -> CaseService {
    let Shape { calls, dwell, run, wait, locks, shifts, slack, aboard, speeds, urgent, .. } = board.shapes[place].clone();
    let lock = |(link, after, holds): &(crate::domain::LinkIdx, i64, usize)| CaseLock {
        lock: link.row(),
        after: *after,
        holds: *holds as i64,
    };
    let ship = |cut_off: &CutOff| {
        let CutOff { ship, teu } = *cut_off;
        CaseShip { call: ship.call, cut_off: ship.cut_off, longest_wait: ship.longest_wait, teu }
    };
    CaseService {
        calls: calls.iter().map(|call| call.row()).collect(),
        locks: locks.iter().map(|locks| locks.iter().map(lock).collect()).collect(),
        ships: board.cut_offs(place).iter().map(ship).collect(),
        berthings: board.patterns[place].as_ref().map(|pattern| pattern.berthing.clone()),
        dwell,
        run,
        wait,
        shifts,
        slack,
        aboard,
        speeds,
        urgent,
    }
}
