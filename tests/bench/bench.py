#!/usr/bin/env python3
"""The same work on netlabd and on its peers, in interleaved rounds.

What is compared is the server's CPU time per answer: the time that all of its
processes ran, by /proc/PID/schedstat, over the answers that the load counted.
Answers per second are printed too, but they are bounded by the load.
See README.md. tests/bench/run.sh starts this in a network namespace.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import chat
import echo
import idle
import lab_servers as lab
import ntp_servers as n
import servers as s
import zones

BUILD = os.path.abspath(os.environ.get("BUILD", "build"))
SIZES = {"612": 612, "10k": 10240, "100k": 102400, "1m": 1048576}
NETLABD_PORTS = {"dns": "port", "ntp": "ntp_port", "http": "http_port",
                 "lab": "lab_port"}


class Work:
    """One kind of load, the servers that it is put on, and how."""

    def __init__(self, name, what, kind, peers, load, goals, zone="plain",
                 mine=s.Netlabd):
        self.name, self.what, self.kind = name, what, kind
        self.peers, self.load, self.goals = peers, load, goals
        self.zone = zone
        self.mine = mine  # how netlabd is configured


def load(program, words, wrong):
    """A load of ours, which prints name=value; WRONG names what should be 0.
    Its WORDS may name what all servers serve."""
    def run(port, seconds, content, cpu=s.LOAD_CPU):
        line = subprocess.run(
            ["taskset", "-c", cpu, f"{BUILD}/tests/bench/{program}",
             "-P", str(port), "-t", str(seconds)] +
            [word.format(**vars(content)) for word in words],
            check=True, stdout=subprocess.PIPE, text=True).stdout
        found = dict(word.split("=") for word in line.split())
        return SimpleNamespace(answers=int(found["answered"]),
                               wrong=sum(int(found[name]) for name in wrong),
                               bad=int(found.get("bad", 0)),
                               rate=float(found["rate"]))
    return run


def both_cpus(words):
    """A load in bursts on each CPU, beside a worker on each."""
    one = load("udp_load", words + ["-b"], ["lost", "bad", "strays"])

    def run(port, seconds, content):
        with ThreadPoolExecutor() as pool:
            runs = [pool.submit(one, port, seconds, content, cpu)
                    for cpu in (s.SERVER_CPU, s.LOAD_CPU)]
            first, second = [run.result() for run in runs]
        return SimpleNamespace(**{
            name: value + getattr(second, name)
            for name, value in vars(first).items()})
    return run


def udp_load(words):
    return load("udp_load", words, ["lost", "bad", "strays"])


def tcp_load(words):
    return load("tcp_load", words, ["failed", "bad"])


def http_load(target, words):
    return load("http_load", words + [target], ["failed"])


def wrk(target):
    """wrk sleeps between answers, so that a fast server pays for waking it:
    a check on http_load, and on what others measure."""
    def run(port, seconds, _):
        text = subprocess.run(
            ["taskset", "-c", s.LOAD_CPU, "wrk", "-t", "1", "-c", "64",
             "-d", f"{seconds}s", f"http://127.0.0.1:{port}{target}"],
            check=True, capture_output=True, text=True).stdout
        errors = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
        return SimpleNamespace(
            answers=int(re.search(r"(\d+) requests in", text)[1]),
            wrong=int(errors[1]) if errors else 0, bad=0,
            rate=float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]))
    return run


def dns_works():
    peers = [s.Knot, s.Nsd]
    asked = ["-l", "{queries}"]

    def udp(name, what, zone, goals):
        return Work(name, f"DNS over UDP, {what}", "dns", peers,
                    udp_load(asked), goals, zone)

    both = {"knot": 0.9, "nsd": 0.9}
    return [
        udp("dns", "10,000 names, 5 % NXDOMAIN", "plain",
            {"knot": 0.8, "nsd": 0.84, "floor": 1.22}),
        udp("dns-1m", "1,000,000 names, 5 % NXDOMAIN", "1m",
            {"knot": 0.75, "nsd": 0.7}),
        udp("dns-edns", "OPT with DO or a cookie", "edns", both),
        udp("dns-wild", "wildcards", "wild", both),
        udp("dns-alias", "CNAME and DNAME", "alias", both),
        udp("dns-referral", "delegations", "referral", both),
        udp("dns-signed", "signed, NSEC, DO, 5 % NXDOMAIN", "signed", both),
        udp("dns-signed3", "signed, NSEC3, DO, 5 % NXDOMAIN", "signed3", both),
        Work("dns-tcp", "DNS over TCP, 16 in flight", "dns", peers,
             tcp_load(asked), {"knot": 0.7}),
        Work("dns-tcp-close", "DNS over TCP, a connection a question", "dns",
             peers, tcp_load(asked + ["-C", "-c", "8"]), {"knot": 0.95}),
    ]


def ntp_works():
    def ntp(name, what, words, mine, peers, goals):
        return Work(name, f"NTP, {what}", "ntp", peers,
                    udp_load(["-m", "ntp"] + words), goals, mine=mine)

    many = ["-a", str(n.SOURCES)]
    return [
        ntp("ntp", f"{n.SOURCES:,} clients, rates limited", many,
            n.NetlabdLimited, [n.ChronydLimited],
            {"chronyd": 0.82, "floor": 1.14}),
        ntp("ntp-plain", "one client, rates not limited", [], n.Netlabd,
            [n.Chronyd], {"chronyd": 1.0}),
        ntp("ntp-mac", "as ntp, authenticated by AES-128-CMAC",
            many + ["-k", n.KEY], n.NetlabdKeyed, [n.ChronydKeyed], {}),
        ntp("ntp-xleave", "as ntp, interleaved", many + ["-x"],
            n.NetlabdLimited, [n.ChronydLimited], {}),
        Work("ntp-workers", "NTP, two workers on two CPUs beside one", "ntp",
             [n.OneWorker], both_cpus(["-m", "ntp", "-w", "256"] + many),
             {"netlabd": 1.1}, mine=n.TwoWorkers),
    ]


def lab_works():
    def echo(name, size, goals):
        words = ["-m", "echo", "-z", str(size), "-a", str(n.SOURCES)]
        return Work(name, f"echo of {size} bytes over UDP, {n.SOURCES:,} "
                    "clients, rates limited", "lab", [], udp_load(words),
                    goals, mine=lab.Netlabd)

    return [echo("echo", 64, {"floor": 1.1}),
            echo("echo-1400", 1400, {"floor": 1.1})]


def works():
    http = [s.Nginx, s.Lighttpd]
    large = [s.NginxNopush, s.Lighttpd]
    opening = [s.NginxDeferred, s.Lighttpd]
    page = {name: f"/{name}.html" for name in SIZES}
    return dns_works() + ntp_works() + lab_works() + [
        Work("http", "HTTP, 612 bytes, keep-alive", "http", http,
             http_load(page["612"], []), {"nginx": 0.78, "lighttpd": 0.83}),
        Work("http-wrk", "the same by wrk", "http", http, wrk(page["612"]),
             {"nginx": 0.9}),
        Work("http-pipe", "HTTP, 612 bytes, 16 pipelined", "http", http,
             http_load(page["612"], ["-p", "16"]), {"nginx": 0.15}),
        Work("http-close", "HTTP, 612 bytes, a connection a request", "http",
             opening, http_load(page["612"], ["-C"]), {"nginx": 0.87}),
        Work("http-10k", "HTTP, 10 KiB", "http", http,
             http_load(page["10k"], []), {"nginx": 0.83}),
        Work("http-100k", "HTTP, 100 KiB", "http", large,
             http_load(page["100k"], ["-c", "8"]), {"nginx": 0.95}),
        Work("http-1m", "HTTP, 1 MiB", "http", large,
             http_load(page["1m"], ["-c", "4"]),
             {"nginx": 1.0, "lighttpd": 1.0}),
    ]


def floor_of(work, folder, content):
    """Bare sockets for the same work; of DNS over TCP there is none."""
    if work.name.startswith("dns-tcp"):
        return []
    if work.kind == "http":
        size = SIZES.get(work.name.removeprefix("http-"), 612)
        return [s.Floor(folder, content, 8100, "http", size)]
    return [s.Floor(folder, content, 5300, "udp")]


def content_of(work, folder):
    """What all servers serve: a zone, its questions, a web root."""
    content = zones.zone_of(work.zone, folder)
    content.www = f"{folder}/www"
    if not os.path.exists(content.www):
        os.mkdir(content.www)
        for name, size in SIZES.items():
            with open(f"{content.www}/{name}.html", "w") as f:
                f.write(("x" * 63 + "\n") * (size // 64) + "x" * (size % 64))
    return content


class Series:
    """The rounds of one server at one work."""

    def __init__(self):
        self.cpu_us, self.rates, self.wrong, self.answers = [], [], 0, 0

    def add(self, cpu_ns, result):
        self.cpu_us.append(cpu_ns / 1000 / max(1, result.answers))
        self.rates.append(result.rate)
        self.wrong += result.wrong
        self.answers += result.answers

    @property
    def cpu(self):
        return statistics.median(self.cpu_us)

    @property
    def spread(self):
        """Half of the range, in per cent of the median."""
        return 50 * (max(self.cpu_us) - min(self.cpu_us)) / self.cpu

    def ratio_to(self, other):
        """Of the two in one round each, what lies in the middle: a machine
        that gets slower or faster meanwhile does so for both."""
        return statistics.median(
            ours / theirs for ours, theirs in zip(self.cpu_us, other.cpu_us))


def port_of(server, work):
    if isinstance(server, s.Netlabd):
        return getattr(server, NETLABD_PORTS[work.kind])
    return server.port


def measure(work, started, rounds, seconds):
    """{server: Series}. Round by round, so that whatever else the
    machine does falls on all servers alike."""
    found = {server: Series() for server in started}
    for number in range(rounds + 1):
        for server in started:
            before = server.cpu_ns()
            result = work.load(port_of(server, work), seconds, server.content)
            used = server.cpu_ns() - before
            if isinstance(server, s.Floor):  # what it says is no answer
                result.wrong -= result.bad
            if number > 0:  # the first one warms caches and frequencies up
                found[server].add(used, result)
    return found


def print_work(work, found, out):
    print(f"\n{work.what}")
    print(f"  {'':11} {'CPU/answer':>11} {'spread':>8} {'answers/s':>11} "
          f"{'wrong':>6}   netlabd is")
    mine = next((series for server, series in found.items()
                 if isinstance(server, s.Netlabd)), None)
    for server, series in found.items():
        name, ratio, verdict = server.name, "", ""
        if mine not in (None, series):
            times = mine.ratio_to(series)
            ratio = f"{times:.2f} × {name}"
            goal = work.goals.get(server.peer().name)
            if goal is not None:
                met = "met" if times <= goal else "MISSED"
                verdict = f"(goal {goal:.2f}: {met})"
        print(f"  {name:11} {series.cpu:8.3f} µs {series.spread:6.1f} % "
              f"{statistics.median(series.rates):11.0f} {series.wrong:6}   "
              f"{ratio} {verdict}".rstrip())
        out.write(f"{work.name}\t{name}\t{series.cpu:.4f}\t{series.spread:.2f}"
                  f"\t{statistics.median(series.rates):.0f}\t{series.answers}"
                  f"\t{series.wrong}\n")
    sys.stdout.flush()


def servers_of(work, folder, content, options):
    kinds = work.peers
    if options.variants:
        kinds = [one for kind in kinds
                 for one in s.VARIANTS.get(kind.peer(), [kind])]
    if not options.no_netlabd:
        kinds = [work.mine] + kinds
    return ([kind(folder, content) for kind in kinds] +
            floor_of(work, folder, content))


def run_work(work, folder, options, out):
    servers = servers_of(work, folder, content_of(work, folder), options)
    missing = [server.name for server in servers if not server.is_there()]
    servers = [server for server in servers if server.is_there()]
    try:
        for server in servers:
            server.start()
        found = measure(work, servers, options.rounds, options.seconds)
    finally:
        for server in servers:
            server.stop()
    print_work(work, found, out)
    for name in missing:
        print(f"  {name:11} is not installed: make peers")


def options_of():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seconds", type=int, default=1, help="a round")
    parser.add_argument("--no-netlabd", action="store_true",
                        help="peers alone")
    parser.add_argument("--variants", action="store_true",
                        help="all that was tried for each peer")
    parser.add_argument("work", nargs="*", help="dns, ntp, http …; all")
    return parser.parse_args()


def main():
    options = options_of()
    os.makedirs(f"{BUILD}/bench", exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="netlabd-bench.") as folder, \
            open(f"{BUILD}/bench/results.tsv", "w") as out:
        os.chmod(folder, 0o755)
        known = works()
        names = [work.name for work in known] + ["idle", "echo-tcp", "chat"]
        wanted = set(options.work or names)
        if not wanted <= set(names):
            sys.exit("works: " + " ".join(names))
        out.write("work\tserver\tcpu_us\tspread_percent\tanswers_per_s"
                  "\tanswers\twrong\n")
        for work in known:
            if work.name in wanted:
                run_work(work, folder, options, out)
        if "idle" in wanted:
            idle.compare(folder, content_of(known[0], folder))
        if "echo-tcp" in wanted:
            echo.compare(folder, options.rounds)
        if "chat" in wanted:
            chat.compare(folder)
    print(f"\n{BUILD}/bench/results.tsv has the figures.")


if __name__ == "__main__":
    main()
