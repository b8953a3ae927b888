# chat_load.bats: the load of the benchmark on the chat, small, for what it says
# about each line that everybody hears. `make bench` has 5,000 people.
load ../bats/helper

setup() {
	netlabd_setup
	PORT=$(netlabd_free_port)
	netlabd_config <<-CONF
		$(netlabd_user)
		lab {
		    chat = { "127.0.0.1:$PORT" }
		    chat_max_connections_per_address = 1000
		    chat_rate = 0
		}
	CONF
	netlabd_start
}

# Puts a load on it and prints what it counted. It fails when a line is lost.
chat_load() {
	timeout 60 "$BUILT/tests/bench/chat_load" -P "$PORT" "$@"
}

assert_all_heard() {
	assert_success
	assert_regex "$output" ' lost=0 disorder=0 strays=0 skipped=0 errors=0 closed=0 blocked=0 '
	echo "# $output" >&3
}

@test "200 people in 10 rooms hear every line of theirs, once and in order" {
	run chat_load -c 200 -R 10 -r 1000 -t 1
	assert_all_heard
}

@test "readers that stop take nothing from the others" {
	# Long lines, so that what those may be sent is full soon.
	run chat_load -c 200 -R 10 -r 3000 -t 2 -z 400 -s 2
	assert_all_heard
}

@test "people from many addresses, eight from each" {
	run chat_load -c 400 -R 10 -r 500 -t 1 -a 8
	assert_all_heard
}
