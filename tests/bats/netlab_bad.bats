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
