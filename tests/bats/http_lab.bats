# The lab location: answers made to measure, by curl and python.
load helper

setup() {
	netlabd_setup
	PORT=$(netlabd_free_port)
	URL=http://127.0.0.1:$PORT/lab
	mkdir -p "$DIR/www/lab"
	echo index >"$DIR/www/index.html"
	echo file >"$DIR/www/lab/ip"
	chmod -R a+rX "$DIR"
	netlabd_config <<-CONFIG
		$(netlabd_user)
		http {
		    listen = { "127.0.0.1:$PORT", "[::1]:$PORT" }
		    workers = 1
		    root = "www"
		    location "/lab" { lab = true  headers = { "X-Lab: yes" } }
		    site "plain" { hostnames = { "plain.test" } root = "www" }
		}
	CONFIG
	netlabd_start
}

# status PATH [CURL'S WORDS…]
status() {
	curl -s -o /dev/null -w '%{http_code}' "${@:2}" "$URL$1"
}

# statuses PATHS: those of several, by one curl.
statuses() {
	curl -s -o '/dev/null' -w '%{http_code} ' "$URL$1" -Z --parallel-max 1 |
		sed 's/ $//'
}

# Runs python with $PORT and json_of(), which sends bytes and reads one answer.
client() {
	python3 - "$PORT" <<PYTHON
import json, socket, sys

port = int(sys.argv[1])


def talk(data, pieces=1):
    with socket.create_connection(("127.0.0.1", port), timeout=30) as s:
        size = max(1, len(data) // pieces)
        for at in range(0, len(data), size):
            s.sendall(data[at:at + size])
        s.shutdown(socket.SHUT_WR)
        got = b""
        while part := s.recv(65536):
            got += part
        return got


def json_of(data, pieces=1):
    head, _, body = talk(data, pieces).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\n"), head
    length = [line for line in head.split(b"\r\n") if line.startswith(b"Content-Length: ")]
    assert length == [b"Content-Length: %d" % len(body)], head
    return json.loads(body.decode("utf-8"))


$(cat /dev/stdin)
PYTHON
}

@test "the index says what there is, and its links lead there" {
	local path
	for path in '' /; do
		run -0 curl -si "$URL$path"
		assert_line $'Content-Type: text/html; charset=utf-8\r'
		assert_line $'X-Lab: yes\r'
	done
	for path in $(curl -s "$URL/" | sed -nE 's/.*href="([^"]*)".*/\1/p'); do
		run -0 curl -s -o /dev/null -w '%{http_code}' \
			"http://127.0.0.1:$PORT$path"
		assert_regex "$output" '^(200|404)$'
	done
	assert_equal "$(status /nothing)" 404
	assert_equal "$(status /headers/x)" 404
}

@test "/status answers any status, by any method, as its rules say" {
	local code method codes=200,201,202,226,299,300,400,403,404,418,499,500,599
	assert_equal "$(statuses "/status/{$codes}")" "${codes//,/ }"
	for method in POST PUT PATCH DELETE TRACE; do
		assert_equal "$(status /status/503 -X "$method")" 503
	done
	assert_equal "$(status /status/503 -I)" 503
	assert_equal "$(statuses '/status/{100,101,199,600,999,20,2000,abc,-1}')" \
		'400 400 400 400 400 400 400 400 400'
	run -0 curl -si "$URL/status/404"
	assert_line --index 0 $'HTTP/1.1 404 Not Found\r'
	assert_line '404 Not Found'
	for code in 204 304; do
		run -0 curl -si "$URL/status/$code"
		refute_output --partial 'Content-Length'
		refute_output --partial 'Content-Type'
	done
	run -0 curl -si "$URL/status/205"
	assert_line $'Content-Length: 0\r'
	run -0 curl -sL -o /dev/null -w '%{http_code} %{num_redirects}' "$URL/status/302"
	assert_output '200 1'
	run -0 curl -sL -X PUT "$URL/status/308"
	assert_line '  "method": "PUT",'
	run -0 curl -si "$URL/status/401"
	assert_line --regexp '^WWW-Authenticate: Basic realm="lab"'
	run -0 curl -si -X OPTIONS "$URL/status/500"
	assert_line --index 0 $'HTTP/1.1 204 No Content\r'
	assert_line $'Allow: GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE, TRACE\r'
}

@test "/delay keeps its client waiting, and nobody else" {
	local start end slow
	start=$(date +%s%N)
	curl -s -o "$DIR/late" -X POST -d abc "$URL/delay/0.8" 3>&- &
	slow=$!
	assert_equal "$(statuses '/headers?[1-9]')" '200 200 200 200 200 200 200 200 200'
	wait "$slow"
	end=$(date +%s%N)
	assert [ $(((end - start) / 1000000)) -ge 800 ]
	run -0 cat "$DIR/late"
	assert_line '  "data": "abc",'
	assert_equal "$(status /delay/0)" 200
	assert_equal "$(status /delay/0.01 -I)" 200
	assert_equal "$(status /delay/11)" 400
	# Behind it the pipeline goes on; who has shut down his side is answered.
	run -0 client <<-'PYTHON'
		one = b"GET /lab/delay/0.2 HTTP/1.1\r\nHost: a\r\n\r\n"
		two = b"GET /lab/ip HTTP/1.1\r\nHost: a\r\n\r\n"
		got = talk(one + two)
		assert got.count(b"HTTP/1.1 200 OK") == 2, got
		assert got.index(b"/lab/delay") < got.rindex(b"HTTP/1.1 200"), got
	PYTHON
}

@test "/bytes makes the same bytes each time, exactly as many" {
	run -0 curl -s "$URL/bytes/100000?seed=7" -o "$DIR/a"
	run -0 curl -s "$URL/bytes/100000?seed=7" -o "$DIR/b"
	run -0 curl -s "$URL/bytes/100000?seed=8" -o "$DIR/c"
	cmp "$DIR/a" "$DIR/b"
	run -1 cmp -s "$DIR/a" "$DIR/c"
	assert_equal "$(stat -c %s "$DIR/a")" 100000
	run -0 curl -s "$URL/bytes/30000000" -o /dev/null -w '%{size_download}'
	assert_output 30000000
	run -0 curl -sI "$URL/bytes/104857600"
	assert_line $'Content-Length: 104857600\r'
	run -0 curl -si "$URL/bytes/0"
	assert_line $'Content-Length: 0\r'
	assert_equal "$(status /bytes/104857601)" 400
	assert_equal "$(status /bytes/10 -X POST)" 405
	# It is random enough not to be compressed.
	run -0 bash -c "gzip -c '$DIR/a' | wc -c"
	assert [ "$output" -gt 99000 ]
}

@test "a slow reader of many bytes holds up nobody, and no memory" {
	curl -s --limit-rate 300k "$URL/bytes/104857600" -o /dev/null -m 1 3>&- &
	local slow=$!
	assert_equal "$(statuses '/headers?[1-9]')" '200 200 200 200 200 200 200 200 200'
	wait "$slow" || true
}

@test "/headers and /ip" {
	run -0 curl -s -H 'X-Twice: 1' -H 'x-twice: 2' -H 'Accept:' "$URL/headers"
	assert_line '    "X-Twice": ["1", "2"]'
	run -0 curl -s "$URL/ip"
	assert_output $'{\n  "origin": "127.0.0.1"\n}'
	run -0 curl -s "http://[::1]:$PORT/lab/ip"
	assert_line '  "origin": "::1"'
	run -0 curl -si -X POST "$URL/ip"
	assert_line --index 0 $'HTTP/1.1 405 Method Not Allowed\r'
	assert_line $'Allow: GET, HEAD, OPTIONS\r'
	run -0 diff <(curl -sI "$URL/headers" | grep -v ^Date) \
		<(curl -s -D - -o /dev/null "$URL/headers" | grep -v ^Date)
}

@test "/anything says what it has understood, whatever curl sends" {
	head -c 30000 /dev/urandom >"$DIR/data"
	run -0 curl -s "$URL/anything/a%20b?x=1&y=a%20b&x=2&z" -d 'q=1'
	for line in '"method": "POST",' '"path": "/lab/anything/a%20b",' \
		'"query": "x=1&y=a%20b&x=2&z",' '"version": "HTTP/1.1",' \
		'"x": ["1", "2"],' '"y": "a b",' '"z": ""' '"data_length": 3,' \
		'"data_encoding": "text",' '"data": "q=1",' '"origin": "127.0.0.1"'; do
		assert_output --partial "$line"
	done
	local how
	for how in '-T' '--data-binary @'; do
		for extra in 'Expect: 100-continue' 'Transfer-Encoding: chunked'; do
			# shellcheck disable=SC2086
			curl -s ${how}"$DIR/data" -H "$extra" "$URL/anything" >"$DIR/json"
			run -0 python3 -c 'import base64, json, sys
answer = json.load(open(sys.argv[1]))
assert answer["data_encoding"] == "base64"
assert base64.b64decode(answer["data"]) == open(sys.argv[2], "rb").read()
assert answer["data_length"] == 30000' "$DIR/json" "$DIR/data"
		done
	done
	head -c 40000 /dev/zero >"$DIR/data"
	assert_equal "$(status /anything -T "$DIR/data")" 413
	assert_equal "$(status /anything -T "$DIR/data" -H 'Expect:')" 413
	run -0 curl -s --http1.0 "$URL/anything"
	assert_line '  "version": "HTTP/1.0",'
	run -0 curl -si -X OPTIONS "$URL/anything"
	assert_line $'Allow: GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE, TRACE\r'
	assert_line '  "method": "OPTIONS",'
}

@test "HTTP 36, RFC 9110 §10.1.1: 100 Continue before a body that is wanted" {
	run -0 client <<-'PYTHON'
		head = (b"POST /lab/anything HTTP/1.%d\r\nHost: a\r\n"
		        b"Expect: 100-continue\r\nContent-Length: 5\r\n\r\n")
		with socket.create_connection(("127.0.0.1", port), timeout=30) as s:
		    s.sendall(head % 1)
		    assert s.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
		    s.sendall(b"hello")
		    assert b'"data": "hello"' in s.recv(10000)
		    # The connection goes on: its body has been read.
		    s.sendall(b"GET /lab/ip HTTP/1.1\r\nHost: a\r\n\r\n")
		    assert b'"origin": "127.0.0.1"' in s.recv(10000)
		# HTTP 37: never to HTTP/1.0.
		assert talk(head % 0 + b"hello").startswith(b"HTTP/1.1 200 OK\r\n")
		# A final answer is ready: files, a method that is not allowed.
		for path in b"/", b"/lab/ip":
		    got = talk(head.replace(b"/lab/anything", path) % 1 + b"hello")
		    assert got.startswith(b"HTTP/1.1 405 "), got
	PYTHON
}

@test "any bytes come back as JSON that parses" {
	run -0 client <<-'PYTHON'
		import base64, random

		random.seed(1)
		post = b"POST /lab/anything?%s HTTP/1.1\r\nHost: a\r\nX: %s\r\nContent-Length: %d\r\n\r\n%s"
		target = [c for c in range(0x21, 0x7f) if c not in b"#"]
		value = [9] + list(range(0x20, 0x7f)) + list(range(0x80, 0x100))
		for i in range(150):
		    query = bytes(random.choices(target, k=random.randrange(200)))
		    field = bytes(random.choices(value, k=random.randrange(200)))
		    data = random.randbytes(random.randrange(300))
		    answer = json_of(post % (query, field, len(data), data), random.choice((1, 3, 20)))
		    assert answer["query"] == query.decode(), query
		    shown = field.strip(b" \t").decode("utf-8", "replace")
		    assert ascii(answer["headers"]["X"]).replace("\\ufffd", "") == \
		        ascii(shown).replace("\\ufffd", ""), field
		    raw = answer["data"]
		    raw = base64.b64decode(raw) if answer["data_encoding"] == "base64" else raw.encode()
		    assert raw == data, data
		# Text stays text, whatever the alphabet.
		text = "Zeile 1\r\n\tζεύς «2» 𝄞 \\ \"\n".encode()
		answer = json_of(post % (b"", b"", len(text), text))
		assert answer["data"].encode() == text and answer["data_encoding"] == "text"
		# The longest of all.
		for byte in b'"', b"\t", b"\xff", b"a":
		    answer = talk(post % (b"%22" * 2600, byte * 8000, 32768, byte * 32768))
		    assert answer.startswith((b"HTTP/1.1 200 OK", b"HTTP/1.1 400")), answer[:100]
		    if answer.startswith(b"HTTP/1.1 200"):
		        json.loads(answer.partition(b"\r\n\r\n")[2])
		many = b"&".join(b"a%d=%d" % (i % 130, i) for i in range(900))
		answer = json_of(post % (many, b"x", 0, b""))
		assert len(answer["args"]) == 100 and answer["args_left_out"] == 800
	PYTHON
}

@test "only where it is configured" {
	run -0 curl -s "http://127.0.0.1:$PORT/" -X POST -o /dev/null -w '%{http_code}'
	assert_output 405
	run -0 curl -s -H 'Host: plain.test' "$URL/ip"
	assert_output file
	assert_equal "$(status /anything -H 'Host: plain.test')" 404
	assert_equal "$(status /anything -X POST -H 'Host: plain.test')" 405
	# A lab is counted as what it was asked for, apart from what went wrong.
	status /status/500 >/dev/null
	netlabd_wait_counters 'http: .* lab 1(,|;|$)'
	run -0 grep -aE 'http.*received' "$LOG"
	refute_output --partial 'internal_500'
}
