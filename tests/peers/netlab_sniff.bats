# netlab_sniff.bats: the same packets beside tshark. netlab_sniff.py makes them
# by scapy, and compares what both say of each.
load ../bats/helper

compare() {
	python3 "$BATS_TEST_DIRNAME/netlab_sniff.py" "$@"
}

@test "netlab sniff and tshark read the same in packets of all layers" {
	compare make "$DIR/packets"
	run compare "$NETLAB" "$DIR/packets"
	assert_output --regexp '^[0-9]+ packets, [0-9]+ values, 0 differences$'
}

@test "netlab sniff and tshark read the same in 500 random ones" {
	compare make "$DIR/packets" 500
	run compare "$NETLAB" "$DIR/packets"
	assert_output --regexp '^5[0-9][0-9] packets, [0-9]+ values, 0 differences$'
}

@test "netlab sniff and tshark read the same on the wire" {
	[ "$EUID" -eq 0 ] || skip "needs root for a capture"
	load netns
	netns_setup
	netlabd_config <<-END
		$(netlabd_user)
		dns {
		    listen = { "127.0.0.1:53", "[::1]:53" }
		    zone "netlab.test" { file = "$TOP/zones/netlab.test.zone" }
		}
		http {
		    listen = { "127.0.0.1:80" }
		    root = "$TOP/www"
		}
		time {
		    ntp = { "127.0.0.1:123" }
		    local_stratum = 10
		}
	END
	netlabd_start
	nsenter --net="/proc/$NETNS/ns/net" "$NETLAB" sniff -i lo --write "$DIR/packets" \
		>/dev/null 2>&1 </dev/null 3>&- &
	local sniff=$!
	netlabd_keep "$sniff"
	netlabd_wait_for [ -s "$DIR/packets" ]
	run -0 inside dig @127.0.0.1 netlab.test MX
	run -0 inside dig @::1 +tcp netlab.test SOA
	run -0 inside curl -s http://127.0.0.1/
	run -0 inside "$NETLAB" ntp 127.0.0.1
	# Nobody listens there.
	run -9 inside "$NETLAB" time -u 127.0.0.1
	kill -INT "$sniff"
	wait "$sniff"
	run compare "$NETLAB" "$DIR/packets"
	assert_output --regexp '^[0-9]+ packets, [0-9]+ values, 0 differences$'
}
