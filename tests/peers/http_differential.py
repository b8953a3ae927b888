#!/usr/bin/env python3
"""The same bytes to netlabd, nginx, apache2 and lighttpd, over the same files.

    http_differential.py FOLDER PIDS PORT PORT PORT PORT   compare
    http_differential.py --alone FOLDER PIDS PORT          netlabd and no peers
    http_differential.py --print NAME …                    show requests

Each case of http_cases.py is sent on a connection of its own, with a request
for /probe.txt right behind it, which tells whether the connection was kept, and
whether what stood in the case was understood where it begins and ends. What
comes back is told in a line (see http_wire.py), whose last word is

    kept    the probe was answered
    closed  it was not, and the server has closed
    waits   it was not, and the server waits for more
    end     no probe was sent: the client has shut its side down

netlabd has to answer as the case says. What a peer answers otherwise stands in
http_differences.tsv, with the reason: a difference that is not there fails, and
so does one that is there and no longer occurs.
"""

import os
import re
import socket
import sys
import time

import http_cases
import http_servers
import http_wire

HERE = os.path.dirname(os.path.abspath(__file__))
DIFFERENCES = os.path.join(HERE, "http_differences.tsv")
PROBE = b"GET /probe.txt HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
# How long a server may take when it is expected to answer and to close, and
# when it is expected not to.
PATIENCE_S, WAIT_S = 20, 0.7


def receive(connection, patience):
    """All that comes, and how it ends: "closed" or "waits"."""
    deadline, data = time.monotonic() + patience, b""
    while (left := deadline - time.monotonic()) > 0:
        connection.settimeout(left)
        try:
            got = connection.recv(1 << 16)
        except TimeoutError:
            break
        except ConnectionError:
            return data, "closed"
        if not got:
            return data, "closed"
        data += got
    return data, "waits"


def talk(port, case, request, patience):
    with socket.create_connection(("127.0.0.1", port), PATIENCE_S) as connection:
        has_probe = case.end == "probe"
        try:
            connection.sendall(request + (PROBE if has_probe else b""))
            if case.end == "shut":
                connection.shutdown(socket.SHUT_WR)
        except ConnectionError:
            pass  # it has closed already; what it said is there to be read
        return receive(connection, patience)


def tell(data, end, case, files):
    """The line of what came back."""
    answers = http_wire.read_answers(data, case.heads)
    last = answers[-1] if answers else None
    words = [http_wire.tell_answer(answer, files) for answer in answers]
    if last is not None and last.code == 200 and \
            last.body == files["probe.txt"]:
        words.pop()
        end = "kept"
    elif case.end == "shut":
        end = "end"
    return "; ".join(words + [end])


def etag_of(port):
    """What the server calls /page.txt."""
    case = http_cases.Case("", 0, b"", "")
    data, _ = talk(port, case, http_cases.get(), PATIENCE_S)
    etag = http_wire.read_answers(data, ())[0].value(b"etag")
    if not re.fullmatch(rb'"[^"]+"', etag):
        raise RuntimeError(f"no strong ETag: {etag}")
    return etag


class Peer:
    def __init__(self, server):
        self.server = server
        self.etag = etag_of(server.port)

    def ask(self, case, expected, files):
        request = case.request.replace(b"{etag}", self.etag)
        patience = WAIT_S if expected.endswith("waits") else PATIENCE_S
        return tell(*talk(self.server.port, case, request, patience), case,
                    files)


def read_differences():
    """{(case, peer): (theirs, ours, why)}"""
    known = {}
    with open(DIFFERENCES) as file:
        for line in file:
            if line.startswith("#"):
                continue
            name, peer, theirs, ours, why = line.rstrip("\n").split("\t")
            if (name, peer) in known or not why:
                raise RuntimeError(f"{name}, {peer}: twice, or without reason")
            known[name, peer] = theirs, ours, why
    return known


def compare_peer(case, peer, known, files):
    """What is wrong with one row; None: nothing."""
    name = peer.server.name
    explained = known.pop((case.name, name), None)
    expected = explained[0] if explained else case.expected
    theirs = peer.ask(case, expected, files)
    if explained and explained[1] != case.expected:
        return f"the table says of us: {explained[1]}"
    if theirs == expected:
        return None
    if not explained:
        return f"{theirs}\n    unexplained"
    return f"{theirs}\n    explained otherwise: {expected}"


def compare(peers, files):
    """Prints what is wrong and a summary; returns how much is."""
    known = read_differences()
    explained, wrong = len(known), 0
    same = {peer.server.name: 0 for peer in peers[1:]}
    netlabd = peers[0]
    for case in http_cases.cases:
        ours = netlabd.ask(case, case.expected, files)
        found = [] if ours == case.expected else [("netlabd", ours)]
        for peer in peers[1:]:
            differs = (case.name, peer.server.name) in known
            fault = compare_peer(case, peer, known, files)
            same[peer.server.name] += not differs
            if fault:
                found.append((peer.server.name, fault))
        for name, fault in found:
            print(f"HTTP {case.number}, {case.name}: expected {case.expected}\n"
                  f"  {name}: {fault}")
        wrong += len(found)
    for (name, peer), _ in known.items():
        print(f"no case is called {name} ({peer})")
    wrong += len(known)
    same = ", ".join(f"{name} {count}" for name, count in same.items())
    print(f"{len(http_cases.cases)} requests, answered as netlabd does: {same}; "
          f"{explained} differences explained, {wrong} wrong")
    return wrong


def try_alone(folder, pids, port):
    """Prints what is wrong, and a line for each requirement: "HTTP 7: 14 right,
    0 wrong"; returns how much is."""
    files = http_cases.make_tree(folder)
    server = http_servers.Netlabd(folder, os.path.join(folder, "www"), int(port))
    counts = {}
    try:
        server.start(pids)
        netlabd = Peer(server)
        for case in http_cases.cases:
            ours = netlabd.ask(case, case.expected, files)
            right, wrong = counts.get(case.number, (0, 0))
            if ours == case.expected:
                right += 1
            else:
                wrong += 1
                print(f"HTTP {case.number}, {case.name}: expected "
                      f"{case.expected}\n  netlabd: {ours}")
            counts[case.number] = right, wrong
    finally:
        server.stop()
    for number, (right, wrong) in sorted(counts.items()):
        print(f"HTTP {number}: {right} right, {wrong} wrong")
    return sum(wrong for _, wrong in counts.values())


def run(folder, pids, ports):
    files = http_cases.make_tree(folder)
    servers = [kind(folder, os.path.join(folder, "www"), int(port))
               for kind, port in zip((http_servers.Netlabd,)
                                     + http_servers.PEERS, ports)]
    try:
        for server in servers:
            server.start(pids)
        return compare([Peer(server) for server in servers], files)
    finally:
        for server in servers:
            server.stop()


if __name__ == "__main__":
    if sys.argv[1] == "--print":
        for shown in http_cases.cases:
            if shown.name in sys.argv[2:]:
                print(shown.name, shown.request, shown.expected, sep="\n  ")
    elif sys.argv[1] == "--alone":
        sys.exit(try_alone(*sys.argv[2:5]) > 0)
    else:
        sys.exit(run(sys.argv[1], sys.argv[2], sys.argv[3:]) > 0)
