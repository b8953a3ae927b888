# time_clock.bats: where the daemon has it from how good the clock is. The
# numbers are those of the time requirements.

load helper
load time

# What the mirror says from now on: words of ntp_mirror.py.
set_mirror() {
	echo "$*" >"$DIR/mirror.new"
	mv "$DIR/mirror.new" "$DIR/mirror"
}

start_mirror() {
	python3 "$BATS_TEST_DIRNAME/ntp_mirror.py" "$MIRROR" "$DIR/mirror" 3>&- &
	netlabd_keep $!
}

# What COUNT clients (16) hear that ask at once, each from a port of its own, so
# that all workers are asked: a line each of leap, stratum, precision, reference
# id and time. Who hears nothing in PATIENCE seconds (1) says nothing.
ask() {
	python3 - "$NTP" "${1:-16}" "${PATIENCE:-1}" <<'PYTHON'
import select, socket, sys

port, count = map(int, sys.argv[1:3])
patience = float(sys.argv[3])
clients = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(count)]
for s in clients:
    s.sendto(bytes([0x23]) + bytes(39) + b"01234567", ("127.0.0.1", port))
while clients:
    ready, _, _ = select.select(clients, [], [], patience)
    if not ready:
        break
    for s in ready:
        reply = s.recv(65536)
        precision = int.from_bytes(reply[3:4], "big", signed=True)
        print(f"leap={reply[0] >> 6} stratum={reply[1]} precision={precision}",
              f"refid={reply[12:16].hex()} reference={reply[16:24].hex()}")
        clients.remove(s)
PYTHON
}

# Whether all who hear something hear the same, and that is like PATTERN.
all_say() {
	local said

	said=$(ask | sort -u)
	[ -n "$said" ] && [ "$(wc -l <<<"$said")" -eq 1 ] && [[ $said == *$1* ]]
}

@test "TIME 8, 9, 10, 14, 17: a mirror's word stands before the kernel's" {
	set_clock "$synchronised"
	MIRROR=$(netlabd_free_port)
	start_time "mirror = \"127.0.0.1:$MIRROR\""
	# Nobody answers: the kernel's word is as good as ever.
	netlabd_wait_for all_say "leap=0 stratum=10"
	set_mirror leap=1 stratum=4 delay=0.01 dispersion=0.02
	start_mirror
	netlabd_wait_for all_say "leap=1 stratum=4 *refid=c0000201"
	netlabd_wait_log 'the clock is synchronised: stratum 4, by 127.0.0.1:'
	# It is asked for the time, and told nothing.
	run -0 head -n 1 "$DIR/mirror.asked"
	assert_output --regexp "^23$(printf '%078d' 0)[0-9a-f]{16}\$"
	# It does not know the time: then nobody here does.
	set_mirror leap=3 stratum=0 refid=00000000 delay=1 dispersion=1
	netlabd_wait_for all_say "leap=3 stratum=0 *refid=00000000"
	netlabd_wait_log 'the clock is not synchronised: so clients are told'
	# Each change is one line, of one worker.
	assert_equal "$(grep -c 'stratum 4, by' "$LOG")" 1
}

@test "TIME 13, 34: another worker looks at the clock when one is killed, or hangs" {
	local pids

	set_clock "$synchronised"
	start_time
	netlabd_wait_for all_say "stratum=10"
	mapfile -t pids < <(pgrep -P "$NETLABD_PID")
	assert_equal "${#pids[@]}" 2
	kill -KILL "${pids[0]}"
	set_clock "$unsynchronised"
	netlabd_wait_for all_say "leap=3 stratum=0"
	# One of the two is the one that looks; the first hanging, it is the
	# second.
	are_two() {
		mapfile -t pids < <(pgrep -P "$NETLABD_PID")
		[ "${#pids[@]}" -eq 2 ]
	}
	netlabd_wait_for are_two
	PATIENCE=0.3
	kill -STOP "${pids[0]}"
	set_clock "$synchronised"
	netlabd_wait_for all_say "leap=0 stratum=10"
	kill -CONT "${pids[0]}"
	kill -STOP "${pids[1]}"
	set_clock "$unsynchronised"
	netlabd_wait_for all_say "leap=3 stratum=0"
	kill -CONT "${pids[1]}"
	# Whoever went on is heard again.
	PATIENCE=20
	[ "$(ask | wc -l)" -eq 16 ]
}

@test "TIME 34: a reload takes another source, and goes on with the same one" {
	local before

	set_clock "$synchronised"
	start_time
	before=$(PATIENCE=20 ask 1)
	[[ $before == *"leap=0 stratum=10"* ]]
	# When the clock was corrected is not forgotten.
	write_time "stratum = 5"
	kill -HUP "$NETLABD_PID"
	netlabd_wait_for all_say "leap=0 stratum=5 *${before##* }"
	MIRROR=$(netlabd_free_port)
	write_time "mirror = \"127.0.0.1:$MIRROR\""
	set_mirror stratum=6
	start_mirror
	kill -HUP "$NETLABD_PID"
	netlabd_wait_for all_say "leap=0 stratum=6"
}

@test "TIME 9: a kernel that does not tell is told of once" {
	set_clock "no numbers"
	start_time
	netlabd_wait_log 'no clock state'
	netlabd_wait_for all_say "leap=3 stratum=0"
	assert_equal "$(grep -c 'no clock state' "$LOG")" 1
}

@test "wrong keys of the clock are told with file and line" {
	NTP=$(netlabd_free_port)
	TIME=$(netlabd_free_port)
	DAYTIME=$(netlabd_free_port)
	write_time "mirror = \"127.0.0.1:$NTP\"
	stratum = 16
	refid = \"FIVES\"
	root_dispersion_min = -1"
	run -1 "$NETLABD" -t -c "$CONF"
	line=$(grep -n mirror "$CONF" | cut -d: -f1)
	assert_output --partial "$CONF:$line: 'mirror' is an address of 'ntp' itself"
	assert_output --partial "$CONF:$((line + 1)): 'stratum' is from 1 to 15, not 16"
	assert_output --partial "$CONF:$((line + 2)): 'refid' is one to four printable ASCII characters, such as \"GPS\""
	assert_output --partial "$CONF:$((line + 3)): 'root_dispersion_min' is from 0 to 1000, not -1"
}
