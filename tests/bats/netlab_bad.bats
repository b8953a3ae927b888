# netlab_bad.bats: the client beside servers that misbehave, and with words that
# it does not know. The cases are in netlab_bad.py, the servers in bad_server.py.
load helper

bad() {
	run python3 "$BATS_TEST_DIRNAME/netlab_bad.py" "$NETLAB" "$@"
	assert_success
	assert_output --regexp '^[0-9]+ cases$'
}

@test "netlab: silent, refusing, lying, endless servers: the exit status, one line, in time" {
	bad dns ntp get small said chat
}

@test "netlab: files that are cut off, or no files at all" {
	bad files
}

@test "netlab: wrong options and arguments: exit status 1, one line" {
	bad options
}

@test "netlab: standard output that is full is said, once, and is not exit status 0" {
	for words in help "help ntp" --version "explain dns" "explain --json dns" \
		"sniff --read $BATS_TEST_DIRNAME/netlab_sniff.pcap --json"; do
		# shellcheck disable=SC2086
		run -10 sh -c '"$0" "$@" 2>&1 >/dev/full' "$NETLAB" $words
		assert_output "netlab: standard output: cannot be written"
	done
}

@test "netlab: what is closed is no place for what is meant for people" {
	# Without both, the capture would become standard input, and the copy
	# standard output.
	run -10 --separate-stderr sh -c '"$0" "$@" <&- >&-' "$NETLAB" sniff --json \
		--read "$BATS_TEST_DIRNAME/netlab_sniff.pcap" --write "$DIR/copy"
	assert_equal "$stderr" "netlab: standard output: cannot be written"
	run ! grep -q layers "$DIR/copy"
	run -1 sh -c '"$0" explain dns - <&-' "$NETLAB"
	assert_output --partial "standard input"
}

@test "netlab: of a flood of messages that are no answers, the first are shown" {
	python3 "$BATS_TEST_DIRNAME/bad_server.py" dns_flood ntp_flood \
		>"$DIR/places" 3>&- &
	netlabd_keep $!
	netlabd_wait_for grep -q ready "$DIR/places"
	# Again where the flood was late.
	shows_first() {
		# shellcheck disable=SC2086
		run -9 --separate-stderr "$NETLAB" $words --hex=plain --timeout 0.4 \
			-p "$(sed -n "s/^${words%% *}_flood //p" "$DIR/places")"
		[ "$(grep -c 'Passed over' <<<"$output")" -eq 8 ]
	}
	for words in "dns a.example @127.0.0.1" "ntp 127.0.0.1"; do
		netlabd_wait_for shows_first
	done
}
