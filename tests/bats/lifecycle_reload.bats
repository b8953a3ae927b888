# lifecycle_reload.bats: configurations taken while the daemon serves.

load helper
load lifecycle

# -------------------------------------------------------------------- reload

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

# A stopped master reads neither the question nor its signals.
@test "--reload: the daemon stops before the outcome, not running, no pidfile to ask by" {
	local reload status=0

	small_config
	netlabd_start
	kill -STOP "$NETLABD_PID"
	"$NETLABD" --reload -c "$CONF" 2>"$DIR/said" 3>&- &
	reload=$!
	waits() {
		[ "$(grep -cF "$DIR/run/netlabd.ctl" /proc/net/unix)" -eq 2 ]
	}
	netlabd_wait_for waits
	kill -TERM "$NETLABD_PID"
	kill -CONT "$NETLABD_PID"
	netlabd_wait_end
	assert_equal "$NETLABD_STATUS" 0
	wait "$reload" || status=$?
	assert_equal "$status" 75
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
	: >"$LOG"
	run "$NETLABD" --reload -c "$CONF"
	assert_success
	run -0 listed_until 'reloaded:'
	assert_output - <<-END
		listening: udp 127.0.0.1:$ECHO echo (lab worker 0)
		listening: tcp 127.0.0.1:$ECHO echo (lab worker 0)
		no longer listening: udp 127.0.0.1:$old_echo echo (lab worker 0)
		no longer listening: tcp 127.0.0.1:$old_echo echo (lab worker 0)
	END
	exec 9<>"/dev/tcp/127.0.0.1/$ECHO"
	exec 9>&-
	# As soon as the old worker has closed it.
	is_refused() {
		! (exec 9<>"/dev/tcp/127.0.0.1/$old_echo") 2>/dev/null
	}
	netlabd_wait_for is_refused
	daytime_answers
	netlabd_stop
}

@test "reload: who waits where an address goes, and no worker is, gets its answer" {
	local old_echo

	small_config
	netlabd_start
	old_echo=$ECHO
	ECHO=$(netlabd_free_port)
	small_config
	put_off lab
	run -0 python3 - "$old_echo" "$NETLABD" --reload -c "$CONF" <<-'PYTHON'
		import socket, subprocess, sys

		with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagram, \
		    socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as stream:
		    datagram.connect(("127.0.0.1", int(sys.argv[1])))
		    for s in datagram, stream:
		        s.settimeout(20)
		        s.send(b"anybody there?")
		    subprocess.run(sys.argv[2:], check=True)
		    print(datagram.recv(100), stream.recv(100))
	PYTHON
	assert_line "b'anybody there?' b'anybody there?'"
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

@test "reload: the lab with 2 workers, 1, 64 and 1: what waits for one is answered" {
	small_config
	sed -i 's/lab {/lab { workers = 2/' "$CONF"
	netlabd_start
	python3 - "$NETLABD" "$CONF" "$ECHO" <<'PYTHON'
import re, socket, subprocess, sys
netlabd, conf, port = *sys.argv[1:3], int(sys.argv[3])

def client(kind):
    s = socket.socket(socket.AF_INET, kind)
    s.settimeout(20)
    s.connect(("127.0.0.1", port))
    return s

def expect(clients, answer):
    for s in clients:
        assert s.recv(100) == answer

def ask(clients, question):
    for s in clients:
        s.send(question)

old = [client(kind) for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM)
       for _ in range(40)]
ask(old, b"held")
expect(old, b"held")
for workers in 1, 64, 1:
    text = open(conf).read()
    with open(conf, "w") as out:
        out.write(re.sub(r"(lab . workers =) \d+", rf"\1 {workers}", text))
    new = [client(kind) for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM)
           for _ in range(40)]
    ask(new, b"queued")
    subprocess.run([netlabd, "--reload", "-c", conf], check=True)
    expect(new, b"queued")
    # Streams stay with a worker that finishes.
    ask(old, b"still")
    expect(old, b"still")
PYTHON
	grep -q 'no longer listening: udp .*(lab workers 1-63)' "$LOG"
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
	assert_output --regexp "$CONF:[0-9]+: 127.0.0.1:$(cat "$DIR/taken") \(tcp\): Address already in use: .* has it; stop it"
	assert_output --partial 'reload failed: 1 mistake; generation 1 goes on'
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

count_descriptors() {
	ls "/proc/$NETLABD_PID/fd" | wc -l
}

# Those of a worker are closed a moment after its end.
@test "reload: the master's descriptors do not grow" {
	small_config
	netlabd_start
	for i in 1 2 3 4 5; do
		run "$NETLABD" --reload -c "$CONF"
		assert_success
		netlabd_wait_for count_workers_is 3
		[ "$i" -gt 1 ] || first=$(count_descriptors)
	done
	no_more_are_open() {
		[ "$(count_descriptors)" -le "$first" ]
	}
	netlabd_wait_for no_more_are_open
	netlabd_stop
}

@test "reload: what needs a restart is said" {
	small_config
	# The user's own group, which is found by root and later by the user.
	sed -i '/^group = /d' "$CONF"
	netlabd_start
	sed -i "s|$DIR/run/netlabd.pid|$DIR/run/other.pid|" "$CONF"
	kill -HUP "$NETLABD_PID"
	netlabd_wait_log 'pidfile has changed: that needs a restart'
	netlabd_wait_log 'reloaded: generation 2'
	run ! grep 'group has changed' "$LOG"
	netlabd_stop
	assert [ ! -e "$DIR/run/netlabd.pid" ]
}
