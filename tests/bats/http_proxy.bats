# The PROXY protocol at the web server's door: bytes on a socket, as a proxy of
# one's own would send them. tests/peers/haproxy.bats has a real one.
load helper

# serve WORDS…: a server with a plain and a proxied address, and further lines
# of its http section.
serve() {
	PORT=$(netlabd_free_port)
	PLAIN=$(netlabd_free_port)
	mkdir -p "$DIR/www"
	printf 'the index\n' >"$DIR/www/index.html"
	chmod -R a+rX "$DIR"
	netlabd_config <<-CONFIG
		$(netlabd_user)
		http {
		    listen = { "127.0.0.1:$PLAIN" }
		    proxy_listen = { "127.0.0.1:$PORT", "[::1]:$PORT" }
		    workers = 1
		    root = "www"
		    $*
		}
	CONFIG
	netlabd_start
}

# Python with what the tests share; the test's own lines come on standard input.
python() {
	local head
	head=$(cat <<-'PYTHON'
		import socket, sys, time
		port, plain = map(int, sys.argv[1:3])
		GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
		V2 = b"\r\n\r\n\0\r\nQUIT\n"

		def connect(to=port, host="127.0.0.1", source=None):
		    s = socket.create_connection((host, to), 20, source)
		    s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
		    return s

		def status(s):
		    """The status of the one answer that comes; 0: the end does."""
		    got = b""
		    try:
		        while b"the index\n" not in got:
		            more = s.recv(65536)
		            if not more:
		                break
		            got += more
		    except ConnectionResetError:
		        pass
		    return int(got[9:12]) if got else 0

		def ask(header, to=port):
		    s = connect(to)
		    s.sendall(header + GET)
		    return s, status(s)

		def v1(client, family="TCP4", server="192.0.2.9"):
		    return f"PROXY {family} {client} {server} 5000 80\r\n".encode()

		def v2(client):
		    return (V2 + b"\x21\x11\0\x0c" + socket.inet_aton(client) +
		            bytes([192, 0, 2, 9]) + b"\x13\x88\0\x50")
	PYTHON
	)
	python3 -c "$head
$(cat)" "$PORT" "$PLAIN"
}

counters() {
	netlabd_wait_counters "counters of http: .*$1"
}

@test "both versions of the header are read, however they are cut" {
	serve 'proxy_from = { "127.0.0.1", "::1" }'
	run -0 python <<-'PYTHON'
		tlv = V2 + b"\x21\x11\0\x11" + v2("192.0.2.1")[16:] + b"\4\0\2!!"
		for header in (v1("192.0.2.1"), v1("2001:db8::1", "TCP6", "::1"), tlv,
		               b"PROXY UNKNOWN\r\n", b"PROXY UNKNOWN x y\r\n",
		               v2("192.0.2.1"), V2 + b"\x20\0\0\0"):
		    assert ask(header)[1] == 200, header
		    whole = header + GET
		    s = connect()
		    for at in range(0, len(whole), 7):
		        s.sendall(whole[at:at + 7])
		        time.sleep(0.001)
		    assert status(s) == 200, header
		s = connect(host="::1")
		s.sendall(v1("192.0.2.1") + GET * 3)
		assert status(s) == 200
		s.sendall(GET)
		assert status(s) == 200
	PYTHON
	netlabd_stop
}

@test "without the header, or with a wrong one, a connection ends and is counted" {
	serve 'proxy_from = { "127.0.0.1" }'
	run -0 python <<-'PYTHON'
		for header in (b"", b"PROXY TCP4 1.2.3.4\r\n", b"\r\n\r\n\0\r\nQUIT!",
		               b"PROXY UNKNOWN " + b"x" * 200, V2 + b"\x21\x11\xff\xff"):
		    assert ask(header)[1] == 0, header
		s = connect()
		s.sendall(b"PROXY")
		s.shutdown(socket.SHUT_WR)
		assert status(s) == 0
		connect().close()
		assert ask(v1("192.0.2.1"))[1] == 200
		assert ask(b"", plain)[1] == 200
	PYTHON
	counters 'refused_proxy_header 6(,|$)'
	run -0 grep -c 'which sent no PROXY header' "$LOG"
	assert_output 1
}

@test "a header that does not come in time ends its connection, and delays nobody" {
	serve 'proxy_from = { "127.0.0.1" }'
	run -0 python <<-'PYTHON'
		slow = [connect() for _ in range(50)]
		for s in slow:
		    s.sendall(b"PROXY TCP4 1")
		for _ in range(50):
		    assert ask(v1("192.0.2.1"))[1] == 200
		for s in slow:
		    assert status(s) == 0
	PYTHON
	counters 'refused_proxy_header 50(,|$)'
}

@test "only from proxy_from: others are closed, counted and named once" {
	serve 'proxy_from = { "127.0.0.2", "192.0.2.0/24" }'
	run -0 python <<-'PYTHON'
		for _ in range(20):
		    assert ask(v1("192.0.2.1"))[1] == 0
		s = connect(source=("127.0.0.2", 0))
		s.sendall(v1("192.0.2.1") + GET)
		assert status(s) == 200
	PYTHON
	counters 'refused_proxy_from 20(,|$)'
	run -0 grep -c 'closed a connection of 127.0.0.1:[0-9]*, which is not in proxy_from' "$LOG"
	assert_output 1
}

@test "the client that a header names is the one that is counted" {
	serve 'proxy_from = { "127.0.0.1" }' 'max_connections_per_address = 2'
	run -0 python <<-'PYTHON'
		kept = [ask(v1("192.0.2.1")), ask(v2("192.0.2.1")),
		        ask(v1("::ffff:192.0.2.1", "TCP6", "::1")),
		        ask(v1("192.0.2.2")), ask(v1("192.0.2.2")), ask(v1("192.0.2.2")),
		        ask(v1("2001:db8::1", "TCP6", "::1")),
		        ask(v1("2001:db8::2", "TCP6", "::1")),
		        ask(v1("2001:db8::3", "TCP6", "::1")),
		        ask(v1("2001:db8:0:1::1", "TCP6", "::1")),
		        ask(V2 + b"\x20\0\0\0"), ask(b"PROXY UNKNOWN\r\n"),
		        ask(b"PROXY UNKNOWN\r\n")]
		got = [code for _, code in kept]
		assert got == [200, 200, 0, 200, 200, 0, 200, 200, 0, 200, 200, 200, 0], got
	PYTHON
	counters 'refused_address 4(,|$)'
}

@test "proxy_listen needs proxy_from, and serves without listen" {
	PORT=$(netlabd_free_port) PLAIN=0
	mkdir "$DIR/www"
	printf 'the index\n' >"$DIR/www/index.html"
	netlabd_config <<-CONFIG
		$(netlabd_user)
		http { workers = 1
		    root = "www"
		    proxy_listen = { "127.0.0.1:$PORT" }
		}
	CONFIG
	run -1 "$NETLABD" -t -c "$CONF"
	assert_output --regexp "netlabd.conf:[0-9]+: 'proxy_listen' needs 'proxy_from'"
	sed -i 's/root/proxy_from = { "127.0.0.1", "10.0.0.1\/8" } root/' "$CONF"
	run -1 "$NETLABD" -t -c "$CONF"
	assert_output --regexp "netlabd.conf:[0-9]+: 'proxy_from': \"10.0.0.1/8\": bits are set"
	sed -i 's/, "10.0.0.1.8"//' "$CONF"
	chmod -R a+rX "$DIR"
	netlabd_start
	run -0 python <<<'assert ask(v1("192.0.2.1"))[1] == 200'
}

@test "a reload turns a plain address into a proxied one" {
	serve 'proxy_from = { "127.0.0.1" }'
	run -0 python <<<'assert ask(b"", plain)[1] == 200'
	sed -i "s/\(listen = { \"127.0.0.1:\)$PLAIN/\1x/; s/127.0.0.1:$PORT/127.0.0.1:$PLAIN/; s/1:x/1:$PORT/" "$CONF"
	kill -HUP "$NETLABD_PID"
	netlabd_wait_log 'reloaded: generation 2'
	run -0 python <<<'assert ask(b"")[1] == 200 and ask(v1("192.0.2.1"), plain)[1] == 200'
}
