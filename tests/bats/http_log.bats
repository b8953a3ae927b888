# The access log: what is in it, when it is there, and what a rotation does.
load helper

setup() {
	netlabd_setup
	PORT=$(netlabd_free_port)
	URL=http://127.0.0.1:$PORT
	ACCESS=$DIR/logs/access.log
	mkdir "$DIR/www" "$DIR/logs"
	chmod 777 "$DIR/logs"
	printf 'the index\n' >"$DIR/www/index.html"
	head -c 50000 /dev/zero >"$DIR/www/large"
}

# Starts a server with the further lines of the http section given.
serve() {
	netlabd_config <<-CONFIG
		$(netlabd_user)
		http {
		    listen = { "127.0.0.1:$PORT", "[::1]:$PORT" }
		    workers = 2
		    root = "www"
		    $(printf '%s\n' "$@")
		}
	CONFIG
	netlabd_start
}

# raw BYTES…: sends each (with \r, \n, \xNN) on a connection of its own, all at
# once, and waits for the end of what comes back.
raw() {
	python3 - "$PORT" "$@" <<'PYTHON'
import socket, sys

peers = []
for text in sys.argv[2:]:
    data = text.encode("latin-1").decode("unicode_escape").encode("latin-1")
    peers.append(socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=20))
    peers[-1].sendall(data)
for peer in peers:
    while peer.recv(65536):
        pass
PYTHON
}

# has_lines COUNT [FILE…]: so many lines have been written.
has_lines() {
	[ "$(cat "${@:2}" /dev/null 2>/dev/null | wc -l)" -ge "$1" ]
}

# Waits for COUNT lines of $ACCESS and puts all that is there into $output.
log_lines() {
	netlabd_wait_for has_lines "$1" "$ACCESS"
	run -0 cat "$ACCESS"
	assert_equal "${#lines[@]}" "$1"
}

@test "the combined format: every request that ends is a line, within moments" {
	serve "access_log = \"$ACCESS\""
	curl -s -o /dev/null -A 'agent "x"' -e 'http://from/' "$URL/?a=b"
	curl -s -o /dev/null -A c -I "$URL/"
	curl -s -o /dev/null -A c -r 0-9 "$URL/large"
	curl -s -o /dev/null -A c "$URL/large"
	curl -s -o /dev/null -A c -g "http://[::1]:$PORT/none"
	curl -s -o /dev/null -A c -d data "$URL/"
	log_lines 6
	local at='\[[0-9]{2}/[A-Z][a-z]{2}/20[0-9]{2}:[0-9:]{8} \+0000\]'
	assert_line --regexp "^127\.0\.0\.1 - - $at \"GET /\?a=b HTTP/1\.1\" 200 10 \"http://from/\" \"agent \\\\x22x\\\\x22\"$"
	assert_line --regexp "^127\.0\.0\.1 - - $at \"HEAD / HTTP/1\.1\" 200 0 \"-\" \"c\"$"
	assert_line --regexp " \"GET /large HTTP/1\.1\" 206 10 \"-\" \"c\"$"
	assert_line --regexp " \"GET /large HTTP/1\.1\" 200 50000 \"-\" \"c\"$"
	assert_line --regexp "^::1 - - $at \"GET /none HTTP/1\.1\" 404 [0-9]+ \"-\" \"c\"$"
	assert_line --regexp " \"POST / HTTP/1\.1\" 405 [0-9]+ \"-\" \"c\"$"
}

@test "what is refused is logged as it came, what asks nothing is not" {
	serve "access_log = \"$ACCESS\"" 'header_timeout = 1' 'idle_timeout = 1'
	raw 'GET /\xff"\\ HTTP/1.1\r\nHost: a\r\n\r\n' \
		'\x16\x03\x01 \x00\x1b[31m\n' \
		'GET / HTTP/1.1\r\nHost: a\r\nHo' \
		'' '\r\n' \
		'GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /second HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nGET /third HTTP/1.1\r\n'
	netlabd_stop
	log_lines 5
	assert_output --partial '"GET /\xFF\x22\x5C HTTP/1.1" 400 '
	assert_output --partial '"\x16\x03\x01 \x00\x1B[31m" 400 '
	assert_output --partial '"GET / HTTP/1.1" 408 '
	assert_output --partial '"GET / HTTP/1.1" 200 '
	assert_output --partial '"GET /second HTTP/1.1" 404 '
	refute_output --partial third
}

@test "the JSON format: one valid object a line, whatever is asked" {
	serve "access_log = \"$ACCESS\"" 'access_log_format = "json"' \
		"site \"blog\" { hostnames = { \"blog.test\" } root = \"www\" }"
	curl -s -o /dev/null -A 'agent "x"' -e 'http://from/' "$URL/?a=b"
	curl -s -o /dev/null -A c -H 'Host: blog.test:80' "$URL/large"
	raw 'GET /\xff"\\ HTTP/1.1\r\nHost: a\r\n\r\n' '\x00\x01"\\{}\x7f\xc3\xa9\xc3\n' \
		'GET / HTTP/1.0\r\nUser-Agent: "\\\t\xff\xe2\x82\xac\xf0\x9f\x98\x80\xed\xa0\x80\r\n\r\n'
	netlabd_stop
	log_lines 5
	python3 - "$ACCESS" <<'PYTHON'
import json, re, sys

lines = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
for line in lines:
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line.pop("time"))
    assert line.pop("remote") == "127.0.0.1"


def one(**wanted):
    found = [line for line in lines if all(line.get(k) == v for k, v in wanted.items())]
    assert len(found) == 1, (wanted, lines)
    return found[0]


line = one(target="/?a=b")
host = line.pop("host")
assert re.fullmatch(r"127\.0\.0\.1:\d+", host)
assert line == dict(method="GET", target="/?a=b", protocol="HTTP/1.1", status=200,
                    bytes=10, referer="http://from/", user_agent='agent "x"'), line
line = one(target="/large")
assert line == dict(method="GET", target="/large", protocol="HTTP/1.1", status=200,
                    host="blog.test:80", site="blog", bytes=50000, user_agent="c"), line
line = one(line='GET /\ufffd"\\ HTTP/1.1')
assert line["status"] == 400
line = one(line='\x00\x01"\\{}\x7f\u00e9\ufffd')
assert line["status"] == 400
line = one(target="/", protocol="HTTP/1.0")
assert line["user_agent"] == '"\\\t\ufffd\u20ac\U0001f600\ufffd\ufffd\ufffd', line
PYTHON
}

@test "who has logged in is named, and nobody else" {
	mkdir "$DIR/www/shut"
	printf 'secret\n' >"$DIR/www/shut/a"
	perl -e 'print "Aladdin:", crypt("open sesame", q($6$rounds=1000$salt)), "\n"' >"$DIR/users"
	chmod 600 "$DIR/users"
	serve "access_log = \"$ACCESS\"" "location \"/shut\" { auth_file = \"$DIR/users\" }"
	curl -s -o /dev/null -A c "$URL/shut/a"
	curl -s -o /dev/null -A c -u 'Aladdin:wrong' "$URL/shut/a?2"
	curl -s -o /dev/null -A c -u 'Aladdin:open sesame' "$URL/shut/a?3"
	curl -s -o /dev/null -A c -u 'Aladdin:open sesame' "$URL/shut/none?4"
	curl -s -o /dev/null -A c -u 'Aladdin:open sesame' "$URL/?5"
	netlabd_stop
	log_lines 5
	assert_line --regexp '^127\.0\.0\.1 - - .* "GET /shut/a HTTP/1\.1" 401 '
	assert_line --regexp '^127\.0\.0\.1 - - .* "GET /shut/a\?2 HTTP/1\.1" 401 '
	assert_line --regexp '^127\.0\.0\.1 - Aladdin .* "GET /shut/a\?3 HTTP/1\.1" 200 7 '
	assert_line --regexp '^127\.0\.0\.1 - Aladdin .* "GET /shut/none\?4 HTTP/1\.1" 404 '
	assert_line --regexp '^127\.0\.0\.1 - - .* "GET /\?5 HTTP/1\.1" 200 10 '
}

@test "a lab location's answers are logged with the status that was asked for" {
	serve "access_log = \"$ACCESS\"" 'location "/lab" { lab = true }'
	curl -s -o /dev/null -A c "$URL/lab/status/418"
	curl -s -o /dev/null -A c "$URL/lab/bytes/300000"
	curl -s -o /dev/null -A c -X PUT -d abc "$URL/lab/anything"
	curl -s -o /dev/null -A c -r 0-9,200-209 "$URL/large"
	netlabd_stop
	log_lines 4
	assert_line --regexp '"GET /lab/status/418 HTTP/1\.1" 418 '
	assert_line --partial '"GET /lab/bytes/300000 HTTP/1.1" 200 300000 '
	assert_line --partial '"PUT /lab/anything HTTP/1.1" 200 '
	assert_line --regexp '"GET /large HTTP/1\.1" 206 [0-9]{3} '
}

@test "a line to the daemon's own log" {
	serve 'access_log = "syslog"'
	curl -s -o /dev/null -A c "$URL/"
	netlabd_wait_log '^netlabd\[[0-9]+\]: 127\.0\.0\.1 - - .* "GET / HTTP/1\.1" 200 10 "-" "c"$'
}

@test "no log: nothing is written, and a stop writes what was gathered" {
	serve
	curl -s -o /dev/null "$URL/"
	netlabd_stop
	run -1 grep -a 'GET /' "$LOG"
	run -0 find "$DIR/logs" -type f
	assert_output ''

	serve "access_log = \"$ACCESS\""
	curl -s -o /dev/null "$URL/"
	netlabd_stop
	log_lines 1
}

@test "the file is made for the daemon's user alone, and what is in it stays" {
	serve "access_log = \"$ACCESS\""
	assert_equal "$(stat -c %a "$ACCESS")" 640
	[ "$EUID" -ne 0 ] || assert_equal "$(stat -c %U "$ACCESS")" nobody
	curl -s -o /dev/null "$URL/first"
	netlabd_stop
	serve "access_log = \"$ACCESS\""
	curl -s -o /dev/null "$URL/second"
	netlabd_stop
	log_lines 2
	assert_line --index 0 --partial /first
	assert_line --index 1 --partial /second
}

# As logrotate does it: the file gets another name, then the daemon a HUP.
@test "rotated under load: no line is lost, none is there twice" {
	serve "access_log = \"$ACCESS\"" "idle_timeout = 5"
	python3 - "$PORT" "$DIR/stop" "$DIR/asked" 3>&- <<'PYTHON' &
import http.client, os, sys, threading

port, stop, asked = int(sys.argv[1]), sys.argv[2], sys.argv[3]
counts = [0] * 4


def ask(client):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    while not os.path.exists(stop):
        connection.request("GET", f"/?{client}.{counts[client]}.")
        response = connection.getresponse()
        assert response.status == 200
        response.read()
        counts[client] += 1
        if counts[client] == 10:
            open(f"{asked}.{client}", "w").close()


threads = [threading.Thread(target=ask, args=(i,)) for i in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
with open(asked, "w") as out:
    print(*counts, file=out)
PYTHON
	local client=$! i
	netlabd_keep "$client"
	netlabd_wait_for test -e "$DIR/asked.0"
	has_ten() {
		[ "$(wc -l <"$ACCESS")" -ge 10 ]
	}
	for i in 1 2 3 4; do
		netlabd_wait_for has_ten
		mv "$ACCESS" "$ACCESS.$i"
		kill -HUP "$NETLABD_PID"
		netlabd_wait_log "reloaded: generation $((i + 1))\$"
		[ -e "$ACCESS" ]
	done
	touch "$DIR/stop"
	wait "$client"
	netlabd_stop
	python3 - "$DIR/asked" "$ACCESS"* <<'PYTHON'
import re, sys

asked = [int(count) for count in open(sys.argv[1]).read().split()]
wanted = {f"{client}.{i}" for client, count in enumerate(asked) for i in range(count)}
assert len(wanted) > 20, asked
found = []
for path in sys.argv[2:]:
    before = len(found)
    for line in open(path, encoding="ascii"):
        match = re.fullmatch(r'127\.0\.0\.1 - - \[[^]]*\] "GET /\?([0-9]+\.[0-9]+)\. HTTP/1\.1" '
                             r'200 10 "-" "[^"]*"\n', line)
        assert match, (path, line)
        found.append(match[1])
    print(path, len(found) - before)
assert len(found) == len(set(found)), "a line is there twice"
assert set(found) == wanted, (len(found), len(wanted), sorted(wanted - set(found))[:5])
PYTHON
}
