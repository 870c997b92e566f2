//! What can be asked on the command line.

use super::settings::{DATABASE, SettingsArgs};
use super::times::read_time;
use super::weighing::WeighingArgs;
use crate::domain::liner::Case;
use crate::domain::{Cargo, Limit, Minutes, Practice, SharingRule, Trade};
use crate::service::access::Role;
use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::time::Duration;

/// Time for a plan when none is given.
const PLAN_TIME: &str = "60s";
/// Time for the plan of the demonstration when none is given.
const DEMO_TIME: &str = "120s";
/// A week: more is a slip of the pen.
const LONGEST: Duration = Duration::from_secs(7 * 24 * 3600);

/// Plans and publishes a water freight bus: barge services with fixed rotations, a weekly timetable and shared slots.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true)]
#[command(after_help = "An INSTANCE is a folder of tables, such as instances/pearl-river.\n\
    Exit status: 0 success, 1 negative answer, 2 bad input, 3 limit reached without a plan.")]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Validate an instance; all its errors at once
    Check(CheckArgs),
    /// Make a plan: services, timetable and slots
    Plan(PlanArgs),
    /// Recompute a plan's money and indicators and list its violations
    Audit(AuditArgs),
    /// Show the timetable as text
    Show(ShowArgs),
    /// Show two plans side by side: money, service, berths, and what changes for whom
    Compare(CompareArgs),
    /// Find ways for a box: what sails, when it must be at the quay, the room, the price, the emissions
    Journeys(JourneysArgs),
    /// Settle between the members: who brings, uses, receives and pays what, and the proof
    Settle(SettleArgs),
    /// Serve a plan over HTTP, as a page and as JSON
    Serve(ServeArgs),
    /// Make keys for the service
    #[command(subcommand)]
    Key(KeyCommand),
    /// Take planning jobs from a database; any number of workers on any machines
    Worker(WorkerArgs),
    /// Back up, restore and verify a database
    #[command(subcommand)]
    Db(Db),
    /// Write a random instance
    Generate(GenerateArgs),
    /// Design networks on public benchmarks
    #[command(subcommand)]
    Bench(Bench),
}

#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Folder of the instance
    pub instance: PathBuf,
    /// Print the result as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct PlanArgs {
    /// Folder of the instance
    pub instance: PathBuf,
    /// File the plan is written to
    #[arg(short, long, value_name = "PLAN.json")]
    pub output: PathBuf,
    #[command(flatten)]
    pub search: SearchArgs,
    /// A plan to start from: the answer is not worse, if it keeps the rules
    #[arg(long, value_name = "PLAN.json")]
    pub start: Option<PathBuf>,
    /// What of the start has to stay, services and times: a JSON list, see models/timetable.md
    #[arg(long, value_name = "PINS.json", requires = "start")]
    pub pin: Option<PathBuf>,
    /// Keep services and times of the start as far as the instance still lets them: as few calls as possible move
    #[arg(long, requires = "start")]
    pub stay: bool,
    /// The moment of planning, such as 2026-12-07T06:00: calls within the freeze horizon after it keep their times
    #[arg(long, value_name = "TIME", value_parser = read_time, requires = "stay")]
    pub from: Option<Minutes>,
    /// Rules of trade that the plan follows
    #[arg(long, value_enum, default_value_t = PracticeName::WaterBus)]
    practice: PracticeName,
    #[command(flatten)]
    pub weighing: WeighingArgs,
}

#[derive(Debug, Args)]
pub struct SettleArgs {
    /// Folder of the instance
    pub instance: PathBuf,
    /// The plan, as `waterbus plan` wrote it
    #[arg(value_name = "PLAN.json")]
    pub plan: PathBuf,
    /// How the profit is divided
    #[arg(long, value_enum, default_value_t = RuleName::Fair)]
    rule: RuleName,
    /// Show one member's account and proof, as that member may see it
    #[arg(long, value_name = "M", conflicts_with = "redesign")]
    pub member: Option<String>,
    /// Design a network anew for every set of up to so many members, with their own vessels and cargo, and compare
    #[arg(long, value_name = "SIZE", num_args = 0..=1, default_missing_value = "1", value_parser = clap::value_parser!(u8).range(1..=16))]
    pub redesign: Option<u8>,
    /// Find the swaps of slots that these wishes allow: a JSON list, see models/alliance.md
    #[arg(long, value_name = "WISHES.json", conflicts_with_all = ["redesign", "member"])]
    pub exchange: Option<PathBuf>,
    /// Steps of the search for each of these networks
    #[arg(long, value_name = "N", default_value_t = 40, requires = "redesign")]
    pub work_limit: u64,
    /// Seed of these searches
    #[arg(long, value_name = "N", default_value_t = 1, requires = "redesign")]
    pub seed: u64,
    /// Threads [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Print the result as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RuleName {
    /// Shapley if no set of members would do better alone, else the nearest such division, else the nucleolus
    Fair,
    /// Contributions averaged over all orders
    Shapley,
    /// The worst-off set as well off as can be
    Nucleolus,
    /// Slots and cargo at their bid prices
    Owen,
}

impl SettleArgs {
    pub fn rule(&self) -> SharingRule {
        match self.rule {
            RuleName::Fair => SharingRule::Fair,
            RuleName::Shapley => SharingRule::Shapley,
            RuleName::Nucleolus => SharingRule::Nucleolus,
            RuleName::Owen => SharingRule::Owen,
        }
    }

    pub fn threads(&self) -> usize {
        self.threads.map_or_else(cores, usize::from)
    }
}

/// How long, from which seed and with how many threads to search.
#[derive(Debug, Args)]
pub struct SearchArgs {
    /// Time for the search, such as 60s, 2m or 1h [default: 60s]
    #[arg(long, value_name = "TIME", value_parser = parse_time, conflicts_with = "work_limit")]
    time_limit: Option<Duration>,
    /// Steps of the search: the same limit, seed and threads give the same plan
    #[arg(long, value_name = "N")]
    work_limit: Option<u64>,
    /// Seed of the search's random choices
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Threads of the search [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum PracticeName {
    /// Shared vessels, several calls, loading and discharging on the way
    WaterBus,
    /// Hub shuttles, separate vessels for domestic and foreign trade
    SeparateTrades,
}

impl SearchArgs {
    pub fn limit(&self) -> Limit {
        match (self.work_limit, self.time_limit) {
            (Some(work), _) => Limit::Work(work),
            (None, Some(time)) => Limit::TimeS(time.as_secs()),
            (None, None) => Limit::TimeS(parse_time(PLAN_TIME).map_or(60, |time| time.as_secs())),
        }
    }

    pub fn threads(&self) -> usize {
        self.threads.map_or_else(cores, usize::from)
    }
}

impl PlanArgs {
    pub fn practice(&self) -> Practice {
        match self.practice {
            PracticeName::WaterBus => Practice::WaterBus,
            PracticeName::SeparateTrades => Practice::SeparateTrades,
        }
    }
}

/// Cores of this machine, as far as it tells.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

#[derive(Debug, Args)]
pub struct AuditArgs {
    /// Folder of the instance
    pub instance: PathBuf,
    /// The plan's file
    #[arg(value_name = "PLAN.json")]
    pub plan: PathBuf,
    /// Print the auditor's report as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The plan's file
    #[arg(value_name = "PLAN.json")]
    pub plan: PathBuf,
    /// Only this service
    #[arg(long, value_name = "S", conflicts_with = "terminal")]
    pub service: Option<String>,
    /// The board of this terminal: its calls in time order, with load lists
    #[arg(long, value_name = "T")]
    pub terminal: Option<String>,
    /// Dates of the cycle that starts on this Monday, such as 2026-12-07, instead of weekdays
    #[arg(long, value_name = "DATE")]
    pub from_date: Option<NaiveDate>,
    /// Print the whole plan as JSON
    #[arg(long, conflicts_with_all = ["service", "terminal", "from_date"])]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct CompareArgs {
    /// Folder of the instance
    pub instance: PathBuf,
    /// The plan to compare with
    #[arg(value_name = "A.json")]
    pub a: PathBuf,
    /// The plan whose changes are shown
    #[arg(value_name = "B.json")]
    pub b: PathBuf,
    /// Print the comparison as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct JourneysArgs {
    /// The plan's file
    #[arg(value_name = "PLAN.json")]
    pub plan: PathBuf,
    /// Terminal where the box is handed over
    #[arg(long, value_name = "T")]
    pub from: String,
    /// Terminal where it is fetched; that of the ship with --mother-vessel
    #[arg(long, value_name = "T", required_unless_present = "mother_vessel")]
    pub to: Option<String>,
    /// The box can be handed over from then on, such as 2026-12-07T06:00 [default: now]
    #[arg(long, value_name = "TIME", group = "when")]
    pub depart: Option<String>,
    /// The box must have arrived by then
    #[arg(long, value_name = "TIME", group = "when")]
    pub arrive: Option<String>,
    /// All departures of the week that starts on this day
    #[arg(long, value_name = "DATE", group = "when")]
    pub week: Option<NaiveDate>,
    /// The box must meet the next barge cut-off of this ship
    #[arg(long, value_name = "M", group = "when")]
    pub mother_vessel: Option<String>,
    /// Customs status of the box
    #[arg(long, value_enum, default_value_t = TradeName::Domestic)]
    trade: TradeName,
    /// What the box needs on board
    #[arg(long, value_enum, default_value_t = CargoName::Dry)]
    cargo: CargoName,
    /// Slots that the boxes take
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub teu: u32,
    /// Gross mass of all boxes together
    #[arg(long, value_name = "KG", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=304_800_000))]
    pub weight_kg: u32,
    /// Most changes from barge to barge
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u8).range(0..=3))]
    pub transshipments: u8,
    /// Most ways that are printed
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub most: u16,
    /// Folder of the plan's instance, for transshipments, prices and emissions [default: instances/NAME, if it is there]
    #[arg(long, value_name = "FOLDER")]
    pub instance: Option<PathBuf>,
    /// Print the ways as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum TradeName {
    Export,
    Import,
    Transit,
    Domestic,
    CrossBorderDomestic,
    Empty,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum CargoName {
    Dry,
    /// Needs a plug
    Reefer,
    /// Dangerous goods
    Dangerous,
}

impl JourneysArgs {
    pub fn trade(&self) -> Trade {
        match self.trade {
            TradeName::Export => Trade::Export,
            TradeName::Import => Trade::Import,
            TradeName::Transit => Trade::Transit,
            TradeName::Domestic => Trade::Domestic,
            TradeName::CrossBorderDomestic => Trade::CrossBorderDomestic,
            TradeName::Empty => Trade::Empty,
        }
    }

    pub fn cargo(&self) -> Cargo {
        match self.cargo {
            CargoName::Dry => Cargo::Dry,
            CargoName::Reefer => Cargo::Reefer,
            CargoName::Dangerous => Cargo::Dangerous,
        }
    }
}

#[derive(Debug, Args)]
pub struct ServeArgs {
    #[command(flatten)]
    pub settings: SettingsArgs,
    /// Plan an instance first and publish that plan, in a database that is gone afterwards unless one is named
    #[arg(long, conflicts_with = "plan")]
    pub demo: bool,
    /// Publish a finished plan first, in a database that is gone afterwards unless one is named
    #[arg(long, num_args = 2, value_names = ["INSTANCE", "PLAN.json"])]
    pub plan: Option<Vec<PathBuf>>,
    /// Instance of the demonstration
    #[arg(long, value_name = "FOLDER", default_value = "instances/pearl-river", requires = "demo")]
    pub instance: PathBuf,
    /// Time for the demonstration's plan
    #[arg(long, value_name = "TIME", value_parser = parse_time, default_value = DEMO_TIME, requires = "demo")]
    pub time_limit: Duration,
}

#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// Make a key and print it, this once
    Create(KeyCreateArgs),
}

#[derive(Debug, Args)]
pub struct KeyCreateArgs {
    /// What the holder is to the alliance
    #[arg(long, value_parser = parse_role)]
    pub role: Role,
    /// The holder's company, for the role member alone
    #[arg(long, value_name = "M")]
    pub member: Option<String>,
    /// What the key is for, to tell it from others
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub label: String,
    #[command(flatten)]
    pub database: DatabaseArgs,
}

/// Which database a command works on.
#[derive(Debug, Args)]
pub struct DatabaseArgs {
    /// Database: sqlite://FILE or postgres://USER@HOST/NAME
    #[arg(long, env = "WATERBUS_DATABASE", value_name = "URL", default_value = DATABASE, hide_env_values = true)]
    pub database: String,
}

#[derive(Debug, Args)]
#[command(mut_arg("listen", |arg| arg.hide(true)), mut_arg("requests_per_second", |arg| arg.hide(true)))]
#[command(mut_arg("plain_cookie", |arg| arg.hide(true)), mut_arg("open_metrics", |arg| arg.hide(true)))]
#[command(mut_arg("behind_proxy", |arg| arg.hide(true)))]
pub struct WorkerArgs {
    /// The settings of a server, so that both may share a file; those about HTTP mean nothing here
    #[command(flatten)]
    pub settings: SettingsArgs,
}

#[derive(Debug, Subcommand)]
pub enum Db {
    /// Write the whole database to a file while servers and workers go on
    Backup(BackupArgs),
    /// Bring a backup into an empty database, SQLite or PostgreSQL
    Restore(BackupArgs),
    /// Recompute every hash and list all damage
    Verify(VerifyArgs),
}

#[derive(Debug, Args)]
pub struct BackupArgs {
    #[command(flatten)]
    pub database: DatabaseArgs,
    /// The backup: one SQLite file, whatever the database is
    pub file: PathBuf,
}

#[derive(Debug, Args)]
pub struct VerifyArgs {
    #[command(flatten)]
    pub database: DatabaseArgs,
    /// Print the damage as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct GenerateArgs {
    /// Folder to write, new or empty
    pub out: PathBuf,
    /// Terminals of the network, hubs included
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(2..=900))]
    pub terminals: u16,
    /// Rows of demand; vessels and members grow with them [default: 8 for each terminal]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=50_000))]
    pub demands: Option<u32>,
    /// Seed of all random choices: the same seed and size give the same bytes
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
}

#[derive(Debug, Subcommand)]
pub enum Bench {
    /// Weekly liner services for an instance of LINERLIB
    Linerlib(LinerlibArgs),
    /// A periodic timetable for a file of PESPlib
    Pesplib(PesplibArgs),
    /// The services of a plan timed anew, with the problem in numbers for another solver
    Timetable(TimetableArgs),
}

#[derive(Debug, Args)]
pub struct TimetableArgs {
    /// Folder of the instance
    pub instance: PathBuf,
    /// The plan's file
    #[arg(value_name = "PLAN.json")]
    pub plan: PathBuf,
    /// File that problem and answer are written to
    #[arg(short, long, value_name = "CASE.json")]
    pub output: PathBuf,
    #[command(flatten)]
    pub search: SearchArgs,
}

#[derive(Debug, Args)]
pub struct PesplibArgs {
    /// File of PESPlib: events, activities and a period
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// File the times are written to
    #[arg(short, long, value_name = "TIMETABLE.txt")]
    pub output: PathBuf,
    #[command(flatten)]
    pub search: SearchArgs,
}

#[derive(Debug, Args)]
pub struct LinerlibArgs {
    /// Folder `data` of LINERLIB
    pub data_dir: PathBuf,
    /// Name of the instance, such as Baltic
    pub instance: String,
    /// File the services are written to
    #[arg(short, long, value_name = "SERVICES.json")]
    pub output: PathBuf,
    /// How dear and how many vessels are
    #[arg(long, value_enum, default_value_t = CaseName::Base)]
    case: CaseName,
    /// Keep transit times, the revised ones where the instance has them
    #[arg(long)]
    pub transit: bool,
    /// Most calls of one service at one port [default: any number]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub max_visits: Option<u32>,
    /// Longest round trip in weeks, which is also the most vessels of one service [default: any]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub max_weeks: Option<u32>,
    #[command(flatten)]
    pub search: SearchArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum CaseName {
    /// Charter rates times 1.4, vessels times 0.8
    Low,
    /// As in the files
    Base,
    /// Charter rates times 0.8, vessels times 1.2
    High,
}

impl LinerlibArgs {
    pub fn case(&self) -> Case {
        match self.case {
            CaseName::Low => Case::Low,
            CaseName::Base => Case::Base,
            CaseName::High => Case::High,
        }
    }
}

fn parse_role(text: &str) -> Result<Role, String> {
    let names = Role::ALL.map(Role::name).join(", ");
    Role::try_from(text.to_owned()).map_err(|_| format!("roles are {names}"))
}

/// Reads a duration: whole hours, minutes and seconds in this order, such as `60s`, `2m`, `1h30m`; at least a second, at most a week.
fn parse_time(text: &str) -> Result<Duration, String> {
    let wrong = || format!("`{text}` is no time; write it as 60s, 2m or 1h30m");
    let mut seconds: u64 = 0;
    let mut rest = text;
    for (unit, size) in [('h', 3600), ('m', 60), ('s', 1)] {
        let Some((number, after)) = rest.split_once(unit) else {
            continue;
        };
        let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let number: u64 = number.parse().ok().filter(|_| digits).ok_or_else(wrong)?;
        seconds = number.checked_mul(size).and_then(|part| seconds.checked_add(part)).ok_or_else(wrong)?;
        rest = after;
    }
    match (rest.is_empty(), Duration::from_secs(seconds)) {
        (true, time) if time.is_zero() => Err("the time must be at least 1s".to_owned()),
        (true, time) if time > LONGEST => Err("the time must be at most 168h".to_owned()),
        (true, time) => Ok(time),
        (false, _) => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_commands_are_declared_without_contradiction() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_time_is_hours_minutes_and_seconds() {
        for (text, seconds) in [("60s", 60), ("2m", 120), ("1h", 3600), ("1h30m", 5400), ("1m5s", 65)] {
            assert_eq!(parse_time(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["", "60", "0s", "s", "-1s", "+1s", "1.5m", "5s1m", "169h", "99999999999999999999s", "18446744073709551615h"]
        {
            assert!(parse_time(text).is_err(), "{text}");
        }
    }
}
