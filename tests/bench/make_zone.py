#!/usr/bin/env python3
"""Prints a zone of N names, or the questions to ask it; the same each time.

    make_zone.py N [KIND]              the master file of bench.test.
    make_zone.py N [KIND] --queries    a line for each question: NAME TYPE, the
                                       RCODE and number of answer records that
                                       are right, and what its OPT record has

KIND says what the zone is full of:
    plain     (by default) of 20 names 13 have an A, 2 an A and an AAAA, 2 are
              aliases of another name, 2 have an MX, one is a wildcard; of 20
              questions one asks for what does not exist
    edns      the same zone, asked as resolvers and dig do: with DO or a cookie
    signed    the same zone, to be signed, asked with DO
    wild      wildcards, asked for names one and two labels below them
    alias     CNAME, chains of two, and DNAME
    referral  delegations with glue of their own, none, and a sibling's

The names come in no order, so that a loader has to sort them itself.
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


def address6(i):
    return f"2001:db8::{i >> 16:x}:{i & 65535:x}"


class Plain:
    def records(self, i):
        kind = i % 20
        if kind < 13:
            return f"{label(i)} A {address(i)}\n"
        if kind < 15:
            return (f"{label(i)} A {address(i)}\n"
                    f"{label(i)} AAAA {address6(i)}\n")
        if kind < 17:
            return f"{label(i)} CNAME {label(i - kind)}\n"
        if kind < 19:
            return f"{label(i)} MX 10 mail\n"
        return f"*.{label(i)} A {address(i)}\n"

    def question(self, i):
        """Name, type, RCODE and answers, or None."""
        kind = i % 20
        if kind < 13:
            return label(i), "A", 0, 1
        if kind < 15:
            return label(i), "AAAA", 0, 1
        if kind < 17:
            return label(i), "A", 0, 2
        if kind < 19:
            return label(i), "MX", 0, 1
        return f"any{i % 7}.{label(i)}", "A", 0, 1

    def missing(self, i):
        """The same for a name that does not exist, or None."""
        return f"missing-{i:x}", "A", 3, 0

    def options(self, _):
        return ""


class Edns(Plain):
    def options(self, n):
        return " edns cookie" if n % 2 else " edns do"


class Signed(Plain):
    def question(self, i):
        name, kind, rcode, answers = super().question(i)
        return name, kind, rcode, 2 * answers

    def options(self, _):
        return " edns do"


class Wild(Plain):
    def records(self, i):
        return f"*.{label(i)} A {address(i)}\n"

    def question(self, i):
        if i % 20 < 12:
            return f"any{i % 7}.{label(i)}", "A", 0, 1
        if i % 20 < 19:
            return f"any{i % 7}.of-{i % 3}.{label(i)}", "A", 0, 1
        return f"any{i % 7}.{label(i)}", "AAAA", 0, 0

    def missing(self, _):
        return None


class Alias(Wild):
    def records(self, i):
        kind = i % 20
        if kind < 4:
            return (f"{label(i)} A {address(i)}\n"
                    f"www.{label(i)} A {address(i)}\n")
        if kind < 12:
            return f"{label(i)} CNAME {label(i - kind)}\n"
        if kind < 16:
            return f"{label(i)} CNAME {label(i - kind + 4)}\n"
        return f"{label(i)} DNAME {label(i - kind)}\n"

    def question(self, i):
        kind = i % 20
        if kind < 4:
            return None
        if kind < 12:
            return label(i), "A", 0, 2
        if kind < 16:
            return label(i), "A", 0, 3
        return f"www.{label(i)}", "A", 0, 3


class Referral(Wild):
    def records(self, i):
        kind, name = i % 20, label(i)
        if kind < 10:
            return (f"{name} NS ns1.{name}\n{name} NS ns2.{name}\n"
                    f"ns1.{name} A {address(i)}\n"
                    f"ns2.{name} A {address(i)}\n"
                    f"ns2.{name} AAAA {address6(i)}\n")
        if kind < 15:
            return f"{name} NS ns1.example.net.\n{name} NS ns2.example.net.\n"
        sibling = label(i - kind)
        return f"{name} NS ns1.{sibling}\n{name} NS ns2.{sibling}\n"

    def question(self, i):
        name = label(i) if i % 4 == 0 else f"www.{label(i)}"
        return name, "A", 0, 0


KINDS = {"plain": Plain, "edns": Edns, "signed": Signed, "wild": Wild,
         "alias": Alias, "referral": Referral}


def questions(kind, count):
    # Of a big zone every n-th name: the load keeps its questions in memory.
    # No common factor with 20, so that every kind of name is asked for.
    step = max(1, count // 200_000)
    while gcd(step, 20) > 1:
        step += 1
    for n, i in enumerate(range(0, count, step)):
        yield kind.question(i)
        if n % 19 == 0:
            yield kind.missing(i)


def main():
    count, words = int(sys.argv[1]), sys.argv[2:]
    kind = KINDS[words[0] if words and words[0] in KINDS else "plain"]()
    if "--queries" not in words:
        sys.stdout.write(HEAD)
        for i in range(count):
            sys.stdout.write(kind.records(i))
        return
    asked = (one for one in questions(kind, count) if one is not None)
    for n, (name, rtype, rcode, answers) in enumerate(asked):
        print(f"{name}.{ORIGIN} {rtype} {rcode} {answers}{kind.options(n)}")


if __name__ == "__main__":
    main()
