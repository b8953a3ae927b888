# Passwords before a location: RFC 7617, by real clients and real hashes.
load helper

setup() {
	netlabd_setup
	PORT=$(netlabd_free_port)
	URL=http://127.0.0.1:$PORT
	mkdir -p "$DIR/www/shut/deep" "$DIR/www/errors"
	echo open >"$DIR/www/index.html"
	echo secret >"$DIR/www/shut/index.html"
	echo deeper >"$DIR/www/shut/deep/a.txt"
	echo 'who are you' >"$DIR/www/errors/401.txt"
	# "open sesame" by bcrypt, SHA-512 and yescrypt.
	cat >"$DIR/users" <<-'USERS'
		Aladdin:BCRYPT
		sindbad:SHA512
	USERS
	sed -i "s|BCRYPT|$(hash_of '$2b$04$abcdefghijklmnopqrstuu')|
		s|SHA512|$(hash_of '$6$abcdefgh')|" "$DIR/users"
	chmod -R a+rX "$DIR"
}

# The hash of "open sesame" by crypt's SETTING.
hash_of() {
	perl -e 'print crypt("open sesame", $ARGV[0])' "$1"
}

# Starts a server with the further lines of the http section given.
serve() {
	netlabd_config <<-CONFIG
		$(netlabd_user)
		http {
		    listen = { "127.0.0.1:$PORT" }
		    workers = 1
		    root = "www"
		    location "/shut" {
		        auth_file = "users"
		        auth_realm = "The cave"
		    }
		    $*
		}
	CONFIG
	netlabd_start
}

# status PATH [CURL'S WORDS…]
status() {
	curl -s -o /dev/null -w '%{http_code}' "${@:2}" "$URL$1"
}

@test "a location with users asks who it is, before it says what is there" {
	serve
	assert_equal "$(status /)" 200
	run -0 curl -si "$URL/shut/"
	assert_line --index 0 $'HTTP/1.1 401 Unauthorized\r'
	assert_line $'WWW-Authenticate: Basic realm="The cave", charset="UTF-8"\r'
	refute_output --partial secret
	for path in /shut /shut/none /shut/deep /shut/deep/a.txt /shut/.hidden \
		/%73hut/ //shut/ /x/../shut/; do
		assert_equal "$(status "$path" --path-as-is)" 401
		assert_equal "$(status "$path" --path-as-is -I)" 401
	done
	assert_equal "$(status /shuttle)" 404
	assert_equal "$(status /shut/ -H 'If-None-Match: *')" 401
}

@test "who is right is let in, by each kind of hash" {
	serve
	run -0 curl -s -u 'Aladdin:open sesame' "$URL/shut/"
	assert_output secret
	run -0 curl -s -u 'sindbad:open sesame' "$URL/shut/deep/a.txt"
	assert_output deeper
	assert_equal "$(status /shut/none -u 'sindbad:open sesame')" 404
	assert_equal "$(status /shut -u 'sindbad:open sesame')" 301
	run -0 curl -s --anyauth -u 'Aladdin:open sesame' "$URL/shut/"
	assert_output secret
}

@test "who is not is not" {
	serve
	local user
	for user in 'Aladdin:open' 'Aladdin:open sesame ' 'aladdin:open sesame' \
		'Aladdin:' ':open sesame' 'nobody:open sesame' \
		'sindbad:Open sesame' 'Aladdin:open:sesame'; do
		assert_equal "$(status /shut/ -u "$user")" 401
	done
	assert_equal "$(status /shut/ -H 'Authorization: Basic !')" 401
	assert_equal "$(status /shut/ -H 'Authorization: Digest x')" 401
	assert_equal "$(status /shut/ -H 'Authorization: Basic QTpi' \
		-u 'Aladdin:open sesame' -H 'Authorization: Basic QTpi')" 401
}

@test "guessing neither gets in nor keeps others out" {
	# A dear hash: some 60 ms each.
	sed -i "s|^Aladdin:.*|Aladdin:$(hash_of '$2b$10$abcdefghijklmnopqrstuu')|" \
		"$DIR/users"
	serve
	assert_equal "$(status /shut/ -u 'Aladdin:open sesame')" 200
	run -0 python3 - "$PORT" <<'PYTHON'
import base64, http.client, sys

connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), 60)


def get(path, pair):
    value = "Basic " + base64.b64encode(pair.encode()).decode()
    connection.request("GET", path, headers={"Authorization": value})
    answer = connection.getresponse()
    answer.read()
    if answer.status == 503:
        assert answer.getheader("Retry-After") == "1", answer.getheaders()
    return answer.status


seen = [get("/shut/", f"Aladdin:{i}") for i in range(300)]
assert set(seen) == {401, 503}, set(seen)
# The budget is spent: most are not even computed.
assert seen.count(401) < 150, seen.count(401)
# Who has come before, and who asks for something else, notices nothing.
assert get("/shut/", "Aladdin:open sesame") == 200
assert get("/", "x:y") == 200
PYTHON
}

@test "the page for 401 may be the site's own, and still asks" {
	serve 'error_page "401" { file = "/errors/401.txt" }'
	run -0 curl -si "$URL/shut/"
	assert_line --index 0 $'HTTP/1.1 401 Unauthorized\r'
	assert_line $'WWW-Authenticate: Basic realm="The cave", charset="UTF-8"\r'
	assert_line $'Content-Type: text/plain; charset=utf-8\r'
	assert_line 'who are you'
}

@test "a password that is changed is asked for from the reload on" {
	serve
	assert_equal "$(status /shut/ -u 'Aladdin:open sesame')" 200
	sed -i "s|^Aladdin:|Ali:|" "$DIR/users"
	kill -HUP "$NETLABD_PID"
	is_changed() {
		[ "$(status /shut/ -u 'Aladdin:open sesame')" = 401 ] &&
			[ "$(status /shut/ -u 'Ali:open sesame')" = 200 ]
	}
	netlabd_wait_for is_changed
}
