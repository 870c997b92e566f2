//! The waterway network that a plan was made for, as a map and a diagram of sailings need it.

use super::view::View;
use crate::domain::*;
use crate::waterway::{Passage, Waterway};
use schemars::JsonSchema;
use serde::Serialize;

/// Where a plan's vessels sail.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Network {
    pub title: String,
    pub cycle_min: Minutes,
    /// All terminals of the instance, also those that no service calls at.
    pub terminals: Vec<Place>,
    pub junctions: Vec<Junction>,
    pub links: Vec<Stretch>,
    /// Every leg of every service, in the order of the plan.
    pub legs: Vec<LegWay>,
    pub members: Vec<MemberName>,
    pub classes: Vec<ClassName>,
    /// Sea-going ships that barges bring boxes to.
    pub mothers: Vec<MotherShip>,
    /// Coasts and islands as closed rings of longitude and latitude; empty where the instance has no map.
    pub land: Vec<Vec<Position>>,
    /// Who made the map, to be shown with it.
    pub credits: Vec<String>,
}

/// A terminal on the map.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Place {
    pub terminal: TerminalCode,
    pub name: String,
    pub name_zh: String,
    #[schemars(extend("enum" = ["hub", "regional", "relay", "feeder"]))]
    pub role: String,
    /// `GD` Guangdong, `GX` Guangxi, `HK` Hong Kong, `MO` Macau.
    #[schemars(extend("enum" = ["GD", "GX", "HK", "MO"]))]
    pub region: String,
    pub lat: f64,
    pub lon: f64,
    pub foreign_trade: bool,
    pub domestic_trade: bool,
    /// Opening hours as minutes of the day; none is day and night.
    pub open_from_min: Option<Minutes>,
    pub open_to_min: Option<Minutes>,
    /// Berths that the alliance may hold at once, for planners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub berths: Option<u32>,
    /// Agreed windows, for planners; when there are any, vessels berth only inside one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub windows: Option<Vec<BerthWindow>>,
}

/// An agreed window in minutes of the cycle.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct BerthWindow {
    pub from_min: Minutes,
    pub to_min: Minutes,
    pub berths: u32,
}

/// A meeting of waterways.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Junction {
    pub junction: String,
    pub name: String,
    pub name_zh: String,
    pub lat: f64,
    pub lon: f64,
}

/// A stretch of waterway between two terminals or junctions; downstream is from `from` to `to`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Stretch {
    pub link: String,
    pub name: String,
    pub name_zh: String,
    pub from: String,
    pub to: String,
    pub length_m: Metres,
    /// Longitudes and latitudes from `from` to `to`: the course as the instance's map has it, else a straight line.
    pub line: Vec<Position>,
    /// Name of the lock on it.
    pub lock: Option<String>,
    /// It crosses the Hong Kong or Macau boundary.
    pub border: bool,
}

/// How the vessels of a service sail a leg.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LegWay {
    pub service: ServiceCode,
    pub leg: CallPos,
    pub from: TerminalCode,
    pub to: TerminalCode,
    pub distance_m: Metres,
    /// Departure to arrival.
    pub duration_min: Minutes,
    /// In sailing order.
    pub stretches: Vec<StretchWay>,
}

/// A stretch as it is sailed on a leg.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StretchWay {
    pub link: String,
    pub downstream: bool,
    /// From the leg's departure until the vessel leaves the stretch, at the leg's mean speed; waits and passages of locks are counted at the
    /// lock, and a border stop at the end of the leg.
    pub left_after_min: Minutes,
    /// From the leg's departure until the vessel enters the stretch's lock.
    pub lock_entered_after_min: Option<Minutes>,
    /// From the leg's departure until the vessel leaves the lock.
    pub lock_left_after_min: Option<Minutes>,
}

/// A member of the alliance.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MemberName {
    pub operator: OperatorCode,
    pub name: String,
    pub name_zh: String,
}

/// A vessel class.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ClassName {
    pub class: ClassCode,
    pub name: String,
    pub capacity_teu: Teu,
}

/// A mother vessel at a hub, once in each cycle.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MotherShip {
    pub mother_vessel: MotherCode,
    pub name: String,
    pub terminal: TerminalCode,
    /// Minute of the cycle at which it is berthed.
    pub berthing_min: Minutes,
    /// Minute of the cycle by which a barge with boxes for it has arrived.
    pub barge_cut_off_min: Minutes,
}

/// The network of a plan as far as the view shows it.
pub fn network(problem: &Problem, chart: Chart, plan: &Plan, view: &View) -> Network {
    let waterway = Waterway::new(problem);
    Network {
        title: problem.settings.title.clone(),
        cycle_min: problem.settings.cycle,
        terminals: problem.terminals.iter().map(|terminal| place(terminal, view)).collect(),
        junctions: problem.nodes.iter().skip(problem.terminals.len()).map(junction).collect(),
        links: problem.links.iter().map(|link| stretch(problem, &chart, link)).collect(),
        legs: plan.services.iter().flat_map(|service| legs(problem, &waterway, service)).collect(),
        members: problem.operators.iter().map(member).collect(),
        classes: problem.classes.iter().map(class).collect(),
        mothers: problem.mothers.iter().map(|ship| mother(problem, ship)).collect(),
        land: chart.land,
        credits: chart.credits,
    }
}

fn place(terminal: &Terminal, view: &View) -> Place {
    let window = |window: &Window| BerthWindow { from_min: window.from, to_min: window.to, berths: window.berths };
    let (role, region) = (role(terminal.role).to_owned(), region(terminal.region).to_owned());
    Place {
        terminal: terminal.code.clone(),
        name: terminal.name.clone(),
        name_zh: terminal.name_zh.clone(),
        role,
        region,
        lat: terminal.lat,
        lon: terminal.lon,
        foreign_trade: terminal.foreign_trade,
        domestic_trade: terminal.domestic_trade,
        open_from_min: terminal.open.map(|(from, _)| from),
        open_to_min: terminal.open.map(|(_, to)| to),
        berths: view.sees_operations().then_some(terminal.berths),
        windows: view.sees_operations().then(|| terminal.windows.iter().map(window).collect()),
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Hub => "hub",
        Role::Regional => "regional",
        Role::Relay => "relay",
        Role::Feeder => "feeder",
    }
}

fn region(region: Region) -> &'static str {
    match region {
        Region::Guangdong => "GD",
        Region::Guangxi => "GX",
        Region::HongKong => "HK",
        Region::Macau => "MO",
    }
}

fn junction(node: &Node) -> Junction {
    let Node { code, name, name_zh, lat, lon } = node.clone();
    Junction { junction: code, name, name_zh, lat, lon }
}

fn stretch(problem: &Problem, chart: &Chart, link: &Link) -> Stretch {
    let end = |node: NodeIdx| &problem.nodes[node.row()];
    let straight = || [link.from, link.to].map(|node| [end(node).lon, end(node).lat]).to_vec();
    let channel = chart.channels.get(&link.code);
    Stretch {
        link: link.code.clone(),
        name: link.name.clone(),
        name_zh: channel.map_or(String::new(), |channel| channel.name_zh.clone()),
        from: end(link.from).code.clone(),
        to: end(link.to).code.clone(),
        length_m: link.length,
        line: channel.map_or_else(straight, |channel| channel.line.clone()),
        lock: link.lock.as_ref().map(|lock| lock.name.clone()),
        border: link.border,
    }
}

/// The legs of a service; one that the waterway does not have is left out, so that a broken plan can be looked at.
fn legs<'a>(problem: &'a Problem, waterway: &'a Waterway, service: &'a Service) -> impl Iterator<Item = LegWay> + 'a {
    service.calls.iter().enumerate().filter_map(move |(row, from)| {
        let to = &service.calls[(row + 1) % service.calls.len()];
        let ends = (problem.find_terminal(from)?, problem.find_terminal(to)?);
        let passage = waterway.passage(problem.find_class(&service.class)?, ends.0, ends.1)?;
        Some(LegWay {
            service: service.service.clone(),
            leg: CallPos(row as u16),
            from: from.clone(),
            to: to.clone(),
            distance_m: passage.distance,
            duration_min: passage.duration(),
            stretches: stretches(problem, passage),
        })
    })
}

fn stretches(problem: &Problem, passage: &Passage) -> Vec<StretchWay> {
    let (mut sailed_m, mut in_locks) = (0, Minutes(0));
    let stretch = |(link, downstream): &(LinkIdx, bool)| {
        let lock = passage.locks.iter().find(|lock| lock.link == *link);
        let link = &problem.links[link.row()];
        let passing = link.lock.as_ref().map_or(Minutes(0), |lock| lock.transit);
        sailed_m += link.length.0;
        in_locks += link.lock.as_ref().map_or(Minutes(0), |lock| lock.wait + lock.transit);
        StretchWay {
            link: link.code.clone(),
            downstream: *downstream,
            left_after_min: Minutes(passage.steaming.sailing.0 * sailed_m / passage.distance.0.max(1)) + in_locks,
            lock_entered_after_min: lock.map(|lock| lock.entered_after),
            lock_left_after_min: lock.map(|lock| lock.entered_after + passing),
        }
    };
    passage.links.iter().map(stretch).collect()
}

fn member(operator: &Operator) -> MemberName {
    MemberName { operator: operator.code.clone(), name: operator.name.clone(), name_zh: operator.name_zh.clone() }
}

fn class(class: &VesselClass) -> ClassName {
    ClassName { class: class.code.clone(), name: class.name.clone(), capacity_teu: class.teu }
}

fn mother(problem: &Problem, ship: &MotherVessel) -> MotherShip {
    MotherShip {
        mother_vessel: ship.code.clone(),
        name: ship.name.clone(),
        terminal: problem.terminal(ship.terminal).code.clone(),
        berthing_min: ship.berthing,
        barge_cut_off_min: Minutes((ship.berthing.0 - ship.barge_cut_off.0).rem_euclid(problem.settings.cycle.0.max(1))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::read_instance;
    use std::collections::BTreeMap;
    use std::path::Path;

    fn problem() -> Problem {
        read_instance(&Path::new(env!("CARGO_MANIFEST_DIR")).join("instances/pearl-river")).unwrap()
    }

    /// A plan with one service, up the river through locks and over the border.
    fn plan() -> Plan {
        let document = include_str!("../../../tests/http/fixtures/toy-plan.json");
        let mut plan: Plan =
            serde_json::from_value(serde_json::from_str::<serde_json::Value>(document).unwrap()["plan"].take()).unwrap();
        plan.services.truncate(1);
        plan.services[0].class = "B64".into();
        plan.services[0].calls = ["GUG", "WUZ", "NSA", "HKKT"].map(TerminalCode::from).to_vec();
        plan
    }

    // a diagram draws a leg stretch by stretch: the chain must be whole, and time must not run back
    #[test]
    fn every_leg_is_a_chain_of_stretches_from_call_to_call() {
        let network = network(&problem(), Chart::default(), &plan(), &View::Public);
        let links: BTreeMap<&str, &Stretch> = network.links.iter().map(|link| (link.link.as_str(), link)).collect();
        assert_eq!(network.legs.len(), 4);
        let mut locks = 0;
        for leg in &network.legs {
            let (mut at, mut after) = (leg.from.0.as_str(), Minutes(0));
            for way in &leg.stretches {
                let link = links[way.link.as_str()];
                let (from, to) = if way.downstream { (&link.from, &link.to) } else { (&link.to, &link.from) };
                assert_eq!(at, from, "{leg:?}");
                if let (Some(entered), Some(left)) = (way.lock_entered_after_min, way.lock_left_after_min) {
                    assert!(after <= entered && entered < left && left <= way.left_after_min, "{way:?}");
                    locks += 1;
                }
                assert!(after < way.left_after_min, "{leg:?}");
                (at, after) = (to, way.left_after_min);
            }
            assert_eq!(at, leg.to.0);
            assert!(after <= leg.duration_min, "what is left is the border stop: {leg:?}");
        }
        assert!(locks >= 2, "Guiping and Changzhou, down and up");
    }

    #[test]
    fn a_channel_of_the_map_takes_the_place_of_a_straight_line() {
        let line = vec![[108.6, 22.8], [109.0, 22.7], [109.2, 22.6]];
        let channel = Channel { line: line.clone(), name_zh: "邕江".to_owned() };
        let chart = Chart { channels: [("W01".to_owned(), channel)].into(), ..Chart::default() };
        let network = network(&problem(), chart, &plan(), &View::Public);
        assert_eq!((&network.links[0].line, network.links[0].name_zh.as_str()), (&line, "邕江"));
        assert_eq!(network.links[1].line.len(), 2, "a link that the map does not have is drawn straight");
    }

    // a shipper plans against the cut-off, not the berthing; one before the start of the cycle is that of its end
    #[test]
    fn a_mother_vessel_is_told_with_the_time_by_which_barges_have_arrived() {
        let network = network(&problem(), Chart::default(), &plan(), &View::Public);
        let ship = network.mothers.iter().find(|ship| ship.mother_vessel.0 == "NSA1").unwrap();
        assert_eq!((ship.terminal.0.as_str(), ship.berthing_min), ("NSA", Minutes(1200)));
        assert_eq!(ship.barge_cut_off_min, Minutes(1200 - 36 * 60 + 7 * 1440));
    }

    // a broken plan can be looked at: what the waterway does not have is left out
    #[test]
    fn a_leg_that_nobody_can_sail_is_left_out() {
        let mut plan = plan();
        plan.services[0].calls[1] = "NOWHERE".into();
        let network = network(&problem(), Chart::default(), &plan, &View::Public);
        let ways: Vec<_> = network.legs.iter().map(|leg| leg.from.0.as_str()).collect();
        assert_eq!(ways, ["NSA", "HKKT"]);
    }
}
