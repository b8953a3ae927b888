#!/usr/bin/env python3
"""Prints a zone of N names, or the questions to ask it; the same each time.

    make_zone.py N              the master file of bench.test.
    make_zone.py N --queries    one "NAME TYPE" a line; of 20 one does not exist

Of 20 names 13 have an A, 2 an A and an AAAA, 2 are aliases of another name, 2
have an MX, and one is a wildcard. The names come in no order, so that a loader
has to sort them itself.
"""

import sys
from math import gcd

ORIGIN = "bench.test."
HEAD = f"""$ORIGIN {ORIGIN}
$TTL 3600
@ SOA ns1 hostmaster 2026112101 7200 3600 1209600 600
@ NS ns1
@ NS ns2
ns1 A 192.0.2.1
ns2 A 192.0.2.2
mail A 192.0.2.25
"""


def label(i):
    """Letters and digits, 4 to 10 of them, different for each I."""
    words = ("web", "db", "host", "printer", "x", "mx")
    return f"{words[i % 6]}-{i * 2654435761 % 2**32 % 46656:x}-{i:x}"[:63]


def address(i):
    return f"10.{i >> 16 & 255}.{i >> 8 & 255}.{i & 255}"


def records(i):
    kind = i % 20
    if kind < 13:
        return f"{label(i)} A {address(i)}\n"
    if kind < 15:
        return (f"{label(i)} A {address(i)}\n"
                f"{label(i)} AAAA 2001:db8::{i >> 16:x}:{i & 65535:x}\n")
    if kind < 17:
        return f"{label(i)} CNAME {label(i - kind)}\n"
    if kind < 19:
        return f"{label(i)} MX 10 mail\n"
    return f"*.{label(i)} A {address(i)}\n"


def question(i):
    kind = i % 20
    name = f"{label(i)}.{ORIGIN}"
    if kind < 13:
        return f"{name} A"
    if kind < 15:
        return f"{name} AAAA"
    if kind < 17:
        return f"{name} A"
    if kind < 19:
        return f"{name} MX"
    return f"any{i % 7}.{name} A"


def main():
    count = int(sys.argv[1])
    if "--queries" not in sys.argv:
        sys.stdout.write(HEAD)
        for i in range(count):
            sys.stdout.write(records(i))
        return
    # Of a big zone every n-th name: the load keeps its questions in memory.
    # No common factor with 20, so that every kind of name is asked for.
    step = max(1, count // 200_000)
    while gcd(step, 20) > 1:
        step += 1
    for n, i in enumerate(range(0, count, step)):
        print(question(i))
        if n % 19 == 0:
            print(f"missing-{i:x}.{ORIGIN} A")


if __name__ == "__main__":
    main()
