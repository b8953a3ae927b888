# udp_loops.bats: one forged datagram between UDP services, in a network of its
# own; beside ours, those of Debian's inetds (CVE-1999-0103, CVE-2024-2169).
load ../bats/helper

# Prints what udp_loops.py says last.
loops() {
	[ "$EUID" -eq 0 ] || skip "needs root for ports below 1024"
	run timeout 60 unshare -n python3 "$TOP/tests/peers/udp_loops.py" \
		"$DIR" "$DIR/.pids" "$@"
	cat "$DIR"/*/log >>"$LOG"
}

@test "TIME 29, 44: one datagram between daytime, time, echo and NTP makes at most two" {
	loops netlabd
	assert_success
	echo "# ${lines[-1]}" >&3
}

@test "openbsd-inetd and xinetd answer each other's answers" {
	loops "$BUILT/peers/openbsd-inetd/usr/sbin/inetd" inetd
	assert_success
	printf '# %s\n' "${lines[@]}" >&3
	loops "$BUILT/peers/xinetd/usr/sbin/xinetd" xinetd
	assert_success
	printf '# %s\n' "${lines[@]}" >&3
}
