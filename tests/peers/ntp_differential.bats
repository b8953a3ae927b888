# ntp_differential.bats: netlabd's NTP server beside chronyd's.
load ../bats/helper

# A network of its own, where requests may come from port 123.
@test "TIME 1-28, 33: chronyd answers otherwise than we do as explained" {
	[ "$EUID" -eq 0 ] || skip "needs root for a network of its own"
	run unshare -n sh -c 'ip link set lo up && exec python3 "$@"' sh \
		"$TOP/tests/peers/ntp_differential.py" "$DIR" "$DIR/.pids" \
		20001 20002 20003
	cat "$DIR"/{netlabd,open}/log >>"$LOG"
	assert_success
	echo "# ${lines[-1]}" >&3
}
