# haproxy.bats: a real HAProxy in front of us, by both versions of the PROXY
# protocol and with its checks. What a lab location says of the client tells
# whose connection a request was taken for.
load ../bats/helper

# start VERSION: netlabd with two workers behind an HAProxy that sends VERSION,
# and listens on $FRONT on 127.0.0.1 and ::1.
start() {
	PORT=$(netlabd_free_port)
	FRONT=$(netlabd_free_port)
	STATS=$DIR/haproxy.sock
	mkdir -p "$DIR/www"
	printf 'the index\n' >"$DIR/www/index.html"
	head -c 3000000 /dev/urandom >"$DIR/www/big"
	chmod -R a+rX "$DIR"
	netlabd_config <<-CONFIG
		$(netlabd_user)
		http {
		    proxy_listen = { "127.0.0.1:$PORT", "[::1]:$PORT" }
		    proxy_from = { "127.0.0.1", "::1" }
		    workers = 2
		    root = "www"
		    location "/lab" { lab = true }
		}
	CONFIG
	netlabd_start
	cat >"$DIR/haproxy.cfg" <<-CONFIG
		global
		    stats socket $STATS mode 600 level admin
		defaults
		    mode ${2:-tcp}
		    timeout connect 10s
		    timeout client 30s
		    timeout server 30s
		frontend front
		    bind 127.0.0.1:$FRONT
		    bind ::1:$FRONT
		    default_backend netlabd
		backend netlabd
		    option httpchk
		    http-check send meth GET uri /lab/ip ver HTTP/1.1 hdr Host check
		    http-check expect rstring (127.0.0.1|::1)
		    server one 127.0.0.1:$PORT $1 check inter 100ms
		    server two [::1]:$PORT $1 check inter 100ms backup
	CONFIG
	haproxy -db -f "$DIR/haproxy.cfg" >"$DIR/haproxy.log" 2>&1 </dev/null 3>&- &
	netlabd_keep $!
	netlabd_wait_for stats_say "one,.*,UP,.*,L7OK"
	netlabd_wait_for stats_say "two,.*,UP,.*,L7OK"
}

# Whether HAProxy's table of servers has a line that matches REGEX.
stats_say() {
	python3 - "$STATS" <<'PYTHON' | grep -qE "$1"
import socket, sys
with socket.socket(socket.AF_UNIX) as s:
    s.connect(sys.argv[1])
    s.sendall(b"show stat\n")
    while got := s.recv(65536):
        sys.stdout.buffer.write(got)
PYTHON
}

# Clients of several addresses are each seen as themselves.
assert_clients_are_seen() {
	for client in 127.0.0.1 127.0.0.2 127.9.8.7 ::1; do
		local host=127.0.0.1
		[ "$client" != ::1 ] || host=[::1]
		run -0 curl -s --interface "$client" "http://$host:$FRONT/lab/ip"
		assert_output --partial "\"$client\""
	done
}

# 1000 requests over 50 connections at a time, and a file that comes whole.
assert_all_is_served() {
	run -0 get_page 1000
	assert_output 1000
	run -0 curl -s -o "$DIR/got" "http://127.0.0.1:$FRONT/big"
	cmp "$DIR/got" "$DIR/www/big"
}

# Gets the page COUNT times; prints how many came.
get_page() {
	curl -s -Z --parallel-max 50 "http://127.0.0.1:$FRONT/?[1-$1]" 2>&1 |
		grep -c 'the index'
}

# Nobody was taken for somebody who may not speak.
refute_refusals() {
	kill -USR1 "$NETLABD_PID"
	netlabd_wait_log 'counters of http: '
	run -1 grep -E 'refused_|closed a connection' "$LOG"
}

@test "HAProxy by version 1: clients are seen, checks succeed, all is served" {
	start send-proxy
	assert_clients_are_seen
	assert_all_is_served
	refute_refusals
}

@test "HAProxy by version 2, with TLVs: clients are seen, checks are LOCAL" {
	start 'send-proxy-v2 proxy-v2-options crc32c,unique-id'
	assert_clients_are_seen
	assert_all_is_served
	refute_refusals
}

@test "HAProxy in HTTP mode keeps its connections, and loses nothing over a reload" {
	start send-proxy-v2 http
	assert_all_is_served
	kill -HUP "$NETLABD_PID"
	netlabd_wait_log 'reloaded: generation 2'
	assert_all_is_served
	refute_refusals
}

@test "HAProxy without the PROXY protocol is turned away, and the log says why" {
	local other
	other=$(netlabd_free_port)
	start send-proxy
	sed -i "s/ send-proxy//; s/:$FRONT/:$other/; s|$STATS|$DIR/other.sock|" \
		"$DIR/haproxy.cfg"
	haproxy -db -f "$DIR/haproxy.cfg" >>"$DIR/haproxy.log" 2>&1 </dev/null 3>&- &
	netlabd_keep $!
	netlabd_wait_log 'closed a connection of 127.0.0.1:[0-9]+, which sent no PROXY header'
}
