# chrony_client.bats: chronyd measures our clock, in each of the ways it can ask
# for the time, and says what it thinks of it.
load ../bats/helper
load ntp

# Each way to ask HOST is answered with the same clock.
assert_accepted() {
	local option

	for option in "" "version 3" "version 4" xleave "xleave version 4" \
		"extfield F323"; do
		run -0 chrony_query "$1" "$option"
		assert_same_clock
	done
}

assert_refused() {
	local option PATIENCE=2

	for option in "" "version 3" xleave; do
		run -1 chrony_query "$1" "$option"
		assert_output --partial "No suitable source"
	done
}

@test "TIME 36: chronyd accepts a synchronised clock, by versions 3 and 4 and with xleave" {
	set_clock "$synchronised"
	start_ntp
	assert_accepted 127.0.0.1
	assert_accepted ::1
}

@test "TIME 36: chronyd accepts a declared local stratum" {
	set_clock "$unsynchronised"
	start_ntp "local_stratum = 10"
	assert_accepted 127.0.0.1
}

@test "TIME 36: chronyd accepts what another chronyd is mirrored as" {
	set_clock "$unsynchronised"
	source=$(netlabd_free_port)
	start_chronyd source "local stratum 5" "port $source" allow
	start_ntp "mirror = \"127.0.0.1:$source\""
	is_mirrored() {
		PATIENCE=6 chrony_query 127.0.0.1 | grep -q "System clock wrong by"
	}
	netlabd_wait_for is_mirrored
	assert_accepted 127.0.0.1
}

@test "TIME 36: chronyd accepts the clock with a leap second ahead" {
	for leap in "17 20000 1000 1" "33 20000 1000 2"; do
		set_clock "$leap"
		start_ntp
		run -0 chrony_query 127.0.0.1
		assert_same_clock
		netlabd_stop
	done
}

@test "TIME 36: chronyd refuses an unsynchronised clock, whatever it was before" {
	set_clock "$unsynchronised"
	start_ntp
	assert_refused 127.0.0.1
	set_clock "$synchronised"
	is_accepted() {
		PATIENCE=6 chrony_query 127.0.0.1 | grep -q "System clock wrong by"
	}
	netlabd_wait_for is_accepted
	set_clock "$unsynchronised"
	is_refused() {
		PATIENCE=2 chrony_query 127.0.0.1 | grep -q "No suitable source"
	}
	netlabd_wait_for is_refused
}

@test "TIME 36: chronyd refuses a clock whose error is too large" {
	set_clock 1 15900000 1000 0
	start_ntp
	assert_refused 127.0.0.1
}

# The exchanges that a chronyd which stays has written to its log by now: "4B" is
# basic and "4I" interleaved, and a server's mode is 4.
exchanges() {
	awk '$1 ~ /^20/ { print $(NF - 2) }' "$DIR/client/measurements.log"
}

# Runs such a client of SOURCE, a line of its configuration, until it has measured
# thirty times. It asks no more often than the poll of our replies says, which
# rate_interval raises.
measure_thirty() {
	start_chronyd client "log rawmeasurements" "$1 minpoll -5 maxpoll -5"
	has_thirty() {
		[ "$(exchanges 2>/dev/null | wc -l)" -ge 30 ]
	}
	netlabd_wait_for has_thirty
	run -0 chronyc_of client ntpdata
	# What came was taken for what it is, by each of chronyd's tests, but
	# perhaps for a delay that was longer than others; on a busy machine a
	# few come when the next request has left, and are late.
	assert_line --regexp "^NTP tests +: 111 111 1[01]{2}1$"
	assert_line "Stratum         : 10"
	assert_line --regexp "^Leap status +: Normal$"
	[ "$(count_of "Total valid RX")" -ge $(($(count_of "Total RX") / 2)) ]
	assert_source
	kill -TERM "$CHRONYD_PID"
}

count_of() {
	awk -F ' *: *' -v name="$1" '$1 == name { print $2 }' <<<"$output"
}

# It is the one that it goes by.
assert_source() {
	chronyc_of client sources | grep -qE '^[=^]\* '
}

@test "TIME 33: chronyd's measurements are interleaved from the third on (RFC 9769 §2)" {
	set_clock "$synchronised"
	start_ntp "rate_interval = 0"
	measure_thirty "server 127.0.0.1 port $NTP iburst xleave"
	assert_line --regexp "^Interleaved +: Yes$"
	[ "$(exchanges | head -n 3 | grep -c 4B)" -le 2 ]
	assert_equal "$(exchanges | tail -n +4 | sort -u)" 4I
}

@test "TIME 33: with interleaved = false they are basic, and as good" {
	set_clock "$synchronised"
	start_ntp "rate_interval = 0" "interleaved = false"
	measure_thirty "server 127.0.0.1 port $NTP iburst xleave"
	assert_equal "$(exchanges | sort -u)" 4B
}

@test "TIME 16: chronyd asks no more often than rate_interval says" {
	set_clock "$synchronised"
	start_ntp "rate_interval = 8"
	start_chronyd client "server 127.0.0.1 port $NTP minpoll -5 maxpoll -5"
	is_slow() {
		chronyc_of client ntpdata | grep -q "^Poll interval   : 3 (8 seconds)"
	}
	netlabd_wait_for is_slow
}

@test "TIME 28: chronyd takes us for a peer with symmetric = true" {
	set_clock "$synchronised"
	start_ntp "rate_interval = 0" "symmetric = true"
	measure_thirty "peer 127.0.0.1 port $NTP"
	assert_equal "$(exchanges | sort -u)" 2B
}

@test "TIME 28: a peer hears nothing without it" {
	set_clock "$synchronised"
	start_ntp
	start_chronyd client "peer 127.0.0.1 port $NTP minpoll -5 maxpoll -5"
	has_asked() {
		output=$(chronyc_of client ntpdata)
		[ "$(count_of "Total TX")" -ge 4 ]
	}
	netlabd_wait_for has_asked
	[ "$(count_of "Total RX")" -eq 0 ]
}
