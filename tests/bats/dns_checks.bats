# dns_checks.bats: what becomes of a zone with mistakes, at a start and at a
# reload. What is said about which mistake is in the unit tests
# (dns_load_rules_test.c, dns_load_syntax_test.c).

load helper

write_zone() {
	printf '%s\n' '$TTL 60' "@ SOA ns1 hostmaster $1 7200 3600 604800 300" \
		'@ NS ns1' "ns1 A 192.0.2.$1" "${@:2}" >"$DIR/lab.zone"
	chmod 644 "$DIR/lab.zone"
}

start_dns() {
	PORT=$(netlabd_free_port)
	netlabd_config <<-CONFIG
		$(netlabd_user)
		pidfile = "$DIR/run/netlabd.pid"
		dns {
		    listen  = { "127.0.0.1:$PORT" }
		    workers = 1
		    zone "lab.test" { file = "lab.zone" }
		}
	CONFIG
	netlabd_start
}

ask() {
	run dig @127.0.0.1 -p "$PORT" +tries=3 +time=5 +norecurse "$@"
	assert_success
}

@test "DNS 62: a zone that breaks keeps its data, and all that is wrong is told at once" {
	write_zone 1
	start_dns
	write_zone 2 'www A 192.0.2' 'alias CNAME ns1' 'alias TXT x' \
		'www.lab.test A 192.0.2.9' '@ MX 10 mail'
	run "$NETLABD" --reload -c "$CONF"
	assert_failure 1
	assert_output --partial "$DIR/lab.zone:5: zone lab.test: www.lab.test. A: '192.0.2' is not an IPv4 address"
	assert_output --partial "$DIR/lab.zone:6: zone lab.test: alias.lab.test. has a CNAME and other data"
	assert_output --partial "$DIR/lab.zone:8: zone lab.test: www.lab.test.lab.test. is what a name without a final dot has become"
	ask +short ns1.lab.test
	assert_output 192.0.2.1

	# Warnings stop nothing.
	write_zone 3 '@ MX 10 mail'
	run "$NETLABD" --reload -c "$CONF"
	assert_success
	netlabd_wait_log "lab.zone:5: zone lab.test: lab.test. MX: mail.lab.test. does not exist in the zone"
	ask +short ns1.lab.test
	assert_output 192.0.2.3
	netlabd_stop
}

@test "DNS 62: a zone that is broken at the start answers SERVFAIL until it is mended" {
	write_zone 1 '@ A'
	start_dns
	netlabd_wait_log "lab.zone:5: zone lab.test: lab.test. A: the IPv4 address is missing"
	ask ns1.lab.test
	assert_output --partial 'status: SERVFAIL'
	write_zone 2
	run "$NETLABD" --reload -c "$CONF"
	assert_success
	ask +short ns1.lab.test
	assert_output 192.0.2.2
	netlabd_stop
}
