# lifecycle.bats: the life of the daemon from start to stop, and all that must
# not end it.

load helper

# ---------------------------------------------------------------- helpers

# A configuration with two time workers and one lab worker; more lines as given.
small_config() {
	DAYTIME=${DAYTIME:-$(netlabd_free_port)}
	TIME=${TIME:-$(netlabd_free_port)}
	ECHO=${ECHO:-$(netlabd_free_port)}
	netlabd_config <<-END
		$(netlabd_user)
		pidfile = "$DIR/run/netlabd.pid"
		shutdown_timeout = 2
		log { level = "debug" }
		time {
		    workers = ${WORKERS:-2}
		    time = { "127.0.0.1:$TIME" }
		    daytime = { "127.0.0.1:$DAYTIME" }
		}
		lab { echo = { "127.0.0.1:$ECHO" } }
		$*
	END
}

children() {
	pgrep -P "$NETLABD_PID" "$@"
}

# Pids of the workers of a role, in the order of their slots.
workers_of() {
	pgrep -a -P "$NETLABD_PID" -f "^netlabd: $1 worker" |
		sort -k 5n | cut -d ' ' -f 1
}

# What $1 (a pid) has in the field $2 of its status.
status_of() {
	awk -v "key=$2:" '$1 == key { $1 = ""; print substr($0, 2) }' \
		"/proc/$1/status"
}

count_workers_is() {
	[ "$(children -c)" -eq "$1" ]
}

count_log_is() {
	[ "$(grep -acE "$1" "$LOG")" -eq "$2" ]
}

# daytime over TCP says something that ends in a line's end.
daytime_answers() {
	python3 - "$DAYTIME" <<'PYTHON'
import socket, sys
with socket.create_connection(("127.0.0.1", int(sys.argv[1])), 20) as s:
    s.settimeout(20)
    text = b""
    while piece := s.recv(1000):
        text += piece
assert text.endswith(b"\n"), text
PYTHON
}

# Asks daytime by TCP and time by UDP, one after another, until the file $1
# exists. Returns when the first have been answered. The pauses leave the CPU to
# the tests that run beside this one.
load_until() {
	python3 - "$1" "$DAYTIME" "$TIME" <<'PYTHON' &
import os, socket, sys
from time import sleep
stop, daytime, time = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
refused = cut = lost = streams = datagrams = 0
while not os.path.exists(stop):
    try:
        with socket.create_connection(("127.0.0.1", daytime), 20) as s:
            s.settimeout(20)
            try:
                if s.recv(100):
                    streams += 1
                else:
                    cut += 1
            except OSError:
                cut += 1
    except OSError:
        refused += 1
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.settimeout(5)
        s.connect(("127.0.0.1", time))
        try:
            s.send(b"")
            if len(s.recv(100)) == 4:
                datagrams += 1
        except OSError:
            lost += 1
    if streams == 1:
        open(stop + ".begun", "w").close()
    sleep(0.002)
with open(stop + ".result", "w") as out:
    print(refused, cut, lost, streams, datagrams, file=out)
PYTHON
	LOAD_PID=$!
	netlabd_keep "$LOAD_PID"
	netlabd_wait_for test -e "$1.begun"
}

# Ends the load; REFUSED, CUT, LOST, STREAMS and DATAGRAMS say how it went.
load_end() {
	touch "$1"
	wait "$LOAD_PID"
	read -r REFUSED CUT LOST STREAMS DATAGRAMS <"$1.result"
	echo "refused $REFUSED, cut $CUT, lost $LOST of $STREAMS + $DATAGRAMS"
	[ "$STREAMS" -gt 0 ] && [ "$DATAGRAMS" -gt 0 ]
}

# ------------------------------------------------------------ command line

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

# ------------------------------------------------------------------- start

@test "start and stop: ready, answers, TERM, exit 0, nothing left behind" {
	small_config
	netlabd_start
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

@test "start: an address in use is tried again, then told with its line, exit 1" {
	small_config
	python3 -c '
import socket, sys, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("127.0.0.1", int(sys.argv[1])))
print("bound", flush=True)
time.sleep(600)' "$TIME" >"$DIR/holder" 3>&- &
	netlabd_keep $!
	netlabd_wait_for grep -q bound "$DIR/holder"
	netlabd_spawn
	netlabd_wait_end
	assert [ "$NETLABD_STATUS" -eq 1 ]
	grep -qE "$CONF:[0-9]+: bind 127.0.0.1:$TIME \(udp\): Address already in use; trying again" "$LOG"
	grep -qE "bind 127.0.0.1:$TIME \(udp\): Address already in use$" "$LOG"
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

@test "start: a second instance without the pidfile does not share the ports" {
	small_config
	netlabd_start
	sed '/pidfile/d' "$CONF" >"$DIR/other.conf"
	run "$NETLABD" -f -c "$DIR/other.conf"
	assert_failure 1
	assert_output --partial 'Address already in use'
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

# --------------------------------------------------------------- detached

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
	netlabd_wait_for eval "! kill -0 $NETLABD_PID 2>/dev/null"
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

# ------------------------------------------------------------------ reload

@test "HUP: a good configuration is a new generation, and the old one goes" {
	small_config
	netlabd_start
	old=$(children | sort)
	kill -HUP "$NETLABD_PID"
	netlabd_wait_log 'reloaded: generation 2'
	netlabd_wait_for count_workers_is 3
	new=$(children | sort)
	assert [ -z "$(comm -12 <(echo "$old") <(echo "$new"))" ]
	daytime_answers
	netlabd_stop
}

@test "--reload: done is 0; a mistake is shown, is 1, and changes nothing" {
	small_config
	netlabd_start
	run "$NETLABD" --reload -c "$CONF"
	assert_success
	netlabd_wait_log 'reloaded: generation 2'
	netlabd_wait_for count_workers_is 3
	old=$(children | sort)
	small_config 'nonsense = 1'
	run "$NETLABD" --reload -c "$CONF"
	assert_failure 1
	assert_output --regexp "$CONF:[0-9]+: .*nonsense"
	assert_output --partial 'reload failed'
	grep -qE "$CONF:[0-9]+: .*nonsense" "$LOG"
	assert [ "$(children | sort)" = "$old" ]
	daytime_answers
	small_config
	run "$NETLABD" --reload -c "$CONF"
	assert_success
	netlabd_stop
}

@test "--reload: a broken zone is shown with its line, is 1, and changes nothing" {
	local dns

	dns=$(netlabd_free_port)
	cat >"$DIR/a.zone" <<-'END'
		$ORIGIN a.test.
		@ 60 SOA ns a 1 2 3 4 5
		@ 60 NS ns
		ns 60 A 192.0.2.1
	END
	small_config "dns { listen = { \"127.0.0.1:$dns\" } workers = 1
		zone \"a.test\" { file = \"a.zone\" } }"
	netlabd_start
	old=$(children | sort)
	echo '@ 60 A bad' >>"$DIR/a.zone"
	run "$NETLABD" --reload -c "$CONF"
	assert_failure 1
	assert_output --partial "$DIR/a.zone:5: "
	assert [ "$(children | sort)" = "$old" ]
	run dig +short +tries=1 "@127.0.0.1" -p "$dns" ns.a.test
	assert_output 192.0.2.1
	netlabd_stop
}

@test "--reload: those who connect and do not ask keep nobody out" {
	small_config
	netlabd_start
	run python3 - "$DIR/run/netlabd.ctl" "$NETLABD" --reload -c "$CONF" <<-'PYTHON'
		import socket, subprocess, sys

		silent = []
		for _ in range(40):
		    s = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
		    s.connect(sys.argv[1])
		    silent.append(s)
		sys.exit(subprocess.run(sys.argv[2:]).returncode)
	PYTHON
	assert_success
	netlabd_stop
}

@test "--reload: one who reads late learns the outcome of many lines" {
	local i name

	small_config
	netlabd_start
	printf -v name '%0200d' 0
	{
		echo "dns { listen = { \"127.0.0.1:$DAYTIME\" }"
		for i in $(seq 300); do
			echo "zone \"z$i.test\" { file = \"$name/$name/$i\" }"
		done
		echo '}'
	} >>"$CONF"
	run python3 - "$DIR/run/netlabd.ctl" "$LOG" <<-'PYTHON'
		import socket, sys, time

		with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as s:
		    s.connect(sys.argv[1])
		    s.send(b"reload")
		    end = time.monotonic() + 20
		    while time.monotonic() < end:
		        if "reload failed" in open(sys.argv[2]).read():
		            break
		        time.sleep(0.05)
		    s.settimeout(20)
		    last = b""
		    while line := s.recv(4096):
		        last = line
		    print(last.decode())
	PYTHON
	assert_output --partial '-reload failed'
	netlabd_stop
}

@test "--reload: not running, and no pidfile to ask by" {
	small_config
	run "$NETLABD" --reload -c "$CONF"
	assert_failure 1
	assert_output --partial "not running ($DIR/run/netlabd.pid)"
	sed -i '/pidfile/d' "$CONF"
	run "$NETLABD" --reload -c "$CONF"
	assert_failure 1
	assert_output --partial SIGHUP
}

@test "reload: an address added, one taken away, the others keep their sockets" {
	local old_echo

	small_config
	netlabd_start
	old_echo=$ECHO
	ECHO=$(netlabd_free_port)
	small_config
	run "$NETLABD" --reload -c "$CONF"
	assert_success
	exec 9<>"/dev/tcp/127.0.0.1/$ECHO"
	exec 9>&-
	run bash -c "exec 9<>/dev/tcp/127.0.0.1/$old_echo"
	assert_failure
	daytime_answers
	netlabd_stop
}

@test "reload: more workers and fewer, under load, nothing refused, cut or lost" {
	small_config
	netlabd_start
	load_until "$DIR/stop"
	for workers in 4 1 3 2; do
		WORKERS=$workers small_config
		run "$NETLABD" --reload -c "$CONF"
		assert_success
	done
	load_end "$DIR/stop"
	assert [ "$REFUSED" -eq 0 ]
	assert [ "$LOST" -eq 0 ]
	netlabd_stop
}

@test "reload: an address that cannot be bound fails it, with file and line" {
	small_config
	netlabd_start
	old=$(children | sort)
	python3 -c '
import socket, sys, time
s = socket.create_server(("127.0.0.1", int(sys.argv[1])))
print("bound", flush=True)
time.sleep(600)' "$(netlabd_free_port | tee "$DIR/taken")" >"$DIR/holder" 3>&- &
	netlabd_keep $!
	netlabd_wait_for grep -q bound "$DIR/holder"
	ECHO=$(cat "$DIR/taken") small_config
	run "$NETLABD" --reload -c "$CONF"
	assert_failure 1
	assert_output --regexp "$CONF:[0-9]+: bind 127.0.0.1:$(cat "$DIR/taken") \(tcp\): Address already in use"
	assert [ "$(children | sort)" = "$old" ]
	daytime_answers
	netlabd_stop
}

@test "reload: many at once are one or two" {
	small_config
	netlabd_start
	# All within the time of one reload, which the shell's kill is too slow for.
	python3 -c 'import os, sys
for _ in range(50):
    os.kill(int(sys.argv[1]), 1)' "$NETLABD_PID"
	netlabd_wait_log 'reloaded: generation 2'
	run "$NETLABD" --reload -c "$CONF"
	assert_success
	netlabd_wait_for count_workers_is 3
	assert [ "$(grep -ac 'reloaded: generation' "$LOG")" -le 10 ]
	netlabd_stop
}

@test "reload: 20 under load, no failed request" {
	small_config
	netlabd_start
	load_until "$DIR/stop"
	for _ in $(seq 20); do
		run "$NETLABD" --reload -c "$CONF"
		assert_success
	done
	load_end "$DIR/stop"
	assert [ "$REFUSED" -eq 0 ]
	assert [ "$CUT" -eq 0 ]
	assert [ "$LOST" -eq 0 ]
	netlabd_wait_for count_workers_is 3
	netlabd_stop
}

@test "reload: the master's descriptors do not grow" {
	small_config
	netlabd_start
	for i in 1 2 3 4 5; do
		run "$NETLABD" --reload -c "$CONF"
		assert_success
		netlabd_wait_for count_workers_is 3
		count=$(ls "/proc/$NETLABD_PID/fd" | wc -l)
		[ "$i" -gt 1 ] || first=$count
	done
	assert [ "$count" -le "$first" ]
	netlabd_stop
}

@test "reload: what needs a restart is said" {
	small_config
	netlabd_start
	sed -i "s|$DIR/run/netlabd.pid|$DIR/run/other.pid|" "$CONF"
	kill -HUP "$NETLABD_PID"
	netlabd_wait_log 'pidfile has changed: that needs a restart'
	netlabd_wait_log 'reloaded: generation 2'
	netlabd_stop
	assert [ ! -e "$DIR/run/netlabd.pid" ]
}

# ------------------------------------------------------------------ crashes

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

@test "crash: 50 killed one after another under load: nothing refused or lost" {
	local end

	small_config
	netlabd_start
	load_until "$DIR/stop"
	for i in $(seq 50); do
		pid=$(workers_of time | sed -n "$((i % 2 + 1))p")
		[ -n "$pid" ] || pid=$(workers_of time | head -n 1)
		kill -KILL "$pid"
		netlabd_wait_for eval "[ \"\$(workers_of time | grep -vxc $pid)\" -eq 2 ]"
	done
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
	for delay in 100 200 400; do
		[ "$delay" -ne 100 ] || kill -ABRT "$(workers_of time | head -n 1)"
		netlabd_wait_for count_workers_is 3
		kill -ABRT "$(pgrep -P "$NETLABD_PID" -f '^netlabd: time worker 0$')"
		netlabd_wait_log "time worker 0: the next one in $delay ms"
	done
	# Nobody waits meanwhile: the slot's sockets are with its neighbour.
	for _ in $(seq 20); do
		daytime_answers
	done
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
		netlabd_wait_for eval "! kill -0 $pid 2>/dev/null"
	done
	: >"$LOG"
	netlabd_start
	netlabd_stop
}

# --------------------------------------------------------------- privileges

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

@test "privileges: a worker has its own sockets open and no other's" {
	small_config
	netlabd_start
	lab=$(workers_of lab)
	# TCP and UDP of echo, and the control socket.
	assert [ "$(ls -l "/proc/$lab/fd" | grep -c 'socket:')" -eq 3 ]
	netlabd_stop
}

# ----------------------------------------------------------- service manager

# Starts the daemon with what python binds: see the code.
with_manager() {
	python3 - "$NETLABD" "$CONF" "$LOG" "$TIME" "$DAYTIME" "$1" <<'PYTHON'
import os, signal, socket, sys
netlabd, conf, log, time, daytime, path = sys.argv[1:]
address = "\0" + path[1:] if path[0] == "@" else path
manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
manager.bind(address)
if path[0] == "/":
    os.chmod(path, 0o777)
manager.settimeout(60)
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
udp.bind(("127.0.0.1", int(time)))
tcp = socket.create_server(("127.0.0.1", int(daytime)))
stray = socket.create_server(("127.0.0.1", 0))
# Queued before there is a daemon: it must answer it.
early = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
early.connect(udp.getsockname())
early.send(b"")
early_stream = socket.create_connection(tcp.getsockname())
pid = os.fork()
if pid == 0:
    for i, s in enumerate((udp, tcp, stray)):
        os.dup2(s.fileno(), 30 + i)
    for i in range(3):
        os.dup2(30 + i, 3 + i)
    out = os.open(log, os.O_WRONLY | os.O_APPEND)
    os.dup2(out, 1)
    os.dup2(out, 2)
    os.closerange(6, 64)
    os.execve(netlabd, [netlabd, "-f", "-c", conf], dict(os.environ,
        LISTEN_FDS="3", LISTEN_PID=str(os.getpid()),
        LISTEN_FDNAMES="a:b:c", NOTIFY_SOCKET=path))
for s in udp, tcp, stray:
    s.close()
def expect(*wanted):
    text = manager.recv(4096).decode()
    print(text)
    for one in wanted:
        assert one in text, (one, text)
try:
    expect("READY=1", "STATUS=")
    early.settimeout(30)
    assert len(early.recv(100)) == 4
    early_stream.settimeout(30)
    assert early_stream.recv(100)
    os.kill(pid, signal.SIGHUP)
    expect("RELOADING=1", "MONOTONIC_USEC=")
    expect("READY=1")
    os.kill(pid, signal.SIGTERM)
    expect("STOPPING=1")
    assert os.waitpid(pid, 0)[1] == 0
except BaseException:
    os.kill(pid, signal.SIGKILL)
    raise
PYTHON
}

@test "service manager: sockets passed in are served, and it is told how things stand" {
	small_config
	with_manager "$DIR/notify"
	grep -q 'a socket that was passed in is closed' "$LOG"
}

@test "service manager: its socket may have an abstract name" {
	small_config
	with_manager "@netlabd-bats-$$-$BATS_TEST_NUMBER"
}

@test "service manager: LISTEN_PID of somebody else is nothing to us" {
	small_config
	export LISTEN_FDS=3 LISTEN_PID=1
	netlabd_start
	daytime_answers
	netlabd_stop
}

# ----------------------------------------------------------------- counters

@test "USR1: one line per role, and the outcomes add up to what was received" {
	small_config
	netlabd_start
	for _ in 1 2 3 4 5; do
		daytime_answers
	done
	kill -KILL "$(workers_of time | head -n 1)"
	netlabd_wait_for count_workers_is 3
	for _ in 1 2 3; do
		daytime_answers
	done
	kill -USR1 "$NETLABD_PID"
	netlabd_wait_log 'counters of time: '
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

@test "USR2: not available in this version, and it goes on" {
	small_config
	netlabd_start
	kill -USR2 "$NETLABD_PID"
	netlabd_wait_log 'not available in this version'
	daytime_answers
	netlabd_stop
}
