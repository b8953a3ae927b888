# lab_small.bats: echo, discard, chargen, qotd and hello (RFC 862 to 865) as
# clients see them. The numbers are those of the time requirements.

load helper
load lab

# Runs the function NAME of lab_client.py with the ports.
client() {
	python3 "$BATS_TEST_DIRNAME/lab_client.py" "$1" \
		"$ECHO" "$DISCARD" "$CHARGEN" "$QOTD" "$HELLO"
}

@test "TIME 37, 38, RFC 862: echo gives back each byte and each datagram; a client that stops reading holds up itself alone" {
	start_lab
	client echo
	counters echo 11
	assert_equal "$(counter echoed)" 10
	assert_equal "$(counter session_ended)" 1
}

@test "TIME 39, RFC 863: discard reads all and says nothing, not even by ICMP" {
	start_lab
	client discard
	counters discard 42
	assert_equal "$(counter discarded)" 40
	assert_equal "$(counter session_ended)" 2
	assert_equal "$(counter sent)" 0
}

@test "TIME 42, RFC 864: chargen goes on until the client closes, whatever it sends, and ends at the total" {
	start_lab 'chargen_rate = 0 chargen_total = 8000000'
	client chargen
	counters chargen 43
	assert_equal "$(counter answered)" 40
	assert_equal "$(counter own_format)" 1
	assert_equal "$(counter session_ended)" 2
}

@test "TIME 42: chargen keeps to its rate; TIME 43, RFC 865: qotd tells a quote of the file and closes; hello greets by address" {
	start_lab 'chargen_rate = 14800'
	client chargen_rate
	client qotd
	client hello
	counters qotd 41
	assert_equal "$(counter answered)" 40
	assert_equal "$(counter own_format)" 1
	# Quotes are read again with the rest.
	printf '\033[31mred\n\nblue\n' >"$DIR/quotes"
	kill -HUP "$NETLABD_PID"
	netlabd_wait_log 'reloaded: generation 2'
	run -0 grep -F "$DIR/quotes:1: the quote that begins here is left out: it has a control character" "$LOG"
	run -0 bash -c "nc -d 127.0.0.1 $QOTD"
	assert_output $'blue\r'
}
