"""People in a chat, for tests written in Python: `from chat_people import Person`
with this folder in PYTHONPATH."""
import socket


class Person:
    """Somebody who has come into #lobby."""

    def __init__(self, port, name):
        self.stream = socket.create_connection(("127.0.0.1", port), 20)
        self.stream.settimeout(20)
        self.lines = self.stream.makefile("rb")
        self.say(name)
        self.expect("* you are in #lobby")

    def say(self, line):
        self.stream.sendall(line.encode() + b"\n")

    def hear(self):
        """The next line; None: the server has closed."""
        line = self.lines.readline()
        assert line.endswith(b"\n") or not line, line
        return line.decode()[:-1] if line else None

    def expect(self, start):
        """Hears until a line begins with START, and returns it."""
        heard = []
        while (line := self.hear()) is not None:
            heard.append(line)
            if line.startswith(start):
                return line
        raise AssertionError((start, heard))

    def expect_end(self):
        """Nothing but notices comes, and then the end."""
        while (line := self.hear()) is not None:
            assert line.startswith("* "), line


class Peer:
    """Somebody who talks by datagrams."""

    def __init__(self, port, host="127.0.0.1", source=None):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.socket = socket.socket(family, socket.SOCK_DGRAM)
        self.socket.settimeout(20)
        if source:
            self.socket.bind((source, 0))
        self.socket.connect((host, port))

    def say(self, text):
        self.socket.send(text if isinstance(text, bytes) else text.encode())
        return self

    def hear(self):
        """The next datagram, which is text."""
        return self.socket.recv(2048).decode()

    def expect(self, text):
        """Hears until a datagram has TEXT, and returns it."""
        while text not in (heard := self.hear()):
            pass
        return heard
