#!/usr/bin/env python3
"""How true the time is that netlabd and chronyd serve: chronyd as their client
over loopback, where both ends read the same clock, so that every offset is an
error. Nobody's clock is set (-x).

In interleaved rounds, idle and under a load, basic and interleaved mode.
See README.md. tests/bench/run.sh --accuracy starts this in a network namespace.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

import ntp_servers as n
import servers as s

BUILD = os.path.abspath(os.environ.get("BUILD", "build"))
POLL_LOG2 = -6  # seconds between two requests of the client: 64 a second
UNSETTLED = 16  # measurements of a round that are not counted, its first
OFFSET = 11     # column of measurements.log: seconds
GOAL = 1.1      # × chronyd's
MODES = {"basic": "", "interleaved": "xleave"}


class Chronyd(n.ChronydLimited):
    port = 1232


def measured(folder, port, mode, seconds):
    """What a client sees in SECONDS: offsets in ns, signed."""
    conf = os.path.join(folder, "client.conf")
    log = os.path.join(folder, "measurements.log")
    with open(conf, "w") as f:
        f.write(f"""server 127.0.0.1 port {port} minpoll {POLL_LOG2} \
maxpoll {POLL_LOG2} {MODES[mode]}
port 0
cmdport 0
bindcmdaddress /
pidfile {folder}/client.pid
logdir {folder}
log rawmeasurements
""")
    if os.path.exists(log):
        os.unlink(log)
    client = subprocess.Popen(
        ["taskset", "-c", s.LOAD_CPU, "chronyd", "-d", "-x", "-u", "root",
         "-L", "2", "-f", conf], stdin=subprocess.DEVNULL)
    time.sleep(seconds)
    client.terminate()
    client.wait()
    with open(log) as f:
        rows = [line.split() for line in f if line[0].isdigit()]
    return [1e9 * float(row[OFFSET]) for row in rows[UNSETTLED:]]


def load_on(port, rate, seconds):
    return subprocess.Popen(
        ["taskset", "-c", s.LOAD_CPU, f"{BUILD}/tests/bench/udp_load",
         "-m", "ntp", "-P", str(port), "-t", str(seconds), "-r", str(rate),
         "-a", str(n.SOURCES)], stdout=subprocess.PIPE, text=True)


def port_of(server):
    return getattr(server, "ntp_port", server.port)


class Row:
    """One server in one mode, idle or loaded."""

    def __init__(self):
        self.offsets, self.rates = [], []

    @property
    def median(self):
        return statistics.median(map(abs, self.offsets))

    @property
    def most(self):
        """Nine of ten are no further off."""
        return statistics.quantiles(map(abs, self.offsets), n=10)[-1]


def measure(started, rates, options, folder):
    """{(rate, mode, server): Row}"""
    found = {(rate, mode, server): Row()
             for rate in rates for mode in MODES for server in started}
    for _ in range(options.rounds):
        for (rate, mode, server), row in found.items():
            load = None
            if rate > 0:
                load = load_on(port_of(server), rate, options.seconds + 1)
                time.sleep(0.3)
            row.offsets += measured(folder, port_of(server), mode,
                                    options.seconds)
            if load is not None:
                words = dict(word.split("=")
                             for word in load.communicate()[0].split())
                row.rates.append(float(words["rate"]))
    return found


def print_rows(rate, started, found):
    mine = started[0]
    for mode in MODES:
        ours = found[rate, mode, mine]
        for server in started:
            row = found[rate, mode, server]
            verdict = ""
            if server is not mine:
                ratio = ours.median / row.median
                verdict = f"{ratio:.2f} × {server.name}"
                if mode == "basic":
                    met = "met" if ratio <= GOAL else "MISSED"
                    verdict += f" (goal {GOAL:.2f}: {met})"
            elif mode != "basic":
                basic = found[rate, "basic", mine].median
                verdict = (f"{row.median / basic:.2f} × basic (goal 1.00: "
                           f"{'met' if row.median <= basic else 'MISSED'})")
            reached = statistics.median(row.rates) if row.rates else 0
            print(f"  {mode:11} {server.name:8} {row.median:8.0f} ns "
                  f"{row.most:8.0f} ns {statistics.median(row.offsets):8.0f} "
                  f"ns {len(row.offsets):8} {reached:11.0f}   {verdict}"
                  .rstrip())


def options_of():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4, help="a round")
    parser.add_argument("--rate", type=int, default=100000,
                        help="requests a second of the load")
    return parser.parse_args()


def main():
    options = options_of()
    with tempfile.TemporaryDirectory(prefix="netlabd-accuracy.") as folder:
        os.chmod(folder, 0o755)
        started = [n.NetlabdLimited(folder, None), Chronyd(folder, None)]
        if not all(server.is_there() for server in started):
            sys.exit("chronyd is not installed: make peers")
        rates = [0, options.rate]
        try:
            for server in started:
                server.start()
            found = measure(started, rates, options, folder)
        finally:
            for server in started:
                server.stop()
        for rate in rates:
            print("\nNTP's offset, " + (
                f"under {rate:,} requests a second" if rate else "idle"))
            print(f"  {'':11} {'':8} {'|median|':>11} {'90 %':>11} "
                  f"{'median':>11} {'samples':>8} {'load/s':>11}   netlabd is")
            print_rows(rate, started, found)


if __name__ == "__main__":
    main()
