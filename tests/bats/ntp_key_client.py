"""ntp_key_client.py HOST PORT CASE…: NTP requests with a MAC, one by one.

A case is VERSION:ID:TYPE:KEY[:OPTION]: a request with the MAC of key ID, whose
TYPE is AES128, AES256, MD5 or SHA1 and KEY hexadecimal digits. OPTION "field" puts
an extension field before the MAC, "flip" turns the last bit of the MAC, "short"
and "long" leave out and add 4 bytes. Prints a line for each: "silence", or the
reply's length and outcome: "good" if its MAC is that of the same key, its origin
the request's and its stamps are in order, else what is wrong. MACs are made by
openssl(1). Silence is told by a plain request that is sent right behind.
"""

import hashlib
import os
import socket
import subprocess
import sys

MARK = b"\x23" + bytes(39) + bytes.fromhex("ffeeddccbbaa9988")


def code(kind, key, message):
    if kind in ("MD5", "SHA1"):
        return hashlib.new(kind.lower(), bytes.fromhex(key) + message).digest()
    command = ["openssl", "mac", "-cipher", f"AES-{kind[3:]}-CBC",
               "-macopt", f"hexkey:{key}", "-binary", "-in", "-", "CMAC"]
    return subprocess.run(command, input=message, capture_output=True, check=True).stdout


def judge(reply, request, number, kind, key, version):
    size = 20 if kind == "SHA1" else 16
    if len(reply) > len(request):
        return "longer than the request"
    if len(reply) != 48 + 4 + size:
        return "of a wrong length"
    if reply[0] & 63 != version << 3 | 4 or reply[24:32] != request[40:48]:
        return "no reply to this"
    if not request[40:48] != reply[32:40] < reply[40:48]:
        return "stamps"
    if reply[48:52] != number.to_bytes(4, "big"):
        return "another key"
    return "good" if reply[52:] == code(kind, key, reply[:48]) else "bad MAC"


def ask(s, version, number, kind, key, option=""):
    version, number = int(version), int(number)
    request = bytes([version << 3 | 3, 0, 6]) + bytes(37) + os.urandom(8)
    if option == "field":
        request += bytes.fromhex("20040010") + bytes(12)
    mac = number.to_bytes(4, "big") + code(kind, key, request)
    if option == "flip":
        mac = mac[:-1] + bytes([mac[-1] ^ 1])
    elif option == "short":
        mac = mac[:-4]
    elif option == "long":
        mac += bytes(4)
    request += mac
    s.send(request)
    s.send(MARK)
    reply = s.recv(65536)
    if reply[24:32] == MARK[40:48]:
        return "silence"
    if s.recv(65536)[24:32] != MARK[40:48]:
        sys.exit("a second reply")
    return f"{len(reply)} {judge(reply, request, number, kind, key, version)}"


def main(host, port, *cases):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for case in cases:
        # A port of its own: what came late would be another case's.
        with socket.socket(family, socket.SOCK_DGRAM) as s:
            s.settimeout(20)
            s.connect((host, int(port)))
            print(ask(s, *case.split(":")))


main(*sys.argv[1:])
