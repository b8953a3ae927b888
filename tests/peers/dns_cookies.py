#!/usr/bin/env python3
"""dns_cookies.py FOLDER PIDS PORT PORT PORT: netlabd, NSD and BIND with one
secret, as servers of one address have it (RFC 9018 §5), take each other's
cookies. Prints a line for each pair; exits 0 when all are taken.

NSD makes cookies and asks for none, so that nobody's is tried on it.
"""

import os
import socket
import struct
import sys

import dns_servers
import dns_wire

SECRET = "00112233445566778899aabbccddeeff"
ZONE = "@ 60 SOA a b 1 2 3 4 5\n@ 60 NS a\na 60 A 192.0.2.1\n"
COOKIE = 10
CLIENT = bytes(range(8))


def rewrite(command, old, new):
    """Changes the configuration that COMMAND, just made, is to read."""
    with open(command[-1]) as file:
        text = file.read()
    assert old in text
    with open(command[-1], "w") as file:
        file.write(text.replace(old, new, 1))
    return command


class Netlabd(dns_servers.Netlabd):
    def command(self):
        return rewrite(super().command(), "    workers = 1",
                       "    workers = 1  require_cookies = true\n"
                       f'    cookie_secret = {{ "{SECRET}" }}')


class Nsd(dns_servers.Nsd):
    def command(self):
        return rewrite(super().command(), "  server-count: 1",
                       "  server-count: 1\n  answer-cookie: yes\n"
                       f'  cookie-secret: "{SECRET}"')


class Bind(dns_servers.Bind):
    def command(self):
        return rewrite(super().command(), "  answer-cookie no;",
                       "  answer-cookie yes;\n  require-server-cookie yes;\n"
                       f'  cookie-algorithm siphash24;\n  cookie-secret "{SECRET}";')


def ask(server, cookie):
    """The RCODE and the cookie that SERVER answers to COOKIE with."""
    option = struct.pack("!2H", COOKIE, len(cookie)) + cookie
    query = (struct.pack("!6H", 1, 0, 1, 0, 0, 1)
             + b"\1a\7example\0\0\1\0\1"
             + struct.pack("!BHHIH", 0, dns_wire.OPT, 1232, 0, len(option))
             + option)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(10)
        client.connect(("127.0.0.1", server.port))
        client.send(query)
        reply = client.recv(4096)
    # The OPT record is the last, its only option the cookie.
    opt = reply.rindex(b"\0" + struct.pack("!2H", dns_wire.OPT, 1232))
    size, code, length = struct.unpack_from("!3H", reply, opt + 9)
    assert code == COOKIE and size == length + 4 == len(reply) - opt - 11
    return reply[3] & 15 | reply[opt + 5] << 4, reply[opt + 15:]


def main():
    folder, pids, *ports = sys.argv[1:]
    zone = os.path.join(folder, "zone")
    with open(zone, "w") as file:
        file.write(ZONE)
    os.chmod(zone, 0o644)
    servers = []
    is_right = True
    for kind, port in zip((Netlabd, Nsd, Bind), ports):
        servers.append(kind(folder, {"example": zone}, int(port)))
    try:
        for server in servers:
            server.start(pids)
        netlabd, nsd, bind = servers
        for maker, taker in ((nsd, netlabd), (bind, netlabd), (netlabd, bind)):
            _, cookie = ask(maker, CLIENT)
            rcode, _ = ask(taker, cookie)
            forged, _ = ask(taker, cookie[:-1] + bytes([cookie[-1] ^ 1]))
            is_good = (rcode, forged) == (0, 23)
            is_right = is_right and is_good
            print(f"{taker.name} on one of {maker.name}'s: RCODE {rcode}, "
                  f"forged {forged}")
    finally:
        for server in servers:
            server.stop()
    sys.exit(not is_right)


main()
