#!/usr/bin/env bats
# netlab explain: the bytes that are pasted, field by field; without a daemon.

load helper

export LC_ALL=C.UTF-8
readonly QUERY="1a 2b 04 00 00 01 00 00 00 00 00 00 06 67 6f 6f 67 6c 65 03 63 6f 6d 00 00 01 00 01"

@test "explain: the lectures' messages, bytes and fields" {
	run -0 "$NETLAB" explain
	assert_line "The lectures' query, 28 bytes"
	assert_line '0000  [1a 2b] [04 00] [00 01] [00 00]  |.+......|'
	assert_line 'G qname google.com. · H qtype A · I qclass IN'
	assert_line "The lectures' response, 60 bytes"
	assert_line '0000  [ff 9b] [81 80] [00 01] [00 02]  |........|'
	assert_line '0038 c0 a5 01 0a  ADDRESS   192.165.1.10                         RFC 1035 §3.4.1'
}

@test "explain: words, files and standard input, in hexadecimal or as they are" {
	local bytes=$DIR/bytes

	run -0 "$NETLAB" explain --short dns "$QUERY"
	assert_output 'query 0x1a2b google.com. A'
	# shellcheck disable=SC2086
	run -0 "$NETLAB" explain --short $QUERY
	assert_output 'query 0x1a2b google.com. A'
	printf '%b' "\\x${QUERY// /\\x}" >"$bytes"
	run -0 "$NETLAB" explain --short "$bytes"
	assert_output 'query 0x1a2b google.com. A'
	run -0 "$NETLAB" explain --short - < <(od -Ax -tx1z "$bytes")
	assert_output 'query 0x1a2b google.com. A'
	run -0 "$NETLAB" explain --short dns --tcp "00 1c $QUERY"
	assert_output 'query 0x1a2b google.com. A'
}

@test "explain: what it prints is read again, and fits 80 columns in any locale" {
	run -0 "$NETLAB" explain --hex=plain - < <("$NETLAB" explain dns query)
	assert_line --index 2 "${QUERY:0:47}"
	for kind in dns ntp http eth ip; do
		run -0 wc -L < <("$NETLAB" explain "$kind")
		assert [ "$output" -le 80 ]
		run -0 wc -L < <(LC_ALL=C "$NETLAB" explain "$kind")
		assert [ "$output" -le 80 ]
		run -1 grep -a '[^ -~]' < <(LC_ALL=C "$NETLAB" explain "$kind")
	done
}

@test "explain: JSON, one message a line" {
	run -0 python3 -c 'import json, sys
for line in sys.stdin:
    m = json.loads(line)
    print(m["protocol"], m["summary"], m["length"], m["malformed"], m["fields"][2]["name"])' \
		< <("$NETLAB" explain --json)
	assert_line --index 0 'dns query 0x1a2b google.com. A 28 False ID'
	assert_line --index 1 'dns response 0xff9b NOERROR 2 answers google.com. A 60 False ID'
}

@test "explain: what is malformed is shown as far as it goes, and is 10" {
	run -10 --separate-stderr "$NETLAB" explain dns "${QUERY% 00 01}"
	assert_line --partial 'QTYPE     A'
	assert_line --partial '! truncated: 0 of 2 bytes'
	# shellcheck disable=SC2154
	assert_equal "$stderr" 'netlab: malformed: byte 26, QCLASS: truncated: 0 of 2 bytes are there'
	run -10 --separate-stderr "$NETLAB" explain --json dns 1a
	assert_output --partial '"malformed":true}'
}

@test "explain: what is no hexadecimal, no file or no message is 1" {
	run -1 "$NETLAB" explain dns xyz
	assert_output --partial 'netlab: "xyz": not hexadecimal at character 1, and no file:'
	run -1 "$NETLAB" explain dns 1a 2
	assert_output 'netlab: half a byte at character 4'
	run -1 "$NETLAB" explain dns - </dev/null
	assert_output 'netlab: standard input: is empty'
	run -1 "$NETLAB" explain 0102
	assert_output 'netlab: cannot tell what it is: say dns, ntp, http, eth or ip'
	run -1 "$NETLAB" explain http --tcp 00
	assert_output 'netlab: --tcp is for explain dns'
	run -1 "$NETLAB" explain "d4 c3 b2 a1 02 00 04 00"
	printf '\xd4\xc3\xb2\xa1\x02\x00\x04\x00' >"$DIR/capture"
	run -1 "$NETLAB" explain "$DIR/capture"
	assert_output --partial 'is a capture: netlab sniff --read FILE --explain'
}
