"""Questions about zones: names in, beside, above and below everything, every
type, by every transport. What is asked follows from SEED alone.
"""

import random

import dns_wire

SEED = 4

# Asked of each name; of each name beside or below one, a few of them.
COMMON = ["A", "AAAA", "NS", "CNAME", "SOA", "MX", "TXT", "SRV", "DS", "ANY",
          "DNAME", "PTR", "RRSIG", "NSEC", "NSEC3", "DNSKEY"]
RARE = ["MD", "MF", "MB", "NULL", "WKS", "HINFO", "MINFO", "RP", "AFSDB", "X25",
        "RT", "SIG", "KEY", "PX", "LOC", "NXT", "NAPTR", "KX", "CERT", "APL",
        "SSHFP", "DHCID", "NSEC3PARAM", "TLSA", "HIP", "CDS", "CDNSKEY",
        "OPENPGPKEY", "CSYNC", "ZONEMD", "SVCB", "HTTPS", "SPF", "EUI48",
        "EUI64", "URI", "CAA", "TYPE65280", "TYPE65281", "TYPE4711",
        "TYPE65535"]
META = ["OPT", "TSIG", "TKEY", "MAILA", "MAILB", "TYPE0"]

# (TCP, EDNS size, DO), and how often.
WAYS = {
    (False, None, False): 6,
    (False, 1232, False): 4,
    (False, 1232, True): 10,
    (False, 4096, True): 4,
    (False, 512, True): 3,
    (False, 512, False): 1,
    (False, 100, False): 1,
    (False, 65535, True): 1,
    (True, None, False): 3,
    (True, 1232, True): 5,
}
# Most of those who look for signatures say so.
SIGNED_WAYS = {way: often * (4 if way[2] else 1)
               for way, often in WAYS.items()}
SIGNED_TYPES = {True: 2, False: 1}  # whether the name is there


class Question:
    def __init__(self, zone, name, number, way, flags):
        self.zone, self.name, self.number = zone, name, number
        self.tcp, self.edns, self.do = way
        self.flags = flags

    def query(self, ident):
        return dns_wire.make_query(ident, self.name, self.number, self.flags,
                                   self.edns, self.do)

    def relative(self):
        """The name below the zone's, as the table of differences has it."""
        name = dns_wire.folded(self.name)
        apex = self.zone.apex
        depth = len(name) - len(apex)
        if depth < 0 or name[depth:] != apex:
            return dns_wire.text_of(name)
        return dns_wire.text_of(name[:depth])[:-1] if depth else "@"

    def way(self):
        words = ["tcp" if self.tcp else "udp"]
        if self.edns is not None:
            words.append(str(self.edns))
        if self.do:
            words.append("do")
        for flag in "rd", "cd", "ad":
            if self.flags & dns_wire.FLAGS[flag]:
                words.append(flag)
        return " ".join(words)

    def key(self):
        """What the table of differences tells questions apart by."""
        return (self.zone.name, self.relative(),
                dns_wire.type_name(self.number), self.way())

    def limit(self):
        """How long the answer may be."""
        return 65535 if self.tcp else min(max(self.edns or 512, 512), 1232)

    def fault(self, data, view):
        """What is wrong with our own answer, whoever else says the same."""
        if view is None:
            return "silent"
        if view is False:
            return "malformed"
        if len(data) > self.limit():
            return f"{len(data)} bytes where {self.limit()} is the limit"
        if view.question != self.query(0)[12:12 + len(view.question)]:
            return "another question"
        if (view.opt is None) != (self.edns is None):
            return "OPT"
        return None

    def __str__(self):
        """As dig asks it."""
        words = [dns_wire.text_of(self.name).replace("\\\\", "\\\\\\\\"),
                 dns_wire.type_name(self.number), "+norec +ignore"]
        words.append("+tcp" if self.tcp else "")
        words.append(f"+bufsize={self.edns}" if self.edns is not None
                     else "+noedns")
        words.append("+dnssec" if self.do else "")
        return " ".join(filter(None, words))


def beside(label, chance):
    """A label that sorts just before or behind, or has another letter."""
    last = label[-1]
    return chance.choice([
        label + b"\0", label + b"0", label[:-1] or b"-",
        label[:-1] + bytes([(last - 1) % 256]),
        label[:-1] + bytes([(last + 1) % 256]), b"\0" + label,
    ])


def names_around(zone):
    """{name: whether it is there} for names in, below, beside and above what
    ZONE has."""
    there = dict.fromkeys(owner[depth:] for owner in zone.owners
                          for depth in range(len(owner) + 1))
    names = {name + zone.apex: True for name in there}
    for name in there:
        around = [(b"x",) + name, (b"*",) + name, (b"a",) + name,
                  (b"x", b"y", b"z") + name]
        if name:
            chance = random.Random(f"{SEED} {name}")
            around += [(beside(name[0], chance),) + name[1:],
                       (b"*",) + name[1:]]
        if name == (b"dn-long",):  # from which 255 octets are made, and more
            around += [(b"q" * length,) + name for length in range(40, 64)]
        for new in around:
            names.setdefault(new + zone.apex, False)
    for depth in range(1, len(zone.apex) + 1):
        names[zone.apex[depth:]] = False
    return {name: is_there for name, is_there in names.items()
            if dns_wire.fits(name)}


def in_any_case(name, chance):
    if chance.random() < 0.7:
        return name
    return tuple(bytes(byte ^ 32 if chr(byte).isalpha() and byte < 128
                       and chance.random() < 0.5 else byte for byte in label)
                 for label in name)


def some_flags(chance):
    return sum(dns_wire.FLAGS[flag] for flag in ("rd", "cd", "ad")
               if chance.random() < 0.1)


def types_for(is_there, chance):
    if is_there:
        return COMMON + chance.sample(RARE, 3) + chance.sample(META, 1)
    return [chance.choice(COMMON[:4]), chance.choice(COMMON),
            chance.choice(RARE)]


def types_of(zone):
    """{relative owner: types}, for the rare types to be asked where they
    are."""
    found = {}
    with open(zone.source) as file:
        for line in file:
            words = line.split()
            if not words or line[0] in "; \t$":
                continue
            words = [word for word in words[1:3] if not word.isdigit()]
            owner = line.split()[0]
            name = () if owner == "@" else dns_wire.name_of(owner)
            found.setdefault(name, set()).add(words[0])
    return found


def about_name(zone, name, types, chance):
    ways = SIGNED_WAYS if zone.is_signed else WAYS
    for word in types:
        way = chance.choices(list(ways), ways.values())[0]
        yield Question(zone, in_any_case(name, chance),
                       dns_wire.type_number(word), way, some_flags(chance))


def questions(zone):
    """About ZONE; of a signed one, of which there are many, a part. What is
    asked about a name depends on no other name."""
    types_there, asked = types_of(zone), []
    for name, is_there in names_around(zone).items():
        chance = random.Random(f"{SEED} {zone.name} {name}")
        relative = name[:len(name) - len(zone.apex)]
        types = dict.fromkeys(types_for(is_there, chance))
        types.update(dict.fromkeys(sorted(types_there.get(relative, ()))))
        if zone.is_signed:
            types = chance.sample(list(types), SIGNED_TYPES[is_there])
        asked += about_name(zone, name, types, chance)
    return asked
