#!/usr/bin/env python3
"""chat_flow.py HOST PORT SECONDS: how long people of one host wait for a line.

One of two talks every 10 ms; prints the longest time that a line took to the
other, in ms. Fails if one is missing or out of order.
"""

import socket
import sys
import threading
import time

HOST, PORT, SECONDS = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])


def come(name):
    person = socket.create_connection((HOST, PORT))
    person.sendall(name.encode() + b"\n")
    lines = person.makefile("rb")
    while not lines.readline().startswith(b"* you are in"):
        pass
    return person, lines


def main():
    talker, _ = come("talker")
    _, lines = come("listener")
    count = int(SECONDS * 100)
    sent = [0.0] * count

    def talk():
        for i in range(count):
            sent[i] = time.monotonic()
            talker.sendall(b"%d\n" % i)
            time.sleep(0.01)

    thread = threading.Thread(target=talk)
    thread.start()
    longest = 0.0
    for i in range(count):
        line = b""
        while not line.startswith(b"<talker> "):
            line = lines.readline()
            if not line:
                sys.exit("the chat has ended")
        if line != b"<talker> %d\n" % i:
            sys.exit(f"line {i} is {line!r}")
        longest = max(longest, time.monotonic() - sent[i])
    thread.join()
    print(f"{longest * 1000:.1f}")


main()
