# netlab status: what the daemon here does, as it says itself.
load helper
load lifecycle

status() {
	"${NETLABD%d}" status --config "$CONF" "$@"
}

# ask EXPRESSION: of the status as JSON (s), in Python.
ask() {
	status --json | python3 -c 'import json, sys
s = json.load(sys.stdin)
print(eval(sys.argv[1]))' "$1"
}

# reads REGEX FILE: the file has such a line by now.
reads() {
	grep -aqE -- "$1" "$2"
}

# gets EXPRESSION TEXT: what is asked has become TEXT: the answer of a service may
# be here before the worker has counted it.
gets() {
	[ "$(ask "$1")" = "$2" ]
}

# The master has no answer's file open.
holds_no_status() {
	[ -z "$(find "/proc/$NETLABD_PID/fd" -lname '*netlabd-status*' 2>/dev/null)" ]
}

worker_is() {
	[ "$(ask '[(w["restarts"], w["state"]) for w in s["workers"]
		if w["role"] == "time"]')" = "$1" ]
}

@test "status: workers, sockets and counters are the daemon's own" {
	small_config
	netlabd_start

	# Workers: as the kernel has them.
	run -0 ask '" ".join(str(w["pid"]) for w in s["workers"])'
	assert_output "$(workers_of time | paste -sd' ') $(workers_of lab)"
	run -0 ask 's["pid"], s["state"], s["generation"], s["config"]'
	assert_output "($NETLABD_PID, 'running', 1, '$CONF')"

	# Sockets: as the log has them.
	run -0 ask '"\n".join("%s %s %s %s %d-%d" % (l["transport"], l["address"],
		l["service"], l["role"], l["first_slot"], l["last_slot"])
		for l in s["listeners"])'
	assert_output "$(listed_until ready | sed -nE \
		's/^listening: (...) (\S+) +(\S+) +\((\S+) workers? ([0-9]+)(-([0-9]+))?\)/\1 \2 \3 \4 \5-\7/p' |
		sed -E 's/ ([0-9]+)-$/ \1-\1/')"
	[ "${#lines[@]}" -eq 6 ]

	# Counters: by exactly what was asked, and all in their outcomes.
	daytime_answers 3
	netlabd_wait_for gets '[(v["received"], v["sent"], sum(v["outcomes"].values()) +
		sum(v["guards"].values())) for v in s["services"]
		if v["name"] == "daytime"]' '[(3, 3, 3)]'

	# A worker that dies has another in its place.
	kill -KILL "$(workers_of time | tail -n 1)"
	netlabd_wait_for worker_is "[(0, 'running'), (1, 'running')]"
	run -0 ask '" ".join(str(w["pid"]) for w in s["workers"])'
	assert_output "$(workers_of time | paste -sd' ') $(workers_of lab)"
	daytime_answers 2
	netlabd_wait_for gets '[sum(v["outcomes"].values()) for v in s["services"]
		if v["name"] == "daytime"]' '[5]'

	# For people: no colour here, none wider than 80 columns.
	run -0 status
	assert_line --regexp "^netlabd [0-9.]+ is running: pid $NETLABD_PID, up .*, generation 1$"
	assert_line 'workers: time 2/2, lab 1/1'
	assert_line '  answered 5'
	refute_output --partial $'\033'
	[ "$(wc -L <<<"$output")" -le 80 ]

	# Who is not root, nor the daemon's user, is refused.
	if [ "$EUID" -eq 0 ]; then
		run --separate-stderr -1 setpriv --reuid=12345 --regid=12345 --clear-groups \
			"${NETLABD%d}" status --config "$CONF"
		[ "$stderr" = "netlab: $DIR/run/netlabd.pid: only root and the user of netlabd may ask it" ]
	fi
}

@test "status --watch goes on over a reload, a stop and a start, and says so" {
	small_config
	netlabd_start
	"${NETLABD%d}" status --config "$CONF" --watch=0.05 --json \
		>"$DIR/watched" 2>"$DIR/errors" 3>&- &
	local watch=$!
	netlabd_keep "$watch"
	netlabd_wait_for reads '"per_second"' "$DIR/watched"
	"$NETLABD" --reload -c "$CONF"
	netlabd_wait_for reads '"event":"reloaded: generation 1, now 2"' "$DIR/watched"
	reads '"reload":\{"outcome":"done"' "$DIR/watched"
	local before=$NETLABD_PID
	netlabd_stop
	netlabd_wait_for reads '^\{"state":"away","why":"not running \(' "$DIR/watched"
	netlabd_start
	netlabd_wait_for reads "\"event\":\"restarted: pid $before, now $NETLABD_PID\"" \
		"$DIR/watched"

	# Ctrl-C ends it, well; and nothing but whole objects was written.
	kill -INT "$watch"
	wait "$watch"
	python3 -c 'import json, sys
for line in sys.stdin:
    json.loads(line)' <"$DIR/watched"
	[ ! -s "$DIR/errors" ]

	# For people, one after the other; who stops to read ends it.
	run -0 status --watch=0.01 --count 2
	assert_output --regexp $'\n\nnetlabd [0-9.]+ is running'
	assert_line --regexp '^SERVICE .* RECEIVED/S$'
	status --watch=0.01 | head -n 1
}

@test "status: nobody who asks, or does not, hinders the others" {
	small_config
	netlabd_start
	# 20 who say nothing, 20 who ask and do not read, 20 who ask for something
	# else; then still a reload and an answer for everybody.
	python3 - "$DIR/run/netlabd.ctl" "$DIR/stop" <<'PYTHON' 3>&- &
import os, socket, sys, time
held = []
for text in [None, b"status", b"statuses", b"x" * 5000] * 20:
    s = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    s.connect(sys.argv[1])
    if text:
        s.send(text)
    held.append(s)
open(sys.argv[2] + ".begun", "w").close()
while not os.path.exists(sys.argv[2]):
    time.sleep(0.05)
PYTHON
	local rude=$!
	netlabd_keep "$rude"
	netlabd_wait_for test -e "$DIR/stop.begun"
	run -0 "$NETLABD" --reload -c "$CONF"
	run -0 ask 's["generation"]'
	assert_output 2
	for _ in {1..40}; do
		status --json >"$DIR/answer"
	done
	touch "$DIR/stop"
	wait "$rude"
	# No descriptor of all these is left.
	netlabd_wait_for holds_no_status
}

@test "status: what can be wrong is one line and its exit status" {
	small_config
	run --separate-stderr -9 status
	[ "$stderr" = "netlab: not running ($DIR/run/netlabd.pid)" ]
	run --separate-stderr -9 status --watch --json
	[ "$stderr" = "netlab: not running ($DIR/run/netlabd.pid)" ]
	assert_output ''
	run --separate-stderr -1 status --count 3
	[ "$stderr" = 'netlab: --count goes with --watch' ]
	run --separate-stderr -1 "${NETLABD%d}" status --config "$DIR/none.conf"
	[[ $stderr == "netlab: $DIR/none.conf: "* ]]
	run --separate-stderr -1 status more
	[ "${#stderr_lines[@]}" -eq 1 ]
	echo 'time { workers = "nonsense"' >"$DIR/other.conf"
	run --separate-stderr -1 "${NETLABD%d}" status --config "$DIR/other.conf"
	[ "$stderr" = "netlab: $DIR/other.conf names no pidfile: netlabd cannot be asked" ]

	# Instead of netlabd, somebody who says something else, or nothing.
	mkdir -p "$DIR/run"
	python3 - "$DIR/run/netlabd.ctl" <<'PYTHON' 3>&- &
import array, os, socket, sys
listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
listener.bind(sys.argv[1] + ".new")
listener.listen(20)
os.rename(sys.argv[1] + ".new", sys.argv[1])
def answer(text, content=None, seals=0xf):
    peer, _ = listener.accept()
    assert peer.recv(100) == b"status"
    fds = []
    if content is not None:
        fd = os.memfd_create("x", os.MFD_ALLOW_SEALING)
        os.write(fd, content)
        import fcntl
        fcntl.fcntl(fd, 1033, seals)
        fds = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [fd]))]
    if text:
        peer.sendmsg([text], fds)
    return peer
answer(b"-no memory").close()
answer(b"").close()
answer(b"+status").close()
answer(b"+status", b"").close()
answer(b"+status", b"netlabd-status 1\nend\n").close()
answer(b"+status", b"netlabd-status 1\n" + b"x\n" * 600000).close()
answer(b"+status", b"netlabd-status 1\n", seals=0).close()
kept = answer(b"")
kept.recv(100)
PYTHON
	netlabd_keep "$!"
	netlabd_wait_for test -S "$DIR/run/netlabd.ctl"
	run --separate-stderr -2 status
	[ "$stderr" = 'netlab: netlabd: no memory' ]
	run --separate-stderr -9 status
	[ "$stderr" = "netlab: netlabd has gone without an answer ($DIR/run/netlabd.pid)" ]
	for _ in 1 2 3 4 5; do
		run --separate-stderr -10 status
		assert_output ''
		[ "${#stderr_lines[@]}" -eq 1 ]
	done
	run --separate-stderr -9 status --timeout 0.2
	[ "$stderr" = "netlab: no answer in 0.2 s ($DIR/run/netlabd.pid)" ]
}
