#!/usr/bin/env python3
"""A zone of a million names on netlabd, Knot and NSD: from start to the first
answer, memory, from the wish to reload to the first answer of the new zone, and
how many questions a reload under full load leaves without their answer.

    tests/bench/run.sh --big-zone [NAMES]

Each server has the machine for itself and both CPUs. See README.md.
"""

import os
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time
from types import SimpleNamespace

import servers as s
import zones

BUILD = os.path.abspath(os.environ.get("BUILD", "build"))
ROUNDS = 3
LOADED_SECONDS = 8  # at a time
SERIAL = 2026112101
SOA = 6


def serial_of(port):
    """The serial that the server answers with, or None."""
    reply = s.dns_ask(port, "bench.test", SOA, timeout=0.5)
    if reply is None or reply[0] != 0:
        return None
    # The SOA's last 20 bytes begin with the serial; behind them nothing in a
    # minimal answer, and NS records in others: look for the serial itself.
    answer = reply[1]
    for serial in range(SERIAL, SERIAL + ROUNDS + 2):
        if struct.pack("!I", serial) in answer:
            return serial
    return None


def set_serial(path, serial):
    """Writes a new serial in place: a copy of the file, put in by rename."""
    with open(path, "rb") as f, open(path + ".new", "wb") as out:
        head = f.read(256)
        out.write(head.replace(str(serial - 1).encode(),
                               str(serial).encode(), 1))
        shutil.copyfileobj(f, out, 1 << 20)
    os.rename(path + ".new", path)


class Asker(threading.Thread):
    """Asks all the time while a reload runs, to see the longest silence."""

    def __init__(self, port):
        super().__init__()
        self.port, self.is_over = port, threading.Event()
        self.longest, self.lost = 0.0, 0

    def run(self):
        while not self.is_over.is_set():
            start = time.monotonic()
            if s.dns_ask(self.port, "ns1.bench.test", timeout=5) is None:
                self.lost += 1
            self.longest = max(self.longest, time.monotonic() - start)
            time.sleep(0.0005)


def reload(server, serial):
    """Seconds until the new serial is answered."""
    set_serial(server.content.zone, serial)
    asker = Asker(server.port)
    asker.start()
    start = time.monotonic()
    server.process.send_signal(signal.SIGHUP)
    while serial_of(server.port) != serial:
        if time.monotonic() - start > 120:
            raise RuntimeError(f"{server.name} does not reload")
        time.sleep(0.002)
    taken = time.monotonic() - start
    time.sleep(1.0)  # what it does afterwards is part of the silence measured
    asker.is_over.set()
    asker.join()
    return taken, asker.longest, asker.lost


def ask_for(port, queries, seconds):
    """As fast as udp_load can; the process, whose output says what came."""
    return subprocess.Popen(
        [f"{BUILD}/tests/bench/udp_load", "-P", str(port), "-t", str(seconds),
         "-l", queries], stdout=subprocess.PIPE, text=True)


def reload_loaded(server, serial, queries):
    """Questions lost or answered wrongly, and all that were answered, from
    before the signal until the new zone is there."""
    wrong = answered = 0
    set_serial(server.content.zone, serial)
    load = ask_for(server.port, queries, LOADED_SECONDS)
    time.sleep(0.5)
    server.process.send_signal(signal.SIGHUP)
    deadline = time.monotonic() + 180
    while load is not None:
        found = dict(word.split("=") for word in load.communicate()[0].split())
        wrong += sum(int(found[name]) for name in ("lost", "bad", "strays"))
        answered += int(found["answered"])
        load = None
        if serial_of(server.port) != serial:
            if time.monotonic() > deadline:
                raise RuntimeError(f"{server.name} does not reload under load")
            load = ask_for(server.port, queries, LOADED_SECONDS)
    return wrong, answered


class AloneNetlabd(s.Netlabd):
    """The DNS role alone."""

    def config(self):
        return super().config(http=False, ntp=False)


def measure(kind, folder, names):
    content = SimpleNamespace(zone=f"{folder}/{kind.name}.zone", www=folder)
    queries = f"{folder}/{kind.name}.queries"
    zones.make(content.zone, [str(names)])
    zones.make(queries, [str(names), "--queries"])
    starts, reloads, silences, lost, memory = [], [], [], 0, 0
    serial = SERIAL
    for _ in range(ROUNDS):
        server = kind(folder, content)
        start = time.monotonic()
        server.start()
        starts.append(time.monotonic() - start)
        memory = server.memory_bytes()
        serial += 1
        taken, silence, missing = reload(server, serial)
        reloads.append(taken)
        silences.append(silence)
        lost += missing
        if serial == SERIAL + ROUNDS:
            loaded_lost, loaded = reload_loaded(server, serial + 1, queries)
        server.stop()
    os.unlink(content.zone)
    return SimpleNamespace(start=statistics.median(starts), memory=memory,
                           reload=statistics.median(reloads),
                           silence=max(silences), lost=lost,
                           loaded=loaded, loaded_lost=loaded_lost)


def main():
    names = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    s.SERVER_CPU = "0-1"
    os.makedirs(f"{BUILD}/bench", exist_ok=True)
    print(f"A zone of {names:,} names: median of {ROUNDS} starts and reloads")
    print(f"  {'':8} {'start':>8} {'memory':>10} {'a name':>8} {'reload':>8} "
          f"{'silence':>9} {'lost':>5} {'loaded':>7}   netlabd is (start, memory, reload)")
    mine = None
    with tempfile.TemporaryDirectory(prefix="netlabd-bench.") as folder, \
            open(f"{BUILD}/bench/big_zone.tsv", "w") as out:
        os.chmod(folder, 0o755)
        out.write("server\tstart_s\tpss_bytes\treload_s\tsilence_s\tlost"
                  "\tloaded_lost\tloaded_answers\n")
        for kind in AloneNetlabd, s.Knot, s.Nsd:
            if not kind(folder, None).is_there():
                print(f"  {kind.name:8} is not installed")
                continue
            found = measure(kind, folder, names)
            ratio = ""
            if kind is AloneNetlabd:
                mine = found
            elif mine is not None:
                ratio = (f"{mine.start / found.start:.2f} "
                         f"{mine.memory / found.memory:.2f} "
                         f"{mine.reload / found.reload:.2f} × {kind.name}")
            print(f"  {kind.name:8} {found.start:6.2f} s "
                  f"{found.memory / 2**20:6.0f} MiB "
                  f"{found.memory / names:6.0f} B {found.reload:6.2f} s "
                  f"{found.silence * 1000:6.0f} ms {found.lost:5} "
                  f"{found.loaded_lost:7}   {ratio}",
                  flush=True)
            out.write(f"{kind.name}\t{found.start:.3f}\t{found.memory}\t"
                      f"{found.reload:.3f}\t{found.silence:.3f}\t"
                      f"{found.lost}\t{found.loaded_lost}\t{found.loaded}\n")


if __name__ == "__main__":
    main()
