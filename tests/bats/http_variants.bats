# The forms of a file, .zst, .br and .gz beside it, as curl sees them.
load helper

setup() {
	netlabd_setup
	PORT=$(netlabd_free_port)
	URL=http://127.0.0.1:$PORT
	WWW=$DIR/www
	mkdir -p "$WWW"
	seq 20000 >"$WWW/a.txt"
	gzip -k "$WWW/a.txt"
	printf 'the index\n' >"$WWW/index.html"
	printf 'not really brotli\n' >"$WWW/index.html.br"
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

# status PATH [CURL'S WORDS…]: the status code of a GET.
status() {
	curl -s -o /dev/null -w '%{http_code}' "${@:2}" "$URL$1"
}

# field NAME PATH [CURL'S WORDS…]: the value of a field of the answer to GET.
field() {
	curl -s -o /dev/null -D - "${@:3}" "$URL$2" |
		sed -nE "s/^$1: (.*)\r/\1/Ip"
}

@test "HTTP 46, RFC 9110 §12.5.3: the form that the client takes, told by its fields" {
	serve
	run -0 cmp <(curl -s --compressed "$URL/a.txt") "$WWW/a.txt"
	run -0 cmp <(curl -s "$URL/a.txt") "$WWW/a.txt"
	run -0 cmp <(curl -s -H 'Accept-Encoding: gzip' "$URL/a.txt") "$WWW/a.txt.gz"
	run -0 curl -sI -H 'Accept-Encoding: br;q=0.5, gzip' "$URL/a.txt"
	assert_line $'Content-Encoding: gzip\r'
	assert_line $'Vary: Accept-Encoding\r'
	assert_line $'Content-Type: text/plain; charset=utf-8\r'
	assert_line "Content-Length: $(stat -c %s "$WWW/a.txt.gz")"$'\r'
	run -0 curl -sI "$URL/a.txt"
	refute_output --partial Content-Encoding
	assert_line $'Vary: Accept-Encoding\r'
	run -0 curl -s -H 'Accept-Encoding: gzip, br' "$URL/"
	assert_output 'not really brotli'
	run -0 curl -s -H 'Accept-Encoding: gzip, br;q=0' "$URL/"
	assert_output 'the index'
	run -0 curl -s -H 'Accept-Encoding: *' "$URL/"
	assert_output 'not really brotli'
}

@test "HTTP 40, RFC 9110 §8.8.3: each form has a tag of its own" {
	touch -d '2020-01-01 UTC' "$WWW"/*
	serve
	local plain zipped
	plain=$(field ETag /a.txt)
	zipped=$(field ETag /a.txt -H 'Accept-Encoding: gzip')
	[[ $plain == \"* && $zipped == \"* && $plain != "$zipped" ]]
	assert_equal "$(status /a.txt -H "If-None-Match: $plain")" 304
	assert_equal "$(status /a.txt -H "If-None-Match: $zipped")" 200
	assert_equal "$(status /a.txt -H "If-None-Match: $zipped" -H 'Accept-Encoding: gzip')" 304
	assert_equal "$(field Vary /a.txt -H "If-None-Match: $plain")" Accept-Encoding
}

@test "HTTP 62, RFC 9110 §14: ranges address the bytes of the form" {
	serve
	run -0 cmp <(curl -s -r 100-199 -H 'Accept-Encoding: gzip' "$URL/a.txt") \
		<(tail -c +101 "$WWW/a.txt.gz" | head -c 100)
	run -0 curl -s -o /dev/null -D - -r -5 -H 'Accept-Encoding: gzip' "$URL/a.txt"
	assert_line --regexp "^Content-Range: bytes [0-9]+-[0-9]+/$(stat -c %s "$WWW/a.txt.gz")"
	assert_line $'Content-Encoding: gzip\r'
	assert_line $'Vary: Accept-Encoding\r'
	run -0 cmp <(curl -s -r 100-199 "$URL/a.txt") \
		<(tail -c +101 "$WWW/a.txt" | head -c 100)
}

@test "HTTP 46, RFC 9110 §15.5.7: 406 where identity is refused and nothing else is there" {
	serve
	assert_equal "$(status / -H 'Accept-Encoding: gzip, identity;q=0')" 406
	assert_equal "$(status / -H 'Accept-Encoding: br, identity;q=0')" 200
	assert_equal "$(status / -H 'Accept-Encoding: *;q=0')" 406
	assert_equal "$(status /none -H 'Accept-Encoding: *;q=0')" 404
}

@test "a form itself is a file as it is" {
	serve
	run -0 curl -sI -H 'Accept-Encoding: gzip' "$URL/a.txt.gz"
	assert_line $'Content-Type: application/gzip\r'
	refute_output --partial Content-Encoding
	refute_output --partial Vary
}

@test "a form that comes, falls behind, or goes is seen at once" {
	serve
	local i
	for i in $(seq 6); do
		assert_equal "$(field Content-Encoding /a.txt -H 'Accept-Encoding: gzip')" gzip
		echo "text $i" >"$WWW/a.txt"
		assert_equal "$(curl -s -H 'Accept-Encoding: gzip' "$URL/a.txt")" "text $i"
		gzip -kf "$WWW/a.txt"
		assert_equal "$(curl -s --compressed "$URL/a.txt")" "text $i"
		assert_equal "$(curl -s -H 'Accept-Encoding: gzip' "$URL/a.txt" | gunzip)" "text $i"
	done
	rm "$WWW/a.txt.gz"
	assert_equal "$(field Content-Encoding /a.txt -H 'Accept-Encoding: gzip')" ''
	assert_equal "$(field Vary /a.txt)" ''
}

# brotli(1) copies a file's time without the parts of a second, and so do some archives.
@test "a form whose time is of whole seconds is not behind a file of that second" {
	touch -d '2020-01-01 12:00:00.7 UTC' "$WWW/index.html"
	touch -d '2020-01-01 12:00:00 UTC' "$WWW/index.html.br"
	serve
	assert_equal "$(field Content-Encoding / -H 'Accept-Encoding: br')" br
	touch -d '2020-01-01 12:00:00.6 UTC' "$WWW/index.html.br"
	assert_equal "$(field Content-Encoding / -H 'Accept-Encoding: br')" ''
	touch -d '2020-01-01 11:59:59 UTC' "$WWW/index.html.br"
	assert_equal "$(field Content-Encoding / -H 'Accept-Encoding: br')" ''
}

@test "precompressed = false: files as they are, and nothing varies" {
	serve 'precompressed = false'
	run -0 curl -sI -H 'Accept-Encoding: gzip' "$URL/a.txt"
	refute_output --partial Content-Encoding
	refute_output --partial Vary
}
