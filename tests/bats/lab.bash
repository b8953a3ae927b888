# lab.bash: what the files about the lab's small services share, beside
# helper.bash.

# Starts echo, discard, chargen, qotd and hello on all addresses; LINES are added
# to the section.
start_lab() {
	local name

	for name in ECHO DISCARD CHARGEN QOTD HELLO; do
		declare -g "$name=$(netlabd_free_port)"
	done
	printf 'one\n%%\ntwo\nlines\n' >"$DIR/quotes"
	chmod 644 "$DIR/quotes"
	netlabd_config <<-CONFIG
		$(netlabd_user)
		lab {
		    echo    = { "0.0.0.0:$ECHO", "[::]:$ECHO" }
		    discard = { "0.0.0.0:$DISCARD", "[::]:$DISCARD" }
		    chargen = { "0.0.0.0:$CHARGEN", "[::]:$CHARGEN" }
		    qotd    = { "0.0.0.0:$QOTD", "[::]:$QOTD" }
		    hello   = { "0.0.0.0:$HELLO", "[::]:$HELLO" }
		    qotd_file = "quotes"
		    $*
		}
	CONFIG
	netlabd_start
}

# Waits until SERVICE has received COUNT since the start, and keeps its counters.
counters() {
	are_in() {
		kill -USR1 "$NETLABD_PID"
		COUNTERS=$(grep -aoE " $1: received $2[,;][^;]*" "$LOG" | tail -n 1)
		[ -n "$COUNTERS" ]
	}
	netlabd_wait_for are_in "$@"
}

# The value of counter NAME; 0 where it is not told.
counter() {
	grep -oE "\\b$1 [0-9]+" <<<"$COUNTERS" | grep -oE '[0-9]+$' || echo 0
}
