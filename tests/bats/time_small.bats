# time_small.bats: time (RFC 868) and daytime (RFC 867) as clients see them. The
# numbers are those of the time requirements.

load helper
load time

# Sends datagrams of several lengths to PORT on IPv4 and IPv6; prints each reply
# in hexadecimal.
udp() {
	python3 - "$1" <<'PYTHON'
import socket, sys

for host in "127.0.0.1", "::1":
    server = host, int(sys.argv[1])
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as s:
        s.settimeout(20)
        for question in b"", b"x", bytes(2000):
            s.sendto(question, server)
            reply, peer = s.recvfrom(65536)
            assert peer[:2] == server, peer
            print(reply.hex())
PYTHON
}

# Whether the four bytes of HEX are the seconds since 1900 of just now.
assert_is_now() {
	local age=$(((16#$1 - $(date +%s) - 2208988800) & 0xffffffff))

	[ "${#1}" -eq 8 ] || fail "not four bytes: $1"
	[ "$age" -le 1 ] || [ "$age" -ge $((0x100000000 - 30)) ] ||
		fail "not the time: $1"
}

# Whether LINE is the daytime of just now, by date(1) in the same FORMAT.
assert_is_daytime() {
	local then format=${2:-%a %b %e %H:%M:%S %Y}

	then=$(date -d "${1%$'\r'}" +%s)
	[ $(($(date +%s) - then)) -le 30 ] || fail "not the time: $1"
	[ "$1" = "$(LC_ALL=C date -d "@$then" "+$format")"$'\r' ] ||
		fail "not in the form $format: $1"
}

@test "TIME 41, RFC 868: four bytes on UDP, whatever is asked" {
	start_time
	run -0 udp "$TIME"
	assert_equal "${#lines[@]}" 6
	for line in "${lines[@]}"; do
		assert_is_now "$line"
	done
}

@test "TIME 41, RFC 868: four bytes on TCP, then the end, whatever is said" {
	start_time
	for host in 127.0.0.1 ::1; do
		run -0 bash -o pipefail -c "nc -d $host $TIME | od -An -tx1 | tr -d ' \n'"
		assert_is_now "$output"
		run -0 bash -c "head -c 3000 /dev/zero | nc $host $TIME | od -An -tx1 | tr -d ' \n'"
		assert_is_now "$output"
	done
}

@test "TIME 40, RFC 867: one line on UDP, whatever is asked" {
	export TZ=UTC0
	start_time
	run -0 udp "$DAYTIME"
	assert_equal "${#lines[@]}" 6
	for line in "${lines[@]}"; do
		assert_equal "${line: -4}" 0d0a
		assert_is_daytime "$(printf %b "$(sed 's/../\\x&/g' <<<"$line")")"
	done
}

@test "TIME 40, RFC 867: one line on TCP, then the end, whatever is said" {
	export TZ=UTC0
	start_time
	for host in 127.0.0.1 ::1; do
		run -0 nc -d "$host" "$DAYTIME"
		assert_equal "${#lines[@]}" 1
		assert_is_daytime "${lines[0]}"
		run -0 bash -c "head -c 3000 /dev/zero | nc $host $DAYTIME"
		assert_equal "${#lines[@]}" 1
		assert_is_daytime "${lines[0]}"
	done
}

# Serves DAYTIME in the form that LINES say, as generation $1, and prints a line.
line_as() {
	sed -i '/daytime_/d' "$CONF"
	sed -i "s/^}/$2\n}/" "$CONF"
	kill -HUP "$NETLABD_PID"
	netlabd_wait_log "reloaded: generation $1" >&2 || return 1
	nc -d 127.0.0.1 "$DAYTIME"
}

@test "TIME 40: daytime_format and daytime_local" {
	export TZ=XYZ-1
	set_clock "$synchronised"
	start_time
	run -0 line_as 2 'daytime_format = "smtp"'
	assert_regex "$output" '^[0-3][0-9] [A-Z]{3} 20[0-9]{2} [0-9:]{8} UTC'$'\r$'
	run -0 line_as 3 'daytime_format = "smtp" daytime_local = true'
	assert_regex "$output" '^[0-3][0-9] [A-Z]{3} 20[0-9]{2} [0-9:]{8} XYZ'$'\r$'
	run -0 line_as 4 'daytime_format = "iso"'
	TZ=UTC0 assert_is_daytime "$output" %FT%TZ
	run -0 line_as 5 'daytime_format = "iso" daytime_local = true'
	assert_is_daytime "$output" %FT%T%:z
	assert_output --partial "+01:00"
	run -0 line_as 6 'daytime_format = "nist"'
	assert_regex "$output" '^[0-9]{5} [0-9]{2}-[01][0-9]-[0-3][0-9] [0-9:]{8} 00 0 0   0.0 UTC\(netlabd\) \*'$'\r$'
}

@test "TIME 41: require_sync: no time of a clock that is not right" {
	set_clock "$unsynchronised"
	start_time "require_sync = true"
	for port in "$TIME" "$DAYTIME"; do
		run -0 nc -d 127.0.0.1 "$port"
		assert_output ""
	done
	# What is asked first would be answered first: silence is no accident.
	python3 - "$TIME" "$DAYTIME" <<-'PYTHON'
	import socket, sys

	for port in map(int, sys.argv[1:]):
	    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
	        s.sendto(b"x", ("127.0.0.1", port))
	PYTHON
	wait_for_counts time '2, connections 1, unsynchronised 2'
	wait_for_counts daytime '2, connections 1, unsynchronised 2'
	set_clock "$synchronised"
	is_answered() {
		[ -n "$(nc -d 127.0.0.1 "$1" | tr '\0' x)" ]
	}
	netlabd_wait_for is_answered "$TIME"
	netlabd_wait_for is_answered "$DAYTIME"
}

# Where nothing is read, the answer must survive what the client sends; and
# what it does to its connection is nobody else's business.
@test "TIME 40, 41, 48: a connection gets its answer, however rude its client" {
	start_time
	run -0 python3 - "$TIME" "$DAYTIME" <<'PYTHON'
import socket, struct, sys

def connect(port):
    s = socket.create_connection(("127.0.0.1", port), 20)
    return s

def answer(s):
    got = b""
    while chunk := s.recv(4096):
        got += chunk
    s.close()
    return len(got)

for port, length in zip(map(int, sys.argv[1:]), (4, 26)):
    silent = [connect(port) for _ in range(20)]  # never read, never close
    s = connect(port)                            # half-close first
    s.shutdown(socket.SHUT_WR)
    assert answer(s) == length
    s = connect(port)                            # some of its own, then read
    s.sendall(bytes(100000))
    s.shutdown(socket.SHUT_WR)
    assert answer(s) == length
    s = connect(port)                            # more than anybody waits for
    try:
        while True:
            s.sendall(bytes(100000))
    except OSError:
        s.close()
    s = connect(port)                            # reset at once
    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    s.close()
    for _ in range(20):
        assert answer(connect(port)) == length
    for s in silent:
        assert answer(s) == length
PYTHON
	# The reset ones may have been gone before they were accepted.
	are_counted() {
		kill -USR1 "$NETLABD_PID"
		[ "$(tail -n 1 "$LOG" | grep -oE '(time|daytime): received 4[34], sent 4[34], (send_errors 1, )?connections 4[34], answered 4[34]' | wc -l)" -eq 2 ]
	}
	netlabd_wait_for are_counted
	run -0 grep -c 'exited\|died\|killed' "$LOG" || assert_output 0
}

# The lectures' clients: connect, receive, done; no byte is sent, no newline.
@test "TIME 40: clients as they are taught, over TCP and UDP" {
	export TZ=UTC0
	start_time
	run -0 python3 - "$DAYTIME" <<'PYTHON'
from socket import *
import sys

serverName, serverPort = "127.0.0.1", int(sys.argv[1])
clientSocket = socket(AF_INET, SOCK_STREAM)
clientSocket.connect((serverName, serverPort))
print("From Server:", clientSocket.recv(1024).decode(), end="")
clientSocket.close()
clientSocket = socket(AF_INET, SOCK_DGRAM)
clientSocket.sendto("what time is it?".encode(), (serverName, serverPort))
modifiedMessage, serverAddress = clientSocket.recvfrom(2048)
print("From Server:", modifiedMessage.decode(), end="")
clientSocket.close()
PYTHON
	assert_equal "${#lines[@]}" 2
	for line in "${lines[@]}"; do
		assert_is_daytime "${line#From Server: }"
	done
}

# Ports that need no root to send from: two of the list, and two of our own.
@test "TIME 44: silence to source ports that would answer back" {
	start_time
	run -0 python3 - "$NTP" "$DAYTIME" "$TIME" <<'PYTHON'
import socket, sys

ntp, daytime, time = map(int, sys.argv[1:])
for port in daytime, time:
    for source in 1900, 11211, ntp, daytime, 0:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            s.bind(("127.0.0.2", source))
            s.sendto(b"x", ("127.0.0.1", port))
PYTHON
	# Two workers may have them: the last reply says nothing of the others.
	for service in time daytime; do
		wait_for_counts "$service" '5, sent 1, guard_loop 4, answered 1'
	done
}

@test "TIME 44: silence to what time and daytime servers answer, from any port" {
	start_time
	run -0 python3 - "$TIME" "$DAYTIME" <<'PYTHON'
import socket, sys

time, daytime = (("127.0.0.1", int(port)) for port in sys.argv[1:])
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    def ask(server, question=b""):
        s.sendto(question, server)

    def answer(server):
        reply, peer = s.recvfrom(65536)
        assert peer == server, (peer, server)
        return reply

    s.settimeout(20)
    ask(time)
    seconds = answer(time)
    ask(daytime)
    line = answer(daytime)
    # Whatever is sent back gets nothing: the next answers are to the questions.
    ask(time, seconds)
    ask(daytime, seconds)
    ask(daytime, line)
    ask(time)
    assert len(answer(time)) == 4
    ask(daytime)
    assert len(answer(daytime)) == 26
PYTHON
	wait_for_counts time '3, sent 2, answered 2, own_format 1'
	wait_for_counts daytime '4, sent 2, answered 2, own_format 2'
}

# Each keeps its connection open, far more of them than there may be.
@test "TIME 40, 41, 47: who has the answer and does not close keeps nobody out" {
	start_time 'max_connections = 4'
	run -0 python3 - "$TIME" "$DAYTIME" <<'PYTHON'
import socket, sys

kept = []
for port in sys.argv[1:] * 40:
    s = socket.create_connection(("127.0.0.1", int(port)), timeout=20)
    assert len(s.recv(64)) >= 4
    kept.append(s)
for s in kept:
    assert s.recv(64) == b""
PYTHON
	run ! grep 'max_connections' "$LOG"
}
