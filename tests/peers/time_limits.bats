# time_limits.bats: how many answers whom, from several addresses behind a wire,
# where nothing is exempt: limits as they are by default, allow and deny, and what
# a stranger may have sent to somebody else.
load ../bats/helper
load netns
load ntp

# Of us, as seen from outside.
US=192.0.2.1
US6=2001:db8::1

setup() {
	netlabd_setup
	netns_setup
	netns_setup_wire
	set_clock "$synchronised"
}

# Starts all services on all addresses, with LINES of section time.
start_all() {
	netlabd_config <<-CONFIG
		$(netlabd_user)
		time {
		    ntp     = { "0.0.0.0:123", "[::]:123" }
		    time    = { "0.0.0.0:37", "[::]:37" }
		    daytime = { "0.0.0.0:13", "[::]:13" }
		    workers = 2
		    $(printf '%s\n' "$@")
		}
	CONFIG
	netlabd_start
}

# COUNT questions as standard input has them: see udp_ask.py.
ask() {
	outside python3 "$BATS_TEST_DIRNAME/udp_ask.py" "$1"
}

# Five questions of each line, and at its end the replies that are expected.
assert_answers() {
	local wanted

	wanted=$(cat)
	diff <(awk '{ print $1, $2, $3, $4 }' <<<"$wanted" | ask 5) \
		- <<<"$wanted"
}

# One line of questions: the number of replies.
replies_to() {
	ask "$1" <<<"${*:2}" | awk '{ print $5 }'
}

# What a thousand questions get: 16, one a second, and of the rest each with
# chance 1 in 4, which is 246, and seldom 8 standard deviations (14) from that.
assert_limited() {
	local replies

	replies=$(replies_to 1000 "$@")
	[ "${replies%+}" -ge 150 ]
	[ "${replies%+}" -le 380 ]
}

@test "TIME 30: an address gets a burst and a quarter of the rest, and takes nothing from others" {
	start_all
	assert_limited 192.0.2.10 $US 123 ntp
	# A network of IPv6 is one source: who has it has all of its addresses.
	assert_limited 2001:db8::10 $US6 123 ntp
	[ "$(replies_to 100 2001:db8::11 $US6 123 ntp)" -le 70 ]
	# Others are served, and so are the same by another service.
	assert_answers <<-LIST
		192.0.2.11 $US 123 ntp 5
		198.51.100.10 $US 123 ntp 5
		2001:db8:1::10 $US6 123 ntp 5
		192.0.2.10 $US 37 0 5+
		192.0.2.10 $US 13 100 5
	LIST
	assert_limited 192.0.2.10 $US 37 9
	assert_limited 192.0.2.10 $US 13 100
}

@test "TIME 30: with kod = true one reply says so, and with rate_leak = 0 no other does" {
	start_all "kod = true" "rate_leak = 0" "rate_interval = 60"
	assert_equal "$(replies_to 500 192.0.2.10 $US 123 ntp)" "17,kod=1"
	assert_equal "$(replies_to 100 192.0.2.10 $US 123 ntp)" 0
}

@test "TIME 30: a reload gives nobody a new burst" {
	start_all "rate_leak = 0" "rate_interval = 60"
	assert_equal "$(replies_to 100 192.0.2.10 $US 123 ntp)" 16
	kill -HUP "$NETLABD_PID"
	netlabd_wait_log "reloaded: generation 2\$"
	assert_equal "$(replies_to 100 192.0.2.10 $US 123 ntp)" 0
}

@test "TIME 32: who is denied gets nothing, on no port" {
	start_all 'deny = { "192.0.2.11", "2001:db8:1::/48" }'
	assert_answers <<-LIST
		192.0.2.10 $US 123 ntp 5
		192.0.2.11 $US 123 ntp 0
		192.0.2.10 $US 37 ntp 5
		192.0.2.11 $US 37 ntp 0
		192.0.2.10 $US 13 ntp 5
		192.0.2.11 $US 13 ntp 0
		2001:db8::10 $US6 123 ntp 5
		2001:db8:1::10 $US6 123 ntp 0
		2001:db8:1::10 $US6 37 ntp 0
		2001:db8:1::10 $US6 13 ntp 0
	LIST
	run -0 outside nc -d -w 5 -s 192.0.2.10 $US 13
	[ -n "$output" ]
	run outside nc -d -w 5 -s 192.0.2.11 $US 13
	assert_output ""
}

@test "TIME 32: who is not among the allowed gets nothing, and the longest prefix decides" {
	start_all 'allow = { "192.0.2.0/24", "192.0.2.11" }' \
		'deny = { "192.0.2.8/29", "0.0.0.0/0" }'
	assert_answers <<-LIST
		192.0.2.10 $US 123 ntp 0
		192.0.2.11 $US 123 ntp 5
		198.51.100.10 $US 123 ntp 0
		2001:db8::10 $US6 123 ntp 0
	LIST
}

@test "TIME 40, 44: who is no neighbour gets no line that is longer than what came" {
	start_all
	assert_answers <<-LIST
		192.0.2.10 $US 13 0 5+
		2001:db8::10 $US6 13 0 5+
		198.51.100.10 $US 13 0 0
		198.51.100.10 $US 13 25 0
		198.51.100.10 $US 13 26 5
		2001:db8:1::10 $US6 13 0 0
		2001:db8:1::10 $US6 13 26 5
		198.51.100.10 $US 123 ntp 5
		2001:db8:1::10 $US6 123 ntp 5
	LIST
	netlabd_stop
	start_all 'amplification = "any"'
	assert_answers <<-LIST
		198.51.100.10 $US 13 0 5+
	LIST
	netlabd_stop
	start_all 'amplification = "none"'
	assert_answers <<-LIST
		192.0.2.10 $US 13 0 0
		192.0.2.10 $US 13 26 5
	LIST
}

@test "TIME 45: silence to what was sent to all hosts of a network" {
	start_all
	for port in 123 37 13; do
		cat <<-LIST
			192.0.2.10 192.0.2.255 $port ntp 0
			192.0.2.10 255.255.255.255 $port ntp 0
			2001:db8::10 ff02::1%wire $port ntp 0
			192.0.2.10 $US $port ntp 5
			2001:db8::10 $US6 $port ntp 5
		LIST
	done >"$DIR/list"
	assert_answers <"$DIR/list"
	# They did arrive, at both workers.
	netlabd_wait_counters 'counters of time:(.* guard_broadcast 30[,;]?){3}'
}
