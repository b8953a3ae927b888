# time.bash: what the files about time share, beside helper.bash.

# The state of the kernel's clock as the workers are to see it: STATUS MAXERROR
# ESTERROR STATE, see adjtimex(2). Written over in place, as they keep it open.
set_clock() {
	echo "$*" >"$DIR/timex"
	chmod 644 "$DIR/timex"
	export NETLABD_TEST_TIMEX=$DIR/timex
}

synchronised="1 20000 1000 0"
unsynchronised="64 16000000 16000000 5"

# Starts the three services; LINES are added to the time section.
start_time() {
	NTP=$(netlabd_free_port)
	TIME=$(netlabd_free_port)
	DAYTIME=$(netlabd_free_port)
	write_time "$@"
	netlabd_start
}

# Writes their configuration, again for a reload, with other LINES.
write_time() {
	netlabd_config <<CONFIG
$(netlabd_user)
time {
    ntp     = { "127.0.0.1:$NTP", "[::1]:$NTP" }
    time    = { "127.0.0.1:$TIME", "[::1]:$TIME" }
    daytime = { "127.0.0.1:$DAYTIME", "[::1]:$DAYTIME" }
    workers = 2
    $*
}
CONFIG
}

# Waits until the counters of SERVICE begin with COUNTS. They are asked for again
# and again: a reply may be here before the worker has counted it.
wait_for_counts() {
	are_counted() {
		kill -USR1 "$NETLABD_PID"
		tail -n 1 "$LOG" | grep -qE "[ ;]$1: received $2([,;]|\$)"
	}
	netlabd_wait_for are_counted "$@"
}

# What each CASE gets on 127.0.0.1, a line each: see ntp_client.py.
ntp() {
	python3 "$BATS_TEST_DIRNAME/ntp_client.py" 127.0.0.1 "$NTP" "$@"
}
