# ntp.bash: what the bats files about NTP's clients and servers share.

load ../bats/time

# Starts netlabd on $NTP with further LINES of section time.
start_ntp() {
	: "${NTP:=$(netlabd_free_port)}"
	netlabd_config <<-CONFIG
		$(netlabd_user)
		time {
		    ntp     = { "127.0.0.1:$NTP", "[::1]:$NTP" }
		    workers = 2
		    $(printf "%s\n" "$@")
		}
	CONFIG
	netlabd_start
}

# One measurement of HOST by chronyd, which with -Q sets no clock. OPTIONS are
# those of its server line; then come further lines of the configuration. It gives
# up after PATIENCE (20) seconds.
chrony_query() {
	timeout 30 chronyd -Q -t "${PATIENCE:-20}" -f /dev/null \
		"server $1 port $NTP iburst minpoll -6 maxpoll -6 ${2:-}" \
		"pidfile $DIR/chronyd.pid" "bindcmdaddress /" "${@:3}" 2>&1
}

# What it measured on one machine is next to nothing.
assert_same_clock() {
	[[ $output =~ System\ clock\ wrong\ by\ -?0\.0[0-9]+\ seconds ]] ||
		fail "not the same clock: $output"
}

# Starts a chronyd NAME that stays, with LINES of configuration: $CHRONYD_PID. It
# sets no clock either (-x), and chronyc NAME asks it.
start_chronyd() {
	mkdir -m 750 "$DIR/$1"
	printf '%s\n' "${@:2}" "cmdport 0" "bindcmdaddress $DIR/$1/socket" \
		"pidfile $DIR/$1/pid" "logdir $DIR/$1" >"$DIR/$1/conf"
	chronyd -x -d -U -u root -f "$DIR/$1/conf" \
		>"$DIR/$1/log" 2>&1 </dev/null 3>&- &
	CHRONYD_PID=$!
	netlabd_keep "$CHRONYD_PID"
	netlabd_wait_for chronyc_of "$1" tracking >/dev/null 2>&1
}

chronyc_of() {
	chronyc -h "$DIR/$1/socket" "${@:2}"
}
