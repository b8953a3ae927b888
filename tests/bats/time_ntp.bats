# time_ntp.bats: NTP as a client sees it. The numbers are those of the time
# requirements.

load helper
load time

@test "TIME 1, 2, 5-8, 23: one reply to a request of version 3 or 4, on IPv4 and IPv6 (RFC 5905 §8)" {
	set_clock "$synchronised"
	start_time
	for host in 127.0.0.1 ::1; do
		run -0 python3 "$BATS_TEST_DIRNAME/ntp_client.py" "$host" "$NTP" 23:48 1b:48
		for version in 4 3; do
			assert_line --regexp "^length=48 leap=0 version=$version mode=4 .* reference=set origin=ok times=ok$"
		done
	done
}

@test "TIME 10, 11, 15-17: what a synchronised server says of itself (RFC 5905 §7.3)" {
	set_clock "$synchronised"
	start_time
	run -0 ntp 23:48
	assert_output --partial "stratum=10 poll=6"
	assert_output --partial "refid=7f7f0101"
	assert_output --regexp 'precision=-(6|[12][0-9]|3[01]|[789]) '
	# maxerror is 20 ms, three steps of 0.5 ms and 15 µs/s of at most 50 s
	# more.
	assert_output --regexp 'dispersion=0\.02(1[5-9]|2[0-3])'
}

@test "TIME 16: any poll is echoed, or raised to rate_interval" {
	local polls=()

	set_clock "$synchronised"
	start_time "rate_interval = 5"
	for poll in 02 03 11 fa 7f 80; do
		polls+=("23:48:$poll$(printf '%090d' 0)")
	done
	run -0 ntp "${polls[@]}"
	assert_equal "$(grep -o 'poll=[0-9]*' <<<"$output" | tr '\n' ' ')" \
		"poll=3 poll=3 poll=17 poll=3 poll=127 poll=3 "
}

@test "TIME 9: unsynchronised is leap 3 and stratum 0, and still a reply (RFC 5905 §7.3)" {
	set_clock "$unsynchronised"
	start_time
	run -0 ntp 23:48
	assert_output --regexp '^length=48 leap=3 version=4 mode=4 stratum=0 .* refid=00000000 reference=none origin=ok times=ok$'
}

@test "TIME 10, 17: local_stratum answers although nothing disciplines the clock" {
	set_clock "$unsynchronised"
	start_time "local_stratum = 7"
	run -0 ntp 23:48
	assert_output --regexp '^length=48 leap=0 version=4 mode=4 stratum=7 .* refid=7f7f0101 reference=set origin=ok times=ok$'
}

@test "TIME 10: local_stratum is 1 to 15, else an error with its line" {
	for value in 0 16 -1; do
		netlabd_config <<-CONFIG
			$(netlabd_user)
			time {
			    ntp = { "127.0.0.1:$(netlabd_free_port)" }
			    local_stratum = $value
			}
		CONFIG
		run -1 "$NETLABD" -t -c "$CONF"
		assert_output --partial "$CONF:$(grep -n local_stratum "$CONF" | cut -d: -f1): "
		assert_output --partial "'local_stratum' is from 1 to 15, not $value"
	done
}

@test "TIME 13, 14: what the kernel says changes what clients hear within two seconds" {
	set_clock "$synchronised"
	start_time
	is_leap() {
		ntp 23:48 | grep -q "leap=$1 "
	}
	netlabd_wait_for is_leap 0
	set_clock "17 20000 1000 1"
	netlabd_wait_for is_leap 1
	set_clock "33 20000 1000 2"
	netlabd_wait_for is_leap 2
	set_clock "17 20000 1000 3"
	netlabd_wait_for is_leap 3
	set_clock "$unsynchronised"
	netlabd_wait_for is_leap 3
	set_clock "$synchronised"
	netlabd_wait_for is_leap 0
}

@test "TIME 3, 18, 19, 25-27, 31: silence to all that is no request" {
	set_clock "$synchronised"
	start_time
	# Versions 0, 1, 2, 5, 6, 7; modes 0, 1, 2, 4, 5; modes 6 and 7, among
	# them ntpq's and the eight bytes of monlist.
	run -0 ntp 03:48 0b:48 13:48 2b:48 33:48 3b:48 \
		20:48 21:48 22:48 24:48 25:48 \
		26:48 16:12:020001000000000000000000 27:48 17:8:032a00000000
	assert_equal "$(sort -u <<<"$output")" silence
	assert_equal "${#lines[@]}" 15
	run -0 ntp 23:0 23:1 23:8 23:44 23:47 23:49 23:50 23:51 23:1281 23:65507
	assert_equal "$(sort -u <<<"$output")" silence
	assert_equal "${#lines[@]}" 10
}

@test "TIME 20, 21: unknown extension fields are skipped, what may be a MAC is not (RFC 7822 §3)" {
	field() {
		printf '2004%04x%0*d' "$1" $((2 * $1 - 8)) 0
	}
	set_clock "$synchronised"
	start_time
	run -0 ntp "23:76:$(field 28)" "23:80:$(field 32)" \
		"23:1280:$(field 1232)" "23:92:$(field 16)$(field 28)"
	assert_equal "${#lines[@]}" 4
	for line in "${lines[@]}"; do
		[[ $line == length=48\ leap=0\ * ]] || fail "$line"
	done
	# One field of 16; a crypto-NAK; MACs by key 1 of MD5, SHA-1 and SHA-256,
	# behind a field, and in version 3.
	run -0 ntp "23:64:$(field 16)" 23:52 \
		"23:68:00000001$(printf '%032d' 0)" "23:72:00000001$(printf '%040d' 0)" \
		"23:84:00000001$(printf '%064d' 0)" \
		"23:96:$(field 28)00000001$(printf '%032d' 0)" 1b:60 1b:68
	assert_equal "${#lines[@]}" 8
	assert_equal "$(sort -u <<<"$output")" silence
}

@test "every datagram has one outcome" {
	set_clock "$synchronised"
	start_time
	ntp 23:48 1b:48 23:47 2b:48 24:48 16:12 17:8 23:64 23:52 23:68 >/dev/null
	# Each of the ten has a good request behind it.
	wait_for_counts ntp '20, sent 12'
	run -0 grep -aoE 'ntp: received 20[^;]*' "$LOG"
	for outcome in "answered 12" "bad_length 1" "bad_version 1" "bad_mode 1" \
		"control_mode 1" "private_mode 1" "bad_extension 1" "crypto_nak 1" "unknown_key 1"; do
		assert_output --partial "$outcome"
	done
}
