//! The tables of the hand-made river. Numbers are round, so that money and times can be worked out in one's head.
//!
//! ```text
//! UPR --30 km, lock-- MID --30 km-- TWN --30 km-- HUB --60 km, border-- HKG
//!                      |
//!                      15 km, low bridge, 5 km/h current, DOM downstream
//! ```

use std::collections::BTreeMap;

/// All tables by file name.
pub fn tables() -> BTreeMap<String, Vec<u8>> {
    let tables = [
        ("instance.toml", SETTINGS),
        ("terminals.csv", TERMINALS),
        ("junctions.csv", "junction,name,lat,lon\n"),
        ("links.csv", LINKS),
        ("vessel_classes.csv", CLASSES),
        ("operators.csv", OPERATORS),
        ("fleet.csv", FLEET),
        ("demand.csv", DEMAND),
        ("mother_vessels.csv", MOTHERS),
        ("windows.csv", WINDOWS),
        ("cross_border.csv", "origin,via,destination\nMID,HKG,HUB\n"),
        ("charges.csv", CHARGES),
    ];
    tables.into_iter().map(|(file, text)| (file.to_owned(), text.as_bytes().to_vec())).collect()
}

const SETTINGS: &str = r#"
name = "hand-made"
title = "A river made by hand"
cycle_h = 168
slot_min = 15
under_keel_m = 0.3
teu_per_move = 1.5
min_handling_min = 30
headway_tolerance_min = 120
turnaround_buffer_min = 30
transfer_min = 240
[customs]
border_station_min = 30
border_sealing_min = 15
second_clearance_h = 24
[service_rules]
longest_round_trip_h = 336
most_calls = 6
most_visits = 2
least_sailings = 1
frequencies = [1, 2, 3]
[expect]
profit_rmb_min = 0
carried_share_min = 0.0
"#;

/// 20 moves an hour of 1.5 TEU each: a TEU takes two minutes everywhere.
const TERMINALS: &str = "\
terminal,facility,name,region,role,lat,lon,foreign_trade,domestic_trade,border_station,mixed_trade,mixed_direction,one_clearance,\
transshipment,berths,moves_per_berth_hour,wait_h,open_from_min,open_to_min,handling_rmb_per_teu,call_cost_rmb,min_call_teu
UPR,CNUPR-UPR,Upriver,GX,feeder,23.5,111.0,yes,yes,none,yes,yes,HUB,no,1,20,0.5,360,1320,20,100,5
MID,CNMID-MID,Midriver,GD,regional,23.2,112.0,yes,yes,Dachan,yes,yes,HUB,yes,2,20,0.5,,,10,200,2
TWN,CNTWN-TWN,Township,GD,feeder,23.0,112.5,yes,yes,Dachan,no,no,,no,1,20,0.5,,,15,100,10
HUB,CNHUB-HUB,Hub,GD,hub,22.8,113.5,yes,yes,Dachan,yes,yes,,yes,1,20,1,,,30,300,5
DOM,CNDOM-DOM,Creek,GD,feeder,23.3,112.2,no,yes,none,no,no,,no,1,20,0.5,,,5,50,0
HKG,HKHKG-HKG,Hong Kong,HK,relay,22.3,114.1,yes,no,none,no,yes,,yes,1,20,0.5,,,40,500,0
";

const LINKS: &str = "\
link,from,to,name,km,waterway_class,depth_m,air_draft_m,current_kmh,speed_limit_kmh,lock,lock_transit_h,lock_wait_h,\
lock_vessels_per_h,hk_mo_border
L1,UPR,MID,Upper river,30,III,2.6,10,0,30,Gate,0.5,0.5,2,no
L2,MID,TWN,Middle river,30,III,6,10,0,30,,,,,no
L3,TWN,HUB,Lower river,30,I,6,10,0,30,,,,,no
L4,HUB,HKG,Estuary,60,sea,10,50,0,30,,,,,yes
L5,MID,DOM,Creek,15,V,2.5,6,5,30,,,,,no
";

/// At 2.6 m a D100 carries half its deadweight: 1000 t.
const CLASSES: &str = "\
class,name,teu,dwt_t,draft_full_m,draft_light_m,air_draft_m,speed_kmh,energy,fuel_kg_per_h_sailing,fuel_kg_per_h_port,kwh_per_km,\
range_km,reefer_plugs,dangerous_teu,fixed_rmb_per_day,min_waterway_class
D100,Diesel barge,100,2000,3.3,1.3,8,15,diesel,20,2,,,10,10,500,IV
L60,LNG barge,60,1200,3.0,1.0,7,15,lng,10,1,,,6,4,300,IV
E30,Electric barge,30,600,2.0,0.8,5,10,electric,,,10,80,2,0,200,V
";

const OPERATORS: &str = "\
operator,name,kind,home_terminal,committed_share
OPA,Line A,barge operator,UPR,0.55
OPB,Line B,barge operator,,0.3
POR,Port,port company,HUB,0.15
";

const FLEET: &str = "\
operator,class,vessels,hk_mo_registered
OPA,D100,1,yes
OPA,D100,1,no
OPB,L60,1,yes
OPB,L60,1,no
OPB,E30,1,no
";

const DEMAND: &str = "\
demand,origin,destination,trade,cargo,teu_per_week,tonnes_per_teu,rate_rmb_per_teu,max_transit_h,mother_vessel,member
EX-UPR-HUB,UPR,HUB,export,reefer,12,15,500,48,MV1,OPA
IM-HUB-UPR,HUB,UPR,import,dry,20,10,400,48,,OPA
DO-UPR-DOM,UPR,DOM,domestic,dry,6,20,300,100,,OPB
DO-DOM-UPR,DOM,UPR,domestic,dry,4,20,300,48,,OPA
DO-MID-HUB,MID,HUB,domestic,dangerous,5,18,200,24,,POR
EX-MID-HKG,MID,HKG,export,dry,30,12,600,48,,OPA
IM-HKG-HUB,HKG,HUB,import,dry,20,10,500,24,,OPB
EM-HUB-MID,HUB,MID,empty,dry,10,2.5,50,168,,OPB
EX-TWN-HUB,TWN,HUB,export,dry,12,14,300,30,,OPB
IM-HUB-MID,HUB,MID,import,dry,10,10,250,24,,OPA
EX-MID-HUB,MID,HUB,export,dry,8,14,250,168,,OPA
IM-HUB-TWN,HUB,TWN,import,dry,6,10,250,72,,OPB
CB-MID-HUB,MID,HUB,cross_border_domestic,dry,5,16,400,24,,OPA
TR-HKG-MID,HKG,MID,transit,dry,3,10,600,48,,OPB
";

/// Barges arrive by minute 2280 of the week, and after minute 840.
const MOTHERS: &str = "\
mother_vessel,terminal,name,berthing_min,barge_cut_off_h,longest_wait_h
MV1,HUB,Ocean ship,3000,12,24
";

const WINDOWS: &str = "\
terminal,from_min,to_min,berths
HUB,1200,1440,1
HUB,3960,4200,1
HUB,5040,5190,2
HUB,6240,6480,1
HUB,8160,8280,1
";

const CHARGES: &str = "\
charge,value,unit
diesel,8000,RMB/t
lng_fuel_factor,0.75,share of the diesel cost
electricity,0.8,RMB/kWh
";
