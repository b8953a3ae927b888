# netlab_pair.bats: netlab chat of two without a server, and how they find each
# other. Beacons stay on loopback (-i lo).

load helper

export PYTHONPATH=$BATS_TEST_DIRNAME
export PYTHONDONTWRITEBYTECODE=1
export NETLAB

@test "netlab chat --listen, --peer: names, lines both ways, farewell, by TCP and UDP" {
	python3 - "$(netlabd_free_port)" <<'PYTHON'
import socket
import sys
from netlab_people import Pipe, fails

port = sys.argv[1]
here = f"127.0.0.1:{port}"

for transport, kind in ("-t", "TCP"), ("-u", "UDP"):
    bob = Pipe(transport, "-n", "bob", f"--listen={port}", "-i", "lo")
    assert bob.hear() == f"* waiting on port {port}, {kind}, as bob: [e] ends"
    # Read when somebody is there, not before.
    bob.say("said early")
    anna = Pipe(transport, "-n", "ännä", "--peer", here)
    anna.expect(f"* bob is here, at {here}, {kind}: [e] leaves")
    bob.expect("* ännä is here, at 127.0.0.1:")
    assert anna.hear() == "<bob> said early"
    for i in range(70):
        anna.say(f"from ännä {i}")
        bob.say(f"from bob {i}")
    for i in range(70):
        assert anna.hear() == f"<bob> from bob {i}"
        assert bob.hear() == f"<ännä> from ännä {i}"

    # A third one is told so, and those on the other port do not notice.
    assert "busy" in fails(2, transport, "--peer", here)
    if transport == "-t":
        with socket.create_connection(("127.0.0.1", int(port)), 20) as third:
            assert third.recv(99) == b"! busy: somebody else is here\n"
    anna.say("/who").expect("! there is no server")
    anna.say("//who").say("a\x1b[31mb\u202ec").say("x" * 1025).expect("! too long: ")
    assert [bob.hear(), bob.hear()] == ["<ännä> /who", "<ännä> a[31mbc"]
    anna.say("[e]")
    assert bob.expect_end(0) == ["* ännä has left"]
    assert anna.expect_end(0) == []

# The listener leaves, at the end of its standard input; by IPv6.
for transport in "-t", "-u":
    bob = Pipe(transport, "-n", "bob", "-l", "-p", port, "-i", "lo", "-6")
    bob.expect("* waiting")
    anna = Pipe(transport, "-n", "anna", "--peer", f"[::1]:{port}")
    anna.expect("* bob is here")
    bob.expect("* anna is here")
    bob.process.stdin.write(b"last words")
    assert bob.end() == []
    assert anna.expect_end(0) == ["<bob> last words", "* bob has left"]

# Nobody there, nobody who answers, a port that is taken, no sense.
for transport in "-t", "-u":
    assert "refused" in fails(9, transport, "--peer", here)
with socket.create_server(("127.0.0.1", int(port))):
    assert "no answer in time" in fails(9, "--timeout", "0.2", "--peer", here)
    assert f"port {port}: " in fails(1, f"--listen={port}", "-i", "lo")
fails(1, "--listen=0")
assert "there is no" in fails(1, "--listen", "-i", "no-such")
fails(1, "--listen", "--peer", here)
fails(1, "--listen", "localhost")
fails(1, "--json", "--peer", here)
PYTHON
}

@test "netlab chat: what others do wrong ends in a line and a status" {
	python3 - "$(netlabd_free_port)" <<'PYTHON'
import socket
import struct
import sys
from netlab_people import Pipe

port = int(sys.argv[1])

def connect():
    return socket.create_connection(("127.0.0.1", port), 20)

bob = Pipe("-n", "bob", f"--listen={port}", "-i", "lo", "--timeout", "1")
bob.expect("* waiting")
# No name at all: the next one is taken.
connect().close()
bob.expect("* somebody came from")
silent = connect()
bob.expect("* somebody came from")
eve = connect()
eve.sendall(b"e\x1b[2Jv\xffe\n")
assert bob.hear().startswith("* e_[2Jv is here, at 127.0.0.1:")
assert eve.recv(99) == b"bob\n"
eve.sendall(b"\x1b[2Jboo\xff\n" + b"x" * 5000 + b"\n\xe2\x80\xae\n")
assert bob.hear() == "<e_[2Jv> \\x1b[2Jboo\\xff"
assert len(bob.hear()) + len(bob.hear()) == 2 * len("<e_[2Jv> ") + 5000
assert bob.hear() == "<e_[2Jv> \\xe2\\x80\\xae"
# A reset.
eve.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
eve.close()
assert bob.expect_end(9) == []
assert bob.complaint == "netlab: e_[2Jv: Connection reset by peer\n", bob.complaint

bob = Pipe("-u", "-n", "bob", f"--listen={port}", "-i", "lo")
bob.expect("* waiting")
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as eve:
    eve.settimeout(20)
    eve.connect(("127.0.0.1", port))
    # The name again, since the answer got lost; then a message of that text.
    for datagram in b"eve\n", b"EVE\n":
        eve.send(b"")
        eve.send(datagram)
        assert eve.recv(99) == b"bob\n"
    eve.send(b"eve")
    bob.expect("* eve is here")
    assert bob.hear() == "<eve> eve"
# Nobody there any more.
bob.say("hello?")
assert bob.expect_end(9) == []
assert bob.complaint.startswith("netlab: eve: "), bob.complaint
PYTHON
}

@test "netlab chat --listen: the lectures' clients talk with it as they are" {
	python3 - "$(netlabd_free_port)" "$TOP/tests/lectures" <<'PYTHON'
import subprocess
import sys
from netlab_people import Pipe

port, folder = sys.argv[1:]
for transport in "tcp", "udp":
    bob = Pipe(f"-{transport[0]}", "-n", "bob", f"--listen={port}", "-i", "lo")
    bob.expect("* waiting")
    anna = subprocess.Popen(
        [sys.executable, "-u", f"{folder}/chat_{transport}.py", port], text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    anna.stdin.write("anna\nhello, bob\nfine\n[e]\n")
    anna.stdin.flush()
    bob.expect("* anna is here")
    # A line that came together with his name would be part of that to her.
    shown = anna.stdout.readline()
    assert shown == "Your name: bob has joined the chat room\n", shown
    # In turns.
    bob.say("hello, anna")
    assert bob.hear() == "<anna> hello, bob"
    bob.say("how are you?")
    assert bob.hear() == "<anna> fine"
    bob.say("good")
    assert bob.expect_end(0) == ["* anna has left"]
    shown = anna.communicate(timeout=30)[0].replace("\n\n", "\n")
    for line in "hello, anna", "how are you?", "good":
        assert f"bob : {line}\n" in shown, shown
PYTHON
}

@test "netlab chat --discover, --peer @NAME: who listens is found" {
	python3 - "$(netlabd_free_port)" "$(netlabd_free_port)" "n${BASHPID}x" <<'PYTHON'
import json
import signal
import subprocess
import sys
from netlab_people import PROGRAM, Pipe, fails

one, other, name = sys.argv[1:]

def discover(count, *arguments):
    """The first COUNT that are found, of ours: others may be at it as well."""
    lines = []
    while len(lines) < count:
        run = subprocess.run([*PROGRAM, "--discover", "-i", "lo",
                              "--timeout", "0.2", *arguments],
                             text=True, capture_output=True, timeout=30)
        assert run.returncode in (0, 9), run
        lines = [line for line in run.stdout.splitlines() if name in line]
    return lines

assert "nobody called" in fails(
    9, "--timeout", "0.2", "-i", "lo", "--peer", f"@{name}a")
a = Pipe("-n", f"{name}a", f"--listen={one}", "-i", "lo")
b = Pipe("-u", "-n", f"{name}b", f"--listen={other}", "-i", "lo")
for pipe in a, b:
    pipe.expect("* waiting")
lines = discover(2)
assert [(line.split()[0], line.split()[2]) for line in lines] == \
    [("tcp", f"{name}a"), ("udp", f"{name}b")], lines
assert [json.loads(line) for line in discover(1, "--json", "-u", "-4")] == [{
    "name": f"{name}b", "port": int(other), "transport": "udp",
    "address": lines[1].split()[1].rsplit(":", 1)[0]}]
# By its name alone, in any case, and by the transport that it has.
c = Pipe("-n", "c", "-i", "lo", "--peer", f"@{name.upper()}b")
c.expect(f"* {name}b is here")
b.expect("* c is here")
# Who talks already is there for nobody else.
assert len(discover(1)) == 1
assert c.end() == []
a.process.send_signal(signal.SIGTERM)
assert a.expect_end(0) == []
PYTHON
}
