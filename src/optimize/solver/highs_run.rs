//! One HiGHS run: options, start, callbacks for progress and cancelling, and an honest reading of the outcome. The only unsafe code of
//! the project: HiGHS hands callbacks through C.
#![expect(unsafe_code, reason = "HiGHS reports progress and takes interrupts through C callbacks only")]

use super::{Answer, Control, Limits, Model, Status, Talk};
use highs::{HighsModelStatus, HighsSolutionStatus};
use std::ffi::{c_char, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// What the callbacks of one run may see.
struct Reins<'a> {
    control: &'a Control,
    deadline: Option<Instant>,
    talk: Talk<'a>,
    columns: usize,
}

/// The callbacks in use: simplex, interior point and MIP interrupts, MIP log lines for progress, and assignments found elsewhere.
const CALLBACKS: [highs_sys::HighsInt; 5] = [
    highs_sys::kHighsCallbackSimplexInterrupt,
    highs_sys::kHighsCallbackIpmInterrupt,
    highs_sys::kHighsCallbackMipInterrupt,
    highs_sys::kHighsCallbackMipLogging,
    highs_sys::kHighsCallbackCallbackMipUserSolution,
];

/// Called by HiGHS: passes progress on, brings news, and stops the run when it is over.
unsafe extern "C" fn callback(
    kind: c_int,
    _message: *const c_char,
    out: *const highs_sys::HighsCallbackDataOut,
    into: *mut highs_sys::HighsCallbackDataIn,
    user: *mut c_void,
) {
    let _ = catch_unwind(AssertUnwindSafe(|| {
        // SAFETY: `user` is the `Reins` that `run` keeps alive during the solve; HiGHS passes valid or null data pointers.
        let (reins, out, into) = unsafe { (&*user.cast::<Reins>(), out.as_ref(), into.as_mut()) };
        if let Some(out) = out.filter(|_| kind == highs_sys::kHighsCallbackMipLogging) {
            (reins.talk.watch)(out.mip_primal_bound, out.mip_dual_bound);
        }
        let Some(into) = into else { return };
        if kind == highs_sys::kHighsCallbackCallbackMipUserSolution {
            // a run cannot be stopped here
            if let Some(values) = (reins.talk.news)().filter(|values| values.len() == reins.columns) {
                let size = values.len() as highs_sys::HighsInt;
                // SAFETY: HiGHS copies as many values as it is told there are.
                let status = unsafe { highs_sys::Highs_setCallbackSolution(into, size, values.as_ptr()) };
                // the call leaves the mark in this copy of its input as it was
                into.user_has_solution = c_int::from(status == highs_sys::STATUS_OK);
            }
        } else if reins.control.is_over(reins.deadline) {
            into.user_interrupt = 1;
        }
    }));
}

/// Solves and reads the outcome.
pub(super) fn run(mut inner: highs::Model, model: &Model, limits: &Limits, control: &Control, talk: Talk) -> Answer {
    if let Err(text) = set_options(&mut inner, limits) {
        return Answer::without_values(Status::Failed(text), f64::INFINITY);
    }
    if let Some(start) = limits.start
        && inner.try_set_solution(Some(start), None, None, None).is_err()
    {
        return Answer::without_values(Status::Failed("start assignment refused".to_owned()), f64::INFINITY);
    }
    let reins = Reins { control, deadline: limits.deadline, talk, columns: model.columns() };
    // SAFETY: the pointer is this model's; `reins` outlives the solve below, which is the only time HiGHS calls back.
    unsafe {
        highs_sys::Highs_setCallback(inner.as_mut_ptr(), Some(callback), std::ptr::from_ref(&reins).cast_mut().cast());
        for kind in CALLBACKS {
            highs_sys::Highs_startCallback(inner.as_mut_ptr(), kind);
        }
    }
    match inner.try_solve() {
        Ok(solved) => read(&solved, model),
        Err(status) => Answer::without_values(Status::Failed(format!("HiGHS returned {status:?}")), f64::INFINITY),
    }
}

fn set_options(inner: &mut highs::Model, limits: &Limits) -> Result<(), String> {
    inner.make_quiet();
    let failed = |name: &str| format!("HiGHS refused the option {name}");
    inner.try_set_option("threads", 1).map_err(|_| failed("threads"))?;
    inner.try_set_option("parallel", "off").map_err(|_| failed("parallel"))?;
    inner.try_set_option("random_seed", (limits.seed % 1_000_000) as i32).map_err(|_| failed("random_seed"))?;
    inner.try_set_option("mip_rel_gap", limits.gap).map_err(|_| failed("mip_rel_gap"))?;
    inner.try_set_option("mip_abs_gap", 1e-6).map_err(|_| failed("mip_abs_gap"))?;
    if limits.prove {
        inner.try_set_option("mip_heuristic_effort", 0.0).map_err(|_| failed("mip_heuristic_effort"))?;
        for name in ["mip_heuristic_run_rins", "mip_heuristic_run_rens", "mip_heuristic_run_root_reduced_cost"] {
            inner.try_set_option(name, false).map_err(|_| failed(name))?;
        }
    }
    if let Some(nodes) = limits.nodes {
        let nodes = i32::try_from(nodes).unwrap_or(i32::MAX);
        inner.try_set_option("mip_max_nodes", nodes).map_err(|_| failed("mip_max_nodes"))?;
    }
    if let Some(deadline) = limits.deadline {
        let left = deadline.saturating_duration_since(Instant::now()).max(Duration::from_millis(10));
        inner.try_set_option("time_limit", left.as_secs_f64()).map_err(|_| failed("time_limit"))?;
    }
    Ok(())
}

fn read(solved: &highs::SolvedModel, model: &Model) -> Answer {
    let is_mip = model.columns.iter().any(|column| column.integer);
    let has_values = solved.primal_solution_status() == HighsSolutionStatus::Feasible;
    let status = match solved.status() {
        HighsModelStatus::Optimal | HighsModelStatus::ModelEmpty => Status::Optimal,
        HighsModelStatus::Infeasible => Status::Infeasible,
        HighsModelStatus::Unbounded => Status::Unbounded,
        HighsModelStatus::ReachedTimeLimit
        | HighsModelStatus::ReachedSolutionLimit
        | HighsModelStatus::ReachedInterrupt
        | HighsModelStatus::ReachedIterationLimit
        | HighsModelStatus::ReachedMemoryLimit => {
            if has_values && is_mip {
                Status::Feasible
            } else {
                Status::NothingFound
            }
        }
        other => Status::Failed(format!("HiGHS ended with {other:?}")),
    };
    let bound = read_bound(solved, is_mip, &status);
    if !matches!(status, Status::Optimal | Status::Feasible) {
        return Answer::without_values(status, bound);
    }
    let solution = solved.get_solution();
    let values = solution.columns().to_vec();
    let prices = if is_mip { Vec::new() } else { solution.dual_rows().to_vec() };
    let objective = model.value_of(&values);
    Answer { status, values, prices, objective, bound: bound.max(objective), nodes: read_nodes(solved) }
}

fn read_bound(solved: &highs::SolvedModel, is_mip: bool, status: &Status) -> f64 {
    match status {
        Status::Infeasible => f64::NEG_INFINITY,
        Status::Optimal if !is_mip => solved.objective_value(),
        _ if is_mip => solved.double_info_value(c"mip_dual_bound").unwrap_or(f64::INFINITY),
        _ => f64::INFINITY,
    }
}

fn read_nodes(solved: &highs::SolvedModel) -> u64 {
    let mut nodes: i64 = 0;
    // SAFETY: the name is a C string, the model is alive, and the value HiGHS writes for this name is a 64-bit integer.
    let status = unsafe { highs_sys::Highs_getInt64InfoValue(solved.as_ptr(), c"mip_node_count".as_ptr(), &raw mut nodes) };
    if status == 0 { u64::try_from(nodes).unwrap_or(0) } else { 0 }
}
