# dns_flood.bats: FLOOD_COUNT malformed DNS messages leave the daemon as it was.
# `make flood` sends ten million of them.
load ../bats/helper

: "${FLOOD_COUNT:=200000}" "${FLOOD_SEED:=1}"

# What memory may grow by, in KiB: some pages of stacks and buffers that nothing
# has touched before.
GROWTH=128

setup() {
	netlabd_setup
	FLOOD=$BUILT/tests/tools/dns_flood
	PORT=$(netlabd_free_port)
	cat >"$DIR/flood.zone" <<-'ZONE'
		$TTL 60
		@ SOA ns hostmaster 1 3600 600 86400 60
		@ NS ns
		@ MX 10 www
		ns A 192.0.2.1
		www A 192.0.2.2
		www AAAA 2001:db8::2
		alias CNAME www
		*.wild TXT "any"
		old DNAME wild
		child NS ns.child
		ns.child A 192.0.2.3
	ZONE
	dnssec-keygen -q -K "$DIR" -a ECDSAP256SHA256 -f KSK flood.test
	dnssec-keygen -q -K "$DIR" -a ECDSAP256SHA256 flood.test
	dnssec-signzone -q -S -K "$DIR" -d "$DIR" -x -3 abcd -H 5 -o flood.test \
		-f "$DIR/flood.zone" "$DIR/flood.zone" >/dev/null
	netlabd_config <<-CONF
		$(netlabd_user)
		dns {
		    listen = { "127.0.0.1:$PORT" }
		    workers = 2
		    zone "flood.test" { file = "$DIR/flood.zone" }
		}
	CONF
	netlabd_start
}

# Sends COUNT of KIND; the counts of dns_flood become variables of their names.
flood() {
	local word counts

	counts=$("$FLOOD" "$1" "$PORT" www.flood.test "$2" "$FLOOD_SEED")
	echo "$1: $counts"
	for word in $counts; do
		declare -g "${word?}"
	done
	[ "$lost" -eq 0 ]
	[ "$wrong" -eq 0 ]
}

processes() {
	echo "$NETLABD_PID"
	pgrep -P "$NETLABD_PID" | sort -n
}

# "pid descriptors" of each process.
descriptors() {
	local pid

	for pid in $(processes); do
		echo "$pid $(find "/proc/$pid/fd" -mindepth 1 | wc -l)"
	done
}

# What all processes have for themselves or share among them, in KiB: no pages of
# files, which count less while others map them, too.
memory() {
	local pid

	for pid in $(processes); do
		cat "/proc/$pid/smaps_rollup"
	done | awk '/^Pss_(Anon|Shmem):/ { sum += $2 } END { print sum }'
}

answers() {
	local question via

	for via in +notcp +tcp; do
		while read -r question; do
			# shellcheck disable=SC2086 # a list of words
			dig @127.0.0.1 -p "$PORT" +tries=2 +time=5 +norec $via \
				+noall +comments +question +answer +authority \
				+additional $question | sed 's/id: [0-9]*//; /COOKIE/d'
		done <<-'LIST'
			flood.test ANY
			www.flood.test A +noedns
			wWw.flood.test AAAA +dnssec
			alias.flood.test MX
			gone.flood.test A
			a.old.flood.test TXT
			x.child.flood.test A
			elsewhere.test A
		LIST
	done
}

# The dns service's counters: "name value" lines.
counters() {
	local seen

	seen=$(grep -ac 'counters of dns' "$LOG" || true)
	kill -USR1 "$NETLABD_PID"
	netlabd_wait_for more_counters "$seen"
	grep -a 'counters of dns' "$LOG" | tail -n 1 | sed 's/.*received /received /' |
		tr ',' '\n' | sed 's/^ *//'
}

more_counters() {
	[ "$(grep -ac 'counters of dns' "$LOG")" -gt "$1" ]
}

count_of() {
	awk -v name="$1" '$1 == name { print $2 }' "$DIR/counters"
}

# Each datagram and each query ended in exactly one way, and was answered but for
# those that are not to be.
expect_balance() {
	awk '$1 == "connections" { next }
		$1 == "received" { received = $2; next }
		$1 == "sent" { sent = $2; next }
		$1 == "silent" { silent = $2 }
		{ ended += $NF }
		END { exit received != ended || received != sent + silent }' \
		"$DIR/counters"
}

# So many have been received, which is counted a moment behind the last answer.
have_come() {
	counters >"$DIR/counters"
	[ "$(count_of received)" -eq "$1" ]
}

are_balanced() {
	counters >"$DIR/counters"
	expect_balance
}

# No process has more descriptors than before; then, a connection may have been
# about to end.
as_before() {
	paste "$DIR/descriptors" <(descriptors) | awk '$1 != $3 || $4 > $2 { exit 1 }'
}

@test "a flood of malformed messages leaves descriptors, memory and answers as they were" {
	local before after asked answered

	# Each time from other ports, so that all workers get some.
	for _ in {1..5}; do
		flood udp 4000
		flood tcp 200
	done
	answers >"$DIR/answers"
	[ "$(grep -c 'status: NOERROR' "$DIR/answers")" -eq 12 ]
	descriptors >"$DIR/descriptors"
	netlabd_wait_for are_balanced # the last of them too
	asked=$(count_of received)
	before=$(memory)

	flood udp "$FLOOD_COUNT"
	answered=$answers
	[ "$good" -ge $((FLOOD_COUNT / 32)) ]
	[ "$answers" -gt $((FLOOD_COUNT / 2)) ]
	# None was dropped on the way, and none counted twice.
	netlabd_wait_for have_come $((asked + sent))
	cat "$DIR/counters"
	expect_balance

	flood tcp $((FLOOD_COUNT / 100))
	netlabd_wait_for as_before
	netlabd_wait_for are_balanced

	after=$(memory)
	echo "memory: $before KiB before, $after KiB after"
	[ "$after" -le $((before + GROWTH)) ]
	answers | diff "$DIR/answers" -
	echo "# $FLOOD_COUNT messages, $answered answered; $before KiB before, $after KiB after" >&3
	netlabd_stop
}
