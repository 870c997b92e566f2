//! The papers of a booking: a confirmation to print and a calendar with its dates. The confirmation says what is promised; where nothing is
//! confirmed it says so first.

use super::ical::{calendar_of, plain};
use super::rollout::shown_at;
use crate::domain::{Cents, Minutes};
use chrono::{DateTime, Utc};
use icalendar::{Component, Event, EventLike, Property};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("booking.css");

/// What the papers of a booking say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookingPaper {
    pub id: String,
    pub version: i64,
    /// By the names of DCSA.
    pub state: String,
    /// The state in words.
    pub state_text: String,
    pub reference: String,
    pub cargo: String,
    pub changed_at: DateTime<Utc>,
    /// The boxes are in the terminal by then, and can be fetched from then on.
    pub hand_over: Minutes,
    pub fetch: Minutes,
    pub rides: Vec<PaperRide>,
    /// Charges, and their sum.
    pub items: Vec<PaperItem>,
    pub currency: String,
    pub total: Cents,
    pub footprint: Option<String>,
}

/// A ride on the papers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperRide {
    pub service: String,
    pub voyage: String,
    pub from: String,
    pub to: String,
    pub berthing: Minutes,
    pub departure: Minutes,
    pub arrival: Minutes,
    pub ashore: Minutes,
}

/// A charge on the papers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperItem {
    pub text: String,
    pub quantity: String,
    pub rate: Cents,
    pub amount: Cents,
}

/// The dates of a booking as a calendar: hand-over, each ride, and from when the boxes can be fetched.
pub fn booking_calendar(paper: &BookingPaper) -> String {
    let mut events = vec![moment(paper, "hand-over", paper.hand_over, "Boxes in the terminal by now", first_terminal(paper))];
    for (row, ride) in paper.rides.iter().enumerate() {
        let summary = format!("{} {}: {} to {}", ride.service, ride.voyage, ride.from, ride.to);
        events.push(event(paper, &format!("ride-{}", row + 1), (ride.departure, ride.arrival), &summary, &ride.from));
    }
    events.push(moment(paper, "fetch", paper.fetch, "Boxes can be fetched from now on", last_terminal(paper)));
    calendar_of(&format!("Waterbus booking {}", paper.id), events)
}

fn first_terminal(paper: &BookingPaper) -> &str {
    paper.rides.first().map_or("", |ride| ride.from.as_str())
}

fn last_terminal(paper: &BookingPaper) -> &str {
    paper.rides.last().map_or("", |ride| ride.to.as_str())
}

fn moment(paper: &BookingPaper, name: &str, at: Minutes, summary: &str, place: &str) -> Event {
    event(paper, name, (at, at), summary, place)
}

fn event(paper: &BookingPaper, name: &str, (start, end): (Minutes, Minutes), summary: &str, place: &str) -> Event {
    let mut event = Event::new();
    let status = if paper.state == "CONFIRMED" || paper.state == "COMPLETED" { "CONFIRMED" } else { "TENTATIVE" };
    let is_over = matches!(paper.state.as_str(), "CANCELLED" | "REJECTED" | "DECLINED");
    event
        .uid(&format!("{name}-{}@waterbus", paper.id))
        .timestamp(paper.changed_at)
        .summary(&plain(summary))
        .location(&plain(place))
        .description(&plain(&format!("Booking {}: {}. {}", paper.id, paper.state_text, paper.cargo)));
    event.append_property(Property::new("SEQUENCE", paper.version.to_string()));
    event.append_property(Property::new("STATUS", if is_over { "CANCELLED" } else { status }));
    for (key, at) in [("DTSTART", start), ("DTEND", end)] {
        if let Some(time) = shown_at(at) {
            event.append_property(Property::new(key, time.with_timezone(&Utc).format("%Y%m%dT%H%M%SZ").to_string()));
        }
    }
    event.done()
}

/// The confirmation as a page to print.
pub fn confirmation(paper: &BookingPaper) -> String {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Booking " (paper.id) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { "Booking " (paper.state) " " span lang="zh-Hans" { "水上货运巴士订舱" } }
                    p { (paper.state_text) }
                }
                main { (head_lines(paper)) (rides(paper)) (charges(paper)) }
                footer {
                    p { "Times: planned, Asia/Shanghai. Version " (paper.version) " of " (time(paper.changed_at)) "." }
                }
            }
        }
    }
    .into_string()
}

fn head_lines(paper: &BookingPaper) -> Markup {
    html! {
        section {
            dl.tiles {
                (line("Booking", &paper.id))
                @if !paper.reference.is_empty() { (line("Your reference", &paper.reference)) }
                (line("Cargo", &paper.cargo))
                (line("In the terminal by", &local(paper.hand_over)))
                (line("To be fetched from", &local(paper.fetch)))
                @if let Some(footprint) = &paper.footprint { (line("Emissions", footprint)) }
            }
        }
    }
}

fn line(name: &str, value: &str) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

fn rides(paper: &BookingPaper) -> Markup {
    html! {
        section {
            h2 { "Rides" }
            div.scroll {
                table {
                    thead { tr { th { "Voyage" } th { "From" } th { "Berthing" } th { "Departure" } th { "To" } th { "Arrival" } th { "Ashore" } } }
                    tbody {
                        @for ride in &paper.rides {
                            tr {
                                th scope="row" { (ride.service) " " (ride.voyage) }
                                td { (ride.from) } td { (local(ride.berthing)) } td { (local(ride.departure)) }
                                td { (ride.to) } td { (local(ride.arrival)) } td { (local(ride.ashore)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn charges(paper: &BookingPaper) -> Markup {
    html! {
        section {
            h2 { "Charges" }
            @if paper.items.is_empty() {
                p.note { "No tariff is published for this timetable, so nothing is charged by it." }
            } @else {
                div.scroll {
                    table {
                        thead { tr { th { "Charge" } th { "Quantity" } th { "Rate, " (paper.currency) } th { "Amount, " (paper.currency) } } }
                        tbody {
                            @for item in &paper.items {
                                tr { th scope="row" { (item.text) } td.number { (item.quantity) } td.number { (money(item.rate)) } td.number { (money(item.amount)) } }
                            }
                            tr { th scope="row" { "Sum" } td {} td {} td.number { (money(paper.total)) } }
                        }
                    }
                }
            }
        }
    }
}

fn money(amount: Cents) -> String {
    let sign = if amount.0 < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", super::figures::whole(amount.0.abs() / 100), amount.0.abs() % 100)
}

fn local(at: Minutes) -> String {
    shown_at(at).map_or(String::new(), |time| time.format("%a %d %b %Y %H:%M").to_string())
}

fn time(at: DateTime<Utc>) -> String {
    at.with_timezone(&chrono_tz::Asia::Shanghai).format("%d %b %Y %H:%M").to_string()
}
