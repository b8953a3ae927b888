"""Three programs that sign a zone, each in four ways: with NSEC (RFC 4034), with
NSEC3 (RFC 5155), the same with opt-out, and with a salt and iterations.
"""

import os
import re
import subprocess

WAYS = ("nsec", "nsec3", "optout", "salted")
SALT, ITERATIONS = "ab12cd34", 3
ALGORITHM = "ECDSAP256SHA256"


def run(words, folder, output=subprocess.DEVNULL):
    done = subprocess.run(words, cwd=folder, stdin=subprocess.DEVNULL,
                          stdout=output, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)}:\n{done.stderr}")
    return done.stdout


def make_keys(zone, folder):
    """The stems of the files of two new keys."""
    return [run(["dnssec-keygen", "-q", "-a", ALGORITHM] + kind + [zone],
                folder, subprocess.PIPE).strip()
            for kind in ([], ["-f", "KSK"])]


def sign_by_ldns(zone, way, source, folder):
    signed = os.path.join(folder, "signed")
    how = {"nsec": [], "nsec3": ["-n", "-t", "0"],
           "optout": ["-n", "-p", "-t", "0"],
           "salted": ["-n", "-t", str(ITERATIONS), "-s", SALT]}[way]
    run(["ldns-signzone"] + how + ["-f", signed, "-o", zone, source]
        + make_keys(zone, folder), folder)
    # It writes these letters in a name as they are, which nobody reads.
    with open(signed) as file:
        text = file.read().replace('quo"te', 'quo\\"te')
    text = text.replace("at@sign", "at\\@sign")
    with open(signed, "w") as file:
        file.write(text)
    return signed


def sign_by_bind(zone, way, source, folder):
    how = {"nsec": [], "nsec3": ["-3", "-"], "optout": ["-3", "-", "-A"],
           "salted": ["-3", SALT, "-H", str(ITERATIONS)]}[way]
    make_keys(zone, folder)
    run(["dnssec-signzone", "-q", "-S", "-K", folder, "-P", "-x", "-O", "full"]
        + how + ["-f", "signed", "-o", zone, source], folder)
    return os.path.join(folder, "signed")


def sign_by_knot(zone, way, source, folder):
    how = {"nsec": "off", "nsec3": "on", "salted": "on",
           "optout": "on\n    nsec3-opt-out: on"}[way]
    salt = len(SALT) // 2 if way == "salted" else 0
    with open(os.path.join(folder, "knot.conf"), "w") as file:
        file.write(f"""server:
  rundir: {folder}
database:
  storage: {folder}
policy:
  - id: way
    algorithm: {ALGORITHM}
    cds-cdnskey-publish: none
    nsec3: {how}
    nsec3-iterations: {ITERATIONS if way == "salted" else 0}
    nsec3-salt-length: {salt}
zone:
  - domain: "{zone}"
    file: "{source}"
    semantic-checks: off
    dnssec-signing: on
    dnssec-policy: way
""")
    run(["kzonesign", "-c", "knot.conf", "-o", folder, zone], folder)
    return os.path.join(folder, os.path.basename(source))


SIGNERS = {"ldns": sign_by_ldns, "bind": sign_by_bind, "knot": sign_by_knot}


def ds_of(zone, signed, folder):
    """The DS records of the zone in the file SIGNED, one a line."""
    return run(["dnssec-dsfromkey", "-2", "-f", signed, zone], folder,
               subprocess.PIPE)


def keys_of(signed):
    """Its DNSKEY records with the flag of a secure entry point, one a line."""
    with open(signed) as file:
        return [line for line in file if re.search(r"\sDNSKEY\s+257\s", line)]
