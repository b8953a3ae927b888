"""People in a chat: how much CPU time a line costs for each that it is delivered
to, how late it comes, whether a reader that stops is to anybody's harm, how many
lines a second are too many, and what an idle connection costs. A part of
bench.py: see README.md.
"""

import os
import resource
import subprocess
from types import SimpleNamespace

import chat_servers as c
import servers as s

BUILD = os.path.abspath(os.environ.get("BUILD", "build"))
PEOPLE, ROOMS, LINES, SECONDS = 5000, 100, 10_000, 5
FASTER = 20_000, 40_000, 60_000, 80_000
LONG = 200       # bytes of a line, so that who stops reading is full soon
COMPARED = 1000  # of which ngircd is not late yet
LATE_MS = 1000    # a rate is sustained while 99 of 100 lines come within it
IDLE, IDLE_GOAL = 10_000, 1024
# A reader that stops delays nobody: more than that is no accident of a run.
LATER, LATER_MS = 1.5, 10


def chat_load(server, words, **pipes):
    return subprocess.Popen(
        ["taskset", "-c", s.LOAD_CPU, f"{BUILD}/tests/bench/chat_load",
         "-m", server.protocol, "-P", str(server.chat_port)] + words,
        stdout=subprocess.PIPE, text=True, **pipes)


def talk(kind, folder, rate, stopped=0, size=40):
    """One run on a server that has just started: what chat_load counted, and
    the CPU time of each delivery."""
    server = kind(folder, None)
    server.start()
    words = ["-c", str(PEOPLE), "-R", str(ROOMS), "-r", str(rate),
             "-t", str(SECONDS), "-z", str(size), "-w"]
    if stopped:
        words += ["-s", str(stopped)]
    try:
        with chat_load(server, words, stdin=subprocess.PIPE) as load:
            # All are in: what comes now is what is measured.
            load.stdout.readline()
            before = server.cpu_ns()
            load.stdin.close()
            line = load.stdout.read()
        used = server.cpu_ns() - before
    finally:
        server.stop()
    found = {name: float(value) for name, value in
             (word.split("=") for word in line.split())}
    found["cpu_us"] = used / 1000 / max(1, found["delivered"])
    return SimpleNamespace(**found)


def is_whole(found):
    """Whether everybody heard all, in order."""
    return not (found.lost or found.disorder or found.strays or found.skipped
                or found.blocked)


def print_run(name, rate, found, verdict=""):
    wrong = found.lost + found.disorder + found.strays + found.blocked
    print(f"  {name:20} {rate:8,} {found.rate:11,.0f} {found.cpu_us:8.3f} µs "
          f"{wrong:7.0f} {found.p50:8.1f} {found.p99:8.1f} {found.max:8.1f}"
          f"   {verdict}".rstrip(), flush=True)


def met(is_met):
    return "met" if is_met else "MISSED"


def print_netlabd(folder):
    mine = talk(c.Netlabd, folder, LINES)
    goal = f"(goal: all, in order: {met(is_whole(mine))})"
    print_run("netlabd", LINES, mine, goal)
    mine = talk(c.Netlabd, folder, LINES, size=LONG)
    print_run(f"…of {LONG} bytes", LINES, mine)
    harmed = talk(c.Netlabd, folder, LINES, stopped=1, size=LONG)
    within = LATER * mine.p99 + LATER_MS
    print_run("…one stops a room", LINES, harmed,
              f"(goal: all others hear all, p99 ≤ {within:.0f} ms: "
              f"{met(is_whole(harmed) and harmed.p99 <= within)})")
    for rate in FASTER:
        found = talk(c.Netlabd, folder, rate)
        why = ""
        if not is_whole(found) or found.p99 > LATE_MS:
            why = "too much"
        elif found.said < 0.98 * rate * SECONDS:
            why = "more than the load can say and hear"
        print_run("netlabd", rate, found, why)
        if why:
            break


def print_talk(folder):
    print(f"\nChat, {PEOPLE:,} people in {ROOMS} rooms: lines a second, and "
          "milliseconds until they are heard")
    print(f"  {'':20} {'lines/s':>8} {'heard/s':>11} {'CPU/heard':>11} "
          f"{'wrong':>7} {'half in':>8} {'99 % in':>8} {'all in':>8}"
          "   netlabd is")
    print_netlabd(folder)
    if not c.Ngircd(folder, None).is_there():
        print("  ngircd is not installed: make peers")
        return
    mine = talk(c.Netlabd, folder, COMPARED)
    print_run("netlabd", COMPARED, mine)
    theirs = talk(c.Ngircd, folder, COMPARED)
    print_run("ngircd", COMPARED, theirs,
              f"{mine.cpu_us / theirs.cpu_us:.2f} × ngircd")


# ------------------------------------------------------------------------- idle

def pss_bytes(pid):
    with open(f"/proc/{pid}/smaps_rollup") as f:
        return next(int(line.split()[1]) * 1024 for line in f
                    if line.startswith("Pss:"))


def print_idle(folder):
    server = c.Netlabd(folder, None)
    server.start()
    try:
        before = pss_bytes(server.worker())
        words = ["-c", str(IDLE), "-R", str(ROOMS), "-w"]
        with chat_load(server, words, stdin=subprocess.PIPE) as load:
            load.stdout.readline()
            after = pss_bytes(server.worker())
            load.kill()
    finally:
        server.stop()
    each = (after - before) / IDLE
    print(f"\nChat, {IDLE:,} idle people in {ROOMS} rooms: memory (PSS) of the "
          f"chat's worker\n  {before / 1024:.0f} KiB before, "
          f"{after / 1024:.0f} KiB with them: {each:.0f} bytes each "
          f"(goal {IDLE_GOAL}: {met(each <= IDLE_GOAL)})", flush=True)


def compare(folder):
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if most < c.ROOM + 256:
        print(f"\nchat needs more than {most} open files (ulimit -Hn)")
        return
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    print_talk(folder)
    print_idle(folder)
