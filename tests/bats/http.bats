# The web server as its users meet it: curl, and bytes on a socket.
load helper

setup() {
	netlabd_setup
	PORT=$(netlabd_free_port)
	URL=http://127.0.0.1:$PORT
	WWW=$DIR/www
	mkdir -p "$WWW/sub/with-index" "$WWW/.well-known" "$WWW/.git"
	printf 'the index\n' >"$WWW/index.html"
	printf 'some text\n' >"$WWW/sub/a.txt"
	printf 'inner\n' >"$WWW/sub/with-index/index.html"
	printf 'known\n' >"$WWW/.well-known/x"
	printf 'secret\n' >"$WWW/.git/config"
	printf 'outside\n' >"$DIR/outside.txt"
	# The tag of a new file changes when that is no longer new: from W/ to strong.
	find "$WWW" -type f -exec touch -d '1 hour ago' {} +
	chmod -R a+rX "$DIR"
}

# Starts a server of $WWW with the further lines of the http section given.
serve() {
	netlabd_config <<-CONFIG
		$(netlabd_user)
		http {
		    listen = { "127.0.0.1:$PORT", "[::1]:$PORT" }
		    workers = 1
		    root = "www"
		    $*
		}
	CONFIG
	netlabd_start
}

# raw BYTES [PIECE]: sends BYTES (with \r, \n, \xNN), PIECE bytes at a time,
# shuts its side down and prints all that comes back.
raw() {
	python3 - "$PORT" "$1" "${2:-100000}" <<'PYTHON'
import socket, sys

port, text, piece = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
data = text.encode("latin-1").decode("unicode_escape").encode("latin-1")
with socket.create_connection(("127.0.0.1", port), timeout=20) as s:
    s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for at in range(0, len(data), piece):
        s.sendall(data[at:at + piece])
    s.shutdown(socket.SHUT_WR)
    while got := s.recv(65536):
        sys.stdout.buffer.write(got)
PYTHON
}

# The status codes of what raw prints, in a line.
raw_statuses() {
	raw "$@" | tr -d '\0' | sed -nE 's,^HTTP/1\.1 ([0-9]{3}) .*,\1,p' |
		paste -sd' '
}

# status PATH [CURL'S WORDS…]: the status code of a GET, its path as it stands.
status() {
	curl -s -o /dev/null --path-as-is -w '%{http_code}' "${@:2}" "$URL$1"
}

readonly GET='GET / HTTP/1.1\r\nHost: a\r\n\r\n'

@test "a page comes with all its fields (HTTP 38-45)" {
	serve
	run -0 curl -si "$URL/"
	assert_line --index 0 $'HTTP/1.1 200 OK\r'
	assert_line --regexp $'^Date: [A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT\r$'
	assert_line --regexp '^Last-Modified: .* GMT'
	assert_line --regexp '^ETag: (W/)?"[0-9a-f-]+"'
	assert_line $'Server: netlabd\r'
	assert_line $'Accept-Ranges: bytes\r'
	assert_line $'Content-Type: text/html; charset=utf-8\r'
	assert_line $'Content-Length: 10\r'
	assert_line 'the index'
	run -0 curl -s "http://[::1]:$PORT/sub/a.txt"
	assert_output 'some text'
}

@test "HEAD says what GET says, without a body (HTTP 42)" {
	serve
	for path in / /sub/a.txt /none /sub; do
		curl -s -D "$DIR/get" -o /dev/null "$URL$path"
		curl -sI -D "$DIR/head" -o /dev/null "$URL$path"
		run -0 diff <(grep -v ^Date "$DIR/get") <(grep -v ^Date "$DIR/head")
	done
	run -0 raw 'HEAD /none HTTP/1.1\r\nHost: a\r\n\r\n'
	refute_output --partial '<html'
}

@test "folders, indexes and redirections (HTTP 48, 67)" {
	serve 'index = { "none.html", "a.txt", "index.html" }'
	run -0 curl -s "$URL/sub/"
	assert_output 'some text'
	run -0 curl -s "$URL/sub/with-index/"
	assert_output 'inner'
	run -0 curl -s -o /dev/null -w '%{http_code} %{redirect_url}' "$URL/sub?a=b"
	assert_output "301 $URL/sub/?a=b"
	run -0 curl -sL "$URL/sub"
	assert_output 'some text'
	run -0 curl -s --path-as-is -D - -o /dev/null "$URL//sub/with-index"
	assert_output --partial $'Location: /sub/with-index/\r'
	assert_equal "$(status /sub/a.txt/)" 404
	assert_equal "$(status /none)" 404
	assert_equal "$(status /.well-known/)" 403
}

@test "nothing outside the root is served (HTTP 63, 64)" {
	serve
	ln -s "$DIR/outside.txt" "$WWW/absolute"
	ln -s ../outside.txt "$WWW/relative"
	ln -s .. "$WWW/up"
	ln -s /etc "$WWW/sub/etc"
	ln -s /proc/self/root "$WWW/magic"
	ln -s sub/a.txt "$WWW/inside"
	for path in /../outside.txt /sub/../../outside.txt \
		/%2e%2e/outside.txt /..%2foutside.txt /%2e%2e%2foutside.txt \
		/.%2e/outside.txt /sub/%2e%2e/%2e%2e/outside.txt \
		/absolute /relative /up/outside.txt /sub/etc/passwd \
		/magic/etc/passwd '/..\outside.txt' //../outside.txt \
		/%252e%252e/outside.txt /..%c0%afoutside.txt; do
		run -0 status "$path"
		assert_regex "$output" '^40[04]$'
		run -0 curl -s --path-as-is "$URL$path"
		refute_output --partial outside
		refute_output --partial root:
	done
	run -0 curl -s "$URL/inside"
	assert_output 'some text'
}

@test "hidden files are not there, .well-known is (HTTP 67)" {
	serve
	assert_equal "$(status /.git/config)" 404
	assert_equal "$(status /%2egit/config)" 404
	assert_equal "$(status /.git/)" 404
	assert_equal "$(status /.well-known/x)" 200
}

@test "escapes, spaces, plus and UTF-8 in names (HTTP 63, 68)" {
	printf 1 >"$WWW/a b+c"
	printf 2 >"$WWW/é%.txt"
	printf 3 >"$WWW/a?b"
	serve
	run -0 curl -s "$URL/a%20b+c"
	assert_output 1
	run -0 curl -s "$URL/%C3%A9%25.txt"
	assert_output 2
	run -0 curl -s "$URL/a%3Fb?c"
	assert_output 3
	assert_equal "$(status /%)" 400
	assert_equal "$(status /%00)" 400
	assert_equal "$(status /sub%2Fa.txt)" 404
}

@test "a FIFO does not block, an unreadable file is 403 (HTTP 66, 67)" {
	mkfifo "$WWW/fifo"
	chmod 666 "$WWW/fifo"
	printf x >"$WWW/closed"
	chmod 000 "$WWW/closed"
	mkdir -m 000 "$WWW/shut"
	serve
	assert_equal "$(status /fifo --max-time 20)" 403
	assert_equal "$(status /closed)" 403
	assert_equal "$(status /shut/x)" 403
	assert_equal "$(status /)" 200
}

@test "a binary file of 100 MB arrives whole, and in part" {
	head -c 100000000 /dev/urandom >"$WWW/big.bin"
	serve
	run -0 cmp <(curl -s "$URL/big.bin") "$WWW/big.bin"
	run -0 cmp <(curl -s -r 12345678-50000000 "$URL/big.bin") \
		<(tail -c +12345679 "$WWW/big.bin" | head -c 37654323)
	# A reader that stops for a while, with other requests meanwhile.
	curl -s --limit-rate 60M "$URL/big.bin" -o "$DIR/slow" 3>&- &
	local slow=$!
	for _ in $(seq 20); do
		assert_equal "$(status /)" 200
	done
	wait "$slow"
	run -0 cmp "$DIR/slow" "$WWW/big.bin"
}

@test "files around the size that is kept in memory, and an empty one" {
	local size
	for size in 0 1 16383 16384 16385 65536; do
		head -c "$size" /dev/urandom >"$WWW/f$size"
	done
	serve
	for size in 0 1 16383 16384 16385 65536; do
		for _ in 1 2; do
			run -0 cmp <(curl -s "$URL/f$size") "$WWW/f$size"
		done
	done
}

@test "a file beyond 2 GiB and 4 GiB (HTTP 41, 61)" {
	truncate -s 5G "$WWW/huge"
	printf 'the end' >>"$WWW/huge"
	serve
	run -0 curl -sI "$URL/huge"
	assert_line $'Content-Length: 5368709127\r'
	run -0 curl -s -r -7 "$URL/huge"
	assert_output 'the end'
	run -0 curl -s -r 5368709124- "$URL/huge"
	assert_output 'end'
}

@test "one connection serves many requests, and pipelined ones in order (HTTP 29, 31)" {
	serve
	run -0 curl -s -o /dev/null -o /dev/null -o /dev/null \
		-w '%{http_code} %{num_connects}\n' \
		"$URL/" "$URL/none" "$URL/sub/a.txt"
	assert_line --index 0 '200 1'
	assert_line --index 1 '404 0'
	assert_line --index 2 '200 0'
	local many="$GET$GET"'GET /none HTTP/1.1\r\nHost: a\r\n\r\n'"$GET"
	run -0 raw_statuses "$many"
	assert_output '200 200 404 200'
	run -0 raw_statuses "$GET"'GET / HTTP/1.1\r\n\r\n'"$GET"
	assert_output '200 400'
	run -0 raw_statuses \
		'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'"$GET"
	assert_output '200'
}

@test "500 pipelined requests for small and large files, none lost" {
	head -c 30000 /dev/urandom >"$WWW/large"
	serve
	python3 - "$PORT" "$WWW/large" <<'PYTHON'
import socket, sys, threading

port, large = int(sys.argv[1]), open(sys.argv[2], "rb").read()
small = b"the index\n"
one = b"GET /%s HTTP/1.1\r\nHost: a\r\n\r\n"
with socket.create_connection(("127.0.0.1", port), timeout=30) as s:
    data = b"".join(one % (b"large" if i % 5 == 0 else b"") for i in range(500))
    sender = threading.Thread(target=s.sendall, args=(data,))
    sender.start()
    stream = s.makefile("rb")
    for i in range(500):
        length = None
        assert stream.readline() == b"HTTP/1.1 200 OK\r\n", i
        while (line := stream.readline()) != b"\r\n":
            if line.startswith(b"Content-Length: "):
                length = int(line[16:])
        body = stream.read(length)
        assert body == (large if i % 5 == 0 else small), i
    sender.join()
PYTHON
}

@test "input cut into single bytes is answered the same" {
	serve
	local text="$GET"'POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n'"$GET"'GET / HTTP/1.1\r\nHost : a\r\n\r\n'
	run -0 diff <(raw "$text" | grep -av ^Date) <(raw "$text" 1 | grep -av ^Date)
	run -0 raw_statuses "$text" 1
	assert_output '200 405 200 400'
}

@test "HTTP/1.0 and its keep-alive (HTTP 29)" {
	serve
	run -0 raw 'GET / HTTP/1.0\r\n\r\nGET / HTTP/1.0\r\n\r\n'
	assert_equal "$(grep -ac '^HTTP/1.1 200' <<<"$output")" 1
	assert_output --partial $'Connection: close\r'
	run -0 raw 'GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.0\r\n\r\n'
	assert_equal "$(grep -ac '^HTTP/1.1 200' <<<"$output")" 2
	assert_output --partial $'Connection: keep-alive\r'
}

@test "what is refused ends the connection (HTTP 5, 6, 8, 10, 14, 15, 16, 17, 18, 19, 20, 22, 23, 24, 27)" {
	serve
	refused() {
		run -0 raw_statuses "$2$GET"
		assert_output "$1"
	}
	refused 400 '\x16\x03\x01\x02\x00\x01\x00'
	refused 400 'hello\r\n'
	refused 400 'GET /\r\n'
	refused 400 'GET  / HTTP/1.1\r\nHost: a\r\n\r\n'
	refused 400 'GET / HTTP/1.1\r\n\r\n'
	refused 400 'GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n'
	refused 400 'GET / HTTP/1.1\r\nHost: a\r\nX : b\r\n\r\n'
	refused 400 'GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n'
	refused 400 'GET / HTTP/1.1\r\nHost: a\r\nX: b\x00\r\n\r\n'
	refused 400 'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'
	refused 400 'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\nx'
	refused 400 'GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n'
	refused 501 'GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n'
	refused 501 'BREW / HTTP/1.1\r\nHost: a\r\n\r\n'
	refused 505 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'
	refused 413 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n'
	refused 417 'GET / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n'
	refused 414 "GET /$(printf 'a%.0s' {1..9000})"' HTTP/1.1\r\nHost: a\r\n\r\n'
	refused 431 'GET / HTTP/1.1\r\nHost: a\r\nX: '"$(printf 'a%.0s' {1..20000})"'\r\n\r\n'
}

@test "methods that write are not allowed, bodies are skipped (HTTP 7, 26, 28)" {
	serve
	run -0 curl -si -d abc "$URL/"
	assert_line $'HTTP/1.1 405 Method Not Allowed\r'
	assert_line $'Allow: GET, HEAD, OPTIONS\r'
	run -0 curl -si -X OPTIONS "$URL/"
	assert_line $'HTTP/1.1 204 No Content\r'
	run -0 raw_statuses 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 29\r\n\r\nGET /none HTTP/1.1\r\nHost: a\r\n'"$GET"
	assert_output '405 200'
	head -c 500000 /dev/zero >"$DIR/upload"
	assert_equal "$(status / -X POST --data-binary "@$DIR/upload" -H Expect:)" 405
	assert_equal "$(status / -X POST -T "$DIR/upload" -H 'Transfer-Encoding: chunked' -H Expect:)" 405
	assert_equal "$(status / -X POST --data-binary "@$DIR/upload" -H 'Expect: 100-continue')" 405
}

@test "the last answer arrives although the client goes on sending (HTTP 32)" {
	serve
	head -c 30000000 /dev/zero >"$DIR/upload"
	run -0 curl -s -o /dev/null -w '%{http_code}' -X POST -H Expect: \
		--data-binary "@$DIR/upload" "$URL/"
	assert_output 413
}

@test "a line that ends in LF alone is taught, or allowed by bare_lf (HTTP 3)" {
	serve
	run -0 raw 'GET / HTTP/1.1\nHost: a\n\n'
	assert_line --index 0 $'HTTP/1.1 400 Bad Request\r'
	assert_output --partial 'nc -C'
	netlabd_stop
	serve 'bare_lf = true'
	run -0 raw_statuses 'GET / HTTP/1.1\nHost: a\n\n'
	assert_output 200
}

@test "a page that changes is new in the next answer, however it changes" {
	serve
	local i
	for i in $(seq 30); do
		echo "text $i" >"$WWW/page.txt"
		assert_equal "$(curl -s "$URL/page.txt")" "text $i"
		echo "renamed $i" >"$WWW/new.txt"
		mv "$WWW/new.txt" "$WWW/page.txt"
		assert_equal "$(curl -s "$URL/page.txt")" "renamed $i"
	done
	rm "$WWW/page.txt"
	assert_equal "$(status /page.txt)" 404
	mkdir "$WWW/v2"
	echo two >"$WWW/v2/a.txt"
	run -0 curl -s "$URL/sub/a.txt"
	mv "$WWW/sub" "$WWW/v1"
	mv "$WWW/v2" "$WWW/sub"
	run -0 curl -s "$URL/sub/a.txt"
	assert_output two
	chmod 000 "$WWW/sub/a.txt"
	assert_equal "$(status /sub/a.txt)" 403
	chmod 644 "$WWW/sub/a.txt"
	chmod 000 "$WWW/sub"
	assert_equal "$(status /sub/a.txt)" 403
	chmod 755 "$WWW/sub"
	assert_equal "$(status /sub/a.txt)" 200
}

@test "a link that changes is followed anew, within moments" {
	mkdir "$WWW/v1" "$WWW/v2"
	echo one >"$WWW/v1/a.txt"
	echo two >"$WWW/v2/a.txt"
	ln -s v1 "$WWW/current"
	serve
	run -0 curl -s "$URL/current/a.txt"
	assert_output one
	ln -s v2 "$WWW/next"
	mv -T "$WWW/next" "$WWW/current"
	is_two() {
		[ "$(curl -s "$URL/current/a.txt")" = two ]
	}
	netlabd_wait_for is_two
}

@test "conditions: 304 while nothing changes (HTTP 49-54)" {
	touch -d '2020-01-01 UTC' "$WWW/index.html"
	serve
	run -0 curl -sI "$URL/"
	assert_line $'Last-Modified: Wed, 01 Jan 2020 00:00:00 GMT\r'
	local tag
	tag=$(sed -nE 's/^ETag: (.*)\r/\1/p' <<<"$output")
	assert_equal "$(status / -H "If-None-Match: $tag")" 304
	assert_equal "$(status / -H "If-Modified-Since: Wed, 01 Jan 2020 00:00:00 GMT")" 304
	assert_equal "$(status / -H "If-Match: \"other\"")" 412
	printf 'new index\n' >"$WWW/index.html"
	assert_equal "$(status / -H "If-None-Match: $tag")" 200
}

@test "half a request: 400 when it ends, silence when none was begun (HTTP 25, 33)" {
	serve
	run -0 raw_statuses 'GET / HTTP/1.1\r\nHo'
	assert_output 400
	run -0 raw ''
	assert_output ''
	run -0 raw '\r\n\r\n'
	assert_output ''
}

@test "mistakes in the http section are told with their line" {
	netlabd_config <<-CONFIG
		http {
		    listen = { "127.0.0.1:$PORT" }
		    root = "missing"
		    index = { "a/b", "ok.html" }
		    listing = maybe
		}
	CONFIG
	run -1 "$NETLABD" -t -c "$CONF"
	assert_output --partial "netlabd.conf:3: $DIR/missing: no such folder"
	assert_output --partial "netlabd.conf:4: a/b: an index is"
	assert_output --partial "netlabd.conf:5: 'listing' takes true or false"
	netlabd_config <<-CONFIG
		http {
		    listen = { "127.0.0.1:$PORT" }
		}
	CONFIG
	run -1 "$NETLABD" -t -c "$CONF"
	assert_output --partial "netlabd.conf:1: http needs a root"
	sed -i '2a root = "netlabd.conf"' "$CONF"
	run -1 "$NETLABD" -t -c "$CONF"
	assert_output --partial "netlabd.conf:3: $DIR/netlabd.conf: not a folder"
}

@test "every request ends in one counted outcome" {
	serve
	raw_statuses "$GET$GET"'GET /none HTTP/1.1\r\nHost: a\r\n\r\nbroken\r\n'
	curl -sI "$URL/sub" >/dev/null
	netlabd_wait_counters 'http.*received 5'
	run -0 grep -aE 'http.*received 5' "$LOG"
	assert_output --partial 'ok_200 2'
	assert_output --partial 'not_found_404 1'
	assert_output --partial 'bad_request_400 1'
	assert_output --partial 'redirect_301 1'
}
