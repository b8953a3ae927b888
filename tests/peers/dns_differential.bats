# dns_differential.bats: netlabd's name server beside NSD, Knot and BIND.
load ../bats/helper

differential() {
	run python3 "$TOP/tests/peers/dns_differential.py" "$DIR" "$DIR/.pids" \
		"$(netlabd_free_port)" "$(netlabd_free_port)" \
		"$(netlabd_free_port)" "$(netlabd_free_port)" "$@"
	cat "$DIR/netlabd/log" >>"$LOG"
	assert_success
	echo "# ${lines[-1]}" >&3
}

@test "NSD, Knot and BIND answer otherwise than we do as explained" {
	differential
}

@test "the same of the root of a lab" {
	differential --root
}
