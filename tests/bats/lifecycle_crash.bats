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
	for delay in 100 200 400; do
		[ "$delay" -ne 100 ] || kill -ABRT "$(workers_of time | head -n 1)"
		netlabd_wait_for count_workers_is 3
		kill -ABRT "$(pgrep -P "$NETLABD_PID" -f '^netlabd: time worker 0$')"
		netlabd_wait_log "time worker 0: the next one in $delay ms"
	done
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
    early_stream.close()
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
	run -0 listed_until 'ready:'
	assert_line "listening: udp 127.0.0.1:$TIME time    (time workers 0-1)"
	assert_line "listening: tcp 127.0.0.1:$DAYTIME daytime (time workers 0-1)"
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

# ------------------------------------------------------------------ counters

@test "USR1: one line per role, and the outcomes add up to what was received" {
	small_config
	netlabd_start
	daytime_answers 5
	kill -KILL "$(workers_of time | head -n 1)"
	netlabd_wait_for count_workers_is 3
	daytime_answers 3
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
