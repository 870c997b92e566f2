//! What every set of members earns: one program after another, each from the best flow of the one before, from which one member differs.

use super::program::Program;
use crate::domain::{Cents, members_of};
use crate::optimize::control::Control;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// Members whose presence is the same within a block of sets; blocks are worked on side by side.
const BLOCK_MEMBERS: usize = 3;

/// By set, earnings less nothing, currency units; `None` when the deadline came first or rounding kept a program from its end. The same
/// for any number of threads.
pub fn earnings(program: &Program, threads: usize, control: &Control, deadline: Option<Instant>) -> Option<Vec<f64>> {
    let members = program.members;
    let mut order: Vec<usize> = (0..members).collect();
    order.sort_by(|a, b| program.size_of(*a).total_cmp(&program.size_of(*b)).then(a.cmp(b)));
    let fixed = BLOCK_MEMBERS.min(members);
    let start = program.solve()?;
    let found = Mutex::new(vec![f64::NAN; 1 << members]);
    let next = AtomicUsize::new(0);
    let work = || {
        loop {
            let block = next.fetch_add(1, Ordering::Relaxed);
            if block >= 1 << fixed {
                break;
            }
            let mut lp = start.clone();
            let mut was = (1 << members) - 1;
            let mut own = Vec::with_capacity(1 << (members - fixed));
            for step in 0..1_usize << (members - fixed) {
                let gray = (step ^ (step >> 1)) | block << (members - fixed);
                let set = members_of(gray).map(|place| 1 << order[place]).sum();
                let value = if control.is_over(deadline) { None } else { program.value(&mut lp, was, set) };
                let Some(value) = value else { return };
                own.push((set, value));
                was = set;
            }
            if let Ok(mut found) = found.lock() {
                own.into_iter().for_each(|(set, value)| found[set] = value);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.clamp(1, 1 << fixed) {
            scope.spawn(work);
        }
        work();
    });
    let found = found.into_inner().ok()?;
    found.iter().all(|value| value.is_finite()).then_some(found)
}

/// The game in whole cents: earnings rounded down, less the operating costs that the members of a set bear; of all members, the profit.
pub fn in_cents(earnings: &[f64], borne: &[Cents], profit: Cents) -> Vec<Cents> {
    let value = |(set, earned): (usize, &f64)| {
        let costs: Cents = members_of(set).map(|member| borne[member]).sum();
        Cents((earned * 100.0 + 1e-4).floor() as i64) - costs
    };
    let mut values: Vec<Cents> = earnings.iter().enumerate().map(value).collect();
    if let Some(first) = values.first_mut() {
        *first = Cents(0);
    }
    if let Some(last) = values.last_mut() {
        *last = profit;
    }
    values
}
