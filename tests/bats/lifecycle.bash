# lifecycle.bash: what the bats files on the life of the daemon share. Such a file
# says `load lifecycle` after `load helper`.

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

# The process $1 has ended, whether or not its parent has heard of it.
is_over() {
	! grep -qs '^State:[[:space:]]*[^ZX[:space:]]' "/proc/$1/status"
}

count_workers_is() {
	[ "$(children -c)" -eq "$1" ]
}

count_log_is() {
	[ "$(grep -acE "$1" "$LOG")" -eq "$2" ]
}

# Has worker 0 of ROLE die until the next one is due after 400 ms only.
put_off() {
	local role=$1 delay pid

	for delay in 0 100 200 400; do
		netlabd_wait_for eval 'pid=$(children -f "^netlabd: $role worker 0\$")'
		kill -ABRT "$pid"
		netlabd_wait_log "$role worker 0 \\(pid $pid\\) was ended by signal 6"
		[ "$delay" -eq 0 ] || netlabd_wait_log "$role worker 0: the next one in $delay ms"
	done
}

# What the log says of sockets, up to the last line that matches the REGEX.
listed_until() {
	sed -nE "/$1/q; s/^[^:]*: ((no longer )?listening: )/\\1/p" "$LOG"
}

# daytime over TCP says something that ends in a line's end, TIMES (1) in a row.
daytime_answers() {
	python3 - "$DAYTIME" "${1:-1}" <<'PYTHON'
import socket, sys
for _ in range(int(sys.argv[2])):
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
