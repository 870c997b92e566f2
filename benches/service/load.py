#!/usr/bin/env python3
"""Load on a real server, by wrk, and one row of figures for each address.

    python3 benches/service/load.py --binary target/release/waterbus --instance instances/pearl-river --plan PLAN.json

The server gets a database of its own in a temporary folder. wrk runs on the same cores, so the figures are those of a busy machine.
"""

import argparse
import json
import os
import re
import signal
import subprocess
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> None:
    options = read_options()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(options, Path(folder) / "load.db", requests_per_second=1_000_000_000)
        try:
            ways = server.point_to_point()
            for name, path in [("health", "/healthz"), ("plan", "/api/v1/plans/current"), ("point to point", ways)]:
                tell(name, server.load(path, connections=64, seconds=options.seconds))
            tell("point to point, crowd", server.overload(ways, seconds=options.seconds))
        finally:
            server.stop()
        server = Server(options, Path(folder) / "overload.db", requests_per_second=100)
        try:
            tell("point to point, greedy", server.overload(ways, seconds=options.seconds))
        finally:
            server.stop()


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True, help="the program, a release build")
    parser.add_argument("--instance", required=True, help="folder of the instance")
    parser.add_argument("--plan", required=True, help="a plan of that instance")
    parser.add_argument("--seconds", type=int, default=10, help="length of each run")
    return parser.parse_args()


def tell(name: str, figures: dict) -> None:
    print(f"{name:26} " + "  ".join(f"{key} {value}" for key, value in figures.items()), flush=True)


class Server:
    """A server that publishes one plan."""

    def __init__(self, options: argparse.Namespace, database: Path, requests_per_second: int) -> None:
        command = [options.binary, "serve", "--listen", "127.0.0.1:0", "--database", f"sqlite://{database}", "--log", "error"]
        command += ["--requests-per-second", str(requests_per_second), "--plan", options.instance, options.plan]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        self.address = self.read_address()
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def read_address(self) -> str:
        for line in self.process.stderr:
            found = re.search(r"open (http://\S+?)/? ", line)
            if found:
                return found.group(1)
        raise SystemExit("the server said no address")

    def point_to_point(self) -> str:
        """A search between the ends of the first service of the plan."""
        with urllib.request.urlopen(self.address + "/api/v1/plans/current") as answer:
            plan = json.load(answer)["plan"]
        facilities = {terminal["terminal"]: terminal["facility"] for terminal in plan["terminals"]}
        calls = plan["services"][0]["calls"]
        origin, destination = (facilities[calls[place]][:5] for place in (0, len(calls) // 2))
        return f"/v1/point-to-point-routes?placeOfReceipt={origin}&placeOfDelivery={destination}"

    def load(self, path: str, connections: int, seconds: int) -> dict:
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(HERE / "statuses.lua"), self.address + path]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return json.loads(output.splitlines()[-1])

    def overload(self, path: str, seconds: int) -> dict:
        """Two thousand connections, while the health and the memory are watched."""
        probes = Probes(self)
        figures = self.load(path, connections=2000, seconds=seconds)
        return figures | probes.end()

    def resident_mb(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status).group(1)) / 1024

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)


class Probes:
    """Asks for the health again and again, and keeps the worst."""

    def __init__(self, server: Server) -> None:
        self.server, self.over = server, threading.Event()
        self.slowest_ms, self.most_mb, self.failures = 0.0, 0.0, 0
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self) -> None:
        while not self.over.wait(0.2):
            begun = time.monotonic()
            try:
                urllib.request.urlopen(self.server.address + "/healthz", timeout=5).read()
            except OSError:
                self.failures += 1
            self.slowest_ms = max(self.slowest_ms, (time.monotonic() - begun) * 1000)
            self.most_mb = max(self.most_mb, self.server.resident_mb())

    def end(self) -> dict:
        self.over.set()
        self.thread.join()
        return {"health_ms": round(self.slowest_ms), "health_failures": self.failures, "resident_mb": round(self.most_mb)}


if __name__ == "__main__":
    os.environ.pop("WATERBUS_CONFIG", None)
    main()
