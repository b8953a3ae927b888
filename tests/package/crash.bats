#!/usr/bin/env bats
# Processes that are killed, and restarts, under a load whose every question is counted
# (tests/tools/storm_load).

load helper
load load

BATCH=32 # datagrams that a worker has in hand at most (worker_dgram.c)

setup_file() {
	machine_up
	installs new
}

@test "workers of each role killed: replaced at once, and nothing that waited is lost" {
	local before
	before=$(master)
	load_start
	for role in http dns time lab; do
		for _ in 1 2 3; do
			kill_worker "$role"
		done
	done
	load_stop
	measured "12 workers killed: $COUNTS"
	[ "$(master)" = "$before" ]
	[ "$(unit NRestarts)" -eq 0 ]
	serves
	[ "$http_refused" -eq 0 ]
	[ "$http_wrong" -eq 0 ]
	[ "$http_timeout" -eq 0 ]
	[ "$dns_lost" -le $((3 * BATCH)) ]
	[ "$dns_wrong" -eq 0 ]
}

# Kills a worker of ROLE and waits until another has its slot.
kill_worker() {
	local title="netlabd: $1 worker 0" pid
	pid=$(m pgrep -f "^$title")
	m kill -KILL "$pid"
	netlabd_wait_for has_successor "$title" "$pid"
}

# The worker of that TITLE is another one than PID.
has_successor() {
	local now
	now=$(m pgrep -f "^$1") && [ "$now" != "$2" ]
}

@test "the master killed 7 times within 10 seconds: back each time, and nothing that waited is lost" {
	local pid begun=$EPOCHREALTIME kills=7
	load_start
	for _ in $(seq $kills); do
		pid=$(master)
		m kill -KILL "$pid"
		is_back() {
			[ "$(master)" != "$pid" ] && is_active
		}
		netlabd_wait_for is_back
	done
	load_stop
	measured "the master killed $kills times in $(since "$begun"): $COUNTS"
	[ "$(unit NRestarts)" -eq $kills ]
	serves
	[ "$http_refused" -eq 0 ]
	[ "$http_wrong" -eq 0 ]
	[ "$http_timeout" -eq 0 ]
	# What two workers had in hand each time.
	[ "$dns_lost" -le $((kills * 2 * BATCH)) ]
	[ "$dns_wrong" -eq 0 ]
	# All of those that it leaves behind go.
	are_eight() {
		[ "$(processes | wc -w)" -eq 8 ]
	}
	netlabd_wait_for are_eight
}

@test "systemctl restart, 5 times: no connection refused, no question lost" {
	load_start
	for _ in 1 2 3 4 5; do
		m systemctl restart netlabd
	done
	load_stop
	measured "5 restarts: $COUNTS"
	serves
	load_has_failed_nothing
}

@test "systemctl reload, 10 times: no question lost" {
	load_start
	for _ in {1..10}; do
		m systemctl reload netlabd
	done
	load_stop
	measured "10 reloads: $COUNTS"
	load_has_failed_nothing
}

# The unit hides from the master what state its workers are in.
@test "a worker that hangs is ended, and replaced" {
	local pid state=/var/lib/netlabd
	cp "$BUILT/tests/tools/hang_preload.so" "$ROOT/usr/lib/"
	m mkdir -p /run/systemd/system/netlabd.service.d "$state/seen"
	m chown netlabd: "$state/seen"
	sh "printf '%s\n' '[Service]' 'Environment=LD_PRELOAD=/usr/lib/hang_preload.so' \
		'Environment=HANG_FILE=$state/hang HANG_SEEN=$state/seen' \
		>/run/systemd/system/netlabd.service.d/hang.conf"
	sh "sed -i '1i worker_timeout = 1' /etc/netlabd.conf"
	m systemctl daemon-reload
	m systemctl restart netlabd
	pid=$(m pgrep -f '^netlabd: time worker 0')
	sh "echo $pid loop >$state/hang"
	netlabd_wait_for reaches "$ROOT$state/seen/$pid"
	netlabd_wait_for tells "^time worker 0 \(pid $pid\) hangs: .* loop without an end"
	netlabd_wait_for has_successor 'netlabd: time worker 0' "$pid"
	serves
	[ "$(unit NRestarts)" -eq 0 ]
	m rm -r /run/systemd/system/netlabd.service.d "$state/seen" "$state/hang"
	sh "sed -i 1d /etc/netlabd.conf"
	m systemctl daemon-reload
	m systemctl restart netlabd
}

# Asks each time worker for the time, and says whether one has made the file $1.
reaches() {
	m bash -c 'for _ in {1..16}; do echo >/dev/udp/127.0.0.1/37; done'
	[ -e "$1" ]
}

# The journal has such a line of the unit.
tells() {
	journal | grep -qE "$1"
}

@test "what the journal says of all this is readable" {
	run -0 journal
	assert_line --regexp '^(http|dns|time|lab) worker 0 \(pid [0-9]+\).*signal 9'
	refute_output --partial 'netlabd['
}
