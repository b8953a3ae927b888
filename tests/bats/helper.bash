# helper.bash: what every bats file shares. A file says `load helper` and gets
# bats-support, bats-assert, setup() and teardown(); a file with a setup() or
# teardown() of its own calls netlabd_setup and netlabd_teardown in it.
#
# NETLABD is the program under test, so that the same files also run against
# the sanitizers' build. BUILT is the plain build, with the tests' own tools in
# $BUILT/tests/tools.

bats_require_minimum_version 1.5.0

# What packaging/debian/control names, not what else is called so: a shim before
# python3 can take longer than what it starts.
PATH=/usr/bin:/bin:$PATH

# bats-support and bats-assert. Their own load.bash does the same, with a process
# for each file, in each test.
for library in "${BATS_LIB_PATH:-/usr/lib/bats}"/bats-{support,assert}/src/*.bash; do
	# shellcheck disable=SC1090
	source "$library"
done

TOP=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)
: "${BUILT:=$TOP/build}"
: "${NETLABD:=$BUILT/netlabd}"
# The client of the same build; netns.bash replaces NETLABD, and this stays.
NETLAB=${NETLABD%d}

# The master and its workers change their uid, which makes them undumpable: the
# leak checker could not trace them. Leaks are the unit tests' business.
export ASAN_OPTIONS="detect_leaks=0:${ASAN_OPTIONS:-}"
export UBSAN_OPTIONS="print_stacktrace=1:${UBSAN_OPTIONS:-}"

# A fresh folder that "nobody" may enter, hence not bats's own.
netlabd_setup() {
	DIR=${TMPDIR:-/tmp}/netlabd-bats.$$.$SRANDOM
	mkdir -m 755 "$DIR"
	CONF=$DIR/netlabd.conf
	LOG=$DIR/log
	NETLABD_PID=
	: >"$LOG"
	: >"$DIR/.ports"
	: >"$DIR/.pids"
	# bats remembers the whole stack before each command, which takes longer than
	# most commands do: here only of those in the test's own file.
	trap '[[ $BASH_SOURCE != "$BATS_TEST_SOURCE" ]] || bats_debug_trap "$BASH_SOURCE"' DEBUG
}

# Stops what is left and fails the test when a sanitizer reported something,
# which a respawned worker would otherwise hide.
netlabd_teardown() {
	local pid port ports=() report=0

	while read -r pid; do
		kill -KILL "$pid" 2>/dev/null || true
	done <"$DIR/.pids"
	if grep -aqE 'ERROR: [A-Za-z]+Sanitizer|runtime error:' "$LOG"; then
		report=1
	fi
	if [ "$report" -ne 0 ] || [ -z "${BATS_TEST_COMPLETED:-}" ]; then
		echo "--- $LOG"
		tail -n 60 "$LOG"
	fi
	while read -r port; do
		ports+=("${TMPDIR:-/tmp}/netlabd-ports.$EUID/$port")
	done <"$DIR/.ports"
	rm -rf "$DIR" "${ports[@]}"
	return "$report"
}

setup() {
	netlabd_setup
}

teardown() {
	netlabd_teardown
}

# Prints a port that nothing uses, TCP or UDP. It lies below the kernel's range
# for clients, whose connections would otherwise take it before the daemon does,
# and it is kept for this test by a file of its name, since bats files run side
# by side.
netlabd_free_port() {
	local held=${TMPDIR:-/tmp}/netlabd-ports.$EUID used=$BATS_FILE_TMPDIR/used taken port hex

	[ -d "$held" ] || mkdir -p "$held"
	# The kernel goes through all of its tables: it is asked once for each file.
	[ -e "$used" ] || grep -ohsE ':[3-7][0-9A-F]{3} ' /proc/net/{tcp,udp}{,6} >"$used" || :
	read -rd '' taken <"$used" || :
	for _ in {1..2000}; do
		port=$((15000 + SRANDOM % 17000))
		printf -v hex ':%04X ' "$port"
		[[ $taken != *"$hex"* ]] || continue
		netlabd_hold_port "$held/$port" || continue
		echo "$port" >>"$DIR/.ports"
		echo "$port"
		return
	done
	echo 'no free port' >&2
	return 1
}

# Takes the file of a port; fails when another test has it. One of an hour ago
# was left by a run that was killed.
netlabd_hold_port() {
	set -o noclobber
	{ : >"$1"; } 2>/dev/null && set +o noclobber && return
	set +o noclobber
	[ -n "$(find "$1" -maxdepth 0 -mmin +60 2>/dev/null)" ] && touch "$1"
}

# Writes $CONF from standard input, readable to the user that workers become.
netlabd_config() {
	cat >"$CONF"
	chmod 644 "$CONF"
}

# The two lines that let root start a daemon, which refuses to stay root; none
# for anybody else. For use within a configuration: $(netlabd_user).
netlabd_user() {
	[ "$EUID" -ne 0 ] || printf 'user = "nobody"\ngroup = "nogroup"\n'
}

# Remembers a process that teardown has to end.
netlabd_keep() {
	printf '%s\n' "$@" >>"$DIR/.pids"
}

# Starts $NETLABD in the foreground mode, in the background of the test,
# without waiting: $NETLABD_PID. Further arguments are handed on.
netlabd_spawn() {
	"$NETLABD" -f -c "$CONF" "$@" >>"$LOG" 2>&1 </dev/null 3>&- &
	NETLABD_PID=$!
	netlabd_keep "$NETLABD_PID"
}

# netlabd_spawn, and waits until all of it is ready.
netlabd_start() {
	netlabd_spawn "$@"
	# Not the line of one that was started before.
	netlabd_wait_log "^netlabd\\[$NETLABD_PID\\]: ready:" || {
		echo "netlabd did not become ready"
		return 1
	}
}

# Waits until $LOG has a line that matches the extended REGEX; fails after
# SECONDS (20), or at once when the daemon has gone.
netlabd_wait_log() {
	local regex=$1 end=$((SECONDS + ${2:-20}))

	until grep -aqE -- "$regex" "$LOG"; do
		if [ "$SECONDS" -ge "$end" ] || ! netlabd_is_alive; then
			# Its last words may have come since the look above.
			grep -aqE -- "$regex" "$LOG" && return 0
			echo "no line like '$regex' in the log:"
			cat "$LOG"
			return 1
		fi
		sleep 0.02
	done
}

netlabd_is_alive() {
	[ -n "$NETLABD_PID" ] && kill -0 "$NETLABD_PID" 2>/dev/null
}

# Waits until COMMAND succeeds; fails after 20 seconds.
netlabd_wait_for() {
	local end=$((SECONDS + 20))

	until "$@"; do
		if [ "$SECONDS" -ge "$end" ]; then
			echo "waited in vain for: $*"
			return 1
		fi
		sleep 0.05
	done
}

# Has the daemon log its counters until a line matches the extended REGEX: what a
# client has seen may not be counted yet.
netlabd_wait_counters() {
	netlabd_is_counted() {
		kill -USR1 "$NETLABD_PID"
		grep -aqE -- "$1" "$LOG"
	}
	netlabd_wait_for netlabd_is_counted "$1"
}

# Waits for the end of $NETLABD_PID: its exit status is in $NETLABD_STATUS.
# Fails when it has not ended after 30 seconds.
netlabd_wait_end() {
	local end=$((SECONDS + 30))

	while netlabd_is_alive; do
		if [ "$SECONDS" -ge "$end" ]; then
			echo "netlabd $NETLABD_PID does not end"
			return 1
		fi
		sleep 0.02
	done
	NETLABD_STATUS=0
	wait "$NETLABD_PID" || NETLABD_STATUS=$?
	NETLABD_PID=
}

# TERMs the daemon; fails when it does not exit 0.
netlabd_stop() {
	kill -TERM "$NETLABD_PID"
	netlabd_wait_end || return 1
	if [ "$NETLABD_STATUS" -ne 0 ]; then
		echo "netlabd exited with status $NETLABD_STATUS"
		cat "$LOG"
		return 1
	fi
}
