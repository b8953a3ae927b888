# dns_dump.bats: netlabd --dump-zone prints a zone as it is served, and what it
# prints is that zone.

load helper

dump() {
	"$NETLABD" --dump-zone "$1" -c "$CONF"
}

zones_config() {
	chmod 644 "$DIR"/*.zone
	netlabd_config <<CONFIG
$(netlabd_user)
dns {
    listen = { "127.0.0.1:10053" }
    zone "example.test" { file = "example.zone" }
    zone "Broken.test." { file = "broken.zone" }
}
CONFIG
}

write_zones() {
	cat >"$DIR/example.zone" <<'ZONE'
$TTL 1h
@	SOA	ns hostmaster 1 2h 1h 4w 300
	NS	ns
Ns	A	192.0.2.1
*.Wild	TXT	"two strings" "a \"quote\" \009"
dot\.ted.deep	MX	10 \255\000.elsewhere.
child	NS	ns.child
ns.child A	192.0.2.2
$GENERATE 1-3 pc$ A 192.0.2.1$
x	TYPE65280 \# 2 abcd
ZONE
	printf '@ 60 SOA a b 1 2 3 4 5\n@ 60 A 192.0.2.1\nx 60 A 1\n' \
		>"$DIR/broken.zone"
}

@test "--dump-zone: one record a line, absolute and in canonical order" {
	write_zones
	zones_config
	run -0 --separate-stderr dump EXAMPLE.test
	assert_output "$(tr '|' '\t' <<'TEXT'
example.test.|3600|IN|SOA|ns.example.test. hostmaster.example.test. 1 7200 3600 2419200 300
example.test.|3600|IN|NS|ns.example.test.
child.example.test.|3600|IN|NS|ns.child.example.test.
ns.child.example.test.|3600|IN|A|192.0.2.2
dot\.ted.deep.example.test.|3600|IN|MX|10 \255\000.elsewhere.
Ns.example.test.|3600|IN|A|192.0.2.1
pc1.example.test.|3600|IN|A|192.0.2.11
pc2.example.test.|3600|IN|A|192.0.2.12
pc3.example.test.|3600|IN|A|192.0.2.13
*.Wild.example.test.|3600|IN|TXT|"two strings" "a \"quote\" \009"
x.example.test.|3600|IN|TYPE65280|\# 2 ABCD
TEXT
)"
}

@test "--dump-zone: what it prints is the same zone, each that is shipped too" {
	local name names
	write_zones
	zones_config
	dump example.test 2>/dev/null >"$DIR/first"
	cp "$DIR/first" "$DIR/example.zone"
	dump example.test 2>/dev/null >"$DIR/second"
	cmp "$DIR/first" "$DIR/second"
	# Those of a file, of a list of hosts, and of addresses in all of them.
	mkdir "$DIR/printed"
	CONF=$TOP/etc/demo.conf
	run -1 dump elsewhere
	names=$(sed -n 's/^  \(.*\)\.$/\1/p' <<<"$output")
	[ "$(wc -l <<<"$names")" -ge 6 ]
	# But for the SOA, the first line: its serial is the time.
	diff <(dump 192.0.2.0/24 | sed 1d) \
		<(dump 2.0.192.IN-ADDR.arpa. | sed 1d)
	for name in $names; do
		dump "$name" >"$DIR/printed/$name.zone"
	done
	CONF=$DIR/netlabd.conf
	netlabd_config <<CONFIG
$(netlabd_user)
dns {
    listen = { "127.0.0.1:10053" }
    zones = "printed/*.zone"
}
CONFIG
	for name in $names; do
		dump "$name" 2>/dev/null | cmp - "$DIR/printed/$name.zone"
	done
}

@test "--dump-zone: an unknown zone is told, with those that there are, exit 1" {
	write_zones
	zones_config
	run -1 --separate-stderr dump elsewhere.test
	assert_output ''
	assert_regex "$stderr" 'there is no zone elsewhere\.test\., but:
  example\.test\.
  broken\.test\.$'
	run -1 --separate-stderr dump a..b
	assert_regex "$stderr" 'zone "a\.\.b": not a domain name'
	run -1 --separate-stderr dump 192.0.2.1/24
	assert_regex "$stderr" 'zone "192\.0\.2\.1/24": '
	netlabd_config < <(netlabd_user; echo 'dns { listen = { "127.0.0.1:10053" } }')
	run -1 --separate-stderr dump elsewhere.test
	assert_regex "$stderr" 'there is no zone$'
}

@test "--dump-zone: a broken zone is told with its errors, exit 1" {
	write_zones
	zones_config
	run -1 --separate-stderr dump broken.test
	assert_output ''
	assert_regex "$stderr" 'broken\.zone:3: '
	assert_regex "$stderr" 'zone broken\.test\. is broken$'
}

@test "--dump-zone: a configuration with mistakes is told, exit 1" {
	netlabd_config <<<'dns { lisp = 1 }'
	run -1 --separate-stderr dump example.test
	assert_regex "$stderr" 'netlabd\.conf:1: '
	run -2 "$NETLABD" --dump-zone
}

@test "--dump-zone: what cannot be written is told, exit 1" {
	write_zones
	zones_config
	run -1 bash -c '"$1" --dump-zone example.test -c "$2" >/dev/full' - \
		"$NETLABD" "$CONF"
	assert_line --partial 'the zone cannot be written: No space left on device'
	# A reader that has gone, where that is no signal's business.
	run -0 python3 - "$NETLABD" "$CONF" <<'PYTHON'
import os, signal, subprocess, sys

reader, writer = os.pipe()
os.close(reader)
done = subprocess.run([sys.argv[1], "--dump-zone", "example.test", "-c", sys.argv[2]],
                      stdout=writer, stderr=subprocess.PIPE, restore_signals=False)
assert done.returncode == 1, done
assert b"Broken pipe" in done.stderr, done
PYTHON
}
