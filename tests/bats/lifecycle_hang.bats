# lifecycle_hang.bats: workers that hang (worker_timeout in netlabd.conf(5)).
# tests/tools/hang_preload.c makes them.

load helper
load lifecycle

# A daemon whose workers hang when told to by "hang".
start_with_hangs() {
	small_config "worker_timeout = ${1:-1}"
	mkdir -m 777 "$DIR/seen"
	HANG_FILE=$DIR/hang HANG_SEEN=$DIR/seen \
		LD_PRELOAD=$BUILT/tests/tools/hang_preload.so netlabd_start
}

# Asks for the time without waiting for answers, from enough ports that each
# worker gets some of it, and says whether the worker $1 hangs by now.
reaches() {
	local i

	for i in {1..16}; do
		echo >"/dev/udp/127.0.0.1/$TIME"
	done
	[ -e "$DIR/seen/$1" ]
}

# Has the worker $1 (a pid) hang, in the way $2.
hang() {
	echo "$1 $2" >"$DIR/hang.new"
	mv "$DIR/hang.new" "$DIR/hang"
	netlabd_wait_for reaches "$1"
}

@test "hang: one in a loop is ended; its queue is answered by the next" {
	start_with_hangs
	old=$(workers_of time | head -n 1)
	hang "$old" loop
	# Some of these are the hanging one's to answer.
	daytime_answers 20
	netlabd_wait_log "time worker 0 \(pid $old\) hangs: .* loop without an end; ended by SIGABRT"
	netlabd_wait_log "time worker 0 \(pid $old\) was ended by signal 6 \(SIGABRT\)"

	# One in a call, that SIGABRT does not end.
	old=$(workers_of time | tail -n 1)
	hang "$old" wait
	daytime_answers 20
	netlabd_wait_log "time worker 1 \(pid $old\) hangs: .* call that does not return; ended by SIGABRT"
	netlabd_wait_log "time worker 1 \(pid $old\) was ended by signal 9 \(SIGKILL\)"
	netlabd_wait_for count_workers_is 3

	run -0 "$NETLAB" status --config "$CONF"
	assert_line --regexp '^time 0 +running .* 1  hangs: 1$'
	assert_line --regexp '^time 1 +running .* 1  hangs: 1$'
	netlabd_stop
}

@test "hang: one that is stopped is left alone, and goes on" {
	start_with_hangs
	old=$(workers_of time | head -n 1)
	hang "$old" stop
	netlabd_wait_log "time worker 0 \(pid $old\) gets nowhere, .*: it is stopped"
	rm "$DIR/hang"
	kill -CONT "$old"
	daytime_answers 20
	assert [ "$(workers_of time | head -n 1)" = "$old" ]
	run grep -a ' hangs: ' "$LOG"
	assert_output ''
	netlabd_stop
}

@test "hang: one that hangs while it drains is ended as well" {
	start_with_hangs
	old=$(workers_of time | head -n 1)
	sed -i 's/^shutdown_timeout.*/shutdown_timeout = 60/' "$CONF"
	hang "$old" loop
	kill -HUP "$NETLABD_PID"
	netlabd_wait_log 'reloaded: generation 2'
	netlabd_wait_log "time worker 0 \(pid $old\) hangs: "
	netlabd_wait_for is_over "$old"
	daytime_answers 20
	netlabd_stop
}
