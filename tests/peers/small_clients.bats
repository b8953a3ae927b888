# small_clients.bats: rdate, nmap and busybox, as clients of time and daytime. The
# numbers are those of the time requirements.
load ../bats/helper
load ../bats/time
load netns

# Whether TEXT is a date of just now, as date(1) reads it.
assert_is_recent() {
	local age

	age=$(($(date +%s) - $(date -ud "$1" +%s)))
	[ "$age" -ge -1 ] && [ "$age" -le 30 ] || fail "not the time: $1"
}

@test "TIME 41, RFC 868: rdate prints the time, over TCP and UDP, IPv4 and IPv6" {
	export TZ=UTC0
	start_time
	for host in 127.0.0.1 ::1; do
		for options in -p -pu; do
			run -0 rdate "$options" -o "$TIME" "$host"
			assert_is_recent "$output"
		done
	done
}

@test "TIME 41: rdate gets nothing of a clock that is not right, where require_sync says so" {
	set_clock "$unsynchronised"
	start_time "require_sync = true"
	run timeout 20 rdate -p -o "$TIME" 127.0.0.1
	assert_failure
	refute_output --partial "20"
}

@test "TIME 40, RFC 867: nmap's daytime script, over TCP and UDP" {
	start_time
	# -sT: connects as anybody does, without raw sockets.
	run -0 nmap -n -Pn -sT -p "$DAYTIME" --script +daytime 127.0.0.1
	assert_is_recent "$(sed -n 's/^|_daytime: \(.*\)\\x0D$/\1/p' <<<"$output")"
	[ "$EUID" -eq 0 ] || return 0
	run -0 nmap -n -Pn -sU -p "$DAYTIME" --script +daytime 127.0.0.1
	assert_is_recent "$(sed -n 's/^|_daytime: \(.*\)\\x0D$/\1/p' <<<"$output")"
}

@test "TIME 40: busybox nc, each form" {
	local form

	for form in ctime smtp iso; do
		start_time "daytime_format = \"$form\""
		run -0 busybox nc 127.0.0.1 "$DAYTIME"
		assert_equal "${#lines[@]}" 1
		assert_is_recent "${lines[0]%$'\r'}"
		netlabd_stop
	done
}

# It knows no port but 37.
@test "TIME 41, RFC 868: busybox rdate prints the time" {
	netns_setup
	netlabd_config <<-CONFIG
		$(netlabd_user)
		time { time = { "127.0.0.1:37" } }
	CONFIG
	netlabd_start
	run -0 inside busybox rdate -p 127.0.0.1
	assert_is_recent "$output"
}
