# Ranges of files as clients ask for them: downloads that go on, several parts.
load helper

# The files are the same for all tests, which do not change them.
setup_file() {
	export WWW
	WWW=$(mktemp -d "${TMPDIR:-/tmp}/netlabd-bats.XXXXXX")
	python3 - "$WWW" <<-'PYTHON'
		import os, sys

		def write(name, content):
		    with open(f"{sys.argv[1]}/{name}", "wb") as file:
		        file.write(content)

		noise = os.urandom(1000000)
		write("small", noise[:1000])
		write("large", b"".join(b"%08d" % i + noise[8:] for i in range(100)))
		write("empty", b"")
	PYTHON
	touch -d '1 hour ago' "$WWW"/*
	chmod -R a+rX "$WWW"
}

teardown_file() {
	rm -rf "$WWW"
}

setup() {
	netlabd_setup
	PORT=$(netlabd_free_port)
	URL=http://127.0.0.1:$PORT
	serve "$WWW"
}

# Starts a server of the folder ROOT.
serve() {
	netlabd_config <<-CONFIG
		$(netlabd_user)
		http {
		    listen = { "127.0.0.1:$PORT" }
		    workers = 1
		    root = "$1"
		}
	CONFIG
	netlabd_start
	WORKER=$(pgrep -P "$NETLABD_PID" | head -1)
}

# Descriptors that the worker has open.
open_count() {
	ls "/proc/$WORKER/fd" | wc -l
}

# Sends the Range fields that the Python program on standard input yields from
# ranges(size), each for the file NAME, on one connection; each answer has to
# say of itself what it is, and each part has to be the file's slice.
check_ranges() {
	cat >"$DIR/ranges.py"
	PYTHONPATH=$DIR python3 - "$PORT" "$WWW/$1" "/$1" <<'PYTHON'
import email.parser
import email.policy
import http.client
import re
import sys
from ranges import ranges

port, path, target = int(sys.argv[1]), sys.argv[2], sys.argv[3]
content = memoryview(open(path, "rb").read())
parts_seen = 0


def check_part(fields, body):
    first, last, size = map(int, re.fullmatch(
        r"bytes (\d+)-(\d+)/(\d+)", fields["Content-Range"]).groups())
    assert size == len(content) and first <= last < size
    assert body == content[first:last + 1], fields["Content-Range"]
    return first, last


connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
for value in ranges(len(content)):
    connection.request("GET", target, headers={"Range": value})
    answer = connection.getresponse()
    body = answer.read()
    kind = answer.headers["Content-Type"]
    assert int(answer.headers["Content-Length"]) == len(body)
    if answer.status == 200:
        assert body == content
    elif answer.status == 416:
        assert answer.headers["Content-Range"] == f"bytes */{len(content)}"
    elif not kind.startswith("multipart/"):
        assert answer.status == 206
        check_part(answer.headers, body)
    else:
        assert answer.status == 206
        assert answer.headers["Content-Range"] is None
        assert len(body) < len(content)
        message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(
            b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
        assert message.is_multipart() and not message.defects
        spans = []
        for part in message.iter_parts():
            assert part.get_content_type() == "application/octet-stream"
            spans.append(check_part(part, part.get_payload(decode=True)))
        assert len(spans) > 1
        parts_seen += len(spans)
        spans.sort()
        assert all(a[1] < b[0] for a, b in zip(spans, spans[1:]))
print(parts_seen)
PYTHON
}

@test "HTTP 58, RFC 9110 §15.3.7.1: curl gets one range" {
	run -0 curl -s -D "$DIR/head" -o "$DIR/got" -r 10-19 "$URL/small"
	cmp "$DIR/got" <(tail -c +11 "$WWW/small" | head -c 10)
	run -0 cat "$DIR/head"
	assert_line $'HTTP/1.1 206 Partial Content\r'
	assert_line $'Content-Range: bytes 10-19/1000\r'
	assert_line $'Content-Length: 10\r'
	run -0 curl -s -o "$DIR/got" -r 99999990- "$URL/large"
	cmp "$DIR/got" <(tail -c 10 "$WWW/large")
	run -0 curl -s -o "$DIR/got" -r -10 "$URL/large"
	cmp "$DIR/got" <(tail -c 10 "$WWW/large")
}

@test "HTTP 56, RFC 9110 §14.2: curl -C - goes on where it stopped" {
	head -c 60000000 "$WWW/large" >"$DIR/got"
	run -0 curl -s -C - -o "$DIR/got" "$URL/large"
	cmp "$DIR/got" "$WWW/large"
	# All of it is there already.
	run -0 curl -s -o /dev/null -w '%{http_code}' -r 100000000- "$URL/large"
	assert_output 416
}

@test "HTTP 57, RFC 9110 §14.1.2: an empty file has no ranges" {
	run -0 curl -s -o /dev/null -w '%{http_code} %{size_download}' -r 0- \
		"$URL/empty"
	assert_output '200 0'
}

@test "HTTP 59, RFC 9110 §14.6: parts of a file in memory" {
	run -0 check_ranges small <<-'PYTHON'
		import random

		def ranges(size):
		    yield "bytes=0-1,500-501"
		    yield "bytes=-1,0-0"
		    yield "bytes=0-0,5000-"
		    yield "bytes=0-400,600-999"
		    generator = random.Random(1)
		    for _ in range(200):
		        first = [generator.randrange(size + 50) for _ in range(3)]
		        yield "bytes=" + ",".join(
		            f"{a}-{a + generator.randrange(20)}" for a in first)
	PYTHON
	[ "$output" -gt 300 ]
}

@test "HTTP 59, RFC 9110 §14.6: parts of a file of 100 MB" {
	run -0 check_ranges large <<-'PYTHON'
		import random

		def ranges(size):
		    yield "bytes=0-0,50000000-50000010,-1"
		    yield f"bytes={size - 1}-,0-99999,1000000-3500000"
		    generator = random.Random(2)
		    for _ in range(100):
		        count = generator.randrange(2, 17)
		        first = [generator.randrange(size) for _ in range(count)]
		        yield "bytes=" + ",".join(
		            f"{a}-{a + generator.randrange(3000)}" for a in first)
	PYTHON
	[ "$output" -gt 800 ]
}

@test "HTTP 59, RFC 9110 §17.15: no Range makes an answer longer than the file" {
	# What would be 1,300 parts is the file once.
	range=$(python3 -c 'print(",".join(f"{i}-" for i in range(1300)))')
	run -0 curl -s -o "$DIR/got" -w '%{http_code}' -r "$range" "$URL/small"
	assert_output 200
	cmp "$DIR/got" "$WWW/small"
	range=$(python3 -c 'print(",".join(f"{i}-{i}" for i in range(0, 1000, 100)))')
	run -0 curl -s -o "$DIR/got" -w '%{http_code}' -r "$range" "$URL/small"
	assert_output 200
}

@test "HTTP 59: a file that is replaced between two parts stays the old one" {
	mkdir "$DIR/www"
	netlabd_stop
	: >"$LOG"
	serve "$DIR/www"
	run -0 python3 - "$PORT" "$DIR/www" <<-'PYTHON'
		import os, re, socket, sys

		port, www = int(sys.argv[1]), sys.argv[2]
		old = b"".join(b"%09d\n" % i for i in range(3000000))

		def write(name, content):
		    with open(f"{www}/{name}", "wb") as file:
		        file.write(content)
		    os.chmod(f"{www}/{name}", 0o644)

		write("large", old)
		write("new", b"n" * len(old))
		s = socket.create_connection(("127.0.0.1", port), timeout=20)
		s.sendall(b"GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
		          b"Range: bytes=0-19999999,25000000-25000999,-5\r\n\r\n")
		got = s.recv(100)
		os.rename(www + "/new", www + "/large")
		while more := s.recv(1 << 20):
		    got += more
		head, _, body = got.partition(b"\r\n\r\n")
		length = int(re.search(rb"Content-Length: (\d+)", head)[1])
		assert len(body) == length, (len(body), length)
		assert old[25000000:25001000] in body and old[-5:] in body
		assert b"nnn" not in body
	PYTHON
	# The next request sees the new one, and nothing of the old stays open.
	run -0 curl -s -r 0-2 "$URL/large"
	assert_output nnn
	none_is_deleted() {
		! ls -l "/proc/$WORKER/fd" | grep -q 'large.*deleted'
	}
	netlabd_wait_for none_is_deleted
}

@test "HTTP 59: clients that go in mid-part leave nothing open" {
	curl -s -o /dev/null -r 0-0 "$URL/large"
	before=$(open_count)
	for _ in 1 2 3 4 5; do
		run ! curl -s -o /dev/null --max-filesize 1000 \
			-r 0-40000000,50000000-60000000,99999999- "$URL/large"
	done
	no_more_are_open() {
		[ "$(open_count)" -le "$before" ]
	}
	netlabd_wait_for no_more_are_open
}
