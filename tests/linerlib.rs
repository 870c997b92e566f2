//! Liner networks in the format of LINERLIB: reading, costs and the command, on a made-up folder that is always there, and against the
//! public data and an independent evaluator where `WATERBUS_LINERLIB` (the folder `data`) and `WATERBUS_LINERLIB_EVAL` (the script) say
//! where these are. `WATERBUS_PYTHON` names the Python that runs it; `python3` if it is not set.

#[path = "linerlib/command.rs"]
mod command;
#[path = "linerlib/costs.rs"]
mod costs;
#[path = "linerlib/evaluator.rs"]
mod evaluator;
#[path = "linerlib/flow.rs"]
mod flow;
#[path = "linerlib/public.rs"]
mod public;
#[path = "linerlib/reading.rs"]
mod reading;

use std::path::{Path, PathBuf};
use waterbus::domain::liner::{Case, LinerProblem, PortIdx};
use waterbus::input::{LinerChoice, read_linerlib};

/// The made-up folder.
fn tiny_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/linerlib/data")
}

fn read(folder: &Path, instance: &str, case: Case, limits_transit: bool) -> LinerProblem {
    let choice = LinerChoice { instance: instance.to_owned(), case, limits_transit };
    read_linerlib(folder, &choice).unwrap_or_else(|errors| panic!("{errors}"))
}

fn tiny() -> LinerProblem {
    read(&tiny_folder(), "Tiny", Case::Base, false)
}

/// Ports by their codes.
fn calls(problem: &LinerProblem, codes: &[&str]) -> Vec<PortIdx> {
    let find = |code: &&str| problem.ports.iter().position(|port| port.code == *code).expect("the port is there").into();
    codes.iter().map(find).collect()
}
