# lab_upper.bats: text in capitals, over TCP and UDP, as the lectures' clients send
# it and as Python has them.
load helper

# A daemon on $UPPER with the LINES in its section.
start_upper() {
	UPPER=$(netlabd_free_port)
	netlabd_config <<-END
		$(netlabd_user)
		lab {
		    upper = { "127.0.0.1:$UPPER", "[::1]:$UPPER" }
		    $*
		}
	END
	netlabd_start
}

# Waits until the counters of upper, behind "received", are those of the REGEX.
wait_for_counts() {
	netlabd_wait_counters "upper: received $1(;|\$)"
}

@test "upper: without unicode, a to z alone; each chunk as it arrives, each datagram whole" {
	start_upper
	run -0 python3 - "$UPPER" <<'PYTHON'
import socket, sys, threading

port = int(sys.argv[1])
every_byte = bytes(range(256))
for family, host in (socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"):
    with socket.socket(family) as s:
        s.settimeout(20)
        s.connect((host, port))
        for chunk in b"hello", b" world ", "stra\u00dfe".encode(), every_byte:
            s.send(chunk)  # no end of line
            assert s.recv(1024) == chunk.upper()
    with socket.socket(family, socket.SOCK_DGRAM) as s:
        s.settimeout(20)
        s.connect((host, port))
        for chunk in b"", b"a", every_byte, b"z" * 65507:
            s.send(chunk)
            assert s.recv(65536) == chunk.upper()
with socket.create_connection(("127.0.0.1", port), 20) as s:
    def send():
        s.sendall(text)
        s.shutdown(socket.SHUT_WR)
    text = b"the end of one side " * 50000  # more than fits between the two
    sender = threading.Thread(target=send)
    sender.start()
    got = b""
    while piece := s.recv(1 << 16):
        got += piece
    sender.join()
    assert got == text.upper()
PYTHON
	wait_for_counts '11, sent 8, connections 3, answered 8, session_ended 3'
}

@test "upper: with unicode, as Python has it, however the bytes are cut" {
	start_upper 'unicode = true amplification = "none"'
	run -0 python3 - "$UPPER" <<'PYTHON'
import socket, sys, threading, unicodedata

server = ("127.0.0.1", int(sys.argv[1]))

def upper(text, cuts=()):
    with socket.create_connection(server, 20) as s:
        def send():
            for begin, end in zip((0, *cuts), (*cuts, len(text))):
                s.sendall(text[begin:end])
            s.shutdown(socket.SHUT_WR)
        sender = threading.Thread(target=send)
        sender.start()
        got = b""
        while piece := s.recv(1 << 16):
            got += piece
        sender.join()
        return got

# All that Unicode 14, libunistring's, has; a later Python may know capitals
# that were added since.
letters = [chr(i) for i in range(0x20000) if not 0xd800 <= i < 0xe000]
got = upper("\0".join(letters).encode()).decode().split("\0")
assert got[0] == got[1] == ""  # U+0000 itself, between two of them
wrong = [(a, b) for a, b in zip(letters[1:], got[2:]) if b != a.upper()]
if unicodedata.unidata_version > "14.0.0":
    wrong = [(a, b) for a, b in wrong if a != b]
assert not wrong, wrong
assert len(got) == len(letters) + 1

text = "Gr\u00fc\u00dfe, \u0390 \ufb01n, \U00010428".encode()
for cut in range(len(text)):
    assert upper(text, [cut]).decode() == text.decode().upper()
with socket.create_connection(server, 20) as s:
    s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    s.send(text[:3])  # and half a letter
    assert s.recv(1024) == b"GR"
    s.send(text[3:4])
    assert s.recv(1024).decode() == "\u00dc"

# Where an address may be forged, a reply grows by 16 bytes, no more.
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.settimeout(20)
    s.connect(server)
    for question in "\u0390" * 5, "stra\u00dfe", "\u0390" * 4, "\ud7ff":
        s.send(question.encode())
    for answer in "STRASSE", "\u0399\u0308\u0301" * 4, "\ud7ff":
        assert s.recv(1024).decode() == answer
PYTHON
	wait_for_counts '[0-9]+, sent 3, connections [0-9]+, answered 3, too_long 1, session_ended [0-9]+'
}
