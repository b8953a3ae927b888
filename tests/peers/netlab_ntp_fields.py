#!/usr/bin/env python3
"""netlab_ntp_fields.py SAID FOLDER: the packets of SAID, what `netlab ntp --json
--explain` printed, read by tshark as well. Prints where the two differ, or that
they do not. FOLDER is for files."""

import json
import os
import re
import struct
import subprocess
import sys

# netlab's field, tshark's, and what becomes of netlab's value before they are
# compared. Of times tshark prints a date, in words of its own.
FIELDS = [
    ("Leap indicator", "ntp.flags.li", int),
    ("Version number", "ntp.flags.vn", int),
    ("Mode", "ntp.flags.mode", int),
    ("Stratum", "ntp.stratum", int),
    ("Poll", "ntp.ppoll", int),
    ("Precision", "ntp.precision", lambda value: int(value) & 0xff),  # tshark has no sign
    ("Root delay", "ntp.rootdelay", lambda value: float(value.split()[0])),
    ("Root dispersion", "ntp.rootdispersion", lambda value: float(value.split()[0])),
    ("Reference timestamp", "ntp.reftime", None),
    ("Origin timestamp", "ntp.org", None),
    ("Receive timestamp", "ntp.rec", None),
    ("Transmit timestamp", "ntp.xmt", None),
]


def write_pcap(path, packets):
    """PACKETS in UDP in IPv4, as a file of raw IP (LINKTYPE_RAW)."""
    with open(path, "wb") as file:
        file.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 101))
        for sent, packet in packets:
            ports = (40000, 123) if sent else (123, 40000)
            udp = struct.pack("!HHHH", *ports, 8 + len(packet), 0) + packet
            frame = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0,
                                bytes([127, 0, 0, 1]), bytes([127, 0, 0, 1])) + udp
            file.write(struct.pack("<IIII", 0, 0, len(frame), len(frame)) + frame)


def read_by_tshark(path):
    """A row of the values of FIELDS for each packet."""
    command = ["tshark", "-n", "-r", path, "-T", "fields", "-E", "separator=|"]
    for _, name, _ in FIELDS:
        command += ["-e", name]
    shown = subprocess.run(command, capture_output=True, text=True, check=True,
                           env={**os.environ, "TZ": "UTC", "LC_ALL": "C"}).stdout
    return [line.split("|") for line in shown.splitlines()]


def date_of(fields, name):
    """netlab's date beneath field NAME, as tshark writes it: "" for no time."""
    at = next(i for i, field in enumerate(fields) if field["name"] == name)
    if at + 1 == len(fields) or fields[at + 1]["name"] != "Date":
        return None
    return fields[at + 1]["value"]


def tshark_date(text):
    """tshark's date as netlab's; None for no time."""
    if text in ("NULL", "Jan  1, 1970 00:00:00.000000000 UTC", ""):
        return None
    month, day, year, clock = re.fullmatch(r"(\w+) +(\d+), (\d+) ([\d:.]+) UTC", text).groups()
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return f"{year}-{months.index(month) + 1:02}-{int(day):02} {clock} UTC"


def is_near(ours, theirs):
    """Dates that are the same but for the last nanosecond, which tshark cuts."""
    if ours is None or theirs is None:
        return ours == theirs
    return ours[:20] == theirs[:20] and abs(int(ours[20:29]) - int(theirs[20:29])) <= 1


def differences(message, theirs):
    fields = message["fields"]
    values = {field["name"]: field.get("value") for field in fields}
    for (name, _, convert), their in zip(FIELDS, theirs):
        if convert is None:
            ours, their = date_of(fields, name), tshark_date(their)
            same = is_near(ours, their)
        else:
            ours, their = convert(values[name]), float(their)
            same = abs(ours - their) < 0.000001
        if not same:
            yield f"{message['title']}: {name}: {ours}, tshark: {their}"


def main(said, folder):
    with open(said, encoding="ascii") as file:
        wire = json.load(file)["wire"]
    path = os.path.join(folder, "ntp.pcap")
    write_pcap(path, [(message["sent"], bytes.fromhex(message["bytes"])) for message in wire])
    read = read_by_tshark(path)
    assert len(read) == len(wire), read
    found = [text for message, theirs in zip(wire, read) for text in differences(message, theirs)]
    print("\n".join(found) if found else f"{len(wire)} packets, the same")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
