# netlab_sniff.bats: packets of a file, and of an interface of a network of our
# own. netlab_sniff.pcap has a packet of each layer, made by scapy; that they
# are read right is shown beside tshark, in tests/peers/netlab_sniff.bats.
load helper
load ../peers/netns

PACKETS=$BATS_TEST_DIRNAME/netlab_sniff.pcap
export TZ=UTC

# Runs netlab as nobody, so that it has no rights.
unprivileged() {
	if [ "$EUID" -eq 0 ]; then
		setpriv --reuid nobody --regid nogroup --clear-groups \
			--inh-caps=-all "$@"
	else
		"$@"
	fi
}

@test "netlab sniff --read: a line a packet, without rights" {
	run -0 --separate-stderr unprivileged "$NETLAB" sniff --read - <"$PACKETS"
	assert_equal "$stderr" ''
	diff - <(echo "$output") <<'END'
12:00:00.000001 10.0.0.1:5353 → 10.0.0.2:53 DNS query 0x24bd google.com. A
12:00:00.250001 10.0.0.1:53 → 10.0.0.2:4000 DNS response 0x24bd NOERROR 1 answer google.com. A
12:00:00.500001 10.0.0.1:4000 → 10.0.0.2:53 DNS query 0x24bd google.com. A
12:00:00.750001 10.0.0.1:40000 → 10.0.0.2:80 HTTP GET /x
12:00:01.000001 10.0.0.1:80 → 10.0.0.2:40000 HTTP 200 OK
12:00:01.250001 10.0.0.1:37 → 10.0.0.2:6 Time 3758096384
12:00:01.500001 00:11:22:33:44:55 → ff:ff:ff:ff:ff:ff ARP who has 10.0.0.2? tell 10.0.0.1
12:00:01.750001 00:11:22:33:44:55 → 02:00:00:00:00:01 ARP 10.0.0.2 is at 02:00:00:00:00:01
12:00:02.000001 10.0.0.1:40000 → 10.0.0.2:80 TCP SYN, seq 100, window 8192
12:00:02.250001 10.0.0.1 → 10.0.0.2 ICMP echo request, id 7, seq 1, 8 bytes
12:00:02.500001 10.0.0.1 → 10.0.0.2 ICMP port unreachable: DNS 10.0.0.1:1000 → 10.0.0.2:53
12:00:02.750001 fe80::1 → ff02::1:ff00:2 ICMPv6 neighbor solicitation, fe80::2
12:00:03.000001 [2001:db8::1]:123 → [2001:db8::2]:123 NTP v4 client
12:00:03.250001 10.0.0.1:4444 → 10.0.0.2:10007 echo hello\x1b[31m
12:00:03.500001 10.0.0.1:5 → 10.0.0.2:6 UDP 3 bytes
12:00:03.750001 10.0.0.1 → 10.0.0.2 IPv4 fragment of UDP at 800, 3 bytes
12:00:09.999999 10.0.0.1:53 → 10.0.0.2:4000 DNS response 0x24bd NOERROR 1 answer google.com. A (malformed)
END
}

@test "netlab sniff --read: a filter, a count, JSON, and a file of what was chosen" {
	run -0 "$NETLAB" sniff --read "$PACKETS" -c 1 --json --explain --hex=plain \
		--write "$DIR/chosen" src port 53 and udp
	python3 - "$output" <<'PYTHON'
import json
import sys

[line] = sys.argv[1].splitlines()
packet = json.loads(line)
fields = packet.pop("fields")
assert bytes.fromhex(packet.pop("bytes"))[42:44] == b"\x24\xbd"
assert packet == {
    "number": 1, "time": "2026-11-21T12:00:00.250001Z", "length": 96,
    "captured": 96, "from": "10.0.0.1:53", "to": "10.0.0.2:4000",
    "protocol": "DNS", "malformed": False,
    "summary": "response 0x24bd NOERROR 1 answer google.com. A",
    "layers": ["Ethernet", "IPv4", "UDP", "DNS message"],
}, packet
covered = 0
for field in fields:
    if field["kind"] == "field":
        assert field["at"] == covered, field
        covered += field["length"]
assert covered == 96
PYTHON
	run -0 "$NETLAB" sniff --read "$DIR/chosen"
	assert_output '12:00:00.250001 10.0.0.1:53 → 10.0.0.2:4000 DNS response 0x24bd NOERROR 1 answer google.com. A'
	# All of them, by a pipe.
	"$NETLAB" sniff --read "$PACKETS" --write - | cmp - "$PACKETS"
}

# complains STATUS TEXT ARGUMENT…
complains() {
	local status=$1 text=$2

	shift 2
	run --separate-stderr -"$status" "$NETLAB" sniff "$@"
	assert_equal "$output" ''
	assert_equal "$stderr" "netlab: $text"
}

@test "netlab sniff: what cannot be is said in a line" {
	complains 1 'either --read or --interface, not both' --read x -i lo
	complains 1 '--timeout is for interfaces, not for --read' --read x --timeout 1
	complains 1 '--write - takes standard output: nothing else goes there' \
		--read "$PACKETS" --write - --json
	complains 1 "$DIR/none: No such file or directory" --read "$DIR/none"
	complains 1 "filter \"udp port\": can't parse filter expression: syntax error" \
		--read "$PACKETS" udp port
	echo 'no packets at all here, but text' >"$DIR/text"
	complains 1 "$DIR/text: unknown file format" --read "$DIR/text"
	cp "$PACKETS" "$DIR/own"
	chmod 666 "$DIR/own"
	complains 1 "$DIR/own: is the file that is read" \
		--read "$DIR/own" --write "$DIR/own"
	cmp "$PACKETS" "$DIR/own"
	# Link type 105: IEEE 802.11.
	{ head -c 20 "$PACKETS" && printf '\x69\0\0\0'; } >"$DIR/wifi"
	complains 1 "$DIR/wifi: packets of link type 105 (IEEE802_11), which is not known here" \
		--read "$DIR/wifi"
	complains 1 "$DIR/no/such/folder: No such file or directory" \
		--read "$PACKETS" --write "$DIR/no/such/folder"

	head -c 200 "$PACKETS" >"$DIR/cut"
	run --separate-stderr -10 "$NETLAB" sniff --read "$DIR/cut"
	assert_equal "${#lines[@]}" 1
	assert_regex "$stderr" '^netlab: .*/cut: truncated dump file'

	run --separate-stderr -1 unprivileged "$NETLAB" sniff -i lo
	assert_equal "$stderr" 'netlab: no right to capture on lo: try sudo netlab sniff, or see netlab help sniff for a group that may'
	run --separate-stderr -1 unprivileged "$NETLAB" sniff -i nosuch0
	assert_regex "$stderr" '^netlab: no interface "nosuch0": there are (.+, )?lo, .*any$'
}

# Starts netlab sniff with ARGUMENTS inside: $SNIFF. It is ready when the head of
# its file is there.
start_sniff() {
	nsenter --net="/proc/$NETNS/ns/net" \
		"$NETLAB" sniff --write "$DIR/packets" "$@" \
		>"$DIR/out" 2>"$DIR/err" </dev/null 3>&- &
	SNIFF=$!
	netlabd_keep "$SNIFF"
	netlabd_wait_for [ -s "$DIR/packets" ]
}

has_lines() {
	[ "$(wc -l <"$2")" -ge "$1" ]
}

@test "netlab sniff: an exchange as it happens, without the rights that opened it, until Ctrl-C" {
	netns_setup
	chmod 777 "$DIR"
	netlabd_config <<-END
		$(netlabd_user)
		dns {
		    listen = { "127.0.0.1:53" }
		    zone "netlab.test" { file = "$TOP/zones/netlab.test.zone" }
		}
	END
	netlabd_start

	SUDO_UID=4321 SUDO_GID=1234 start_sniff udp port 53
	run -0 cat "/proc/$SNIFF/status"
	assert_line --regexp '^Uid:	4321	4321	4321	4321$'
	assert_line --regexp '^Gid:	1234	1234	1234	1234$'
	assert_line --regexp '^Groups:	 *$'
	assert_line --regexp '^CapPrm:	0+$'
	assert_line --regexp '^CapEff:	0+$'
	assert_line --regexp '^CapAmb:	0+$'
	assert_line --regexp '^NoNewPrivs:	1$'
	assert_equal "$(stat -c %u:%g "$DIR/packets")" 4321:1234
	run -0 inside "$NETLAB" dns --short www.netlab.test A @127.0.0.1
	# A line is there as soon as its packet.
	netlabd_wait_for has_lines 2 "$DIR/out"
	kill -INT "$SNIFF"
	wait "$SNIFF"
	run -0 cat "$DIR/out"
	assert_equal "${#lines[@]}" 2
	assert_line --index 0 --regexp '^[0-9:]{8}\.[0-9]{6} 127\.0\.0\.1:[0-9]+ → 127\.0\.0\.1:53 DNS query 0x[0-9a-f]{4} www\.netlab\.test\. A$'
	assert_line --index 1 --regexp '^[0-9:]{8}\.[0-9]{6} 127\.0\.0\.1:53 → 127\.0\.0\.1:[0-9]+ DNS response 0x[0-9a-f]{4} NOERROR .*www\.netlab\.test\. A$'
	assert_equal "$(cat "$DIR/err")" 'netlab: 2 packets, 0 dropped by the kernel'
	diff <("$NETLAB" sniff --read "$DIR/packets") "$DIR/out"

	# All interfaces; root itself becomes nobody, but keeps its own file.
	rm "$DIR/packets"
	start_sniff --json -c 1 icmp
	run -0 cat "/proc/$SNIFF/status"
	assert_line --regexp "^Uid:	$(id -u nobody)	"
	assert_equal "$(stat -c %u "$DIR/packets")" 0
	# Nobody listens there.
	run -9 inside "$NETLAB" dns www.netlab.test @127.0.0.1:54
	wait "$SNIFF"
	run -0 cat "$DIR/out"
	assert_output --regexp '"interface":"lo","length":.*"protocol":"ICMP","summary":"port unreachable: .*127\.0\.0\.1:54"'
	assert_output --partial '"layers":["Linux cooked capture v2","IPv4","ICMP","IPv4","UDP"'

	# What comes all at once is not lost.
	rm "$DIR/packets"
	start_sniff udp port 9
	inside python3 -c 'import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for i in range(100):
    s.sendto(b"x", ("127.0.0.1", 9))'
	netlabd_wait_for has_lines 100 "$DIR/out"
	kill -INT "$SNIFF"
	wait "$SNIFF"
	assert_equal "$(cat "$DIR/err")" 'netlab: 100 packets, 0 dropped by the kernel'

	run --separate-stderr -9 inside "$NETLAB" sniff -i lo --timeout 0.01 tcp port 1
	assert_equal "$stderr" 'netlab: 0 packets, 0 dropped by the kernel'
}
