# lab_limits.bats: whom echo, discard, chargen, qotd and hello do not answer, and
# what one client cannot take from the others. The numbers are those of the time
# requirements.

load helper
load lab

# ask SOURCE COUNT PORT …: COUNT empty datagrams to each PORT.
ask() {
	python3 - "$@" <<'PYTHON'
import socket, sys

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.bind((sys.argv[1], 0))
    for port in sys.argv[3:]:
        for _ in range(int(sys.argv[2])):
            s.sendto(b"", ("127.0.0.1", int(port)))
PYTHON
}

# Root makes datagrams by hand, from any port; others send from those they may.
@test "TIME 44: silence to source ports that would answer back, and to our own; TIME 45: to a broadcast address" {
	start_lab
	python3 - "$ECHO" "$CHARGEN" "$QOTD" "$HELLO" <<'PYTHON'
import os, socket, struct, sys

ports = [int(port) for port in sys.argv[1:]]
sources = 0, 7, 13, 17, 19, 37, 53, 123, 161, 1900, 11211, *ports
if os.geteuid() != 0:
    sources = (1900, 11211, 5353) * 5
for port in ports:
    for source in sources:
        question = b"x"
        if os.geteuid() == 0:
            question = struct.pack(">4H", source, port, 9, 0) + question
            s = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_UDP)
            s.bind(("127.0.0.2", 0))
        else:
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.bind(("127.0.0.2", source))
        s.sendto(question, ("127.0.0.1", port))
        s.close()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        s.bind(("127.0.0.1", 0))
        s.sendto(b"x", ("127.255.255.255", port))
PYTHON
	for service in echo chargen qotd hello; do
		counters "$service" 16
		assert_equal "$(counter guard_loop)" 15
		assert_equal "$(counter guard_broadcast)" 1
		assert_equal "$(counter sent)" 0
	done
}

@test "TIME 46: a service's total and each source's rate are in the counters, no datagram is in the log" {
	start_lab 'rate_exempt = {} rate_interval = 64 rate_burst = 20 rate_leak = 0 rate_total = 50'
	before=$(wc -l <"$LOG")
	ask 127.0.0.2 50 "$ECHO" "$CHARGEN" "$QOTD" "$HELLO"
	for service in echo chargen qotd hello; do
		counters "$service" 50
		assert_equal "$(counter guard_rate)" 30
		# Six of a second's fifty at once, one each 20 ms.
		assert [ "$(counter guard_total)" -gt 0 ]
		assert_equal $(($(counter guard_total) + $(counter sent))) 20
	done
	assert_equal "$(grep -avc 'counters of' "$LOG")" "$before"
}

# Nobody's network is ours here: nothing is sent that is longer than what came.
@test "TIME 42, 43: chargen and qotd send no more than they got, hello and qotd else nothing" {
	start_lab 'amplification = "none"'
	python3 - "$CHARGEN" "$QOTD" "$HELLO" <<'PYTHON'
import socket, sys

chargen, qotd, hello = (("127.0.0.1", int(port)) for port in sys.argv[1:])
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.settimeout(20)
    lengths = set()
    for size in (0, 1, 40) * 20:
        s.sendto(bytes(size), chargen)
        reply, peer = s.recvfrom(65536)
        assert peer == chargen and len(reply) <= size, (size, len(reply))
        lengths.add(len(reply))
    assert 40 in lengths
    for size in (0, 4, 5, 11) * 5:
        s.sendto(bytes(size), qotd)
        if size >= 5:
            reply, peer = s.recvfrom(65536)
            assert peer == qotd and reply == b"one\r\n", reply
    for size in 0, 15, 16:  # Hello 127.0.0.1
        s.sendto(bytes(size), hello)
    assert s.recvfrom(65536) == (b"Hello 127.0.0.1\n", hello)
PYTHON
	counters qotd 20
	assert_equal "$(counter guard_amplification)" 10
	counters hello 3
	assert_equal "$(counter guard_amplification)" 2
}

@test "TIME 47: 500 clients that say nothing keep nobody waiting, and are closed; TIME 48: 2000 come and go, and no descriptor stays" {
	start_lab 'idle_timeout = 1'
	worker=$(pgrep -P "$NETLABD_PID")
	python3 - "$worker" "$ECHO" "$DISCARD" "$CHARGEN" "$QOTD" "$HELLO" <<'PYTHON'
import os, socket, struct, sys, time

worker, *ports = map(int, sys.argv[1:])
echo, discard, *others = ports

def descriptors():
    return len(os.listdir(f"/proc/{worker}/fd"))

def connect(port):
    return socket.create_connection(("127.0.0.1", port), 20)

before = descriptors()
idle = [connect(port) for port in (echo, discard) * 250]
with connect(echo) as s:
    for _ in range(50):
        s.send(b"still here")
        assert s.recv(100) == b"still here"
for s in idle:
    assert s.recv(1) == b""
    s.close()
rude = struct.pack("ii", 1, 0)
for n in range(2000):
    s = connect(ports[n % 5])
    if n % 3 == 0:
        s.sendall(b"x" * (n % 7))
    if n % 4 != 0:  # a reset, in the middle of what comes
        s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, rude)
    s.close()
with connect(echo) as s:
    s.send(b"still here")
    assert s.recv(100) == b"still here"
    s.shutdown(socket.SHUT_WR)
    assert s.recv(100) == b""
for _ in range(1000):
    if descriptors() == before:
        break
    time.sleep(0.02)
assert descriptors() == before, (descriptors(), before)
PYTHON
	run ! grep 'exited\|died\|killed' "$LOG"
}
