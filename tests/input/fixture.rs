//! A small valid instance in memory, and ways to break it.

use std::collections::BTreeMap;
use std::path::Path;
use waterbus::domain::Problem;
use waterbus::input::{ErrorCode, InputError, InputErrors, read_instance, read_tables, write_tables};

/// The tables of an instance, to be changed by a test.
#[derive(Clone, Debug)]
pub struct Tables(pub BTreeMap<String, Vec<u8>>);

const TABLES: [(&str, &str); 13] = [
    (
        "instance.toml",
        "name = \"small\"\n\
         title = \"Three river terminals and a hub\"\n\
         cycle_h = 168\n\
         slot_min = 15\n\
         under_keel_m = 0.3\n\
         teu_per_move = 1.65\n\
         min_handling_min = 30\n\
         headway_tolerance_min = 120\n\
         turnaround_buffer_min = 0\n\
         transfer_min = 240\n\
         [customs]\n\
         border_station_min = 30\n\
         border_sealing_min = 15\n\
         second_clearance_h = 24\n\
         [service_rules]\n\
         longest_round_trip_h = 168\n\
         most_calls = 6\n\
         most_visits = 2\n\
         least_sailings = 1\n\
         frequencies = [1, 2, 3]\n\
         [expect]\n\
         profit_rmb_min = 0\n\
         carried_share_min = 0.0\n",
    ),
    (
        "terminals.csv",
        "terminal,unlocode,facility,name,region,role,lat,lon,foreign_trade,domestic_trade,border_station,mixed_trade,mixed_direction,\
         one_clearance,transshipment,berths,moves_per_berth_hour,wait_h,open_from_min,open_to_min,handling_rmb_per_teu,call_cost_rmb,\
         min_call_teu,note\n\
         HUB,CNNSA,CNNSA-HUB,Hub,GD,hub,22.6,113.7,yes,yes,none,yes,yes,,yes,4,25,1.5,,,60,600,8,\n\
         UP,CNUPP,CNUPP-UP,Upper port,GD,feeder,23.1,112.5,yes,yes,Dachan,yes,yes,HUB,no,1,18,0.25,360,1320,110,250,4,\n\
         MID,,CNMID-MID,Middle port,GD,feeder,23.0,113.0,no,yes,Dachan,no,no,,no,1,18,0.25,,,110,250,4,no customs\n\
         HKG,HKHKG,HKHKG-HKG,Hong Kong,HK,relay,22.3,114.1,yes,no,none,no,yes,,yes,3,25,2,,,200,1200,8,\n",
    ),
    ("junctions.csv", "junction,name,lat,lon\nJ1,Mouth,22.8,113.5\n"),
    (
        "links.csv",
        "link,from,to,name,km,waterway_class,depth_m,air_draft_m,current_kmh,speed_limit_kmh,through_traffic,lock,lock_transit_h,\
         lock_wait_h,lock_vessels_per_h,hk_mo_border\n\
         W1,UP,MID,Upper river,60.5,II,4.1,10,2,18,yes,Gate,1.2,3,1,no\n\
         W2,MID,J1,Lower river,30,I,4.5,10,1.5,18,,,,,,\n\
         W3,J1,HUB,Estuary,20,sea,9,30,0,20,yes,,,,,no\n\
         W4,J1,HKG,Sound,45,sea,9,30,0,20,yes,,,,,yes\n",
    ),
    ("tides.csv", "point,link,mean_range_m,low_water_depth_m\nBar,W2,1.1,3.8\n"),
    (
        "vessel_classes.csv",
        "class,name,teu,dwt_t,draft_full_m,draft_light_m,air_draft_m,speed_kmh,least_speed_kmh,energy,fuel_kg_per_h_sailing,fuel_kg_per_h_port,\
         kwh_per_km,range_km,reefer_plugs,dangerous_teu,fixed_rmb_per_day,min_waterway_class\n\
         B64,Barge,64,1000,2.8,1.2,8,15,12,diesel,45,6,,,6,6,4240,III\n\
         E64,Electric barge,64,1000,2.7,1.1,8,13,,electric,,,12,150,6,0,5900,III\n",
    ),
    (
        "operators.csv",
        "operator,name,kind,home_terminal,committed_share\n\
         OP1,First,barge operator,UP,0.6\n\
         OP2,Second,port company,,0.4\n",
    ),
    ("fleet.csv", "operator,class,vessels,hk_mo_registered\nOP1,B64,2,yes\nOP1,B64,1,no\nOP2,E64,1,no\n"),
    (
        "demand.csv",
        "demand,origin,destination,trade,cargo,teu_per_week,tonnes_per_teu,rate_rmb_per_teu,max_transit_h,mother_vessel,member,confidence\n\
         D1,UP,HUB,export,dry,40,11,270.5,96,M1,OP1,A\n\
         D2,HUB,UP,import,reefer,5,15,430,72,,OP2,B\n\
         D3,UP,MID,domestic,dry,12,17,200,120,,OP1,illustrative\n\
         D4,HUB,MID,empty,dry,20,2.2,150,240,,OP2,\n\
         D5,UP,HUB,cross_border_domestic,dry,6,17,300,120,,OP1,\n",
    ),
    (
        "mother_vessels.csv",
        "mother_vessel,terminal,name,berthing_min,barge_cut_off_h,longest_wait_h\nM1,HUB,Weekly,1200,36,120\n",
    ),
    ("windows.csv", "terminal,from_min,to_min,berths\nHKG,360,1320,2\nHKG,1800,2760,2\n"),
    ("cross_border.csv", "origin,via,destination\nUP,HKG,HUB\n"),
    (
        "charges.csv",
        "charge,value,unit\n\
         diesel,7500,RMB/t\n\
         lng_fuel_factor,0.8,share of the diesel cost\n\
         electricity,0.8,RMB/kWh\n",
    ),
];

impl Tables {
    /// A valid instance: a hub, a river with two ports, Hong Kong, and something in every table.
    pub fn valid() -> Self {
        Self(TABLES.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into())
    }

    pub fn text(&self, file: &str) -> String {
        String::from_utf8(self.0[file].clone()).expect("the valid tables are text")
    }

    pub fn put(&mut self, file: &str, bytes: impl Into<Vec<u8>>) {
        self.0.insert(file.to_owned(), bytes.into());
    }

    pub fn remove(&mut self, file: &str) {
        self.0.remove(file).expect("the file is there");
    }

    /// Replaces a piece of text that must be there.
    pub fn replace(&mut self, file: &str, from: &str, to: &str) {
        let text = self.text(file);
        assert!(text.contains(from), "{file} holds {from}");
        self.put(file, text.replacen(from, to, 1));
    }

    /// Adds a line at the end.
    pub fn add(&mut self, file: &str, line: &str) {
        let text = self.text(file) + line + "\n";
        self.put(file, text);
    }

    /// Removes all lines but the header.
    pub fn keep_header(&mut self, file: &str) {
        let header = self.text(file).lines().next().expect("a header").to_owned() + "\n";
        self.put(file, header);
    }

    /// Changes one cell; lines count from 1, the header. The valid tables have no quotes.
    pub fn set(&mut self, file: &str, line: usize, column: &str, cell: &str) {
        let mut lines: Vec<String> = self.text(file).lines().map(str::to_owned).collect();
        let place = lines[0].split(',').position(|name| name == column).expect("the column is there");
        let mut cells: Vec<&str> = lines[line - 1].split(',').collect();
        cells[place] = cell;
        lines[line - 1] = cells.join(",");
        self.put(file, lines.join("\n") + "\n");
    }

    pub fn read(&self) -> Result<Problem, InputErrors> {
        read_tables(&self.0)
    }

    pub fn problem(&self) -> Problem {
        self.read().unwrap_or_else(|errors| panic!("{errors}"))
    }

    pub fn errors(&self) -> Vec<InputError> {
        self.read().expect_err("the instance is broken").errors
    }
}

/// How an instance is broken.
pub enum Broken {
    Tables(fn(&mut Tables)),
    Folder(fn(&Path)),
}

/// A broken instance and the one error that is to be reported for it.
pub struct Case {
    pub code: ErrorCode,
    pub file: &'static str,
    pub line: Option<u64>,
    pub field: Option<&'static str>,
    pub broken: Broken,
}

/// A case of broken tables.
pub fn case(code: ErrorCode, file: &'static str, line: u64, field: &'static str, broken: fn(&mut Tables)) -> Case {
    let line = Some(line).filter(|line| *line > 0);
    let field = Some(field).filter(|field| !field.is_empty());
    Case { code, file, line, field, broken: Broken::Tables(broken) }
}

impl Case {
    fn errors(&self) -> InputErrors {
        let mut tables = Tables::valid();
        let result = match self.broken {
            Broken::Tables(broken) => {
                broken(&mut tables);
                tables.read()
            }
            Broken::Folder(broken) => {
                let folder = tempfile::tempdir().expect("a folder for the test");
                let inside = folder.path().join("instance");
                write_tables(&tables.0, &inside).expect("the tables can be written");
                broken(&inside);
                read_instance(&inside)
            }
        };
        result.err().unwrap_or_else(|| panic!("{:?} is reported", self.code))
    }

    /// Reads the broken instance and compares: one error, in the right place, with advice.
    pub fn check(&self) {
        let errors = self.errors();
        let [error] = errors.errors.as_slice() else { panic!("one error for {:?}, not:\n{errors}", self.code) };
        let found = (error.code, error.line, error.field.as_deref());
        assert_eq!(found, (self.code, self.line, self.field), "{error}");
        assert!(error.file == self.file || error.file.ends_with("/instance"), "{error}");
        assert!(!error.what.is_empty() && !error.do_this.is_empty(), "{error}");
    }
}
