# time_requests.bats: what is a request to NTP, beyond the usual: old versions,
# peers, datagrams that are odd, and thousands of them. The numbers are those of
# the time requirements.

load helper
load time

setup() {
	netlabd_setup
	set_clock "$synchronised"
}

# The mode and version of the reply to each CASE, or "silence".
modes_of() {
	ntp "$@" | sed -E 's/.* (version=.) (mode=.) .* origin=ok times=ok$/\1 \2/'
}

@test "TIME 4, 28, RFC 1059: old versions and peers get silence, until legacy and symmetric" {
	start_time
	run -0 modes_of 0b:48 13:48 08:48 21:48
	assert_equal "$(sort -u <<<"$output")" silence
	sed -i 's/workers = 2/workers = 2 legacy = true symmetric = true/' "$CONF"
	kill -HUP "$NETLABD_PID"
	is_taken_over() {
		[ "$(modes_of 13:48 21:48)" = "$(printf 'version=%d mode=%d\n' 2 4 4 2)" ]
	}
	netlabd_wait_for is_taken_over
	# Version 1 without a mode; all versions; a peer twice, as none is kept.
	run -0 modes_of 08:48 0b:48 13:48 1b:48 23:48 19:48 21:48 21:48
	assert_output "$(printf 'version=%d mode=%d\n' 1 4 1 4 2 4 3 4 4 4 3 2 4 2 4 2)"
	# Versions 0 and 5; 2 and 4 without a mode; replies; a peer's answer.
	run -0 modes_of 03:48 2b:48 10:48 20:48 0c:48 14:48 12:48 1a:48 22:48
	assert_equal "$(sort -u <<<"$output")" silence
	assert_equal "${#lines[@]}" 9
}

@test "TIME 25, 31: our own replies get nothing back, whatever is switched on" {
	start_time "legacy = true symmetric = true kod = true"
	python3 - "$NTP" <<'PYTHON'
import socket, sys

server = "127.0.0.1", int(sys.argv[1])
mark = bytes([0x23]) + bytes(39) + b"the mark"
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.settimeout(20)
    for first in 0x08, 0x0B, 0x13, 0x1B, 0x19, 0x21, 0x23:
        s.sendto(bytes([first]) + bytes(39) + b"question", server)
        reply = s.recv(65536)
        assert len(reply) == 48 and reply[24:32] == b"question", reply
        s.sendto(reply, server)
        s.sendto(mark, server)
        assert s.recv(65536)[24:32] == b"the mark", hex(first)
PYTHON
}

@test "TIME 24: IP options and more than 1280 bytes, a decision each" {
	start_time
	python3 - "$NTP" <<'PYTHON'
import socket, sys

server = "127.0.0.1", int(sys.argv[1])
question = bytes([0x23]) + bytes(39) + b"question"
# No operation; record route; time stamps.
options = b"\1\1\1\0", b"\7\x0b\4" + bytes(8) + b"\0", b"\x44\x0c\5\0" + bytes(8)
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.settimeout(20)
    for option in options:
        s.setsockopt(socket.IPPROTO_IP, socket.IP_OPTIONS, option)
        s.sendto(question, server)
        assert s.recv(65536)[24:32] == b"question", option
    s.setsockopt(socket.IPPROTO_IP, socket.IP_OPTIONS, b"")
    for size in 1281, 1284, 1500, 9000, 65507:
        s.sendto(question + bytes(size - 48), server)
    s.sendto(question, server)
    assert s.recv(65536)[24:32] == b"question"
PYTHON
	# Its counters, of either worker, have all of them.
	wait_for_counts ntp '9, sent 4, guard_oversize 5, answered 4'
}

@test "TIME 5, 6, 7, RFC 5905 §8: 2000 replies, each right and none like another" {
	start_time "rate_interval = 0"
	python3 - "$NTP" <<'PYTHON'
import socket, struct, sys, time

def now():
    return time.time_ns() * 2**32 // 10**9 + (2208988800 << 32)

server = "127.0.0.1", int(sys.argv[1])
stamps = set()
for _ in range(4):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.settimeout(20)
        s.connect(server)
        for _ in range(500):
            # Mostly the time of now, as many clients have it there.
            origin = now()
            s.send(bytes([0x23]) + bytes(39) + struct.pack(">Q", origin))
            reply = s.recv(65536)
            arrived = now()
            fields = struct.unpack(">QQQ", reply[24:])
            assert fields[0] == origin
            assert origin - 5 <= fields[1] < fields[2] <= arrived + 5, fields
            assert fields[2] not in stamps
            stamps.add(fields[2])
PYTHON
}

@test "TIME 36, RFC 5905 §11.1: a client accepts what is synchronised or local, else refuses" {
	# What chronyd demands, too: leap, stratum, a distance under 3 s.
	is_acceptable() {
		ntp 23:48 | python3 -c '
import sys
reply = dict(pair.split("=") for pair in sys.stdin.read().split())
distance = float(reply["delay"]) / 2 + float(reply["dispersion"])
sys.exit(not (reply["leap"] != "3" and 0 < int(reply["stratum"]) < 16
    and distance < 3 and reply["reference"] == "set" and reply["mode"] == "4"
    and reply["origin"] == reply["times"] == "ok"))'
	}
	is_not_acceptable() {
		! is_acceptable
	}
	start_time
	is_acceptable
	set_clock "$unsynchronised"
	netlabd_wait_for is_not_acceptable
	netlabd_stop
	start_time "local_stratum = 8"
	is_acceptable
}
