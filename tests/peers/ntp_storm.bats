# ntp_storm.bats: workers killed and configurations reloaded under NTP load: what
# is lost is counted request by request (ntp_storm.py).
load ../bats/helper
load ntp

KILLS=20
RELOADS=20
BATCH=32 # datagrams that a worker has in hand at most (worker_dgram.c)

setup() {
	netlabd_setup
	set_clock "$synchronised"
	start_ntp
	python3 "$BATS_TEST_DIRNAME/ntp_storm.py" "$NTP" >"$DIR/counts" 2>&1 3>&- &
	STORM=$!
	netlabd_keep "$STORM"
	sleep 0.5
	kill -0 "$STORM"
}

# Ends the load; its counts become variables.
storm_stop() {
	local word

	kill -TERM "$STORM"
	wait "$STORM"
	cat "$DIR/counts"
	for word in $(<"$DIR/counts"); do
		declare -g "${word?}"
	done
	[ "$answered" -gt 1000 ]
	[ "$wrong" -eq 0 ]
	echo "# $BATS_TEST_DESCRIPTION: $(<"$DIR/counts")" >&3
}

workers() {
	ps -o pid=,args= --ppid "$NETLABD_PID" --sort=start_time,pid |
		awk 'index($0, "netlabd: time worker") { print $1 }'
}

is_back() {
	[ "$(workers | wc -w)" -eq 2 ] && ! workers | grep -qx "$1"
}

@test "TIME 34: 20 reloads lose no request" {
	local i

	for ((i = 1; i <= RELOADS; i++)); do
		kill -HUP "$NETLABD_PID"
		netlabd_wait_log "reloaded: generation $((i + 1))\$"
	done
	storm_stop
	[ "$lost" -eq 0 ]
	netlabd_stop
}

@test "TIME 34: 20 killed workers lose at most what each has in hand" {
	local i pid

	for ((i = 0; i < KILLS; i++)); do
		pid=$(workers | head -n 1)
		kill -KILL "$pid"
		netlabd_wait_for is_back "$pid"
	done
	storm_stop
	[ "$lost" -le $((KILLS * BATCH)) ]
	netlabd_stop
}
