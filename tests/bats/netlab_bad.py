#!/usr/bin/env python3
"""netlab_bad.py NETLAB VERB…: the client beside servers that misbehave
(bad_server.py), and with options that are wrong.

Prints a line for each case that does not end as it should: with its exit status
and, unless that is 0, one line on standard error that begins with "netlab: ";
and with no control characters on standard output but ends of lines and tabs.
Exits with 1 where there is any.
"""

import concurrent.futures
import os
import re
import subprocess
import sys
import tempfile

import bad_server

GOOD, USAGE, NEGATIVE, HTTP_CLIENT, HTTP_SERVER, NO_REPLY, MALFORMED = 0, 1, 2, 4, 5, 9, 10

# --timeout: where nothing comes; where something comes that does not end the wait;
# and where it must not come to that.
SOON, LATER, LATE = "1", "2", "30"
JUDGE_SECONDS = 60  # a client that takes longer hangs

SILENCE, _ = os.pipe()  # a user who types nothing, and stays

CONTROLS = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xa8-\xae]")

DNS = ["dns", "www.example.test", "@PLACE"]
SMALL = ["time", "daytime", "qotd", "hello"]
SAID = ["echo", "upper"]

# The arguments, in which PLACE becomes the server's HOST:PORT; the server, of
# bad_server.py; the exit status, and a part of the complaint.
CASES = {
    "dns": [(DNS + more, *row) for more, row in [
        ([], ("dns_good", GOOD, "")),
        ([], ("dns_nxdomain", GOOD, "")),
        ([], ("dns_nodata", GOOD, "")),
        (["--fail"], ("dns_nxdomain", NEGATIVE, "NXDOMAIN")),
        (["--fail"], ("dns_nodata", NEGATIVE, "no ")),
        ([], ("dns_formerr", NEGATIVE, "FORMERR")),
        ([], ("dns_servfail", NEGATIVE, "SERVFAIL")),
        ([], ("dns_notimp", NEGATIVE, "NOTIMP")),
        ([], ("dns_refused_rcode", NEGATIVE, "REFUSED")),
        ([], ("silent", NO_REPLY, "no answer in time$")),
        ([], ("refused", NO_REPLY, "refused")),
        ([], ("dns_wrong_id", NO_REPLY, "wrong id")),
        ([], ("dns_wrong_id_first", GOOD, "")),
        ([], ("dns_wrong_question", NO_REPLY, "another question")),
        ([], ("dns_query_back", NO_REPLY, "no response")),
        ([], ("dns_elsewhere", NO_REPLY, "no answer in time$")),
        ([], ("dns_flood", NO_REPLY, "wrong id")),
        ([], ("dns_short", MALFORMED, "")),
        ([], ("dns_head_alone", MALFORMED, "")),
        ([], ("dns_garbage", MALFORMED, "")),
        ([], ("dns_cut", MALFORMED, "")),
        ([], ("dns_counts", MALFORMED, "")),
        ([], ("dns_rdlength", MALFORMED, "")),
        ([], ("dns_loop", MALFORMED, "")),
        ([], ("dns_label", MALFORMED, "")),
        ([], ("dns_address_of_3", MALFORMED, "")),
        ([], ("dns_harmful", GOOD, "")),
        (["--short"], ("dns_harmful", GOOD, "")),
        (["--json", "--explain"], ("dns_harmful", GOOD, "")),
        (["--hex", "--explain"], ("dns_harmful", GOOD, "")),
        (["--hex=plain"], ("dns_garbage", MALFORMED, "")),
        (["--explain"], ("dns_loop", MALFORMED, "")),
        (["--json", "--explain"], ("dns_cut", MALFORMED, "")),
        ([], ("dns_tc_good", GOOD, "")),
        ([], ("dns_tc_refused", NO_REPLY, "TCP: .*refused")),
        ([], ("dns_tc_silent", NO_REPLY, "TCP: no answer in time")),
        (["-t"], ("dns_good", GOOD, "")),
        (["-t"], ("dns_servfail", NEGATIVE, "SERVFAIL")),
        (["-t"], ("silent", NO_REPLY, "no answer in time")),
        (["-t"], ("refused", NO_REPLY, "refused")),
        (["-t"], ("closes", NO_REPLY, "closed without an answer")),
        (["-t"], ("resets", NO_REPLY, "reset")),
        (["-t"], ("drips", NO_REPLY, "no answer in time")),
        (["-t"], ("dns_wrong_id", MALFORMED, "wrong id")),
        (["-t"], ("dns_wrong_question", MALFORMED, "another question")),
        (["-t"], ("dns_query_back", MALFORMED, "no response")),
        (["-t"], ("dns_short", MALFORMED, "")),
        (["-t"], ("dns_cut", MALFORMED, "")),
        (["-t"], ("dns_loop", MALFORMED, "")),
        (["-t"], ("dns_tcp_cut", MALFORMED, "truncated")),
        (["-t"], ("dns_tcp_empty", MALFORMED, "")),
        (["-t"], ("dns_tcp_half_a_length", MALFORMED, "truncated")),
        (["-t"], ("dns_tcp_huge", NO_REPLY, "no answer in time")),
        (["-t"], ("dns_tcp_drip", NO_REPLY, "no answer in time")),
        (["-t"], ("dns_tcp_endless", GOOD, "")),
        (["axfr"], ("silent", NO_REPLY, "no answer in time")),
        (["axfr"], ("refused", NO_REPLY, "refused")),
        (["axfr"], ("closes", NO_REPLY, "closed")),
        (["axfr"], ("dns_refused_rcode", NEGATIVE, "REFUSED")),
        (["axfr"], ("dns_good", MALFORMED, "")),
        (["axfr"], ("dns_axfr_endless", MALFORMED, "")),
    ]],
    "ntp": [(["ntp", "PLACE"] + more, *row) for more, row in [
        ([], ("ntp_good", GOOD, "")),
        ([], ("ntp_kiss_rate", NEGATIVE, "kiss-o'-death RATE")),
        (["--json"], ("ntp_kiss_deny", NEGATIVE, "kiss-o'-death DENY")),
        (["-c", "3"], ("ntp_kiss_deny", NEGATIVE, "kiss-o'-death DENY")),
        ([], ("ntp_kiss_unknown", NEGATIVE, "kiss-o'-death XYZ")),
        ([], ("ntp_kiss_harmful", NEGATIVE, "not synchronised")),
        ([], ("ntp_unsynchronised", NEGATIVE, "not synchronised: leap 3")),
        ([], ("ntp_stratum_16", NEGATIVE, "not synchronised: .*stratum 16")),
        ([], ("ntp_distant", NEGATIVE, "wrong by 20")),
        ([], ("ntp_backward", NEGATIVE, "not to be trusted")),
        ([], ("silent", NO_REPLY, "no answer in time$")),
        (["-c", "1", "--json"], ("silent", NO_REPLY, "no answer in time$")),
        ([], ("refused", NO_REPLY, "refused")),
        ([], ("ntp_wrong_origin", NO_REPLY, "wrong origin")),
        ([], ("ntp_wrong_origin_first", GOOD, "")),
        (["-c", "2"], ("ntp_lossy", GOOD, "")),
        ([], ("ntp_elsewhere", NO_REPLY, "no answer in time$")),
        ([], ("ntp_flood", NO_REPLY, "wrong origin")),
        ([], ("ntp_short", MALFORMED, "truncated: 47 of 48")),
        ([], ("ntp_empty", MALFORMED, "truncated: 0 of 48")),
        ([], ("ntp_garbage", MALFORMED, "truncated")),
        ([], ("ntp_query_back", MALFORMED, "mode 3")),
        ([], ("ntp_version", MALFORMED, "version 7")),
        ([], ("ntp_timeless", MALFORMED, "no time")),
        ([], ("ntp_behind", MALFORMED, "malformed behind")),
        ([], ("ntp_harmful", GOOD, "")),
        (["--json", "--explain"], ("ntp_harmful", GOOD, "")),
        (["--hex", "--explain"], ("ntp_behind", MALFORMED, "")),
        ([], ("ntp_far", GOOD, "")),
    ]],
    "get": [(["get", "http://PLACE/"] + more, *row) for more, row in [
        ([], ("http_good", GOOD, "")),
        ([], ("http_404", HTTP_CLIENT, "404")),
        ([], ("http_500", HTTP_SERVER, "503")),
        ([], ("silent", NO_REPLY, "no answer in time")),
        ([], ("refused", NO_REPLY, "refused")),
        ([], ("closes", NO_REPLY, "closed without an answer")),
        ([], ("resets", NO_REPLY, "reset")),
        ([], ("http_garbage", MALFORMED, "")),
        ([], ("http_not_http", MALFORMED, "")),
        ([], ("http_cut_head", MALFORMED, "")),
        ([], ("http_cut_content", MALFORMED, "")),
        ([], ("http_length_huge", MALFORMED, "")),
        ([], ("http_length_negative", MALFORMED, "")),
        ([], ("http_lengths", MALFORMED, "")),
        ([], ("http_length_and_chunks", MALFORMED, "")),
        ([], ("http_chunk_bad", MALFORMED, "")),
        ([], ("http_chunk_cut", MALFORMED, "")),
        ([], ("http_chunk_huge", MALFORMED, "")),
        ([], ("http_chunk_unfinished", MALFORMED, "")),
        ([], ("http_head_endless", MALFORMED, "")),
        ([], ("http_line_endless", MALFORMED, "")),
        ([], ("http_trailer_endless", MALFORMED, "")),
        ([], ("http_continue_endless", MALFORMED, "")),
        ([], ("http_drip", NO_REPLY, "no answer in time")),
        ([], ("http_content_silent", NO_REPLY, "in time")),
        ([], ("http_version", MALFORMED, "")),
        ([], ("http_status", MALFORMED, "")),
        (["--explain"], ("http_harmful", GOOD, "")),
        (["--hex"], ("http_harmful", GOOD, "")),
        (["--json", "--explain"], ("http_garbage", MALFORMED, "")),
        (["--explain"], ("http_escape", MALFORMED, "")),
        (["-o", "/nonexistent/x"], ("http_good", USAGE, "No such file")),
        (["-o", "/dev/full"], ("http_good", USAGE, "No space")),
        (["-L"], ("http_redirect_loop", NEGATIVE, "redirects")),
        (["-L"], ("http_redirect_bad", MALFORMED, "")),
    ]],
    "small": [
        *[([verb, "PLACE"] + more, *row) for verb in SMALL for more, row in [
            ([], ("silent", NO_REPLY, "no answer in time")),
            ([], ("refused", NO_REPLY, "refused")),
            ([], ("closes", NO_REPLY, "closed without an answer")),
            ([], ("drips", NO_REPLY if verb != "time" else MALFORMED, "")),
            (["-u"], ("silent", NO_REPLY, "no answer in time")),
            (["-u"], ("refused", NO_REPLY, "refused")),
            (["-u"], ("elsewhere", NO_REPLY, "no answer in time")),
            (["-u"], ("empty", MALFORMED, "")),
        ]],
        *[([verb, "PLACE"] + more, *row) for verb in SMALL[1:] for more, row in [
            ([], ("harmful", GOOD, "")),
            (["-u"], ("harmful", GOOD, "")),
            (["--json"], ("harmful", GOOD, "")),
            (["--short"], ("harmful", GOOD, "")),
            (["--hex", "--explain"], ("harmful", GOOD, "")),
            ([], ("endless", MALFORMED, "")),
            ([], ("endless_line", MALFORMED, "")),
        ]],
        *[(["time", "PLACE"] + more, *row) for more, row in [
            ([], ("three_bytes", MALFORMED, "truncated")),
            (["-u"], ("three_bytes", MALFORMED, "truncated")),
            ([], ("five_bytes", MALFORMED, "")),
            (["-u"], ("five_bytes", MALFORMED, "")),
            ([], ("endless", MALFORMED, "")),
            (["-u"], ("long", MALFORMED, "")),
            (["--explain"], ("three_bytes", MALFORMED, "")),
        ]],
    ],
    "said": [
        *[([verb, "PLACE", "hello"] + more, *row) for verb in SAID for more, row in [
            ([], ("silent", NO_REPLY, "no answer in time")),
            ([], ("refused", NO_REPLY, "refused")),
            ([], ("closes", NO_REPLY, "closed without an answer")),
            ([], ("resets", NO_REPLY, "reset")),
            ([], ("drips", MALFORMED if verb == "echo" else NO_REPLY, "")),
            (["-u"], ("silent", NO_REPLY, "no answer in time")),
            (["-u"], ("refused", NO_REPLY, "refused")),
            (["-u"], ("elsewhere", NO_REPLY, "no answer in time")),
            (["-u"], ("empty", MALFORMED, "")),
        ]],
        (["echo", "PLACE", "hello"], "one_byte", MALFORMED, ""),
        (["echo", "PLACE", "hello"], "other_words", MALFORMED, "not what was said"),
        (["echo", "PLACE", "hello"], "endless", MALFORMED, "not what was said"),
        (["echo", "PLACE", "hello"], "harmful_answer", MALFORMED, "not what was said"),
        (["echo", "-u", "PLACE", "hello"], "one_byte", MALFORMED, "not what was said"),
        (["echo", "-u", "PLACE", "hello"], "long", MALFORMED, "not what was said"),
        (["echo", "-u", "PLACE", "hello", "--json", "--explain"], "harmful", MALFORMED, ""),
        (["upper", "PLACE", "hello"], "harmful_answer", GOOD, ""),
        (["upper", "-u", "PLACE", "hello"], "harmful", GOOD, ""),
        (["upper", "PLACE", "hello"], "endless_line", MALFORMED, ""),
        (["discard", "PLACE", "hello"], "refused", NO_REPLY, "refused"),
        (["discard", "PLACE", "hello"], "drains", GOOD, ""),
        (["discard", "PLACE", "hello"], "silent", NO_REPLY, "no answer in time"),
        (["discard", "PLACE", "hello"], "harmful_answer", MALFORMED, ""),
        (["discard", "-u", "PLACE", "hello"], "refused", NO_REPLY, "refused"),
        (["discard", "-u", "PLACE", "hello"], "harmful", MALFORMED, ""),
        (["chargen", "PLACE"], "silent", NO_REPLY, "no answer in time"),
        (["chargen", "PLACE"], "refused", NO_REPLY, "refused"),
        (["chargen", "PLACE"], "closes", MALFORMED, "truncated"),
        (["chargen", "PLACE"], "endless", GOOD, ""),
        (["chargen", "PLACE"], "endless_line", MALFORMED, ""),
        (["chargen", "PLACE"], "drips", NO_REPLY, "no answer in time"),
        (["chargen", "PLACE"], "harmful", MALFORMED, ""),
        (["chargen", "-u", "PLACE"], "silent", NO_REPLY, "no answer in time"),
        (["chargen", "-u", "PLACE"], "refused", NO_REPLY, "refused"),
        (["chargen", "-u", "PLACE"], "harmful", GOOD, ""),
    ],
    "chat": [(["chat", "PLACE", "-n", "ann"] + more, *row) for more, row in [
        ([], ("silent", NO_REPLY, "no answer in time")),
        ([], ("refused", NO_REPLY, "refused")),
        ([], ("closes", NO_REPLY, "closed")),
        ([], ("resets", NO_REPLY, "reset")),
        ([], ("harmful", NO_REPLY, "closed")),
        ([], ("long", NO_REPLY, "closed")),
        (["-u"], ("silent", NO_REPLY, "no answer in time")),
        (["-u"], ("refused", NO_REPLY, "refused")),
        (["-u"], ("empty", NO_REPLY, "no answer in time")),
        (["-u"], ("elsewhere", NO_REPLY, "no answer in time")),
    ]] + [(["chat", "--peer", "PLACE", "-n", "ann"] + more, *row) for more, row in [
        ([], ("silent", NO_REPLY, "no answer in time")),
        ([], ("refused", NO_REPLY, "refused")),
        ([], ("closes", NO_REPLY, "closed")),
        ([], ("resets", NO_REPLY, "reset")),
        ([], ("harmful", GOOD, "")),
        ([], ("long", GOOD, "")),
        (["-u"], ("silent", NO_REPLY, "no answer in time")),
        (["-u"], ("refused", NO_REPLY, "refused")),
        (["-u"], ("elsewhere", NO_REPLY, "no answer in time")),
    ]],
    "files": [
        (["explain", "dns", "1a2b"], None, MALFORMED, "malformed: byte 2"),
        (["explain", "ntp", "24 00"], None, MALFORMED, "Truncated"),
        (["explain", "eth", "00 11"], None, MALFORMED, "cut off"),
        (["explain", "dns", "FOLDER/noise"], None, MALFORMED, "malformed"),
        (["explain", "--json", "dns", "FOLDER/noise"], None, MALFORMED, "malformed"),
        (["explain", "http", "FOLDER/noise"], None, MALFORMED, "malformed"),
        (["explain", "nonsense", "00"], None, USAGE, "not hexadecimal"),
        (["explain", "dns", "1"], None, USAGE, "half a byte"),
        (["explain", "dns", "FOLDER/nonexistent"], None, USAGE, "No such file"),
        (["explain", "dns", "FOLDER/empty"], None, USAGE, "empty"),
        (["explain", "dns", "-"], None, USAGE, "empty"),
        (["explain", "dns", "FOLDER"], None, USAGE, "directory"),
        (["sniff", "--read", "FOLDER/nonexistent"], None, USAGE, "No such file"),
        (["sniff", "--read", "FOLDER/noise"], None, USAGE, "unknown file format"),
        (["sniff", "--read", "FOLDER/empty"], None, USAGE, "truncated"),
        (["sniff", "--read", "FOLDER/cut"], None, MALFORMED, "truncated"),
        (["sniff", "--read", "FOLDER/cut", "nonsense ("], None, USAGE, "filter"),
        (["sniff", "--read", "FOLDER/cut", "--write", "FOLDER/no/x"], None, USAGE, "No such"),
    ],
    "options": [
        *[(words, None, USAGE, "") for verb, rest in [
            ("dns", ["a.test", "@PLACE"]), ("ntp", ["PLACE"]), ("get", ["PLACE"]),
            ("time", ["PLACE"]), ("daytime", ["PLACE"]), ("qotd", ["PLACE"]),
            ("hello", ["PLACE"]), ("echo", ["PLACE", "x"]), ("upper", ["PLACE", "x"]),
            ("discard", ["PLACE", "x"]), ("chargen", ["PLACE"]), ("chat", ["PLACE"]),
            ("sniff", []), ("explain", ["dns", "query"]), ("status", []),
        ] for words in [
            [verb, "--nonsense", *rest], [verb, "-?", *rest], [verb, "--timeout", "x", *rest],
            [verb, "--timeout", "0", *rest], [verb, "--timeout", "nan", *rest],
            [verb, "--port", "0", *rest], [verb, "--port", "65536", *rest],
            [verb, "--port"], [verb, "--color=blue", *rest], [verb, "--ipv4=yes", *rest],
            [verb] + rest + ["one", "two", "three", "four"],
        ]],
        *[([verb], None, USAGE, "too few") for verb in
          ["ntp", "get", "time", "daytime", "qotd", "hello", "echo", "upper", "discard",
           "chargen"]],
        *[([verb, "-p", "0x", "host"], None, USAGE, "--port") for verb in ["ntp", "time"]],
        *[([verb, place], None, USAGE, "HOST") for verb in ["ntp", "time", "echo"]
          for place in ["host:0", "host:65536", "host:x", ":", "[::1", "[]:1", "x" * 300]],
        (["dns", "a..test", "@PLACE"], None, USAGE, ""),
        (["dns", "x" * 64 + ".test", "@PLACE"], None, USAGE, ""),
        (["dns", "-x", "1.2.3.4.5", "@PLACE"], None, USAGE, ""),
        (["dns", "--bufsize", "100", "a.test"], None, USAGE, ""),
        (["ntp", "--version", "5", "PLACE"], None, USAGE, "--version"),
        (["ntp", "--count", "0", "PLACE"], None, USAGE, "--count"),
        (["get", "https://PLACE/"], None, USAGE, ""),
        (["get", "http://"], None, USAGE, ""),
        (["get", "-H", "no colon", "PLACE"], None, USAGE, ""),
        (["chat"], None, USAGE, "one of HOST"),
        (["chat", "--peer"], None, USAGE, "--peer needs"),
        (["chat", "--listen=0"], None, USAGE, "--listen"),
        (["chat", "--listen", "--peer", "PLACE"], None, USAGE, "one of HOST"),
        (["chat", "-n", "a b", "PLACE"], None, USAGE, "--name"),
        (["sniff", "--count", "0"], None, USAGE, "--count"),
        (["status", "--config", "/nonexistent"], None, USAGE, ""),
        (["nonsense"], None, USAGE, "no verb"),
        (["help", "nonsense"], None, USAGE, ""),
    ],
}


def make_files(folder):
    """What the cases of "files" read."""
    with open(os.path.join(os.path.dirname(__file__), "netlab_sniff.pcap"), "rb") as file:
        packets = file.read()
    noise = bytes(range(256)) + bad_server.HARMFUL * 8
    for name, content in [("empty", b""), ("noise", noise), ("cut", packets[:100])]:
        with open(os.path.join(folder, name), "wb") as file:
            file.write(content)


def problems_of(ended, status, pattern):
    """What is wrong with how the client ended: a list of words."""
    if ended.returncode != status:
        yield f"exit status {ended.returncode}, not {status}"
    complaints = ended.stderr.decode("utf-8", "replace").splitlines()
    if b"Sanitizer" in ended.stderr or b"runtime error" in ended.stderr:
        yield "a sanitizer's report"
    if len(complaints) != (status != GOOD):
        yield f"{len(complaints)} lines on standard error"
    if complaints and not all(line.startswith("netlab: ") for line in complaints):
        yield "a complaint that does not begin with netlab:"
    if complaints and not re.search(pattern, complaints[0]):
        yield f"a complaint that does not match {pattern!r}"
    if CONTROLS.search(ended.stdout) or CONTROLS.search(ended.stderr):
        yield "control characters"


def ask(netlab, case, ports, folder):
    """What is wrong with CASE, or an empty text."""
    words, server, status, pattern = case
    place = f"127.0.0.1:{ports.get(server, 9)}"
    timeout = LATE
    if status == NO_REPLY and not re.search("refused|closed|reset", pattern):
        timeout = SOON if pattern.startswith("no answer") else LATER
    elif server == "ntp_lossy":
        timeout = SOON
    arguments = [word.replace("PLACE", place).replace("FOLDER", folder) for word in words]
    if server is not None:
        arguments += ["--timeout", timeout]
    try:
        ended = subprocess.run(
            [netlab, *arguments], stdin=SILENCE if words[0] == "chat" else subprocess.DEVNULL,
            capture_output=True,
            timeout=JUDGE_SECONDS, check=False, env={**os.environ, "TERM": "dumb"})
    except subprocess.TimeoutExpired:
        return f"{server}: {' '.join(arguments)}\n  hangs"
    problems = list(problems_of(ended, status, pattern))
    if not problems:
        return ""
    return "\n".join([f"{server}: {' '.join(arguments)[:200]}", *("  " + p for p in problems),
                      f"  {ended.stderr[:2000]!r}", f"  {ended.stdout[-300:]!r}"])


def is_hasty(case):
    """Whether the client of CASE gives the server less time than a busy machine takes."""
    return case[1] == "ntp_lossy" or case[0][:2] == ["discard", "-u"]


def main(netlab, groups):
    cases = [case for group in groups for case in CASES[group]]
    started = {name: bad_server.start(bad_server.SERVERS[name])
               for name in {case[1] for case in cases} - {None}}
    ports = {name: port for name, (port, _) in started.items()}
    # Those that wait for long first: they do not work.
    cases.sort(key=lambda case: case[2] != NO_REPLY)
    with tempfile.TemporaryDirectory() as folder, \
            concurrent.futures.ThreadPoolExecutor(64) as pool:
        make_files(folder)
        asked = list(pool.map(lambda case: ask(netlab, case, ports, folder), cases))
        # Some once more, when nobody else asks.
        for at, case in enumerate(cases):
            if asked[at] and is_hasty(case):
                asked[at] = ask(netlab, case, ports, folder)
        wrong = [text for text in asked if text]
    print("\n".join(wrong) if wrong else f"{len(cases)} cases", flush=True)
    os._exit(1 if wrong else 0)  # the servers' threads wait for ever


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
