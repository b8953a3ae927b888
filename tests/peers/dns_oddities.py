"""Messages that are no plain questions: what a server makes of other opcodes and
classes, of counts, options and names that are not as they should be.
"""

import struct

import dns_wire

WWW = dns_wire.wire_of((b"www", b"plain", b"test"))
QUESTION = WWW + b"\0\1\0\1"
RECORD = b"\xc0\x0c\0\1\0\1\0\0\0\0\0\4\300\0\2\1"


def header(flags=0, questions=1, answers=0, authority=0, additional=0):
    return struct.pack("!5H", flags, questions, answers, authority, additional)


def opt(options=b"", size=1232, version=0, flags=0, rcode=0, owner=b"\0"):
    return owner + struct.pack("!2H2BHH", dns_wire.OPT, size, rcode, version,
                               flags, len(options)) + options


def option(code, data=b""):
    return struct.pack("!2H", code, len(data)) + data


def with_opt(*arguments, **more):
    return header(additional=1) + QUESTION + opt(*arguments, **more)


def in_class(number, name=WWW, kind=1):
    return header() + name + struct.pack("!2H", kind, number)


def chaos(*labels, edns=False):
    question = dns_wire.wire_of(labels) + b"\0\x10\0\3"
    if edns:
        return header(additional=1) + question + opt()
    return header() + question


# {name: what follows the ID}
MESSAGES = {
    # counts
    "no-question": header(questions=0),
    "no-question-opt": header(questions=0, additional=1) + opt(),
    "two-questions": header(questions=2) + QUESTION * 2,
    "question-missing": header(questions=2) + QUESTION,
    "answer-promised": header(answers=1) + QUESTION,
    "authority-promised": header(authority=1) + QUESTION,
    "additional-promised": header(additional=1) + QUESTION,
    "answer-given": header(answers=1) + QUESTION + RECORD,
    "authority-given": header(authority=1) + QUESTION + RECORD,
    "additional-given": header(additional=1) + QUESTION + RECORD,
    "additional-and-opt": header(additional=2) + QUESTION + RECORD + opt(),
    "opt-and-additional": header(additional=2) + QUESTION + opt() + RECORD,
    "trailing": header() + QUESTION + b"more",
    "trailing-opt": with_opt() + b"more",
    # names
    "name-cut": header() + WWW[:6],
    "type-cut": header() + WWW + b"\0",
    "class-missing": header() + WWW + b"\0\1",
    "label-0x40": header() + b"\x41a\0\0\1\0\1",
    "label-0x80": header() + b"\x81a\0\0\1\0\1",
    "pointer-self": header() + b"\xc0\x0c\0\1\0\1",
    "pointer-forward": header() + b"\xc0\x20\0\1\0\1",
    "pointer-header": header() + b"\xc0\x00\0\1\0\1",
    "long-name": header() + (b"\x3f" + b"a" * 63) * 4 + b"\0\0\1\0\1",
    "root": header() + b"\0\0\1\0\1",
    # opcodes and flags
    **{f"opcode-{number}": header(number << 11) + QUESTION
       for number in (1, 2, 3, 6, 7, 14, 15)},
    "opcode-2-opt": header(0x1000, additional=1) + QUESTION + opt(),
    "flag-aa": header(0x0400) + QUESTION,
    "flag-tc": header(0x0200) + QUESTION,
    "flag-ra": header(0x0080) + QUESTION,
    "flag-z": header(0x0040) + QUESTION,
    "rcode-15": header(0x000f) + QUESTION,
    "response": header(0x8000) + QUESTION,
    "notify": header(0x2400) + WWW[4:] + b"\0\6\0\1",
    "notify-elsewhere": header(0x2400) + b"\3www\0\0\6\0\1",
    "update": header(0x2800) + WWW[4:] + b"\0\6\0\1",
    "update-elsewhere": header(0x2800) + b"\3www\0\0\6\0\1",
    # EDNS
    "version-1": with_opt(version=1),
    "version-255": with_opt(version=255, flags=0x8000),
    "version-1-option": with_opt(option(3), version=1),
    "flags-z": with_opt(flags=0x7fff),
    "opt-rcode": with_opt(rcode=255),
    "opt-twice": header(additional=2) + QUESTION + opt() * 2,
    "opt-owner": with_opt(owner=b"\1a\0"),
    "opt-in-answer": header(answers=1) + QUESTION + opt(),
    "opt-in-authority": header(authority=1) + QUESTION + opt(),
    "opt-overrun": with_opt(b"\0\3\0\4a"),
    "opt-cut-option": with_opt(b"\0\3\0"),
    "opt-size-0": with_opt(size=0),
    "nsid": with_opt(option(3)),
    "option-unknown": with_opt(option(65001, b"abc")),
    "option-padding": with_opt(option(12, bytes(20))),
    "option-subnet": with_opt(option(8, b"\0\1\x18\0\xc0\0\2")),
    "option-subnet-bad": with_opt(option(8, b"\0\1")),
    "option-expire": with_opt(option(9)),
    "option-keepalive": with_opt(option(11)),
    "option-chain": with_opt(option(13, b"\0")),
    "cookie": with_opt(option(10, b"abcdefgh")),
    "cookie-short": with_opt(option(10, b"abc")),
    "cookie-12": with_opt(option(10, b"abcdefghijkl")),
    "cookie-long": with_opt(option(10, bytes(41))),
    "cookie-foreign": with_opt(option(10, bytes(24))),
    # classes
    "class-0": in_class(0),
    "class-2": in_class(2),
    "class-hs": in_class(4),
    "class-none": in_class(254),
    "class-any": in_class(255),
    "class-65535": in_class(65535),
    "version.bind": chaos(b"version", b"bind"),
    "version.server": chaos(b"version", b"server"),
    "id.server": chaos(b"id", b"server"),
    "hostname.bind": chaos(b"hostname", b"bind", edns=True),
    "chaos-other": chaos(b"other", b"bind"),
    # transfers
    "axfr": header() + WWW[4:] + b"\0\xfc\0\1",
    "axfr-elsewhere": header() + b"\3www\0\0\xfc\0\1",
    "axfr-below": header() + WWW + b"\0\xfc\0\1",
    "ixfr": header() + WWW[4:] + b"\0\xfb\0\1",
}


class Oddity:
    """What dns_questions.Question is, of one of MESSAGES."""

    edns, do, flags, number = None, False, 0, 1

    def __init__(self, zone, title, tcp):
        self.zone, self.title, self.tcp = zone, title, tcp

    def query(self, ident):
        return struct.pack("!H", ident) + MESSAGES[self.title]

    def key(self):
        return (self.zone.name, f"odd {self.title}", "-",
                "tcp" if self.tcp else "udp")

    def fault(self, data, view):
        """None: nothing of it is certain but that it can be read."""
        return "malformed" if view is False else None

    def __str__(self):
        return f"{self.title}: {self.query(0x1234).hex()}"


def oddities(zone):
    """Each by UDP and by TCP."""
    return [Oddity(zone, title, tcp) for tcp in (False, True)
            for title in MESSAGES]
