# What a client may try to get, to see or to use up, and does not.
load helper

setup() {
	netlabd_setup
	PORT=$(netlabd_free_port)
	WWW=$DIR/www
	mkdir -p "$WWW/list" "$WWW/sub"
	printf 'page\n' >"$WWW/page.txt"
	printf 'page\n' | gzip >"$WWW/page.txt.gz"
	head -c 300000 /dev/zero >"$WWW/big.bin"
	chmod -R a+rX "$DIR"
}

# Starts a server with these lines in its http section.
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
	WORKER=$(pgrep -P "$NETLABD_PID" -f '^netlabd: http worker')
}

# The sanitizers' build keeps what it frees for a while: no memory of its own can
# be judged.
is_sanitized() {
	grep -qa __asan_init "$NETLABD"
}

# What the worker holds: one line for each descriptor but those of connections.
held() {
	find "/proc/$WORKER/fd" -mindepth 1 -printf '%l\n' 2>/dev/null |
		grep -v '^socket:' | sort
}

connections() {
	find "/proc/$WORKER/fd" -mindepth 1 -printf '%l\n' | grep -c '^socket:' || true
}

# abandon COUNT: so many clients who ask all kinds of things, and go away before
# they have got, or even said, all of it.
abandon() {
	python3 - "$PORT" "$1" <<'PYTHON'
import random, socket, struct, sys

port, count = int(sys.argv[1]), int(sys.argv[2])
random.seed(7)


def get(target, *fields):
    return "\r\n".join([f"GET {target} HTTP/1.1", "Host: a", *fields, "", ""])


questions = [
    get("/page.txt"),
    get("/page.txt", "Accept-Encoding: gzip"),
    get("/none"),
    get("/big.bin"),
    get("/big.bin", "Range: bytes=0-9"),
    get("/big.bin", "Range: bytes=0-99999,150000-199999,250000-"),
    get("/list/"),
    get("/list/", "Accept: application/json"),
    get("/sub"),
    get("/lab/delay/1"),
    get("/lab/bytes/50000000"),
    get("/lab/anything", "Content-Length: 20000") + "x" * 10000,
    get("/lab/anything", "Expect: 100-continue", "Content-Length: 5"),
    get("/page.txt", "Transfer-Encoding: chunked") + "5\r\nab",
    get("/page.txt", "Content-Length: 100000") + "x" * 999,
    get("/page.txt") * 20,
    get("/big.bin") * 5,
    get("/big.bin", "Range: bytes=0-9,200000-200009") * 5,
    "GET /page.txt HTTP/1.1\r\nHos",
    "G",
    "\x16\x03\x01",
    "",
]
for i in range(count):
    with socket.create_connection(("127.0.0.1", port), timeout=20) as s:
        try:
            s.sendall(questions[i % len(questions)].encode("latin-1"))
            if random.random() < 0.5:
                s.settimeout(0.002)
                s.recv(random.choice((1, 100, 10000, 1000000)))
        except OSError:
            pass
        if random.random() < 0.5:  # a reset, in place of an end
            s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                         struct.pack("ii", 1, 0))
PYTHON
}

# ask_for_nothing FIRST LAST: 990 names that are not there, for each number.
ask_for_nothing() {
	python3 - "$PORT" "$@" <<'PYTHON'
import socket, sys

port, first, last = (int(word) for word in sys.argv[1:])
one = b"HEAD /none%07d/%s HTTP/1.1\r\nHost: a\r\n\r\n"
for number in range(first, last):
    with socket.create_connection(("127.0.0.1", port), timeout=20) as s:
        stream = s.makefile("rb")
        for start in range(number * 990, number * 990 + 990, 90):
            s.sendall(b"".join(one % (i, b"n" * (i % 500))
                               for i in range(start, start + 90)))
            for _ in range(90):
                assert stream.readline() == b"HTTP/1.1 404 Not Found\r\n"
                while stream.readline() != b"\r\n":
                    pass
PYTHON
}

resident_kib() {
	awk '/^VmRSS:/ { print $2 }' "/proc/$WORKER/status"
}

@test "HTTP 26, 32, RFC 9112 §9.6: clients who go away leave no descriptor and no memory behind" {
	serve 'listing = true
		location "/lab" { lab = true }'
	is_alone() {
		[ "$(connections)" -le "$alone" ]
	}
	local alone before memory
	alone=$(connections)
	abandon 200
	netlabd_wait_for is_alone
	before=$(held)
	memory=$(resident_kib)
	abandon 800
	netlabd_wait_for is_alone
	assert_equal "$(held)" "$before"
	assert_equal "$(pgrep -P "$NETLABD_PID" -f '^netlabd: http worker')" "$WORKER"
	is_sanitized ||
		assert [ "$(resident_kib)" -le $((memory + 1024)) ]
}

@test "many names that are not there, or are too long, take a bounded memory" {
	serve "cache_entries = 256"
	local memory
	ask_for_nothing 0 2
	memory=$(resident_kib)
	ask_for_nothing 2 4
	is_sanitized ||
		assert [ "$(resident_kib)" -le $((memory + 1024)) ]
}

@test "a lab behind the longest prefix answers as any other" {
	local prefix place
	prefix=$(printf '%%25%.0s' {1..512})
	serve "location \"/$prefix\" { lab = true }"
	for place in '' status/301 status/404 status/511 ip headers bytes/10; do
		run -0 curl -s -o /dev/null "http://127.0.0.1:$PORT/$prefix/$place"
	done
	assert_equal "$(pgrep -P "$NETLABD_PID" -f '^netlabd: http worker')" "$WORKER"
	sed -i 's/"\/%25/"\/%25%25/' "$CONF"
	run -1 "$NETLABD" -t -c "$CONF"
	assert_output --partial "a lab's prefix is at most 512 bytes long"
}

# What is shut, with everything beside it that might open it.
shut() {
	mkdir -p "$WWW/shut/deep" "$WWW/half" "$WWW/errors"
	local name
	for name in shut/index.html shut/a.txt shut/a.txt.gz shut/deep/b.txt \
		shut/.hidden file.txt file.txt.gz half/index.html; do
		printf 'TREASURE\n' >"$WWW/$name"
	done
	printf 'sorry\n' >"$WWW/errors/401.html"
	perl -e 'print "ali:", crypt("sesame", q($2b$04$abcdefghijklmnopqrstuu)), "\n"' \
		>"$DIR/users"
	chmod -R a+rX "$DIR"
	chmod 600 "$DIR/users"
	serve 'listing = true
		error_page "401" { file = "/errors/401.html" }
		location "/shut" { auth_file = "users" }
		location "/shut/deep" { cache_control = "no-cache" }
		location "/file.txt" { auth_file = "users" }
		location "/half/index.html" { auth_file = "users" }
		location "/moved" { redirect = "/shut" }
		location "/lab" { lab = true }'
}

@test "a password cannot be walked around by any spelling, form, method or connection" {
	shut
	run -0 curl -s -u ali:sesame "http://127.0.0.1:$PORT/shut/a.txt"
	assert_output TREASURE
	python3 - "$PORT" <<'PYTHON'
import base64, socket, sys

port = int(sys.argv[1])
paths = """/shut /shut/ /shut/a.txt /shut/a.txt.gz /shut/a.txt.br /shut/deep/
/shut/deep/b.txt /shut/index.html /shut/.hidden /shut/../shut/a.txt
//shut/a.txt ///shut//a.txt /./shut/a.txt /none/../shut/a.txt /shut/./a.txt
/sh%75t/a.txt /%73%68%75%74/a.txt /shut%2fa.txt /shut%2Fa.txt /%2fshut/a.txt
/shut/%2e/a.txt /shut/%2e%2e/shut/a.txt /.%2e/shut/a.txt /shut/a.txt/
/shut/a.txt/. /shut/a.txt%00 /shut/a.txt%20 /shut/a.txt; /shut;/a.txt
/shut\\a.txt /SHUT/a.txt /Shut/a.txt /shut./a.txt /shut/a.txt?x /shut/?format=json
/shut?/../page.txt /shut/%61.txt /shut/a%2etxt /file.txt /file.txt.gz
/file.txt/ /file%2etxt.gz /half/ /half /half/. /half/index.html
/half/index.html.gz /half/?sort=name /moved/a.txt /moved/ /lab/../shut/a.txt
/errors/../shut/a.txt http://a/shut/a.txt http://other:80/shut/a.txt
http://a//shut/a.txt""".split()
extras = [
    "", "Accept-Encoding: gzip, br, zstd\r\n", "Range: bytes=0-3\r\n",
    "Range: bytes=0-0,2-2\r\n", "If-None-Match: *\r\n", 'If-Match: "x"\r\n',
    "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT\r\n",
    "Accept: application/json\r\n", "Authorization:\r\n",
    "Authorization: Basic\r\n", "Authorization: Basic Og==\r\n",
    "Authorization: Basic YWxp\r\n", "Authorization: Basic YWxpOg==\r\n",
    "Authorization: Basic !!!\r\n", "Authorization: Bearer YWxpOnNlc2FtZQ==\r\n",
    "Authorization: Basic YWxpOnNlc2FtZQ==\r\n" * 2,
    "X-Original-URL: /page.txt\r\n", "X-Forwarded-For: 127.0.0.1\r\n",
]
known = "Authorization: Basic %s\r\n" % base64.b64encode(b"ali:sesame").decode()


def ask(data):
    with socket.create_connection(("127.0.0.1", port), timeout=20) as s:
        s.sendall(data.encode())
        s.shutdown(socket.SHUT_WR)
        got = b""
        while piece := s.recv(65536):
            got += piece
    return got


def get(path, extra, method="GET"):
    return f"{method} {path} HTTP/1.1\r\nHost: a\r\n{extra}\r\n"


for path in paths:
    for extra in extras if path in ("/shut/a.txt", "/half/") else extras[:2]:
        got = ask(get(path, extra))
        assert b"TREASURE" not in got and b"\r\n\r\nT" not in got, (path, got)
        code = got[9:12]
        assert code in (b"401", b"404", b"400", b"301"), (path, extra, got)
        assert code != b"301" or b"/shut" not in got or \
            path.startswith("/moved"), (path, got)
    for method in "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "TRACE":
        got = ask(get(path, "", method))
        assert b"ETag" not in got and b"Content-Length: 9" not in got, got
# Who is known on a connection is so for one request.
got = ask(get("/shut/a.txt", known) + get("/shut/a.txt", "")
          + get("/shut/a.txt", known) + get("/shut/", ""))
codes = [part[:3] for part in got.split(b"HTTP/1.1 ")[1:]]
assert codes == [b"200", b"401", b"200", b"401"], codes
# And a body behind a request is no request.
inner = get("/shut/a.txt", known)
got = ask(get("/page.txt", f"Content-Length: {len(inner)}\r\n") + inner)
assert got.count(b"HTTP/1.1") == 1 and b"TREASURE" not in got, got
PYTHON
}
