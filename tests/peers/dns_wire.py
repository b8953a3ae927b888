"""DNS messages as bytes: queries made, responses read (RFC 1035 §4.1).

A name is a tuple of labels, each bytes, without the root's. Read is strictly:
what a server must not write raises Malformed.
"""

import struct

TYPES = {
    "A": 1, "NS": 2, "MD": 3, "MF": 4, "CNAME": 5, "SOA": 6, "MB": 7, "MG": 8,
    "MR": 9, "NULL": 10, "WKS": 11, "PTR": 12, "HINFO": 13, "MINFO": 14,
    "MX": 15, "TXT": 16, "RP": 17, "AFSDB": 18, "X25": 19, "ISDN": 20,
    "RT": 21, "SIG": 24, "KEY": 25, "PX": 26, "AAAA": 28, "LOC": 29,
    "NXT": 30, "SRV": 33, "NAPTR": 35, "KX": 36, "CERT": 37, "DNAME": 39,
    "OPT": 41, "APL": 42, "DS": 43, "SSHFP": 44, "RRSIG": 46, "NSEC": 47,
    "DNSKEY": 48, "DHCID": 49, "NSEC3": 50, "NSEC3PARAM": 51, "TLSA": 52,
    "SMIMEA": 53, "HIP": 55, "CDS": 59, "CDNSKEY": 60, "OPENPGPKEY": 61,
    "CSYNC": 62, "ZONEMD": 63, "SVCB": 64, "HTTPS": 65, "SPF": 99,
    "EUI48": 108, "EUI64": 109, "TKEY": 249, "TSIG": 250, "IXFR": 251,
    "AXFR": 252, "MAILB": 253, "MAILA": 254, "ANY": 255, "URI": 256,
    "CAA": 257,
}
TYPE_NAMES = {number: name for name, number in TYPES.items()}
RCODES = ("NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED",
          "YXDOMAIN", "YXRRSET", "NXRRSET", "NOTAUTH", "NOTZONE")
BADVERS = 16
A, NS, CNAME, SOA, OPT, RRSIG = 1, 2, 5, 6, 41, 46
FLAGS = {"aa": 0x0400, "tc": 0x0200, "rd": 0x0100, "ra": 0x0080, "z": 0x0040,
         "ad": 0x0020, "cd": 0x0010}

# Where names lie in data that may be compressed, and nowhere else (RFC 3597
# §4): how many bytes before the first, how many names.
COMPRESSED = {2: (0, 1), 3: (0, 1), 4: (0, 1), 5: (0, 1), 6: (0, 2), 7: (0, 1),
              8: (0, 1), 9: (0, 1), 12: (0, 1), 14: (0, 2), 15: (2, 1)}
# The same for names that are compared without case, and are written in full.
NAMED = {17: (0, 2), 18: (2, 1), 21: (2, 1), 33: (6, 1), 36: (2, 1),
         39: (0, 1), 46: (18, 1), 47: (0, 1)}


class Malformed(Exception):
    pass


def type_name(number):
    return TYPE_NAMES.get(number, f"TYPE{number}")


def type_number(name):
    return TYPES[name] if name in TYPES else int(name.removeprefix("TYPE"))


def rcode_name(number):
    if number == BADVERS:
        return "BADVERS"
    return RCODES[number] if number < len(RCODES) else f"RCODE{number}"


# --------------------------------------------------------------------- names

def name_of(text):
    """The labels of TEXT, which has RFC 1035 §5.1's escapes and no @."""
    labels, label, at = [], bytearray(), 0
    while at < len(text):
        if text[at] == ".":
            labels.append(bytes(label))
            label.clear()
        elif text[at] == "\\" and text[at + 1].isdigit():
            label.append(int(text[at + 1:at + 4]))
            at += 3
        else:
            at += text[at] == "\\"
            label.append(ord(text[at]))
        at += 1
    if label:
        labels.append(bytes(label))
    return tuple(labels)


def text_of(name):
    """As dig takes it; the root is "."."""
    def letter(byte):
        if byte in b".\\\"();@$":
            return "\\" + chr(byte)
        return chr(byte) if 0x21 <= byte <= 0x7e else f"\\{byte:03d}"

    return "".join("".join(map(letter, label)) + "." for label in name) or "."


def folded(name):
    return tuple(label.lower() for label in name)  # bytes: ASCII alone


def wire_of(name):
    return b"".join(bytes([len(label)]) + label for label in name) + b"\0"


def fits(name):
    return len(wire_of(name)) <= 255 and all(0 < len(x) < 64 for x in name)


# ------------------------------------------------------------------- queries

def make_query(ident, name, number, flags=0, edns=None, do=False):
    """EDNS: the size that is told, or None for no OPT record."""
    query = struct.pack("!6H", ident, flags, 1, 0, 0, edns is not None)
    query += wire_of(name) + struct.pack("!2H", number, 1)
    if edns is not None:
        query += struct.pack("!BHHLH", 0, OPT, edns, 0x8000 if do else 0, 0)
    return query


# ----------------------------------------------------------------- responses

class Message:
    """flags, rcode, question: bytes, sections: three lists of records (owner,
    type, ttl, data), opt: None or (size, version, flags, options)."""


def read_name(data, at, compressed=True):
    """The labels, and where what follows begins."""
    labels, after, length, lowest = [], None, 1, at
    while True:
        if at >= len(data):
            raise Malformed("name beyond the message")
        count = data[at]
        if count == 0:
            break
        if count >= 0xc0:
            if not compressed:
                raise Malformed("compressed where RFC 3597 §4 forbids it")
            target = (count & 0x3f) << 8 | data[at + 1]
            if after is None:
                after = at + 2
            if target >= lowest:
                raise Malformed("pointer forward")
            at = lowest = target
            continue
        if count >= 64:
            raise Malformed("label type")
        labels.append(data[at + 1:at + 1 + count])
        length += 1 + count
        at += 1 + count
    if length > 255:
        raise Malformed("long name")
    return tuple(labels), at + 1 if after is None else after


def read_data(data, at, end, number):
    """The data with its names in full and in lower case, for comparing."""
    place = COMPRESSED.get(number) or NAMED.get(number)
    if place is None:
        return data[at:end]
    skip, count = place
    parts, at = [data[at:at + skip]], at + skip
    for _ in range(count):
        name, at = read_name(data, at, number in COMPRESSED)
        parts.append(wire_of(folded(name)))
    if at > end:
        raise Malformed("name beyond its data")
    return b"".join(parts) + data[at:end]


def read_options(data, at, end):
    options = []
    while at < end:
        code, length = struct.unpack_from("!2H", data, at)
        options.append((code, data[at + 4:at + 4 + length]))
        at += 4 + length
    if at != end:
        raise Malformed("option beyond OPT")
    return options


def read_message(data):
    message = Message()
    _, flags, questions, *counts = struct.unpack_from("!6H", data)
    at = 12
    for _ in range(questions):
        _, at = read_name(data, at, False)
        at += 4
    message.flags, message.question = flags, data[12:at]
    message.sections, message.opt = ([], [], []), None
    for section, count in zip(message.sections, counts):
        for _ in range(count):
            owner, at = read_name(data, at)
            number, kind, ttl, length = struct.unpack_from("!2HLH", data, at)
            at += 10
            end = at + length
            if end > len(data):
                raise Malformed("data beyond the message")
            if number == OPT:
                if owner or message.opt or section is not message.sections[2]:
                    raise Malformed("OPT")
                message.opt = (kind, ttl >> 16 & 255, ttl & 0xffff,
                               read_options(data, at, end))
                flags |= ttl >> 24 << 16
            elif kind not in (1, 3):  # IN, CH
                raise Malformed("class")
            else:
                section.append((owner, number, ttl,
                                read_data(data, at, end, number)))
            at = end
    if at != len(data):
        raise Malformed("bytes behind the message")
    message.rcode = flags & 15 | flags >> 16 << 4
    return message


# ---------------------------------------------------------------- for people

def tell_data(number, data):
    if number == A and len(data) == 4:
        return ".".join(map(str, data))
    if number in (NS, CNAME, 12, 39):
        return text_of(read_name(data, 0)[0])
    return data[:40].hex() + ("…" if len(data) > 40 else "")


def tell_message(data):
    """Lines."""
    if data is None:
        return ["    silent"]
    try:
        message = read_message(data)
    except (Malformed, struct.error, IndexError) as fault:
        return [f"    malformed: {fault}: {data.hex()}"]
    flags = " ".join(name for name, bit in FLAGS.items() if message.flags & bit)
    lines = [f"    {rcode_name(message.rcode)} {flags} opt: {message.opt}, "
             f"{len(data)} bytes"]
    for title, section in zip(("answer", "authority", "additional"),
                              message.sections):
        for owner, number, ttl, rdata in section:
            lines.append(f"    {title}: {text_of(owner)} {ttl} "
                         f"{type_name(number)} {tell_data(number, rdata)}")
    return lines
