# dns_zones.bats: where zones come from (files, patterns, hosts, addresses), and
# what a reload makes of their changes.

load helper

# A folder with characters that glob(7) would read something into, were they the
# pattern's.
setup() {
	netlabd_setup
	FOLDER="$DIR/[a]*"
	CONF=$FOLDER/netlabd.conf
	mkdir -p "$FOLDER/zones"
	PORT=$(netlabd_free_port)
}

# zone NAME SERIAL [RECORD]...: a file of zones/ with SOA, NS and RECORDs.
zone() {
	printf '%s\n' "@ 60 SOA ns hostmaster $2 7200 3600 604800 300" \
		'@ NS ns' 'ns A 192.0.2.53' "${@:3}" >"$FOLDER/zones/$1"
	chmod 644 "$FOLDER/zones/$1"
}

# configure SECTIONS: what the dns section says beside its address.
configure() {
	netlabd_config <<CONFIG
$(netlabd_user)
pidfile = "$DIR/pid"
dns {
    listen  = "127.0.0.1:$PORT"
    workers = 1
$1
}
CONFIG
}

# ask [DIG'S WORDS...]: status, then the answers without their TTLs.
ask() {
	dig @127.0.0.1 -p "$PORT" +tries=3 +time=5 +norecurse +noall +comments \
		+answer "$@" | sed -nE -e 's/.*status: ([A-Z]+).*/\1/p' \
		-e 's/^([^;[:space:]]+)[[:space:]]+[0-9]+[[:space:]]+IN[[:space:]]+([A-Z]+)[[:space:]]+(.*)/\1 \2 \3/p'
}

@test "a folder of zones: files that come and go are followed by a reload" {
	configure '    zones = "zones/*.zone"'
	zone one.test.zone 1 'www A 192.0.2.1'
	zone two.test.zone 1 'www A 192.0.2.2'
	netlabd_start
	assert_equal "$(ask www.one.test)" $'NOERROR\nwww.one.test. A 192.0.2.1'
	assert_equal "$(ask www.two.test)" $'NOERROR\nwww.two.test. A 192.0.2.2'
	zone three.test.zone 1 'www A 192.0.2.3'
	rm "$FOLDER/zones/one.test.zone"
	run -0 "$NETLABD" --reload -c "$CONF"
	assert_equal "$(ask www.one.test)" REFUSED
	assert_equal "$(ask www.two.test)" $'NOERROR\nwww.two.test. A 192.0.2.2'
	assert_equal "$(ask www.three.test)" \
		$'NOERROR\nwww.three.test. A 192.0.2.3'
	# A folder that is gone, as with a disk, takes no zone with it.
	mv "$FOLDER/zones" "$FOLDER/away"
	run -1 "$NETLABD" --reload -c "$CONF"
	assert_line --partial "the folder of \"zones/*.zone\" is not there"
	assert_equal "$(ask www.two.test)" $'NOERROR\nwww.two.test. A 192.0.2.2'
	mv "$FOLDER/away" "$FOLDER/zones"
	# All files go: that is told, and none is left.
	rm "$FOLDER"/zones/*
	run -0 "$NETLABD" --reload -c "$CONF"
	netlabd_wait_log "'zones': no file matches \"zones/\*.zone\""
	assert_equal "$(ask www.two.test)" REFUSED
	netlabd_stop
}

@test "hosts and reverse zones, over the wire" {
	configure '    zones = "zones/*.zone"
    zone "192.0.2.0/24" { reverse = true }
    zone "2001:db8::/32" { reverse = true }
    hosts "google.com" { address = { "192.165.1.1", "192.0.2.10" } ttl = 260 }
    hosts "printer.one.test" { address = { "192.0.2.11", "2001:db8::11" } }
    hosts "*.sandbox.test" { address = "192.0.2.12" }'
	zone one.test.zone 1 'www A 192.0.2.1' 'WWW A 192.0.2.10'
	netlabd_start
	assert_equal "$(ask google.com | LC_ALL=C sort)" 'NOERROR
google.com. A 192.0.2.10
google.com. A 192.165.1.1'
	assert_equal "$(ask google.com AAAA)" NOERROR
	assert_equal "$(ask www.google.com)" NXDOMAIN
	assert_equal "$(ask printer.one.test AAAA)" \
		$'NOERROR\nprinter.one.test. AAAA 2001:db8::11'
	assert_equal "$(ask any.thing.sandbox.test)" \
		$'NOERROR\nany.thing.sandbox.test. A 192.0.2.12'
	assert_equal "$(ask -x 192.0.2.10 | LC_ALL=C sort)" '10.2.0.192.in-addr.arpa. PTR google.com.
10.2.0.192.in-addr.arpa. PTR www.one.test.
NOERROR'
	assert_equal "$(ask -x 2001:db8::11 | sed 's/.*ip6.arpa. //')" \
		$'NOERROR\nPTR printer.one.test.'
	assert_equal "$(ask -x 192.0.2.12)" NXDOMAIN
	assert_equal "$(ask -x 192.165.1.1)" REFUSED
	# A change of a zone is one of the names of its addresses.
	zone one.test.zone 2 'www A 192.0.2.99'
	run -0 "$NETLABD" --reload -c "$CONF"
	assert_equal "$(ask -x 192.0.2.10)" \
		$'NOERROR\n10.2.0.192.in-addr.arpa. PTR google.com.'
	assert_equal "$(ask -x 192.0.2.99)" \
		$'NOERROR\n99.2.0.192.in-addr.arpa. PTR www.one.test.'
	netlabd_stop
}

@test "a reload goes by content: includes are seen, and a forgotten serial is told" {
	configure '    zone "one.test" { file = "zones/one" }'
	zone one 7 '$INCLUDE more'
	echo 'www A 192.0.2.1' >"$FOLDER/zones/more"
	chmod 644 "$FOLDER/zones/more"
	netlabd_start
	assert_equal "$(ask www.one.test)" $'NOERROR\nwww.one.test. A 192.0.2.1'
	# The same times of all files: they are not what counts.
	touch -r "$FOLDER/zones/more" "$DIR/stamp"
	echo 'www A 192.0.2.2' >"$FOLDER/zones/more"
	touch -r "$DIR/stamp" "$FOLDER/zones/more"
	run -0 "$NETLABD" --reload -c "$CONF"
	assert_equal "$(ask www.one.test)" $'NOERROR\nwww.one.test. A 192.0.2.2'
	netlabd_wait_log "/zones/one:1: zone one.test: has changed, but its serial 7 has not grown from 7: secondaries will not see it"
	# Nothing has changed: nothing is told.
	: >"$LOG"
	run -0 "$NETLABD" --reload -c "$CONF"
	netlabd_wait_log 'reloaded: generation 3'
	run -1 grep 'serial' "$LOG"
	netlabd_stop
}

@test "a broken zone keeps a reload from happening, and the old data" {
	configure '    zones = "zones/*.zone"'
	zone one.test.zone 1 'www A 192.0.2.1'
	netlabd_start
	zone one.test.zone 2 'www A 192.0.2' 'www TXT x'
	zone two.test.zone 1
	run -1 "$NETLABD" --reload -c "$CONF"
	assert_output --partial "$FOLDER/zones/one.test.zone:4: zone one.test: "
	assert_equal "$(ask www.one.test)" $'NOERROR\nwww.one.test. A 192.0.2.1'
	assert_equal "$(ask ns.two.test)" REFUSED
	zone one.test.zone 2 'www A 192.0.2.2'
	run -0 "$NETLABD" --reload -c "$CONF"
	assert_equal "$(ask www.one.test)" $'NOERROR\nwww.one.test. A 192.0.2.2'
	assert_equal "$(ask ns.two.test)" $'NOERROR\nns.two.test. A 192.0.2.53'
	netlabd_stop
}

@test "-t tells all mistakes of configuration and zones in one run" {
	configure '    zones = { "zones/*.zone", "none/*" }
    zone "one.test" { file = "zones/one" }
    zone "ONE.test." { file = "zones/other" }
    zone "example" { reverse = true }
    zone "lost.test" { file = "zones/nowhere" }
    hosts "a.test" { address = { "1.2.3" } }
    hosts "b.test" { }'
	zone one 1 'a CNAME b' 'a TXT x' 'b A 192.0.2'
	zone two.test.zone 1 'x.other. A 192.0.2.1'
	run -1 "$NETLABD" -t -c "$CONF"
	local conf="$CONF" at
	at=$(($(grep -n 'zones = ' "$CONF" | cut -d: -f1)))
	assert_line "$conf:$at: 'zones': the folder of \"none/*\" is not there"
	assert_line "$conf:$((at + 2)): zone \"ONE.test.\" is already defined on line $((at + 1))"
	assert_line --partial "$conf:$((at + 3)): 'reverse': zone \"example\" has no names of addresses"
	assert_line --partial "$conf:$((at + 5)): 'address': \"1.2.3\": not an IPv4 or IPv6 address"
	assert_line "$conf:$((at + 6)): hosts \"b.test\" needs an address"
	assert_line --partial "$FOLDER/zones/one:4: zone one.test: "
	assert_line --partial "$FOLDER/zones/one:6: zone one.test: "
	assert_line --partial "$FOLDER/zones/two.test.zone:4: zone two.test: "
	assert_line --partial "$FOLDER/zones/nowhere: zone lost.test: cannot be read: No such file"
	refute_line --partial ok
}

@test "-t of one broken zone among good ones fails, and without it is ok" {
	configure '    zones = "zones/*.zone"'
	zone one.test.zone 1
	zone two.test.zone 1 'bad A'
	run -1 "$NETLABD" -t -c "$CONF"
	rm "$FOLDER/zones/two.test.zone"
	run -0 "$NETLABD" -t -c "$CONF"
	assert_output "$CONF: ok"
}
