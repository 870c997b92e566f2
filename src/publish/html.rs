//! The timetable as one HTML page: no script, its style inside, readable on a phone. maud escapes every text.

use super::figures::{self, UNKNOWN};
use super::view::View;
use super::{Clock, PlanDocument};
use crate::domain::*;
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("page.css");

/// The page of a plan: summary with the audit's result, list of services, and a table for each of them.
pub fn page(document: &PlanDocument, clock: Clock) -> String {
    frame(&document.plan, clock, &summary(&View::new(&document.plan), &document.report))
}

/// The page of a timetable alone, for the public: no money, and slots only where the plan has them.
pub fn timetable_page(plan: &Plan, clock: Clock) -> String {
    frame(plan, clock, &html! {})
}

fn frame(plan: &Plan, clock: Clock, summary: &Markup) -> String {
    let view = View::new(plan);
    let title = format!("Water bus timetable: {}", plan.made_from.instance);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { "Water bus timetable " span lang="zh-Hans" { "水上货运巴士时刻表" } }
                    p { (plan.made_from.instance) " · " (figures::practice(plan.practice)) }
                }
                main {
                    (summary)
                    (service_list(&view))
                    @for service in &plan.services { (service_section(&view, service, clock)) }
                }
                (footer(&plan.made_from))
            }
        }
    }
    .into_string()
}

fn summary(view: &View, report: &Report) -> Markup {
    let (ledger, indicators) = (&report.ledger, &report.indicators);
    let cycle = figures::per_cycle(view.plan.cycle_min);
    html! {
        section #summary {
            h2 { "Summary" }
            dl.tiles {
                (tile("Profit", &format!("{} RMB", figures::money(ledger.profit_cents)), &cycle))
                (tile("Carried", &format!("{} TEU", figures::whole(indicators.carried_teu.0)), &format!("{} of the demand", figures::percent(indicators.carried_share))))
                (tile("Sailings", &indicators.sailings.to_string(), &format!("{} by {}", cycle, figures::counted(indicators.vessels, "vessel"))))
                (tile("Slots used", &figures::percent(indicators.utilisation), "of TEU-kilometres offered"))
                (tile("Mean transit", &format!("{:.1} h", indicators.mean_transit_h), "origin to destination"))
                (tile("Audit", &audit_result(report), "money and rules recomputed"))
            }
            @if let Some(proof) = view.plan_proof() {
                p.note {
                    "Proved: profit is at most " (figures::whole(proof.bound.round() as i64)) " RMB, so this plan is at most "
                    (figures::percent(proof.gap)) " below the best within this scope: " (proof.scope) "."
                }
            }
            (left_behind(view))
        }
    }
}

fn tile(name: &str, value: &str, note: &str) -> Markup {
    html! { div { dt { (name) } dd { strong { (value) } " " small { (note) } } } }
}

fn audit_result(report: &Report) -> String {
    match report.violations.len() {
        0 => "passed".to_owned(),
        number => figures::counted(number as u32, "violation"),
    }
}

fn left_behind(view: &View) -> Markup {
    let reasons = view.left_by_reason();
    html! {
        @if !reasons.is_empty() {
            p.note {
                "Left behind: "
                @for (place, (reason, teu)) in reasons.iter().enumerate() {
                    @if place > 0 { "; " }
                    (figures::whole(teu.0)) " TEU, " (figures::reason(*reason))
                }
                "."
            }
        }
    }
}

fn service_list(view: &View) -> Markup {
    html! {
        section #services {
            h2 { "Services" }
            div.scroll {
                table.list {
                    thead { tr { th { "Service" } th { "Rotation" } th.number { "Sailings" } th.number.extra { "Vessels" } th.extra { "Trade" } } }
                    tbody {
                        @for service in &view.plan.services {
                            tr {
                                td { a href={ "#" (service.service) } { (service.service) } }
                                td.route { (stops(view, service)) }
                                td.number { (service.sailings_per_cycle) }
                                td.number.extra { (service.vessels) }
                                td.extra { (figures::regime(service.regime)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The calls by name, back to the first.
fn stops<'a>(view: &View<'a>, service: &'a Service) -> String {
    let names: Vec<_> = service.calls.iter().chain(service.calls.first()).map(|code| view.name(code)).collect();
    names.join(" → ")
}

fn service_section<'a>(view: &View<'a>, service: &'a Service, clock: Clock) -> Markup {
    let sailings = view.sailings(service);
    html! {
        section id=(service.service) {
            h2 { (service.service) " " small { (stops(view, service)) } }
            p { (view.terms(service)) }
            div.scroll tabindex="0" role="region" aria-label={ "Sailings of " (service.service) } {
                table.times {
                    thead {
                        tr {
                            th.call { "Call" }
                            th { }
                            @for sailing in &sailings { th scope="col" { "Sailing " (sailing.number) } }
                        }
                    }
                    @for (place, code) in service.calls.iter().enumerate() {
                        (call_rows(view, service, place, code, &sailings, clock))
                    }
                    tbody { (back_row(view, service, &sailings, clock)) }
                }
            }
            (allotments(view, service))
        }
    }
}

/// Arrival, berthing and departure of a call, and the slots to the next one.
fn call_rows<'a>(
    view: &View<'a>,
    service: &'a Service,
    place: usize,
    code: &'a TerminalCode,
    sailings: &[&Sailing],
    clock: Clock,
) -> Markup {
    let time = |sailing: &Sailing, of: fn(&CallTimes) -> Minutes| {
        sailing.calls.get(place).map_or(UNKNOWN.to_owned(), |call| clock.show(of(call)))
    };
    html! {
        tbody {
            tr {
                th.call rowspan="3" scope="rowgroup" { (terminal(view, code)) }
                td.label { "arrives" }
                @for sailing in sailings { td.quiet { (time(sailing, |call| call.arrival_min)) } }
            }
            tr {
                td.label { "berths" }
                @for sailing in sailings { td { (time(sailing, |call| call.berthing_min)) } }
            }
            tr {
                td.label { "departs" }
                @for sailing in sailings { td { strong { (time(sailing, |call| call.departure_min)) } } }
            }
            @if !view.plan.slots.is_empty() {
                tr.leg {
                    td.call { "to " (view.next_call(service, place).map_or(UNKNOWN, |next| next.0.as_str())) }
                    td.label { "slots" }
                    @for sailing in sailings { (slot_cell(view, service, sailing, place)) }
                }
            }
        }
    }
}

fn terminal(view: &View, code: &TerminalCode) -> Markup {
    // the code stands for a terminal that the plan does not name
    let name = view.plan.terminals.iter().find(|t| t.terminal == *code).map_or(code.0.as_str(), |t| t.name.as_str());
    html! { (name) br; span.zh lang="zh-Hans" { (view.name_zh(code)) } " " small { (code) } }
}

fn slot_cell<'a>(view: &View<'a>, service: &'a Service, sailing: &Sailing, leg: usize) -> Markup {
    let row = view.plan.slots.iter().find(|s| s.service == service.service && s.sailing == sailing.number && s.leg.row() == leg);
    html! {
        @match row {
            Some(slots) => td { (slots.free_teu.0) " free " span.quiet { "of " (slots.capacity_teu.0) } },
            None => td { (UNKNOWN) },
        }
    }
}

fn back_row<'a>(view: &View<'a>, service: &'a Service, sailings: &[&Sailing], clock: Clock) -> Markup {
    let first = service.calls.first().map_or(UNKNOWN, |code| view.name(code));
    html! {
        tr {
            th.call scope="row" { "Back at " (first) }
            td.label { "arrives" }
            @for sailing in sailings { td { (clock.show(sailing.back_at_min)) } }
        }
    }
}

fn allotments(view: &View, service: &Service) -> Markup {
    html! {
        @for (legs, shares) in view.allotments(service) {
            p.note { "Slots of the members on " (legs) ", TEU: " (shares) }
        }
    }
}

fn footer(made: &MadeFrom) -> Markup {
    let hash: String = made.instance_hash.chars().take(12).collect();
    html! {
        footer {
            p {
                "Times are local time in Asia/Shanghai; +1w is the week after the cycle's first. A vessel arrives off the terminal, waits, and "
                "berths. Sailings are numbered from 0."
            }
            p { "Made by waterbus " (made.program_version) ", seed " (made.seed) ", from instance data " code { (hash) } "." }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> PlanDocument {
        serde_json::from_str(include_str!("../../tests/cli/fixtures/plan-a.json")).unwrap()
    }

    #[test]
    fn the_page_shows_every_service_and_both_names_of_a_terminal() {
        let page = page(&document(), Clock::Weekdays);
        for text in ["id=\"S01\"", "id=\"S02\"", "Nansha (Longxue Island)", "广州港南沙港区", "Mon 10:00", "passed", "3.3 %"]
        {
            assert!(page.contains(text), "{text}");
        }
    }

    // the public reads times: what is earned, left behind and allotted is not its business
    #[test]
    fn the_public_page_shows_times_and_neither_money_nor_slots() {
        let plan = Plan { slots: Vec::new(), shipments: Vec::new(), left_behind: Vec::new(), ..document().plan };
        let page = timetable_page(&plan, Clock::Weekdays);
        assert!(page.contains("Mon 10:00") && page.contains("Nansha (Longxue Island)"));
        for text in ["Profit", "RMB", "free", "Left behind", "Slots of the members", "TEU"] {
            assert!(!page.contains(text), "{text}");
        }
    }

    // names come from files: none may become markup
    #[test]
    fn a_name_never_becomes_markup() {
        let mut document = document();
        document.plan.terminals[0].name = "<script>alert(1)</script>".to_owned();
        document.plan.services[0].service.0 = "\"><img>".to_owned();
        let page = page(&document, Clock::Weekdays);
        assert!(!page.contains("<script") && !page.contains("<img"));
    }
}
