//! The commands. In: arguments. Out: results on standard output, progress and errors on standard error, and an exit status: 0 success,
//! 1 a negative answer, 2 bad input, 3 a limit reached without a plan. Rules guarded: what a reader closes early is no failure, and an
//! interrupted search still writes the best plan it has.

mod args;
mod bench;
mod check;
mod db;
mod generate;
mod journeys;
mod key;
mod logging;
mod output;
mod plan;
mod progress;
mod reports;
mod serve;
mod settings;
mod settle;
mod times;
mod weighing;
mod worker;

use anyhow::Context;
use args::{Arguments, Bench, Command, KeyCommand};
use clap::Parser;
use std::ffi::OsString;
use std::process::ExitCode;

/// How a command ended; the number is the exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    Success = 0,
    /// The answer is no: a plan with violations.
    Negative = 1,
    /// Arguments, files or data are wrong.
    BadInput = 2,
    /// The search ended without a plan.
    NoPlan = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Runs the program with its arguments, the first of which is its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(message) => {
            // help and version are answers, not errors; a closed pipe is no failure
            let _ = message.print();
            return if message.use_stderr() { Exit::BadInput.into() } else { Exit::Success.into() };
        }
    };
    match obey(arguments.command) {
        Ok(exit) => exit.into(),
        Err(error) => {
            output::tell(&format!("{error:#}"));
            Exit::BadInput.into()
        }
    }
}

fn obey(command: Command) -> anyhow::Result<Exit> {
    match command {
        Command::Check(args) => check::run(&args),
        Command::Plan(args) => plan::run(args),
        Command::Audit(args) => reports::audit(&args),
        Command::Show(args) => reports::show(&args),
        Command::Compare(args) => reports::compare(&args),
        Command::Journeys(args) => journeys::run(&args),
        Command::Settle(args) => settle::run(&args),
        Command::Serve(args) => serve::run(args),
        Command::Key(KeyCommand::Create(args)) => key::create(&args),
        Command::Worker(args) => worker::run(&args),
        Command::Db(command) => db::run(&command),
        Command::Generate(args) => generate::run(&args),
        Command::Bench(Bench::Linerlib(args)) => bench::linerlib(&args),
        Command::Bench(Bench::Pesplib(args)) => bench::pesplib(&args),
        Command::Bench(Bench::Timetable(args)) => bench::timetable(&args),
    }
}

/// What runs the commands that wait for a network or a database.
fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().context("the program cannot start its threads")
}
