#!/usr/bin/env python3
"""The same questions to netlabd, NSD, Knot and BIND, over the same zones.

    dns_differential.py FOLDER PIDS PORT PORT PORT PORT
    dns_differential.py … --show N       show N of each difference
    dns_differential.py … --only ZONES   a regular expression: the others are
                                         served and not asked about; "odd" are
                                         the messages of dns_oddities.py
    dns_differential.py … --root         the root of a lab instead, whose
                                         differences are among the same

What a peer answers otherwise than netlabd does (dns_compare.py has the facets)
stands in dns_differences.tsv, with the reason: a difference that no rule there
covers fails, and so does a rule that covers none any more. What all three
answer otherwise, and in the same way, wants a rule for "all" of them.
"""

import argparse
import collections
import contextlib
import multiprocessing
import os
import re
import select
import socket
import struct
import sys
import time

import differences
import dns_compare
import dns_oddities
import dns_questions
import dns_servers
import dns_wire
import dns_zones

HERE = os.path.dirname(os.path.abspath(__file__))
RULES = os.path.join(HERE, "dns_differences.tsv")
WINDOW = 24       # questions in flight
PATIENCE_S = 2    # for a datagram, which is asked TRIES times
GRACE_S = 0.1     # for what comes behind the last one
TRIES = 3
LAST = 0xffff     # beyond any number of a question
STREAM_S = 20
CHUNK = 500


# ----------------------------------------------------------------------- asking

def ask_window(client, window, answers):
    """Sends some questions, and one more whose answer tells that all that is
    answered has been, or is just about to be."""
    for number, question in window:
        client.send(question.query(number))
    client.send(dns_wire.make_query(LAST, (), dns_wire.SOA))
    left, patience = {number for number, _ in window}, PATIENCE_S
    while left and select.select([client], [], [], patience)[0]:
        answer = client.recv(65535)
        number = int.from_bytes(answer[:2], "big")
        if number == LAST:
            patience = GRACE_S
        else:
            answers.setdefault(number, answer)
            left.discard(number)


def ask_datagrams(port, asked):
    """{number: response} for ASKED, {number: question}."""
    answers, waiting = {}, list(asked.items())
    for _ in range(TRIES):
        for begin in range(0, len(waiting), WINDOW):
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
                client.connect(("127.0.0.1", port))
                ask_window(client, waiting[begin:begin + WINDOW], answers)
        waiting = [(number, question) for number, question in waiting
                   if number not in answers]
    return answers


def ask_stream(port, asked):
    """The same on connections, a window of questions on each; whom the server
    closed on gets a connection for itself."""
    answers, waiting = {}, list(asked.items())
    for size in WINDOW, 1:
        for begin in range(0, len(waiting), size):
            window = waiting[begin:begin + size]
            with socket.create_connection(("127.0.0.1", port),
                                          STREAM_S) as client:
                read_stream(client, window, answers)
        waiting = [(number, question) for number, question in waiting
                   if number not in answers]
    return answers


def read_stream(client, window, answers):
    queries = [question.query(number) for number, question in window]
    with contextlib.suppress(ConnectionError):  # it may have closed already
        client.sendall(b"".join(struct.pack("!H", len(query)) + query
                                for query in queries))
    with contextlib.suppress(OSError):
        client.shutdown(socket.SHUT_WR)
    stream = client.makefile("rb")
    left = {number for number, _ in window}
    while left:
        try:
            length = int.from_bytes(stream.read(2), "big")
            answer = stream.read(length)
        except OSError:
            return
        if len(answer) < 12 or len(answer) < length:
            return
        number = int.from_bytes(answer[:2], "big")
        answers.setdefault(number, answer)  # of a transfer the first
        left.discard(number)


def ask(port, asked):
    answers = {}
    for is_tcp, ask_some in (False, ask_datagrams), (True, ask_stream):
        some = {number: question for number, question in asked.items()
                if question.tcp == is_tcp}
        if some:
            answers |= ask_some(port, some)
    return answers


# -------------------------------------------------------------------- comparing

def compare_chunk(work):
    """[(question's number, peer or "netlabd", facet, theirs, ours)]"""
    questions, ports, begin, end = work
    asked = {number - begin: questions[number] for number in range(begin, end)}
    answers = {name: ask(port, asked) for name, port in ports.items()}
    found = []
    for ident, question in asked.items():
        ours = answers["netlabd"].get(ident)
        ours_view = dns_compare.read_view(ours)
        fault = question.fault(ours, ours_view)
        if fault:
            found.append((begin + ident, "netlabd", fault, b"", ours))
        if ours_view is False:
            continue
        for name in list(ports)[1:]:
            theirs = answers[name].get(ident)
            if theirs == ours:
                continue
            found += [(begin + ident, name, facet, theirs, ours) for facet in
                      dns_compare.compare(dns_compare.read_view(theirs),
                                          ours_view)]
    return found


def in_all(found, peers):
    """The same facet from each peer becomes one of "all"."""
    by_facet = {}
    for number, name, facet, theirs, ours in found:
        by_facet.setdefault((number, facet), []).append((name, theirs, ours))
    for (number, facet), differing in by_facet.items():
        if len(differing) == peers:
            differing = [("all",) + differing[0][1:]]
        for name, theirs, ours in differing:
            yield number, name, facet, theirs, ours


# ------------------------------------------------------------------------ rules

class DnsRules(differences.Rules):
    """Whom it is about, which questions, and which facet."""

    def __init__(self):
        super().__init__(RULES, 6)

    def explain(self, name, key, facet):
        return super().explain(name, *key, facet)

    def unused(self):
        """Those for --root, which has another run, aside."""
        return [rule for rule in super().unused() if rule.words[1] != "[.]"]


def most_of(words, most=12):
    counted = collections.Counter(words).most_common(most)
    return ", ".join(f"{word} {count}" for word, count in counted)


class Report:
    def __init__(self, questions, options):
        self.questions, self.rules = questions, DnsRules()
        self.show = options.show
        self.is_whole = options.only == ".*" and not options.root
        self.explained, self.shown, self.wrong = 0, {}, 0

    def add(self, number, name, facet, theirs, ours):
        key = self.questions[number].key()
        if self.rules.explain(name, key, facet):
            self.explained += 1
            return
        self.wrong += 1
        keys = self.shown.setdefault((name, facet), [])
        keys.append(key)
        if len(keys) > self.show:
            return
        print(f"{name}: {facet}\n  {' | '.join(key)}\n"
              f"  dig {self.questions[number]}")
        for line in dns_wire.tell_message(ours):
            print("  we  ", line)
        for line in dns_wire.tell_message(theirs) if theirs != b"" else ():
            print("  they", line)

    def end(self):
        """Returns how much is wrong."""
        for rule in self.rules.unused() if self.is_whole else ():
            print(f"covers nothing: {rule.line}")
            self.wrong += 1
        for (name, facet), keys in sorted(self.shown.items(),
                                          key=lambda item: -len(item[1])):
            columns = zip(*keys)
            print(f"{len(keys):6} × {name}: {facet}\n" + "\n".join(
                f"         {most_of(column)}" for column in columns))
        return self.wrong


def compare(questions, servers, options):
    ports = {server.name: server.port for server in servers}
    work = [(questions, ports, begin, min(begin + CHUNK, len(questions)))
            for begin in range(0, len(questions), CHUNK)]
    report, begun = Report(questions, options), time.monotonic()
    same = len(questions)
    with multiprocessing.Pool(2) as pool:
        for found in pool.imap(compare_chunk, work):
            same -= len({number for number, *_ in found})
            for difference in in_all(found, len(servers) - 1):
                report.add(*difference)
    wrong = report.end()
    print(f"{len(questions)} questions in {time.monotonic() - begun:.0f} s, "
          f"{same} answered alike by all, {report.explained} differences "
          f"explained, {wrong} wrong")
    return wrong


def run(options):
    make = dns_zones.make_root if options.root else dns_zones.make_all
    zones = make(options.folder)
    served = {zone.name: zone.file for zone in zones}
    kinds = (dns_servers.Netlabd,) + dns_servers.PEERS
    servers = [kind(options.folder, served, port)
               for kind, port in zip(kinds, options.port)]
    questions = [question for zone in zones
                 if re.fullmatch(options.only, zone.name)
                 for question in dns_questions.questions(zone)]
    if re.fullmatch(options.only, "odd") and not options.root:
        questions += dns_oddities.oddities(zones[0])
    try:
        for server in servers:
            server.start(options.pids)
        return compare(questions, servers, options)
    finally:
        for server in servers:
            server.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("pids")
    parser.add_argument("port", type=int, nargs=4)
    parser.add_argument("--show", type=int, default=1)
    parser.add_argument("--only", default=".*")
    parser.add_argument("--root", action="store_true")
    sys.exit(run(parser.parse_args()) > 0)
