"""ntp_mirror.py PORT FILE: an NTP server on 127.0.0.1 that says what FILE says.

FILE holds words KEY=VALUE, read again for each request: leap, stratum, delay
and dispersion (seconds), refid (hexadecimal), silent=1. Without it nothing is
answered. What was asked is appended to FILE.asked, a line of hexadecimal each.
"""

import socket
import struct
import sys
import time

UNIX_TO_NTP = 2208988800


def stamp(ns):
    return struct.pack(">Q", ((ns + UNIX_TO_NTP * 10**9) << 32) // 10**9)


def answer(question, header, received):
    first = int(header.get("leap", 0)) << 6 | 4 << 3 | 4
    short = [int(float(header.get(key, 0)) * 65536) for key in ("delay", "dispersion")]
    is_known = first >> 6 != 3
    return (
        struct.pack(">BBbbII", first, int(header.get("stratum", 3)), 0, -24, *short)
        + bytes.fromhex(header.get("refid", "c0000201"))
        + (stamp(received - 30 * 10**9) if is_known else bytes(8))
        + question[40:48]
        + stamp(received)
        + stamp(time.time_ns())
    )


def main(port, file):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.bind(("127.0.0.1", int(port)))
        while True:
            question, peer = s.recvfrom(65536)
            received = time.time_ns()
            with open(file + ".asked", "a", encoding="ascii") as asked:
                print(question.hex(), file=asked)
            try:
                with open(file, encoding="ascii") as text:
                    header = dict(word.split("=") for word in text.read().split())
            except OSError:
                continue
            s.sendto(answer(question, header, received), peer)


main(*sys.argv[1:])
