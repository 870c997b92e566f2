//! The tables of an instance folder and their columns, as `instances/README.md` states them.

/// Settings of the instance.
pub(super) const SETTINGS: &str = "instance.toml";

/// Extra tables that may lie in the folder and are not read.
pub(super) const NOT_READ: [&str; 2] = ["sources.csv", TARIFF.file];

/// Land, drawn below everything else.
pub(super) const COASTLINE: &str = "coastline.geojson";

/// The course of each link.
pub(super) const WATERWAYS: &str = "waterways.geojson";

/// Files that are drawn: no plan depends on them, so the hash of an instance leaves them out.
pub(super) const MAPS: [&str; 2] = [COASTLINE, WATERWAYS];

/// Columns allowed in every table and carried for the reader only.
pub(super) const CARRIED: [&str; 4] = ["confidence", "basis", "source", "note"];

/// What a table may and must hold.
#[derive(Debug)]
pub(super) struct Schema {
    pub file: &'static str,
    pub required: &'static [&'static str],
    pub optional: &'static [&'static str],
    /// The file may be missing.
    pub may_be_missing: bool,
    /// There must be this many rows at least.
    pub least_rows: usize,
    /// More rows than this cannot be one planning task.
    pub most_rows: usize,
}

pub(super) const TERMINALS: Schema = Schema {
    file: "terminals.csv",
    required: &[
        "terminal",
        "facility",
        "name",
        "lat",
        "lon",
        "foreign_trade",
        "domestic_trade",
        "mixed_trade",
        "mixed_direction",
        "one_clearance",
        "transshipment",
        "berths",
        "moves_per_berth_hour",
        "wait_h",
        "handling_rmb_per_teu",
        "call_cost_rmb",
        "min_call_teu",
    ],
    optional: &[
        "unlocode",
        "name_zh",
        "city",
        "region",
        "role",
        "customs_district",
        "border_station",
        "charging",
        "open_from_min",
        "open_to_min",
    ],
    may_be_missing: false,
    least_rows: 2,
    most_rows: 1000,
};

pub(super) const JUNCTIONS: Schema = Schema {
    file: "junctions.csv",
    required: &["junction", "name", "lat", "lon"],
    optional: &["name_zh"],
    may_be_missing: false,
    least_rows: 0,
    most_rows: 10_000,
};

pub(super) const LINKS: Schema = Schema {
    file: "links.csv",
    required: &["link", "from", "to", "name", "km", "waterway_class", "depth_m", "air_draft_m", "current_kmh", "speed_limit_kmh"],
    optional: &["name_zh", "through_traffic", "lock", "lock_transit_h", "lock_wait_h", "lock_vessels_per_h", "hk_mo_border"],
    may_be_missing: false,
    least_rows: 1,
    most_rows: 20_000,
};

pub(super) const TIDES: Schema = Schema {
    file: "tides.csv",
    required: &["point", "link", "mean_range_m", "low_water_depth_m"],
    optional: &[],
    may_be_missing: true,
    least_rows: 0,
    most_rows: 20_000,
};

pub(super) const CLASSES: Schema = Schema {
    file: "vessel_classes.csv",
    required: &[
        "class",
        "name",
        "teu",
        "dwt_t",
        "draft_full_m",
        "draft_light_m",
        "air_draft_m",
        "speed_kmh",
        "energy",
        "reefer_plugs",
        "dangerous_teu",
        "fixed_rmb_per_day",
        "min_waterway_class",
    ],
    optional: &["least_speed_kmh", "fuel_kg_per_h_sailing", "fuel_kg_per_h_port", "kwh_per_km", "range_km"],
    may_be_missing: false,
    least_rows: 1,
    most_rows: 100,
};

pub(super) const OPERATORS: Schema = Schema {
    file: "operators.csv",
    required: &["operator", "name", "kind", "committed_share"],
    optional: &["name_zh", "home_terminal"],
    may_be_missing: false,
    least_rows: 1,
    most_rows: 1000,
};

pub(super) const FLEET: Schema = Schema {
    file: "fleet.csv",
    required: &["operator", "class", "vessels", "hk_mo_registered"],
    optional: &[],
    may_be_missing: false,
    least_rows: 1,
    most_rows: 10_000,
};

pub(super) const DEMAND: Schema = Schema {
    file: "demand.csv",
    required: &[
        "demand",
        "origin",
        "destination",
        "trade",
        "cargo",
        "teu_per_week",
        "tonnes_per_teu",
        "rate_rmb_per_teu",
        "max_transit_h",
    ],
    optional: &["mother_vessel", "member"],
    may_be_missing: false,
    least_rows: 1,
    most_rows: 100_000,
};

pub(super) const MOTHERS: Schema = Schema {
    file: "mother_vessels.csv",
    required: &["mother_vessel", "terminal", "name", "berthing_min", "barge_cut_off_h", "longest_wait_h"],
    optional: &[],
    may_be_missing: false,
    least_rows: 0,
    most_rows: 10_000,
};

pub(super) const WINDOWS: Schema = Schema {
    file: "windows.csv",
    required: &["terminal", "from_min", "to_min", "berths"],
    optional: &[],
    may_be_missing: true,
    least_rows: 0,
    most_rows: 100_000,
};

pub(super) const CROSS_BORDER: Schema = Schema {
    file: "cross_border.csv",
    required: &["origin", "via", "destination"],
    optional: &[],
    may_be_missing: true,
    least_rows: 0,
    most_rows: 100_000,
};

pub(super) const CHARGES: Schema = Schema {
    file: "charges.csv",
    required: &["charge", "value", "unit"],
    optional: &[],
    may_be_missing: false,
    least_rows: 0,
    most_rows: 1000,
};

/// The price list, which is no table of the planning task.
pub(super) const TARIFF: Schema = Schema {
    file: "tariff.csv",
    required: &["charge", "value", "unit"],
    optional: &[],
    may_be_missing: true,
    least_rows: 0,
    most_rows: 1000,
};

/// All tables, in the order they are read and their errors are shown; the settings come before them.
pub(super) const TABLES: [&Schema; 12] =
    [&TERMINALS, &JUNCTIONS, &LINKS, &TIDES, &CLASSES, &OPERATORS, &FLEET, &DEMAND, &MOTHERS, &WINDOWS, &CROSS_BORDER, &CHARGES];

impl Schema {
    /// The table has this column, be it for the reader only.
    pub fn knows(&self, column: &str) -> bool {
        [self.required, self.optional, &CARRIED].concat().contains(&column)
    }
}

/// A file of this name is read.
pub(super) fn is_read(file: &str) -> bool {
    file == SETTINGS || MAPS.contains(&file) || TABLES.iter().any(|table| table.file == file)
}

/// A file of this name looks like a file of an instance but is none.
pub(super) fn is_stray(file: &str) -> bool {
    let name = file.to_ascii_lowercase();
    let looks_like_one = [".csv", ".toml", ".geojson"].iter().any(|ending| name.ends_with(ending));
    looks_like_one && !is_read(file) && !NOT_READ.contains(&file)
}

/// Place of a file in the order of errors: settings, tables, anything else.
pub(super) fn file_order(file: &str) -> usize {
    if file == SETTINGS {
        return 0;
    }
    TABLES.iter().position(|table| table.file == file).map_or(TABLES.len() + 1, |place| place + 1)
}
