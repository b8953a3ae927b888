"""The zones that are served and their questions: made by make_zone.py, signed by
ldns-signzone, and kept in BUILD/bench/zones as long as make_zone.py is the same.
"""

import glob
import os
import shutil
import subprocess
import tempfile
from types import SimpleNamespace

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.path.abspath(os.environ.get("BUILD", "build"))
MAKER = f"{HERE}/make_zone.py"
NAMES = 10_000

# Of a work's zone: kind, names, and how to sign it.
NSEC, NSEC3 = [], ["-n", "-t", "0"]
ZONES = {
    "plain": ("plain", NAMES, None),
    "1m": ("plain", 1_000_000, None),
    "edns": ("edns", NAMES, None),
    "wild": ("wild", NAMES, None),
    "alias": ("alias", NAMES, None),
    "referral": ("referral", NAMES, None),
    "signed": ("signed", NAMES, NSEC),
    "signed3": ("signed", NAMES, NSEC3),
}


def sign(path, words):
    """Signs the zone in PATH with a new key, for as long as it may be used."""
    with tempfile.TemporaryDirectory() as folder:
        key = subprocess.run(
            ["ldns-keygen", "-a", "ECDSAP256SHA256", "-k", "bench.test"],
            check=True, cwd=folder, stdout=subprocess.PIPE,
            text=True).stdout.strip()
        subprocess.run(
            ["ldns-signzone"] + words +
            ["-i", "20250101000000", "-e", "20371231235959", "-f", path,
             path, key], check=True, cwd=folder)


def is_current(path):
    return (os.path.exists(path) and
            os.path.getmtime(path) > os.path.getmtime(MAKER))


def make(path, words):
    with open(path, "w") as out:
        subprocess.run([MAKER] + words, check=True, stdout=out)


def zone_of(name, folder):
    """The zone NAME and its questions in FOLDER, which peers may read."""
    kind, count, signing = ZONES[name]
    kept = f"{BUILD}/bench/zones/{name}"
    os.makedirs(os.path.dirname(kept), exist_ok=True)
    if not (is_current(f"{kept}.zone") and is_current(f"{kept}.queries")):
        make(f"{kept}.queries", [str(count), kind, "--queries"])
        make(f"{kept}.new", [str(count), kind])
        if signing is not None:
            sign(f"{kept}.new", signing)
        os.rename(f"{kept}.new", f"{kept}.zone")
    found = SimpleNamespace(zone=f"{folder}/{name}.zone",
                            queries=f"{folder}/{name}.queries")
    if not os.path.exists(found.zone):
        for path in glob.glob(f"{kept}.*"):
            shutil.copy(path, folder)
    return found
