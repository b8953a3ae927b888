# netlab_dns.bats: netlab dns beside dig and kdig, with NSD, Knot and BIND.
load ../bats/helper

@test "netlab dns: answers, zones and truncation of four servers are as dig and kdig have them" {
	run python3 "$TOP/tests/peers/netlab_dns.py" "$DIR" "$DIR/.pids" \
		"$(netlabd_free_port)" "$(netlabd_free_port)" \
		"$(netlabd_free_port)" "$(netlabd_free_port)"
	cat "$DIR/netlabd/log" >>"$LOG"
	assert_success
}
