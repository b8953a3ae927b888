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
	has_successor() {
		local now
		now=$(m pgrep -f "^$title") && [ "$now" != "$pid" ]
	}
	netlabd_wait_for has_successor
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
	# All of those that it leaves behind are gone.
	[ "$(processes | wc -w)" -eq 8 ]
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

@test "what the journal says of all this is readable" {
	run -0 journal
	assert_line --regexp '^(http|dns|time|lab) worker 0 \(pid [0-9]+\).*signal 9'
	refute_output --partial 'netlabd['
}
