"""DNS messages as netlab explain has them, and as tshark does.

netlab_explain.py NETLAB FOLDER FILE…: each FILE, a seed of dissect_dns_fuzz, is a
byte and a message. Compares the bytes and the value of every field that tshark has
too; prints each difference, and "N messages, N fields, N differences". Exits 1 when
there are any.
"""

import base64
import datetime
import json
import os
import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as xml

HEADERS = 14 + 20 + 8

# Of these tshark shows parts, or nothing.
UNLIKE = {
    "LOCATION", "apitems", "gateway and key", "SvcParams", "Type Bit Map", "Type Bit Maps",
    "Next Hashed Owner Name", "MAC", "Padding",
}


def pcap(messages):
    """A capture of MESSAGES in UDP, from port 53."""
    yield struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1)
    for message in messages:
        size = HEADERS + len(message)
        ethernet = bytes(12) + b"\x08\x00"
        ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, size - 14, 0, 0, 64, 17, 0,
                         bytes([192, 0, 2, 1]), bytes([192, 0, 2, 2]))
        udp = struct.pack(">HHHH", 53, 49152, size - 34, 0)
        yield struct.pack("<IIII", 0, 0, size, size) + ethernet + ip + udp + message


def by_tshark(path):
    """For each packet of PATH: (at, length) -> what tshark shows there."""
    output = subprocess.run(
        ["tshark", "-n", "-r", path, "-o", "ip.check_checksum:false", "-T", "pdml"],
        check=True, capture_output=True).stdout
    for packet in xml.fromstring(output).iter("packet"):
        places = {}
        for field in packet.iter("field"):
            if "pos" in field.attrib and not field.get("hide") == "yes":
                place = int(field.get("pos")) - HEADERS, int(field.get("size", 0))
                shown = places.setdefault(place, [])
                shown += [field.get("show", ""), field.get("showname", "")]
        yield places


def by_netlab(netlab, message):
    """The fields of MESSAGE, names put together with the pointer behind them."""
    output = subprocess.run([netlab, "explain", "dns", "--json", "-"], input=message,
                            check=True, capture_output=True).stdout
    fields = []
    for field in json.loads(output)["fields"]:
        if field["kind"] != "field" or field["length"] == 0:
            continue
        if field["name"] == "Pointer":
            fields[-1]["length"] += field["length"]
        else:
            fields.append(field)
    return fields


def pairs(octets):
    return ":".join(f"{octet:02x}" for octet in octets)


def numbers(field):
    """The number that FIELD is or means, in the bases that tshark uses."""
    value = field.get("value", "").removeprefix("DO=")
    named = re.search(r"^(?:type|class) (\d+)$", field.get("meaning", ""))
    if named or re.fullmatch(r"\d+|0x[0-9a-f]+", value):
        number = int(named.group(1)) if named else int(value, 0)
        yield str(number)
        yield from (f"0x{number:0{digits}x}" for digits in (2, 4, 8))


def octets(value):
    """VALUE, in hexadecimal or base 64, as pairs of digits."""
    bare = value.replace("-", "").replace(":", "")
    if len(bare) % 2 == 0 and re.fullmatch("[0-9A-F]+", bare):
        yield pairs(bytes.fromhex(bare))
    try:
        made = base64.b64decode(value, validate=True)
    except ValueError:
        return
    yield pairs(made)
    yield "".join(f"\\x{octet:x}" for octet in made)


def forms(field):
    """What tshark may show for FIELD: names without the final dot, strings without
    quotes, dates in words."""
    value, meaning = field.get("value", ""), field.get("meaning", "")
    value = re.sub(r"^→\d+ ", "", value)
    yield from (value, value.lower(), value.strip('"').replace('\\"', '"'))
    yield from numbers(field)
    yield from octets(value)
    if value == ".":
        yield "<Root>"
    elif value.endswith("."):
        name = re.sub(r"\\(.)", r"\1", value[:-1])
        yield from (name, name.split(".")[0])  # SRV: the first label of it
    if field["name"] == "ADDRESS":
        yield value.split("/")[0]
    if field["name"] == "Salt" and value == "-":
        yield "0"
    if meaning.startswith("0x"):
        yield meaning
    if meaning.endswith(" UTC"):
        date = datetime.datetime.strptime(meaning, "%Y-%m-%d %H:%M:%S UTC")
        yield date.strftime("%b %e, %Y %H:%M:%S")


def is_same(field, shown):
    """Does tshark show FIELD's value, among other words?"""
    return any(re.search(rf"(?<![\w.]){re.escape(form)}(?!\w)", text)
               for form in forms(field) if form for text in shown)


def compare(file, fields, places):
    """How many of FIELDS are there too, and are not the same."""
    compared = differences = 0
    for field in fields:
        at, length = field["at"], field["length"]
        # Of strings and salts tshark may show what stands behind their length.
        shown = places.get((at, length), places.get((at + 1, length - 1)))
        if shown is None or field["name"] in UNLIKE:
            continue
        compared += 1
        if not is_same(field, shown):
            differences += 1
            print(f"{os.path.basename(file)}: {field}: {shown}")
    return compared, differences


def main(netlab, folder, *files):
    messages = []
    for file in files:
        with open(file, "rb") as seed:
            messages.append(seed.read()[1:])
    path = os.path.join(folder, "dns.pcap")
    with open(path, "wb") as capture:
        capture.writelines(pcap(messages))
    compared = differences = 0
    for file, message, places in zip(files, messages, by_tshark(path), strict=True):
        more = compare(file, by_netlab(netlab, message), places)
        compared, differences = compared + more[0], differences + more[1]
    print(f"{len(messages)} messages, {compared} fields, {differences} differences")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
