"""Packets of all layers, and what netlab sniff and tshark say of each.

netlab_sniff.py make FILE [COUNT]: writes a pcap file by scapy: one packet of
each kind, and COUNT random ones.
netlab_sniff.py NETLAB FILE: compares; prints "N packets, N values, N
differences", and each difference before that. Exits 1 when there are any.
"""

import datetime
import json
import logging
import random
import re
import subprocess
import sys

# tshark's field -> the layer and the name of ours, and what of it is compared.
VALUE, MEANING = "value", "meaning"


def same(text):
    return text


def number(text):
    return str(int(text.split()[0], 0))


def unsigned_byte(text):
    return str(int(text) & 0xff)


# Seconds of 16 bits, and 16 bits of their fraction.
def short(text):
    return str(round(float(text.split()[0]) * 65536))


# An address, or up to four letters.
def reference(text):
    if re.fullmatch(r"[\d.]+", text):
        return bytes(map(int, text.split("."))).hex()
    return text.encode().ljust(4, b"\0").hex()


def flow(text):
    return f"0x{int(text, 0):06x}"


def name(text):
    return "<Root>" if text == "." else text.removesuffix(".")


def type_number(meaning):
    return re.search(r"\d+", meaning).group()


# Of fragments: theirs are as they are on the wire.
def units(text):
    return str(int(text) // 8)


def low_bits(text):
    return f"0x{int(text, 0) & 0xfff:04x}"


# Their 1: good, 0: bad, also what was left to a network card, 2: not verified,
# 3: not there.
def checksum(meaning):
    if meaning.startswith("none"):
        return "3"
    if meaning.startswith(("wrong", "not set")):
        return "0"
    return "1" if meaning == "correct" else "2"


FIELDS = {
    "eth.dst": ("Ethernet", "Destination", VALUE, same),
    "eth.src": ("Ethernet", "Source", VALUE, same),
    "eth.type": ("Ethernet", "Type", VALUE, same),
    "vlan.id": ("VLAN tag", "VID", VALUE, number),
    "vlan.priority": ("VLAN tag", "PCP", VALUE, number),
    "arp.opcode": ("ARP", "Operation", VALUE, number),
    "arp.src.hw_mac": ("ARP", "Sender's hardware", VALUE, same),
    "arp.src.proto_ipv4": ("ARP", "Sender's protocol", VALUE, same),
    "arp.dst.hw_mac": ("ARP", "Target's hardware", VALUE, same),
    "arp.dst.proto_ipv4": ("ARP", "Target's protocol", VALUE, same),
    "ip.src": ("IPv4", "Source", VALUE, same),
    "ip.dst": ("IPv4", "Destination", VALUE, same),
    "ip.ttl": ("IPv4", "Time to live", VALUE, number),
    "ip.proto": ("IPv4", "Protocol", VALUE, number),
    "ip.len": ("IPv4", "Total length", VALUE, number),
    "ip.id": ("IPv4", "Identification", VALUE, same),
    "ip.frag_offset": ("IPv4", "Offset", VALUE, units),
    "ip.flags.df": ("IPv4", "DF", VALUE, number),
    "ip.flags.mf": ("IPv4", "MF", VALUE, number),
    "ip.dsfield.dscp": ("IPv4", "DSCP", VALUE, number),
    "ip.dsfield.ecn": ("IPv4", "ECN", VALUE, number),
    "ip.checksum": ("IPv4", "Checksum", VALUE, same),
    "ip.checksum.status": ("IPv4", "Checksum", MEANING, checksum),
    "ipv6.src": ("IPv6", "Source", VALUE, same),
    "ipv6.dst": ("IPv6", "Destination", VALUE, same),
    "ipv6.hlim": ("IPv6", "Hop limit", VALUE, number),
    "ipv6.nxt": ("IPv6", "Next header", VALUE, number),
    "ipv6.plen": ("IPv6", "Payload length", VALUE, number),
    "ipv6.flow": ("IPv6", "Flow label", VALUE, flow),
    "ipv6.fraghdr.offset": ("Fragment header", "Offset", VALUE, units),
    "udp.srcport": ("UDP", "Source port", VALUE, number),
    "udp.dstport": ("UDP", "Destination port", VALUE, number),
    "udp.length": ("UDP", "Length", VALUE, number),
    "udp.checksum": ("UDP", "Checksum", VALUE, same),
    "udp.checksum.status": ("UDP", "Checksum", MEANING, checksum),
    "tcp.srcport": ("TCP", "Source port", VALUE, number),
    "tcp.dstport": ("TCP", "Destination port", VALUE, number),
    "tcp.seq_raw": ("TCP", "Sequence number", VALUE, number),
    "tcp.ack_raw": ("TCP", "Acknowledgment", VALUE, number),
    "tcp.flags": ("TCP", "Offset and flags", VALUE, low_bits),
    "tcp.window_size_value": ("TCP", "Window", VALUE, number),
    "tcp.urgent_pointer": ("TCP", "Urgent pointer", VALUE, number),
    "tcp.checksum": ("TCP", "Checksum", VALUE, same),
    "tcp.checksum.status": ("TCP", "Checksum", MEANING, checksum),
    "tcp.options.mss_val": ("TCP", "Maximum segment size", VALUE, number),
    "tcp.options.wscale.shift": ("TCP", "Window scale", VALUE, number),
    "tcp.options.timestamp.tsval": ("TCP", "Timestamps", VALUE,
                                    lambda text: text.split(",")[0]),
    "icmp.type": ("ICMP", "Type", VALUE, number),
    "icmp.code": ("ICMP", "Code", VALUE, number),
    "icmp.checksum": ("ICMP", "Checksum", VALUE, same),
    "icmp.seq": ("ICMP", "Sequence number", VALUE, number),
    "icmpv6.type": ("ICMPv6", "Type", VALUE, number),
    "icmpv6.code": ("ICMPv6", "Code", VALUE, number),
    "icmpv6.checksum": ("ICMPv6", "Checksum", VALUE, same),
    "icmpv6.checksum.status": ("ICMPv6", "Checksum", MEANING, checksum),
    "icmpv6.nd.ns.target_address": ("ICMPv6", "Target address", VALUE, same),
    "dns.id": ("DNS message", "ID", VALUE, same),
    "dns.flags": ("DNS message", "Flags", MEANING, same),
    "dns.count.queries": ("DNS message", "QDCOUNT", VALUE, number),
    "dns.count.answers": ("DNS message", "ANCOUNT", VALUE, number),
    "dns.count.auth_rr": ("DNS message", "NSCOUNT", VALUE, number),
    "dns.count.add_rr": ("DNS message", "ARCOUNT", VALUE, number),
    "dns.qry.name": ("DNS message", "QNAME", VALUE, name),
    "dns.qry.type": ("DNS message", "QTYPE", MEANING, type_number),
    "dns.resp.type": ("DNS message", "TYPE", MEANING, type_number),
    "dns.resp.ttl": ("DNS message", "TTL", VALUE, number),
    "dns.a": ("DNS message", "ADDRESS", VALUE, same),
    "ntp.flags.li": ("NTP packet", "Leap indicator", VALUE, number),
    "ntp.flags.vn": ("NTP packet", "Version number", VALUE, number),
    "ntp.flags.mode": ("NTP packet", "Mode", VALUE, number),
    "ntp.stratum": ("NTP packet", "Stratum", VALUE, number),
    "ntp.ppoll": ("NTP packet", "Poll", VALUE, number),
    "ntp.precision": ("NTP packet", "Precision", VALUE, unsigned_byte),
    "ntp.rootdelay": ("NTP packet", "Root delay", VALUE, short),
    "ntp.rootdispersion": ("NTP packet", "Root dispersion", VALUE, short),
    "ntp.refid": ("NTP packet", "Reference ID", VALUE, reference),
    "ntp.reftime": ("NTP packet", "Reference timestamp", VALUE, same),
    "ntp.org": ("NTP packet", "Origin timestamp", VALUE, same),
    "ntp.rec": ("NTP packet", "Receive timestamp", VALUE, same),
    "ntp.xmt": ("NTP packet", "Transmit timestamp", VALUE, same),
    "http.request.method": ("HTTP request", "Method", VALUE, same),
    "http.request.uri": ("HTTP request", "Target", VALUE, same),
    "http.host": ("HTTP request", "Host", VALUE, same),
    "http.response.code": ("HTTP response", "Status code", VALUE, number),
    "http.content_length_header": ("HTTP response", "Content-Length", VALUE, number),
}

OPTIONS = [
    "ip.check_checksum:TRUE", "udp.check_checksum:TRUE", "tcp.check_checksum:TRUE",
    "ip.defragment:FALSE", "ipv6.defragment:FALSE",
    "tcp.desegment_tcp_streams:FALSE",
]


# ------------------------------------------------------------------ comparing

def ask_tshark(path):
    """For each packet: tshark's field -> its values."""
    command = ["tshark", "-n", "-r", path, "-T", "fields",
               "-E", "separator=/t", "-E", "aggregator=|", "-E", "occurrence=a"]
    for option in OPTIONS:
        command += ["-o", option]
    for field in FIELDS:
        command += ["-e", field]
    out = subprocess.run(command, check=True, text=True, capture_output=True,
                         env={"PATH": "/usr/bin:/bin", "TZ": "UTC", "LC_ALL": "C"}).stdout
    for line in out.splitlines():
        values = (line.split("\t") + [""] * len(FIELDS))[:len(FIELDS)]
        yield {field: value.split("|") if value else []
               for field, value in zip(FIELDS, values)}


def ask_netlab(netlab, path):
    """For each packet: (layer, name) -> the fields of ours."""
    out = subprocess.run([netlab, "sniff", "--read", path, "--json", "--explain"],
                         check=True, text=True, capture_output=True).stdout
    for line in out.splitlines():
        packet = json.loads(line)
        layer, found = "", {}
        for field in packet["fields"]:
            if field["kind"] == "layer":
                layer = field["name"]
            found.setdefault((layer, field["name"]), []).append(field)
        yield packet, found


def stamp(text):
    """The microseconds of 0x…, a timestamp of NTP; None: it is not set."""
    value = int(text, 16)
    return (value >> 32) * 10**6 + ((value & 0xffffffff) * 10**6 >> 32) if value else None


def their_stamp(text):
    found = re.match(r"(\w+ +\d+, \d+ \d+:\d+:\d+)\.(\d{6})", text)
    if not found:
        return None
    date = datetime.datetime.strptime(found[1], "%b %d, %Y %H:%M:%S")
    since = date - datetime.datetime(1900, 1, 1)
    return (since.days * 86400 + since.seconds) * 10**6 + int(found[2])


def is_equal(field, ours, theirs):
    if field in ("ntp.reftime", "ntp.org", "ntp.rec", "ntp.xmt"):
        if stamp(ours) is None:
            return True
        expected = their_stamp(theirs)
        # They round, and know no era but their own.
        return expected is not None and abs((stamp(ours) - expected) % (10**6 << 32)) <= 1
    return ours == theirs


def compare(netlab, path):
    theirs_all = list(ask_tshark(path))
    ours_all = list(ask_netlab(netlab, path))
    differences = values = 0
    if len(theirs_all) != len(ours_all):
        print(f"{len(ours_all)} packets of ours, {len(theirs_all)} of theirs")
        differences += 1
    for (packet, found), theirs in zip(ours_all, theirs_all):
        for field, (layer, title, part, change) in FIELDS.items():
            ours = [change(entry.get(part, ""))
                    for entry in found.get((layer, title), [])]
            values += len(ours)
            if len(ours) == len(theirs[field]) and \
                    all(map(is_equal, [field] * len(ours), ours, theirs[field])):
                continue
            differences += 1
            print(f"packet {packet['number']} {field}: {ours}, tshark: {theirs[field]}"
                  f" ({packet['summary']})")
    print(f"{len(ours_all)} packets, {values} values, {differences} differences")
    return 1 if differences else 0


# --------------------------------------------------------------------- making

def make(path, count):
    logging.getLogger("scapy").setLevel(logging.CRITICAL)
    from scapy import all as scapy

    packets = list(each_kind(scapy)) + [some(scapy, random.Random(i)) for i in range(count)]
    for i, packet in enumerate(packets):
        packet.time = 1_795_262_400 + i / 8
    scapy.wrpcap(path, packets)


def each_kind(scapy):
    ether = scapy.Ether(src="00:11:22:33:44:55", dst="02:00:00:00:00:01")
    ip = scapy.IP(src="10.0.0.1", dst="10.0.0.2")
    ip6 = scapy.IPv6(src="2001:db8::1", dst="2001:db8::2")
    query = scapy.DNS(id=0x24bd, rd=1, qd=scapy.DNSQR(qname="google.com"))
    answer = scapy.DNS(id=0x24bd, qr=1, rd=1, qd=scapy.DNSQR(qname="google.com"),
                       an=scapy.DNSRR(rrname="google.com", rdata="192.165.1.1", ttl=260))
    syn = scapy.TCP(sport=40000, dport=80, flags="S", seq=100, options=[
        ("MSS", 1460), ("SAckOK", b""), ("Timestamp", (7, 0)), ("NOP", None), ("WScale", 7)])
    server = scapy.NTP(mode=4, stratum=2, poll=6, precision=0xe7, delay=0.5, dispersion=0.25,
                       id="192.0.2.1", ref=3_900_000_000.5, orig=3_900_000_001.25,
                       recv=3_900_000_001.75, sent=3_900_000_002.125)

    yield ether / ip / scapy.UDP(sport=4000, dport=53) / query
    yield ether / ip / scapy.UDP(sport=53, dport=4000) / answer
    yield ether / ip / scapy.TCP(sport=4000, dport=53, flags="PA") / \
        (len(query).to_bytes(2, "big") + bytes(query))
    yield ether / scapy.ARP(op=1, hwsrc="00:11:22:33:44:55", psrc="10.0.0.1", pdst="10.0.0.2")
    yield ether / scapy.ARP(op=2, hwsrc="02:00:00:00:00:01", psrc="10.0.0.2",
                            hwdst="00:11:22:33:44:55", pdst="10.0.0.1")
    yield ether / ip / syn
    yield ether / ip6 / syn
    yield ether / ip / scapy.TCP(sport=40000, dport=80, flags="PA", seq=101, ack=1) / \
        b"GET /x?y HTTP/1.1\r\nHost: a.example\r\n\r\n"
    yield ether / ip / scapy.TCP(sport=80, dport=40000, flags="PA", seq=1, ack=139) / \
        b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nhi"
    yield ether / ip / scapy.ICMP(id=7, seq=1) / b"abcdefgh"
    yield ether / ip / scapy.ICMP(type=3, code=3) / ip / scapy.UDP(sport=4000, dport=53) / query
    yield ether / ip6 / scapy.ICMPv6EchoRequest(id=1, seq=2, data=b"abc")
    yield ether / scapy.IPv6(src="fe80::1", dst="ff02::1:ff00:2", hlim=255) / \
        scapy.ICMPv6ND_NS(tgt="fe80::2") / scapy.ICMPv6NDOptSrcLLAddr(lladdr="00:11:22:33:44:55")
    yield ether / ip6 / scapy.UDP(sport=4000, dport=123) / scapy.NTP(mode=3)
    yield ether / ip / scapy.UDP(sport=123, dport=4000) / server
    yield ether / scapy.Dot1Q(vlan=5, prio=3) / ip / scapy.UDP(sport=4000, dport=4001) / b"text"
    yield ether / ip / scapy.UDP(sport=4000, dport=4001, chksum=0) / b"text"
    yield ether / scapy.IP(src="10.0.0.1", dst="10.0.0.2", flags="MF", id=77) / \
        scapy.UDP(sport=4000, dport=4001, len=2000) / (b"text" * 20)
    yield ether / scapy.IP(src="10.0.0.1", dst="10.0.0.2", frag=11, id=77, proto=17) / b"text"
    yield ether / ip6 / scapy.IPv6ExtHdrFragment(m=0, offset=100, nh=17, id=77) / b"abcdefgh"


def some(scapy, chance):
    """A packet of random numbers in all fields."""
    def bits(count):
        return chance.getrandbits(count)

    def name_of():
        return ".".join(chance.choice(["a", "netlab", "x" * 63, "www-1", "_tcp"])
                        for _ in range(chance.randrange(1, 4)))

    wrong = {"chksum": bits(16) | 1} if chance.random() < 0.2 else {}
    ip = scapy.IP(src=f"10.{bits(8)}.{bits(8)}.{bits(8)}", dst=f"192.0.2.{bits(8)}",
                  ttl=bits(8), tos=bits(8), id=bits(16), flags=chance.choice(["", "DF"]),
                  **({"chksum": bits(16)} if chance.random() < 0.2 else {}))
    ip6 = scapy.IPv6(src=f"2001:db8::{bits(16):x}", dst=f"2001:db8:{bits(16):x}::1",
                     hlim=bits(8), fl=bits(20))
    ports = {"sport": 40000 + bits(12), "dport": 40000 + bits(12)}
    message = scapy.DNS(
        id=bits(16), qr=bits(1), aa=bits(1), rd=bits(1), ra=bits(1), rcode=bits(2),
        qd=scapy.DNSQR(qname=name_of(), qtype=chance.choice([1, 2, 6, 15, 16, 28])),
        an=scapy.DNSRR(rrname=name_of(), rdata=f"192.0.2.{bits(8)}", ttl=bits(31)))
    inside = [
        scapy.UDP(**ports, **wrong) / (b"text" * chance.randrange(9)),
        scapy.UDP(sport=ports["sport"], dport=53, **wrong) / message,
        scapy.TCP(**ports, **wrong, seq=bits(32), ack=bits(32), window=bits(16),
                  urgptr=bits(16), flags=bits(9) & 0x1ff, options=[
                      ("Timestamp", (bits(32), bits(32))), ("MSS", bits(16)),
                      ("WScale", chance.randrange(15))]) / (b"text" * chance.randrange(9)),
        scapy.UDP(sport=ports["sport"], dport=123) / scapy.NTP(
            leap=bits(2), mode=3, version=chance.choice([3, 4]), stratum=chance.randrange(1, 16),
            poll=bits(4), precision=0x80 | bits(7), delay=bits(15) / 256, dispersion=bits(15) / 256,
            sent=3_900_000_000 + bits(24) + bits(8) / 256),
    ]
    layer = chance.choice([ip, ip6])
    tag = scapy.Dot1Q(vlan=bits(12), prio=bits(3)) if chance.random() < 0.2 else None
    ether = scapy.Ether(src=f"02:00:00:00:00:{bits(8):02x}", dst=f"02:00:00:00:01:{bits(8):02x}")
    packet = ether / tag if tag is not None else ether
    return packet / layer / chance.choice(inside)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 0)
        sys.exit()
    sys.exit(compare(*sys.argv[1:]))
