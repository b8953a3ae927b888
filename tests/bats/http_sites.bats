# Sites by host name, locations by path, and what is told of a configuration
# that cannot be meant.
load helper

setup() {
	netlabd_setup
	PORT=$(netlabd_free_port)
	URL=http://127.0.0.1:$PORT
	local site
	for site in own a b; do
		mkdir -p "$DIR/$site/docs/in"
		echo "$site" >"$DIR/$site/index.html"
		echo "$site docs" >"$DIR/$site/docs/index.html"
		echo "$site in" >"$DIR/$site/docs/in/x.txt"
	done
	chmod -R a+rX "$DIR"
}

# Starts a server with these lines in its http section.
serve() {
	configure "$@"
	netlabd_start
}

configure() {
	netlabd_config <<-CONFIG
		$(netlabd_user)
		http {
		    listen = { "127.0.0.1:$PORT" }
		    workers = 1
		    $*
		}
	CONFIG
}

# get HOST PATH: the body.
get() {
	curl -s -H "Host: $1" --path-as-is "$URL$2"
}

# head PATH: the head of a GET, without CRs.
head_of() {
	curl -si -o /dev/null -D - --path-as-is "$URL$1" | tr -d '\r'
}

SITES='root = "own"
	site "a" { root = "a" hostnames = { "A.test", "www.a.test", "10.1.2.3" } }
	site "b.test" { root = "b" }'

@test "HTTP 10, RFC 9110 §7.2: Host says which site, whatever its case, port and dot" {
	serve "$SITES"
	assert_equal "$(get a.test /)" a
	assert_equal "$(get WWW.A.TEST:8080 /)" a
	assert_equal "$(get a.test. /docs/)" 'a docs'
	assert_equal "$(get 10.1.2.3:80 /)" a
	assert_equal "$(get b.test /)" b
}

@test "HTTP 10, RFC 9112 §3.2: other names, and none, lead to the default site" {
	serve "$SITES"
	assert_equal "$(get other.test /)" own
	assert_equal "$(get aa.test /)" own
	assert_equal "$(get "127.0.0.1:$PORT" /)" own
	run -0 curl -s --http1.0 -H 'Host:' "$URL/"
	assert_output own
}

@test "HTTP 11, RFC 9112 §3.2.2: the authority of an absolute target counts before Host" {
	serve "$SITES"
	run -0 curl -s --request-target http://b.test/docs/in/x.txt -H 'Host: a.test' "$URL"
	assert_output 'b in'
	run -0 curl -s --request-target http://elsewhere.test/ -H 'Host: a.test' "$URL"
	assert_output own
}

@test "without a root of the section the first site is the default" {
	serve 'site "b.test" { root = "b" }
	site "a.test" { root = "a" }'
	assert_equal "$(get other /)" b
	assert_equal "$(get a.test /)" a
}

@test "one connection asks several sites" {
	serve "$SITES"
	run -0 curl -s -H 'Host: a.test' "$URL/" --next -s -H 'Host: b.test' "$URL/" \
		--next -s "$URL/"
	assert_output $'a\nb\nown'
}

@test "locations add their headers, the inner ones to the outer ones" {
	serve 'root = "own"
	location "/" { headers = { "X-Frame-Options: DENY", "X-Level: 1" } }
	location "/docs" { headers = { "x-level: 2" } cache_control = "no-cache" }'
	run -0 head_of /
	assert_line 'X-Frame-Options: DENY'
	assert_line 'X-Level: 1'
	refute_line --partial 'Cache-Control'
	run -0 head_of /docs/in/x.txt
	assert_line 'X-Frame-Options: DENY'
	refute_line 'X-Level: 1'
	assert_line 'x-level: 2'
	assert_line 'Cache-Control: no-cache'
}

@test "HTTP 54, RFC 9110 §15.4.5: 304 and 206 bear a location's headers too" {
	touch -d '2020-01-01 UTC' "$DIR/own/index.html"
	serve 'root = "own" location "/" { cache_control = "max-age=60" }'
	run -0 curl -si -H 'If-Modified-Since: Wed, 01 Jan 2020 00:00:00 GMT' "$URL/"
	assert_line --index 0 --partial '304'
	assert_line --partial 'Cache-Control: max-age=60'
	run -0 curl -si -r 0-0 "$URL/"
	assert_line --index 0 --partial '206'
	assert_line --partial 'Cache-Control: max-age=60'
}

@test "a location with headers of two kilobytes serves files of every size" {
	local size
	for size in 0 1 16384 16385; do
		head -c "$size" /dev/urandom >"$DIR/own/f$size"
	done
	serve 'root = "own" location "/" { headers = { "X-Long: '"$(printf 'v%.0s' {1..2036})"'" } }'
	for size in 0 1 16384 16385; do
		run -0 cmp <(curl -s "$URL/f$size") "$DIR/own/f$size"
		run -0 cmp <(curl -s "$URL/f$size") "$DIR/own/f$size"
	done
}

@test "HTTP 48, RFC 9110 §10.2.2: a redirect keeps the rest of the path and the query" {
	serve 'root = "own"
	location "/old" { redirect = "/docs" }
	location "/slash" { redirect = "/" redirect_status = 302 }
	location "/away" { redirect = "https://other.test" redirect_status = 308 }
	location "/there" { redirect = "https://other.test/x/" redirect_status = 307 }'
	location() {
		head_of "$1" | sed -nE 's,^HTTP/1.1 ([0-9]+).*,\1,p; s,^Location: ,,p' | paste -sd' '
	}
	assert_equal "$(location '/old')" '301 /docs'
	assert_equal "$(location '/old/')" '301 /docs/'
	assert_equal "$(location '/old/in/x.txt?a=b&c')" '301 /docs/in/x.txt?a=b&c'
	assert_equal "$(location '/slash//evil.test/x')" '302 /evil.test/x'
	assert_equal "$(location '/away/a%20b')" '308 https://other.test/a%20b'
	assert_equal "$(location '/away?q')" '308 https://other.test?q'
	assert_equal "$(location '/there/y')" '307 https://other.test/x/y'
	assert_equal "$(location '/oldest')" '404'
	assert_equal "$(location '/away/%0d%0aX:y')" '308 https://other.test/%0D%0AX:y'
	run -0 curl -sL "$URL/old/in/x.txt"
	assert_output 'own in'
}

@test "HTTP 44, RFC 9110 §10.2.4: Server can be left out, on errors as well" {
	serve 'root = "own" server_header = false'
	run -0 head_of /
	refute_line --partial 'Server:'
	run -0 head_of /none
	refute_line --partial 'Server:'
	netlabd_stop
	serve 'root = "own"'
	run -0 head_of /none
	assert_line 'Server: netlabd'
}

@test "HTTP 43, RFC 9110 §8.3: types are the file's, then the built-in ones; nosniff is an option" {
	printf 'text/x-own own\napplication/x-c c\n' >"$DIR/types"
	touch "$DIR/own/a.own" "$DIR/own/a.c" "$DIR/own/a.css"
	serve 'root = "own" nosniff = true mime_types = "types"'
	run -0 head_of /a.own
	assert_line 'Content-Type: text/x-own; charset=utf-8'
	assert_line 'X-Content-Type-Options: nosniff'
	run -0 head_of /a.c
	assert_line 'Content-Type: application/x-c'
	run -0 head_of /a.css
	assert_line 'Content-Type: text/css; charset=utf-8'
	run -0 head_of /none
	assert_line 'X-Content-Type-Options: nosniff'
}

@test "HTTP 33, RFC 9112 §9.5: deadlines are as configured" {
	serve 'root = "own" header_timeout = 1 idle_timeout = 1'
	run -0 python3 - "$PORT" <<-'PYTHON'
		import socket, sys

		def ask(data):
		    with socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=20) as s:
		        s.sendall(data)
		        got = b""
		        while piece := s.recv(65536):
		            got += piece
		        return got

		print(ask(b"GET / HTTP/1.1\r\nHo").split(b"\r\n")[0].decode())
		print(ask(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").count(b"HTTP/1.1"))
	PYTHON
	assert_line --index 0 'HTTP/1.1 408 Request Timeout'
	assert_line --index 1 1
}

@test "a reload changes sites, and one with a mistake changes nothing" {
	serve "$SITES"
	assert_equal "$(get b.test /)" b
	configure 'root = "own" site "b.test" { root = "a" }'
	kill -HUP "$NETLABD_PID"
	is_new() {
		[ "$(get b.test /)" = a ]
	}
	netlabd_wait_for is_new
	assert_equal "$(get www.a.test /)" own
	configure 'root = "own"
	site "b.test" { root = "none" }'
	kill -HUP "$NETLABD_PID"
	netlabd_wait_log 'none: no such folder'
	assert_equal "$(get b.test /)" a
}

@test "mistakes are told with their line, all of them, and nothing starts" {
	printf 'alice:$apr1$xyz$abcdefghijklmnopqrstuv\n' >"$DIR/pw"
	netlabd_config <<-CONFIG
		$(netlabd_user)
		http { listen = { "127.0.0.1:$PORT" }
		root = "own"
		location "/a/../b" { }
		location "/x" { headers = { "Content-Length: 5" } }
		location "/y" { auth_file = "pw" }
		location "/z" { redirect = "/z/z" }
		site "a" { root = "a" hostnames = { "a.test" }
		  location "/" { lab = true
		    listen = { "x" } } }
		site "b" { hostnames = { "A.TEST" } }
		}
	CONFIG
	run -1 "$NETLABD" -t -c "$CONF"
	local first
	first=$(grep -n '^http' "$CONF" | cut -d: -f1)
	assert_output --partial "netlabd.conf:$((first + 2)): location \"/a/../b\""
	assert_output --partial "netlabd.conf:$((first + 3)): \"Content-Length: 5\""
	assert_output --partial "pw:1: this kind of hash"
	assert_output --partial "netlabd.conf:$((first + 5)): \"/z/z\""
	assert_output --partial "netlabd.conf:$((first + 8)): unknown key 'listen' in section location"
	assert_output --partial "netlabd.conf:$((first + 9)): \"A.TEST\" leads to a site already, on line $((first + 6))"
	assert_output --partial "netlabd.conf:$((first + 9)): site b needs a root"
}

@test "64 sites are served, each from its own folder" {
	local i sites='root = "own"'
	for i in {1..63}; do
		mkdir "$DIR/s$i"
		echo "$i" >"$DIR/s$i/index.html"
		sites+=" site \"s$i.test\" { root = \"s$i\" }"
	done
	chmod -R a+rX "$DIR"
	serve "$sites" 'access_log = "log.txt"'
	for i in 1 32 63; do
		assert_equal "$(get "s$i.test" /)" "$i"
	done
}

@test "every key of the http section stands in its manual, and no other does" {
	run -0 bash -c "sed -n '/^cfg_opt_t/,/CFG_END/p' $TOP/daemon/services/http/http_load*.c |
		grep -oE 'CFG_[A-Z_]+\\(\"[a-z_]+' | cut -d'\"' -f2 | sort -u"
	local keys=$output
	run -0 bash -c "sed -n '/^.Sh SECTION http/,/^.Sh SECTION dns/p' $TOP/daemon/netlabd.conf.5 |
		sed -nE 's/^.It Ic ([a-z_]+).*/\\1/p' | grep -vE '^(listen|proxy_listen|proxy_from)$' | sort -u"
	assert_output "$(grep -vx file <<<"$keys")"
}

@test "the manual's examples are a configuration without mistakes" {
	mkdir -p "$DIR/errors" "$DIR/zones"
	echo page >"$DIR/own/404.html"
	printf 'alice:$5$salt$%s\n' "$(printf '%043d' 0)" >"$DIR/staff.htpasswd"
	cp "$TOP/zones/netlab.test.zone" "$DIR/zones/"
	sed 's/netlab\.test/corp.test/' "$TOP/zones/netlab.test.zone" >"$DIR/corp"
	echo secret >"$DIR/broker.password"
	chmod o= "$DIR"/{staff.htpasswd,broker.password}
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
		-subj /CN=lab -keyout "$DIR/lab-key.pem" -out "$DIR/lab-ca.pem"
	{
		netlabd_user
		# The last is the broker's own.
		sed -n '/^.Sh EXAMPLES/,$p' "$TOP/daemon/netlabd.conf.5" |
			sed -n '/^.Bd -literal/,/^.Ed/p' |
			sed '/^listener /,$d; /^\.[BE]d/d' |
			sed -e '/^user /d; /^pidfile /d' \
				-e "s,/usr/share/netlabd/www,$DIR/own,; s,/srv/wiki,$DIR/a,; s,/srv/dns/,$DIR/," \
				-e "s,/errors/404.html,/404.html,; s,/var/log/netlabd,$DIR," \
				-e "s,/etc/netlabd/,$DIR/,"
	} | netlabd_config
	run -0 "$NETLABD" -t -c "$CONF"
	assert_output "$CONF: ok"
}
