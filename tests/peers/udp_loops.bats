# udp_loops.bats: what one forged datagram makes of UDP services, in a network of
# its own: between two of them, and for who is named as its sender; beside ours,
# those of Debian's inetds (CVE-1999-0103, CVE-2024-2169).
load ../bats/helper
load netns

# Prints what udp_loops.py says last.
loops() {
	[ "$EUID" -eq 0 ] || skip "needs root for ports below 1024"
	run timeout 200 unshare -n python3 "$TOP/tests/peers/udp_loops.py" \
		"$DIR" "$DIR/.pids" "$@"
	cat "$DIR"/*/log >>"$LOG"
}

@test "TIME 29, 44: one datagram between any two services makes at most two" {
	loops netlabd
	assert_success
	echo "# ${lines[-1]}" >&3
}

@test "openbsd-inetd and xinetd answer each other's answers" {
	loops "$BUILT/peers/openbsd-inetd/usr/sbin/inetd" inetd
	assert_success
	printf '# %s\n' "${lines[@]}" >&3
	loops "$BUILT/peers/xinetd/usr/sbin/xinetd" xinetd
	assert_success
	printf '# %s\n' "${lines[@]}" >&3
}

# Prints what udp_amplification.py says of a server that is called $1 and runs
# inside, with SERVICE=PORT …
amplification() {
	run outside python3 "$BATS_TEST_DIRNAME/udp_amplification.py" "$1" \
		192.0.2.1 192.0.2.10 198.51.100.10 "${@:2}"
	printf '# %s\n' "${lines[@]}" >&3
}

# Starts an inetd with the arguments that follow, inside, until it answers.
inetd_start() {
	nsenter --net="/proc/$NETNS/ns/net" "$@" >>"$LOG" 2>&1 3>&- </dev/null &
	INETD=$!
	netlabd_keep "$INETD"
	is_open() {
		[ -n "$(inside ss -Huln 'sport = :19')" ]
	}
	netlabd_wait_for is_open
}

@test "TIME 42, 44: a stranger gets no more than it sent, but for the time and some capitals; with inetds he does" {
	local all=(echo=7 daytime=13 chargen=19 time=37)

	netns_setup
	netns_setup_wire
	netlabd_config <<-CONFIG
		$(netlabd_user)
		lab {
		    echo    = { "192.0.2.1:7" }
		    discard = { "192.0.2.1:9" }
		    qotd    = { "192.0.2.1:17" }
		    chargen = { "192.0.2.1:19" }
		    hello   = { "192.0.2.1:9000" }
		    upper   = { "192.0.2.1:12000" }
		    chat    = { "192.0.2.1:31621" }
		}
		time {
		    time    = { "192.0.2.1:37" }
		    daytime = { "192.0.2.1:13" }
		}
	CONFIG
	netlabd_start
	amplification netlabd "${all[@]}" discard=9 qotd=17 hello=9000 \
		upper=12000 chat=31621
	assert_success
	netlabd_stop

	python3 - "$DIR" <<-'PYTHON'
	import sys

	folder, names = sys.argv[1], ("echo", "daytime", "chargen", "time")
	with open(f"{folder}/inetd.conf", "w") as file:
	    for name in names:
	        file.write(f"{name} dgram udp wait root internal\n")
	with open(f"{folder}/xinetd.conf", "w") as file:
	    file.write("defaults\n{\n}\n")
	    for name in names:
	        file.write(f"service {name}\n{{\ntype = INTERNAL\nid = {name}-dgram\n"
	                   "socket_type = dgram\nprotocol = udp\nuser = root\n"
	                   "wait = yes\n}\n")
	PYTHON
	inetd_start "$BUILT/peers/openbsd-inetd/usr/sbin/inetd" -i "$DIR/inetd.conf"
	amplification openbsd-inetd "${all[@]}"
	kill "$INETD"
	wait "$INETD" || true
	run ! is_open
	inetd_start "$BUILT/peers/xinetd/usr/sbin/xinetd" -dontfork \
		-pidfile "$DIR/xinetd.pid" -f "$DIR/xinetd.conf"
	amplification xinetd "${all[@]}"
}
