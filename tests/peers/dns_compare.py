"""What a server answers otherwise than another: facets, one short line each,
theirs before ours where both are told.

    rcode NXDOMAIN/NOERROR      aa 0/1 (and tc, rd, ra, z, ad, cd)
    answer +A -CNAME ~TXT       RRsets that only they have, that only we have,
                                and that have other data
    answer ttl SOA              an RRset with another TTL
    answer order                the same RRsets in another order
    authority …                 the same, without order
    glue …                      addresses at or below a referral's cut
    additional ~A               other data in what both have; whether it is
                                there is a server's own choice
    opt +, opt -, opt version 1/0, opt do 0/1, opt size 4096/1232
    option +3, option -ede21    they have it, we have it
    silent +, silent -          they do not answer, we do not
    malformed                   what they send can not be read
"""

import struct

import dns_wire

EDE = 15


class View:
    """A message as it is compared."""

    def __init__(self, data):
        message = dns_wire.read_message(data)
        self.rcode = dns_wire.rcode_name(message.rcode)
        self.flags = message.flags
        self.question = message.question
        self.opt = message.opt
        sections = [rrsets_of(section) for section in message.sections]
        self.answer, self.authority, self.additional = sections
        self.glue = {}
        if not self.flags & dns_wire.FLAGS["aa"]:
            self.glue = glue_of(self.authority, self.additional)


def rrsets_of(records):
    """{(owner, type, covered type): (TTLs, data)}"""
    found = {}
    for owner, number, ttl, data in records:
        covered = data[:2] if number == dns_wire.RRSIG else b""
        ttls, contents = found.setdefault(
            (dns_wire.folded(owner), number, covered), (set(), []))
        ttls.add(ttl)
        contents.append(data)
    for _, contents in found.values():
        contents.sort()
    return found


def glue_of(authority, additional):
    cuts = [owner for owner, number, _ in authority if number == dns_wire.NS]
    return {key: rrset for key, rrset in additional.items()
            if any(key[0][max(len(key[0]) - len(cut), 0):] == cut
                   for cut in cuts)}


def read_view(data):
    """The view; None: silent; False: malformed."""
    if data is None:
        return None
    try:
        return View(data)
    except (dns_wire.Malformed, struct.error, IndexError):
        return False


def type_of(key):
    if key[1] == dns_wire.RRSIG:
        return "RRSIG"
    return dns_wire.type_name(key[1])


def tell_types(sign, keys):
    """Signatures go without saying where their RRset is told."""
    keys = set(keys)
    return sorted({sign + type_of(key) for key in keys
                   if not key[2] or covered_by(key) not in keys})


def covered_by(key):
    return key[0], int.from_bytes(key[2], "big"), b""


def compare_sets(title, theirs, ours):
    words = tell_types("+", theirs.keys() - ours.keys())
    words += tell_types("-", ours.keys() - theirs.keys())
    both = theirs.keys() & ours.keys()
    words += tell_types("~", (key for key in both
                              if theirs[key][1] != ours[key][1]))
    if words:
        yield " ".join([title] + words)
    for word in tell_types("", (key for key in both
                                if theirs[key][0] != ours[key][0])):
        yield f"{title} ttl {word}"


def chain(rrsets):
    return [key for key in rrsets if key[1] != dns_wire.RRSIG]


def compare_flags(theirs, ours):
    # To be asked again by TCP is all that both say.
    both_cut = theirs.flags & ours.flags & dns_wire.FLAGS["tc"]
    if theirs.rcode != ours.rcode and not both_cut:
        yield f"rcode {theirs.rcode}/{ours.rcode}"
    for name, bit in dns_wire.FLAGS.items():
        if (theirs.flags ^ ours.flags) & bit:
            yield f"{name} {theirs.flags & bit and 1}/{ours.flags & bit and 1}"
    if theirs.question != ours.question:
        yield "question"


def options_of(options):
    """Their codes; extended errors with their own code (RFC 8914 §2)."""
    return {f"ede{int.from_bytes(data[:2], 'big')}" if code == EDE else
            str(code) for code, data in options}


def compare_opt(theirs, ours):
    if not theirs.opt or not ours.opt:
        if theirs.opt or ours.opt:
            yield "opt +" if theirs.opt else "opt -"
        return
    for name, place in ("version", 1), ("do", 2), ("size", 0):
        if theirs.opt[place] != ours.opt[place]:
            yield f"opt {name} {theirs.opt[place]}/{ours.opt[place]}"
    codes = [options_of(view.opt[3]) for view in (theirs, ours)]
    for code in sorted(codes[0] - codes[1]):
        yield f"option +{code}"
    for code in sorted(codes[1] - codes[0]):
        yield f"option -{code}"


def compare_records(theirs, ours):
    yield from compare_sets("answer", theirs.answer, ours.answer)
    if theirs.answer.keys() == ours.answer.keys() and \
            chain(theirs.answer) != chain(ours.answer):
        yield "answer order"
    yield from compare_sets("authority", theirs.authority, ours.authority)
    yield from compare_sets("glue", theirs.glue, ours.glue)
    for word in tell_types("~", (
            key for key in theirs.additional.keys() & ours.additional.keys()
            if theirs.additional[key] != ours.additional[key])):
        yield f"additional {word}"


def compare(theirs, ours):
    """The facets of two views."""
    if theirs is False:
        return ["malformed"]
    if theirs is None or ours is None:
        return [] if theirs is ours else ["silent +" if theirs is None
                                          else "silent -"]
    facets = list(compare_flags(theirs, ours))
    facets += compare_opt(theirs, ours)
    # What is left of a truncated answer is of no use to anybody.
    if not (theirs.flags | ours.flags) & dns_wire.FLAGS["tc"]:
        facets += compare_records(theirs, ours)
    return facets
