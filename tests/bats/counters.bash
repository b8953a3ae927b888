# counters.bash: what the files that count datagrams share, beside helper.bash.

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
