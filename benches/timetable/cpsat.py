#!/usr/bin/env python3
"""The timetable stage against CP-SAT: the same small problems, solved by both to the end.

    pip install -r benches/timetable/requirements.txt
    python3 benches/timetable/cpsat.py [--binary target/release/waterbus] [--cases 12] [--terminals 5] [--seconds 120]
        [--least-speed 0.7] [INSTANCE:PLAN.json ...]

Each case is a generated network and a plan of it. `waterbus bench timetable` gives the plan's services times anew and writes the problem in
whole slots; a CP-SAT model of models/timetable.md, which shares nothing with the program but that file, looks for times that wait less.
Without cases of your own, networks with seeds 1, 2, ... are made. Exit status 1: CP-SAT found times that wait less than the program's, or one
of the two bounds is wrong.
"""
import argparse
import csv
import json
import math
import os
import subprocess
import sys
import tempfile
import time

from ortools.sat.python import cp_model


def run(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)} ends with {done.returncode}: {done.stderr.strip()[-500:]}")


class Model:
    """One case as a constraint program; costs are TEU-slots times `unit`, which makes them whole."""

    def __init__(self, case):
        self.case, self.cp, self.costs = case, cp_model.CpModel(), []
        self.slots = case["slots"]
        # thousandths, so that rounding the cost of a speed does not matter
        self.unit = 1000 * math.lcm(*[len(service["shifts"]) for service in case["services"]])
        self.services = [self.add_service(service) for service in case["services"]]
        for transfer in case["connections"]:
            self.add_transfer(transfer)
        self.add_berths()
        self.add_locks()
        self.cp.minimize(sum(self.costs))

    def whole(self, value):
        rounded = round(value * self.unit)
        assert abs(rounded - value * self.unit) < 1e-3, f"{value} TEU"
        return rounded

    def around(self, expression, name):
        """The slot of the cycle that an expression falls into."""
        turns = self.cp.new_int_var(-8, 8, name + " turn")
        slot = self.cp.new_int_var(0, self.slots - 1, name)
        self.cp.add(slot == expression - self.slots * turns)
        return slot

    def pay(self, table, slot):
        """Adds the cost that a table gives for a slot of the cycle."""
        cost = self.cp.new_int_var(min(table), max(table), "cost")
        self.cp.add_element(slot, table, cost)
        self.costs.append(cost)

    def add_service(self, service):
        """[TT-1], [TT-8]: berthings of the first sailing, and the slack before each call."""
        calls, slack = len(service["calls"]), service["slack"]
        first = self.cp.new_int_var(0, self.slots // len(service["shifts"]) - 1, "first")
        spent = [0] + [self.cp.new_int_var(0, slack, "slack") for _ in range(calls - 1)] + [slack]
        for before, after in zip(spent, spent[1:]):
            self.cp.add(after >= before)
        berthings, least = [], 0
        for call in range(calls):
            berthings.append(first + least + spent[call])
            least += service["dwell"][call] + service["run"][call]
        for leg in range(calls):
            slack_here = spent[leg + 1] - spent[leg]
            self.costs.append(self.whole(service["aboard"][leg]) * slack_here)
            self.add_speeds(service["speeds"][leg], slack_here)
        for cargo in service["urgent"]:
            self.add_urgent(cargo, spent, calls, slack)
        for ship in service["ships"]:
            self.add_ship(ship, service, berthings[ship["call"]] - service["wait"][ship["call"]])
        return berthings

    def add_speeds(self, speeds, slack):
        """[TT-17]: what the slowest speed that the slack allows costs beyond the slowest of all."""
        self.costs.append(round(speeds[0]["cost"] * self.unit))
        for faster, slower in zip(speeds, speeds[1:]):
            allowed = self.cp.new_bool_var("slower")
            self.cp.add(slack >= slower["slack"]).only_enforce_if(allowed)
            self.costs.append(round((slower["cost"] - faster["cost"]) * self.unit) * allowed)

    def add_urgent(self, cargo, spent, calls, slack):
        """[TT-12]: boxes that are lost when they spend more slack than they can spare."""
        at = lambda position: spent[position % calls] + slack * (position // calls)
        late = self.cp.new_bool_var("late")
        self.cp.add(at(cargo["to"]) - at(cargo["from"]) <= cargo["spare"]).only_enforce_if(~late)
        self.costs.append(self.whole(cargo["teu"] * self.case["lost"]) * late)

    def add_ship(self, ship, service, arrival):
        """[TT-9]: the wait of each sailing's share until the cut-off, a cycle more where that is too long, four where no sailing is in time."""
        sailings = len(service["shifts"])
        share = self.whole(ship["teu"] / sailings)
        table = []
        for slot in range(self.slots):
            waits = [(ship["cut_off"] - slot - shift) % self.slots for shift in service["shifts"]]
            in_time = [wait <= ship["longest_wait"] for wait in waits]
            cost = sum(wait + (0 if fits else self.slots) for wait, fits in zip(waits, in_time)) * share
            table.append(cost + (0 if any(in_time) else self.whole(ship["teu"] * self.case["lost"])))
        self.pay(table, self.around(arrival, "arrival"))

    def add_transfer(self, transfer):
        """[TT-10]: mean wait over the sailings from a discharge, ready to be loaded again, to the next berthing of the other service."""
        one, other = self.case["services"][transfer["from"]], self.case["services"][transfer["to"]]
        table = []
        for apart in range(self.slots):
            waits = [min((apart + there - here) % self.slots for there in other["shifts"]) for here in one["shifts"]]
            table.append(sum(waits) * self.whole(transfer["teu"] / len(one["shifts"])))
        ready = self.services[transfer["from"]][transfer["from_call"]] + one["dwell"][transfer["from_call"]] + self.case["transfer"]
        berthing = self.services[transfer["to"]][transfer["to_call"]]
        self.pay(table, self.around(berthing - ready, "apart"))

    def hold(self, start, length, chosen, resource):
        """A stay on a resource and its copy a cycle before: what runs over the end of the cycle begins anew at its start."""
        resource.append(self.cp.new_optional_fixed_size_interval_var(start, length, chosen, "stay"))
        resource.append(self.cp.new_optional_fixed_size_interval_var(start - self.slots, length, chosen, "copy"))

    def add_berths(self):
        """[TT-5], [TT-6]: each stay holds one berth, inside one interval and among its berths."""
        held = {}
        for service, berthings in zip(self.case["services"], self.services):
            for shift in service["shifts"]:
                for call, terminal in enumerate(service["calls"]):
                    self.add_stay(terminal, berthings[call] + shift, service["dwell"][call], held)
        for resource in held.values():
            self.cp.add_no_overlap(resource)

    def add_stay(self, terminal, berthing, length, held):
        own = self.case["terminals"][terminal]
        start = self.around(berthing, "berthing")
        berths = [own["berths"]] * self.slots
        if own["open"]:
            berths = [0] * self.slots
            for part in own["open"]:
                for slot in range(part["from"], max(part["from"], part["to"] - length + 1)):
                    berths[slot] = max(berths[slot], part["berths"])
        chosen = [self.cp.new_bool_var("berth") for _ in range(own["berths"])]
        self.cp.add_exactly_one(chosen)
        for number, is_chosen in enumerate(chosen):
            fits = [slot for slot in range(self.slots) if number < berths[slot]]
            self.cp.add_linear_expression_in_domain(start, cp_model.Domain.from_values(fits)).only_enforce_if(is_chosen)
            self.hold(start, length, is_chosen, held.setdefault((terminal, number), []))

    def add_locks(self):
        """[TT-7]: a lock is held by one vessel at a time."""
        held, always = {}, self.cp.new_constant(1)
        for service, berthings in zip(self.case["services"], self.services):
            for shift in service["shifts"]:
                for call, locks in enumerate(service["locks"]):
                    for lock in locks:
                        entered = berthings[call] + service["dwell"][call] + shift + lock["after"]
                        self.hold(self.around(entered, "lock"), lock["holds"], always, held.setdefault(lock["lock"], []))
        for resource in held.values():
            self.cp.add_no_overlap(resource)

    def solve(self, seconds):
        """Value and bound in TEU-slots, and whether they meet."""
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.num_workers = len(os.sched_getaffinity(0))
        status = solver.solve(self.cp)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None, solver.best_objective_bound / self.unit, False
        return solver.objective_value / self.unit, solver.best_objective_bound / self.unit, status == cp_model.OPTIMAL


def slow_down(table, share):
    """Lets every vessel class sail as slowly as a share of its speed."""
    with open(table, newline="", encoding="utf-8") as file:
        classes = list(csv.DictReader(file))
    for row in classes:
        row["least_speed_kmh"] = f"{float(row['speed_kmh']) * share:.2f}"
    with open(table, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, classes[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(classes)


def made(args, seed, folder):
    """A generated network and a plan of it."""
    instance, plan = os.path.join(folder, f"network-{seed}"), os.path.join(folder, f"plan-{seed}.json")
    run([args.binary, "generate", instance, "--terminals", str(args.terminals), "--seed", str(seed)])
    if args.least_speed:
        slow_down(os.path.join(instance, "vessel_classes.csv"), args.least_speed)
    run([args.binary, "plan", instance, "-o", plan, "--work-limit", "5", "--seed", "1"])
    return instance, plan


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plans", nargs="*", metavar="INSTANCE:PLAN.json", help="audited plans of your own")
    parser.add_argument("--binary", default="target/release/waterbus")
    parser.add_argument("--cases", type=int, default=12)
    parser.add_argument("--terminals", type=int, default=5)
    parser.add_argument("--least-speed", type=float, metavar="SHARE", help="vessels of the networks made may sail as slowly")
    parser.add_argument("--rounds", type=int, default=2000, help="rounds of the program's search")
    parser.add_argument("--seconds", type=float, default=120, help="time of CP-SAT for a case")
    args = parser.parse_args()
    print("| case | services | found | bound | CP-SAT | its bound | its time | |\n|---|---|---|---|---|---|---|---|", flush=True)
    worse = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1, 1 + (len(args.plans) or args.cases)):
            instance, plan = args.plans[number - 1].rsplit(":", 1) if args.plans else made(args, number, folder)
            out = os.path.join(folder, "case.json")
            run([args.binary, "bench", "timetable", instance, plan, "-o", out, "--work-limit", str(args.rounds)])
            with open(out, encoding="utf-8") as file:
                case = json.load(file)
            if any(service["berthings"] is None for service in case["services"]):
                print(f"| {os.path.basename(instance)} | a service has no times |", flush=True)
                continue
            begun = time.monotonic()
            value, bound, proved = Model(case).solve(args.seconds)
            took = time.monotonic() - begun
            found = case["value"]
            off = 1e-3 * (1 + sum(len(speeds) for service in case["services"] for speeds in service["speeds"]))
            equal = value is not None and abs(value - found) < off
            wrong = (value is not None and (value < found - off or case["bound"] > value + off)) or bound > found + off
            worse += wrong
            told = "differ" if wrong else "the same optimum" if equal and proved else "not proved"
            shown = "none" if value is None else f"{value:,.2f}"
            print(f"| {os.path.basename(instance)} | {len(case['services'])} | {found:,.2f} | {case['bound']:,.2f} | {shown} | {bound:,.2f} "
                  f"| {took:.1f} s | {told} |", flush=True)
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
