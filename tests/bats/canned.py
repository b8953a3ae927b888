#!/usr/bin/env python3
"""canned.py: an HTTP server that answers by what is asked for.

Prints its port, and serves one connection after the other until standard input
ends. /NAME is answered with the pieces of ANSWERS[NAME], each sent on its own;
"close" there ends the connection, which else goes on until the client ends it.
"""

import socket
import sys
import threading

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
ANSWERS = {
    # Each byte by itself.
    "bytes": [bytes([byte]) for byte in OK + b"Content-Length: 5\r\n\r\nhello"],
    "chunks": [CHUNKED, b"5\r\nhel", b"lo\r", b"\n", b"7;x=\"y\"\r\n, world\r\n",
               b"0\r\nX-Trailer: yes\r\n", b"\r\n"],
    "close": [b"HTTP/1.0 200 OK\r\n\r\n", b"until", b" the end", "close"],
    "interim": [b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                + OK + b"Content-Length: 2\r\n\r\nhi"],
    "more": [OK + b"Content-Length: 2\r\n\r\nhi and what is none of it"],
    "none": [b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n"],
    "terminal": [OK + b"X-Red: \xc2\x9b31m\r\n\r\n", b"\x1b]0;title\x07 Gr\xc3", b"\xbc\xc3",
                 b"\x9fe\r", b"\n\x1b[2Jend\n", "close"],
    "binary": [OK + b"\r\n\0\xff\x1b\r\n", "close"],
    # What is wrong.
    "short": [OK + b"Content-Length: 10\r\n\r\nhello", "close"],
    "unfinished": [CHUNKED + b"5\r\nhello\r\n", "close"],
    "broken": [CHUNKED + b"5\r\nhello\r\nxyz\r\n"],
    "head": [OK + b"Content-Le", "close"],
    "folded": [OK + b"A: b\r\n c\r\n\r\n"],
    "lengths": [OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nhi"],
    "both": [OK + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"],
    "nothttp": [b"SSH-2.0-x\r\n"],
    "silent": [],
    "silence": [OK + b"Content-Length: 10\r\n\r\nhello"],
    "nothing": ["close"],
    # Where redirects lead.
    "away": [b"HTTP/1.1 302 Found\r\nLocation: https://localhost/\r\n\r\n", "close"],
    "nowhere": [b"HTTP/1.1 302 Found\r\nLocation: http:///\r\n\r\n", "close"],
    "round": [b"HTTP/1.1 301 Moved\r\nLocation: round\r\n\r\n", "close"],
    "there": [b"HTTP/1.1 307 There\r\nLocation: ./x/../bytes#y\r\nContent-Length: 4\r\n\r\ngone"],
}


def serve(connection):
    with connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        request = connection.recv(65536).decode()
        for piece in ANSWERS[request.split()[1].strip("/")]:
            if piece == "close":
                return
            connection.sendall(piece)
        while connection.recv(65536):
            pass


def main():
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)

    def accept():
        while True:
            threading.Thread(target=serve, args=listener.accept()[:1], daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
