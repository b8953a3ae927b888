# wrk, which is no program of ours, while workers are killed and configurations
# are reloaded. See tests/verify/storm.bats for the same with DNS beside it.
load ../bats/helper

KILLS=50
RELOADS=20
CLIENTS=32

setup() {
	netlabd_setup
	PORT=$(netlabd_free_port)
	mkdir "$DIR/www"
	head -c 612 /dev/zero >"$DIR/www/small"
	head -c 100000 /dev/zero >"$DIR/www/large"
	# Files from memory and by sendfile, in turn.
	cat >"$DIR/mix.lua" <<-'LUA'
		local count = 0
		request = function()
			count = count + 1
			return wrk.format("GET", count % 4 == 0 and "/large" or "/small")
		end
	LUA
	netlabd_config <<-CONF
		$(netlabd_user)
		http {
		    listen = { "127.0.0.1:$PORT" }
		    workers = 2
		    root = "$DIR/www"
		}
	CONF
	netlabd_start
}

load_start() {
	wrk -t 1 -c "$CLIENTS" -d 120s --timeout 20s -s "$DIR/mix.lua" \
		"http://127.0.0.1:$PORT/" >"$DIR/wrk" 2>&1 3>&- &
	WRK=$!
	netlabd_keep "$WRK"
	netlabd_wait_for has_connections
}

has_connections() {
	[ "$(ss -Htn state established "sport = :$PORT" | wc -l)" -ge "$CLIENTS" ]
}

# Ends wrk, whose report is in $DIR/wrk, and sets its counts of failures.
load_stop() {
	local report

	kill -INT "$WRK"
	wait "$WRK"
	report=$(<"$DIR/wrk")
	echo "$report"
	[[ $report =~ ([0-9]+)\ requests\ in ]] && REQUESTS=${BASH_REMATCH[1]}
	CONNECT=0 READ=0 WRITE=0 TIMEOUT=0
	if [[ $report =~ connect\ ([0-9]+),\ read\ ([0-9]+),\ write\ ([0-9]+),\ timeout\ ([0-9]+) ]]; then
		CONNECT=${BASH_REMATCH[1]} READ=${BASH_REMATCH[2]}
		WRITE=${BASH_REMATCH[3]} TIMEOUT=${BASH_REMATCH[4]}
	fi
	[[ $report != *Non-2xx* ]]
	[ "$REQUESTS" -gt 1000 ]
	[ "$CONNECT" -eq 0 ]
	[ "$TIMEOUT" -eq 0 ]
}

# How many connections the worker PID has.
accepted_by() {
	ss -Htnp state established "sport = :$PORT" | awk -v pid="pid=$1," '
		index($0, pid) { count++ }
		END { print count + 0 }'
}

workers() {
	ps -o pid=,args= --ppid "$NETLABD_PID" --sort=start_time,pid |
		awk 'index($0, "netlabd: http worker") { print $1 }'
}

# Waits until there are two workers, none of them GONE.
wait_respawn() {
	is_back() {
		[ "$(workers | wc -w)" -eq 2 ] && ! workers | grep -qx "$1"
	}
	netlabd_wait_for is_back "$1"
}

@test "20 reloads under wrk: no request fails" {
	local i

	load_start
	for ((i = 1; i <= RELOADS; i++)); do
		kill -HUP "$NETLABD_PID"
		netlabd_wait_log "reloaded: generation $((i + 1))\$"
	done
	load_stop
	[ $((READ + WRITE)) -eq 0 ]
	netlabd_stop
}

@test "50 workers killed under wrk: each takes at most the connections that it had accepted" {
	local i pid accepted=0

	load_start
	for ((i = 0; i < KILLS; i++)); do
		pid=$(workers | head -n 1)
		netlabd_wait_for has_connections
		# Stopped, it accepts none behind our back.
		kill -STOP "$pid"
		accepted=$((accepted + $(accepted_by "$pid")))
		kill -KILL "$pid"
		wait_respawn "$pid"
	done
	load_stop
	echo "connections of killed workers: $accepted"
	[ $((READ + WRITE)) -le "$accepted" ]
	netlabd_stop
}
