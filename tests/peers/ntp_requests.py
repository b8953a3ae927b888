"""The requests that are sent to all servers: each a Case of one or more steps."""

import random

import ntp_wire
from ntp_wire import KEYS, OTHER, field, header, mac, signed

LONG = 1200  # of a datagram: no server has to see it as too long


class Case:
    """STEPS are requests, one after the other, from one port; one that depends
    on what was answered is a function of the replies so far. PORT: to send
    from."""

    def __init__(self, kind, name, *steps, port=0):
        self.kind, self.name, self.steps, self.port = kind, name, steps, port

    def make(self, number, replies):
        step = self.steps[number]
        return step(replies) if callable(step) else step


def of_modes():
    for leap in 0, 3:
        for version in range(8):
            for mode in range(8):
                yield Case("mode", f"v{version} m{mode} leap {leap}",
                           header(leap, version, mode))
    for version in range(1, 5):
        for mode in range(6):
            yield Case("port 123", f"v{version} m{mode}",
                       header(0, version, mode), port=123)


def of_lengths():
    for version in range(1, 6):
        whole = header(version=version) + bytes(LONG)
        lengths = [*range(0, 133), 256, 400, 512, 1000, LONG] \
            if version == 4 else [0, 1, 12, 44, 47, 48, 49, 50, 51, 52, 56,
                                  60, 64, 68, 72, 76, 80, 96, 100]
        for length in lengths:
            yield Case("length", f"v{version} {length}", whole[:length])
    for mode, length in ((6, 12), (6, 8), (7, 8), (7, 192), (1, 47), (0, 12)):
        yield Case("length", f"m{mode} {length}",
                   header(mode=mode, version=2)[:48].ljust(192, b"\0")[:length])


def of_headers():
    for poll in (-128, -127, -32, -7, -6, -1, 0, 1, 2, 3, 4, 9, 10, 16, 17, 24,
                 25, 63, 126, 127):
        yield Case("poll", str(poll), header(poll=poll))
    for stratum in 0, 1, 2, 15, 16, 17, 255:
        yield Case("field", f"stratum {stratum}", header(stratum=stratum))
    for precision in -128, -32, -6, 0, 127:
        yield Case("field", f"precision {precision}",
                   header(precision=precision))
    yield Case("field", "delay", header(delay=0xffffffff))
    yield Case("field", "dispersion", header(dispersion=0xffffffff))
    yield Case("field", "refid", header(refid=0x52415445))
    yield Case("field", "reference", header(reference=2**64 - 1))


def of_stamps():
    """Origin and receive as of a client that might be interleaved, and every
    kind of transmit stamp."""
    values = {"zero": 0, "one": 1, "era": 2**64 - 1, "half": 1 << 63,
              "second": 1 << 32, "fraction": 0xffffffff}
    for name, value in values.items():
        yield Case("stamp", f"transmit {name}", header(transmit=value))
        yield Case("stamp", f"origin {name}", header(origin=value))
        yield Case("stamp", f"receive {name}", header(receive=value))
        yield Case("stamp", f"origin and receive {name}",
                   header(origin=value, receive=value))
        yield Case("stamp", f"all {name}",
                   header(origin=value, receive=value, transmit=value))
    for offset in -1, 0, 1:
        yield Case("stamp", f"transmit of now and {offset} s",
                   lambda replies, ahead=offset << 32:
                   header(transmit=(ntp_wire.now() + ahead) % 2**64))


def of_fields():
    kinds = {"unknown": 0x2004, "unique": 0x0104, "cookie": 0x0204,
             "autokey": 0x0002, "padding": 0x2005, "checksum": 0x2005,
             "zero": 0, "experimental": 0xf323, "v5": 0xf501}
    for version in 3, 4:
        head = header(version=version)
        for name, kind in kinds.items():
            for length in 16, 20, 24, 28, 32, 64, 512:
                yield Case("field", f"v{version} {name} of {length}",
                           head + field(kind, length))
        for said in 0, 1, 4, 12, 15, 17, 27, 29, 36, 0x7fff, 0xffff:
            yield Case("field", f"v{version} of 28 that says {said}",
                       head + field(0x2004, 28, said))
        for lengths in ((16, 28), (28, 16), (16, 16, 28), (28, 28), (20, 24),
                        (16, 16), (24, 24), (28, 20), (28, 24), (28, 4),
                        (16, 12), (32, 8), (28, 27), (4, 28), (12, 28)):
            yield Case("field", f"v{version} of {lengths}", head + b"".join(
                field(0x2004, length) for length in lengths))


def of_macs():
    for version in 1, 2, 3, 4:
        head = header(version=version)
        for key, (kind, _) in KEYS.items():
            name = f"v{version} {kind}" if key != OTHER else \
                f"v{version} of a key that nobody has"
            good = signed(key, head)
            yield Case("mac", name, good)
            yield Case("mac", f"{name}, wrong", good[:-1] +
                       bytes([good[-1] ^ 1]))
            yield Case("mac", f"{name}, cut", good[:-4])
            yield Case("mac", f"{name}, cut to 8", good[:56])
            yield Case("mac", f"{name}, longer", good + bytes(4))
            yield Case("mac", f"{name}, odd", good + b"\0")
            yield Case("mac", f"{name}, header changed",
                       header(version=version, poll=7) + good[48:])
        for key in 0, 10, 0xffffffff:
            yield Case("mac", f"v{version} key {key}",
                       head + key.to_bytes(4, "big") + bytes(16))
        yield Case("mac", f"v{version} crypto-NAK", head + bytes(4))
        yield Case("mac", f"v{version} crypto-NAK of key 1",
                   head + bytes([0, 0, 0, 1]))
        for length in 16, 28, 32:
            message = head + field(0x2004, length)
            for key in 1, 2, 3, 4, OTHER:
                name = f"v{version} {KEYS[key][0]} {key} behind {length}"
                yield Case("mac", name, signed(key, message))
                yield Case("mac", f"{name}, of the header alone",
                           message + mac(key, head))
        yield Case("mac", f"v{version} before a field",
                   signed(3, head) + field(0x2004, 28))
    for mode in 0, 1, 2, 4, 5:
        yield Case("mac", f"m{mode} AES128", signed(3, header(mode=mode)))


def interleaved(replies, **different):
    """The next request of a client that wants it interleaved (RFC 9769 §2)."""
    last = replies[-1]
    return header(**{"origin": last.receive, "receive": last.arrived,
                     "transmit": ntp_wire.now(), **different})


def of_exchanges():
    start = header(transmit=0x1111111122222222)
    for version in 3, 4:
        def following(replies, version=version):
            return interleaved(replies, version=version)
        yield Case("exchange", f"v{version} interleaved",
                   header(version=version), *[following] * 4)
    yield Case("exchange", "basic", *[
        lambda replies: header(transmit=ntp_wire.now())] * 4)
    yield Case("exchange", "classic client", start, *[
        lambda replies: header(origin=replies[-1].transmit,
                               receive=replies[-1].arrived,
                               transmit=ntp_wire.now())] * 3)
    yield Case("exchange", "stamp asked for twice", start, interleaved,
               lambda replies: interleaved(replies[:1]),
               lambda replies: interleaved(replies[:1]))
    yield Case("exchange", "older stamp", start, interleaved, interleaved,
               lambda replies: interleaved(replies[:1]),
               lambda replies: interleaved(replies[:2]))
    yield Case("exchange", "unknown origin", start,
               lambda replies: interleaved(
                   replies, origin=replies[-1].receive ^ 0x1000))
    yield Case("exchange", "receive as transmit", start,
               lambda replies: interleaved(replies, receive=7, transmit=7))
    yield Case("exchange", "no receive", start,
               lambda replies: interleaved(replies, receive=0))
    yield Case("exchange", "no transmit", start,
               lambda replies: interleaved(replies, transmit=0))
    yield Case("exchange", "signed", signed(3, start), *[
        lambda replies: signed(3, interleaved(replies))] * 2)
    yield Case("exchange", "signed at first", signed(3, start), interleaved)
    yield Case("exchange", "signed later", start,
               lambda replies: signed(3, interleaved(replies)))
    for mode in 0, 1, 2, 4:
        yield Case("exchange", f"then m{mode}", start,
                   lambda replies, mode=mode: interleaved(replies, mode=mode))


def of_replies():
    """What a server said, sent back to it, and to who would answer a reply."""
    yield Case("back", "its reply", header(),
               lambda replies: replies[-1].data)
    yield Case("back", "its reply from port 123", header(),
               lambda replies: replies[-1].data, port=123)
    yield Case("back", "its signed reply", signed(3, header()),
               lambda replies: replies[-1].data)
    for mode in range(8):
        yield Case("back", f"its reply as m{mode}", header(),
                   lambda replies, mode=mode: bytes(
                       [replies[-1].data[0] & 0xf8 | mode]) +
                   replies[-1].data[1:])


def of_noise():
    noise = random.Random(5905)
    for number in range(200):
        yield Case("noise", str(number), noise.randbytes(
            noise.choice([1, 8, 12, 47, 48, 48, 48, 52, 68, 72, 76, 100])))


def cases():
    for make in (of_modes, of_lengths, of_headers, of_stamps, of_fields,
                 of_macs, of_exchanges, of_replies, of_noise):
        yield from make()
