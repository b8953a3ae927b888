"""lab_client.py CASE ECHO DISCARD CHARGEN QOTD HELLO: clients of the lab's small
services on those ports of loopback. Fails where an answer is not what it has to
be. The cases are the functions below."""

import os
import socket
import sys
import threading
import time

PRINTABLE = bytes(range(32, 127))
HOSTS = (socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")
LINE = 74


def text(lines):
    """The first LINES lines of RFC 864."""
    return b"".join((PRINTABLE * 2)[n % 95:][:72] + b"\r\n" for n in range(lines))


def tcp(port, host="127.0.0.1"):
    return socket.create_connection((host, port), 20)


def udp(family, host, port):
    s = socket.socket(family, socket.SOCK_DGRAM)
    s.settimeout(20)
    s.connect((host, port))
    return s


def read(s, length=None):
    """LENGTH bytes, or all up to the end."""
    got = bytearray()
    while length is None or len(got) < length:
        piece = s.recv(65536 if length is None else min(65536, length - len(got)))
        if not piece:
            break
        got += piece
    return bytes(got)


def send_all(s, data):
    """A thread that sends DATA and shuts down."""
    def send():
        s.sendall(data)
        s.shutdown(socket.SHUT_WR)
    thread = threading.Thread(target=send)
    thread.start()
    return thread


def fill(s):
    """Sends until nothing has been taken for a while; returns how much was."""
    sent = 0
    s.settimeout(0.2)
    try:
        while sent < 1 << 28:
            sent += s.send(bytes(1 << 20))
    except TimeoutError:
        pass
    return sent


def echo(ports):
    port = ports["echo"]
    stopped = tcp(port)  # reads nothing: what it sends is taken no more
    assert fill(stopped) < 1 << 28
    for family, host in HOSTS:
        with udp(family, host, port) as s:
            for size in 0, 1, 512, 1472, 65507:
                data = os.urandom(size)
                s.send(data)
                assert s.recv(65536) == data, size
    data = os.urandom(8 << 20)
    with tcp(port) as s:
        sender = send_all(s, data)
        assert read(s) == data
        sender.join()
    stopped.close()


def discard(ports):
    port = ports["discard"]
    asked = []
    for family, host in HOSTS:
        s = udp(family, host, port)
        for size in (0, 1, 1000, 65507) * 5:
            s.send(bytes(size))
        asked.append(s)
        with tcp(port, host) as s:
            s.sendall(bytes(16 << 20))
            s.shutdown(socket.SHUT_WR)
            assert read(s) == b""
    for s in asked:
        s.setblocking(False)
        try:
            s.recv(65536)  # an ICMP error would show here
            assert False
        except BlockingIOError:
            pass


def chargen(ports):
    port = ports["chargen"]
    lengths = set()
    for family, host in HOSTS:
        with udp(family, host, port) as s:
            for _ in range(20):
                s.send(b"x")
                got = s.recv(65536)
                assert len(got) <= 512
                begin = PRINTABLE.index(got[:1]) if got else 0
                assert got == text(100)[begin * LINE:][:len(got)], got
                lengths.add(len(got))
    assert len(lengths) > 20
    with udp(*HOSTS[0], port) as s:
        s.send(text(1))
    # All of it, to one who sends as much, and then to one who does not.
    for data in os.urandom(8 << 20), b"":
        with tcp(port) as s:
            sender = send_all(s, data)
            got = read(s)
            assert len(got) == 8000000 // LINE * LINE, len(got)
            assert got == text(len(got) // LINE)
            sender.join()
    for _ in range(20):  # who has seen enough just goes
        with tcp(port) as s:
            assert read(s, 1000) == text(20)[:1000]


def chargen_rate(ports):
    begin = time.monotonic()  # before the server's: a late client only waits more
    with tcp(ports["chargen"]) as s:
        assert read(s, LINE * 100) == text(100)
        # A quarter of a second's worth comes at once, and the last of four steps
        # of 26 lines after three of them, at 200 lines a second: 0.39 - 0.25.
        assert time.monotonic() - begin > 0.1


def qotd(ports):
    port = ports["qotd"]
    seen = set()
    for family, host in HOSTS:
        with udp(family, host, port) as s:
            for _ in range(10):
                s.send(b"")
                seen.add(s.recv(65536))
            for _ in range(10):
                with tcp(port, host) as one:
                    seen.add(read(one))
    assert seen == {b"one\r\n", b"two\r\nlines\r\n"}, seen
    with udp(*HOSTS[0], port) as s:
        s.send(b"one\r\n")


def hello(ports):
    for family, host in HOSTS:
        expected = f"Hello {host}\n".encode()
        with udp(family, host, ports["hello"]) as s:
            s.send(b"")
            assert s.recv(65536) == expected
            s.send(expected)  # another server's: silence
            s.send(b"who am I?")
            assert s.recv(65536) == expected
        with tcp(ports["hello"], host) as s:
            assert read(s) == expected
    with socket.socket() as s:
        s.settimeout(20)
        s.bind(("127.0.0.9", 0))
        s.connect(("127.0.0.1", ports["hello"]))
        assert read(s) == b"Hello 127.0.0.9\n"


if __name__ == "__main__":
    names = "echo", "discard", "chargen", "qotd", "hello"
    globals()[sys.argv[1]](dict(zip(names, map(int, sys.argv[2:]))))
