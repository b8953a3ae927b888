"""NTP as bytes: requests made, replies told (RFC 5905 §7.3)."""

import hashlib
import struct
import subprocess
import time

UNIX_TO_NTP = 2208988800
HEADER = struct.Struct("!BBbbIIIQQQQ")
CLIENT, SERVER = 3, 4

# {key id: (type, secret)}, of which both servers have all but OTHER.
OTHER = 9
KEYS = {
    1: ("MD5", bytes.fromhex("b2159c05d6a219673a3b7e896b6de07f6a440995")),
    2: ("SHA1", bytes.fromhex("11223344556677889900aabbccddeeff00112233")),
    3: ("AES128", bytes(range(16))),
    4: ("AES256", bytes(range(32))),
    OTHER: ("AES128", bytes(range(1, 17))),
}


def keys_file():
    """The file that chrony and netlabd read."""
    return "".join(f"{key} {kind} HEX:{secret.hex()}\n"
                   for key, (kind, secret) in KEYS.items() if key != OTHER)


def stamp(unix_ns):
    seconds, ns = divmod(unix_ns, 10**9)
    return (seconds + UNIX_TO_NTP) % 2**32 << 32 | (ns << 32) // 10**9


def now():
    return stamp(time.time_ns())


def header(leap=0, version=4, mode=CLIENT, stratum=0, poll=6, precision=0,
           delay=0, dispersion=0, refid=0, reference=0, origin=0, receive=0,
           transmit=0x0102030405060708):
    return HEADER.pack(leap << 6 | version << 3 | mode, stratum, poll,
                       precision, delay, dispersion, refid, reference, origin,
                       receive, transmit)


def field(kind, length, said=None):
    """An extension field (RFC 7822 §3) of LENGTH bytes, which says SAID."""
    said = length if said is None else said
    return struct.pack("!HH", kind, said) + bytes(max(length - 4, 0))


def digest(key, message):
    kind, secret = KEYS[key]
    if kind in ("MD5", "SHA1"):
        return hashlib.new(kind.lower(), secret + message).digest()
    return bytes.fromhex(subprocess.run(
        ["openssl", "mac", "-cipher", f"AES-{len(secret) * 8}-CBC", "-macopt",
         f"hexkey:{secret.hex()}", "-in", "-", "CMAC"], input=message,
        capture_output=True, check=True).stdout.decode().strip())


def mac(key, message):
    return struct.pack("!I", key) + digest(key, message)


def signed(key, message):
    return message + mac(key, message)


class Reply:
    """One that came; SENT and ARRIVED are stamps of the client's clock."""

    def __init__(self, data, sent, arrived):
        self.data, self.sent, self.arrived = data, sent, arrived
        (first, self.stratum, self.poll, self.precision, self.delay,
         self.dispersion, self.refid, self.reference, self.origin,
         self.receive, self.transmit) = HEADER.unpack_from(data)
        self.leap, self.version, self.mode = first >> 6, first >> 3 & 7, \
            first & 7

    def tail(self):
        """What stands behind the header."""
        said = self.data[HEADER.size:]
        if not said:
            return "none"
        key = int.from_bytes(said[:4], "big")
        if key in KEYS:
            good = mac(key, self.data[:HEADER.size]) == said
            return f"{'good' if good else 'bad'} MAC {KEYS[key][0]}"
        return f"{len(said)} bytes"
