# netlab_ntp.bats: netlab ntp beside chronyd as a server, beside chronyd -Q and
# ntpdig as clients of the same servers, and beside tshark as a reader of the same
# packets.
load ../bats/helper
load netns
load ntp

setup() {
	netlabd_setup
	netns_setup
	NTP=123 # ntpdig knows no other port
}

# A JSON member of $output.
member() {
	python3 -c 'import json, sys; print(json.loads(sys.argv[1])[sys.argv[2]])' "$output" "$1"
}

# A chronyd that serves on port 123 of the test's network, with LINES.
chronyd_inside() {
	# nsenter itself, not a function: its process id is chronyd's.
	nsenter --net="/proc/$NETNS/ns/net" chronyd -x -d -U -u root -f /dev/null "$@" allow "cmdport 0" \
		"bindcmdaddress /" "pidfile $DIR/server.pid" \
		>"$DIR/chronyd.log" 2>&1 </dev/null 3>&- &
	CHRONYD_PID=$!
	netlabd_keep "$CHRONYD_PID"
	answers() {
		inside "$NETLAB" ntp --timeout 0.5 127.0.0.1 >/dev/null 2>&1 || [ $? -eq 2 ]
	}
	netlabd_wait_for answers
}

# What each client says, in seconds, of a server that is AHEAD of us.
assert_ahead() {
	local ahead=$1

	run -0 inside timeout 30 chronyd -Q -t 6 -f /dev/null "server 127.0.0.1 iburst minpoll -6 maxpoll -6" \
		"pidfile $DIR/chronyd.pid" "bindcmdaddress /"
	[[ $output =~ System\ clock\ wrong\ by\ (-?[0-9.]+)\ seconds ]] || fail "$output"
	echo "${BASH_REMATCH[1]} $ahead" >"$DIR/offsets"
	run -0 inside timeout 30 ntpdig -j -t 5 127.0.0.1
	echo "$(member offset) $ahead" >>"$DIR/offsets"
	run -0 inside "$NETLAB" ntp --json 127.0.0.1
	echo "$(member offset) $ahead" >>"$DIR/offsets"
	run -0 inside "$NETLAB" ntp --short 127.0.0.1
	echo "$output $ahead" >>"$DIR/offsets"
	run -0 cat "$DIR/offsets"
	assert_equal "${#lines[@]}" 4
	# Within a second, on a machine that may be busy.
	run -0 awk '$1 - $2 > 1 || $2 - $1 > 1 { print "wrong: " $0 }' "$DIR/offsets"
	assert_output ""
}

@test "netlab ntp measures what chronyd -Q and ntpdig measure, ahead and behind" {
	for ahead in 1234.5 -86400.25 0; do
		nsenter --net="/proc/$NETNS/ns/net" \
			python3 "$BATS_TEST_DIRNAME/../bats/bad_server.py" "ntp_ahead=$ahead@123" >"$DIR/server" </dev/null 3>&- &
		netlabd_keep $!
		netlabd_wait_for grep -q ready "$DIR/server"
		assert_ahead "$ahead"
		kill $!
		wait $! || true
	done
}

@test "netlab ntp shows what chronyd says of itself, in each version, and refuses it as chronyd -Q does" {
	chronyd_inside "local stratum 5"
	run -0 inside "$NETLAB" ntp --json 127.0.0.1
	assert_equal "$(member stratum) $(member leap) $(member refid)" "5 no-leap 127.127.1.1"
	run -0 inside "$NETLAB" ntp ::1
	for version in 1 2 3 4; do
		run -0 inside "$NETLAB" ntp --version "$version" 127.0.0.1
		assert_line "  stratum         5, NTP version $version"
	done
	run -0 inside ntpdig -j -t 5 127.0.0.1
	assert_equal "$(member stratum) $(member leap)" "5 no-leap"

	kill "$CHRONYD_PID"
	wait "$CHRONYD_PID" || true
	chronyd_inside
	run -1 inside timeout 30 chronyd -Q -t 2 -f /dev/null "server 127.0.0.1 iburst" \
		"pidfile $DIR/chronyd.pid" "bindcmdaddress /"
	run -2 --separate-stderr inside "$NETLAB" ntp --json 127.0.0.1
	assert_equal "$(member stratum) $(member leap)" "0 unsync"
	assert_equal "${#stderr_lines[@]}" 1
	assert_regex "$stderr" "not synchronised"
}

@test "netlab ntp obeys netlabd's kiss-o'-death" {
	set_clock "$synchronised"
	start_ntp "rate_interval = 10" "rate_burst = 1" "rate_leak = 0" \
		"rate_exempt = { }" "kod = true"
	run -0 inside "$NETLAB" ntp 127.0.0.1
	run -2 --separate-stderr inside "$NETLAB" ntp --json -c 9 127.0.0.1
	assert_equal "$(member kod)" RATE
	assert_regex "$stderr" "kiss-o'-death RATE"
}

@test "netlab ntp --explain reads a packet as tshark does" {
	chronyd_inside "local stratum 5"
	run -0 inside "$NETLAB" ntp --json --explain 127.0.0.1
	echo "$output" >"$DIR/said"
	run -0 python3 "$BATS_TEST_DIRNAME/netlab_ntp_fields.py" "$DIR/said" "$DIR"
	assert_output "2 packets, the same"
}
