//! Terminals and waterways of a generated instance: a trunk, branches, hubs beyond the mouth.

use super::{Size, Tables, row, table, tenths, yes_no};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// The junction at the mouth of the river, where the ways to the hubs begin.
const MOUTH: &str = "J0";

/// What other tables need to know of a terminal.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub code: String,
    pub hub: bool,
    /// In Hong Kong.
    pub outside: bool,
    pub foreign: bool,
    pub domestic: bool,
}

pub(super) fn terminals(size: &Size, random: &mut ChaCha8Rng) -> Vec<Place> {
    let place = |number: usize| {
        let hub = number < size.hubs;
        let outside = size.outside_hub && number + 1 == size.hubs;
        let code = if hub { format!("HUB{}", number + 1) } else { format!("R{:03}", number + 1 - size.hubs) };
        Place { code, hub, outside, foreign: hub || random.random_ratio(6, 7), domestic: !outside }
    };
    (0..size.terminals).map(place).collect()
}

pub(super) fn tables(terminals: &[Place], random: &mut ChaCha8Rng) -> Tables {
    let river = River::new(terminals, random);
    Tables::from([
        ("terminals.csv", terminal_table(terminals, random)),
        ("junctions.csv", table("junction,name,lat,lon", river.junctions)),
        ("links.csv", table(LINK_HEADER, river.links)),
        ("tides.csv", table("point,link,mean_range_m,low_water_depth_m", river.tides)),
        ("windows.csv", table("terminal,from_min,to_min,berths", windows(terminals, random))),
    ])
}

const TERMINAL_HEADER: &str = "terminal,unlocode,facility,name,region,role,lat,lon,foreign_trade,domestic_trade,border_station,\
     mixed_trade,mixed_direction,one_clearance,transshipment,berths,moves_per_berth_hour,wait_h,open_from_min,open_to_min,\
     handling_rmb_per_teu,call_cost_rmb,min_call_teu";

fn terminal_table(terminals: &[Place], random: &mut ChaCha8Rng) -> String {
    let rows = terminals.iter().enumerate().map(|(number, place)| terminal_row(terminals, number, place, random));
    table(TERMINAL_HEADER, rows.collect())
}

fn terminal_row(terminals: &[Place], number: usize, place: &Place, random: &mut ChaCha8Rng) -> String {
    let unlocode = if place.outside { "HKHKG".to_owned() } else { format!("CN{number:03}") };
    let kind = if place.hub { "Hub" } else { "River port" };
    let open = if place.hub || random.random_ratio(9, 10) { ["", ""] } else { ["360", "1320"] };
    let waits = if place.hub { ["0.5", "1", "2"] } else { ["0", "0.25", "0.5"] };
    row![
        place.code,
        unlocode,
        format!("{unlocode}-{}", place.code),
        format!("{kind} {}", place.code),
        if place.outside { "HK" } else { "GD" },
        if place.hub { "hub" } else { "feeder" },
        format!("22.{:03}", random.random_range(0..1000_u32)),
        format!("{}.{:03}", 113 - (number as u32).min(1000) / 100, 999 - (number as u32) % 100 * 9),
        yes_no(place.foreign),
        yes_no(place.domestic),
        if place.outside || place.hub { "none" } else { "Dachan" },
        yes_no(!place.outside && random.random_ratio(4, 5)),
        yes_no(random.random_ratio(4, 5)),
        one_clearance(terminals, place, random),
        yes_no(place.hub || random.random_ratio(1, 6)),
        if place.hub { random.random_range(2..=4_u32) } else { random.random_range(1..=2) },
        if place.hub { 25 } else { random.random_range(12..=20_u32) },
        waits[random.random_range(0..waits.len())],
        open[0],
        open[1],
        if place.hub { 40 } else { random.random_range(40..=70_u32) },
        if place.hub { 500 } else { random.random_range(150..=300_u32) },
        if place.hub { 8 } else { random.random_range(0..=4_u32) },
    ]
}

fn one_clearance(terminals: &[Place], place: &Place, random: &mut ChaCha8Rng) -> String {
    let hubs = terminals.iter().filter(|hub| hub.hub && !hub.outside && !place.hub && place.foreign);
    let chosen: Vec<&str> = hubs.filter(|_| random.random_bool(0.5)).map(|hub| hub.code.as_str()).collect();
    chosen.join(";")
}

/// Some hubs berth alliance vessels by day only, in agreed windows.
fn windows(terminals: &[Place], random: &mut ChaCha8Rng) -> Vec<String> {
    let mut rows = Vec::new();
    for hub in terminals.iter().filter(|place| place.hub) {
        if random.random_ratio(1, 4) {
            rows.extend((0..7).map(|day| row![hub.code, day * 1440 + 360, day * 1440 + 1320, 2]));
        }
    }
    rows
}

const LINK_HEADER: &str = "link,from,to,name,km,waterway_class,depth_m,air_draft_m,current_kmh,speed_limit_kmh,through_traffic,\
     lock,lock_transit_h,lock_wait_h,lock_vessels_per_h,hk_mo_border";

/// Rows of the waterway tables while the river grows upstream.
struct River {
    junctions: Vec<String>,
    links: Vec<String>,
    tides: Vec<String>,
    /// Upper end of the trunk so far.
    head: String,
    /// Upper end of the newest branch.
    branch: Option<String>,
}

impl River {
    fn new(terminals: &[Place], random: &mut ChaCha8Rng) -> Self {
        let junctions = vec![row![MOUTH, "Mouth of the river", "22.500", "113.600"]];
        let mut river = Self { junctions, links: Vec::new(), tides: Vec::new(), head: MOUTH.to_owned(), branch: None };
        for place in terminals {
            if place.hub {
                river.add_sea_way(place, random);
            } else {
                river.add_terminal(&place.code, random);
            }
        }
        river
    }

    fn add_sea_way(&mut self, hub: &Place, random: &mut ChaCha8Rng) {
        let km = tenths(random.random_range(80..400_u32));
        let border = yes_no(hub.outside);
        self.add_link(|link| row![link, MOUTH, hub.code, "Estuary", km, "sea,8.0,30,0,20,yes,,,,", border]);
    }

    /// A terminal on the trunk, on the newest branch or on a new one.
    fn add_terminal(&mut self, code: &str, random: &mut ChaCha8Rng) {
        match (random.random_range(0..10_u32), self.branch.clone()) {
            (0..=1, Some(branch)) => {
                self.add_branch(code, &branch, random);
                self.branch = Some(code.to_owned());
            }
            (2..=4, _) => {
                let junction = format!("J{}", self.junctions.len());
                self.junctions.push(row![junction, "Confluence", "22.900", "113.100"]);
                self.add_trunk(&junction, random);
                self.add_branch(code, &junction, random);
                self.branch = Some(code.to_owned());
            }
            _ => self.add_trunk(code, random),
        }
    }

    /// The trunk grows by one stretch, some of them with a lock.
    fn add_trunk(&mut self, from: &str, random: &mut ChaCha8Rng) {
        let km = tenths(random.random_range(50..350_u32));
        let depth = tenths(random.random_range(36..46_u32));
        let current = tenths(random.random_range(10..30_u32));
        let lock = if random.random_ratio(1, 8) { "Lock,1,1.5,1" } else { ",,," };
        let to = std::mem::replace(&mut self.head, from.to_owned());
        self.add_link(|link| row![link, from, to, "Trunk", km, "I", depth, 10, current, 18, "yes", lock, "no"]);
    }

    /// A branch is smaller: only small vessels sail on some, and the tide decides about others.
    fn add_branch(&mut self, from: &str, to: &str, random: &mut ChaCha8Rng) {
        let km = tenths(random.random_range(30..200_u32));
        let class = if random.random_ratio(1, 4) { "IV" } else { "III" };
        let depth = tenths(random.random_range(29..38_u32));
        let link = self.add_link(|link| row![link, from, to, "Branch", km, class, depth, 9, "1.0", 15, "yes,,,,", "no"]);
        if random.random_ratio(1, 4) {
            self.tides.push(row!["Bar", link, "1.0", tenths(random.random_range(25..32_u32))]);
        }
    }

    fn add_link(&mut self, row: impl FnOnce(&str) -> String) -> String {
        let link = format!("W{:02}", self.links.len() + 1);
        self.links.push(row(&link));
        link
    }
}
