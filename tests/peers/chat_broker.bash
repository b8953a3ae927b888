# chat_broker.bash: two hosts with a chat each, and a broker between them, each in
# a network of its own. After netlabd_setup; beside netns.bash.
#
# People sit at their hosts: `come HOST NAME` connects one, who is then written to
# with `say NAME LINE` and listened to with `hears NAME REGEX`.

setup_hosts() {
	[ "$EUID" -eq 0 ] || skip "needs root for networks of its own"
	local host

	for host in broker a b; do
		netns_make
		declare -g "NS_$host=$MADE"
		at "$host" ip link set lo up
	done
	wire a 192.0.2
	wire b 198.51.100
	BROKER_A=192.0.2.1
	BROKER_B=198.51.100.1
	mkdir "$DIR/people"
}

# at HOST COMMAND; exec_at: the same in the place of this shell, which is for the
# background.
at() {
	local namespace=NS_$1

	nsenter --net="/proc/${!namespace}/ns/net" "${@:2}"
}

exec_at() {
	local namespace=NS_$1

	exec nsenter --net="/proc/${!namespace}/ns/net" "${@:2}"
}

# wire HOST NETWORK: HOST is .2 there, and the broker .1.
wire() {
	local namespace=NS_$1

	at broker ip link add "to_$1" type veth peer name wire \
		netns "${!namespace}"
	at broker ip address add "$2.1/24" dev "to_$1"
	at broker ip link set "to_$1" up
	at "$1" ip address add "$2.2/24" dev wire
	at "$1" ip link set wire up
}

# A mosquitto with the LINES of its configuration: $BROKER.
start_broker() {
	{
		printf '%s\n' "$@"
		printf '%s\n' 'persistence false' 'log_dest stderr' \
			'user root'
	} >"$DIR/mosquitto.conf"
	exec_at broker mosquitto -c "$DIR/mosquitto.conf" >>"$DIR/mosquitto.log" \
		2>&1 </dev/null 3>&- &
	BROKER=$!
	netlabd_keep "$BROKER"
}

end_broker() {
	kill -KILL "$BROKER"
	wait "$BROKER" 2>/dev/null || true
}

# start_host HOST LINES: a netlabd there whose broker is as LINES say: $PID_HOST,
# and the log $DIR/HOST.log. NODE: what it is called, if not hostHOST; HOSTS: its
# /etc/hosts, if not this machine's.
start_host() {
	local host=$1

	cat >"$DIR/$host.conf" <<-CONFIG
		$(netlabd_user)
		lab {
		    chat = { "127.0.0.1:31621" }
		    broker_node = "${NODE:-host$host}"
		    $(printf '%s\n' "${@:2}")
		}
	CONFIG
	chmod 644 "$DIR/$host.conf"
	exec_at "$host" unshare -m sh -c 'mount --bind "$1" /etc/hosts
		shift
		exec "$@"' sh "${HOSTS:-/etc/hosts}" \
		"$NETLABD" -f -c "$DIR/$host.conf" >>"$DIR/$host.log" 2>&1 \
		</dev/null 3>&- &
	declare -g "PID_$host=$!"
	netlabd_keep "$!"
	logs "$host" 'ready:'
}

# Waits for a line like REGEX in the log of HOST, COUNT of them.
logs() {
	local host=$1 regex=$2 count=${3:-1}

	netlabd_wait_for has_lines "$DIR/$host.log" "$regex" "$count" || {
		cat "$DIR/$host.log"
		return 1
	}
}

has_lines() {
	[ "$(grep -acE -- "$2" "$1")" -ge "$3" ]
}

# Ends everything of netlabd on HOST at once.
kill_host() {
	local master=PID_$1

	# shellcheck disable=SC2046
	kill -KILL $(pgrep -P "${!master}") "${!master}"
	wait "${!master}" 2>/dev/null || true
}

# come HOST NAME
come() {
	local told=$DIR/people/$2 line=$DIR/people/$2.says

	mkfifo "$line"
	: >"$told"
	exec_at "$1" nc 127.0.0.1 31621 <"$line" >"$told" 2>/dev/null 3>&- &
	netlabd_keep "$!"
	exec {line}>"$line"
	declare -g "LINE_$2=$line"
	say "$2" "$2"
	hears "$2" '^\* welcome'
}

say() {
	local line=LINE_$1

	printf '%s\n' "$2" >&"${!line}"
}

# Waits until NAME has been told lines like REGEX, COUNT of them.
hears() {
	netlabd_wait_for has_lines "$DIR/people/$1" "$2" "${3:-1}" || {
		cat "$DIR/people/$1"
		return 1
	}
}

# How many lines like REGEX NAME has been told.
heard() {
	grep -acE -- "$2" "$DIR/people/$1" || true
}
