# dns_cookies.bats: netlabd's DNS cookies beside those of NSD and BIND.
load ../bats/helper

@test "DNS 44, RFC 9018 §5: servers with one secret take each other's cookies" {
	run python3 "$TOP/tests/peers/dns_cookies.py" "$DIR" "$DIR/.pids" \
		"$(netlabd_free_port)" "$(netlabd_free_port)" "$(netlabd_free_port)"
	cat "$DIR/netlabd/log" >>"$LOG"
	assert_success
	assert_line "netlabd on one of nsd's: RCODE 0, forged 23"
	assert_line "netlabd on one of bind's: RCODE 0, forged 23"
	assert_line "bind on one of netlabd's: RCODE 0, forged 23"
}
