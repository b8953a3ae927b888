# dns_edns.bats: EDNS and its options, cookies, and class CH, as dig sees them.
# The numbers are those of the DNS requirements.

load helper

# A daemon with two workers and one small zone; $1: more keys of its section.
start_dns() {
	printf '@ 60 SOA a b 1 2 3 4 5\n@ 60 NS a\na 60 A 192.0.2.1\n' \
		>"$DIR/zone"
	chmod 644 "$DIR/zone"
	# The daemon's user makes files here when it starts without root, too.
	mkdir -m 777 "$DIR/state"
	PORT=$(netlabd_free_port)
	netlabd_config <<CONFIG
$(netlabd_user)
dns {
    listen  = { "127.0.0.1:$PORT", "[::1]:$PORT" }
    workers = 2
    zone "example" { file = "zone" }
    $1
}
CONFIG
	netlabd_start
}

ask() {
	dig @"${SERVER:-127.0.0.1}" -p "$PORT" +tries=3 +time=5 +norecurse \
		+nobadcookie +noall +comments +answer "$@"
}

# What dig says of its cookie: the whole of it in $cookie, "good" in $state.
take_cookie() {
	run -0 ask +cookie"${1:+=$1}" a.example A
	[[ $output =~ COOKIE:\ ([0-9a-f]+)\ \(([a-z]+)\) ]]
	cookie=${BASH_REMATCH[1]} state=${BASH_REMATCH[2]}
}

# Is the cookie taken, by whichever worker gets the question? Each query comes
# from another port, and the kernel chooses the worker by it.
expect_cookie_taken() {
	for _ in {1..8}; do
		run -0 ask +cookie="$cookie" a.example A
		assert_line --partial 'status: NOERROR'
		assert_line --partial "COOKIE: $cookie (good)"
	done
}

workers() {
	pgrep -P "$NETLABD_PID" -f '^netlabd: dns worker'
}

@test "DNS 44, RFC 9018 §5: a cookie is taken by every worker, after a crash, a reload and a restart" {
	start_dns 'cookie_file = "state/cookies"  require_cookies = true'
	run -0 ask +cookie=0123456789abcdef a.example A
	assert_line --partial 'status: BADCOOKIE'
	refute_line --partial '192.0.2.1'
	take_cookie
	assert_equal "${#cookie} $state" '48 good'
	expect_cookie_taken
	for pid in $(workers); do
		kill -KILL "$pid"
	done
	netlabd_wait_log 'dns worker 0 .* was ended by signal 9'
	expect_cookie_taken
	kill -HUP "$NETLABD_PID"
	netlabd_wait_log 'reloaded: generation 2'
	expect_cookie_taken
	netlabd_stop
	netlabd_start
	expect_cookie_taken
	run -0 stat -c %a "$DIR/state/cookies"
	assert_output 600
	# Another client's is not.
	SERVER=::1
	run -0 ask +cookie="$cookie" a.example A
	assert_line --partial 'status: BADCOOKIE'
	# By TCP, or without a cookie, nobody is asked for one.
	run -0 ask +tcp +cookie=0123456789abcdef a.example A
	assert_line --partial 'status: NOERROR'
	run -0 ask +nocookie a.example A
	assert_line --partial 'status: NOERROR'
	netlabd_stop
}

@test "DNS 44: without a file the secret is carried over a reload, and never said" {
	start_dns
	take_cookie
	kill -HUP "$NETLABD_PID"
	netlabd_wait_log 'reloaded: generation 2'
	expect_cookie_taken
	netlabd_stop
}

@test "DNS 44, RFC 9018 §5: secrets are rolled by configuration" {
	local old=00112233445566778899aabbccddeeff

	start_dns "cookie_secret = { \"$old\" } require_cookies = true"
	take_cookie
	expect_cookie_taken
	sed -i "s/{ \"$old\" }/{ \"ffeeddccbbaa99887766554433221100\", \"$old\" }/" "$CONF"
	kill -HUP "$NETLABD_PID"
	netlabd_wait_log 'reloaded: generation 2'
	run -0 ask +cookie="$cookie" a.example A
	assert_line --partial 'status: NOERROR'
	refute_line --partial "$cookie"
	sed -i "s/, \"$old\"//" "$CONF"
	kill -HUP "$NETLABD_PID"
	netlabd_wait_log 'reloaded: generation 3'
	run -0 ask +cookie="$cookie" a.example A
	assert_line --partial 'status: BADCOOKIE'
	run -1 grep -iE "$old|ffeeddccbbaa" "$LOG"
	netlabd_stop
}

@test "DNS 44, RFC 7873 §5.2.2, §5.4: a cookie of a wrong length, and one without a question" {
	start_dns
	for hex in '' 00 00112233445566 001122334455667788; do
		run -0 ask +nocookie +ednsopt=10:"$hex" a.example A
		assert_line --partial 'status: FORMERR'
	done
	run -0 ask +header-only +cookie a.example
	assert_line --partial 'status: NOERROR'
	assert_line --regexp 'COOKIE: [0-9a-f]{48} \(good\)'
	run -0 ask +header-only +nocookie a.example
	assert_line --partial 'status: FORMERR'
	netlabd_stop
}

@test "DNS 41, 43, RFC 5001 §2.2: NSID when asked, unknown options never" {
	start_dns 'nsid = "netlab 1"'
	run -0 ask +nsid +ednsopt=65001:abcd +ednsflags=0x40 a.example A
	assert_line --partial '("netlab 1")'
	refute_line --partial OPT=65001
	assert_line --partial 'EDNS: version: 0, flags:; udp: 1232'
	run -0 ask a.example A
	refute_line --partial NSID
	netlabd_stop
}

@test "DNS 46, RFC 4892 §3: version and name of the server" {
	start_dns 'version = "netlabd" server_id = "lab-1"'
	for name in version.bind version.server; do
		run -0 ask CH TXT "$name"
		assert_line --regexp "^$name\..*CH.*\"netlabd\""
	done
	for name in hostname.bind id.server; do
		run -0 ask CH TXT "$name"
		assert_line --regexp "^$name\..*CH.*\"lab-1\""
	done
	run -0 ask CH TXT authors.bind
	assert_line --partial 'status: REFUSED'
	netlabd_stop
}

@test "DNS 45, RFC 8914 §4: why" {
	start_dns 'zone "broken" { file = "missing" }'
	run -0 ask a.broken A
	assert_line --partial 'EDE: 14 (Not Ready)'
	run -0 ask elsewhere A
	assert_line --partial 'EDE: 20 (Not Authoritative)'
	run -0 ask a.example MAILB
	assert_line --partial 'EDE: 21 (Not Supported)'
	run -0 ask +noedns elsewhere A
	refute_line --partial EDE
	netlabd_stop
}

@test "DNS 54, RFC 7828 §3.3: keepalive over TCP alone" {
	start_dns 'tcp_timeout = 25'
	run -0 ask +tcp +keepalive a.example A
	assert_line --partial 'TCP KEEPALIVE: 25.0 secs'
	run -0 ask +keepalive a.example A
	refute_line --partial KEEPALIVE
	run -0 ask +tcp a.example A
	refute_line --partial KEEPALIVE
	run -0 ask +tcp +ednsopt=11:0064 a.example A
	assert_line --partial 'status: FORMERR'
	netlabd_stop
}

@test "DNS 59, RFC 8945 §5.2.1: who signs with a key is told that there is none" {
	start_dns
	for via in +notcp +tcp; do
		run ask "$via" +additional -y hmac-sha256:k.example:c2VjcmV0 a.example A
		assert_output --partial 'NOTAUTH'
		assert_line --regexp '^k\.example\..*TSIG.*hmac-sha256\..* BADKEY 0'
		refute_output --partial '192.0.2.1'
	done
	netlabd_stop
}

@test "a section's mistakes about cookies, each with its line" {
	netlabd_config <<CONFIG
$(netlabd_user)
dns {
    listen = { "127.0.0.1:$(netlabd_free_port)" }
    nsid = "0x1"
    cookie_secret = { "1234" }
    tcp_timeout = 0
}
CONFIG
	run -1 "$NETLABD" -t -c "$CONF"
	assert_line --regexp "netlabd.conf:[0-9]+: 'nsid' begins with 0x"
	assert_line --regexp "netlabd.conf:[0-9]+: 'cookie_secret': a secret is 32 hex"
	assert_line --regexp "netlabd.conf:[0-9]+: 'tcp_timeout' is from 1 to 3600"
}
