#!/usr/bin/env python3
"""netlab dns beside dig, kdig and delv: the same questions to netlabd, NSD, Knot and
BIND, which serve the same zones, one of them signed.

    netlab_dns.py FOLDER PIDS PORT PORT PORT PORT

All RRsets of the zones, names that are not there and referrals are asked for,
with DO. What netlab prints as JSON has dig's flags, RCODE and records, and
kdig's JSON has the same data in the same words, and delv's short answers; zones that come in are the same
for named-compilezone; truncated answers are as dig has them.
"""

import argparse
import concurrent.futures
import contextlib
import itertools
import json
import os
import re
import subprocess
import sys

import dns_servers
import dns_wire
import dns_zones

NETLAB = dns_servers.Netlabd.program.removesuffix("d")
FLAGS = {"QR": "qr", "AA": "aa", "TC": "tc", "RD": "rd", "RA": "ra", "AD": "ad",
         "CD": "cd"}
SECTIONS = ("answer", "authority", "additional")
# Types that BIND has no other words for.
PLAIN = ("A", "AAAA", "NS", "MX", "SRV", "PTR", "CNAME", "DNAME", "SOA", "TXT",
         "HINFO", "DS", "NSEC3PARAM", "TLSA", "SSHFP", "RP", "KX")
# What the zone does not say.
MORE = ("gone A", "a.gone MX", "www SRV", "c.ent A", "www.child A",
        "www.insecure AAAA", "any.wild TXT", "x.dn A", "www.elsewhere A")


def run(*words, status=(0,), **more):
    done = subprocess.run(words, capture_output=True, text=True, timeout=60,
                          **more)
    if done.returncode not in status:
        raise RuntimeError(f"{words}: {done.returncode}\n{done.stderr}")
    return done


# ------------------------------------------------------------------- as dig has it

def read_dig(text):
    """For each answer: (rcode, flags, sections), a section being a set of
    (owner, ttl, class, type, data)."""
    for block in text.split(";; Got answer:")[1:]:
        rcode = re.search(r"status: (\w+)", block)[1]
        flags = set(re.search(r"flags: ([a-z ]*);", block)[1].split())
        sections = []
        for name in SECTIONS:
            lines = re.search(rf";; {name.upper()} SECTION:\n(.*?)(\n\n|$)",
                              block, re.S)
            sections.append({read_line(line) for line in
                             (lines[1].splitlines() if lines else ())})
        yield rcode, flags, sections


def read_line(line):
    """Of +unknownformat."""
    owner, ttl, kind, number, _, length, *data = line.split()
    data = "".join(data).upper()
    assert len(data) == 2 * int(length), line
    return (dns_wire.name_of(owner), int(ttl), int(kind.removeprefix("CLASS")),
            int(number.removeprefix("TYPE")), data)


def dig_all(folder, port, questions, *flags):
    path = os.path.join(folder, f"questions.{port}")
    with open(path, "w") as file:
        for name, number in questions:
            print(f"-q {dns_wire.text_of(name)} -t {number}", file=file)
    out = run("dig", "@127.0.0.1", "-p", str(port), "+norec", "+dnssec",
              "+unknownformat", "+noall", "+comments", "+answer", "+authority",
              "+additional", "+nosplit", "+tries=3", "+time=10", *flags, "-f",
              path).stdout
    return list(read_dig(out))


# ---------------------------------------------------------------- as netlab has it

def ask_netlab(port, name, number, *flags):
    done = run(NETLAB, "dns", f"@127.0.0.1:{port}", "--json", "--dnssec",
               "--no-recurse", *flags, "--", dns_wire.text_of(name), number,
               status=(0, 2))
    return json.loads(done.stdout), done


def read_records(records):
    return {(dns_wire.name_of(r["NAME"]), r["TTL"], r["CLASS"], r["TYPE"],
             r["RDATAHEX"]) for r in records if r["TYPE"] != dns_wire.OPT}


def read_netlab(said):
    flags = {short for key, short in FLAGS.items() if said[key]}
    return (said["RCODEname"], flags,
            [read_records(said[f"{name}RRs"]) for name in SECTIONS])


# ------------------------------------------------------------------------ comparing

class Differences(list):
    def compare(self, what, expected, got):
        if expected != got:
            self.append(f"{what}:\n    {expected}\n    {got}")


def compare_messages(server, folder, questions, found):
    asked = dig_all(folder, server.port, questions)
    assert len(asked) == len(questions), (len(asked), len(questions))
    for (name, number), expected in zip(questions, asked):
        said, _ = ask_netlab(server.port, name, number)
        found.compare(f"{server.name} {dns_wire.text_of(name)} {number}",
                      expected, read_netlab(said))
        assert len(said["questionRRs"]) == 1
        assert said["QTYPEname"] == number, said


def compare_truncated(server, folder, questions, found):
    """As it came by UDP."""
    for size in "512", "1232":
        asked = dig_all(folder, server.port, questions, "+ignore",
                        f"+bufsize={size}")
        for (name, number), expected in zip(questions, asked):
            said, done = ask_netlab(server.port, name, number, "--no-retry",
                                    "--bufsize", size)
            # Which records of many are left is another matter.
            found.compare(f"{server.name} {dns_wire.text_of(name)} {number}, "
                          f"{size}", expected[:2], read_netlab(said)[:2])
            assert ("truncated" in done.stderr) == said["TC"], done


def compare_words(server, questions, found):
    """RDATA in the words of kdig, names and all."""
    for name, number in questions:
        text = dns_wire.text_of(name)
        kdig = json.loads(run(
            "kdig", "@127.0.0.1", "-p", str(server.port), "+json", "+norec",
            "+dnssec", "+noidn", "-q", text, "-t", number).stdout)
        said, _ = ask_netlab(server.port, name, number)
        for section in SECTIONS:
            found.compare(
                f"{server.name} kdig {text} {number}",
                *(sorted(words_of(record) for record in
                         one.get(f"{section}RRs", ())
                         if record["TYPE"] != dns_wire.OPT)
                  for one in (kdig, said)))


def compare_short(server, questions, found):
    """The answer alone, as delv has it; each RRset that the zone itself
    answers with."""
    for name, number in questions:
        said, done = ask_netlab(server.port, name, number, "--short", "--fail")
        if done.returncode != 0 or number not in PLAIN:
            continue
        text = dns_wire.text_of(name)
        delv = run("delv", "-i", "@127.0.0.1", "-p", str(server.port), "+short",
                   "-q", text, "-t", number).stdout
        short = run(NETLAB, "dns", f"@127.0.0.1:{server.port}", "--short", "--",
                    text, number).stdout
        found.compare(f"{server.name} delv {text} {number}",
                      *(sorted("".join(line.split()).lower() for line in
                               one.splitlines()) for one in (delv, short)))


def words_of(record):
    """The data both in bytes and in words, as far as these are one's choice:
    blanks at the end, quotes, LOC's zeroes, and names' letters are not."""
    kind = record["TYPEname"]
    words = record.get(f"rdata{kind}", "").strip()
    if kind in ("SVCB", "HTTPS"):
        words = words.replace('"', "")
    if kind not in ("TXT", "SPF"):
        words = words.lower()
    if kind == "LOC" or kind.startswith("TYPE"):
        words = ""
    return (record["TYPE"], kind, record["CLASSname"], record["TTL"],
            record["RDLENGTH"], record.get("RDATAHEX", ""), words)


def compile_zone(folder, name, text):
    path = os.path.join(folder, "transferred")
    with open(path, "w") as file:
        file.write(text)
    return run("named-compilezone", "-i", "none", "-k", "ignore", "-n", "ignore",
               "-m", "ignore", "-M", "ignore", "-S", "ignore", "-W", "ignore",
               "-o", "-", name, path).stdout


def compare_zones(server, folder, found):
    for name in server.zones:
        apex = name if name.endswith(".") else name + "."
        dig = run("dig", "@127.0.0.1", "-p", str(server.port), apex, "AXFR",
                  "+noall", "+answer", "+onesoa").stdout
        done = run(NETLAB, "dns", f"@127.0.0.1:{server.port}", apex, "axfr")
        found.compare(f"{server.name} AXFR {name}",
                      compile_zone(folder, name, dig).splitlines(),
                      compile_zone(folder, name, done.stdout).splitlines())


# -------------------------------------------------------------------------- the zones

def questions_of(folder, server, zone):
    """Each RRset of ZONE, as a transfer has it, and more."""
    out = run("dig", "@127.0.0.1", "-p", str(server.port), zone.name + ".",
              "AXFR", "+noall", "+answer").stdout
    found = dict.fromkeys(
        (dns_wire.name_of(line.split()[0]), line.split()[3])
        for line in out.splitlines())
    for words in MORE:
        name, number = words.split()
        found[dns_wire.name_of(name) + zone.apex, number] = None
    # They come beside what they sign, or deny.
    return [q for q in found if q[1] not in ("RRSIG", "NSEC", "NSEC3")]


def compare(servers, zones, folder):
    found, nsd = Differences(), servers[1]
    for zone in zones:
        questions = questions_of(folder, nsd, zone)
        large = [q for q in questions if q[0][0].startswith(b"big-")]
        print(f"{zone.name}: {len(questions)} questions, {len(large)} large")
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            jobs = list(itertools.chain.from_iterable((
                pool.submit(compare_messages, server, folder, questions, found),
                pool.submit(compare_truncated, server,
                            server.folder, large, found),
            ) for server in servers))
            # The words are those of the records, whoever signed them.
            jobs.append(pool.submit(compare_short, servers[3], questions, found)
                        if zone.is_signed else
                        pool.submit(compare_words, servers[2], questions, found))
            for job in jobs:
                job.result()
    for server in servers[1:]:
        compare_zones(server, folder, found)
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("pids")
    parser.add_argument("ports", type=int, nargs=4)
    parser.add_argument("--show", type=int, default=5)
    arguments = parser.parse_args()
    folder = arguments.folder
    zones = [dns_zones.make_unsigned(folder)[0],
             dns_zones.sign_family(folder, "knot", "nsec3")[0]]
    served = {zone.name: zone.file for zone in zones}
    with contextlib.ExitStack() as stack:
        servers = []
        for kind, port in zip((dns_servers.Netlabd, *dns_servers.PEERS),
                              arguments.ports):
            servers.append(kind(folder, served, port, transfers=True))
            stack.callback(servers[-1].stop)
            servers[-1].start(arguments.pids)
        found = compare(servers, zones, folder)
    for difference in found[:arguments.show]:
        print(difference)
    print(f"{len(found)} differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
