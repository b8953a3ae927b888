# dns_log_wire.bats: dns { log_wire = true }, each exchange as the lectures show
# it.

load helper

start_dns() {
	printf '@ 60 SOA a b 1 2 3 4 5\n@ 60 NS a\na 60 A 192.0.2.1\n' >"$DIR/zone"
	chmod 644 "$DIR/zone"
	PORT=$(netlabd_free_port)
	netlabd_config <<CONFIG
$(netlabd_user)
dns {
    listen  = { "127.0.0.1:$PORT" }
    workers = 1
    zone "example" { file = "zone" }
    $1
}
CONFIG
	netlabd_start
}

# Sends the datagram, in hexadecimal, and a good query behind it, whose answer
# is waited for.
send() {
	python3 - "$PORT" "$1" "${2:-1}" <<'PYTHON'
import socket, sys

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.settimeout(10)
s.connect(("127.0.0.1", int(sys.argv[1])))
for _ in range(int(sys.argv[3])):
    s.send(bytes.fromhex(sys.argv[2]))
s.send(bytes.fromhex("000100000001000000000000" + "0161076578616d706c6500" + "00010001"))
while s.recv(65535)[:2] != b"\0\1":
    pass
PYTHON
}

readonly QUERY="ff 9b 01 00 00 01 00 00 00 00 00 00 01 61 07 65
78 61 6d 70 6c 65 00 00 01 00 01"
readonly ANSWER="ff 9b 85 00 00 01 00 01 00 00 00 00 01 61 07 65
78 61 6d 70 6c 65 00 00 01 00 01 c0 0c 00 01 00
01 00 00 00 3c 00 04 c0 00 02 01"

@test "log_wire: request and response, byte by byte, of UDP and of TCP" {
	start_dns 'log_wire = true'
	send "$QUERY"
	run -0 bash -c 'grep -a -A8 "asks over UDP" "$1" | sed "s/^[^ ]* //"' - "$LOG"
	assert_equal "$(head -n 8 <<<"${output#*$'\n'}" | head -n 7)" "Request:
$QUERY
Response:
$ANSWER"
	assert_line --index 0 --regexp '^dns worker 0: 127\.0\.0\.1:[0-9]+ asks over UDP:$'
	run -0 dig @127.0.0.1 -p "$PORT" +tcp +noedns a.example
	netlabd_wait_log '127\.0\.0\.1:[0-9]+ asks over TCP:$'
	netlabd_stop
}

@test "log_wire: what gets no answer is shown, too" {
	start_dns 'log_wire = true'
	send 'ff9b80000001'
	run -0 bash -c 'grep -a -A4 "asks over UDP" "$1" | sed "s/^[^ ]* //"' - "$LOG"
	assert_line --index 1 'Request:'
	assert_line --index 2 'ff 9b 80 00 00 01'
	assert_line --index 3 'Response:'
	assert_line --index 4 'none'
	netlabd_stop
}

@test "log_wire: so many a second, and how many more there were" {
	start_dns 'log_wire = true'
	send "$QUERY" 60
	netlabd_wait_log 'log_wire: [0-9]+ more questions are not shown, beyond 10 a second$'
	netlabd_stop
	shown=$(grep -ac 'Request:$' "$LOG")
	more=$(sed -nE 's/.*log_wire: ([0-9]+) more.*/\1/p' "$LOG" |
		awk '{n += $1} END {print n}')
	assert_equal "$((shown + more))" 61
}

@test "log_wire: off unless it is asked for" {
	start_dns ''
	send "$QUERY"
	netlabd_stop
	run -1 grep -aE 'Request:|asks over' "$LOG"
	netlabd_config <<<'dns { log_wire = "loud" }'
	run -1 "$NETLABD" -t -c "$CONF"
	assert_line --partial 'netlabd.conf:1:'
}
