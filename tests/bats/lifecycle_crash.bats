# lifecycle_crash.bats: workers that end, and what the daemon tells others of itself.

load helper
load lifecycle

# ------------------------------------------------------------------- crashes

@test "crash: a worker is told of with signal and uptime, and is back" {
	small_config
	netlabd_start
	old=$(workers_of lab)
	kill -ABRT "$old"
	netlabd_wait_log "lab worker 0 \(pid $old\) was ended by signal 6 \(SIGABRT\) after [0-9]+\.[0-9]+ s"
	netlabd_wait_for eval '[ -n "$(workers_of lab)" ]'
	assert [ "$(workers_of lab)" != "$old" ]
	netlabd_stop
}

@test "crash: 50 killed under load: nothing refused or lost" {
	WORKERS=8 small_config
	netlabd_start
	load_until "$DIR/stop"
	"$TOP/tests/tools/kill-workers" "$NETLABD_PID" 50 time
	load_end "$DIR/stop"
	assert [ "$REFUSED" -eq 0 ]
	# A datagram or a connection that the dead worker had already taken
	# goes with it; one client has at most one of them at a time.
	assert [ "$LOST" -le 50 ]
	assert [ "$CUT" -le 50 ]
	netlabd_stop
}

@test "crash: one that keeps dying is put off longer and longer, and lent" {
	small_config
	netlabd_start
	put_off time
	# Nobody waits meanwhile: the slot's sockets are with its neighbour.
	daytime_answers 20
	netlabd_wait_for count_workers_is 3
	netlabd_stop
}

@test "crash: the master killed takes its workers with it" {
	small_config
	netlabd_start
	workers=$(children)
	kill -KILL "$NETLABD_PID"
	netlabd_wait_end
	for pid in $workers; do
		netlabd_wait_for is_over "$pid"
	done
	: >"$LOG"
	netlabd_start
	netlabd_stop
}

# ----------------------------------------------------------- service manager

# More of it in manager.bats.

@test "service manager: LISTEN_PID of somebody else is nothing to us" {
	small_config
	export LISTEN_FDS=3 LISTEN_PID=1
	netlabd_start
	daytime_answers
	netlabd_stop
}

# ------------------------------------------------------------------ counters

@test "USR1: one line per role, and the outcomes add up to what was received" {
	small_config
	netlabd_start
	daytime_answers 5
	kill -KILL "$(workers_of time | head -n 1)"
	netlabd_wait_for count_workers_is 3
	daytime_answers 3
	netlabd_wait_counters 'counters of time: .*daytime: received 8,'
	netlabd_wait_log 'counters of lab: '
	python3 - "$LOG" <<'PYTHON'
import re, sys
line = re.findall(r"counters of time: (.*)", open(sys.argv[1]).read())[-1]
parts = dict(part.split(": ", 1) for part in line.split("; "))
counts = {k: int(v) for k, v in
          (item.rsplit(" ", 1) for item in parts["daytime"].split(", "))}
print(counts)
assert counts.pop("received") == 8
for name in "sent", "send_errors", "connections":
    counts.pop(name, None)
assert sum(counts.values()) == 8, counts
PYTHON
	netlabd_stop
}
