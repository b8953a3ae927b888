# netlab_dns.bats: netlab dns beside the demonstration's zones, and beside a
# server whose answers are odd; those that are wrong: netlab_bad.bats.
load helper

start_zones() {
	PORT=$(netlabd_free_port)
	mkdir "$DIR/zones"
	cp "$TOP"/zones/*.zone "$DIR/zones/"
	chmod -R a+rX "$DIR/zones"
	netlabd_config <<-END
		$(netlabd_user)
		dns {
		    listen = { "127.0.0.1:$PORT", "[::1]:$PORT" }
		    workers = 1  version = "netlabd"  nsid = "demo"
		    zones = "zones/*.zone"
		    zone "192.0.2.0/24" { reverse = true }
		}
	END
	netlabd_start
	SERVER=@127.0.0.1:$PORT
}

start_odd() {
	PORT=$(netlabd_free_port)
	python3 "$TOP/tests/bats/dns_odd_server.py" "$PORT" >"$DIR/odd" 2>&1 3>&- &
	netlabd_keep $!
	netlabd_wait_for grep -q ready "$DIR/odd"
	SERVER=@127.0.0.1:$PORT
}

dns() {
	"$NETLAB" dns "$SERVER" "$@"
}

# expect STATUS ERROR ARGUMENT…: what a question ends with, and its one line.
expect() {
	local status=$1 error=$2 answered=0 said=$DIR/said.$BASHPID

	shift 2
	dns "$@" >"$said.out" 2>"$said.err" || answered=$?
	if [ "$answered" -ne "$status" ] || ! grep -qE -- "^netlab: .*$error" "$said.err" ||
		[ "$(wc -l <"$said.err")" -ne 1 ]
	then
		echo "$*: $answered, not $status: $error"
		cat "$said.out" "$said.err"
		return 1
	fi
}

@test "netlab dns: all types of records, as a master file that makes the same zone" {
	start_zones
	# One of each type, and what a zone cannot be without.
	"$NETLABD" --dump-zone netlab.test -c "$CONF" >"$DIR/all"
	awk -F '\t' 'FNR == NR { if (!seen[$4]++ || /^(child|ns\.child|ns1|ns2)\./)
			wanted[$1 " " $4]; next }
		($1 " " $4) in wanted' "$DIR/all" "$DIR/all" >"$DIR/expected"
	# Each RRset by its name and type; glue is in a referral.
	cut -f 1,4 "$DIR/expected" | uniq | while read -r name type; do
		dns -- "$name" "$type" | tee -a "$DIR/said" |
			awk -F '\t' -v name="$name" -v type="$type" \
				'$1 == name && $4 == type'
	done >"$DIR/got"
	diff <(sort "$DIR/expected") <(sort -u "$DIR/got")
	assert_equal "$(cut -f 4 "$DIR/got" | sort -u | wc -l)" 19
	# With all the comments, and again as the daemon reads it.
	{
		grep -P '\tSOA\t' "$DIR/got"
		grep -vP '\tSOA\t' "$DIR/said"
	} >"$DIR/zones/again"
	{
		netlabd_user
		printf 'dns { listen = { "127.0.0.1:%s" }\n' "$PORT"
		printf 'zone "netlab.test" { file = "zones/again" } }\n'
	} >"$DIR/again.conf"
	"$NETLABD" --dump-zone netlab.test -c "$DIR/again.conf" >"$DIR/again"
	# With what came beside it, and nothing that is not in the zone.
	assert_equal "$(comm -23 <(sort "$DIR/expected") <(sort "$DIR/again"))" ""
	assert_equal "$(comm -13 <(sort "$DIR/all") <(sort "$DIR/again"))" ""
	netlabd_stop
}

@test "netlab dns: what is printed, alone and in full, in colour, as JSON" {
	start_zones
	run -0 --separate-stderr dns google.com
	assert_equal "$stderr" ""
	assert_output --regexp "^;; NOERROR \(no error\), QUERY, id [0-9]+
;; QR response, AA authoritative, RD recursion desired
;; EDNS version 0, 1232 bytes of UDP
;; COOKIE: [0-9a-f]{48}
;; question: google\.com\. IN A
;; answer:
google\.com\.	260	IN	A	192\.165\.1\.1
google\.com\.	260	IN	A	192\.165\.1\.10
;; 127\.0\.0\.1:$PORT, UDP: 99 bytes in [0-9.]+ ms\$"

	run -0 dns --no-edns --no-recurse nowhere.netlab.test +tcp
	assert_line --regexp '^;; NXDOMAIN \(there is no such name\), QUERY, id '
	assert_line ';; QR response, AA authoritative'
	assert_line ';; authority:'
	assert_line --regexp "^;; 127\.0\.0\.1:$PORT, TCP: "
	refute_line --partial EDNS

	run -0 "$NETLAB" dns --nsid -6 "@[::1]:$PORT" txt ch version.server
	assert_line ';; NSID: "demo"'
	assert_line $'version.server.\t0\tCH\tTXT\t"netlabd"'
	assert_line --regexp "^;; \[::1\]:$PORT, UDP: "

	assert_equal "$(dns --short www.google.com)" \
		$'google.com.\n192.165.1.1\n192.165.1.10'
	assert_equal "$(dns -s -x 192.0.2.22)" shell.netlab.test.
	assert_equal "$(dns -s a-b.netlab.test)" ""

	# The palette, where it is asked for.
	run -0 dns google.ca --color
	assert_line $'\e[94mgoogle.ca.\e[0m\t\e[31m260\e[0m\t\e[35mIN\tA\e[0m\t\e[1m192.165.1.2\e[0m'
	assert_line $'\e[2m;; answer:\e[0m'
	run -0 env CLICOLOR_FORCE=1 "$NETLAB" dns "$SERVER" google.ca --color=never
	refute_output --partial $'\e'

	# The messages: the query before the answer, and what both are made of.
	run -0 dns google.ca --hex=plain --no-edns --seed 1
	assert_line --index 0 "Query to 127.0.0.1:$PORT, UDP, 27 bytes"
	assert_line --index 2 '67 6c 65 02 63 61 00 00 01 00 01'
	assert_line --index 3 "Response from 127.0.0.1:$PORT, UDP, 43 bytes"
	local query=${lines[1]}
	run -0 dns google.ca --hex=plain --no-edns --seed 1 -t
	assert_line --index 1 "00 1b ${query% ?? ??}"

	# JSON by the names of RFC 8427.
	dns --json mx netlab.test --explain >"$DIR/json"
	dns -j nowhere.test --no-edns >>"$DIR/json" 2>"$DIR/err" || assert_equal $? 2
	assert_equal "$(<"$DIR/err")" \
		"netlab: 127.0.0.1:$PORT, UDP: REFUSED: the server refuses to answer"
	python3 - "$DIR/json" <<-'PYTHON'
	import json, sys
	mx, refused = map(json.loads, open(sys.argv[1]))
	assert mx["QR"] is True and mx["AA"] is True and mx["TC"] is False
	assert (mx["Opcode"], mx["RCODE"], mx["RCODEname"]) == (0, 0, "NOERROR")
	assert (mx["QNAME"], mx["QTYPE"], mx["QTYPEname"], mx["QCLASS"],
	        mx["QCLASSname"]) == ("netlab.test.", 15, "MX", 1, "IN")
	counts = [mx[k] for k in ("QDCOUNT", "ANCOUNT", "NSCOUNT", "ARCOUNT")]
	assert counts == [1, 2, 0, 3], counts
	assert counts == [len(mx[k]) for k in (
	    "questionRRs", "answerRRs", "authorityRRs", "additionalRRs")]
	assert mx["answerRRs"][0] == {
	    "NAME": "netlab.test.", "TYPE": 15, "TYPEname": "MX", "CLASS": 1,
	    "CLASSname": "IN", "TTL": 3600, "RDLENGTH": 20,
	    "rdataMX": "10 mail.netlab.test.", "RDATAHEX": "000A046D61696C066E65746C6162047465737400"}
	sent, got = mx["wire"]
	assert sent["sent"] and not got["sent"] and len(got["bytes"]) == 2 * mx["msgLength"]
	assert int(sent["bytes"][:4], 16) == int(got["bytes"][:4], 16) == mx["ID"]
	assert got["fields"]
	assert refused["RCODEname"] == "REFUSED" and refused["ANCOUNT"] == 0
	assert "wire" not in refused
	PYTHON
	netlabd_stop
}

@test "netlab dns --lecture: the lecture's client, byte for byte; exit statuses" {
	local expected

	start_zones
	expected='Enter Domain Name: > google.com: type A, class IN, TTL 260, addr (4) 192.165.1.1
> google.com: type A, class IN, TTL 260, addr (4) 192.165.1.10
Enter Domain Name: > wikipedia.org: type A, class IN, TTL 180, addr (4) 198.51.100.224
Enter Domain Name: Enter Domain Name: > nowhere.google.ca: there is no such name (NXDOMAIN)
Enter Domain Name: > mail.google.ca.netlab.test: there is no such name (NXDOMAIN)
Enter Domain Name: > _tcp.netlab.test: there is no address (NOERROR)
Enter Domain Name: Session ended'
	run -0 dns --lecture <<<$'google.com\n  en.wikipedia.org \r\n\nnowhere.google.ca\nmail.google.ca.netlab.test\n_tcp.netlab.test\nend\nnever asked'
	assert_output "$expected"
	run -0 dns --lecture --hex=plain <<<$'google.ca\nexit'
	assert_line --index 0 "Enter Domain Name: Query to 127.0.0.1:$PORT, UDP, 27 bytes"
	assert_line '> google.ca: type A, class IN, TTL 260, addr (4) 192.165.1.2'
	# What is wrong ends nothing, but is remembered.
	run -2 --separate-stderr dns --lecture <<<$'a..b\nexample.org'
	assert_output $'Enter Domain Name: Enter Domain Name: > example.org: the server refuses to answer (REFUSED)\nEnter Domain Name: \nSession ended'
	assert_equal "${stderr_lines[0]}" 'netlab: "a..b" is no domain name'

	# And how netlab dns ends, with a server that is right.
	expect 2 'REFUSED: the server refuses' example.org
	expect 2 'REFUSED' netlab.test axfr
	expect 2 'NXDOMAIN: there is no such name' --fail nowhere.netlab.test
	expect 2 'no data: there is no MX' --fail ns1.netlab.test mx
	expect 2 'no data: there is no A' --fail _tcp.netlab.test
	dns --fail www.google.com
	netlabd_stop
	# Nobody is there now: at once.
	expect 9 'Connection refused' google.com
	expect 9 'Connection refused' google.com -t
	SERVER=@127.0.0.1:0 expect 1 'is no HOST' google.com
	SERVER=@name.invalid expect 9 'name.invalid: ' google.com
}

@test "netlab dns: cookies, truncation, others' answers, and zones that come in" {
	start_odd
	expect 9 'no answer in time, but a reply with a wrong cookie came$' \
		othercookie.test --timeout 3
	expect 10 'the response is malformed: shorter than a header$' tiny.test --json
	expect 0 'truncated \(TC\): there is more of it by TCP$' tc.test --no-retry
	expect 0 'truncated \(TC\)' tc.test -u

	# What is not the answer is passed over, and what is, is found.
	assert_equal "$(dns -s late.test)" 192.0.2.3
	assert_equal "$(dns -s tc.test | wc -l)" 100
	run -0 dns badcookie.test --hex
	assert_line --partial 192.0.2.7
	assert_equal "$(grep -c '^Query to' <<<"$output")" 2

	# Zones as they come, and where they end (RFC 5936, RFC 1995).
	run -0 dns zone.test axfr
	assert_equal "$(grep -c '^[^;]' <<<"$output")" 201
	assert_line --regexp '^;; 127.0.0.1:[0-9]+, TCP: 201 records, 3 messages, [0-9]+ bytes in '
	assert_equal "$(dns zone.test axfr --json | wc -l)" 3
	assert_equal "$(dns zone.test axfr --short | tail -n 1)" '. . 3 1 2 3 4'
	expect 10 'closed|truncated' zonecut.test axfr
	expect 10 'no zone: the first record is no SOA$' zonefalse.test axfr
	expect 10 'no zone: records behind the last SOA$' zonelong.test axfr
	expect 10 'no zone: a message without records$' zoneempty.test axfr
	assert_equal "$(dns change.test ixfr=2 | grep -c '^[^;]')" 6
	assert_equal "$(dns same.test ixfr=2 | grep -c '^[^;]')" 1
	expect 9 'closed' closed.test axfr
}
