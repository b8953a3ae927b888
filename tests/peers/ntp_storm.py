#!/usr/bin/env python3
"""NTP load that counts what became of each request, until it is sent SIGTERM:

    ntp_storm.py PORT

From FLOWS ports of 127.0.0.1, each with WINDOW requests on their way. In the end
it waits for those, and prints one line: answered=N lost=N wrong=N. Lost is what
nobody answered within PATIENCE_S; wrong, an answer that is no good.
"""

import select
import signal
import socket
import sys
import time

import ntp_wire

FLOWS, WINDOW = 16, 4
PATIENCE_S = 5


class Flow:
    def __init__(self, port):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.connect(("127.0.0.1", port))
        self.socket.setblocking(False)
        self.asked = {}  # {transmit stamp: when}

    def fill(self):
        while len(self.asked) < WINDOW:
            stamp = ntp_wire.now()
            while stamp in self.asked:
                stamp += 1
            self.asked[stamp] = time.monotonic()
            self.socket.send(ntp_wire.header(transmit=stamp))

    def forget(self, now):
        """How many have waited in vain."""
        late = [stamp for stamp, asked in self.asked.items()
                if now - asked > PATIENCE_S]
        for stamp in late:
            del self.asked[stamp]
        return len(late)

    def read(self):
        """Whether it is a good answer to a request of ours."""
        reply = ntp_wire.Reply(self.socket.recv(4096), 0, 0)
        is_asked = self.asked.pop(reply.origin, None) is not None
        return is_asked and reply.mode == ntp_wire.SERVER and \
            reply.stratum > 0 and reply.leap == 0 and \
            reply.origin < reply.receive < reply.transmit <= ntp_wire.now()


def run(port):
    answered = lost = wrong = 0
    is_ending = False

    def end(*_):
        nonlocal is_ending
        is_ending = True
    signal.signal(signal.SIGTERM, end)
    flows = {flow.socket: flow for flow in
             (Flow(port) for _ in range(FLOWS))}
    while not is_ending or any(flow.asked for flow in flows.values()):
        for flow in flows.values() if not is_ending else ():
            flow.fill()
        for ready in select.select(list(flows), [], [], 0.1)[0]:
            good = flows[ready].read()
            answered, wrong = answered + good, wrong + (not good)
        now = time.monotonic()
        lost += sum(flow.forget(now) for flow in flows.values())
    print(f"answered={answered} lost={lost} wrong={wrong}")


run(int(sys.argv[1]))
