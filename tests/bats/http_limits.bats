# What a worker's limits do to those who reach them, and to nobody else.
load helper

# serve WORDS…: one worker, a page, a file of 40 MB, and further lines.
serve() {
	PORT=$(netlabd_free_port)
	mkdir -p "$DIR/www"
	printf 'the index\n' >"$DIR/www/index.html"
	truncate -s 40M "$DIR/www/big"
	chmod -R a+rX "$DIR"
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
	WORKER=$(pgrep -P "$NETLABD_PID")
}

# Python with what the tests share; the test's own lines come on standard input.
python() {
	local head
	head=$(cat <<-'PYTHON'
		import os, socket, sys, time
		port, worker = map(int, sys.argv[1:3])
		GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
		BIG = b"GET /big HTTP/1.1\r\nHost: a\r\n\r\n"

		def connect(buffer=None):
		    s = socket.socket()
		    s.settimeout(20)
		    if buffer:
		        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
		    s.connect(("127.0.0.1", port))
		    return s

		def status(s):
		    """The status of the answer that comes; 0: the end does."""
		    got = b""
		    try:
		        while b"\r\n\r\n" not in got:
		            more = s.recv(65536)
		            if not more:
		                break
		            got += more
		    except ConnectionError:
		        pass
		    return int(got[9:12]) if got else 0

		def ask(s, request=GET):
		    try:
		        s.sendall(request)
		    except ConnectionError:
		        return 0
		    return status(s)

		def wait_for(truth):
		    end = time.monotonic() + 20
		    while not truth():
		        assert time.monotonic() < end
		        time.sleep(0.02)
	PYTHON
	)
	python3 -c "$head
$(cat)" "$PORT" "$WORKER"
}

counters() {
	netlabd_wait_counters "counters of http: .*$1"
}

@test "HTTP 33, RFC 9112 §9.5: heads that come slowly are answered 408, and delay nobody" {
	# Two seconds: a busy machine may take one for what lies between the pieces.
	serve 'header_timeout = 2'
	run -0 python <<-'PYTHON'
		slow = [connect() for _ in range(60)]
		for piece in (b"GET / HT", b"TP/1.1\r\nHost: a\r\n"):
		    for s in slow:
		        s.sendall(piece)
		    assert all(ask(connect()) == 200 for _ in range(10))
		assert all(status(s) == 408 for s in slow)
	PYTHON
}

@test "a reader that takes less than 16 KiB within send_timeout is cut off, a slow one is not" {
	# Three seconds: on a busy machine the steady reader may pause for one.
	serve 'send_timeout = 3'
	run -0 python <<-'PYTHON'
		trickle, silent, steady = connect(4096), connect(4096), connect(4096)
		for s in (trickle, silent, steady):
		    s.sendall(BIG)
		def is_cut(s):
		    """Whether the server's side is gone: it no longer confirms."""
		    path = f"/proc/net/tcp"
		    me = "%04X" % s.getsockname()[1]
		    with open(path) as table:
		        return not any(line.split()[2].endswith(":" + me) and
		                       line.split()[1].endswith(":%04X" % port) and
		                       line.split()[3] == "01" for line in table)
		end = time.monotonic() + 20
		while not (is_cut(trickle) and is_cut(silent)):
		    assert time.monotonic() < end
		    trickle.recv(256)
		    for _ in range(8):
		        assert steady.recv(65536)
		    time.sleep(0.1)
		    assert ask(connect()) == 200
		assert not is_cut(steady)
	PYTHON
	counters 'send_errors [23](,|$)' # the third goes with the test
}

@test "max_connections_per_address: one more is closed, and one that ends makes room" {
	serve 'max_connections_per_address = 3'
	run -0 python <<-'PYTHON'
		kept = [connect() for _ in range(3)]
		assert [ask(s) for s in kept] == [200] * 3
		assert [ask(connect()) for _ in range(5)] == [0] * 5
		assert [ask(s) for s in kept] == [200] * 3
		other = socket.create_connection(("127.0.0.1", port), 20, ("127.0.0.9", 0))
		assert ask(other) == 200
		kept.pop().close()
		wait_for(lambda: ask(connect()) == 200)
	PYTHON
	counters 'refused_address [0-9]'
}

@test "without descriptors those who are connected are served, others wait, and it is said once" {
	# Root could lift the limit, were it not for the capability.
	cat >"$DIR/limited" <<-SCRIPT
		#!/bin/sh
		ulimit -n 80
		[ $EUID -ne 0 ] || without="setpriv --bounding-set=-sys_resource"
		exec \$without "$NETLABD" "\$@"
	SCRIPT
	chmod +x "$DIR/limited"
	NETLABD=$DIR/limited serve 'idle_timeout = 60'
	run -0 python <<-'PYTHON'
		first = connect()
		assert ask(first) == 200
		fds = f"/proc/{worker}/fd"
		with open(f"/proc/{worker}/limits") as limits:
		    most = int(*(line.split()[3] for line in limits if "open files" in line))
		assert most < 80
		many = [connect() for _ in range(100)]
		for s in many:
		    s.sendall(GET)
		wait_for(lambda: sum(int(fd) < most for fd in os.listdir(fds)) == most)
		for _ in range(20):
		    assert ask(first) == 200
		    time.sleep(0.02)
		assert ask(first, BIG) == 503
		first.close()
		# Each that ends lets in one that waits.
		for s in many:
		    assert status(s) == 200
		    s.close()
		assert ask(connect()) == 200
	PYTHON
	netlabd_wait_log 'connections are accepted again'
	run -0 grep -c 'no further connection can be accepted .*: Too many open files' "$LOG"
	assert_output 1
	run -0 grep -c 'connections are accepted again' "$LOG"
	assert_output 1
	netlabd_stop
}

@test "max_connections: others wait for one that ends, and it is said once" {
	serve 'max_connections = 5'
	run -0 python <<-'PYTHON'
		many = [connect() for _ in range(20)]
		for s in many:
		    s.sendall(GET)
		for s in many:
		    assert status(s) == 200
		    s.close()
	PYTHON
	netlabd_wait_log 'connections are accepted again'
	run -0 grep -c 'max_connections is reached: 5 are open' "$LOG"
	assert_output 1
}
