#!/usr/bin/env python3
"""The same requests to netlabd and to chronyd, both without a source.

    ntp_differential.py FOLDER PIDS PORT PORT PORT
    ntp_differential.py … --show N       show N of each difference
    ntp_differential.py … --only KIND    a regular expression: the kinds of
                                         ntp_requests.py that are sent

netlabd runs twice: as it is, and "open", with `legacy` and `symmetric`. What
chronyd answers otherwise is told field by field, theirs before ours:

    silent +, silent -      they do not answer, we do not; else
    leap 0/3                and version, mode, stratum, refid, poll, length
    precision measured/0    from 2^-31 to 2^-6
    delay 0/5, dispersion   in ms
    reference past/none     within 64 s, old, future
    origin transmit/zero    which of the request's stamps
    receive now/other       and transmit: now; before: in an exchange before
                            this one; zero
    order bad/ok            receive is before transmit, and no stamp is twice
    tail none/good MAC MD5  behind the header

Each difference has a line in ntp_differences.tsv: server, kind, name, step,
field. One that no line covers fails, and so does a line that covers none.
"""

import argparse
import collections
import os
import re
import socket
import sys

import differences
import ntp_requests
import ntp_servers
import ntp_wire

RULES = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                     "ntp_differences.tsv")
PATIENCE_S = 20
MARK = 0xffeeddccbbaa9988


# ----------------------------------------------------------------------- asking

def ask(client, request):
    """The reply to REQUEST, or None: a good request sent right behind it tells
    that there is none."""
    sent = ntp_wire.now()
    client.send(request)
    client.send(ntp_wire.header(transmit=MARK))
    found = None
    while True:
        data = client.recv(65535)
        arrived = ntp_wire.now()
        if len(data) < ntp_wire.HEADER.size:
            raise RuntimeError(f"{len(data)} bytes are no reply")
        reply = ntp_wire.Reply(data, sent, arrived)
        if reply.origin == MARK:
            return found
        if found is not None:
            raise RuntimeError("two replies")
        found = reply


def ask_all(port, case):
    """[(request, reply or None)] of each step; ends with a silence that a later
    step would have to know of."""
    exchange, replies = [], []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(PATIENCE_S)
        client.bind(("127.0.0.1", case.port))
        client.connect(("127.0.0.1", port))
        for number in range(len(case.steps)):
            request = case.make(number, replies)
            reply = ask(client, request)
            exchange.append((request, reply))
            if reply is None:
                break
            replies.append(reply)
    return exchange


# -------------------------------------------------------------------- comparing

def name_age(age):
    """AGE: a difference of stamps, modulo 2^64."""
    if age >= 1 << 63:
        return "future"
    return "past" if age <= 64 << 32 else "old"


def name_precision(precision):
    return "measured" if -31 <= precision <= -6 else str(precision)


def name_ms(value):
    return str(round(value * 1000 / 65536))


def name_origin(origin, request):
    stamps = ntp_wire.HEADER.unpack_from(request)
    names = {0: "zero", stamps[8]: "origin", stamps[9]: "receive",
             stamps[10]: "transmit"}
    return names.get(origin, "other")


def name_stamp(stamp, reply, before):
    if stamp == 0:
        return "zero"
    if reply.sent - 4 <= stamp <= reply.arrived + 4:
        return "now"
    if any(other.sent - 4 <= stamp <= other.arrived + 4 for other in before):
        return "before"
    return "other"


def name_order(reply, before):
    """An interleaved reply's transmit stamp is of the one before."""
    stamps = reply.origin, reply.receive, reply.transmit
    is_ordered = reply.receive < reply.transmit or \
        name_stamp(reply.transmit, reply, before) != "now"
    return "ok" if is_ordered and len(set(stamps)) == 3 else "bad"


def view(request, reply, before):
    """{field: its value, in a word}"""
    return {
        "leap": reply.leap,
        "version": reply.version,
        "mode": reply.mode,
        "stratum": reply.stratum,
        "poll": reply.poll,
        "precision": name_precision(reply.precision),
        "delay": name_ms(reply.delay),
        "dispersion": name_ms(reply.dispersion),
        "refid": f"{reply.refid:08x}",
        "reference": "none" if reply.reference == 0 else name_age(
            (reply.transmit - reply.reference) % 2**64),
        "origin": name_origin(reply.origin, request),
        "receive": name_stamp(reply.receive, reply, before),
        "transmit": name_stamp(reply.transmit, reply, before),
        "order": name_order(reply, before),
        "length": len(reply.data),
        "tail": reply.tail(),
    }


def views(exchange):
    replies = [reply for _, reply in exchange]
    return [reply and view(request, reply, replies[:number])
            for number, (request, reply) in enumerate(exchange)]


def compare(theirs, ours):
    """[(step, difference)]; steps behind a silence that only one kept are not
    compared."""
    found = []
    for step, (they, we) in enumerate(zip(views(theirs), views(ours))):
        if they is None and we is not None:
            found.append((step, "silent +"))
        elif we is None and they is not None:
            found.append((step, "silent -"))
        elif they is not None:
            found += [(step, f"{field} {they[field]}/{we[field]}")
                      for field in they if they[field] != we[field]]
    return found


# ---------------------------------------------------------------------- the run

class Report:
    def __init__(self, show):
        self.rules, self.show = differences.Rules(RULES, 5), show
        self.explained, self.wrong = 0, 0
        self.counts = collections.Counter()

    def add(self, server, case, step, difference, exchanges):
        if self.rules.explain(server, case.kind, case.name, str(step),
                              difference):
            self.explained += 1
            return
        self.wrong += 1
        self.counts[server, case.kind, difference] += 1
        if self.counts[server, case.kind, difference] > self.show:
            return
        print(f"{server}: {case.kind}, {case.name}, step {step}: {difference}")
        for name, exchange in zip(("they", "we  "), exchanges):
            request, reply = exchange[step]
            print(f"  {name} {request.hex()}\n    -> "
                  f"{reply.data.hex() if reply else 'silence'}")

    def end(self, is_whole):
        for rule in self.rules.unused() if is_whole else ():
            print(f"covers nothing: {rule.line}")
            self.wrong += 1
        for (server, kind, difference), count in self.counts.most_common():
            print(f"{count:6} × {server}: {kind}: {difference}")


def compare_all(ours, peer, options):
    report = Report(options.show)
    cases = [case for case in ntp_requests.cases()
             if re.fullmatch(options.only, case.kind)]
    alike = {server.name: 0 for server in ours}
    for case in cases:
        theirs = ask_all(peer.port, case)
        for server in ours:
            exchange = ask_all(server.port, case)
            found = compare(theirs, exchange)
            alike[server.name] += not found
            for step, difference in found:
                report.add(server.name, case, step, difference,
                           (theirs, exchange))
    report.end(options.only == ".*")
    print(f"{len(cases)} requests or exchanges, alike "
          + ", ".join(f"{name} {count}" for name, count in alike.items())
          + f"; {report.explained} differences explained, {report.wrong} wrong")
    return report.wrong


def run(options):
    ours = [ntp_servers.Netlabd(options.folder, port, name, settings)
            for port, name, settings in zip(
                options.port, ("netlabd", "open"),
                ("", "legacy = true\n    symmetric = true"))]
    peer = ntp_servers.Chronyd(options.folder, options.port[-1])
    servers = [peer] + ours
    try:
        for server in servers:
            server.start(options.pids)
        return compare_all(ours, peer, options)
    finally:
        for server in servers:
            server.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("pids")
    parser.add_argument("port", type=int, nargs=3)
    parser.add_argument("--show", type=int, default=1)
    parser.add_argument("--only", default=".*")
    sys.exit(run(parser.parse_args()) > 0)
