#!/usr/bin/env python3
"""Connections to the lab's services, COUNT in all, that come and go in every way:
closed after the answer, before it, half, by a reset, in the middle of a word.

    lab_storm.py COUNT PIDS SERVICE=PORT …

PIDS: of the workers, whose open files are counted while they come and at the
end. Between them one client asks echo each time, and prints how long the slowest
answer took. Exits 1 when a worker keeps files, or is another one at the end.
"""

import os
import socket
import struct
import sys
import time

TOGETHER = 200
PATIENCE_S = 20
HOST = "127.0.0.1"


def connect(port):
    client = socket.socket()
    client.settimeout(PATIENCE_S)
    client.connect((HOST, port))
    return client


def reset(client):
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                      struct.pack("ii", 1, 0))
    client.close()


def half(client):
    client.shutdown(socket.SHUT_WR)
    client.close()


def unread(client):
    """With bytes that it has not read, or will not: a reset too."""
    client.send(b"x" * 3000)
    client.close()


def talk(client):
    client.send("Grüße\n/join #st".encode())
    client.close()


def talk_and_reset(client):
    client.send(b"name\nhello\n")
    reset(client)


ENDS = socket.socket.close, reset, half, unread, talk, talk_and_reset


def open_files(pids):
    return [len(os.listdir(f"/proc/{pid}/fd")) for pid in pids]


def storm(count, pids, ports):
    """Returns the slowest answer meanwhile, and the most open files."""
    slowest, most = 0, 0
    for number in range(0, count, TOGETHER):
        clients = [connect(ports[(number + i) % len(ports)])
                   for i in range(TOGETHER)]
        most = max(most, *open_files(pids))
        for i, client in enumerate(clients):
            try:
                ENDS[(number // TOGETHER + i // len(ports)) % len(ENDS)](client)
            except OSError:
                client.close()  # it was closed first
        slowest = max(slowest, time_echo(ports[0]))
    return slowest, most


def time_echo(port):
    start = time.monotonic()
    with connect(port) as client:
        client.send(b"x")
        if client.recv(1) != b"x":
            raise RuntimeError("echo says something else")
    return time.monotonic() - start


def wait_for(condition):
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def main(count, pids, ports):
    storm(2000, pids, ports)  # what the first ones make is kept
    time.sleep(1)
    before = open_files(pids)
    start = time.monotonic()
    slowest, most = storm(count, pids, ports)
    seconds = time.monotonic() - start
    are_gone = wait_for(lambda: open_files(pids) <= before)
    print(f"{count} connections in {seconds:.0f} s: open files {before} before, "
          f"at most {most} meanwhile, {open_files(pids)} at the end; the slowest "
          f"echo took {slowest * 1000:.0f} ms")
    return not are_gone


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2].split(","),
                  [int(word.split("=")[1]) for word in sys.argv[3:]]))
