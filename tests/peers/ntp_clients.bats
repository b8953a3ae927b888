# ntp_clients.bats: what clients make of our NTP that know no port but 123, in a
# network of their own.
load ../bats/helper
load netns
load ntp

setup() {
	netlabd_setup
	netns_setup
	NTP=123
}

# ntpsec's client, which sets no clock without being told to; prints JSON.
ntpdig_of() {
	timeout 30 nsenter --net="/proc/$NETNS/ns/net" ntpdig -j -t 20 "$@"
}

# Whether $output is an object with each KEY=VALUE, an offset of next to nothing,
# and the address that was asked.
assert_ntpdig() {
	python3 - "$output" "$@" <<'PYTHON' || fail "$output"
import json, sys
said = json.loads(sys.argv[1])
for pair in sys.argv[2:]:
    key, value = pair.split("=")
    assert str(said[key]) == value, key
assert abs(said["offset"]) < 0.1
PYTHON
}

@test "TIME 36: ntpdig accepts a synchronised clock and a declared local stratum" {
	set_clock "$synchronised"
	start_ntp
	for host in 127.0.0.1 ::1; do
		run -0 ntpdig_of "$host"
		assert_ntpdig "ip=$host" stratum=10 leap=no-leap
	done
	netlabd_stop
	set_clock "$unsynchronised"
	start_ntp "local_stratum = 3"
	run -0 ntpdig_of 127.0.0.1
	assert_ntpdig stratum=3 leap=no-leap
}

@test "TIME 14: ntpdig hears of leap seconds" {
	set_clock 17 20000 1000 1
	start_ntp
	run -0 ntpdig_of 127.0.0.1
	assert_ntpdig leap=add-leap
	netlabd_stop
	set_clock 33 20000 1000 2
	start_ntp
	run -0 ntpdig_of 127.0.0.1
	assert_ntpdig leap=del-leap
}

@test "TIME 36: ntpdig refuses an unsynchronised clock" {
	set_clock "$unsynchronised"
	start_ntp
	run ntpdig_of 127.0.0.1
	refute_output --partial '"offset"'
}

@test "TIME 4, 26, 27: nmap learns the time with legacy = true, and nothing else" {
	set_clock "$synchronised"
	start_ntp "legacy = true"
	local today
	today=$(date -u +%Y-%m-%d)
	run -0 inside timeout 60 nmap -sU -p 123 -Pn -n \
		--script ntp-info,ntp-monlist 127.0.0.1
	assert_line --regexp "^123/udp open +ntp"
	# It asks by version 2, then by modes 6 and 7.
	assert_output --regexp "receive time stamp: ($today|$(date -u +%Y-%m-%d))"
	refute_output --regexp "(version|processor|system|refid|stratum):"
	refute_output --partial "ntp-monlist:"
	counters_are_told() {
		kill -USR1 "$NETLABD_PID"
		netlabd_wait_log "counters of ntp"
		grep -aE "control_mode [1-9]" "$LOG" | grep -qE "private_mode [1-9]"
	}
	netlabd_wait_for counters_are_told
}

@test "daytime: nmap's script reads our line" {
	netlabd_config <<-CONFIG
		$(netlabd_user)
		time { daytime = { "127.0.0.1:13" } }
	CONFIG
	netlabd_start
	run -0 inside timeout 30 nmap -sS -sU -p T:13,U:13 -Pn -n \
		--script daytime 127.0.0.1
	assert_equal "$(grep -cE "^\|_daytime: [A-Z][a-z]{2} [A-Z][a-z]{2} [ 0-9][0-9] " <<<"$output")" 2
}
