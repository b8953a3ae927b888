"""ntp_interleaved.py STATE PORT COUNT [OPTION…]: exchanges of one client, in
the interleaved mode of RFC 9769 §2 as far as the server follows.

What the last exchange left is kept in the file STATE. Each of the COUNT
exchanges is from a port of its own; for each, one line: "basic", or
"interleaved" when the reply says when the one before it left. That has to lie
between its receive stamp and its arrival.

Options: from=ADDRESS to=ADDRESS; replay: STATE stays as it was, so that the
next exchange sends the same origin; version=3; transmit: the origin is the
transmit stamp of the last reply, as a client in basic mode sends it.
"""

import json
import os
import socket
import struct
import sys
import time

UNIX_TO_NTP = 2208988800
NEVER = {"receive": 0, "transmit": 0, "arrived": 0}


def stamp_now():
    seconds, ns = divmod(time.time_ns(), 10**9)
    return (seconds + UNIX_TO_NTP) << 32 | (ns << 32) // 10**9


def ask(options, port, last):
    to = options.get("to", "127.0.0.1")
    family = socket.AF_INET6 if ":" in to else socket.AF_INET
    origin = last["transmit" if "transmit" in options else "receive"]
    receive, transmit = stamp_now(), stamp_now() ^ 0x5555
    header = int(options.get("version", 4)) << 3 | 3
    with socket.socket(family, socket.SOCK_DGRAM) as s:
        if "from" in options:
            s.bind((options["from"], 0))
        s.settimeout(20)
        s.connect((to, port))
        s.send(struct.pack(">B23xQQQ", header, origin, receive, transmit))
        reply = s.recv(1000)
        arrived = stamp_now()
    assert len(reply) == 48, reply
    got_origin, got_receive, got_transmit = struct.unpack(">QQQ", reply[24:])
    now = {
        "receive": got_receive,
        "transmit": got_transmit,
        "arrived": arrived,
    }
    # The clock here is read in nanoseconds: 4 of 2^-32 s.
    assert receive - 8 <= got_receive <= arrived + 8
    if got_origin == transmit:
        assert got_receive < got_transmit <= arrived + 8
        return "basic", now
    assert got_origin == receive, reply.hex()
    assert last["receive"] < got_transmit <= last["arrived"] + 8, last
    return "interleaved", now


def main(path, port, count, *words):
    options = dict(word.partition("=")[::2] for word in words)
    last = NEVER
    if os.path.exists(path):
        with open(path, encoding="ascii") as file:
            last = json.load(file)
    for _ in range(int(count)):
        kind, now = ask(options, int(port), last)
        print(kind)
        if "replay" not in options:
            last = now
    with open(path, "w", encoding="ascii") as file:
        json.dump(last, file)


main(*sys.argv[1:])
