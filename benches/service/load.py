#!/usr/bin/env python3
"""Load on a real server, by wrk, and one row of figures for each address.

    python3 benches/service/load.py --binary target/release/waterbus --instance instances/pearl-river --plan PLAN.json

The server gets a database of its own in a temporary folder. wrk runs on the same cores, so the figures are those of a busy machine.
"""

import argparse
import datetime
import json
import os
import re
import resource
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
            # an answer of 100 ways is two hundred kilobytes: sixteen askers keep both cores busy, more only stand in line
            for name, path, connections in [("health", "/healthz", 64), ("plan", "/api/v1/plans/current", 64), ("point to point", ways, 16)]:
                tell(name, server.load(path, connections, options.seconds))
            tell("point to point, crowd", server.overload(ways, seconds=options.seconds))
            tell("bookings", server.bookings(Path(folder), options.seconds))
        finally:
            server.stop()
        server = Server(options, Path(folder) / "paced.db", requests_per_second=1_000_000_000)
        try:
            for name, figures in server.bookings_beside_reads(Path(folder), options.seconds).items():
                tell(name, figures)
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
        self.key = ""
        self.address = self.read_address()
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def read_address(self) -> str:
        for line in self.process.stderr:
            key = re.search(r"shown this once: (\S+)", line)
            self.key = key.group(1) if key else self.key
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
        return ended(self.start_wrk("statuses.lua", path, connections, seconds))

    def start_wrk(self, script: str, path: str, connections: int, seconds: int, **more: str) -> subprocess.Popen:
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(HERE / script), self.address + path]
        environment = os.environ | {"WATERBUS_KEY": self.key, "STATUSES": str(HERE / "statuses.lua")} | more
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)

    def bookings(self, folder: Path, seconds: int) -> dict:
        """As many bookings as the service takes, each answered when it is on the disk."""
        return ended(self.start_bookings(folder, 32, seconds, PAUSE_MS="0"))

    def bookings_beside_reads(self, folder: Path, seconds: int) -> dict:
        """Some 600 bookings a second beside somewhat more than 5,000 reads of free slots a second.

        Both come over so many connections with so long pauses that their rate hardly depends on how fast they are answered.
        """
        bookings = self.start_bookings(folder, 240, seconds, PAUSE_MS="360")
        free = f"/api/v1/availability?service={self.ask('GET', '/api/v1/services')['services'][0]['service']}"
        cores = Cores(self.process.pid)
        reads = self.start_wrk("reads.lua", free, 1000, seconds, PAUSE_MS="176")
        return {"bookings beside reads": ended(bookings), "reads beside bookings": ended(reads), "cores at work": cores.end()}

    def start_bookings(self, folder: Path, connections: int, seconds: int, **more: str) -> subprocess.Popen:
        terms = self.ask("GET", "/api/v1/booking-terms")
        # all slots of the next four weeks are open
        self.ask("PUT", "/api/v1/booking-terms", terms | {"return_h": 672})
        routings = folder / "routings"
        routings.write_text("\n".join(self.find_routings()))
        return self.start_wrk("bookings.lua", "/api/v1/bookings", connections, seconds, ROUTINGS=str(routings), **more)

    def find_routings(self) -> list:
        """Ways of empty boxes between neighbours on each service, in the next three weeks."""
        found = set()
        for service in self.ask("GET", "/api/v1/services")["services"]:
            for origin, destination in zip(service["calls"], service["calls"][1:]):
                for week in (1, 2, 3):
                    day = (datetime.date.today() + datetime.timedelta(days=7 * week)).isoformat()
                    path = f"/api/v1/journeys?from={origin}&to={destination}&week={day}&trade=empty"
                    found |= {way["itinerary"]["routing_reference"] for way in self.ask("GET", path)["items"]}
        return sorted(found)

    def ask(self, method: str, path: str, body: dict = None) -> dict:
        request = urllib.request.Request(self.address + path, method=method, data=json.dumps(body).encode() if body else None)
        request.add_header("Authorization", f"Bearer {self.key}")
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

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


def ended(wrk: subprocess.Popen) -> dict:
    """The figures that wrk prints in its last line."""
    output, _ = wrk.communicate()
    if wrk.returncode:
        raise SystemExit("wrk failed")
    return json.loads(output.splitlines()[-1])


class Cores:
    """How many cores the server takes, and how many the load that is put on it."""

    def __init__(self, server: int) -> None:
        self.server, self.begun, self.before = server, time.monotonic(), self.spent_s(server)

    @staticmethod
    def spent_s(server: int) -> tuple:
        fields = Path(f"/proc/{server}/stat").read_text().rpartition(")")[2].split()
        ended_children = resource.getrusage(resource.RUSAGE_CHILDREN)
        server_s = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return server_s, ended_children.ru_utime + ended_children.ru_stime

    def end(self) -> dict:
        elapsed = time.monotonic() - self.begun
        spent = [(after - before) / elapsed for before, after in zip(self.before, self.spent_s(self.server))]
        return {"server": round(spent[0], 2), "wrk": round(spent[1], 2), "of": os.cpu_count()}


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
