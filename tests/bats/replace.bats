# replace.bats: the running program gives its place to the one that is installed.

load helper
load lifecycle

# small_config with a web server, run by a program of its own that the tests put
# others in the place of.
setup() {
	netlabd_setup
	INSTALLED=$DIR/netlabd
	cp "$NETLABD" "$INSTALLED"
	HTTP=$(netlabd_free_port)
	mkdir "$DIR/www"
	HTTP_SECTION="http { listen = { \"127.0.0.1:$HTTP\" } workers = 2
		root = \"$DIR/www\" }"
	small_config "$HTTP_SECTION"
}

# A file of more than any socket's buffers hold.
make_large() {
	seq 5000000 >"$DIR/www/large"
}

# Fetches it into $DIR/got: slowly, but not so that it is cut off for that, until
# it is told to hurry by the file $DIR/hurry.
download_start() {
	bash -o pipefail -c 'curl -sS "$1" | {
		while [ -d "$2" ] && [ ! -e "$2/hurry" ]; do
			dd bs=64k count=1 iflag=fullblock status=none
			sleep 0.1
		done
		cat
	} >"$2/got"' - "http://127.0.0.1:$HTTP/large" "$DIR" 3>&- &
	DOWNLOAD=$!
	netlabd_keep "$DOWNLOAD"
	netlabd_wait_for test -s "$DIR/got"
}

# The rest of it has come as well.
download_is_whole() {
	wait "$DOWNLOAD"
	cmp "$DIR/got" "$DIR/www/large"
}

start_installed() {
	NETLABD=$INSTALLED netlabd_start
}

# Puts standard input in the place of the program.
install_script() {
	cat >"$INSTALLED.new"
	chmod 755 "$INSTALLED.new"
	mv "$INSTALLED.new" "$INSTALLED"
}

# Puts a script in the place of the program that waits at WHERE ("-t", or "-c"
# for the moment behind the exec) for a line in $DIR/go, and is then the program.
hold_program() {
	mv "$INSTALLED" "$INSTALLED.real"
	mkfifo "$DIR/go"
	install_script <<-END
		#!/bin/bash
		[ "\$1" != "$1" ] || read -r line <"$DIR/go"
		exec "$INSTALLED.real" "\$@"
	END
}

upgrade() {
	run "$NETLABD" --upgrade -c "$CONF"
}

# What the master has open, without the numbers that each has.
descriptors() {
	find "/proc/$NETLABD_PID/fd" -type l -printf '%l\n' |
		sed 's/\[[0-9]*\]//' | sort
}

# The master has no more than DESCRIPTORS open: those of workers that have ended,
# and of who has asked, go a moment after them.
has_no_more_than() {
	[ -z "$(comm -13 <(echo "$1") <(descriptors))" ]
}

locks_out_another() {
	run "$NETLABD" -f -c "$CONF"
	assert_failure
	assert_output --partial "already running as pid $NETLABD_PID"
}

# The refusal $1 (a regex) leaves all as it was.
is_refused() {
	local old

	old=$(children | sort)
	upgrade
	assert_failure 1
	assert_output --regexp "$1"
	assert_output --partial 'upgrade failed: '
	assert [ "$(children | sort)" = "$old" ]
}

@test "upgrade: three under load: nothing refused, cut or lost, nothing left over" {
	local before i

	make_large
	start_installed
	# What the shell had open ends with the first program.
	upgrade
	assert_success
	netlabd_wait_for count_workers_is 5
	before=$(descriptors)
	load_until "$DIR/stop"
	download_start
	old=$(children | sort)
	for i in 3 4 5; do
		upgrade
		assert_success
		assert_output --partial 'upgraded: netlabd '
		grep -q "upgraded: netlabd .*, generation $i\$" "$LOG"
		locks_out_another
	done
	touch "$DIR/hurry"
	load_end "$DIR/stop"
	assert [ "$REFUSED" -eq 0 ]
	assert [ "$CUT" -eq 0 ]
	assert [ "$LOST" -eq 0 ]
	# The worker that had it before the first of them goes on to its end.
	download_is_whole
	netlabd_wait_for count_workers_is 5
	assert [ -z "$(comm -12 <(echo "$old") <(children | sort))" ]
	netlabd_wait_for has_no_more_than "$before"
	run ! grep -E 'warning|passed in|killed|signal' "$LOG"
	netlabd_stop
	assert [ ! -e "$DIR/run/netlabd.pid" ]
	assert [ ! -e "$DIR/run/netlabd.ctl" ]
}

@test "upgrade: a broken configuration, and programs that are of no use, are refused" {
	local before

	start_installed
	small_config "$HTTP_SECTION" 'nonsense = 1'
	is_refused "$CONF:[0-9]+: .*nonsense"
	small_config "$HTTP_SECTION"

	chmod 644 "$INSTALLED"
	is_refused 'netlabd: Permission denied'
	rm "$INSTALLED"
	is_refused 'netlabd: No such file'
	install_script <<<'no program'
	is_refused 'netlabd: Exec format error'
	printf '#!/bin/sh\necho broken library >&2; exit 1\n' | install_script
	is_refused 'broken library'
	printf '#!/bin/sh\nkill -SEGV $$\n' | install_script
	is_refused 'was ended by signal 11 \(SIGSEGV\)'
	# A netlabd of old knows no such option.
	printf '#!/bin/sh\necho netlabd: unrecognized option >&2; exit 2\n' |
		install_script
	is_refused 'cannot take over'

	# One that is good, and has gone when it says so. The opening waits for the
	# script.
	before=$(descriptors)
	mkfifo "$DIR/go"
	printf '#!/bin/sh\nread -r line <%s\n' "$DIR/go" | install_script
	{ exec 9>"$DIR/go" && rm "$INSTALLED" && echo go >&9; } 3>&- &
	netlabd_keep $!
	is_refused 'No such file'
	netlabd_wait_for has_no_more_than "$before"
	assert_equal "$(status_of "$NETLABD_PID" CapInh)" 0000000000000000

	daytime_answers
	install_script <"$NETLABD"
	upgrade
	assert_success
	netlabd_wait_for count_workers_is 5
	netlabd_stop
}

two_ask() {
	[ "$(ss -xH src "$DIR/run/netlabd.ctl" | grep -c ESTAB)" -eq 2 ]
}

@test "upgrade: what another program listens on meanwhile is no address to end for" {
	local taken=$(netlabd_free_port)

	start_installed
	nc -lk 127.0.0.1 "$taken" </dev/null >/dev/null 2>&1 3>&- &
	netlabd_keep $!
	netlabd_wait_for nc -z 127.0.0.1 "$taken"
	small_config "${HTTP_SECTION/\{ \"/{ \"127.0.0.1:$taken\", \"}"
	is_refused "$CONF:[0-9]+: 127.0.0.1:$taken \(tcp\): Address already in use"
	# Nearer to ours than can be told apart: it is ours to share.
	small_config "${HTTP_SECTION/127.0.0.1/0.0.0.0}"
	upgrade
	assert_success
	netlabd_stop
}

@test "upgrade: USR2, with a reload and another upgrade meanwhile" {
	start_installed
	# While the check is at work, all of the others are remembered.
	hold_program -t
	kill -USR2 "$NETLABD_PID"
	netlabd_wait_log 'checking '
	"$NETLABD" --reload -c "$CONF" 3>&- &
	reload=$!
	"$NETLABD" --upgrade -c "$CONF" >"$DIR/said" 2>&1 3>&- &
	upgrade=$!
	netlabd_wait_for two_ask
	kill -USR2 "$NETLABD_PID"
	echo go >"$DIR/go"
	wait "$reload"
	wait "$upgrade"
	grep -q 'upgraded: netlabd' "$DIR/said"
	netlabd_wait_for count_workers_is 5
	daytime_answers
	netlabd_stop
}

@test "upgrade: TERM before the new program runs is a stop that waits for answers" {
	make_large
	sed -i 's/^shutdown_timeout = 2/shutdown_timeout = 20/' "$CONF"
	start_installed
	hold_program -c
	download_start
	kill -USR2 "$NETLABD_PID"
	netlabd_wait_log ' takes over'
	netlabd_wait_for grep -q netlabd "/proc/$NETLABD_PID/comm"
	# Its counters it does not have yet.
	kill -USR1 "$NETLABD_PID"
	kill -TERM "$NETLABD_PID"
	echo go >"$DIR/go"
	touch "$DIR/hurry"
	netlabd_wait_end
	assert_equal "$NETLABD_STATUS" 0
	download_is_whole
	assert [ ! -e "$DIR/run/netlabd.pid" ]
}

@test "upgrade: a worker that dies before the new program runs leaves no zombie" {
	local worker

	start_installed
	hold_program -c
	kill -USR2 "$NETLABD_PID"
	netlabd_wait_log ' takes over'
	netlabd_wait_for grep -q netlabd "/proc/$NETLABD_PID/comm"
	worker=$(workers_of time | head -n 1)
	kill -KILL "$worker"
	netlabd_wait_for is_over "$worker"
	echo go >"$DIR/go"
	netlabd_wait_log 'upgraded: netlabd'
	netlabd_wait_for count_workers_is 5
	assert [ ! -e "/proc/$worker" ]
	daytime_answers
	# TERM in the middle of the next one.
	mv "$INSTALLED.real" "$INSTALLED"
	kill -USR2 "$NETLABD_PID"
	netlabd_wait_log ' takes over'
	netlabd_stop
}

@test "upgrade: a daemon that has detached" {
	"$INSTALLED" -c "$CONF" 3>&-
	NETLABD_PID=$(cat "$DIR/run/netlabd.pid")
	netlabd_keep "$NETLABD_PID"
	old=$(children | sort)
	upgrade
	assert_success
	assert_equal "$(cat "$DIR/run/netlabd.pid")" "$NETLABD_PID"
	netlabd_wait_for count_workers_is 5
	assert [ -z "$(comm -12 <(echo "$old") <(children | sort))" ]
	daytime_answers
	kill "$NETLABD_PID"
	netlabd_wait_for is_over "$NETLABD_PID"
}

@test "upgrade: low ports, the one that is open and another later" {
	[ "$EUID" -eq 0 ] || skip 'only root may give ports below 1024'
	local address=127.77.$((SRANDOM % 250)).$((SRANDOM % 250 + 1))

	sed -i "s/127.0.0.1:$ECHO/$address:907/" "$CONF"
	start_installed
	assert_equal "$(status_of "$NETLABD_PID" CapEff)" 0000000000000400
	upgrade
	assert_success
	assert_equal "$(status_of "$NETLABD_PID" CapEff)" 0000000000000400
	assert_equal "$(status_of "$NETLABD_PID" CapInh)" 0000000000000000
	assert_equal "$(status_of "$NETLABD_PID" CapAmb)" 0000000000000000
	sed -i "s/$address:907/$address:909/" "$CONF"
	run "$NETLABD" --reload -c "$CONF"
	assert_success
	exec 9<>"/dev/tcp/$address/909"
	exec 9>&-
	netlabd_stop
}

@test "upgrade: not running, and a handover that is none" {
	upgrade
	assert_failure 1
	assert_output --partial "not running ($DIR/run/netlabd.pid)"
	run "$NETLABD" -f -c "$CONF" --handover=2
	assert_failure 2
	run "$NETLABD" -f -c "$CONF" --handover=77
	assert_failure 1
	assert_output --partial 'handover: descriptor 77'
	run "$NETLABD" -f -c "$CONF" --handover=7 7<"$CONF"
	assert_failure 1
	assert_output --partial 'handover: descriptor 7'
}
