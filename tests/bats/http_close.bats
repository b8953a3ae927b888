# How connections begin and end: the kernel may hold one until it speaks, and
# none ends in a reset that destroys an answer.
load helper

setup() {
	netlabd_setup
	PORT=$(netlabd_free_port)
	mkdir "$DIR/www"
	printf 'the index\n' >"$DIR/www/index.html"
	head -c 300000 /dev/zero | tr '\0' x >"$DIR/www/large"
	chmod -R a+rX "$DIR"
	netlabd_config <<-CONFIG
		$(netlabd_user)
		http {
		    listen = { "127.0.0.1:$PORT", "[::1]:$PORT" }
		    workers = 1
		    root = "www"
		}
	CONFIG
	netlabd_start
}

# Runs the script on standard input, which has ask(): a connection on which the
# pieces given have been sent, one after the other; and rest(): all that comes
# on it until its end, a reset being a failure.
client() {
	python3 -c "
import socket, time

def ask(*pieces):
    s = socket.create_connection(('127.0.0.1', $PORT), 20)
    s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for piece in pieces:
        s.sendall(piece)
    return s

def rest(s):
    whole = b''
    while got := s.recv(65536):
        whole += got
    s.close()
    return whole

def get(target, version='1.1', fields=''):
    return (f'GET {target} HTTP/{version}\r\nHost: a\r\n{fields}\r\n').encode()

LAST = 'Connection: close\r\n'
$(cat)
"
}

@test "HTTP 30, RFC 9112 §9.6: a last request is answered whole, and then comes the end" {
	client <<-'PYTHON'
		for n in range(100):
		    for target, size in ('/', 10), ('/large', 300000):
		        for request in (get(target, fields=LAST),
		                        get(target, version='1.0')):
		            answer = rest(ask(request))
		            head, body = answer.split(b'\r\n\r\n', 1)
		            assert head.startswith(b'HTTP/1.1 200 '), head
		            assert b'\r\nConnection: close' in head, head
		            assert len(body) == size, len(body)
	PYTHON
}

@test "HTTP 30, RFC 9112 §9.6: what stands behind a last request destroys nothing" {
	client <<-'PYTHON'
		for target, size in ('/', 10), ('/large', 300000):
		    answer = rest(ask(get(target, fields=LAST) + get('/') * 20))
		    assert answer.count(b'HTTP/1.1 ') == 1, answer
		    assert len(answer.split(b'\r\n\r\n', 1)[1]) == size
	PYTHON
}

@test "HTTP 32, RFC 9112 §9.6: a refusal reaches who is still sending" {
	client <<-'PYTHON'
		s = ask(b'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n'
		        b'\r\n')
		# For much less than the two seconds that the server reads on.
		for n in range(20):
		    s.sendall(b'x' * 30000)
		    time.sleep(0.002)
		answer = rest(s)
		assert answer.startswith(b'HTTP/1.1 413 '), answer
		assert answer.endswith(b'</html>\n'), answer
	PYTHON
}

@test "HTTP 32, RFC 9112 §9.6: an answer reaches who shuts down its side" {
	client <<-'PYTHON'
		for fields in '', LAST:
		    s = ask(get('/large', fields=fields))
		    s.shutdown(socket.SHUT_WR)
		    assert len(rest(s).split(b'\r\n\r\n', 1)[1]) == 300000
	PYTHON
}

@test "a connection that is silent at first is answered when it speaks" {
	client <<-'PYTHON'
		many = [ask() for n in range(300)]
		# Nobody waits for them.
		assert rest(ask(get('/', fields=LAST))).endswith(b'the index\n')
		time.sleep(0.5)
		for s in many[:100]:
		    s.sendall(get('/', fields=LAST))
		    assert rest(s).endswith(b'the index\n')
		time.sleep(1)
		for s in many[100:]:
		    s.sendall(get('/', fields=LAST))
		    assert rest(s).endswith(b'the index\n')
	PYTHON
}
