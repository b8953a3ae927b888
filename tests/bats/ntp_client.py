"""ntp_client.py HOST PORT CASE…: raw NTP datagrams, one after the other.

A case is FIRST:LENGTH[:HEX]: a datagram of LENGTH bytes that begins with the
byte FIRST (hexadecimal: leap, version, mode), a transmit time stamp where there
is room for one, and HEX at its end. For each, one line: "silence", or the
reply's fields as KEY=VALUE. Silence is told by a good request that is sent
right behind: its reply comes, and nothing before it.
"""

import socket
import struct
import sys
import time

UNIX_TO_NTP = 2208988800
MARK = 0x23, bytes.fromhex("ffeeddccbbaa9988")


def stamp_now():
    return time.time_ns() + UNIX_TO_NTP * 10**9


def seconds(field):
    return struct.unpack(">Q", field)[0] * 10**9 >> 32


def datagram(case):
    first, length, *tail = case.split(":")
    body = bytearray(int(length))
    body[:1] = bytes.fromhex(first)[: len(body)]
    if len(body) >= 48:
        body[2] = 6
        body[40:48] = bytes.fromhex("0102030405060708")
    if tail:
        end = bytes.fromhex(tail[0])
        body[len(body) - len(end) :] = end
    return bytes(body)


def describe(reply, question, sent, arrived):
    delay, dispersion = (n / 65536 for n in struct.unpack(">II", reply[4:12]))
    receive, transmit = seconds(reply[32:40]), seconds(reply[40:48])
    reference = seconds(reply[16:24])
    is_known = reply[16:24] != bytes(8)
    facts = {
        "length": len(reply),
        "leap": reply[0] >> 6,
        "version": reply[0] >> 3 & 7,
        "mode": reply[0] & 7,
        "stratum": reply[1],
        "poll": reply[2],
        "precision": struct.unpack("b", reply[3:4])[0],
        "delay": f"{delay:.6f}",
        "dispersion": f"{dispersion:.6f}",
        "refid": reply[12:16].hex(),
        "reference": "set" if is_known else "none",
        "origin": "ok" if reply[24:32] == question[40:48] else "bad",
        # The fields' own rounding is one nanosecond at most.
        "times": "ok"
        if sent - 1 <= receive <= transmit <= arrived + 1
        and reply[32:40] < reply[40:48]
        and (not is_known or transmit - 86400 * 10**9 < reference <= transmit)
        else "bad",
    }
    return " ".join(f"{key}={value}" for key, value in facts.items())


def main(host, port, *cases):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    mark = bytearray(48)
    mark[0], mark[40:48] = MARK
    for case in cases:
        # A port of its own: what came late would be another case's.
        with socket.socket(family, socket.SOCK_DGRAM) as s:
            s.settimeout(20)
            s.connect((host, int(port)))
            question = datagram(case)
            sent = stamp_now()
            s.send(question)
            s.send(mark)
            reply = s.recv(65536)
            arrived = stamp_now()
            if reply[24:32] == mark[40:48]:
                print("silence")
                continue
            print(describe(reply, question, sent, arrived))
            if s.recv(65536)[24:32] != mark[40:48]:
                sys.exit("a second reply")


main(*sys.argv[1:])
