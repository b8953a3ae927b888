# Files that change while they are served, and links, as clients see them.
load helper

setup() {
	netlabd_setup
	PORT=$(netlabd_free_port)
	URL=http://127.0.0.1:$PORT
	WWW=$DIR/www
	mkdir -p "$WWW/in" "$DIR/beside"
	echo inside >"$WWW/in/a.txt"
	echo outside >"$DIR/beside/a.txt"
	ln -s in/a.txt "$WWW/link.txt"
	ln -s "$DIR/beside" "$WWW/out"
	chmod -R a+rX "$DIR"
}

# Starts a server of $WWW with the further lines of the http section given.
serve() {
	netlabd_config <<-CONFIG
		$(netlabd_user)
		http {
		    listen = { "127.0.0.1:$PORT" }
		    workers = 1
		    root = "www"
		    $*
		}
	CONFIG
	netlabd_start
}

# status PATH [CURL'S WORDS…]: the status code of a GET, its path as it stands.
status() {
	curl -s -o /dev/null --path-as-is -w '%{http_code}' "${@:2}" "$URL$1"
}

@test "HTTP 64: links are followed as the site's key says" {
	serve
	assert_equal "$(status /link.txt) $(status /out/a.txt)" '200 404'
	netlabd_stop
	serve 'symlinks = "follow"'
	assert_equal "$(status /link.txt) $(status /out/a.txt)" '200 200'
	assert_equal "$(status /out/../../beside/a.txt)" 400
	assert_equal "$(status /out/%2e%2e/%2e%2e/beside/a.txt)" 400
	netlabd_stop
	serve 'symlinks = "never"'
	assert_equal "$(status /link.txt) $(status /out/a.txt)" '404 404'
	assert_equal "$(status /in/a.txt)" 200
}

@test "HTTP 66: FIFOs, sockets and devices are refused without a wait" {
	mkfifo "$WWW/fifo" "$WWW/in/index.html" "$WWW/in/a.txt.gz"
	ln -s fifo "$WWW/to-fifo"
	ln -s /dev/zero "$WWW/zero"
	python3 -c 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' "$WWW/socket"
	serve 'symlinks = "follow"'
	assert_equal "$(status /fifo) $(status /to-fifo) $(status /zero)" '403 403 403'
	assert_equal "$(status /socket)" 404
	assert_equal "$(status /in/)" 403
	assert_equal "$(status /in/a.txt -H 'Accept-Encoding: gzip')" 200
}

@test "a file that is replaced while it is sent comes whole, as it was" {
	seq 6000000 >"$WWW/big"
	cp "$WWW/big" "$DIR/before"
	serve
	curl -s --limit-rate 20M "$URL/big" -o "$DIR/got" 3>&- &
	local curl=$!
	has_begun() {
		[ -s "$DIR/got" ]
	}
	netlabd_wait_for has_begun
	seq 10 >"$WWW/new"
	mv "$WWW/new" "$WWW/big"
	assert_equal "$(curl -s "$URL/big" | tail -1)" 10
	wait "$curl"
	run -0 cmp "$DIR/got" "$DIR/before"
}

@test "a file that shrinks while it is sent ends the connection, and no other" {
	truncate -s 300M "$WWW/big"
	serve
	run -0 python3 - "$PORT" "$WWW/big" <<'PYTHON'
import os, socket, sys

port, path = int(sys.argv[1]), sys.argv[2]
other = socket.create_connection(("127.0.0.1", port), timeout=20)
with socket.create_connection(("127.0.0.1", port), timeout=20) as s:
    s.sendall(b"GET /big HTTP/1.1\r\nHost: a\r\n\r\n")
    got = len(s.recv(65536))
    assert got > 0
    os.truncate(path, 1000000)
    while more := s.recv(1 << 20):
        got += len(more)
    assert got < 300 << 20, got
other.sendall(b"GET /in/a.txt HTTP/1.1\r\nHost: a\r\n\r\n")
assert other.recv(4096).endswith(b"inside\n")
PYTHON
	run -0 curl -sI "$URL/big"
	assert_line $'Content-Length: 1000000\r'
}

@test "a body is of one version, however often it is replaced" {
	serve
	run -0 python3 - "$PORT" "$WWW" <<'PYTHON'
import http.client, os, sys, threading, time

port, www = int(sys.argv[1]), sys.argv[2]
stop = threading.Event()


def write():
    count = 0
    while not stop.is_set():
        count += 1
        with open(www + "/new", "wb") as file:
            file.write(b"%d" % (count % 10) * (1 + count * 7919 % 40000))
        os.rename(www + "/new", www + "/page")


open(www + "/page", "w").close()
writer = threading.Thread(target=write)
writer.start()
try:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    tags = {}
    end = time.monotonic() + 20
    while len(tags) < 200 and time.monotonic() < end:
        client.request("GET", "/page")
        answer = client.getresponse()
        body = answer.read()
        assert len(set(body)) <= 1, body[:100]
        known = tags.setdefault(answer.headers["ETag"], body)
        assert known == body
    assert len(tags) >= 200, len(tags)
finally:
    stop.set()
    writer.join()
PYTHON
}
