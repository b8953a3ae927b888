#!/usr/bin/env python3
"""dns_odd_server.py PORT: a name server that does what the first label of a
question says, by UDP and TCP on 127.0.0.1, until it is ended. It prints "ready"
when it hears. What no function below is called after gets one address.
"""

import selectors
import socket
import struct
import sys

A, SOA, OPT = 1, 6, 41
QR, AA, TC = 0x8000, 0x0400, 0x0200


class Query:
    def __init__(self, data, by_tcp):
        self.data, self.by_tcp = data, by_tcp
        self.id, = struct.unpack_from("!H", data)
        self.question = data[12:data.index(b"\0", 12) + 5]
        self.label = data[13:13 + data[12]].decode("latin-1")
        at = data.find(b"\0\x0a\0", 12 + len(self.question))
        self.cookie = data[at + 4:at + 4 + data[at + 3]] if at > 0 else b""


def record(number, data, owner=b"\xc0\x0c", ttl=60):
    return owner + struct.pack("!2HLH", number, 1, ttl, len(data)) + data


def address(last):
    return record(A, bytes((192, 0, 2, last)))


def soa(serial):
    return record(SOA, b"\0\0" + struct.pack("!5L", serial, 1, 2, 3, 4))


def reply(query, records=(), flags=AA, rcode=0, ident=None, question=None,
          additional=()):
    """One message."""
    return struct.pack(
        "!6H", query.id if ident is None else ident, QR | flags | rcode, 1,
        len(records), 0, len(additional)) + (question or query.question) + \
        b"".join(records) + b"".join(additional)


def opt(rcode_high, options):
    return b"\0" + struct.pack("!2HLH", OPT, 1232, rcode_high << 24,
                               len(options)) + options


# Each returns the messages that are sent; or, by TCP, bytes as they are.


def late(query):
    """The right one comes last."""
    other = query.question.replace(b"late", b"Late")
    return [reply(query, [address(1)], ident=query.id ^ 0x8000), b"", b"x",
            reply(query, [address(2)], question=other), query.data,
            reply(query, [address(3)])]


def tc(query):
    if query.by_tcp:
        return [reply(query, [address(i) for i in range(100)])]
    return [reply(query, [address(0)], flags=AA | TC)]


def tiny(query):
    return [reply(query)[:7]]


def badcookie(query):
    """RFC 7873 §5.2.3."""
    option = struct.pack("!2H", 10, 16) + query.cookie[:8] + b"ourspart"
    if query.cookie[8:] == b"ourspart":
        return [reply(query, [address(7)], additional=[opt(0, option)])]
    return [reply(query, rcode=7, additional=[opt(1, option)])]


def othercookie(query):
    option = struct.pack("!2H", 10, 16) + b"notyoursourspart"
    return [reply(query, [address(1)], additional=[opt(0, option)])]


def closed(_):
    return b""


def zone(query):
    rest = [address(i) for i in range(1, 200)]
    return [reply(query, [soa(3)] + rest[:100]), reply(query, rest[100:]),
            reply(query, [soa(3)])]


def zonecut(query):
    return zone(query)[:2]


def zonefalse(query):
    return [reply(query, [address(1)])]


def zonelong(query):
    return [reply(query, [soa(3), address(1), soa(3), address(2)])]


def zoneempty(query):
    return [reply(query, [soa(3)]), reply(query)]


def change(query):
    return [reply(query, [soa(3), soa(2), address(1), soa(3), address(2),
                          soa(3)])]


def same(query):
    return [reply(query, [soa(2)])]


def answers(data, by_tcp):
    query = Query(data, by_tcp)
    act = globals().get(query.label.lower().replace("-", "_"))
    if act is None:
        return query, [reply(query, [address(1)])]
    return query, act(query)


def serve_stream(listener):
    client, _ = listener.accept()
    client.settimeout(10)
    length = client.recv(2, socket.MSG_WAITALL)
    query, made = answers(
        client.recv(int.from_bytes(length, "big"), socket.MSG_WAITALL), True)
    if isinstance(made, list):
        made = b"".join(struct.pack("!H", len(m)) + m for m in made)
    client.sendall(made)
    client.close()


def main(port):
    datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    datagrams.bind(("127.0.0.1", port))
    listener = socket.create_server(("127.0.0.1", port))
    selector = selectors.DefaultSelector()
    selector.register(datagrams, selectors.EVENT_READ)
    selector.register(listener, selectors.EVENT_READ)
    print("ready", flush=True)
    while True:
        for key, _ in selector.select():
            if key.fileobj is listener:
                serve_stream(listener)
                continue
            data, peer = datagrams.recvfrom(4096)
            for message in answers(data, False)[1]:
                datagrams.sendto(message, peer)


main(int(sys.argv[1]))
