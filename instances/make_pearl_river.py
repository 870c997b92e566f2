#!/usr/bin/env python3
"""Make the instances pearl-river and pearl-delta from the draft data of the Pearl River network.

    python3 instances/make_pearl_river.py DRAFT_FOLDER OUT_FOLDER

DRAFT_FOLDER holds ports.csv, junctions.csv, waterways.csv, vessel_classes.csv, operators.csv, rates.csv, sources.csv and
demand_weekly_draft.csv, and the maps coastline.geojson and waterways.geojson. The files of both instances go to OUT_FOLDER; the README
files beside them are written by hand.
Same draft in, same bytes out: no clock, no random numbers. Every estimate is a constant below, with its reason.
"""

import csv
import heapq
import json
import math
import sys
from collections import defaultdict
from pathlib import Path

# ---------------------------------------------------------------------------------------------------------------- terminals
# The draft's mean wait is for barges that come without an agreed time. A fixed, published timetable with agreed windows should
# meet a quarter of it (estimate).
WAIT_SHARE_WITH_TIMETABLE = 0.25
WAIT_STEP_H = 0.25
# Berths an alliance of 5 % of the market may hold at once (estimate). River ports: 2 from this number of barge berths on, else 1.
RIVER_BERTHS_FOR_TWO = 4
REGIONAL_BERTHS = 2
HUB_BERTHS = {"NSA": 6, "SHK": 4, "YTN": 3, "HKKT": 3, "HKRT": 3}
# Price of one call, RMB (estimate): river quays are cheap, Hong Kong is dear.
CALL_COST_RMB = {"river": 250, "regional": 400, "hub": 600, "hk": 1200, "macau": 800}
# Least call size, TEU (estimate): hubs insist on more because a barge takes a berth that a ship could use.
MIN_CALL_TEU = {"river": 6, "guangxi": 8, "regional": 10, "hub": 16, "hk": 16, "macau": 6}
# Ports with one berth and few boxes would never reach the river minimum.
SMALL_PORTS = ("KZG", "FKJ", "NNW", "QGY")
SMALL_PORT_MIN_CALL_TEU = 4
# R7: terminals named in the 2018 pilot (BUS) and in the Zhongshan-Yantian same-ship bus of 2019 (SSB).
MIXED_TRADE_PUBLISHED = ("HOP", "WUC", "HUN", "STI", "SHK", "ZSN", "YTN")
# R7 elsewhere: what the port plan aims at. The hub and regional terminals by name, the river ports by city.
MIXED_TRADE_ESTIMATED = ("NSA", "DCB")
MIXED_TRADE_CITIES = ("Foshan", "Zhaoqing", "Yunfu")
# R6: terminals of the import-and-export line of the 2018 pilot. Others follow from combined port and One-Port-Link.
MIXED_DIRECTION_PUBLISHED = ("HOP", "WUC", "HUN", "HKKT")
MIXED_DIRECTION_ESTIMATED = ("STI", "SHK", "NSA", "YTN", "HKRT", "DCB")
# R9, published pairs: hub, terminals, source keys.
ONE_CLEARANCE_PUBLISHED = (
    ("NSA", ("NGG", "BIJ", "ROQ", "LUU", "SRG"), "GPG20"),
    ("SHK", ("XIT",), "COMB37"),
    ("SHK", ("DOU",), "DOU"),
    ("SHK", ("JMG",), "COMB"),
    ("YTN", ("XAO",), "XAO"),
)
# R9, estimated: One-Port-Link is planned for these cities (GPG11).
ONE_PORT_LINK_CITIES = ("Guangzhou", "Foshan", "Zhaoqing", "Qingyuan", "Yunfu")
# R9, estimated: 37 combined-port lines in 2023 (COMB37) reach about every larger river port of the delta cities. Xinsha is left
# out because it handles mainly bulk and vehicles.
COMBINED_PORT_CITIES = ("Guangzhou", "Dongguan", "Foshan", "Zhongshan", "Zhuhai", "Jiangmen", "Zhaoqing")
COMBINED_PORT_LEAST_TEU_YEAR = 200_000
COMBINED_PORT_NOT = ("XNA",)
# R9, estimated: the same-ship bus of 2019 ran Zhongshan - Yantian.
COMBINED_PORT_YANTIAN = ("ZSN",)
TRANSSHIPMENT = ("NSA", "SHK", "YTN", "HKKT", "GON", "HKRT", "STI", "HUN")
SOURCES_ADDED = (("SSB", "http://www.kcqsx.com/zhongshan/201909/663768.html (Zhongshan-Yantian same-ship bus, 4 September 2019)"),)

# -------------------------------------------------------------------------------------------------------------------- links
# Tanzhou is a narrow (60 m), slow short cut. Through traffic uses the Shunde waterway (106 Mt a year, published).
NO_THROUGH_TRAFFIC = ("W44", "W45")
# Both ends of this link lie in Macau waters, so it is not a second crossing.
INSIDE_MACAU_WATERS = ("W25",)
# Lockages an hour that the alliance may claim (estimate): 5 to 10 % of what the chambers can do.
LOCK_VESSELS_PER_H = {"Changzhou": 2.0, "Guiping": 1.0, "Guigang": 1.0, "Xijin": 1.0, "Qingyuan": 0.5}
# Draught-critical tidal links with their mean range (m). Zhongshan 1.1 is published (ZSN), the others are estimates between
# 0.8 (upper delta) and 1.6 (Shiziyang).
TIDES = (
    ("Xiaolan to Zhongshan", "W62", 1.1),
    ("Jiya waterway", "W63", 1.1),
    ("Xiaolan waterway, upper part", "W61", 0.9),
    ("Nimen, Doumen", "W26", 1.0),
    ("Jiangmen waterway", "W30", 0.9),
    ("Shunde branch, upper part", "W51", 0.8),
    ("Shunde branch, lower part", "W52", 0.9),
    ("Hongwan to Macau", "W24", 1.1),
    ("Dongjiang north mainstream", "W76", 1.6),
)
TIDE_PUBLISHED = ("W62",)
# Spring low water may fall this far below the draft's depth (estimate).
LOW_WATER_BELOW_DEPTH_M = 0.2

# -------------------------------------------------------------------------------------------------------- classes and fleet
ENERGY = {"B160": "lng", "E64": "electric", "E120": "electric"}
# E120: published. E64: two battery boxes of the same size at 12 kWh/km give 250 km; 150 km keeps a reserve for current and age.
RANGE_KM = {"E64": 150, "E120": 220}
LIGHT_DRAUGHT_SHARE = 0.42
# Dangerous goods: a tenth of the slots. The creek barge and the electric barges take none.
DANGEROUS_SHARE = 0.10
NO_DANGEROUS = ("B36", "E64", "E120")
# operator, class, vessels, registered for Hong Kong and Macau (R5). Totals are the draft's fleets. R1 forbids domestic with
# foreign cargo on a registered vessel, so each delta member keeps some vessels unregistered for the mixed mainland lines.
FLEET = (
    ("OP1", "B100", 4, "yes"),
    ("OP1", "B120", 1, "yes"),
    ("OP1", "B64", 3, "no"),
    ("OP2", "B64", 1, "yes"),
    ("OP2", "B100", 3, "yes"),
    ("OP2", "B64", 3, "no"),
    ("OP2", "B36", 2, "no"),
    ("OP3", "B160", 4, "no"),
    ("OP3", "B100", 2, "no"),
    ("OP4", "B120", 4, "yes"),
    ("OP4", "B250", 1, "yes"),
    ("OP5", "E64", 2, "no"),
    ("OP5", "E120", 2, "no"),
)

# ------------------------------------------------------------------------------------------------------------------- demand
TRADE = {
    "export": "export",
    "import": "import",
    "domestic": "domestic",
    "empty_out": "empty",
    "empty_in": "empty",
    "domestic_empty": "empty",
}
FOREIGN_TRADES = ("export", "import", "empty_out", "empty_in")
LEAST_DRAFT_TEU = 0.5
TRADE_KEY = {"export": "EX", "import": "IM", "domestic": "DO", "empty": "EM"}
CARGO_KEY = {"dry": "", "reefer": "R", "dangerous": "D"}
# Share of a laden row that is split off, the trades concerned, and the least row (TEU) where the share rounds to one TEU.
REEFER = (0.03, ("export", "import"), 17)
DANGEROUS = (0.015, ("export", "domestic"), 34)
# Gross tonnes a TEU, box included (estimate): exports are light consumer goods, domestic boxes carry tiles, grain and steel.
TONNES_PER_TEU = {"export": 11.0, "import": 12.0, "domestic": 17.0, "empty": 2.2}
CARGO_TONNES_PER_TEU = {"reefer": 15.0, "dangerous": 14.0}
# Rate bands (RMB a TEU) by the dearest hub of the pair, with the distances (km) where each band starts and ends: about the
# nearest and the farthest port of the delta rows (Kangzhou) and of the Guangxi rows (Wuzhou, Niuwan).
DELTA_BANDS = {"nansha": (250, 400, 30, 290), "shenzhen": (350, 550, 60, 330), "hongkong": (550, 900, 90, 450)}
GUANGXI_BAND = (450, 700, 380, 900)
BAND_OF_HUB = {"YTN": "hongkong", "HKKT": "hongkong", "HKRT": "hongkong", "SHK": "shenzhen", "DCB": "shenzhen"}
SHENZHEN_HONGKONG_RMB = 350
SHENZHEN = ("SHK", "DCB", "YTN")
HONGKONG = ("HKKT", "HKRT")
RATE_STEP_RMB = 5
# With 0.6 an empty box would pay less than its two lifts on most pairs, so empties pay 0.75 of the laden rate.
# The published bands leave out the hub's own handling, which the ocean line pays; the model books every lift as a cost of the barge
# line, so the freight of a box is the band's value plus the lift at each end that is not a river port.
ROLES_WITH_REPAID_LIFT = ("hub", "regional", "relay")
RATE_FACTOR = {"export": 1.0, "import": 1.0, "domestic": 0.95, "empty": 0.75}
CARGO_RATE_FACTOR = {"reefer": 1.6, "dangerous": 1.4}
# The rate is made for the way a 1,000 t barge takes: not through class IV channels or those without through traffic.
NOT_FOR_RATES = ("IV", "V")
# Latest transit, hours, delta / Guangxi (estimates; a truck needs a day, so reefers get three).
MAX_TRANSIT_H = {"laden": (96, 168), "reefer": (72, 120), "domestic": (144, 216), "empty": (240, 240)}
SHENZHEN_HONGKONG_TRANSIT_H = 48
SECOND_CLEARANCE_H = 24

# ---------------------------------------------------------------------------------------------------------------- members
# Who brings which cargo is nowhere published (estimate). A barge operator's cargo follows its committed share of the slots; port
# companies bring the cargo that they collect themselves: together a seventh, the hubs' company a little more than the rivers'.
PORT_CARGO_SHARE = {"PT1": 0.08, "PT2": 0.06}
# A member brings more of the cargo near its home: at this distance by water half as much as at its door.
HALF_PULL_KM = 60
# Place of the column in demand.csv, behind the mother vessel.
MEMBER_COLUMN = 10

# ---------------------------------------------------------------------------------------------------------- mother vessels
# key, terminal, neutral name, day of the week (Monday 0), hour of berthing. Invented: real berthings change with the season.
MOTHER_VESSELS = (
    ("NSA1", "NSA", "Europe weekly A", 0, 20),
    ("NSA2", "NSA", "Southeast Asia weekly A", 2, 8),
    ("NSA3", "NSA", "Africa weekly", 4, 14),
    ("NSA4", "NSA", "Middle East weekly", 5, 22),
    ("SHK1", "SHK", "Europe weekly B", 1, 6),
    ("SHK2", "SHK", "North America west coast weekly A", 3, 16),
    ("SHK3", "SHK", "Southeast Asia weekly B", 4, 22),
    ("SHK4", "SHK", "Mediterranean weekly", 6, 10),
    ("YTN1", "YTN", "North America west coast weekly B", 1, 12),
    ("YTN2", "YTN", "North America east coast weekly", 3, 20),
    ("YTN3", "YTN", "Europe weekly C", 6, 4),
    ("HKKT1", "HKKT", "Southeast Asia weekly C", 0, 10),
    ("HKKT2", "HKKT", "Europe weekly D", 2, 18),
    ("HKKT3", "HKKT", "Australia weekly", 4, 8),
    ("HKKT4", "HKKT", "North America west coast weekly C", 5, 16),
)
# The draft's sample: box 24 h before berthing, so barge 36 h before. Five days of free yard time at most (estimate).
BARGE_CUT_OFF_H = 36
LONGEST_WAIT_H = 120
# Smaller export rows catch whatever ship comes next.
LEAST_TEU_TIED_TO_MOTHER = 10

# ------------------------------------------------------------------------------------------------------------------ windows
# Agreed windows, each day of the week: terminal, from hour, to hour. Only where barges wait behind ocean ships the longest.
WINDOWS = (("HKKT", 6, 22), ("YTN", 0, 16))

# -------------------------------------------------------------------------------------------------------------- pearl-delta
DELTA_TERMINALS = ("HOP", "WUC", "HUN", "STI", "SHK", "HKKT", "NSA", "NGG", "BIJ", "LUU", "ROQ", "SRG")
# Links on a sensible way between the twelve; Ganzhuxi (class IV) and the way by Dachan Bay add nothing.
DELTA_LINK_NUMBERS = ((11, 16), (36, 52), (54, 60), (66, 75), (77, 77), (80, 82))
# About a third of the vessels for a third of the demand: registered ones for Hong Kong, the rest for mixed mainland lines.
DELTA_FLEET = (
    ("OP1", "B100", 3, "yes"),
    ("OP1", "B64", 2, "no"),
    ("OP2", "B100", 1, "yes"),
    ("OP2", "B64", 2, "no"),
    ("OP4", "B120", 2, "yes"),
    ("OP5", "E64", 1, "no"),
    ("OP5", "E120", 1, "no"),
)
# The draft's shares (0.28, 0.25, 0.17, 0.10) of the members that are left, scaled to one.
DELTA_SHARES = {"OP1": 0.35, "OP2": 0.31, "OP4": 0.21, "OP5": 0.13, "PT1": 0.0, "PT2": 0.0}
DELTA_HOMES = {"OP2": "ROQ"}

SETTINGS = {
    "pearl-river": {"title": "Pearl River, 45 terminals, an alliance with 5 % of the market", "longest_round_trip_h": 504},
    "pearl-delta": {"title": "Pearl River Delta, 12 terminals around the pilot lines of 2018", "longest_round_trip_h": 336},
}

INSTANCE_TOML = """\
name = "{name}"
title = "{title}"
cycle_h = 168
slot_min = 15
under_keel_m = 0.3
teu_per_move = 1.65
min_handling_min = 30
headway_tolerance_min = 120
turnaround_buffer_min = 0
transfer_min = 240
allotment_return_h = 48

[customs]
border_station_min = 30
border_sealing_min = 15
second_clearance_h = {second_clearance_h}

[service_rules]
longest_round_trip_h = {longest_round_trip_h}
most_calls = 8
most_visits = 2
least_sailings = 1
frequencies = [1, 2, 3, 5, 7, 14]

[expect]
profit_rmb_min = 0
carried_share_min = 0.3
"""


def read_table(folder, name):
    with open(folder / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_table(folder, name, columns, rows):
    with open(folder / name, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def half_up(value):
    return math.floor(value + 0.5 + 1e-9)


def number(value):
    """A number as short text: 2 for 2.0, 1.5 for 1.5."""
    return f"{round(value, 6):g}"


def joined(*parts):
    return "; ".join(part for part in parts if part)


# ---------------------------------------------------------------------------------------------------------------- terminals


def kind_of(port):
    """The price group of a terminal."""
    if port["region"] == "HK":
        return "hk"
    if port["region"] == "MO":
        return "macau"
    if port["role"] in ("hub", "regional"):
        return port["role"]
    return "guangxi" if port["region"] == "GX" else "river"


def yes_if(condition):
    return "yes" if condition else "no"


def berths_of(port):
    if port["port_id"] in HUB_BERTHS:
        return HUB_BERTHS[port["port_id"]]
    if port["role"] == "regional":
        return REGIONAL_BERTHS
    return 2 if int(port["barge_berths"]) >= RIVER_BERTHS_FOR_TWO else 1


def wait_of(port):
    return half_up(float(port["berth_wait_mean_h"]) * WAIT_SHARE_WITH_TIMETABLE / WAIT_STEP_H) * WAIT_STEP_H


def min_call_of(port):
    return SMALL_PORT_MIN_CALL_TEU if port["port_id"] in SMALL_PORTS else MIN_CALL_TEU[kind_of(port)]


def border_station_of(port):
    station = port["hk_mo_transit_station"]
    return "none" if not station or station.startswith("none") else station


def foreign_trade_of(port):
    """R4: only a confirmed customs point, so unknown counts as no."""
    return yes_if(port["foreign_trade"] == "yes")


def published_clearances(key):
    return [(hub, source) for hub, keys, source in ONE_CLEARANCE_PUBLISHED if key in keys]


def estimated_clearances(port):
    key = port["port_id"]
    hubs = ["NSA"] if port["city"] in ONE_PORT_LINK_CITIES else []
    if (
        port["city"] in COMBINED_PORT_CITIES
        and int(port["teu_year"]) >= COMBINED_PORT_LEAST_TEU_YEAR
        and key not in COMBINED_PORT_NOT
    ):
        hubs.append("SHK")
    if key in COMBINED_PORT_YANTIAN:
        hubs.append("YTN")
    return hubs


def one_clearance_of(port):
    """R9: the hubs of this terminal, and a remark which of them a page states."""
    if port["role"] == "hub" or foreign_trade_of(port) == "no":
        return [], ""
    published = published_clearances(port["port_id"])
    hubs = [hub for hub, _ in published]
    estimated = [hub for hub in estimated_clearances(port) if hub not in hubs]
    stated = [f"{hub} A ({source})" for hub, source in published] + [f"{hub} B" for hub in estimated]
    remark = "one clearance: " + ", ".join(stated) if stated else ""
    order = ("NSA", "SHK", "YTN")
    return sorted(hubs + estimated, key=order.index), remark


def mixed_trade_of(port):
    """R7: yes or no, and the confidence of it."""
    key = port["port_id"]
    if key in MIXED_TRADE_PUBLISHED:
        return "yes", "A"
    if foreign_trade_of(port) == "no" or port["domestic_trade"] != "yes":
        return "no", "B"
    by_city = port["city"] in MIXED_TRADE_CITIES and port["customs_district"] == "Guangzhou"
    return yes_if(key in MIXED_TRADE_ESTIMATED or by_city), "B"


def mixed_direction_of(port, hubs):
    """R6: yes or no, and the confidence of it."""
    key = port["port_id"]
    if key in MIXED_DIRECTION_PUBLISHED:
        return "yes", "A"
    return yes_if(key in MIXED_DIRECTION_ESTIMATED or bool(hubs)), "B"


def terminal_basis(port, trade_confidence, direction_confidence):
    stated = [
        name
        for name, confidence in (
            ("foreign trade", port["foreign_trade_confidence"]),
            ("opening hours", port["open_24h_confidence"]),
            ("number of barge berths", port["barge_berths_confidence"]),
            ("mixed trade", trade_confidence),
            ("mixed direction", direction_confidence),
        )
        if confidence == "A"
    ]
    graded = f"A: {', '.join(stated)}; all else B" if stated else "all B"
    return f"{graded}; {int(port['teu_year']):,} TEU a year: {port['teu_year_basis']}"


def terminal_note(port, clearance_remark):
    unknown = "foreign trade not confirmed, set to no (R4)" if port["foreign_trade"] == "unknown" else ""
    macau = "no border station kept: Shenzhen to Macau is outside the demand" if "Macau" in port["hk_mo_transit_station"] else ""
    return joined(port["note"], unknown, macau, clearance_remark)


def make_terminal(port):
    hubs, clearance_remark = one_clearance_of(port)
    trade, trade_confidence = mixed_trade_of(port)
    direction, direction_confidence = mixed_direction_of(port, hubs)
    kind = kind_of(port)
    return {
        "terminal": port["port_id"],
        "unlocode": port["unlocode"],
        "facility": f"{port['unlocode']}-{port['port_id']}",
        "name": port["name_en"],
        "name_zh": port["name_zh"],
        "city": port["city"],
        "region": port["region"],
        "role": port["role"],
        "lat": port["lat"],
        "lon": port["lon"],
        "customs_district": port["customs_district"],
        "foreign_trade": foreign_trade_of(port),
        "domestic_trade": port["domestic_trade"],
        "border_station": border_station_of(port),
        "mixed_trade": trade,
        "mixed_direction": direction,
        "one_clearance": ";".join(hubs),
        "transshipment": yes_if(port["port_id"] in TRANSSHIPMENT),
        "berths": berths_of(port),
        "moves_per_berth_hour": port["moves_per_berth_hour"],
        "wait_h": number(wait_of(port)),
        "open_from_min": "",
        "open_to_min": "",
        "handling_rmb_per_teu": port["handling_rmb_per_teu_lift_barge_side"],
        "call_cost_rmb": CALL_COST_RMB["river" if kind == "guangxi" else kind],
        "min_call_teu": min_call_of(port),
        "confidence": "B",
        "basis": terminal_basis(port, trade_confidence, direction_confidence),
        "source": port["source"],
        "note": terminal_note(port, clearance_remark),
    }


def make_terminals(draft):
    for port in draft["ports"]:
        if port["open_24h"] != "yes":
            raise SystemExit(f"ports.csv: {port['port_id']} is not open 24 h; opening minutes are not handled")
    return [make_terminal(port) for port in draft["ports"]]


# ------------------------------------------------------------------------------------------------------ junctions and links


def make_junction(key, name, name_zh, row, note):
    return {
        "junction": key,
        "name": name,
        "name_zh": name_zh,
        "lat": row["lat"],
        "lon": row["lon"],
        "confidence": "B",
        "basis": "placed by hand on the river lines, off by about 1 to 3 km",
        "source": "GEO",
        "note": note,
    }


def make_junctions(draft):
    return [make_junction(row["node_id"], row["name_en"], row["name_zh"], row, "") for row in draft["junctions"]]


def link_basis(row):
    graded = joined(
        f"length {row['km_confidence']}: {row['km_basis']}",
        f"class {row['class_confidence']}, depth {row['depth_confidence']}, air draught {row['air_draft_confidence']}",
        f"lock {row['lock_confidence']}" if row["lock"] else "",
    )
    return f"{graded}; width {row['width_m']} m; tide: {row['tidal']}"


def link_note(row):
    return joined(
        row["lock_note"],
        "real through traffic uses the Shunde waterway" if row["link_id"] in NO_THROUGH_TRAFFIC else "",
        "both ends in Macau waters, so no crossing here" if row["link_id"] in INSIDE_MACAU_WATERS else "",
    )


def make_link(row):
    return {
        "link": row["link_id"],
        "from": row["from_node"],
        "to": row["to_node"],
        "name": row["waterway_en"],
        "name_zh": row["waterway_zh"],
        "km": row["km"],
        "waterway_class": row["waterway_class"],
        "depth_m": row["depth_m"],
        "air_draft_m": row["air_draft_m"],
        "current_kmh": row["current_downstream_kmh"],
        "speed_limit_kmh": row["speed_limit_kmh"],
        "through_traffic": yes_if(row["link_id"] not in NO_THROUGH_TRAFFIC),
        "lock": row["lock"],
        "lock_transit_h": row["lock_transit_h"],
        "lock_wait_h": row["lock_wait_mean_h"],
        "lock_vessels_per_h": number(LOCK_VESSELS_PER_H[row["lock"]]) if row["lock"] else "",
        "hk_mo_border": "no" if row["link_id"] in INSIDE_MACAU_WATERS else row["hk_mo_border"],
        "confidence": "A" if row["km_confidence"] == row["class_confidence"] == row["depth_confidence"] == "A" else "B",
        "basis": link_basis(row),
        "source": row["source"],
        "note": link_note(row),
    }


def make_tides(links):
    depth = {link["link"]: float(link["depth_m"]) for link in links}
    return [
        {
            "point": point,
            "link": link,
            "mean_range_m": number(mean_range),
            "low_water_depth_m": number(depth[link] - LOW_WATER_BELOW_DEPTH_M),
            "confidence": "B",
            "basis": "range A, depth B" if link in TIDE_PUBLISHED else "estimate",
            "source": "ZSN" if link in TIDE_PUBLISHED else "GK",
        }
        for point, link, mean_range in TIDES
        if link in depth
    ]


def find_distances(links, origin, terminal_keys):
    """Shortest way in km from `origin` to every node, for a 1,000 t barge."""
    neighbours = defaultdict(list)
    for link in links:
        if link["waterway_class"] not in NOT_FOR_RATES:
            neighbours[link["from"]].append((link["to"], link))
            neighbours[link["to"]].append((link["from"], link))
    best = {origin: 0.0}
    queue = [(0.0, origin, True)]
    while queue:
        km, node, may_go_on = heapq.heappop(queue)
        if km > best[node] or not may_go_on:
            continue
        for other, link in neighbours[node]:
            open_link = link["through_traffic"] == "yes"
            # A link without through traffic is used only to leave the origin or to end at a terminal on it.
            if not open_link and node != origin and other not in terminal_keys:
                continue
            length = km + float(link["km"])
            if length < best.get(other, math.inf):
                best[other] = length
                heapq.heappush(queue, (length, other, open_link or node == origin))
    return best


# -------------------------------------------------------------------------------------------------------- classes and fleet


def make_vessel_class(row):
    key = row["class_id"]
    electric = ENERGY.get(key) == "electric"
    graded = "" if row["confidence"] == "B" else "partly A; "
    return {
        "class": key,
        "name": row["name"],
        "teu": row["teu"],
        "dwt_t": row["dwt_t"],
        "draft_full_m": row["draft_full_m"],
        "draft_light_m": f"{half_up(float(row['draft_full_m']) * LIGHT_DRAUGHT_SHARE * 100) / 100:.2f}",
        "air_draft_m": row["air_draft_loaded_m"],
        "speed_kmh": row["speed_still_kmh"],
        "energy": ENERGY.get(key, "diesel"),
        "fuel_kg_per_h_sailing": "" if electric else row["fuel_kg_per_h_sailing"],
        "fuel_kg_per_h_port": "" if electric else row["fuel_kg_per_h_port"],
        "kwh_per_km": row["energy_kwh_per_km"],
        "range_km": RANGE_KM.get(key, ""),
        "reefer_plugs": row["reefer_plugs"],
        "dangerous_teu": 0 if key in NO_DANGEROUS else half_up(int(row["teu"]) * DANGEROUS_SHARE),
        "fixed_rmb_per_day": row["fixed_cost_rmb_per_day"],
        "min_waterway_class": row["min_waterway_class"],
        "confidence": "B",
        "basis": graded + row["basis"],
        "source": row["source"],
        "note": f"{row['loa_m']} x {row['beam_m']} m, crew {row['crew']}, energy {row['energy']}",
    }


def make_operator(row, shares, homes):
    key = row["operator_id"]
    return {
        "operator": key,
        "name": row["name_en"],
        "name_zh": row["name_zh"],
        "kind": row["kind"],
        "home_terminal": homes.get(key, row["home_port"]),
        "committed_share": number(shares.get(key, float(row["slot_commitment_share"]))),
        "confidence": "illustrative",
        "basis": row["source"],
    }


def make_fleet(fleet):
    return [
        {"operator": operator, "class": vessel_class, "vessels": vessels, "hk_mo_registered": registered, "confidence": "illustrative"}
        for operator, vessel_class, vessels, registered in fleet
    ]


def check_fleet(draft):
    """The fleet constant must add up to the draft's fleets and registered vessels."""
    capable = {row["class_id"]: row["hk_mo_capable"] for row in draft["vessel_classes"]}
    for row in draft["operators"]:
        wanted = dict(part.split("x") for part in row["fleet"].split(";") if part)
        made = defaultdict(int)
        registered = 0
        for operator, vessel_class, vessels, is_registered in FLEET:
            if operator == row["operator_id"]:
                made[vessel_class] += vessels
                registered += vessels if is_registered == "yes" else 0
                if is_registered == "yes" and capable[vessel_class] != "yes":
                    raise SystemExit(f"fleet: {vessel_class} may not be registered for Hong Kong and Macau")
        if made != {key: int(value) for key, value in wanted.items()} or registered != int(row["hk_mo_registered_vessels"]):
            raise SystemExit(f"fleet of {row['operator_id']} does not match operators.csv")


# ------------------------------------------------------------------------------------------------------------------- demand


def merge_draft_rows(rows, foreign_terminals, dropped):
    """Draft rows that may be carried, by (origin, destination, trade); foreign and domestic empties come together."""
    merged = {}
    for row in rows:
        teu = float(row["teu_week_alliance_5pct"])
        ends = (row["origin"], row["dest"])
        if teu < LEAST_DRAFT_TEU:
            dropped["below least draft TEU"].append((row["trade"], teu))
        elif row["trade"] in FOREIGN_TRADES and not all(end in foreign_terminals for end in ends):
            dropped["no confirmed customs point"].append((row["trade"], teu))
        else:
            key = (*ends, TRADE[row["trade"]])
            merged[key] = merged.get(key, 0.0) + teu
    return merged


def round_by_largest_remainder(merged, dropped):
    """Whole TEU; the sum of each (origin, trade) stays the rounded sum of the draft."""
    groups = defaultdict(list)
    for key in merged:
        groups[key[0], key[2]].append(key)
    whole = {}
    for keys in groups.values():
        missing = half_up(sum(merged[key] for key in keys)) - sum(math.floor(merged[key] + 1e-9) for key in keys)
        by_remainder = sorted(keys, key=lambda key: math.floor(merged[key] + 1e-9) - merged[key])
        for place, key in enumerate(by_remainder):
            whole[key] = math.floor(merged[key] + 1e-9) + (1 if place < missing else 0)
    for key, teu in merged.items():
        if whole[key] == 0:
            dropped["rounded to zero"].append((key[2], teu))
    return {key: whole[key] for key in merged if whole[key] > 0}


def split_cargo(trade, teu):
    """Dry, reefer and dangerous TEU of a row."""
    parts = {}
    for cargo, (share, trades, least) in (("reefer", REEFER), ("dangerous", DANGEROUS)):
        if trade in trades and teu >= least:
            parts[cargo] = half_up(teu * share)
    return {"dry": teu - sum(parts.values()), **parts}


def is_shenzhen_hongkong(origin, destination):
    pair = {origin, destination}
    return bool(pair & set(SHENZHEN)) and bool(pair & set(HONGKONG))


def in_band(band, km):
    low, high, near_km, far_km = band
    share = min(max((km - near_km) / (far_km - near_km), 0.0), 1.0)
    return low + (high - low) * share


def band_of(origin, destination, guangxi):
    """The rate band of a pair; Guangxi adds what the delta pays more for Shenzhen and Hong Kong than for Nansha."""
    hubs = {BAND_OF_HUB.get(end, "nansha") for end in (origin, destination)}
    name = next(name for name in ("hongkong", "shenzhen", "nansha") if name in hubs)
    if not guangxi:
        return name, DELTA_BANDS[name]
    low, high, near_km, far_km = GUANGXI_BAND
    extra = [DELTA_BANDS[name][end] - DELTA_BANDS["nansha"][end] for end in (0, 1)]
    return f"Guangxi {name}", (low + extra[0], high + extra[1], near_km, far_km)


def rate_of(origin, destination, trade, cargo, km, guangxi):
    if is_shenzhen_hongkong(origin, destination):
        name, base = "Shenzhen-Hong Kong", SHENZHEN_HONGKONG_RMB
    else:
        name, band = band_of(origin, destination, guangxi)
        base = in_band(band, km)
    rate = base * RATE_FACTOR[trade] * CARGO_RATE_FACTOR.get(cargo, 1.0)
    return name, half_up(rate / RATE_STEP_RMB) * RATE_STEP_RMB


def max_transit_of(origin, destination, trade, cargo, guangxi, clearances):
    if trade == "empty":
        return MAX_TRANSIT_H["empty"][guangxi]
    kind = "domestic" if trade == "domestic" else "reefer" if cargo == "reefer" else "laden"
    hours = SHENZHEN_HONGKONG_TRANSIT_H if is_shenzhen_hongkong(origin, destination) else MAX_TRANSIT_H[kind][guangxi]
    one_clearance = destination in clearances[origin] or origin in clearances[destination]
    return hours + (SECOND_CLEARANCE_H if trade in ("export", "import") and not one_clearance else 0)


def assign_mothers(whole):
    """Laden exports of some size to the hub's mother vessels in turn, in row order."""
    mothers = defaultdict(list)
    for key, terminal, *_ in MOTHER_VESSELS:
        mothers[terminal].append(key)
    turn = defaultdict(int)
    assigned = {}
    for key, teu in whole.items():
        _, destination, trade = key
        if trade == "export" and teu >= LEAST_TEU_TIED_TO_MOTHER and destination in mothers:
            assigned[key] = mothers[destination][turn[destination] % len(mothers[destination])]
            turn[destination] += 1
    return assigned


def make_demand(draft, terminals, links):
    dropped = defaultdict(list)
    foreign_terminals = {row["terminal"] for row in terminals if row["foreign_trade"] == "yes"}
    clearances = {row["terminal"]: row["one_clearance"].split(";") for row in terminals}
    in_guangxi = {row["terminal"] for row in terminals if row["region"] == "GX"}
    merged = merge_draft_rows(draft["demand_weekly_draft"], foreign_terminals, dropped)
    whole = round_by_largest_remainder(merged, dropped)
    mothers = assign_mothers(whole)
    distances = {key: find_distances(links, key, set(clearances)) for key in clearances}
    repaid = {
        row["terminal"]: int(row["handling_rmb_per_teu"]) if row["role"] in ROLES_WITH_REPAID_LIFT else 0 for row in terminals
    }
    rows = []
    for (origin, destination, trade), teu in whole.items():
        guangxi = bool({origin, destination} & in_guangxi)
        km = distances[origin][destination]
        for cargo, part in split_cargo(trade, teu).items():
            band, rate = rate_of(origin, destination, trade, cargo, km, guangxi)
            rate += repaid[origin] + repaid[destination]
            draft_teu = number(merged[origin, destination, trade])
            rows.append(
                {
                    "demand": f"{origin}-{destination}-{TRADE_KEY[trade]}{CARGO_KEY[cargo]}",
                    "origin": origin,
                    "destination": destination,
                    "trade": trade,
                    "cargo": cargo,
                    "teu_per_week": part,
                    "tonnes_per_teu": number(CARGO_TONNES_PER_TEU.get(cargo, TONNES_PER_TEU[trade])),
                    "rate_rmb_per_teu": rate,
                    "max_transit_h": max_transit_of(origin, destination, trade, cargo, guangxi, clearances),
                    "mother_vessel": mothers.get((origin, destination, trade), ""),
                    "confidence": "B",
                    "basis": f"draft {draft_teu} TEU; rate band {band}, {km:.0f} km, with the hub lifts",
                    "source": "GK",
                }
            )
    return rows, dropped


# ---------------------------------------------------------------------------------------------------------------- members


def river_end_of(row, hubs):
    """The end of a row that is no hub, where its customer is at home; of two such ends the origin."""
    return row["destination"] if row["origin"] in hubs and row["destination"] not in hubs else row["origin"]


def pulls_of(operators, distance):
    """How strongly each member draws cargo of a place: its weight, less with the distance to its home."""
    ports = sum(PORT_CARGO_SHARE[row["operator"]] for row in operators if row["kind"] == "port company")
    pulls = {}
    for row in operators:
        share = PORT_CARGO_SHARE.get(row["operator"], (1 - ports) * float(row["committed_share"]))
        pulls[row["operator"]] = share * HALF_PULL_KM / (HALF_PULL_KM + distance.get(row["home_terminal"], math.inf))
    return {member: pull / sum(pulls.values()) for member, pull in pulls.items()}


def with_members(demand, operators, terminals, links):
    """Gives every row to one member: at each place the rows go in turn to the member that lags most behind its part of the TEU there."""
    keys = {row["terminal"] for row in terminals}
    hubs = {row["terminal"] for row in terminals if row["role"] == "hub"}
    pulls = {key: pulls_of(operators, find_distances(links, key, keys)) for key in keys}
    total = defaultdict(int)
    brought = defaultdict(int)
    rows = []
    for row in demand:
        place = river_end_of(row, hubs)
        total[place] += row["teu_per_week"]
        member = max(pulls[place], key=lambda member: pulls[place][member] * total[place] - brought[place, member])
        brought[place, member] += row["teu_per_week"]
        before, after = list(row.items())[:MEMBER_COLUMN], list(row.items())[MEMBER_COLUMN:]
        rows.append(dict([*before, ("member", member), *after]))
    return rows


# -------------------------------------------------------------------------------------------------- mothers, windows, prices


def make_mother_vessels(terminal_keys):
    return [
        {
            "mother_vessel": key,
            "terminal": terminal,
            "name": name,
            "berthing_min": (day * 24 + hour) * 60,
            "barge_cut_off_h": BARGE_CUT_OFF_H,
            "longest_wait_h": LONGEST_WAIT_H,
            "confidence": "illustrative",
        }
        for key, terminal, name, day, hour in MOTHER_VESSELS
        if terminal in terminal_keys
    ]


def make_windows(terminals):
    berths = {row["terminal"]: row["berths"] for row in terminals}
    return [
        {
            "terminal": terminal,
            "from_min": (day * 24 + from_hour) * 60,
            "to_min": (day * 24 + to_hour) * 60,
            "berths": berths[terminal],
            "confidence": "B",
            "basis": "estimate: hours outside the ocean ships' peak",
        }
        for terminal, from_hour, to_hour in WINDOWS
        if terminal in berths
        for day in range(7)
    ]


def make_charges(draft):
    rates = {row["item"]: row for row in draft["rates"]}
    diesel = rates["Marine diesel"]
    lng = rates["LNG dual fuel saving"]
    electricity = rates["Electricity at berth"]
    return [
        make_charge("diesel", float(diesel["value"]), "RMB/t", diesel, diesel["basis"]),
        make_charge("lng_fuel_factor", 1 - float(lng["value"]) / 100, "share of the diesel cost", lng, "published saving of fuel cost"),
        make_charge("electricity", float(electricity["value"]), "RMB/kWh", electricity, "price at the berth"),
    ]


def make_charge(charge, value, unit, row, basis):
    return {
        "charge": charge,
        "value": number(value),
        "unit": unit,
        "confidence": row["confidence"],
        "basis": basis,
        "source": row["source"],
    }


# --------------------------------------------------------------------------------------------------------------------- maps
# Lines are thinned until they are off by no more than this, about 300 m, and written to 3 decimals, about 100 m: a tenth of what one
# pixel of the whole river is.
MAP_TOLERANCE_DEG = 0.003
# Islets below this are not seen, square degrees: about 1.5 km2.
LEAST_ISLAND_DEG2 = 0.00013
# Land is drawn this far around an instance's terminals, degrees.
MAP_MARGIN_DEG = 0.6
# Where the map ends in the north, west and east, land goes on: it is drawn on by this, so that no land seems to end in a sea.
NORTH_END_DEG = 24.2
BEYOND_DEG = 15.0
CREDIT_LAND = "Coast: GSHHG 2.3.7 (P. Wessel, W. H. F. Smith), GNU LGPL 3 or later, thinned; older than recent land reclamation"
CREDIT_WATER = "Channels: drawn by hand in the delta, else after the WDBII rivers of GSHHG 2.3.7, GNU LGPL 3 or later; not for navigation"


def thin(points, tolerance):
    """Douglas-Peucker: leaves out points that the line without them passes within the tolerance."""
    if len(points) < 3:
        return points
    (x0, y0), (x1, y1) = points[0], points[-1]
    length = math.hypot(x1 - x0, y1 - y0)

    def off(point):
        x, y = point
        if length == 0:
            return math.hypot(x - x0, y - y0)
        return abs((x1 - x0) * (y0 - y) - (x0 - x) * (y1 - y0)) / length

    farthest = max(range(1, len(points) - 1), key=lambda row: off(points[row]))
    if off(points[farthest]) <= tolerance:
        return [points[0], points[-1]]
    return thin(points[: farthest + 1], tolerance)[:-1] + thin(points[farthest:], tolerance)


def area_of(ring):
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, ring[1:]))) / 2


def clip(ring, axis, bound, keep_above):
    """Sutherland-Hodgman: the part of a ring on one side of a line of longitude or latitude."""
    inside = (lambda p: p[axis] >= bound) if keep_above else (lambda p: p[axis] <= bound)
    kept = []
    for before, point in zip(ring, ring[1:]):
        if inside(before) != inside(point):
            share = (bound - before[axis]) / (point[axis] - before[axis])
            kept.append([a + share * (b - a) for a, b in zip(before, point)])
        if inside(point):
            kept.append(point)
    return [*kept, kept[0]] if kept else []


def drawn_on(ring, west, east):
    """Land that reaches an end of the map goes on beyond it; the sea lies in the south."""

    def beyond(value, least, most):
        near = 1e-6
        return value - BEYOND_DEG if value < least + near else value + BEYOND_DEG if value > most - near else value

    return [[beyond(x, west, east), beyond(y, -math.inf, NORTH_END_DEG)] for x, y in ring]


def rounded(line):
    """To 3 decimals, without repeated points."""
    line = [[round(x, 3), round(y, 3)] for x, y in line]
    return [point for row, point in enumerate(line) if row == 0 or point != line[row - 1]]


def make_land(draft, terminals):
    lons, lats = ([float(row[axis]) for row in terminals] for axis in ("lon", "lat"))
    west = max(min(lons) - MAP_MARGIN_DEG, draft["coastline"]["bbox"][0])
    east = min(max(lons) + MAP_MARGIN_DEG, draft["coastline"]["bbox"][2])
    south = min(lats) - MAP_MARGIN_DEG
    rings = []
    for feature in draft["coastline"]["features"]:
        for ring in feature["geometry"]["coordinates"]:
            for axis, bound, keep_above in ((0, west, True), (0, east, False), (1, south, True)):
                ring = clip(ring, axis, bound, keep_above) if ring else []
            ring = drawn_on(ring, west, east)
            if ring and area_of(ring) >= LEAST_ISLAND_DEG2:
                half = len(ring) // 2
                ring = rounded(thin(ring[: half + 1], MAP_TOLERANCE_DEG)[:-1] + thin(ring[half:], MAP_TOLERANCE_DEG))
                rings.append({"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}})
    return {"type": "FeatureCollection", "credit": CREDIT_LAND, "features": rings}


def make_courses(draft, links):
    kept = {link["link"] for link in links}
    courses = []
    for feature in draft["channels"]["features"]:
        properties = feature["properties"]
        if properties["id"] in kept:
            line = rounded(thin(feature["geometry"]["coordinates"], MAP_TOLERANCE_DEG))
            named = {"link": properties["id"], "name_zh": properties["zh"]}
            courses.append({"type": "Feature", "properties": named, "geometry": {"type": "LineString", "coordinates": line}})
    return {"type": "FeatureCollection", "credit": CREDIT_WATER, "features": courses}


def read_map(folder, name):
    return json.loads((folder / name).read_text(encoding="utf-8"))


def write_map(folder, name, collection):
    """One feature a line, so that a change is seen in review."""
    head = {key: value for key, value in collection.items() if key != "features"}
    features = ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in collection["features"])
    text = json.dumps(head, ensure_ascii=False)[:-1] + ', "features": [\n' + features + "\n]}\n"
    (folder / name).write_text(text, encoding="utf-8")


# ---------------------------------------------------------------------------------------------------------------- instances


def write_instance(out_folder, name, tables, draft):
    folder = out_folder / name
    folder.mkdir(parents=True, exist_ok=True)
    settings = INSTANCE_TOML.format(name=name, second_clearance_h=SECOND_CLEARANCE_H, **SETTINGS[name])
    (folder / "instance.toml").write_text(settings, encoding="utf-8")
    for table, rows in tables.items():
        write_table(folder, f"{table}.csv", list(rows[0]), rows)
    write_table(folder, "cross_border.csv", ["origin", "via", "destination"], [])
    write_map(folder, "coastline.geojson", make_land(draft, tables["terminals"]))
    write_map(folder, "waterways.geojson", make_courses(draft, tables["links"]))


def make_river(draft):
    terminals = make_terminals(draft)
    links = [make_link(row) for row in draft["waterways"]]
    demand, dropped = make_demand(draft, terminals, links)
    operators = [make_operator(row, {}, {}) for row in draft["operators"]]
    check_fleet(draft)
    tables = {
        "terminals": terminals,
        "junctions": make_junctions(draft),
        "links": links,
        "tides": make_tides(links),
        "vessel_classes": [make_vessel_class(row) for row in draft["vessel_classes"]],
        "operators": operators,
        "fleet": make_fleet(FLEET),
        "demand": with_members(demand, operators, terminals, links),
        "mother_vessels": make_mother_vessels({row["terminal"] for row in terminals}),
        "windows": make_windows(terminals),
        "charges": make_charges(draft),
        "sources": [*draft["sources"], *({"key": key, "source": source} for key, source in SOURCES_ADDED)],
    }
    return tables, dropped


def delta_junctions(river, links):
    """Junctions on the links that are kept; a terminal that is left out but passed becomes a junction with the same key."""
    nodes = {link[end] for link in links for end in ("from", "to")}
    passed = [
        make_junction(row["terminal"], row["name"], row["name_zh"], row, "terminal in pearl-river, passed here")
        for row in river["terminals"]
        if row["terminal"] in nodes and row["terminal"] not in DELTA_TERMINALS
    ]
    return [row for row in river["junctions"] if row["junction"] in nodes] + passed


def delta_terminal(row):
    """A terminal without the one-clearance hubs that are not in the delta instance."""
    hubs = [hub for hub in row["one_clearance"].split(";") if hub in DELTA_TERMINALS]
    return {**row, "one_clearance": ";".join(hubs)}


def make_delta(draft, river):
    kept = {f"W{number_:02}" for first, last in DELTA_LINK_NUMBERS for number_ in range(first, last + 1)}
    links = [row for row in river["links"] if row["link"] in kept]
    classes = {vessel_class for _, vessel_class, _, _ in DELTA_FLEET}
    terminals = [delta_terminal(row) for row in river["terminals"] if row["terminal"] in DELTA_TERMINALS]
    operators = [make_operator(row, DELTA_SHARES, DELTA_HOMES) for row in draft["operators"] if row["operator_id"] in DELTA_SHARES]
    within = [row for row in river["demand"] if {row["origin"], row["destination"]} <= set(DELTA_TERMINALS)]
    demand = [{column: cell for column, cell in row.items() if column != "member"} for row in within]
    return {
        "terminals": terminals,
        "junctions": delta_junctions(river, links),
        "links": links,
        "tides": make_tides(links),
        "vessel_classes": [row for row in river["vessel_classes"] if row["class"] in classes],
        "operators": operators,
        "fleet": make_fleet(DELTA_FLEET),
        "demand": with_members(demand, operators, terminals, links),
        "mother_vessels": make_mother_vessels(DELTA_TERMINALS),
        "windows": make_windows(terminals),
        "charges": river["charges"],
        "sources": river["sources"],
    }


def print_summary(name, tables):
    print(f"{name}: " + ", ".join(f"{len(rows)} {table}" for table, rows in tables.items()))
    teu = defaultdict(int)
    for row in tables["demand"]:
        teu[row["trade"]] += row["teu_per_week"]
    revenue = sum(row["teu_per_week"] * row["rate_rmb_per_teu"] for row in tables["demand"])
    print(f"  TEU a week {sum(teu.values())}: {dict(teu)}; revenue if all is carried {revenue} RMB")


def print_dropped(dropped):
    for reason, parts in dropped.items():
        teu = defaultdict(float)
        for trade, amount in parts:
            teu[trade] += amount
        shares = ", ".join(f"{trade} {amount:.1f}" for trade, amount in teu.items())
        print(f"  dropped, {reason}: {len(parts)} rows, {sum(teu.values()):.1f} TEU ({shares})")


def main(arguments):
    if len(arguments) != 2:
        raise SystemExit(__doc__)
    draft_folder, out_folder = map(Path, arguments)
    names = ("ports", "junctions", "waterways", "vessel_classes", "operators", "rates", "sources", "demand_weekly_draft")
    draft = {name: read_table(draft_folder, f"{name}.csv") for name in names}
    draft["coastline"] = read_map(draft_folder, "coastline.geojson")
    draft["channels"] = read_map(draft_folder, "waterways.geojson")
    river, dropped = make_river(draft)
    delta = make_delta(draft, river)
    write_instance(out_folder, "pearl-river", river, draft)
    write_instance(out_folder, "pearl-delta", delta, draft)
    print_summary("pearl-river", river)
    print_dropped(dropped)
    print_summary("pearl-delta", delta)


if __name__ == "__main__":
    main(sys.argv[1:])
