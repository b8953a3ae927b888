# netlab_ntp.bats: netlab ntp beside our own server. What it makes of others:
# netlab_bad.bats, tests/peers/netlab_ntp.bats.
load helper
load time

# Whether each line of the arithmetic in $output says what the lines above it
# make.
check_arithmetic() {
	python3 - <<-'PYTHON' "$output"
	import datetime, re, sys

	said = sys.argv[1]

	def number(text):
	    return int(text.replace(".", ""))

	times = {}
	for name, date, fraction in re.findall(r"^  (T\d)  (\S+ \S+)\.(\d{9}) UTC ", said, re.M):
	    second = datetime.datetime.fromisoformat(date + "+00:00").timestamp()
	    times[name] = int(second) * 10**9 + int(fraction)
	t1, t2, t3, t4 = (times[f"T{i}"] for i in range(1, 5))
	assert t1 <= t2 <= t3 <= t4, times
	there, back, offset = re.search(
	    r"= \(\((\S+)\) \+ \((\S+)\)\) / 2\n +=  ?(\S+) s", said).groups()
	assert number(there) == t2 - t1 and number(back) == t3 - t4
	assert number(offset) == int((t2 - t1 + t3 - t4) / 2)
	both, server, delay = re.search(r"= \((\S+)\) - \((\S+)\)\n +=  ?(\S+) s", said).groups()
	assert number(both) == t4 - t1 and number(server) == t3 - t2
	assert number(delay) == number(both) - number(server) > 0
	PYTHON
}

@test "netlab ntp: the four times, the arithmetic, the server" {
	set_clock "$synchronised"
	start_time 'legacy = true'
	for host in 127.0.0.1 "[::1]"; do
		run -0 --separate-stderr "$NETLAB" ntp "$host:$NTP"
		assert_equal "$stderr" ""
		check_arithmetic || fail "$output"
		assert_line "$host:$NTP, UDP"
		assert_line "  stratum         10, NTP version 4"
		assert_line "  leap            0, no warning"
		assert_line "  reference       127.127.1.1, the host's own clock"
		run -1 grep -E '.{81}' <<<"$output"
	done

	# The answer alone; and of several, in the versions that there are.
	run -0 "$NETLAB" ntp --short -p "$NTP" 127.0.0.1
	assert_output --regexp '^[+-]0\.[0-9]{9}$'
	for version in 1 2 3; do
		run -0 "$NETLAB" ntp "127.0.0.1:$NTP" --version "$version"
		assert_line "  stratum         10, NTP version $version"
	done
	run -0 "$NETLAB" ntp -c 2 ::1 -p "$NTP"
	assert_line --regexp '^   1  offset [+-]0\.[0-9]{9} s  delay \+0\.[0-9]{9} s  stratum 10$'
	assert_line --regexp '^   2  offset '
	assert_line "2 of 2 answered; the one with the least delay:"
	check_arithmetic || fail "$output"

	# JSON by ntpdig's names, the messages, and a query that tells no time.
	run -0 "$NETLAB" ntp --json --explain --seed 1 "127.0.0.1:$NTP"
	python3 - "$output" <<-'PYTHON' || fail "$output"
	import json, sys
	said = json.loads(sys.argv[1])
	assert said["stratum"] == 10 and said["leap"] == "no-leap" and said["ip"] == "127.0.0.1"
	assert said["adjusted"] is False and abs(said["offset"]) < 5 and "kod" not in said
	half = said["t2"] - said["t1"] + said["t3"] - said["t4"]
	assert abs(said["offset"] * 2e9 - half) < 2
	assert abs(said["delay"] * 1e9 - (said["t4"] - said["t1"] - said["t3"] + said["t2"])) < 1
	query, answer = said["wire"]
	assert query["sent"] and not answer["sent"]
	assert query["bytes"][:80] == "23" + "0" * 78
	assert answer["bytes"][48:64] == query["bytes"][80:]
	assert [f["value"] for f in answer["fields"] if f["name"] == "Stratum"] == ["10"]
	PYTHON
	first=$output
	run -0 "$NETLAB" ntp --json --hex --seed 1 "127.0.0.1:$NTP"
	assert_equal "$(grep -o '"bytes":"23[0-9a-f]*' <<<"$output")" \
		"$(grep -o '"bytes":"23[0-9a-f]*' <<<"$first")"
}

@test "netlab ntp: a clock that is not synchronised is shown, and exit status 2" {
	set_clock "$unsynchronised"
	start_time
	run -2 --separate-stderr "$NETLAB" ntp "127.0.0.1:$NTP"
	assert_line "  leap            3, not synchronised"
	assert_equal "$stderr" \
		"netlab: 127.0.0.1:$NTP, UDP: not synchronised: leap 3, stratum 0"
	run -2 --separate-stderr "$NETLAB" ntp --short "127.0.0.1:$NTP"
	assert_output ""
}
