# dns.bats: the dns service as a client sees it, with dig and with raw packets.
# The numbers are those of the DNS requirements.

load helper

# A zone with something of each kind, and one that cannot be loaded.
write_zones() {
	cat >"$DIR/example.zone" <<'ZONE'
$ORIGIN example.test.
$TTL 3600
@	SOA	ns1 hostmaster 2026010101 7200 3600 604800 300
@	NS	ns1
@	NS	ns2
@	MX	10 mail
ns1	A	192.0.2.1
	AAAA	2001:db8::1
ns2	A	192.0.2.2
mail	A	192.0.2.25
www	A	192.0.2.80
	A	192.0.2.81
	AAAA	2001:db8::80
alias	CNAME	www
chain	CNAME	alias
lost	CNAME	nowhere
away	CNAME	www.elsewhere.test.
loop1	CNAME	loop2
loop2	CNAME	loop1
text	TXT	"one string" "and another"
_http._tcp SRV	0 5 80 www
80	PTR	www
*.wild	A	192.0.2.99
exact.wild TXT	"blocks the wildcard"
*.walias CNAME	www
a.deep.tree TXT	"below empty non-terminals"
old	DNAME	wild
child	NS	ns.child
child	NS	ns1
ns.child A	192.0.2.53
big	TXT	"0123456789012345678901234567890123456789012345678901234567890123456789 1"
	TXT	"0123456789012345678901234567890123456789012345678901234567890123456789 2"
	TXT	"0123456789012345678901234567890123456789012345678901234567890123456789 3"
	TXT	"0123456789012345678901234567890123456789012345678901234567890123456789 4"
	TXT	"0123456789012345678901234567890123456789012345678901234567890123456789 5"
	TXT	"0123456789012345678901234567890123456789012345678901234567890123456789 6"
	TXT	"0123456789012345678901234567890123456789012345678901234567890123456789 7"
ZONE
	printf '@ 60 SOA a b 1 2 3 4 5\n@ 60 A 192.0.2.1\n' >"$DIR/broken.zone"
	chmod 644 "$DIR"/*.zone
}

start_dns() {
	write_zones
	PORT=$(netlabd_free_port)
	netlabd_config <<CONFIG
$(netlabd_user)
dns {
    listen  = { "127.0.0.1:$PORT", "[::1]:$PORT" }
    workers = 2
    zone "example.test" { file = "example.zone" }
    zone "broken.test" { file = "broken.zone" }
}
CONFIG
	netlabd_start
}

# The whole reply of dig to NAME TYPE …, over the transport in $VIA.
ask() {
	dig @"${SERVER:-127.0.0.1}" -p "$PORT" +tries=3 +time=5 +norecurse \
		+noall +comments +question +answer +authority +additional \
		${VIA:+"$VIA"} "$@"
}

# The records of one section (ANSWER, AUTHORITY, ADDITIONAL), one space apart.
section() {
	sed -n "/^;; $1 SECTION/,/^\$/p" <<<"$output" | grep -v '^;' |
		tr -s '\t ' ' ' | sed '/^$/d'
}

expect_status() {
	assert_line --partial "status: $1,"
}

expect_flags() {
	assert_line --regexp "flags: $1; QUERY"
}

# Sends the bytes of a Python expression over UDP, prints the reply in hex;
# "silent" when none comes before the reply to a good query that follows it.
raw() {
	python3 - "$PORT" "$1" <<'PYTHON'
import socket, struct, sys

GOOD = struct.pack("!6H", 0xffff, 0, 1, 0, 0, 0) + b"\3www\7example\4test\0\0\1\0\1"
question = b"\3wWw\7eXample\4test\0\0\1\0\1"


def header(flags=0, qd=1, an=0, ns=0, ar=0, ident=0x1234):
    return struct.pack("!6H", ident, flags, qd, an, ns, ar)


s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.settimeout(10)
s.connect(("127.0.0.1", int(sys.argv[1])))
s.send(eval(sys.argv[2]))
s.send(GOOD)
reply = s.recv(65535)
print("silent" if reply[:2] == b"\xff\xff" else reply.hex())
PYTHON
}

@test "DNS 1, 3: address records, with AA and without RA" {
	start_dns
	run -0 ask wWw.example.test A
	expect_status NOERROR
	expect_flags 'qr aa'
	assert_line --regexp '^;wWw\.example\.test\.'
	run -0 bash -c 'sort' <<<"$(section ANSWER)"
	assert_output 'wWw.example.test. 3600 IN A 192.0.2.80
wWw.example.test. 3600 IN A 192.0.2.81'
	run -0 ask www.example.test AAAA
	assert_equal "$(section ANSWER)" \
		'www.example.test. 3600 IN AAAA 2001:db8::80'
	netlabd_stop
}

@test "every common type over UDP and TCP, IPv4 and IPv6" {
	start_dns
	for SERVER in 127.0.0.1 ::1; do
		for VIA in +notcp +tcp; do
			run -0 ask example.test SOA
			assert_equal "$(section ANSWER)" 'example.test. 3600 IN SOA ns1.example.test. hostmaster.example.test. 2026010101 7200 3600 604800 300'
			run -0 ask example.test NS
			assert_equal "$(section ANSWER | sort)" 'example.test. 3600 IN NS ns1.example.test.
example.test. 3600 IN NS ns2.example.test.'
			run -0 ask example.test MX
			assert_equal "$(section ANSWER)" 'example.test. 3600 IN MX 10 mail.example.test.'
			run -0 ask text.example.test TXT
			assert_equal "$(section ANSWER)" 'text.example.test. 3600 IN TXT "one string" "and another"'
			run -0 ask 80.example.test PTR
			assert_equal "$(section ANSWER)" '80.example.test. 3600 IN PTR www.example.test.'
			run -0 ask _http._tcp.example.test SRV
			assert_equal "$(section ANSWER)" '_http._tcp.example.test. 3600 IN SRV 0 5 80 www.example.test.'
		done
	done
	netlabd_stop
}

@test "DNS 14, 15, RFC 2308 §3: NXDOMAIN and NODATA carry the SOA, its TTL the least" {
	start_dns
	local soa='example.test. 300 IN SOA ns1.example.test. hostmaster.example.test. 2026010101 7200 3600 604800 300'
	for VIA in +notcp +tcp; do
		run -0 ask nowhere.example.test A
		expect_status NXDOMAIN
		expect_flags 'qr aa'
		assert_equal "$(section ANSWER)" ''
		assert_equal "$(section AUTHORITY)" "$soa"
		for name in www.example.test tree.example.test deep.tree.example.test; do
			run -0 ask "$name" MX
			expect_status NOERROR
			assert_equal "$(section ANSWER)" ''
			assert_equal "$(section AUTHORITY)" "$soa"
		done
	done
	netlabd_stop
}

@test "DNS 18, 19, RFC 4592 §2.2.1: wildcards" {
	start_dns
	run -0 ask a.b.wild.example.test A
	assert_equal "$(section ANSWER)" 'a.b.wild.example.test. 3600 IN A 192.0.2.99'
	run -0 ask a.wild.example.test MX
	expect_status NOERROR
	assert_equal "$(section ANSWER)" ''
	run -0 ask exact.wild.example.test A
	expect_status NOERROR
	assert_equal "$(section ANSWER)" ''
	run -0 ask below.exact.wild.example.test A
	expect_status NXDOMAIN
	run -0 ask '*.wild.example.test' A
	assert_equal "$(section ANSWER)" '*.wild.example.test. 3600 IN A 192.0.2.99'
	run -0 ask x.walias.example.test AAAA
	assert_equal "$(section ANSWER)" 'x.walias.example.test. 3600 IN CNAME www.example.test.
www.example.test. 3600 IN AAAA 2001:db8::80'
	netlabd_stop
}

@test "DNS 23, 24, 25, RFC 2308 §2.1: aliases" {
	start_dns
	run -0 ask chain.example.test AAAA
	assert_equal "$(section ANSWER)" 'chain.example.test. 3600 IN CNAME alias.example.test.
alias.example.test. 3600 IN CNAME www.example.test.
www.example.test. 3600 IN AAAA 2001:db8::80'
	run -0 ask chain.example.test CNAME
	assert_equal "$(section ANSWER)" 'chain.example.test. 3600 IN CNAME alias.example.test.'
	run -0 ask lost.example.test A
	expect_status NXDOMAIN
	assert_equal "$(section ANSWER)" 'lost.example.test. 3600 IN CNAME nowhere.example.test.'
	refute [ -z "$(section AUTHORITY)" ]
	run -0 ask away.example.test A
	expect_status NOERROR
	assert_equal "$(section ANSWER)" 'away.example.test. 3600 IN CNAME www.elsewhere.test.'
	assert_equal "$(section AUTHORITY)" ''
	run -0 ask loop1.example.test A
	expect_status NOERROR
	assert_equal "$(section ANSWER)" 'loop1.example.test. 3600 IN CNAME loop2.example.test.
loop2.example.test. 3600 IN CNAME loop1.example.test.'
	netlabd_stop
}

@test "DNS 26, RFC 6672 §3.1: DNAME" {
	start_dns
	run -0 ask a.old.example.test A
	expect_status NOERROR
	assert_equal "$(section ANSWER)" 'old.example.test. 3600 IN DNAME wild.example.test.
a.old.example.test. 3600 IN CNAME a.wild.example.test.
a.wild.example.test. 3600 IN A 192.0.2.99'
	run -0 ask old.example.test A
	expect_status NOERROR
	assert_equal "$(section ANSWER)" ''
	netlabd_stop
}

@test "DNS 27, 28, RFC 9471 §3.1: referrals" {
	start_dns
	for name in child.example.test www.child.example.test ns.child.example.test; do
		for type in A NS ANY; do
			run -0 ask "$name" "$type" +notcp
			expect_status NOERROR
			expect_flags 'qr'
			assert_equal "$(section ANSWER)" ''
			assert_equal "$(section AUTHORITY | sort)" 'child.example.test. 3600 IN NS ns.child.example.test.
child.example.test. 3600 IN NS ns1.example.test.'
			run -0 section ADDITIONAL
			assert_line 'ns.child.example.test. 3600 IN A 192.0.2.53'
		done
	done
	run -0 ask child.example.test DS
	expect_flags 'qr aa'
	refute [ -z "$(section AUTHORITY | grep SOA)" ]
	netlabd_stop
}

@test "DNS 13, 45, 47: outside, of another class, and in a zone that never loaded" {
	start_dns
	run -0 ask www.elsewhere.test A
	expect_status REFUSED
	expect_flags 'qr'
	assert_equal "$(section AUTHORITY)" ''
	run -0 ask test A
	expect_status REFUSED
	run -0 ask version.bind TXT CH
	expect_status REFUSED
	run -0 ask www.example.test A HS
	expect_status REFUSED
	run -0 ask www.broken.test A
	expect_status SERVFAIL
	netlabd_wait_log 'broken\.zone'
	netlabd_stop
}

@test "DNS 48, 49, 56: ANY, meta types, transfers" {
	start_dns
	run -0 ask www.example.test ANY +notcp
	expect_status NOERROR
	assert_equal "$(section ANSWER | cut -d' ' -f4 | sort -u | wc -l)" 1
	for type in TYPE0 TKEY MAILA MAILB; do
		run -0 ask www.example.test "$type"
		expect_status NOTIMP
	done
	run -0 dig @127.0.0.1 -p "$PORT" +time=5 example.test AXFR
	assert_line --partial 'Transfer failed'
	netlabd_stop
}

@test "DNS 38, 39, 41, 42: EDNS, truncation, and the whole by TCP" {
	start_dns
	run -0 ask www.example.test A
	assert_line --regexp 'EDNS: version: 0, flags:; udp: 1232'
	run -0 ask www.example.test A +dnssec
	assert_line --regexp 'EDNS: version: 0, flags: do; udp: 1232'
	run -0 ask www.example.test A +noedns
	refute_line --partial 'EDNS:'
	run -0 ask www.example.test A +edns=1 +noednsneg
	expect_status BADVERS
	assert_equal "$(section ANSWER)" ''
	run -0 ask big.example.test TXT +noedns +ignore
	expect_flags 'qr aa tc'
	assert_equal "$(section ANSWER)" ''
	run -0 ask big.example.test TXT +bufsize=600 +ignore
	expect_flags 'qr aa tc'
	assert_line --regexp 'EDNS: version: 0'
	run -0 ask big.example.test TXT +ignore
	expect_flags 'qr aa'
	run -0 ask big.example.test TXT +noedns
	expect_flags 'qr aa'
	assert_equal "$(section ANSWER | wc -l)" 7
	netlabd_stop
}

@test "DNS 3 to 10: raw packets" {
	start_dns
	run -0 raw 'header(0x0130) + question' # RD, CD and AD in
	assert_output --regexp '^12348500000100020000000003775777076558616d706c650474657374'
	run -0 raw 'header(0x8000) + question'
	assert_output silent
	run -0 raw 'header()[:11]'
	assert_output silent
	run -0 raw 'b""'
	assert_output silent
	run -0 raw 'header(0x7800) + question'
	assert_output 1234f8040000000000000000
	run -0 raw 'header(qd=0)'
	assert_output 123480010000000000000000
	run -0 raw 'header(qd=2) + question * 2'
	assert_output 123480010000000000000000
	for bad in '"\300\014\0\1\0\1"' '"\100a\0\0\1\0\1"' '"\3ww"'; do
		run -0 raw "header() + b$bad"
		assert_output 123480010000000000000000
	done
	run -0 raw 'header(ar=1) + question'
	assert_output --regexp '^123480010001000000000000'
	run -0 raw 'header(ar=2) + question + b"\0\0\51\4\320\0\0\0\0\0\0" * 2'
	assert_output --regexp '^123480010001000000000001'
	run -0 raw 'header() + b"\77" + b"a"*63 + b"\77" + b"b"*63 + b"\77" + b"c"*63 + b"\75" + b"d"*61 + b"\0\0\1\0\1"'
	assert_output --regexp '^12348005' # 255 bytes, outside
	netlabd_stop
}

@test "every datagram and query is counted with exactly one outcome" {
	start_dns
	for VIA in +notcp +tcp; do
		for name in www nowhere child; do
			run -0 ask "$name.example.test" A
		done
	done
	VIA=+notcp
	run -0 ask www.elsewhere.test A
	run -0 ask www.broken.test A
	run -0 ask big.example.test TXT +noedns +ignore
	run -0 raw 'header(0x8000) + question' # and a good query
	run -0 raw 'header(qd=0)'
	# Of the good query behind the last one nobody has read the answer.
	netlabd_wait_counters 'dns: received 13,'
	run -0 grep -o 'received [0-9].*' "$LOG"
	assert_line --partial 'received 13,'
	assert_line --partial ' connections 3, noerror 4, nxdomain 2, referral 2, truncated 1, refused 1, servfail 1, formerr 1, silent 1'
	netlabd_stop
}
