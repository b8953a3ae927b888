#!/usr/bin/env bats
# Workers killed, configurations reloaded and programs replaced under load: what is
# lost is counted question by question by tests/tools/storm_load.

load ../bats/helper

KILLS=25   # of each of two roles
RELOADS=20
BATCH=32   # datagrams that a worker has in hand at most (worker_dgram.c)
CLIENTS=16 # HTTP connections of storm_load

setup() {
	netlabd_setup
	STORM=$BUILT/tests/tools/storm_load
	DNS=$(netlabd_free_port)
	HTTP=$(netlabd_free_port)
	mkdir "$DIR/www"
	printf 'storm\n' >"$DIR/www/index.html"
	cat >"$DIR/storm.zone" <<-'ZONE'
		$ORIGIN storm.test.
		$TTL 60
		@ SOA ns hostmaster 1 3600 600 86400 60
		@ NS ns
		ns A 192.0.2.1
		www A 192.0.2.2
	ZONE
	netlabd_config <<-CONF
		$(netlabd_user)
		http {
		    listen = { "127.0.0.1:$HTTP" }
		    workers = 4
		    root = "$DIR/www"
		    index = { "index.html" }
		}
		dns {
		    listen = { "127.0.0.1:$DNS" }
		    workers = 4
		    zone "storm.test" { file = "$DIR/storm.zone" }
		}
	CONF
	netlabd_start
}

# Starts the load and waits until it runs.
storm_start() {
	"$STORM" "$DNS" www.storm.test "$HTTP" / >"$DIR/counts" 2>&1 3>&- &
	STORM_PID=$!
	netlabd_keep "$STORM_PID"
	sleep 0.3
	kill -0 "$STORM_PID"
}

# Ends the load; the counts become variables of their names.
storm_stop() {
	local word

	kill -TERM "$STORM_PID"
	wait "$STORM_PID"
	cat "$DIR/counts" "$LOG"
	for word in $(<"$DIR/counts"); do
		declare -g "${word?}"
	done
}

@test "50 workers killed under load: each is back, no connect refused, DNS loses at most the batches in hand" {
	storm_start
	"$TOP/tests/tools/kill-workers" "$NETLABD_PID" "$KILLS" dns http \
		>"$DIR/back"
	storm_stop
	[ "$(wc -l <"$DIR/back")" -eq $((2 * KILLS)) ]
	# Within a second each; a machine that is busy may be late a few times.
	sort -n "$DIR/back" | tail -n 5
	[ "$(awk '$1 <= 1000' "$DIR/back" | wc -l)" -ge 45 ]

	[ "$dns_answered" -gt 1000 ]
	[ "$dns_lost" -le $((KILLS * BATCH)) ]
	[ "$dns_wrong" -eq 0 ]

	[ "$http_answered" -gt 1000 ]
	[ "$http_refused" -eq 0 ]
	[ "$http_timeout" -eq 0 ]
	[ "$http_wrong" -eq 0 ]
	# A killed worker takes its open connections with it, and no others.
	[ $((http_reset + http_stale)) -le $((KILLS * CLIENTS)) ]
	netlabd_stop
}

@test "20 reloads under load: no request fails and no query is lost" {
	local i

	storm_start
	for ((i = 1; i <= RELOADS; i++)); do
		sed -i "s/hostmaster [0-9]*/hostmaster $((i + 1))/" \
			"$DIR/storm.zone"
		kill -HUP "$NETLABD_PID"
		netlabd_wait_log "reloaded: generation $((i + 1))\$"
	done
	storm_stop
	[ "$dns_answered" -gt 1000 ]
	[ "$dns_lost" -eq 0 ]
	[ "$dns_wrong" -eq 0 ]

	[ "$http_answered" -gt 1000 ]
	[ "$http_refused" -eq 0 ]
	[ "$http_reset" -eq 0 ]
	[ "$http_stale" -eq 0 ]
	[ "$http_timeout" -eq 0 ]
	[ "$http_wrong" -eq 0 ]
	netlabd_stop
}

@test "3 upgrades in place under load: no request fails and no query is lost" {
	local i

	storm_start
	for i in 2 3 4; do
		kill -USR2 "$NETLABD_PID"
		netlabd_wait_log "upgraded: .*, generation $i\$"
	done
	storm_stop
	[ "$dns_answered" -gt 1000 ]
	[ "$dns_lost" -eq 0 ]
	[ "$dns_wrong" -eq 0 ]

	[ "$http_answered" -gt 1000 ]
	[ "$http_refused" -eq 0 ]
	[ "$http_reset" -eq 0 ]
	[ "$http_stale" -eq 0 ]
	[ "$http_timeout" -eq 0 ]
	[ "$http_wrong" -eq 0 ]
	netlabd_stop
}
