# What `make run` serves: etc/demo.conf, with the pages and zones as they are,
# on free ports, over both addresses of the loopback.
load helper
load demo

# Each address that the demonstration listens on, as curl and dig write it.
readonly WEB_HOSTS="127.0.0.1 [::1]"
readonly HOSTS="127.0.0.1 ::1"

# query HOST [DIG'S WORDS…]: all that dig says, once.
query() {
	dig -p "$PORT_10053" +tries=2 +time=5 "@$1" "${@:2}"
}

@test "the configurations and zones of this repository have no mistake" {
	demo_copy
	run -0 "$NETLABD" -t -c "$CONF"
}

@test "demo.conf names the standard ports + 10000, and the lectures' own, on the loopback alone" {
	run -0 grep -oE '"[^"]*:[0-9]+"' "$TOP/etc/demo.conf"
	refute_line --regexp '^"(0\.0\.0\.0|\[::\])'
	run -0 sed -nE 's/^ *(listen|ntp|time|daytime|echo|discard|qotd|chargen|upper|hello|chat) *= .*"\[::1\]:([0-9]+)".*/\1 \2/p' \
		"$TOP/etc/demo.conf"
	assert_output "$(printf '%s\n' 'listen 10080' 'listen 10053' 'ntp 10123' \
		'time 10037' 'daytime 10013' 'echo 10007' 'discard 10009' 'qotd 10017' \
		'chargen 10019' 'upper 12000' 'hello 9000' 'chat 31621')"
}

@test "the lectures' names are in demo.conf and in no other configuration" {
	run -0 grep -l google.com "$TOP"/etc/*.conf
	assert_output "$TOP/etc/demo.conf"
}

@test "make run says what to try, each port of it being one that is served" {
	run -0 sed -n '1,/^$/s/^# \{0,1\}//p' "$TOP/etc/demo.conf"
	[ "${#lines[@]}" -le 24 ]
	for port in $PORTS; do
		assert_output --partial "$port"
	done
	for port in $(grep -oE '\b(10[0-9]{3}|12000|9000|31621)\b' <<<"$output"); do
		run -0 grep -E "^ .*:$port\"" "$TOP/etc/demo.conf"
	done
}

# What two answers to one question share: not the time, and not whether the
# page was changed too lately for its tag to be a strong one (RFC 9110 §8.8.1).
stable_fields() {
	sed -e '/^Date:/d' -e 's/^ETag: W\//ETag: /' "$1"
}

@test "web: the page, its parts, the lab location and the site of zones" {
	demo_copy
	netlabd_start

	# The page, its parts and HelloWorld.html, byte for byte.
	for host in $WEB_HOSTS; do
		for file in index.html HelloWorld.html style.css processes.png \
			processes.svg favicon.svg; do
			curl -gsSf -o "$DIR/got" "http://$host:$PORT_10080/$file"
			cmp "$DIR/got" "$TOP/www/$file"
		done
		curl -gsSf -o "$DIR/got" "http://$host:$PORT_10080/"
		cmp "$DIR/got" "$TOP/www/index.html"
	done

	# curl -i and curl -I tell the same of the page.
	for host in $WEB_HOSTS; do
		curl -gsSI "http://$host:$PORT_10080/" >"$DIR/head"
		curl -gsSi "http://$host:$PORT_10080/" | sed '/^\r$/q' >"$DIR/get"
		diff <(stable_fields "$DIR/head") <(stable_fields "$DIR/get")
		run -0 cat "$DIR/head"
		assert_line --index 0 --partial 'HTTP/1.1 200'
		for field in Date Server Last-Modified Content-Length Content-Type; do
			assert_line --regexp "^$field: ."
		done
	done

	# The lab location answers.
	run -0 curl -s -d hello "127.0.0.1:$PORT_10080/lab/anything"
	assert_output --partial '"data": "hello"'
	run -0 curl -s -o /dev/null -w '%{http_code}' "127.0.0.1:$PORT_10080/lab/status/418"
	assert_output 418

	# The zones are a site of their own, listed for programs and people.
	local zones=zones.localhost:$PORT_10080
	run -0 curl -s "$zones/?format=json"
	assert_output --partial '"name": "netlab.test.zone"'
	run -0 curl -s "$zones/"
	assert_output --partial 'netlab.test.zone</a>'
	run -0 cmp <(curl -s "$zones/netlab.test.zone") "$TOP/zones/netlab.test.zone"

	# Every link of the page within this host leads to a file.
	local links
	links=$(grep -oE '(href|src)="/[^"]*"' "$TOP/www/index.html" | cut -d'"' -f2)
	[ -n "$links" ]
	for link in $links; do
		curl -sSf -o "$DIR/got" "127.0.0.1:$PORT_10080$link"
	done

	netlabd_stop
}

@test "dns: the lectures' names, every zone, each usual type, on both addresses" {
	demo_copy
	netlabd_start

	# google.com has two addresses with TTL 260, with authority, on UDP and TCP.
	for host in $HOSTS; do
		for transport in +notcp +tcp; do
			run -0 query "$host" "$transport" google.com
			assert_output --regexp 'status: NOERROR'
			assert_output --regexp 'flags: qr aa rd; QUERY: 1, ANSWER: 2,'
			assert_line --regexp '^google\.com\.[[:space:]]+260[[:space:]]+IN[[:space:]]+A[[:space:]]+192\.165\.1\.1$'
			assert_line --regexp '^google\.com\.[[:space:]]+260[[:space:]]+IN[[:space:]]+A[[:space:]]+192\.165\.1\.10$'
		done
	done

	# howcode.org has the lecture's addresses with TTL 294.
	run -0 query 127.0.0.1 +noall +answer howcode.org
	assert_line --regexp '^howcode\.org\.[[:space:]]+294[[:space:]]+IN[[:space:]]+A[[:space:]]+104\.28\.14\.113$'
	assert_line --regexp '^howcode\.org\.[[:space:]]+294[[:space:]]+IN[[:space:]]+A[[:space:]]+104\.28\.15\.113$'
	[ "${#lines[@]}" -eq 2 ]

	# Every zone of demo.conf answers for itself.
	local zones
	zones=$(cd "$TOP/zones" && printf '%s\n' *.zone | sed 's/\.zone$//')
	[ "$(wc -w <<<"$zones")" -eq 6 ]
	for zone in $zones 2.0.192.in-addr.arpa youtube.com; do
		run -0 query 127.0.0.1 "$zone" SOA
		assert_output --regexp 'status: NOERROR'
		assert_output --regexp 'flags: qr aa'
		assert_output --partial 'ANSWER: 1,'
	done

	# A name without a zone file, and the names of an address.
	run -0 query 127.0.0.1 +noall +answer youtube.com
	assert_output --regexp '^youtube\.com\.[[:space:]]+160[[:space:]]+IN[[:space:]]+A[[:space:]]+192\.165\.1\.3$'
	run -0 query 127.0.0.1 +short -x 192.0.2.25
	assert_output mail.netlab.test.

	# A wildcard, a missing name, a name outside.
	for host in $HOSTS; do
		run -0 query "$host" +short anything.wild.netlab.test
		assert_output 192.0.2.99
		run -0 query "$host" +short known.wild.netlab.test
		assert_output 192.0.2.100
		run -0 query "$host" nobody.netlab.test
		assert_output --partial 'status: NXDOMAIN'
		assert_line --regexp '^netlab\.test\.[[:space:]]+300[[:space:]]+IN[[:space:]]+SOA'
		run -0 query "$host" www.example.org
		assert_output --partial 'status: REFUSED'
	done

	# netlab.test has one of each usual type.
	local name type
	while read -r name type; do
		run -0 query 127.0.0.1 "$name" "$type"
		assert_output --partial 'status: NOERROR'
		assert_line --regexp "^$name\.[[:space:]].*[[:space:]]IN[[:space:]]$type[[:space:]]"
	done <<-'LIST'
		netlab.test SOA
		netlab.test NS
		netlab.test A
		netlab.test AAAA
		netlab.test MX
		netlab.test TXT
		netlab.test CAA
		ftp.netlab.test CNAME
		ptr.netlab.test PTR
		_http._tcp.netlab.test SRV
		host.netlab.test HINFO
		shell.netlab.test SSHFP
		_443._tcp.www.netlab.test TLSA
		svc.netlab.test HTTPS
		4.3.2.1.enum.netlab.test NAPTR
		lab.netlab.test LOC
		lab.netlab.test RP
		old.netlab.test DNAME
	LIST
	run -0 query 127.0.0.1 +short pc17.netlab.test
	assert_output 192.0.2.17
	run -0 query 127.0.0.1 +norec host.child.netlab.test
	assert_output --regexp 'flags: qr; QUERY: 1, ANSWER: 0, AUTHORITY: [23],'
	assert_line --regexp '^ns\.child\.netlab\.test\..*A[[:space:]]203\.0\.113\.53$'

	netlabd_stop
}

@test "daytime, time and all services of the lab answer nc, on both addresses" {
	demo_copy
	netlabd_start
	for host in $HOSTS; do
		run -0 nc -w 5 "$host" "$PORT_10013"
		assert_output --regexp '^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ 0-9][0-9] '
		run -0 nc -N -w 5 "$host" "$PORT_10007" <<<'hello, netlabd'
		assert_output 'hello, netlabd'
		run -0 nc -N -w 5 "$host" "$PORT_10009" <<<'hello, netlabd'
		assert_output ''
		run -0 nc -w 5 "$host" "$PORT_10017"
		assert_output --regexp '[a-z]+.*[a-z]+'
		run -0 bash -c "nc -w 5 $host $PORT_10019 | head -n 2"
		assert_line --index 1 --partial '"#$%&'
		run -0 nc -N -w 5 "$host" "$PORT_12000" <<<'grüße, ﬁsh'
		assert_output 'GRÜSSE, FISH'
		run -0 nc -w 5 "$host" "$PORT_9000"
		assert_output "Hello $host"
		run -0 nc -N -w 5 "$host" "$PORT_31621" <<<$'ann\n/who\n/quit'
		assert_output --regexp '^\* welcome to netlabd, ann'
		assert_line --regexp 'in #lobby: ann$'
	done

	# Time answers nc with the seconds since 1900 (RFC 868).
	local before after
	for host in $HOSTS; do
		before=$(($(date +%s) + 2208988800))
		run -0 bash -c "nc -w 5 $host $PORT_10037 | od -An -tu4 --endian=big"
		after=$(($(date +%s) + 2208988800))
		[ "$output" -ge "$before" ]
		[ "$output" -le "$after" ]
	done

	netlabd_stop
}
