#!/usr/bin/env python3
"""Quality of plans over several seeds, as rows of the table in benches/README.md.

    python3 benches/quality/run.py                                     the river's sample networks
    python3 benches/quality/run.py --seeds 3 instances/pearl-delta:60
    python3 benches/quality/run.py --linerlib DATA --evaluator linerlib_eval.py Baltic:60 WAF:120:5616553
    python3 benches/quality/run.py --pesplib DATA --evaluator pesp_eval.py R1L1:300 BL1:300

Each network is written NAME:SECONDS, or NAME:SECONDS:BEST with the best value known of others, to which the median is compared. Without --linerlib it is an instance folder: it is planned, and audited again by `waterbus audit`.
With --linerlib it is an instance of those public files: its services are designed by `waterbus bench linerlib`, and the value is that of
the evaluator (a Python program with numpy, scipy and highspy), which shares no code with Waterbus. With --pesplib it is a file NAME.txt of
that folder, and the value is the evaluator's weighted slack, where less is better. Options after `--` go to the planning
command, such as `-- --transit`. Runs follow one another, so that each has the machine alone. Exit status 1: a run failed or broke a rule.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

RIVER = ["instances/pearl-delta:60", "instances/pearl-river:120"]
HEAD = "| commit | instance | seed | limit | hardware | median | bound | gap | time | note |\n|---|---|---|---|---|---|---|---|---|---|"


def last_json(text):
    """The JSON document that a program printed last."""
    return json.loads(text[text.index("{"):])


def run(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return done.returncode, done.stdout, done.stderr


def river(args, name, seconds, seed, out):
    """Profit, bound and what is wrong, of a plan of an instance folder."""
    planned = [args.binary, "plan", name, "--time-limit", f"{seconds}s", "--seed", str(seed), "-o", out]
    code, _, errors = run(planned + args.options)
    if code:
        return None, None, errors.strip().splitlines()[-1:]
    code, printed, _ = run([args.binary, "audit", name, out])
    with open(out, encoding="utf-8") as file:
        document = json.load(file)
    proof = next(proof for proof in document["plan"]["proofs"] if proof["stage"] == "plan")
    wrong = [] if code == 0 else [f"the audit ends with {code}: {printed.strip()[:200]}"]
    return document["report"]["ledger"]["profit_cents"] / 100, proof["bound"], wrong


def liner(args, name, seconds, seed, out):
    """Value by the independent evaluator, bound and what is wrong, of a network of LINERLIB."""
    designed = [args.binary, "bench", "linerlib", args.linerlib, name, "--time-limit", f"{seconds}s", "--seed", str(seed), "-o", out]
    code, _, errors = run(designed + args.options)
    if code:
        return None, None, errors.strip().splitlines()[-1:]
    judged = [args.python, args.evaluator, args.linerlib, name, out, "--brief"]
    if "--case" in args.options:
        judged += ["--case", args.options[args.options.index("--case") + 1]]
    if "--transit" in args.options:
        judged += ["--transit", "--revised-tt"]
    code, printed, errors = run(judged)
    if code > 1 or "{" not in printed:
        return None, None, [(printed + errors).strip()[-200:]]
    found = last_json(printed)
    with open(out, encoding="utf-8") as file:
        bound = json.load(file)["bound_usd_per_week"]
    return found["objective_weekly"], bound, found["violations"] or ([] if code == 0 else ["infeasible"])


def pesp(args, name, seconds, seed, out):
    """Weighted slack by the independent evaluator and what is wrong, of a timetable of PESPlib."""
    network = os.path.join(args.pesplib, name + ".txt")
    made = [args.binary, "bench", "pesplib", network, "--time-limit", f"{seconds}s", "--seed", str(seed), "-o", out]
    code, _, errors = run(made + args.options)
    if code:
        return None, None, errors.strip().splitlines()[-1:]
    code, printed, errors = run([args.python, args.evaluator, network, out])
    words = printed.split()
    if code > 1 or "weighted_slack" not in words:
        return None, None, [(printed + errors).strip()[-200:]]
    return int(words[words.index("weighted_slack") + 1]), None, [] if code == 0 else [printed.strip()]


def main():
    own, rest = sys.argv[1:], []
    if "--" in own:
        cut = own.index("--")
        own, rest = own[:cut], own[cut + 1:]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("networks", nargs="*", metavar="NAME:SECONDS[:BEST]")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--binary", default="target/release/waterbus")
    parser.add_argument("--linerlib", metavar="DATA", help="folder of the public LINERLIB files")
    parser.add_argument("--pesplib", metavar="DATA", help="folder of the public PESPlib files")
    parser.add_argument("--evaluator", help="program that judges a LINERLIB network or a PESPlib timetable")
    parser.add_argument("--python", default=sys.executable, help="Python that runs the evaluator")
    args = parser.parse_args(own)
    args.options = rest
    if args.linerlib and args.pesplib:
        parser.error("--linerlib and --pesplib are two measurements")
    if (args.linerlib or args.pesplib) and not (args.evaluator and args.networks):
        parser.error("--linerlib and --pesplib need --evaluator and the networks to run")
    judge = liner if args.linerlib else pesp if args.pesplib else river
    commit = run(["git", "rev-parse", "--short=7", "HEAD"])[1].strip()
    cores = len(os.sched_getaffinity(0))
    failed = False
    print(HEAD, flush=True)
    for network in args.networks or RIVER:
        name, seconds, best = (network.split(":") + [""])[:3]
        values, bounds, gaps, times, sound = [], [], [], [], 0
        for seed in range(1, args.seeds + 1):
            with tempfile.TemporaryDirectory() as folder:
                begun = time.monotonic()
                value, bound, wrong = judge(args, name, seconds, seed, os.path.join(folder, "out.json"))
                times.append(time.monotonic() - begun)
            print(f"{name} seed {seed}: {value} {'' if bound is None else bound} {wrong or ''}", file=sys.stderr, flush=True)
            sound += value is not None and not wrong
            if value is not None:
                values.append(value)
            if bound is not None:
                bounds.append(bound)
                gaps.append((bound - value) / max(abs(bound), abs(value), 1e-9))
        failed |= sound < args.seeds
        median = f"{statistics.median(values):,.0f}" if values else "none"
        bound = f"{statistics.median(bounds):,.0f}" if bounds else ""
        gap = f"{100 * max(gaps):.1f} % at most" if gaps else ""
        spread = f"{min(values):,.0f} to {max(values):,.0f}; " if values else ""
        options = f"`{' '.join(rest)}`; " if rest else ""
        ratio = f"{statistics.median(values) / float(best):.3f} times the best of others; " if best and values else ""
        note = f"{options}{ratio}{spread}{sound} of {args.seeds} without a violation"
        print(f"| {commit} | {os.path.basename(name)} | {args.seeds} seeds | {seconds} s | {cores} cores | {median} | {bound} | {gap} "
              f"| {statistics.median(times):.0f} s | {note} |", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
