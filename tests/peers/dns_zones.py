"""The zones that all servers serve: dns_zones/*.zone under several names, made
larger here by what is tedious to write, and signed by three signers.
"""

import concurrent.futures
import os
import sys

import dns_signers
import dns_wire

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "dns_zones")


class Zone:
    """A zone's file as it is served, the text it was made from, and the names
    in that, without the zone's own."""

    def __init__(self, name, file, source, owners):
        self.name, self.file, self.source = name, file, source
        self.owners = owners
        self.is_signed = file != source
        self.apex = dns_wire.name_of(name.rstrip("."))


def large_set(size):
    for number in range(size // 225 + 1):
        length = min(214, size - number * 225)
        yield f'big-{size}\tTXT\t"{number:03d}{"x" * max(length, 1)}"'


def large_sets():
    """RRsets of many sizes: around the limits of UDP, and beyond a pointer's
    reach by TCP."""
    for size in 450, 600, 1100, 1250, 1400, 5000, 20000:
        yield from large_set(size)
    for number in range(1, 80):
        yield f"big-a\tA\t198.51.100.{number}"
        yield f"big-mx\tMX\t{number} mx{number}.big-mx"
        yield f"mx{number}.big-mx\tA\t203.0.113.{number}"
    for number in range(8):
        yield f'x.big-branch\tTXT\t"{number:03d}{"y" * 200}"'


def longest_names(zone):
    """A name of 255 octets, one of as many labels as there can be, and names
    from which the DNAME dn-long makes 255 and more."""
    room = 254 - len(zone) - 1
    labels = ["l" * 63] * (room // 64)
    rest = room - 64 * len(labels)
    if rest > 1:
        labels.append("m" * (rest - 1))
    return [f'{".".join(labels)}\tTXT\t"255 octets"',
            f'{".".join(["n"] * (room // 2))}\tA\t192.0.2.140']


def owners_of(lines):
    owners = {}
    for line in lines:
        if line and line[0] not in "; \t$\n":
            owner = line.split(None, 1)[0]
            owners[() if owner == "@" else dns_wire.name_of(owner)] = None
    return list(owners)


def make(folder, source, name, more=()):
    """The zone NAME from dns_zones/SOURCE and the lines MORE, unsigned."""
    with open(os.path.join(HERE, source)) as file:
        lines = file.read().splitlines()
    if source == "everything.zone":
        lines += large_sets()
    lines += more
    path = os.path.join(folder, f"{name}.zone")
    with open(path, "w") as file:
        file.write("\n".join(lines) + "\n")
    os.chmod(path, 0o644)
    return Zone(name, path, path, owners_of(lines))


def make_unsigned(folder):
    # Knot signs no TTL as long, and ldns no RRset as large.
    name = "plain.test"
    more = ["long\t2147483647 A\t192.0.2.85", *large_set(60000),
            *longest_names(name)]
    return [make(folder, "everything.zone", name, more),
            make(folder, "served.zone", "served.plain.test"),
            make(folder, "reverse.zone", "2.0.192.in-addr.arpa")]


def sign(folder, zone, signer, way):
    """The same zone, signed."""
    work = os.path.join(folder, f"{zone.name}.keys")
    os.mkdir(work)
    signed = dns_signers.SIGNERS[signer](zone.name, way, zone.file, work)
    os.chmod(work, 0o755)
    os.chmod(signed, 0o644)
    return Zone(zone.name, signed, zone.source, zone.owners)


def sign_family(folder, signer, way):
    """A parent and the child that it has signed a delegation to."""
    name = f"{way}-{signer}.test"
    child = sign(folder, make(folder, "served.zone", f"served.{name}"), signer,
                 way)
    ds = dns_signers.ds_of(child.name, child.file, folder)
    more = [f"served\t{ds[ds.index('DS'):]}"]
    if way == "nsec":  # NSD and BIND's signer hash wildcards below them
        more += longest_names(name)[:1]
    parent = make(folder, "everything.zone", name, more)
    return [sign(folder, parent, signer, way), child]


def make_signed(folder):
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        families = [pool.submit(sign_family, folder, signer, way)
                    for way in dns_signers.WAYS
                    for signer in dns_signers.SIGNERS]
    return [zone for family in families for zone in family.result()]


def make_root(folder):
    """The same as the root of a lab, signed, above a child."""
    root = make(folder, "everything.zone", ".",
                ["ns.outside.invalid\tA\t192.0.2.9"])
    return [sign(folder, root, "bind", "nsec"),
            make(folder, "served.zone", "served.")]


def make_all(folder):
    return make_unsigned(folder) + make_signed(folder)


def main(folder):
    """Makes the signed zones, and three lists of them: "zones" with a name and a
    file a line, "anchors" with the DS records of the parents, and "keys" with
    their key-signing keys."""
    with open(os.path.join(folder, "zones"), "w") as zones, \
            open(os.path.join(folder, "anchors"), "w") as anchors, \
            open(os.path.join(folder, "keys"), "w") as keys:
        for zone in make_signed(folder):
            print(zone.name, zone.file, file=zones)
            if not zone.name.startswith("served."):
                anchors.write(dns_signers.ds_of(zone.name, zone.file, folder))
                keys.writelines(dns_signers.keys_of(zone.file))


if __name__ == "__main__":
    main(sys.argv[1])
