# http_differential.bats: netlabd's web server beside nginx, apache2 and
# lighttpd.
load ../bats/helper

@test "HTTP 1-68: nginx, apache2 and lighttpd differ from us as explained" {
	run python3 "$TOP/tests/peers/http_differential.py" "$DIR" "$DIR/.pids" \
		"$(netlabd_free_port)" "$(netlabd_free_port)" \
		"$(netlabd_free_port)" "$(netlabd_free_port)"
	cat "$DIR/netlabd/log" >>"$LOG"
	assert_success
	echo "# ${lines[-1]}" >&3
}
