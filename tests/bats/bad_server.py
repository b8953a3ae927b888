#!/usr/bin/env python3
"""bad_server.py [NAME…]: servers on 127.0.0.1 that misbehave, for clients.

Each NAME of SERVERS (default: all) gets a port of its own, UDP and TCP; prints
"NAME PORT" for each, then "ready", and serves until it is killed. NAME@PORT
chooses the port; "ntp_ahead=SECONDS" is a good time server whose clock is so
far ahead.

A server is a pair: what it does with a datagram (a function of the socket, the
datagram and its sender, or None: nobody listens there), and with a connection
(a function of the connection, or None: it is refused).
"""

import signal
import socket
import struct
import sys
import threading
import time

DRIP_SECONDS = 0.05
PATIENCE_SECONDS = 60  # no connection lives longer

# ------------------------------------------------------------- what they share


def silent(*_):
    """A datagram is not answered."""


def drain(connection):
    """A connection is read to its end, and nothing said."""
    while connection.recv(65536):
        pass


def hold(connection):
    """The same, and it is never closed."""
    drain(connection)
    time.sleep(PATIENCE_SECONDS)


def close(connection):
    """A connection is closed. With unread bytes that would be a reset."""
    connection.shutdown(socket.SHUT_WR)
    drain(connection)


def reset(connection):
    connection.recv(65536)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def datagram(*answers):
    """Each datagram is answered with all of ANSWERS: bytes, or functions of it."""
    def answer(server, query, peer):
        for one in answers:
            server.sendto(one(query) if callable(one) else one, peer)
    return answer


def from_elsewhere(answer):
    """The answer comes from another port than was asked."""
    def send(_, query, peer):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
            other.bind(("127.0.0.1", 0))
            other.sendto(answer(query) if callable(answer) else answer, peer)
    return send


def every_other(answer):
    """The first of two datagrams is lost."""
    count = [0]

    def send(server, query, peer):
        count[0] += 1
        if count[0] % 2 == 0:
            server.sendto(answer(query), peer)
    return send


def flood(answer):
    """Answers one after the other for some seconds, none of them good."""
    def send(server, query, peer):
        data = answer(query) if callable(answer) else answer
        end = time.monotonic() + 4

        def run():
            try:
                while time.monotonic() < end:
                    server.sendto(data, peer)
                    time.sleep(0.002)
            except OSError:
                pass
        threading.Thread(target=run, daemon=True).start()
    return send


def stream(data, then=close):
    """A connection gets DATA, after it has said something, and what THEN does."""
    def answer(connection):
        query = connection.recv(65536)
        connection.sendall(data(query) if callable(data) else data)
        then(connection)
    return answer


def unasked(data, then=close):
    """The same for services that speak first."""
    def answer(connection):
        connection.sendall(data)
        then(connection)
    return answer


def drip(data):
    """One byte of DATA at a time, again and again, for ever."""
    def send(connection):
        while True:
            for byte in data:
                connection.sendall(bytes([byte]))
                time.sleep(DRIP_SECONDS)
    return send


def endless(data):
    """DATA again and again, as fast as it is read."""
    def send(connection):
        block = data * max(1, 65536 // len(data))
        while True:
            connection.sendall(block)
    return send


# ------------------------------------------------------------------------- dns

A, TXT, SOA = 1, 16, 6
HARMFUL = b"\x1b]0;owned\x07\x1b[31m\r\n\x00\x9b2J\xe2\x80\xae\xff"


def question_end(query):
    at = 12
    while query[at]:
        at += query[at] + 1
    return at + 5


def record(name, kind, data, length=None):
    return name + struct.pack("!HHIH", kind, 1, 60, len(data) if length is None else length) + data


POINTER = b"\xc0\x0c"
ADDRESS = record(POINTER, A, bytes([192, 0, 2, 1]))


def dns(answers=(ADDRESS,), rcode=0, flags=0x8180, count=None, change_id=0, question=None):
    """A function of a query: its response."""
    def answer(query):
        end = question_end(query)
        asked = query[12:end] if question is None else question
        head = struct.pack(
            "!HHHHHH", struct.unpack("!H", query[:2])[0] ^ change_id, flags | rcode,
            1 if asked else 0, len(answers) if count is None else count, 0, 0)
        return head + asked + b"".join(answers)
    return answer


def cut(answer, length):
    return lambda query: answer(query)[:length]


def framed(answer):
    """The same on TCP, behind its length, of a query behind its own."""
    def message(query):
        data = answer(query[2:])
        return struct.pack("!H", len(data)) + data
    return message


def framed_as(length, answer):
    return lambda query: struct.pack("!H", length) + answer(query[2:])


def both(answer):
    return datagram(answer), stream(framed(answer))


def harmful_name(query):
    label = HARMFUL + b"\x7f.\\ $(reboot)"
    name = bytes([len(label)]) + label + b"\x00"
    text = record(POINTER, TXT, bytes([len(HARMFUL)]) + HARMFUL)
    return dns([text, record(name, A, bytes(4))])(query)



def loop(query):
    """A name whose pointer points at itself: where the answers begin."""
    end = question_end(query)
    return dns([record(struct.pack("!H", 0xc000 | end), A, bytes(4))])(query)


DNS = {
    "dns_good": both(dns()),
    "dns_nxdomain": both(dns([], rcode=3)),
    "dns_nodata": both(dns([])),
    "dns_formerr": both(dns([], rcode=1)),
    "dns_servfail": both(dns([], rcode=2)),
    "dns_notimp": both(dns([], rcode=4)),
    "dns_refused_rcode": both(dns([], rcode=5)),
    "dns_wrong_id": both(dns(change_id=1)),
    "dns_wrong_id_first": (datagram(dns(change_id=1), dns()), None),
    "dns_wrong_question": both(dns(question=b"\x05wrong\x00\x00\x01\x00\x01")),
    "dns_query_back": both(lambda query: query),
    "dns_short": both(lambda query: query[:5]),
    "dns_head_alone": both(cut(dns(), 12)),
    "dns_garbage": both(lambda query: query[:2] + b"\x81\x80" + b"\xff" * 60),
    "dns_cut": both(lambda query: dns()(query)[:-3]),
    "dns_counts": both(dns(count=65535)),
    "dns_rdlength": both(dns([record(POINTER, A, bytes(4), length=65535)])),
    "dns_loop": both(loop),
    "dns_label": both(dns([record(b"\x80\x01", A, bytes(4))])),
    "dns_address_of_3": both(dns([record(POINTER, A, bytes(3))])),
    "dns_harmful": both(harmful_name),
    "dns_elsewhere": (from_elsewhere(dns()), None),
    "dns_flood": (flood(dns(change_id=1)), None),
    "dns_tc_refused": (datagram(dns([], flags=0x8380)), None),
    "dns_tc_silent": (datagram(dns([], flags=0x8380)), hold),
    "dns_tc_good": (datagram(dns([], flags=0x8380)), stream(framed(dns()))),
    "dns_tcp_cut": (None, stream(framed_as(200, dns()))),
    "dns_tcp_empty": (None, stream(b"\x00\x00")),
    "dns_tcp_half_a_length": (None, stream(b"\x00")),
    "dns_tcp_huge": (None, stream(framed_as(65535, dns()), drip(b"x"))),
    "dns_tcp_drip": (None, drip(b"\x00\xff" + b"x" * 255)),
    "dns_tcp_endless": (None, stream(framed(dns()), endless(b"\xff"))),
    "dns_axfr_endless": (None, stream(framed(dns()), endless(b"\x00\x05abcde"))),
}

# ------------------------------------------------------------------------- ntp

NTP_1970 = 2208988800


def stamp(seconds):
    return int((seconds + NTP_1970) * 2**32) & (2**64 - 1)


def ntp(flags=0x24, stratum=2, refid=b"\xc0\x00\x02\x01", delay=0, dispersion=0, ahead=0.0,
        change_origin=0, receive=None, transmit=None, behind=b"", reference=-10.0):
    """A function of a query: its answer."""
    def answer(query):
        if len(query) < 48:
            return b""
        now = time.time() + ahead
        origin = struct.unpack("!Q", query[40:48])[0] ^ change_origin
        return struct.pack(
            "!BBbb2I4s4Q", flags, stratum, 6, -20, delay, dispersion, refid,
            stamp(now + reference), origin, stamp(now) if receive is None else receive,
            stamp(now) if transmit is None else transmit) + behind
    return answer


NTP = {
    "ntp_good": (datagram(ntp()), None),
    "ntp_kiss_rate": (datagram(ntp(0xe4, 0, b"RATE", receive=0, transmit=0)), None),
    "ntp_kiss_deny": (datagram(ntp(0xe4, 0, b"DENY")), None),
    "ntp_kiss_unknown": (datagram(ntp(0xe4, 0, b"XYZ\x00")), None),
    "ntp_kiss_harmful": (datagram(ntp(0xe4, 0, b"\x1b[2J")), None),
    "ntp_unsynchronised": (datagram(ntp(0xe4, 0, bytes(4))), None),
    "ntp_stratum_16": (datagram(ntp(stratum=16)), None),
    "ntp_distant": (datagram(ntp(dispersion=20 << 16)), None),
    "ntp_backward": (datagram(ntp(reference=100.0)), None),
    "ntp_wrong_origin": (datagram(ntp(change_origin=1)), None),
    "ntp_wrong_origin_first": (datagram(ntp(change_origin=1), ntp()), None),
    "ntp_elsewhere": (from_elsewhere(ntp()), None),
    "ntp_flood": (flood(ntp(change_origin=1)), None),
    "ntp_short": (datagram(lambda query: ntp()(query)[:47]), None),
    "ntp_empty": (datagram(b""), None),
    "ntp_garbage": (datagram(b"\xff" * 40), None),
    "ntp_query_back": (datagram(lambda query: query[:24] + query[40:48] + query[32:]), None),
    "ntp_version": (datagram(ntp(0x3c)), None),
    "ntp_timeless": (datagram(ntp(transmit=0)), None),
    "ntp_behind": (datagram(ntp(behind=b"\xff" * 30)), None),
    "ntp_harmful": (datagram(ntp(stratum=1, refid=b"\x1b[2J")), None),
    "ntp_lossy": (every_other(ntp()), None),
    "ntp_far": (datagram(ntp(receive=1, transmit=2**64 - 1)), None),
}

# ------------------------------------------------------------------------ http


def http(text):
    return text.replace("\n", "\r\n").encode("latin-1")


OK = "HTTP/1.1 200 OK\n"
CHUNKED = OK + "Transfer-Encoding: chunked\n\n"

HTTP = {
    "http_good": stream(http(OK + "Content-Length: 5\n\nhello")),
    "http_404": stream(http("HTTP/1.1 404 Not Found\nContent-Length: 4\n\ngone")),
    "http_500": stream(http("HTTP/1.1 503 Service Unavailable\nContent-Length: 0\n\n")),
    "http_garbage": stream(b"\xff\xfe\x00garbage\r\n\r\n"),
    "http_not_http": stream(b"220 mail.example ESMTP ready\r\n"),
    "http_cut_head": stream(http("HTTP/1.1 200 OK\nContent-Le")),
    "http_cut_content": stream(http(OK + "Content-Length: 100\n\nhello")),
    "http_length_huge": stream(http(OK + "Content-Length: 99999999999999999999999\n\nhello")),
    "http_length_negative": stream(http(OK + "Content-Length: -5\n\nhello")),
    "http_lengths": stream(http(OK + "Content-Length: 5\nContent-Length: 6\n\nhello")),
    "http_length_and_chunks": stream(
        http(OK + "Content-Length: 5\nTransfer-Encoding: chunked\n\n0\n\n")),
    "http_chunk_bad": stream(http(CHUNKED + "zz\nhello\n0\n\n")),
    "http_chunk_cut": stream(http(CHUNKED + "64\nhello")),
    "http_chunk_huge": stream(http(CHUNKED + "ffffffffffffffffff\nhello")),
    "http_chunk_unfinished": stream(http(CHUNKED + "5\nhello\n")),
    "http_head_endless": stream(http(OK), endless(b"X-Field: value\r\n")),
    "http_line_endless": stream(b"HTTP/1.1 200 ", endless(b"O")),
    "http_trailer_endless": stream(http(CHUNKED + "0\n"), endless(b"X-Field: value\r\n")),
    "http_continue_endless": stream(b"", endless(b"HTTP/1.1 100 Continue\r\n\r\n")),
    "http_drip": drip(b"HTTP/1.1 200 OK\r\n" + b"X" * 1000),
    "http_content_drip": stream(http(OK + "Content-Length: 100000\n\n"), drip(b"x")),
    "http_content_silent": stream(http(OK + "Content-Length: 100\n\nhello"), hold),
    "http_content_reset": stream(http(OK + "Content-Length: 100\n\nhello"), reset),
    "http_harmful": stream(http(OK + "Content-Length: 5\nX-Harm: \x9b31m\xc2\x9b2J\xe2\x80\xae\n\nhello")),
    "http_escape": stream(http(OK + "Content-Length: 5\nX-Harm: \x1b[31m\n\nhello")),
    "http_redirect_loop": stream(
        http("HTTP/1.1 302 Found\nLocation: /again\nContent-Length: 0\n\n")),
    "http_redirect_bad": stream(
        http("HTTP/1.1 302 Found\nLocation: gopher://\x7f:99999/\nContent-Length: 0\n\n")),
    "http_version": stream(http("HTTP/9.9 200 OK\nContent-Length: 0\n\n")),
    "http_status": stream(http("HTTP/1.1 9x9 OK\nContent-Length: 0\n\n")),
}

# --------------------------------------------------------------- small services
# They need not say which of them they are: bytes come, or do not.

SMALL = {
    "silent": (silent, hold),
    "drains": (silent, drain),
    "refused": (None, None),
    "closes": (silent, close),
    "resets": (silent, reset),
    "empty": (datagram(b""), close),
    "one_byte": (datagram(b"x"), unasked(b"x")),
    "three_bytes": (datagram(b"\xee\xac\x7d"), unasked(b"\xee\xac\x7d")),
    "five_bytes": (datagram(b"\xee\xac\x7d\x53\x2e"), unasked(b"\xee\xac\x7d\x53\x2e")),
    "harmful": (datagram(HARMFUL), unasked(HARMFUL)),
    "harmful_answer": (datagram(HARMFUL), stream(HARMFUL)),
    "long": (datagram(b"x" * 60000), unasked(b"x" * 60000)),
    "drips": (silent, drip(b"x")),
    "endless": (flood(b"x" * 500), endless(b"x" * 79 + b"\n")),
    "endless_line": (flood(b"x" * 500), endless(b"x")),
    "elsewhere": (from_elsewhere(b"hello\r\n"), hold),
    "other_words": (datagram(b"something else\r\n"), stream(b"something else\r\n")),
}

SERVERS = {**DNS, **NTP, **SMALL, **{name: (None, does) for name, does in HTTP.items()}}


# ------------------------------------------------------------------ the serving


def serve_datagrams(server, answer):
    while True:
        query, peer = server.recvfrom(65536)
        try:
            answer(server, query, peer)
        except (OSError, IndexError, struct.error):
            pass  # the client has gone, or asked what we cannot read


def serve_connection(connection, answer):
    with connection:
        connection.settimeout(PATIENCE_SECONDS)
        try:
            answer(connection)
        except (OSError, IndexError, struct.error):
            pass


def serve_connections(server, answer):
    while True:
        connection, _ = server.accept()
        threading.Thread(target=serve_connection, args=(connection, answer), daemon=True).start()


def bind_both(port=0):
    """A TCP and a UDP socket of the same PORT; 0: any."""
    while True:
        tcp = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        tcp.bind(("127.0.0.1", port))
        try:
            udp.bind(tcp.getsockname())
            return tcp, udp
        except OSError:
            tcp.close()
            udp.close()
            if port != 0:
                raise


def start(answers, port=0):
    """Serves ANSWERS, a pair, in threads of its own: returns the port, and the
    sockets, which keep it."""
    tcp, udp = bind_both(port)
    on_datagram, on_connection = answers
    if on_datagram is None:
        udp.connect(("127.0.0.1", 9))  # deaf to all others: the kernel refuses
    else:
        threading.Thread(target=serve_datagrams, args=(udp, on_datagram), daemon=True).start()
    if on_connection is not None:  # bound and not listening: refused
        tcp.listen(32)
        threading.Thread(target=serve_connections, args=(tcp, on_connection), daemon=True).start()
    return tcp.getsockname()[1], (tcp, udp)


def find(name):
    if name.startswith("ntp_ahead="):
        return datagram(ntp(ahead=float(name.split("=")[1]))), None
    return SERVERS[name]


def main(names):
    kept = []
    for name in names or SERVERS:
        name, _, port = name.partition("@")
        port, sockets = start(find(name), int(port or 0))
        kept.append(sockets)
        print(name, port)
    print("ready", flush=True)
    signal.pause()


if __name__ == "__main__":
    main(sys.argv[1:])
