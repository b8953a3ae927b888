#!/usr/bin/env python3
"""How many bytes a datagram makes of UDP services: by its length, and by where it
comes from. Run on another host than the services', where both addresses are.

    udp_amplification.py NAME TO NEIGHBOUR STRANGER SERVICE=PORT …

Prints a table; exits 1 when a stranger gets more bytes than he sent, but those of
EXTRA.
"""

import select
import socket
import sys

LENGTHS = 0, 1, 64, 512
QUIET_S = 0.5    # for so long, nothing came any more
# A few capitals are longer; and an empty datagram is to get the time (RFC 868).
EXTRA = {"upper": 16, "time": 4}


def ask(source, to, port, length):
    client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    client.bind((source, 0))
    client.sendto(b"x" * length, (to, port))
    return client


def gather(clients):
    """{key: [bytes, datagrams]} of {client: key}."""
    found = {key: [0, 0] for key in clients.values()}
    while ready := select.select(list(clients), [], [], QUIET_S)[0]:
        for client in ready:
            try:
                count = found[clients[client]]
                count[0] += len(client.recv(65535))
                count[1] += 1
            except ConnectionRefusedError:
                pass
    return found


def text_of(count):
    return str(count[0]) if count[1] else "-"


def main(name, to, neighbour, stranger, services):
    found = {}
    sources = {"neighbour": neighbour, "stranger": stranger}
    # Each length by itself: a chat tells others of who joins.
    for length in LENGTHS:
        for who, source in sources.items():
            for service, port in services.items():
                key = service, who, length
                found |= gather({ask(source, to, port, length): key})
    print(f"{name}: bytes back of a datagram of " +
          ", ".join(map(str, LENGTHS)) + " bytes, to a neighbour; a stranger")
    for service in services:
        columns = ["".join(f"{text_of(found[service, who, length]):>7}"
                           for length in LENGTHS) for who in sources]
        print(f"  {service:8}" + "  ".join(columns))
    return any(found[service, "stranger", length][0] >
               length + EXTRA.get(service, 0)
               for service in services for length in LENGTHS)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:5], {
        service: int(port) for service, port in
        (word.split("=") for word in sys.argv[5:])}))
