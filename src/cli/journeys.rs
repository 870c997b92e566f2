//! `waterbus journeys`: ways for a box through a plan, with room, price and emissions.

use super::args::JourneysArgs;
use super::times::{in_bounds, read_time};
use super::{Exit, output};
use crate::domain::*;
use crate::input::{read_instance, read_tariff};
use crate::publish::{self, minutes_at, minutes_of, shown_at};
use crate::service::ledger::{Load, Terms};
use crate::service::{Offer, PublishedPlan, When, Wish};
use anyhow::{Context, bail};
use chrono::Utc;
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;

pub fn run(args: &JourneysArgs) -> anyhow::Result<Exit> {
    let document = publish::read_plan(&args.plan)?;
    let folder = args.instance.clone().or_else(|| usual_folder(&document.plan));
    let problem = folder.as_ref().map(|folder| read_instance(folder)).transpose()?;
    if let Some(problem) = problem.as_ref().filter(|problem| problem.hash != document.plan.made_from.instance_hash) {
        bail!(
            "the plan was made from other data than {}: name the instance it was made from by --instance",
            problem.settings.name
        );
    }
    let tariff = folder.as_ref().map(|folder| read_tariff(folder)).transpose()?.flatten();
    let plan = PublishedPlan::new(String::new(), Utc::now(), Arc::new(document), problem.map(Arc::new));
    let wish = wish(args, &plan)?;
    let terms = Terms::default();
    let mut offers = plan.offers(&wish, &terms, tariff.as_ref(), None).context("the timetable contradicts itself")?;
    offers.truncate(args.most as usize);
    let told = Told { plan: &plan, terms: &terms, wish: &wish };
    match args.json {
        true => output::print_json(&told.json(&offers))?,
        false => output::print(&told.text(&offers))?,
    }
    Ok(if offers.is_empty() { Exit::Negative } else { Exit::Success })
}

/// The folder of the plan's instance, where it lies in its usual place.
fn usual_folder(plan: &Plan) -> Option<PathBuf> {
    Some(PathBuf::from("instances").join(&plan.made_from.instance)).filter(|folder| folder.join("instance.toml").is_file())
}

fn wish(args: &JourneysArgs, plan: &PublishedPlan) -> anyhow::Result<Wish> {
    let time = |text: &String| read_time(text);
    let (when, ship) = match (&args.depart, &args.arrive, &args.week, &args.mother_vessel) {
        (Some(at), ..) => (When::DepartFrom(time(at)?), None),
        (_, Some(at), ..) => (When::ArriveBy { by: time(at)?, ready: None }, None),
        (_, _, Some(day), _) => (When::Week(minutes_of(in_bounds(*day)?)), None),
        (_, _, _, Some(ship)) => {
            let found = plan.mother_cut_off(&MotherCode(ship.clone()), minutes_at(Utc::now()));
            let (terminal, by) = found.with_context(|| format!("no instance at hand knows a mother vessel {ship}"))?;
            (When::ArriveBy { by, ready: None }, Some(terminal))
        }
        _ => (When::DepartFrom(minutes_at(Utc::now())), None),
    };
    let to = args.to.clone().map(TerminalCode).or(ship).context("name the destination by --to, or a ship by --mother-vessel")?;
    let from = TerminalCode(args.from.clone());
    for terminal in [&from, &to] {
        if !plan.journeys.knows(terminal) {
            bail!("the plan does not call at {terminal}; `waterbus show` lists its terminals");
        }
    }
    let (trade, cargo) = (args.trade(), args.cargo());
    let load = Load::new(Teu(i64::from(args.teu)), Kg(i64::from(args.weight_kg)), cargo);
    Ok(Wish { from, to, when, trade, cargo, load, most_transshipments: usize::from(args.transshipments) })
}

/// Offers as they are told.
struct Told<'a> {
    plan: &'a PublishedPlan,
    terms: &'a Terms,
    wish: &'a Wish,
}

impl Told<'_> {
    fn text(&self, offers: &[Offer]) -> String {
        let wish = self.wish;
        let boxes = format!("{} TEU, {}, {}", wish.load.teu.0, word(&wish.trade), word(&wish.cargo));
        let mut text = format!("Ways from {} to {}\n", self.name(&wish.from), self.name(&wish.to));
        let _ = writeln!(text, "Boxes        {boxes}");
        let _ = writeln!(text, "Times        planned, Asia/Shanghai; free slots as the plan leaves them, before any booking");
        if offers.is_empty() {
            let _ = writeln!(text, "\nNothing sails that takes these boxes there in that time.");
        }
        for (row, offer) in offers.iter().enumerate() {
            self.add_offer(&mut text, row + 1, offer);
        }
        if let Some(footprint) = offers.iter().find_map(|offer| offer.footprint.as_ref()) {
            let _ = writeln!(text, "\nCO2e         {}", footprint.method);
        }
        text
    }

    fn add_offer(&self, text: &mut String, number: usize, offer: &Offer) {
        let itinerary = &offer.way.itinerary;
        let changes = itinerary.rides.len().saturating_sub(1);
        let price = offer.quote.as_ref().map(|quote| format!(", {} {}", money(quote.total_cents), quote.currency));
        let emitted = offer.footprint.as_ref().map(|it| format!(", {:.1} kg CO2e", it.co2e_g as f64 / 1000.0));
        let _ = writeln!(
            text,
            "\n{number}. In the terminal by {}, to be fetched from {}; {}, {} TEU free{}{}",
            local(itinerary.hand_over_min),
            local(itinerary.fetch_min),
            match changes {
                0 => "direct".to_owned(),
                1 => "1 change".to_owned(),
                more => format!("{more} changes"),
            },
            self.free(offer).0,
            price.unwrap_or_default(),
            emitted.unwrap_or_default(),
        );
        for ride in &itinerary.rides {
            let _ = writeln!(
                text,
                "   {:4} {}  {:20} {}   {:20} {}",
                ride.service.0,
                ride.voyage,
                short(&ride.from_name),
                local(ride.departure_min),
                short(&ride.to_name),
                local(ride.arrival_min)
            );
        }
        for item in offer.quote.iter().flat_map(|quote| &quote.items) {
            let _ = writeln!(
                text,
                "   {:>10}  {} ({} {} at {})",
                money(item.amount_cents),
                item.text,
                item.quantity,
                item.unit,
                money(item.rate_cents)
            );
        }
        let _ = writeln!(text, "   {}", itinerary.routing_reference);
    }

    fn json(&self, offers: &[Offer]) -> Value {
        let at = |minutes: Minutes| shown_at(minutes).map(|time| time.to_rfc3339());
        let way = |offer: &Offer| {
            let itinerary = &offer.way.itinerary;
            let rides = itinerary.rides.iter().map(|ride| {
                json!({ "service": ride.service, "voyage": ride.voyage, "from": ride.from, "to": ride.to, "berthing": at(ride.berthing_min),
                    "departure": at(ride.departure_min), "arrival": at(ride.arrival_min), "ashore": at(ride.ashore_min) })
            });
            json!({ "routing_reference": itinerary.routing_reference, "hand_over_by": at(itinerary.hand_over_min),
                "fetch_from": at(itinerary.fetch_min), "rides": rides.collect::<Vec<_>>(), "free_teu": self.free(offer),
                "quote": offer.quote, "footprint": offer.footprint })
        };
        json!({ "from": self.wish.from, "to": self.wish.to, "journeys": offers.iter().map(way).collect::<Vec<_>>() })
    }

    /// Open slots on every leg.
    fn free(&self, offer: &Offer) -> Teu {
        let open = offer.way.legs.iter().map(|leg| self.terms.room(leg, None, Minutes(i64::MIN / 2)).open());
        open.min().unwrap_or_default()
    }

    fn name(&self, terminal: &TerminalCode) -> String {
        self.plan.dcsa.rollout().name(terminal).map_or(terminal.0.clone(), |name| format!("{} ({terminal})", name.name))
    }
}

/// A word as files write it.
fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(|word| word.replace('_', " "))).unwrap_or_default()
}

fn local(at: Minutes) -> String {
    shown_at(at).map_or(String::new(), |time| time.format("%a %d %b %H:%M").to_string())
}

fn money(amount: Cents) -> String {
    format!("{}.{:02}", amount.0 / 100, amount.0 % 100)
}

fn short(name: &str) -> String {
    const MOST: usize = 20;
    if name.chars().count() <= MOST { name.to_owned() } else { name.chars().take(MOST - 1).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_shanghai_unless_they_say_otherwise() {
        let at = read_time("2026-12-07T06:00").unwrap();
        assert_eq!(shown_at(at).unwrap().to_rfc3339(), "2026-12-07T06:00:00+08:00");
        assert_eq!(read_time("2026-12-07 06:00").unwrap(), at);
        assert_eq!(read_time("2026-12-06T22:00:00Z").unwrap(), at);
        assert_eq!(read_time("2026-12-07").unwrap() + Minutes(360), at);
        assert!(read_time("tomorrow").is_err());
        assert!(read_time("2200-01-01").is_err() && read_time("+250000-01-01T00:00").is_err());
    }
}
