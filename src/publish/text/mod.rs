//! The timetable as text that a scheduler reads in a terminal or on paper, at most [`WIDTH`] columns wide. Names are the English ones:
//! a Chinese character takes two columns in a terminal, and not everywhere.

mod board;
mod comparison;
mod moves;
mod service;
mod settlement;

pub use board::board;
pub use comparison::comparison;
pub use moves::moved_calls;
pub use settlement::{member_settlement as member_settlement_text, settlement as settlement_text, standing_alone, swaps};

use super::figures::{self, UNKNOWN};
use super::view::View;
use super::{Clock, PlanDocument};
use crate::domain::*;

/// Columns of the widest line.
const WIDTH: usize = 110;

/// The whole timetable: what the plan is, its services, then each service with its calls and slots.
pub fn timetable(document: &PlanDocument, clock: Clock) -> String {
    let view = View::new(&document.plan);
    let mut text = header(&view, &document.report);
    text += &service_list(&view);
    for service in &document.plan.services {
        text.push('\n');
        text += &service::table(&view, service, clock);
    }
    clean(text)
}

/// One service of the timetable; `None` when the plan has no such service.
pub fn service(document: &PlanDocument, code: &ServiceCode, clock: Clock) -> Option<String> {
    let view = View::new(&document.plan);
    let service = document.plan.find_service(code)?;
    Some(clean(service::table(&view, service, clock)))
}

/// What the plan is, how good it is, and what made it, in some lines.
pub fn summary(document: &PlanDocument) -> String {
    clean(header(&View::new(&document.plan), &document.report))
}

/// What the auditor found: `no violation` and the profit, or the violations one by one.
pub fn findings(document: &PlanDocument) -> String {
    let report = &document.report;
    let profit = figures::money(report.ledger.profit_cents);
    let mut text: String = report.violations.iter().map(|v| format!("{} {}: {}\n", v.rule, v.place, v.message)).collect();
    text += &match report.violations.len() {
        0 => format!("no violation; profit {profit} RMB {}\n", figures::per_cycle(document.plan.cycle_min)),
        number => figures::counted(number as u32, "violation") + "\n",
    };
    clean(text)
}

fn header(view: &View, report: &Report) -> String {
    let plan = view.plan;
    let mut text = titled(&format!("Water bus timetable of {}", plan.made_from.instance), '=');
    let repeats = match figures::per_cycle(plan.cycle_min).as_str() {
        "a week" => "every week".to_owned(),
        period => period.replacen("in", "every", 1),
    };
    text += &fact("Practice", figures::practice(plan.practice));
    text +=
        &fact("Times", &format!("Asia/Shanghai; the timetable repeats {repeats}; +1w is the week after, -1w the week before"));
    text +=
        &fact("Profit", &format!("{} RMB {}", figures::money(report.ledger.profit_cents), figures::per_cycle(plan.cycle_min)));
    text += &worth(&plan.made_from.weights, report).map_or(String::new(), |worth| fact("Worth", &worth));
    text += &fact("Bound", &bound(view));
    text += &fact("Carried", &carried(&report.indicators));
    text += &fact("Left behind", &left_behind(view));
    text += &fact("Audit", &View::verdict(report));
    text += &fact("Made by", &made_by(&plan.made_from));
    text
}

/// What a plan is worth where something counts beside money, and what that is.
fn worth(weights: &Weights, report: &Report) -> Option<String> {
    let counted = [
        (weights.co2_cents_per_t, "a tonne of CO2 costs"),
        (weights.transit_cents_per_teu_day, "a day under way costs a TEU"),
        (weights.carried_cents_per_teu, "a TEU carried brings"),
    ];
    let parts: Vec<String> = counted
        .into_iter()
        .filter(|(weight, _)| *weight != Cents(0))
        .map(|(weight, what)| format!("{what} {}", weight.units()))
        .collect();
    (!parts.is_empty()).then(|| format!("{} RMB, where {}", figures::money(weights.worth(report)), parts.join(", ")))
}

fn bound(view: &View) -> String {
    match view.plan_proof() {
        Some(proof) => {
            let most = figures::whole(proof.bound.round() as i64);
            let what = if view.plan.made_from.weights.are_none() { "profit" } else { "worth" };
            format!("{what} is at most {most} RMB, gap {}; holds for: {}", figures::percent(proof.gap), proof.scope)
        }
        None => "none is stated".to_owned(),
    }
}

fn carried(indicators: &Indicators) -> String {
    format!(
        "{} of {} TEU ({}), {} of them transshipped; slots {} used",
        figures::whole(indicators.carried_teu.0),
        figures::whole(indicators.demand_teu.0),
        figures::percent(indicators.carried_share),
        figures::whole(indicators.transshipped_teu.0),
        figures::percent(indicators.utilisation),
    )
}

fn left_behind(view: &View) -> String {
    let reasons = view.left_by_reason();
    if reasons.is_empty() {
        return "nothing".to_owned();
    }
    let total: Teu = reasons.iter().map(|(_, teu)| *teu).sum();
    let parts: Vec<_> =
        reasons.iter().map(|(reason, teu)| format!("{} {}", figures::whole(teu.0), figures::reason(*reason))).collect();
    format!("{} TEU: {}", figures::whole(total.0), parts.join("; "))
}

fn made_by(made: &MadeFrom) -> String {
    let limit = match made.limit {
        Limit::TimeS(seconds) => format!("time limit {seconds} s"),
        Limit::Work(units) => format!("work limit {units}"),
    };
    let hash: String = made.instance_hash.chars().take(12).collect();
    format!("waterbus {}, seed {}, {limit}, instance data {hash}", made.program_version, made.seed)
}

fn service_list(view: &View) -> String {
    let plan = view.plan;
    let mut text = format!("\n{}\n", figures::counted(plan.services.len() as u32, "service"));
    text += &format!(
        "{:<8} {:>8} {:>7}  {:<8} {:<8} {:<8}  Rotation\n",
        "Service", "Sailings", "Vessels", "Class", "Operator", "Trade"
    );
    for service in &plan.services {
        let lead = format!(
            "{:<8} {:>8} {:>7}  {:<8} {:<8} {:<8}  ",
            service.service,
            service.sailings_per_cycle,
            service.vessels,
            service.class,
            service.operator,
            figures::regime(service.regime)
        );
        text += &hanging(&lead, &rotation(service));
    }
    text
}

/// The calls by code, back to the first.
fn rotation(service: &Service) -> String {
    let codes: Vec<_> = service.calls.iter().chain(service.calls.first()).map(|code| code.0.as_str()).collect();
    codes.join(" - ")
}

/// A line of facts, wrapped under itself.
fn fact(name: &str, value: &str) -> String {
    hanging(&format!("{name:<13}"), value)
}

fn titled(title: &str, underline: char) -> String {
    let line: String = std::iter::repeat_n(underline, title.chars().count().min(WIDTH)).collect();
    format!("{title}\n{line}\n")
}

/// Text after a lead, broken between words at [`WIDTH`]; the lines after the first start below it.
fn hanging(lead: &str, value: &str) -> String {
    let indent = lead.chars().count();
    let mut text = String::new();
    for (number, line) in wrapped(value, WIDTH.saturating_sub(indent)).iter().enumerate() {
        let start = if number == 0 { lead } else { &" ".repeat(indent) };
        text += &format!("{start}{line}");
        text = text.trim_end().to_owned() + "\n";
    }
    text
}

/// Breaks text between words into lines of at most `width` characters; a longer word is cut. At least one line.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let mut word: Vec<char> = word.chars().collect();
        loop {
            let used = lines.last().map_or(0, |line| line.chars().count());
            let room = if used == 0 { width } else { width.saturating_sub(used + 1) };
            if word.len() > room && used > 0 {
                lines.push(String::new());
                continue;
            }
            let rest = word.split_off(word.len().min(room.max(1)));
            if let Some(line) = lines.last_mut() {
                line.extend(if used == 0 { None } else { Some(' ') });
                line.extend(word);
            }
            if rest.is_empty() {
                break;
            }
            word = rest;
            lines.push(String::new());
        }
    }
    lines
}

/// Text cut to a width, so that columns stay in line.
fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}

/// A plan may come from anywhere: what would steer the reader's terminal is shown as a mark.
fn clean(text: String) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> PlanDocument {
        serde_json::from_str(include_str!("../../../tests/cli/fixtures/plan-a.json")).unwrap()
    }

    #[test]
    fn the_timetable_reads_as_agreed() {
        insta::assert_snapshot!(timetable(&document(), Clock::Weekdays));
    }

    #[test]
    fn a_service_can_be_shown_with_dates() {
        let monday = chrono::NaiveDate::from_ymd_opt(2026, 12, 7).unwrap();
        insta::assert_snapshot!(service(&document(), &"S02".into(), Clock::From(monday)).unwrap());
        assert_eq!(service(&document(), &"S99".into(), Clock::Weekdays), None);
    }

    #[test]
    fn no_line_is_wider_than_a_page() {
        let mut document = document();
        let many: Vec<_> = (0..7).map(|number| Sailing { number, ..document.plan.sailings[0].clone() }).collect();
        document.plan.sailings.extend(many);
        document.plan.made_from.instance = "long ".repeat(40);
        document.plan.services[0].calls.iter_mut().for_each(|call| call.0 = "LONGCODE".to_owned());
        let text = timetable(&document, Clock::Weekdays) + &board(&document, &"NSA".into(), Clock::Weekdays).unwrap();
        let widest = text.lines().skip(2).map(|line| line.chars().count()).max();
        assert!(widest <= Some(WIDTH), "{widest:?}");
    }

    #[test]
    fn a_plan_says_what_counted_beside_money() {
        let mut document = document();
        assert!(!summary(&document).contains("Worth"));
        document.plan.made_from.weights = Weights { co2_cents_per_t: Cents(50_000), ..Weights::default() };
        let worth = document.plan.made_from.weights.worth(&document.report);
        assert!(worth < document.report.ledger.profit_cents);
        let text = summary(&document);
        let line = format!("Worth        {} RMB, where a tonne of CO2 costs 500\n", figures::money(worth));
        assert!(text.contains(&line) && text.contains("worth is at most"), "{text}");
    }

    // a plan with dangling names and missing rows is shown as far as it goes
    #[test]
    fn a_broken_plan_is_shown_without_a_panic() {
        let mut document = document();
        document.plan.slots.clear();
        document.plan.terminals.clear();
        document.plan.proofs.clear();
        document.plan.services[0].calls.clear();
        document.plan.services[1].sailings_per_cycle = 0;
        document.plan.sailings[3].calls.pop();
        document.plan.made_from.instance = "\u{1b}[31mred".to_owned();
        let text = timetable(&document, Clock::Weekdays);
        assert!(text.contains(UNKNOWN) && !text.contains('\u{1b}'));
        assert!(board(&document, &"SHK".into(), Clock::Weekdays).is_some());
    }

    #[test]
    fn text_is_broken_between_words_and_a_long_word_is_cut() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrapped("", 3), [""]);
    }
}
