# netlab_small.bats: netlab's small verbs beside Debian's inetds, in networks of
# their own, since these know no ports but the standard ones.
load ../bats/helper
load netns

# netlab VERB …, on the other side of the wire.
netlab() {
	run --separate-stderr outside "$NETLAB" "$@"
}

setup() {
	netlabd_setup
	netns_setup
	netns_setup_wire
}

# Starts an inetd, inside, until it answers.
inetd_start() {
	nsenter --net="/proc/$NETNS/ns/net" "$@" >>"$LOG" 2>&1 3>&- </dev/null &
	netlabd_keep $!
	is_open() {
		[ -n "$(inside ss -Huln 'sport = :19')" ] &&
			[ -n "$(inside ss -Htln 'sport = :19')" ]
	}
	netlabd_wait_for is_open
}

# What every inetd has within.
try_all() {
	local host=192.0.2.1

	for by in -t -u; do
		netlab time "$by" "$host"
		assert_success
		assert_line --regexp 'Z, (and this clock agrees|[0-9] s behind this clock)$'
		netlab daytime "$by" "$host"
		assert_success
		[ "$(($(date +%s) - $(date -d "$output" +%s)))" -le 60 ]
		netlab echo "$by" "$host" 'Grüße, 世界'
		assert_success
		assert_output 'Grüße, 世界'
		run -0 outside "$NETLAB" echo "$by" "$host" < <(seq 1 100)
		assert_output "$(seq 1 100)"
		netlab discard "$by" "$host" hello
		assert_success
		netlab chargen "$by" "$host"
		assert_success
	done
	netlab chargen -c 500 "$host"
	assert_equal "${#lines[@]}" 500
	netlab qotd "$host"
	assert_failure 9
	netlab qotd -u "$host"
	assert_failure 9
}

@test "openbsd-inetd" {
	python3 - <<-'PYTHON' >"$DIR/inetd.conf"
	for name in "echo", "discard", "daytime", "chargen", "time":
	    print(f"{name} stream tcp nowait root internal")
	    print(f"{name} dgram udp wait root internal")
	print("12000 stream tcp nowait nobody /usr/bin/tr tr a-z A-Z")
	print("9000 stream tcp nowait nobody /bin/echo echo Hello")
	PYTHON
	inetd_start "$BUILT/peers/openbsd-inetd/usr/sbin/inetd" -i "$DIR/inetd.conf"
	try_all
	netlab upper 192.0.2.1 'Hello'
	assert_output HELLO
	netlab hello 192.0.2.1
	assert_output Hello
}

@test "xinetd" {
	python3 - <<-'PYTHON' >"$DIR/xinetd.conf"
	print("defaults\n{\ncps = 0 0\n}")
	for name in "echo", "discard", "daytime", "chargen", "time":
	    for kind, by, wait in ("stream", "tcp", "no"), ("dgram", "udp", "yes"):
	        print(f"service {name}\n{{\ntype = INTERNAL\nid = {name}-{kind}\n"
	              f"socket_type = {kind}\nprotocol = {by}\nuser = root\nwait = {wait}\n}}")
	PYTHON
	inetd_start "$BUILT/peers/xinetd/usr/sbin/xinetd" -dontfork \
		-pidfile "$DIR/xinetd.pid" -f "$DIR/xinetd.conf"
	try_all
}
