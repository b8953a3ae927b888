# netlab_chat.bats: netlab chat between two hosts behind a wire: found by
# multicast, talked with by TCP and UDP, and one of them vanishing.
load ../bats/helper
load netns

export PYTHONPATH=$BATS_TEST_DIRNAME/../bats
export PYTHONDONTWRITEBYTECODE=1
export NETLAB

setup() {
	netlabd_setup
	netns_setup
	netns_setup_wire
}

# Runs standard input as Python, with the two networks' ids.
people() {
	python3 - "$NETNS" "$CLIENTS"
}

@test "two hosts find each other, and talk, by TCP and UDP" {
	people <<'PYTHON'
import json
import subprocess
import sys
from netlab_people import PROGRAM, Pipe, fails, in_network

there, here = (in_network(pid) for pid in sys.argv[1:])

def discover(*arguments):
    """What is found: datagrams may get lost, and IPv6 may not be ready."""
    while True:
        found = subprocess.run([*here, *PROGRAM, "--discover", "--timeout", "1",
                                *arguments], text=True, capture_output=True, timeout=30)
        assert found.returncode in (0, 9), found
        if found.returncode == 0:
            return found.stdout

for transport in "tcp", "udp":
    bob = Pipe(f"-{transport[0]}", "-n", "bob", "--listen", prefix=there)
    bob.expect("* waiting on port 31622")
    assert discover("-4") == f"{transport}  192.0.2.1:31622  bob\n"
    link = json.loads(discover("-6", "--json"))
    assert link["name"] == "bob" and link["port"] == 31622, link
    # That of the link, as soon as the kernel uses it.
    assert link["address"] == "2001:db8::1" or \
        link["address"].startswith("fe80:") and link["address"].endswith("%wire"), link
    # By name, and by addresses.
    for place in "@bob", "192.0.2.1", f"[{link['address']}]:31622":
        anna = Pipe(f"-{transport[0]}", "-n", "anna", "--peer", place, prefix=here)
        anna.expect("* bob is here")
        bob.expect("* anna is here")
        for i in range(100):
            anna.say(f"from anna {i}")
            bob.say(f"from bob {i}")
        for i in range(100):
            assert anna.hear() == f"<bob> from bob {i}"
            assert bob.hear() == f"<anna> from anna {i}"
        anna.say("[e]")
        assert anna.expect_end(0) == []
        assert bob.expect_end(0) == ["* anna has left"]
        bob = Pipe(f"-{transport[0]}", "-n", "bob", "--listen", prefix=there)
        bob.expect("* waiting on port 31622")
    bob.process.terminate()
    bob.expect_end(0)
assert "nobody listens" in fails(9, "--discover", "--timeout", "0.5", prefix=here)
PYTHON
}

@test "who waits says so by itself, one hop far, and answers no longer than the question" {
	people <<'PYTHON'
import ctypes
import socket
import struct
import sys
import time
from netlab_people import Pipe, in_network

there, here = sys.argv[1:]
GROUP, PORT = "239.255.42.99", 31623

# In the other network from here on.
with open(f"/proc/{here}/ns/net", encoding="ascii") as network:
    assert ctypes.CDLL(None).setns(network.fileno(), 0) == 0

group = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
group.settimeout(20)
group.setsockopt(socket.IPPROTO_IP, 12, 1)  # IP_RECVTTL
group.bind((GROUP, PORT))
group.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP,
                 struct.pack("4s4s", socket.inet_aton(GROUP), socket.inet_aton("192.0.2.10")))
bob = Pipe("-n", "bob", "--listen", prefix=in_network(there))
began = time.monotonic()
for _ in range(3):
    beacon, parts, _, peer = group.recvmsg(200, 100)
    assert beacon.startswith(b"netlab-chat 1 + ") and beacon.endswith(b" tcp 31622 bob\n"), beacon
    assert peer[0] == "192.0.2.1" and struct.unpack("i", parts[0][2])[0] == 1, (peer, parts)
assert time.monotonic() - began >= 2.5  # after 1 s and 2 s more

ask = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
ask.settimeout(20)
ask.bind(("192.0.2.10", 0))
question = b"netlab-chat 1 ?".ljust(159) + b"\n"
# Nothing for what is no question; for questions, at most 20 in a second.
for datagram in b"", b"netlab-chat 1 ?\n", beacon, question + b"\n", b"x" * 160:
    ask.sendto(datagram, (GROUP, PORT))
for _ in range(100):
    ask.sendto(question, (GROUP, PORT))
answers = 0
ask.settimeout(20)
assert ask.recv(200) == beacon
ask.settimeout(0.3)
try:
    while answers < 100:
        assert ask.recv(200) == beacon
        answers += 1
except TimeoutError:
    pass
assert answers < 60, answers
# Not to this host alone: it is none of the group's. From another port, as the
# answers to those before may be late.
alone = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
alone.settimeout(0.3)
alone.bind(("192.0.2.10", 0))
alone.sendto(question, ("192.0.2.1", PORT))
try:
    raise AssertionError(alone.recv(200))
except (TimeoutError, ConnectionRefusedError):
    pass
bob.process.terminate()
bob.expect_end(0)
while not (beacon := group.recv(200)).startswith(b"netlab-chat 1 - "):
    pass
PYTHON
}

@test "a script's lines go to a server on another host as fast as it takes them" {
	netlabd_config <<-CONFIG
		$(netlabd_user)
		lab { chat = { "192.0.2.1:31621" } }
	CONFIG
	netlabd_start
	people <<'PYTHON'
import sys
from netlab_people import Pipe, in_network

here = in_network(sys.argv[2])
tom = Pipe("-n", "tom", "192.0.2.1", prefix=here)
tom.expect("* you are in")
for transport in "-t", "-u":
    anna = Pipe(transport, "-n", "anna", "192.0.2.1", prefix=here)
    for i in range(8):
        anna.say(f"line {i}")
    heard = anna.end()
    assert heard[-1] == "* goodbye" and not any(line[0] == "!" for line in heard), heard
    for i in range(8):
        tom.expect(f"<anna> line {i}")
tom.end()
PYTHON
	netlabd_stop
}

@test "a host that vanishes is lost, by TCP and UDP; one that is silent is not; a server is asked" {
	people <<'PYTHON'
import socket
import subprocess
import sys
import time
from netlab_people import Pipe, in_network

there, here = (in_network(pid) for pid in sys.argv[1:])
# A server that answers once, and then is asked whether it is there.
mute = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
mute.bind(("127.0.0.1", 0))
mute.settimeout(60)
dora = Pipe("-u", "-n", "dora", "127.0.0.1:%d" % mute.getsockname()[1])
name, peer = mute.recvfrom(99)
assert name == b"dora".ljust(39) + b"\n", name
mute.sendto(b"* welcome\n! no more\n", peer)
pairs = []
for port, transport in enumerate(("-t", "-u"), 7001):
    bob = Pipe(transport, "-n", "bob", f"--listen={port}", prefix=there)
    bob.expect("* waiting")
    anna = Pipe(transport, "-n", "anna", "--peer", f"192.0.2.1:{port}", prefix=here)
    anna.expect("* bob is here")
    bob.expect("* anna is here")
    pairs.append((anna, bob))
# Longer than what makes one that says nothing at all be lost.
time.sleep(17)
for anna, bob in pairs:
    anna.say("still there?")
    assert bob.hear() == "<anna> still there?"
subprocess.run([*here, "ip", "link", "set", "wire", "down"], check=True)
subprocess.run([*there, "ip", "address", "flush", "dev", "wire"], check=True)
for anna, bob in pairs:
    for one, other in (anna, "bob"), (bob, "anna"):
        assert one.expect_end(9) == []
        assert one.complaint.startswith(f"netlab: {other}: "), one.complaint
for _ in range(3):
    assert mute.recv(99) == b"/ping\n"
assert dora.expect_end(9) == ["* welcome", "! no more"]
assert dora.complaint.endswith(", UDP: no answer any more\n"), dora.complaint
PYTHON
}
