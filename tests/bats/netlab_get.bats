# netlab_get.bats: netlab get beside netlabd, and beside answers made to measure.
# What it makes of nginx: tests/peers/netlab_http.bats.
load helper

# get ARGUMENTS…: into $output and $stderr, apart.
get() {
	run --separate-stderr "$NETLAB" get "$@"
}

start_http() {
	PORT=$(netlabd_free_port)
	WEB=127.0.0.1:$PORT
	mkdir "$DIR/www"
	head -c 300000 /dev/urandom >"$DIR/www/random"
	printf 'caf\303\251\n' >"$DIR/www/page.html"
	# The tag of a new file changes when that is no longer new: from W/ to strong.
	touch -d '1 hour ago' "$DIR/www/page.html"
	chmod -R a+rX "$DIR"
	netlabd_config <<-CONFIG
		$(netlabd_user)
		http {
		    listen = { "$WEB", "[::1]:$PORT" }
		    workers = 1
		    root = "www"
		    location "/lab" { lab = true }
		    location "/old" { redirect = "/lab/anything" }
		}
	CONFIG
	netlabd_start
}

@test "netlab get: content, heads and statuses of netlabd" {
	start_http
	"$NETLAB" get "http://$WEB/random" | cmp - "$DIR/www/random"
	for host in "$WEB" "[::1]:$PORT" "localhost:$PORT"; do
		get -o "$DIR/out" "$host/random"
		assert_success
		assert_equal "$output$stderr" ""
		cmp "$DIR/out" "$DIR/www/random"
	done
	get -4 -p "$PORT" 127.0.0.1/page.html
	assert_output $'caf\303\251'

	# Heads: as they came.
	get -I "$WEB/page.html"
	assert_success
	assert_equal "$(printf '%s' "$output" | grep -v ^Date)" \
		"$(curl -sI "$WEB/page.html" -H 'Connection: close' | grep -v ^Date)"
	get -i "$WEB/page.html"
	assert_equal "${lines[0]}" $'HTTP/1.1 200 OK\r'
	assert_equal "${lines[-1]}" $'caf\303\251'

	# Statuses: the content is printed all the same.
	get "$WEB/lab/status/404"
	assert_failure 4
	assert_equal "$stderr" "netlab: http://$WEB/lab/status/404: 404 Not Found"
	get -s "$WEB/nowhere"
	assert_failure 4
	assert_output --regexp '^404 [1-9][0-9]*$'
	get "$WEB/lab/status/503"
	assert_failure 5
	get -s "$WEB/page.html"
	assert_success
	assert_output "200 6"

	# Redirects.
	get -s "$WEB/old/x?y=1"
	assert_success
	assert_output --regexp '^301 '
	get -L -j "$WEB/old/x?y=1"
	assert_success
	run -0 python3 - "$output" <<-'PYTHON'
	import json, sys
	got = json.loads(sys.argv[1])
	assert got["redirects"] == 1 and got["status"] == 200 and got["version"] == "1.1", got
	assert got["url"].endswith("/lab/anything/x?y=1"), got
	assert ["Content-Type", "application/json"] in got["fields"], got
	assert 0 < got["connect_ms"] <= got["first_byte_ms"] <= got["total_ms"], got
	assert got["length"] == len(got["content"]) and "wire" not in got, got
	seen = json.loads(got["content"])
	assert seen["headers"]["User-Agent"].startswith("netlab/"), seen
	assert seen["headers"]["Connection"] == "close", seen
	PYTHON

	# Fields of the request.
	get -H 'X-Lab: a b' -H 'Accept:' -H 'user-agent: me' "$WEB/lab/headers"
	assert_line --partial '"X-Lab": "a b"'
	assert_line --partial '"user-agent": "me"'
	refute_line --partial 'Accept'
}

@test "netlab get: the exchange in hexadecimal, explained, and as JSON" {
	start_http
	get --hex=plain "$WEB/random"
	assert_success
	assert_line --regexp "^Request to $WEB, TCP, [0-9]+ bytes$"
	assert_line "47 45 54 20 2f 72 61 6e 64 6f 6d 20 48 54 54 50"
	assert_line "… and 299744 bytes of content, not shown"
	get --explain "$WEB/page.html"
	assert_line --regexp 'Method +GET'
	assert_line --regexp 'Status code +200'
	assert_line --regexp 'Content +6 bytes'
	get -j --explain "$WEB/page.html"
	run -0 python3 - "$output" <<-'PYTHON'
	import json, sys
	got = json.loads(sys.argv[1])
	request, response = got["wire"]
	assert request["sent"] and not response["sent"]
	assert bytes.fromhex(request["bytes"]).startswith(b"GET /page.html HTTP/1.1\r\nHost: ")
	assert bytes.fromhex(response["bytes"]).endswith(b"\r\n\r\n" + got["content"].encode())
	names = [field["name"] for field in response["fields"]]
	assert names[:4] == ["HTTP response", "Version", "Status code", "Reason"], names
	assert not any(field.get("malformed") for field in response["fields"])
	PYTHON
}

start_canned() {
	coproc CANNED { exec python3 "$BATS_TEST_DIRNAME/canned.py" 3>&-; }
	netlabd_keep "$CANNED_PID"
	read -r PORT <&"${CANNED[0]}"
	WEB=127.0.0.1:$PORT
}

# refuses STATUS PATH LINE: of PATH comes nothing but LINE.
refuses() {
	get --timeout 20 "$WEB/$2"
	assert_failure "$1"
	assert_equal "$stderr" "netlab: $3"
}

@test "netlab get: answers in pieces, chunks, interim responses; what is malformed; redirects" {
	start_canned
	for path in bytes there; do
		get -L "$WEB/$path"
		assert_success
		assert_output hello
	done
	get "$WEB/chunks"
	assert_output "hello, world"
	get "$WEB/close"
	assert_output "until the end"
	get "$WEB/interim"
	assert_output hi
	get "$WEB/more"
	assert_output hi
	get -i "$WEB/none"
	assert_success
	get --explain "$WEB/interim"
	assert_line --regexp '^Interim response from'
	"$NETLAB" get "$WEB/binary" | cmp - <(printf '\0\377\33\r\n')
	get -j "$WEB/binary"
	refute_output --partial '"content"'
	get "$WEB/there"
	assert_output gone

	refuses 10 short "$WEB, TCP: the content is truncated: 5 of 10 bytes"
	assert_output hello
	refuses 10 unfinished "$WEB, TCP: the content is truncated: its last chunk is missing"
	refuses 10 broken "$WEB, TCP: the content is malformed: its chunks are broken"
	refuses 10 head "$WEB, TCP: the response is truncated, in its head"
	refuses 10 lengths "$WEB, TCP: the response is malformed: there are two Content-Lengths, which differ"
	refuses 10 nothttp "$WEB, TCP: the response is malformed: the first line is no status line, such as \"HTTP/1.1 200 OK\""
	get "$WEB/folded" -j --explain
	assert_failure 10
	assert_output --regexp '"wire":.*folded lines are forbidden'
	get "$WEB/head" -j
	assert_failure 10
	refute_output
	get "$WEB/both"
	assert_failure 10
	refuses 9 nothing "$WEB, TCP: closed without an answer"
	get --timeout 0.1 "$WEB/silent"
	assert_failure 9
	get --timeout 3 "$WEB/silence"
	assert_failure 9
	assert_output hello

	get -L "$WEB/away"
	assert_failure 2
	get -L "$WEB/nowhere"
	assert_failure 10
	get -L "$WEB/round"
	assert_failure 2
	assert_equal "$stderr" "netlab: http://$WEB/round: more than 10 redirects"

	# A terminal: nothing of the server reaches it raw.
	TERM=xterm run -0 script -qec "$NETLAB get -i --color=never $WEB/terminal" /dev/null
	assert_line $'X-Red: \\xc2\\x9b31m\r'
	assert_line $'\\x1b]0;title\\x07 Gr\303\274\303\237e\r'
	assert_line $'\\x1b[2Jend\r'
}

@test "netlab get: wrong arguments, and what cannot be written" {
	for arguments in https://x "ftp://x" "http://" "http://u:p@x" \
		"x -H y" "x -p 0" "x y" ""; do
		# shellcheck disable=SC2086 # words
		get $arguments
		assert_failure 1
		assert_equal "${#stderr_lines[@]}" 1
	done
	start_canned
	get -o "$DIR/no/such" "$WEB/bytes"
	assert_failure 1
	get "$WEB/bytes" -o /dev/full
	assert_failure 1
	run --separate-stderr bash -c '"$0" get "$1" >/dev/full' "$NETLAB" "$WEB/bytes"
	assert_failure 10
	assert_equal "$stderr" "netlab: standard output: cannot be written"
}
