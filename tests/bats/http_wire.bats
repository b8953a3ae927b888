# The requirements on the wire: the raw requests of tests/peers/http_cases.py,
# each with what has to come back, and whether the connection is kept. They are
# sent once, and each test looks at what concerns it. `make check-peers` sends
# them to other servers too.
load helper

setup_file() {
	DIR=$(mktemp -d "${TMPDIR:-/tmp}/netlabd-bats.XXXXXX")
	chmod 755 "$DIR"
	: >"$DIR/.ports"
	: >"$DIR/.pids"
	export WIRE_DIR=$DIR
	NETLABD=$NETLABD python3 "$TOP/tests/peers/http_differential.py" --alone "$DIR" "$DIR/.pids" \
		"$(netlabd_free_port)" >"$DIR/results" 2>&1 || true
}

teardown_file() {
	DIR=$WIRE_DIR
	rm -rf "$DIR" "${TMPDIR:-/tmp}/netlabd-ports.$EUID/$(<"$DIR/.ports")"
}

setup() {
	:
}

teardown() {
	:
}

# Each requirement NUMBER was tried, and nothing of it was answered otherwise.
right() {
	local number

	for number; do
		grep -A 1 "^HTTP $number, " "$WIRE_DIR/results" || true
		grep -qE "^HTTP $number: [1-9][0-9]* right, 0 wrong$" "$WIRE_DIR/results" || {
			echo "HTTP $number:"
			tail -n 5 "$WIRE_DIR/results"
			return 1
		}
	done
}

@test "HTTP 1, 2, 3, 4, 5, RFC 9112 §2.2: ends of lines, garbage" {
	right 1 2 3 4 5
}

@test "HTTP 6, 7, 8, RFC 9112 §3: the request line and its method" {
	right 6 7 8
}

@test "HTTP 9, 10, 11, 12, 13, RFC 9112 §3.2: targets and hosts" {
	right 9 10 11 12 13
}

@test "HTTP 14, 15, RFC 9112 §2.3: versions" {
	right 14 15
}

@test "HTTP 16, 17, 18, 19, RFC 9112 §5: fields" {
	right 16 17 18 19
}

@test "HTTP 20, 21, 22, 23, RFC 9112 §6: codings and lengths" {
	right 20 21 22 23
}

@test "HTTP 24, 25, 26, 27, 28, RFC 9112 §7: bodies and chunks" {
	right 24 25 26 27 28
}

@test "HTTP 29, 30, 31, 34, RFC 9112 §9: connections" {
	right 29 30 31 34
}

@test "HTTP 35, 36, RFC 9110 §7.8, §10.1.1: Upgrade and Expect" {
	right 35 36
}

@test "HTTP 41, 42, 43, 48, RFC 9110 §8, §9.3.2, §10.2.2: what answers say" {
	right 41 42 43 48
}

@test "HTTP 49, 50, 51, 52, 53, RFC 9110 §13: conditions" {
	right 49 50 51 52 53
}

@test "HTTP 55, 56, 57, 59, 60, 61, RFC 9110 §14: ranges" {
	right 55 56 57 59 60 61
}

@test "HTTP 63, 64, 65, 66, 67, 68, RFC 3986 §5.2.4, §6.2: paths" {
	right 63 64 65 66 67 68
}
