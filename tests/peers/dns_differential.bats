# dns_differential.bats: netlabd's name server beside NSD, Knot and BIND.
load ../bats/helper

differential() {
	run python3 "$TOP/tests/peers/dns_differential.py" "$DIR" \
		"$DIR/.pids" "$1" "$(netlabd_free_port)" "$(netlabd_free_port)" \
		"$(netlabd_free_port)" "$(netlabd_free_port)"
	cat "$DIR/netlabd/log" >>"$LOG"
	assert_success
	echo "# ${lines[-1]}" >&3
}

@test "unsigned zones: NSD, Knot and BIND differ from us as explained" {
	differential plain
}
