# lifecycle_start.bats: how the daemon starts, with which rights, and how it stops.

load helper
load lifecycle

# -------------------------------------------------------------- command line

@test "options: -V and -h print and exit 0" {
	run "$NETLABD" -V
	assert_success
	assert_output --regexp '^netlabd [0-9]+\.[0-9]+'
	run "$NETLABD" -h
	assert_success
	assert_output --partial 'usage: netlabd'
}

@test "options: a wrong option is a usage line and exit 2" {
	run "$NETLABD" --nonsense
	assert_failure 2
	assert_output --partial 'usage: netlabd'
	run "$NETLABD" -f surplus
	assert_failure 2
	run "$NETLABD" -c
	assert_failure 2
}

@test "-t: a good configuration is ok, exit 0" {
	small_config
	run "$NETLABD" -t -c "$CONF"
	assert_success
	assert_output "$CONF: ok"
}

@test "-t: mistakes are told with their lines, exit 1" {
	small_config 'nonsense = 1'
	run "$NETLABD" -t -c "$CONF"
	assert_failure 1
	assert_output --regexp "$CONF:[0-9]+: .*nonsense"
	refute_output --partial ': ok'
}

@test "-t: a relative name of the file is relative to where we are" {
	small_config
	cd "$DIR"
	run "$NETLABD" -t -c netlabd.conf
	assert_success
}

# --------------------------------------------------------------------- start

@test "start and stop: listed, ready, answers, TERM, exit 0, nothing left behind" {
	small_config
	netlabd_start
	run -0 listed_until 'ready:'
	assert_output - <<-END
		listening: udp 127.0.0.1:$TIME time    (time workers 0-1)
		listening: tcp 127.0.0.1:$TIME time    (time workers 0-1)
		listening: udp 127.0.0.1:$DAYTIME daytime (time workers 0-1)
		listening: tcp 127.0.0.1:$DAYTIME daytime (time workers 0-1)
		listening: udp 127.0.0.1:$ECHO echo    (lab worker 0)
		listening: tcp 127.0.0.1:$ECHO echo    (lab worker 0)
	END
	daytime_answers
	assert [ "$(cat "$DIR/run/netlabd.pid")" = "$NETLABD_PID" ]
	count_workers_is 3
	workers=$(children)
	netlabd_stop
	grep -qE 'netlabd\[[0-9]+\]: stopped' "$LOG"
	assert [ ! -e "$DIR/run/netlabd.pid" ]
	assert [ ! -e "$DIR/run/netlabd.ctl" ]
	for pid in $workers; do
		run kill -0 "$pid"
		assert_failure
	done
}

@test "start: INT stops, QUIT stops, a second TERM ends it now" {
	small_config
	for signal in INT QUIT; do
		: >"$LOG"
		netlabd_start
		kill "-$signal" "$NETLABD_PID"
		netlabd_wait_end
		assert [ "$NETLABD_STATUS" -eq 0 ]
	done
	sed -i 's/shutdown_timeout = 2/shutdown_timeout = 600/' "$CONF"
	: >"$LOG"
	netlabd_start
	# A connection that sends nothing and stays keeps the drain waiting.
	exec 9<>"/dev/tcp/127.0.0.1/$ECHO"
	echo hello >&9
	read -r -u 9
	kill -STOP "$(workers_of lab)"
	kill -TERM "$NETLABD_PID"
	netlabd_wait_log 'stopping'
	kill -TERM "$NETLABD_PID"
	netlabd_wait_end
	exec 9>&-
	assert [ "$NETLABD_STATUS" -eq 0 ]
}

@test "stop: a worker that does not end in time is killed" {
	small_config
	sed -i 's/shutdown_timeout = 2/shutdown_timeout = 0/' "$CONF"
	netlabd_start
	kill -STOP "$(workers_of lab)"
	netlabd_stop
	grep -q 'does not end: killed' "$LOG"
}

@test "start: a wrong configuration is told whole and is exit 78" {
	small_config 'nonsense = 1' $'\nhttp { listen = "127.0.0.1:99999" }'
	netlabd_spawn
	netlabd_wait_end
	assert [ "$NETLABD_STATUS" -eq 78 ]
	grep -qE "$CONF:[0-9]+: .*nonsense" "$LOG"
	grep -qE "$CONF:[0-9]+: .*99999" "$LOG"
}

@test "start: a file that is not there is exit 78" {
	CONF=$DIR/none.conf
	netlabd_spawn
	netlabd_wait_end
	assert [ "$NETLABD_STATUS" -eq 78 ]
	grep -q "$DIR/none.conf" "$LOG"
}

@test "start: nothing to serve is exit 78" {
	netlabd_config <<<"$(netlabd_user)"
	netlabd_spawn
	netlabd_wait_end
	assert [ "$NETLABD_STATUS" -eq 78 ]
	grep -q 'nothing to serve' "$LOG"
}

@test "start: a broken zone is told with its line, and the rest is served" {
	local dns

	dns=$(netlabd_free_port)
	echo '$ORIGIN broken.test.
@ 60 SOA ns a 1 2 3 4 5
@ 60 A not-an-address' >"$DIR/broken.zone"
	small_config "dns { listen = { \"127.0.0.1:$dns\" }
		zone \"broken.test\" { file = \"broken.zone\" } }"
	netlabd_start
	grep -qE "$DIR/broken.zone:3: " "$LOG"
	daytime_answers
	netlabd_stop
}

@test "start: an address in use, by a stranger or a second instance, is tried again, then told with its line and who has it, exit 78" {
	local other=$DIR/other stranger=$DIR/stranger port pid holder ended=0

	port=$(netlabd_free_port)
	small_config
	printf '%s\ntime { daytime = "127.0.0.1:%s"\ntime = "127.0.0.1:%s" }\n' \
		"$(netlabd_user)" "$TIME" "$port" >"$stranger.conf"
	python3 -c '
import socket, sys, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("127.0.0.1", int(sys.argv[1])))
print("bound", flush=True)
time.sleep(600)' "$port" >"$stranger" 3>&- &
	holder=$!
	netlabd_keep "$holder"
	netlabd_start
	netlabd_wait_for grep -q bound "$stranger"
	# Without the pidfile it is not told who runs, and yet it does not share
	# the first one's ports.
	sed '/pidfile/d' "$CONF" >"$other.conf"
	"$NETLABD" -f -c "$other.conf" >"$other.log" 2>&1 3>&- &
	pid=$!
	run "$NETLABD" -f -c "$stranger.conf"
	assert_failure 78
	assert_line --regexp "$stranger.conf:[0-9]+: 127.0.0.1:$port \(udp\): Address already in use \(and 2 more\); trying again\$"
	assert_line --regexp "$stranger.conf:[0-9]+: 127.0.0.1:$port \(udp\): Address already in use: python3[0-9.]* \(pid $holder\) has it; stop it, or change or leave out the address here\$"
	# The last line, and all of them: the manager shows but a few.
	assert_regex "${lines[-1]}" "$stranger.conf:[0-9]+: 127.0.0.1:$TIME \(udp and tcp\): Address already in use: .*netlabd"
	wait "$pid" || ended=$?
	assert_equal "$ended" 78
	grep -qE "$other.conf:[0-9]+: 127.0.0.1:$TIME \(udp and tcp\): Address already in use: .*netlabd" "$other.log"
	daytime_answers
	netlabd_stop
}

@test "start: an address that is in use for a moment only is no failure" {
	small_config
	python3 -c '
import os, socket, sys, time
s = socket.create_server(("127.0.0.1", int(sys.argv[1])))
print("bound", flush=True)
while not os.path.exists(sys.argv[2]):
    time.sleep(0.05)' "$DAYTIME" "$DIR/free" >"$DIR/holder" 3>&- &
	netlabd_keep $!
	netlabd_wait_for grep -q bound "$DIR/holder"
	netlabd_spawn
	netlabd_wait_log 'trying again'
	touch "$DIR/free"
	netlabd_wait_log 'ready:'
	daytime_answers
	netlabd_stop
}

@test "start: a second instance is told who runs, and the first goes on" {
	small_config
	netlabd_start
	run "$NETLABD" -f -c "$CONF"
	assert_failure 1
	assert_output --partial "already running as pid $NETLABD_PID ($DIR/run/netlabd.pid)"
	daytime_answers
	netlabd_stop
}

@test "start: a stale pidfile of a killed daemon is no obstacle" {
	small_config
	netlabd_start
	kill -KILL "$NETLABD_PID"
	netlabd_wait_end
	assert [ -e "$DIR/run/netlabd.pid" ]
	: >"$LOG"
	netlabd_start
	netlabd_stop
}

@test "start: a pidfile that is something else is neither written nor removed" {
	local path=$DIR/run/netlabd.pid

	small_config
	mkdir "$DIR/run"
	mkfifo "$path"
	run "$NETLABD" -f -c "$CONF"
	assert_failure 1
	assert_output --partial "pidfile $path: not a regular file"
	assert [ -p "$path" ]
	rm "$path"
	echo 'somebody has written this' >"$path"
	run "$NETLABD" -f -c "$CONF"
	assert_failure 1
	assert_output --partial "pidfile $path: holds more than"
	run cat "$path"
	assert_output 'somebody has written this'
}

@test "start: nothing but a socket makes way for the admin socket" {
	small_config
	mkdir "$DIR/run"
	echo 'somebody has written this' >"$DIR/run/netlabd.ctl"
	netlabd_start
	netlabd_stop
	run cat "$DIR/run/netlabd.ctl"
	assert_output 'somebody has written this'
}

@test "ps shows what each process is" {
	small_config
	netlabd_start
	run ps -o args= -p "$NETLABD_PID"
	assert_output 'netlabd: master'
	run ps -o args= --ppid "$NETLABD_PID" --sort pid
	assert_line 'netlabd: time worker 0'
	assert_line 'netlabd: time worker 1'
	assert_line 'netlabd: lab worker 0'
	run ps -o comm= -p "$(workers_of lab)"
	assert_output 'lab worker 0'
	netlabd_stop
}

# ------------------------------------------------------------------ detached

@test "detached: the shell gets 0, and a daemon without a terminal runs" {
	small_config
	run "$NETLABD" -c "$CONF"
	assert_success
	NETLABD_PID=$(cat "$DIR/run/netlabd.pid")
	netlabd_keep "$NETLABD_PID"
	daytime_answers
	assert [ "$(readlink "/proc/$NETLABD_PID/cwd")" = / ]
	for fd in 0 1 2; do
		assert [ "$(readlink "/proc/$NETLABD_PID/fd/$fd")" = /dev/null ]
	done
	assert [ "$(ps -o tty= -p "$NETLABD_PID")" = '?' ]
	kill -TERM "$NETLABD_PID"
	netlabd_wait_for is_over "$NETLABD_PID"
	NETLABD_PID=
}

@test "detached: a wrong configuration is shown and is the shell's 78" {
	small_config 'nonsense = 1'
	run "$NETLABD" -c "$CONF"
	assert_failure 78
	assert_output --regexp "$CONF:[0-9]+: .*nonsense"
}

@test "detached: any other failure is shown and is the shell's 1" {
	small_config
	netlabd_start
	run "$NETLABD" -c "$CONF"
	assert_failure 1
	assert_output --partial 'already running as pid'
	netlabd_stop
}

# ---------------------------------------------------------------- privileges

@test "privileges: started as root, no process has uid 0, nor rights" {
	[ "$EUID" -eq 0 ] || skip "needs root: there are no rights to drop"
	small_config
	netlabd_start
	for pid in $NETLABD_PID $(children); do
		for id in $(status_of "$pid" Uid) $(status_of "$pid" Gid); do
			assert [ "$id" -ne 0 ]
		done
		assert [ "$(status_of "$pid" NoNewPrivs)" -eq 1 ]
		assert [ "$(status_of "$pid" CapInh)" = 0000000000000000 ]
		assert [ "$(status_of "$pid" CapAmb)" = 0000000000000000 ]
	done
	# CAP_NET_BIND_SERVICE is bit 10.
	assert [ "$(status_of "$NETLABD_PID" CapPrm)" = 0000000000000400 ]
	assert [ "$(status_of "$NETLABD_PID" CapBnd)" = 0000000000000400 ]
	for pid in $(children); do
		assert [ "$(status_of "$pid" CapEff)" = 0000000000000000 ]
		assert [ "$(status_of "$pid" CapPrm)" = 0000000000000000 ]
	done
	netlabd_stop
}

@test "privileges: ports below 1024, at start and by a reload" {
	[ "$EUID" -eq 0 ] || skip "needs root: a network namespace of its own"
	cat >"$DIR/inside" <<-'END'
		set -e
		ip link set lo up
		"$NETLABD" -f -c "$CONF" >>"$LOG" 2>&1 &
		pid=$!
		trap 'kill -KILL $pid 2>/dev/null || true' EXIT
		for _ in $(seq 400); do
			grep -q ready: "$LOG" && break
			sleep 0.05
		done
		sed -i 's/:13"/:13", "[::]:13"/; s/time {/time { ntp = { "0.0.0.0:123" }/' "$CONF"
		"$NETLABD" --reload -c "$CONF"
		ss -Htuln
		kill -TERM $pid
		wait $pid
		trap - EXIT
	END
	DAYTIME=13 TIME=37 ECHO=7 small_config
	export NETLABD CONF LOG
	run unshare -n bash "$DIR/inside"
	assert_success
	for port in 127.0.0.1:13 127.0.0.1:37 127.0.0.1:7; do
		assert_output --regexp "udp .*$port "
		assert_output --regexp "tcp .*$port "
	done
	assert_output --regexp 'tcp .*\[::\]:13 '
	assert_output --regexp 'udp .*0.0.0.0:123 '
}

@test "privileges: root as the user is refused, exit 78" {
	[ "$EUID" -eq 0 ] || skip "needs root: nobody else's user is looked at"
	small_config
	sed -i 's/^user = .*/user = "root"/' "$CONF"
	netlabd_spawn
	netlabd_wait_end
	assert [ "$NETLABD_STATUS" -eq 78 ]
}

@test "privileges: started without root there is nothing to drop, and it serves" {
	[ "$EUID" -eq 0 ] || skip "the other tests of this file show it"
	small_config
	sed -i '/pidfile/d' "$CONF"
	setpriv --reuid=65534 --regid=65534 --clear-groups \
		"$NETLABD" -f -c "$CONF" >>"$LOG" 2>&1 </dev/null 3>&- &
	NETLABD_PID=$!
	netlabd_keep "$NETLABD_PID"
	netlabd_wait_log 'ready:'
	daytime_answers
	run "$NETLABD" --reload -c "$CONF"
	assert_failure 1
	kill -HUP "$NETLABD_PID"
	netlabd_wait_log 'reloaded: generation 2'
	for pid in $NETLABD_PID $(children); do
		assert [ "$(status_of "$pid" NoNewPrivs)" -eq 1 ]
		assert [ "$(status_of "$pid" CapPrm)" = 0000000000000000 ]
	done
	netlabd_stop
}

@test "privileges: a low port without the right to it is told, with what helps, exit 78" {
	[ "$EUID" -eq 0 ] || skip "needs root: a network namespace of its own"
	netlabd_config <<<'time { daytime = { "0.0.0.0:13" } }'
	run unshare -n setpriv --reuid=65534 --regid=65534 --clear-groups \
		"$NETLABD" -f -c "$CONF"
	assert_failure 78
	assert_line --regexp "$CONF:1: 0.0.0.0:13 \(udp and tcp\): Permission denied: .*CAP_NET_BIND_SERVICE"
}

@test "privileges: a worker has its own sockets and folders open and no other's" {
	small_config
	echo "http { listen = { \"127.0.0.1:$(netlabd_free_port)\" } root = \"$TOP/www\" }" >>"$CONF"
	netlabd_start
	lab=$(workers_of lab)
	# TCP and UDP of echo, and the control socket.
	assert [ "$(ls -l "/proc/$lab/fd" | grep -c 'socket:')" -eq 3 ]
	run find "/proc/$lab/fd" -lname "$TOP/www"
	assert_output ''
	run find "/proc/$(workers_of http | head -n 1)/fd" -lname "$TOP/www"
	refute_output ''
	netlabd_stop
}
