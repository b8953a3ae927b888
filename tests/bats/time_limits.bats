# time_limits.bats: who gets how many answers of NTP, time and daytime. The
# numbers are those of the time requirements. How all this goes on over time is
# told by tests/unit/core/limit_test.c, whose clock is its own.

load helper
load time
load counters

# The services with a clock that is right, and LINES in their section.
serve() {
	set_clock "$synchronised"
	start_time "$@"
	SENT=0
}

# ask PORT SOURCE:COUNT[:LENGTH]…: datagrams of LENGTH bytes (48: a request of
# NTP) to loopback, from eight ports of each SOURCE, whose dots stand for its
# colons. Answers are not waited for, but once in a hundred datagrams.
ask() {
	python3 - "$@" <<'PYTHON'
import socket, sys, time

request = b"\x23" + bytes(39) + b"question"
for case in sys.argv[2:]:
    source, count, *length = case.split(":")
    is_ipv6 = source.startswith("..")
    family = socket.AF_INET6 if is_ipv6 else socket.AF_INET
    sockets = [socket.socket(family, socket.SOCK_DGRAM) for _ in range(8)]
    for s in sockets:
        s.bind((source.replace(".", ":") if is_ipv6 else source, 0))
        s.settimeout(0.02)
    to = "::1" if is_ipv6 else "127.0.0.1", int(sys.argv[1])
    question = bytes(int(length[0])) if length else request
    for n in range(int(count)):
        sockets[n % 8].sendto(question, to)
        if n % 100 == 99:
            time.sleep(0.02)
PYTHON
}

# How many answers were sent since the last look, once SERVICE has received COUNT
# in all.
answered() {
	counters "$1" "$2"
	ANSWERED=$(($(counter sent) - SENT))
	SENT=$(counter sent)
}

@test "TIME 30, RFC 8633 §5.4: of 1000 requests the rate is answered and a quarter of the rest; another address is unaffected" {
	serve 'rate_exempt = {}'
	begin=$SECONDS
	ask "$NTP" 127.0.0.1:1000
	answered ntp 1000
	# 16 at once, one a second, and of the others one in four: their number
	# has a deviation of 14.
	[ "$ANSWERED" -ge $((16 + 246 - 100)) ] ||
		fail "$ANSWERED answers are too few"
	[ "$ANSWERED" -le $((16 + SECONDS - begin + 1 + 246 + 100)) ] ||
		fail "$ANSWERED answers are too many"
	assert_equal $(($(counter guard_rate) + ANSWERED)) 1000
	ask "$NTP" 127.0.0.2:16 ..1:16
	answered ntp 1032
	assert_equal "$ANSWERED" 32
}

@test "TIME 30: workers share a source's limit, services do not, and a reload keeps what is known" {
	serve 'rate_exempt = {} rate_interval = 64 rate_leak = 0'
	ask "$NTP" 127.0.0.1:200
	answered ntp 200
	assert_equal "$ANSWERED" 16
	ask "$TIME" 127.0.0.1:50:0
	counters time 50
	assert_equal "$(counter sent)" 16
	kill -HUP "$NETLABD_PID"
	netlabd_wait_log 'reloaded'
	ask "$NTP" 127.0.0.1:50
	answered ntp 250
	assert_equal "$ANSWERED" 0
	assert_equal "$(counter guard_rate)" 234
}

@test "TIME 30, RFC 5905 §7.4: kod tells a source once; TIME 31: none for what is no request" {
	serve 'rate_exempt = {} rate_interval = 64 rate_leak = 0 kod = true'
	# Packets of a server, and of mode 6, of which none says anything.
	run -0 python3 - "$NTP" <<'PYTHON'
import socket, sys

request = b"\x23" + bytes(39) + b"question"
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.settimeout(20)
    s.connect(("127.0.0.1", int(sys.argv[1])))
    for _ in range(16):
        s.send(b"\x24" + request[1:])
    s.send(b"\x26" + request[1:])
    s.send(request)
    s.send(request)
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.settimeout(20)
    s.bind(("127.0.0.2", 0))
    s.connect(("127.0.0.1", int(sys.argv[1])))
    for _ in range(40):
        s.send(request)
    replies = [s.recv(65536) for _ in range(17)]
    kiss = replies.pop()
    assert all(reply[12:16] != b"RATE" for reply in replies)
    # Leap 3, version 4, mode 4; stratum 0; its only time is the client's own.
    assert kiss[0] == 0xE4 and kiss[1] == 0 and kiss[12:16] == b"RATE", kiss.hex()
    assert kiss[24:32] == b"question", kiss.hex()
    assert all(kiss[at : at + 8] in (b"question", bytes(8)) for at in (32, 40)), kiss.hex()
PYTHON
	counters ntp 59
	assert_equal "$(counter answered)" 16
	assert_equal "$(counter kod)" 1
	assert_equal "$(counter sent)" 17
	assert_equal "$(counter guard_rate)" 25
}

@test "TIME 32: who is denied hears nothing on UDP and TCP; the longest prefix decides" {
	serve 'deny = { "127.0.0.0/8", "::/0" } allow = { "127.0.0.2" }'
	ask "$NTP" 127.0.0.1:3 ..1:3
	answered ntp 6
	assert_equal "$ANSWERED" 0
	assert_equal "$(counter guard_denied)" 6
	ask "$NTP" 127.0.0.2:3
	answered ntp 9
	assert_equal "$ANSWERED" 3
	run bash -c "nc -d -s 127.0.0.1 127.0.0.1 $TIME | wc -c"
	assert_output 0
	run -0 bash -c "nc -d -s 127.0.0.2 127.0.0.1 $TIME | wc -c"
	assert_output 4
	counters time 1
	assert_equal "$(counter refused_denied)" 1
}

@test "TIME 32: with an allow, who is in none is denied" {
	serve 'allow = { "127.0.0.2", "::1" } deny = { "127.0.0.0/24" }'
	ask "$NTP" 127.0.0.3:2 127.0.1.1:2
	answered ntp 4
	assert_equal "$ANSWERED" 0
	ask "$NTP" 127.0.0.2:2 ..1:2
	answered ntp 8
	assert_equal "$ANSWERED" 4
}

@test "TIME 46: a service's total and each source's rate are in the counters, no datagram is in the log" {
	serve 'rate_exempt = {} rate_total = 50 rate_leak = 0'
	before=$(wc -l <"$LOG")
	# shellcheck disable=SC2046 # one word each
	ask "$NTP" $(printf '127.0.0.%d:20 ' {1..20})
	counters ntp 400
	# Six at once and one each 20 ms, of 320 that their sources may have.
	[ "$(counter guard_total)" -gt 0 ]
	[ "$(counter guard_rate)" -ge 1 ]
	assert_equal $(($(counter guard_total) + $(counter guard_rate) + $(counter sent))) 400
	assert_equal "$(grep -avc 'counters of' "$LOG")" "$before"
}

@test "TIME 30: loopback has no limit unless rate_exempt leaves it out; TIME 45: a datagram to a broadcast address is not answered" {
	set_clock "$synchronised"
	NTP=$(netlabd_free_port)
	netlabd_config <<-CONFIG
		$(netlabd_user)
		time {
		    ntp = { "0.0.0.0:$NTP", "[::]:$NTP" }
		    workers = 2
		}
	CONFIG
	netlabd_start
	SENT=0
	ask "$NTP" 127.0.0.1:100 ..1:100
	answered ntp 200
	assert_equal "$ANSWERED" 200
	python3 - "$NTP" <<'PYTHON'
import socket, sys

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    s.bind(("127.0.0.1", 0))
    s.sendto(b"\x23" + bytes(47), ("127.255.255.255", int(sys.argv[1])))
PYTHON
	answered ntp 202 # one more for each worker
	assert_equal "$(counter guard_broadcast)" 2
	assert_equal "$ANSWERED" 0
}

@test "TIME 40: with amplification none, no datagram gets a longer reply" {
	serve 'amplification = "none"'
	ask "$DAYTIME" 127.0.0.1:3:0 127.0.0.1:2:64
	answered daytime 5
	assert_equal "$ANSWERED" 2
	assert_equal "$(counter guard_amplification)" 3
}
