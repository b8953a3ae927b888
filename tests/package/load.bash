# load.bash: load on the file's machine, of two kinds at the same time: storm_load, from
# here, asks thousands of questions a second and knows what became of each; ask.sh asks on
# the machine itself, by curl and dig. Both count what failed.

load_start() {
	rm -f "$ROOT"/root/ask.*
	cp "$TOP/tests/package/ask.sh" "$ROOT/root/ask.sh"
	m bash /root/ask.sh >"$DIR/asked" 2>&1 </dev/null 3>&- &
	ASK=$!
	"$MACHINE" net "$NAME" "$BUILT/tests/tools/storm_load" 53 www.netlab.test 80 / \
		>"$DIR/counts" 2>&1 </dev/null 3>&- &
	STORM=$!
	netlabd_keep "$ASK" "$STORM"
	netlabd_wait_for load_has_begun
	kill -0 "$STORM"
}

load_has_begun() {
	[ "$(find "$ROOT/root" -name 'ask.*.begun' | wc -l)" -eq 4 ]
}

# Ends the load. Its counts are variables of their names, and words in $COUNTS; what
# ask.sh saw fail is in the test's output.
load_stop() {
	local word
	touch "$ROOT/root/ask.end"
	wait "$ASK"
	kill -TERM "$STORM"
	wait "$STORM"
	cat "$DIR/asked"
	COUNTS=$(cat "$DIR/counts" "$ROOT"/root/ask.*.count | xargs)
	for word in $COUNTS; do
		declare -g "${word?}"
	done
	[ "$dns_answered" -gt 100 ]
	[ "$http_answered" -gt 100 ]
}

# A reused connection that the server closed between two requests (http_stale) is none:
# every client asks again then (RFC 9112 §9.3.1), curl too.
load_has_failed_nothing() {
	echo "$COUNTS"
	[ $((dns_lost + dns_wrong)) -eq 0 ]
	[ $((http_refused + http_reset + http_timeout + http_wrong)) -eq 0 ]
	ask_has_failed_nothing
}

ask_has_failed_nothing() {
	[ $((curl_failed + curl_kept_failed + dig_failed + dig_tcp_failed)) -eq 0 ]
}
