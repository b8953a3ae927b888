# dns_tcp.bats: DNS over TCP, with raw connections, and whence UDP answers come.
# The numbers are those of the DNS requirements.

load helper

# Most tests share one daemon; those that need another way of it start theirs.
setup_file() {
	netlabd_setup
	start_dns 'send_timeout = 1'
	export SHARED_DIR=$DIR SHARED_LOG=$LOG SHARED_PORT=$PORT SHARED_PID=$NETLABD_PID
}

teardown_file() {
	DIR=$SHARED_DIR LOG=$SHARED_LOG NETLABD_PID=$SHARED_PID
	kill -TERM "$NETLABD_PID"
	netlabd_wait_for is_gone
	BATS_TEST_COMPLETED=1 netlabd_teardown
}

is_gone() {
	! netlabd_is_alive
}

setup() {
	netlabd_setup
	PORT=$SHARED_PORT
}

# A daemon with one worker, whom a client could stall; $1: more keys of its
# section, $2: where it listens.
start_dns() {
	{
		printf '@ 60 SOA a b 1 2 3 4 5\n@ 60 NS a\na 60 A 192.0.2.1\n'
		for i in {1..100}; do
			printf 'big 60 TXT "%0250d"\n' "$i"
		done
	} >"$DIR/zone"
	chmod 644 "$DIR/zone"
	PORT=$(netlabd_free_port)
	netlabd_config <<CONFIG
$(netlabd_user)
dns {
    listen  = { ${2:-\"127.0.0.1:$PORT\"} }
    workers = 1
    zone "example" { file = "zone" }
    $1
}
CONFIG
	netlabd_start
}

# Runs the Python program on standard input, with what all of these need.
client() {
	cat >"$DIR/client.py" <<'PYTHON'
import socket, struct, sys, threading

PORT = int(sys.argv[1])


def query(ident, name="a", qtype=1):
    return struct.pack("!6H", ident, 0, 1, 0, 0, 0) + bytes([len(name)]) + \
        name.encode() + b"\7example\0" + struct.pack("!2H", qtype, 1)


def frame(*arguments):
    message = query(*arguments)
    return struct.pack("!H", len(message)) + message


def connect(receive=0):
    s = socket.socket()
    if receive:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
    s.settimeout(30)
    s.connect(("127.0.0.1", PORT))
    s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return s


def read(s, count):
    got = b""
    while len(got) < count:
        more = s.recv(count - len(got))
        if not more:
            return b""
        got += more
    return got


def ident(s):
    """The ID of the next answer; None: the connection has ended."""
    try:
        head = read(s, 2)
        return struct.unpack("!H", read(s, *struct.unpack("!H", head))[:2])[0] \
            if head else None
    except ConnectionError:
        return None


def ask(s, number):
    s.sendall(frame(number))
    return ident(s)


def ask_udp(number, host="127.0.0.1", family=socket.AF_INET):
    """Connected: an answer from elsewhere is none."""
    with socket.socket(family, socket.SOCK_DGRAM) as s:
        s.settimeout(5)
        s.connect((host, PORT))
        for _ in range(4):
            try:
                s.send(query(number))
                return struct.unpack("!H", s.recv(65535)[:2])[0]
            except socket.timeout:
                pass


PYTHON
	cat >>"$DIR/client.py"
	timeout 100 python3 "$DIR/client.py" "$PORT" "$@"
}

@test "DNS 50, RFC 7766 §6.2.1.1: 200 queries in one write are all answered" {
	client <<'PYTHON'
s = connect()
s.sendall(b"".join(map(frame, range(200))))
assert [ident(s) for _ in range(200)] == list(range(200))
assert ask(s, 999) == 999
PYTHON
}

@test "DNS 51, RFC 7766 §8: length and message are sent in one segment" {
	client <<'PYTHON'
TCP_INFO, DATA_SEGS_IN = 11, 152
s = connect()


def segments():
    return struct.unpack_from("=I", s.getsockopt(socket.IPPROTO_TCP, TCP_INFO, 256),
                              DATA_SEGS_IN)[0]


for number in range(1, 4):
    assert ask(s, number) == number
    assert segments() == number, segments()
PYTHON
}

@test "DNS 52: bytes that dribble in, and a half-closed connection" {
	client <<'PYTHON'
s = connect()
for byte in frame(7) + frame(8)[:-1]:
    s.sendall(bytes([byte]))
assert ident(s) == 7
s.sendall(frame(8)[-1:])
assert ident(s) == 8
s.sendall(b"".join(map(frame, range(100))) + frame(100)[:-1])
s.shutdown(socket.SHUT_WR)
assert [ident(s) for _ in range(100)] == list(range(100))
assert ident(s) is None, "half a question is none"
PYTHON
}

@test "DNS 52: a frame that is empty or too short closes, behind the answers" {
	client <<'PYTHON'
for bad in b"\0\0", b"\0\1a", b"\0\13" + b"a" * 11:
    s = connect()
    s.sendall(frame(1) + frame(2) + bad + frame(3))
    assert [ident(s), ident(s), ident(s)] == [1, 2, None], bad
PYTHON
}

@test "DNS 53, RFC 7766 §6.2.3: idle connections are closed after tcp_timeout, for others that wait" {
	start_dns 'max_connections = 3 tcp_timeout = 1'
	client <<'PYTHON'
three = [connect() for _ in range(3)]
assert [ask(s, 1) for s in three] == [1, 1, 1]
assert ask_udp(2) == 2
assert ask(connect(), 3) == 3
assert [ident(s) for s in three] == [None] * 3
PYTHON
	netlabd_stop
}

@test "DNS 53, RFC 9210 §4: so many connections of one client at once" {
	start_dns 'max_connections_per_address = 3'
	client <<'PYTHON'
three = [connect() for _ in range(3)]
assert [ask(s, 1) for s in three] == [1, 1, 1]
assert ask(connect(), 2) is None
assert [ask(s, 3) for s in three] == [3, 3, 3]
other = socket.socket()
other.bind(("127.0.0.2", 0))
other.settimeout(30)
other.connect(("127.0.0.1", PORT))
assert ask(other, 4) == 4
three[0].shutdown(socket.SHUT_WR)
assert ident(three[0]) is None
assert ask(connect(), 5) == 5
PYTHON
	netlabd_stop
}

@test "DNS 53: a client that asks and never reads stalls nobody, and is cut off" {
	client <<'PYTHON'
# Until nothing of it is taken any more: its answers fill all that they can.
slow = connect(receive=4096)
slow.settimeout(0.3)
is_cut = False
try:
    while True:
        slow.sendall(frame(1, "big", 16) * 64)
except socket.timeout:
    pass
except ConnectionError:
    is_cut = True
s = connect()
for number in range(200):
    assert ask(s, number) == number
    assert number % 50 or ask_udp(number) == number
slow.settimeout(60)
while not is_cut:
    try:
        slow.sendall(frame(1) * 64)
    except ConnectionError:
        is_cut = True
PYTHON
}

@test "DNS 53: who pipelines without end does not starve the others" {
	client <<'PYTHON'
done = threading.Event()
counts = [0, 0]


def pump(number):
    s, block = connect(), frame(1) * 1000
    reader = threading.Thread(target=drain, args=(s,))
    reader.start()
    while not done.is_set():
        s.sendall(block)
        counts[number] += 1
    s.shutdown(socket.SHUT_WR)
    reader.join()


def drain(s):
    while s.recv(65536):
        pass


pumps = [threading.Thread(target=pump, args=(i,)) for i in range(2)]
for thread in pumps:
    thread.start()
while not all(counts):
    assert ask_udp(1) == 1
s = connect()
for number in range(200):
    assert ask(s, number) == number
    assert number % 20 or ask_udp(number) == number
done.set()
for thread in pumps:
    thread.join()
PYTHON
}

@test "DNS 53: a thousand idle connections stop no answer" {
	client <<'PYTHON'
import resource

hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
idle = [connect() for _ in range(1000)]
for s in idle:
    s.sendall(frame(1)[:-1])
s = connect()
for number in range(50):
    assert ask(s, number) == number
    assert ask(connect(), number) == number
    assert ask_udp(number) == number
for s in idle:
    s.sendall(frame(1)[-1:])
assert [ident(s) for s in idle] == [1] * 1000
PYTHON
}

@test "DNS 55, RFC 2181 §4.1: a UDP answer comes from the address that was asked" {
	PORT=$(netlabd_free_port)
	netlabd_free_port() { echo "$PORT"; }
	start_dns '' "\"0.0.0.0:$PORT\", \"[::]:$PORT\""
	client <<'PYTHON'
import subprocess

for host in "127.0.0.1", "127.0.0.2", "127.1.2.3", "127.255.255.254":
    assert ask_udp(1, host) == 1, host
assert ask_udp(2, "::1", socket.AF_INET6) == 2
addresses = subprocess.run(["ip", "-o", "addr"], capture_output=True, text=True).stdout
for word in addresses.split():
    host = word.split("/")[0]
    if "/" in word and word.count(".") == 3:
        assert ask_udp(3, host) == 3, host
PYTHON
	netlabd_stop
}

@test "DNS 55: of several IPv6 addresses, too" {
	unshare -n true 2>/dev/null || skip "no network namespace can be made here"
	printf '@ 60 SOA a b 1 2 3 4 5\n@ 60 NS a\na 60 A 192.0.2.1\n' >"$DIR/zone"
	chmod 644 "$DIR/zone"
	netlabd_config <<CONFIG
$(netlabd_user)
dns {
    listen = { "[::]:53" }
    workers = 1
    zone "example" { file = "zone" }
}
CONFIG
	PORT=53
	export -f client netlabd_spawn netlabd_keep netlabd_start netlabd_wait_log netlabd_is_alive
	export DIR CONF LOG NETLABD PORT
	unshare -n bash -e -c '
		ip link set lo up
		for i in 1 2 3; do ip addr add "fd00::$i/128" dev lo nodad; done
		netlabd_start
		client <<PYTHON
for host in "::1", "fd00::1", "fd00::2", "fd00::3":
    assert ask_udp(1, host, socket.AF_INET6) == 1, host
PYTHON
		kill -TERM "$NETLABD_PID"
		wait "$NETLABD_PID"'
}
