"""Bytes through one TCP connection to an echo server, and back: throughput, CPU
time, and how much the memory of its processes grows meanwhile, netlabd's and
socat's. A part of bench.py: see README.md.
"""

import os
import statistics
import subprocess
import threading

import lab_servers as lab
import servers as s

BUILD = os.path.abspath(os.environ.get("BUILD", "build"))
MIB = 1024
KINDS = lab.NetlabdTcp, lab.Socat, lab.SocatSmall, lab.SocatSelf
ROUNDS_MAX = 5  # each takes ten seconds
RATE_GOAL = 1.0   # of the fastest socat's
GROWN_GOAL = 1.0  # MiB


def resident_bytes(server):
    total = 0
    for pid in server.pids():
        try:
            with open(f"/proc/{pid}/statm") as f:
                total += int(f.read().split()[1]) * os.sysconf("SC_PAGESIZE")
        except (FileNotFoundError, ProcessLookupError):
            pass  # a connection's process that has just ended
    return total


class Watch(threading.Thread):
    """The most memory that a server has meanwhile."""

    def __init__(self, server):
        super().__init__()
        self.server, self.most, self.is_over = server, 0, threading.Event()
        self.start()

    def run(self):
        while not self.is_over.wait(0.05):
            self.most = max(self.most, resident_bytes(self.server))

    def stop(self):
        self.is_over.set()
        self.join()
        return self.most


class Series:
    """The rounds of one server."""

    def __init__(self, memory):
        self.memory = memory  # before the first connection
        self.rates, self.cpu_us, self.grown = [], [], []

    def add(self, server):
        cpu = server.cpu_ns()
        watch = Watch(server)
        try:
            line = subprocess.run(
                ["taskset", "-c", s.LOAD_CPU,
                 f"{BUILD}/tests/bench/echo_load",
                 "-P", str(server.lab_port), "-m", str(MIB)],
                check=True, stdout=subprocess.PIPE, text=True).stdout
        finally:
            most = watch.stop()
        server.settle()
        self.grown.append((most - self.memory) / 2**20)
        self.cpu_us.append((server.cpu_ns() - cpu) / 1000 / MIB)
        self.rates.append(float(line.split("rate=")[1]))

    @property
    def rate(self):
        return statistics.median(self.rates)


def measure(started, rounds):
    """{server: Series}, in interleaved rounds, the first of which warms up."""
    memory = {server: resident_bytes(server) for server in started}
    for number in range(rounds + 1):
        if number <= 1:
            found = {server: Series(memory[server]) for server in started}
        for server in started:
            found[server].add(server)
    return found


def verdict(mine, series, name, is_best):
    """How many times as much of both we have; more of the first is better."""
    faster = statistics.median(
        ours / theirs for ours, theirs in zip(mine.rates, series.rates))
    used = statistics.median(
        ours / theirs for ours, theirs in zip(mine.cpu_us, series.cpu_us))
    goal = ""
    if is_best:
        met = "met" if faster >= RATE_GOAL else "MISSED"
        goal = f" (goal {RATE_GOAL:.2f}: {met})"
    return f"{faster:.2f} × {name}'s rate{goal}, {used:.2f} × its CPU"


def print_table(found):
    print(f"\nEcho over TCP, {MIB} MiB through one connection and back")
    print(f"  {'':11} {'CPU/MiB':>11} {'MiB/s':>8} {'memory':>11}   netlabd is")
    mine, *others = found.values()
    best = max((one.rate for one in others), default=0)
    for server, series in found.items():
        grown = max(series.grown)
        text = ""
        if series is not mine:
            text = verdict(mine, series, server.name, series.rate == best)
        elif grown > GROWN_GOAL:
            text = f"memory: goal {GROWN_GOAL:.0f} MiB MISSED"
        print(f"  {server.name:11} {statistics.median(series.cpu_us):8.1f} µs "
              f"{series.rate:8.0f} {grown:+7.2f} MiB   {text}".rstrip(),
              flush=True)


def compare(folder, rounds):
    started = []
    try:
        for kind in KINDS:
            server = kind(folder, None)
            if not server.is_there():
                print(f"  {server.name:11} is not installed: make peers")
                continue
            server.start()
            started.append(server)
        found = measure(started, min(rounds, ROUNDS_MAX))
    finally:
        for server in started:
            server.stop()
    print_table(found)
