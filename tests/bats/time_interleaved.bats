# time_interleaved.bats: NTP's interleaved mode as a client sees it.

load helper
load time

# Has client NAME make COUNT exchanges: see ntp_interleaved.py.
exchange() {
	local name=$1 count=$2

	shift 2
	python3 "$BATS_TEST_DIRNAME/ntp_interleaved.py" "$DIR/$name" "$NTP" \
		"$count" "$@"
}

# The kinds of the replies in OUTPUT, by their first letters.
kinds() {
	printf '%.1s' "${lines[@]}"
}

@test "TIME 33, RFC 9769 §2: from the third reply on, whatever port and worker" {
	set_clock "$synchronised"
	start_time
	# Two workers: of forty source ports, both get some.
	run -0 exchange one 40
	assert_equal "$(kinds)" "bb$(printf 'i%.0s' {1..38})"
	run -0 exchange six 4 to=::1
	assert_equal "$(kinds)" bbii
}

@test "TIME 33, RFC 9769 §2: each transmit stamp is served once, and to its client" {
	set_clock "$synchronised"
	start_time
	run -0 exchange one 3
	assert_equal "$(kinds)" bbi
	# The same stamp from another address, then twice from its own.
	cp "$DIR/one" "$DIR/two"
	run -0 exchange two 1 from=127.0.0.2
	assert_equal "$(kinds)" b
	run -0 exchange one 2 replay
	assert_equal "$(kinds)" ib
	# Of either, the reply has left, and is remembered.
	run -0 exchange two 1 from=127.0.0.2
	assert_equal "$(kinds)" i
}

@test "TIME 33: basic mode for who asks in it, and where it is switched off" {
	set_clock "$synchronised"
	start_time
	run -0 exchange one 3 transmit
	assert_equal "$(kinds)" bbb
	run -0 exchange two 4 version=3
	assert_equal "$(kinds)" bbbb
	netlabd_stop
	start_time "interleaved = false"
	run -0 exchange three 4
	assert_equal "$(kinds)" bbbb
}

@test "TIME 33, 34: a reload and a killed worker forget nothing" {
	set_clock "$synchronised"
	start_time
	run -0 exchange one 3
	assert_equal "$(kinds)" bbi
	kill -HUP "$NETLABD_PID"
	netlabd_wait_log 'reloaded'
	run -0 exchange one 1
	assert_equal "$(kinds)" i
	kill -KILL $(pgrep -P "$NETLABD_PID")
	run -0 exchange one 2
	assert_equal "$(kinds)" ii
}
