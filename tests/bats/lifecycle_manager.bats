# lifecycle_manager.bats: what a service manager and its journal are told.

load helper
load lifecycle
load time

# A manager that writes what it is told to $DIR/told.
start_manager() {
	python3 -c '
import os, socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
os.chmod(sys.argv[1], 0o777)
with open(sys.argv[2], "a", buffering=1, encoding="utf-8") as told:
    while True:
        print(s.recv(65536).decode(), file=told)
' "$DIR/notify" "$DIR/told" 3>&- &
	netlabd_keep $!
	netlabd_wait_for test -S "$DIR/notify"
	export NOTIFY_SOCKET=$DIR/notify
}

is_told() {
	grep -qE "^STATUS=$1" "$DIR/told"
}

# As the manager does, which leads standard error to the journal.
name_journal() {
	export JOURNAL_STREAM
	JOURNAL_STREAM=$(stat -c %d:%i "$LOG")
}

@test "a manager is told what is broken, and why a reload or a start has failed" {
	local dns

	dns=$(netlabd_free_port)
	printf '%s\n' '$TTL 60' '@ SOA ns a 1 2 3 4 5' '@ NS ns' 'ns A nonsense' >"$DIR/a.zone"
	small_config "dns { workers = 1 listen = \"127.0.0.1:$dns\"
		zone \"a.test\" { file = \"a.zone\" } }"
	start_manager
	name_journal
	# A worker has something to say then.
	set_clock "$unsynchronised"
	netlabd_spawn
	netlabd_wait_for is_told "4 workers, generation 1; broken: $DIR/a.zone:4: .*nonsense"
	run -0 "$BUILT/netlab" status --config "$CONF"
	assert_line --regexp "^broken: $DIR/a.zone:4: .*nonsense"
	sed -i 's/nonsense/192.0.2.1/' "$DIR/a.zone"
	run -0 "$NETLABD" --reload -c "$CONF"
	netlabd_wait_for is_told '4 workers, generation 2; reloaded$'
	run -0 "$BUILT/netlab" status --config "$CONF"
	refute_output --partial broken
	echo $'this = 1\nthat = 2' >>"$CONF"
	run -1 env -u JOURNAL_STREAM "$NETLABD" --reload -c "$CONF"
	assert_line --partial 'reload failed: 2 mistakes; generation 2 goes on'
	netlabd_wait_for is_told "reload failed: $CONF:[0-9]+: .*'this'.* \\(and 1 more\\); serving generation 2, 4 workers\$"
	# What standard error is to the daemon here, and to the unit's ExecReload=.
	"$NETLABD" --reload -c "$CONF" 2>>"$LOG" && return 1
	netlabd_stop
	# The journal knows who writes: each line has its level alone, once.
	run -0 cat "$LOG"
	assert_line --regexp "^<3>$DIR/a.zone:4: "
	assert_line --regexp '^<6>listening: '
	assert_line --regexp '^<5>time worker [01]: the clock is not'
	assert_line '<5>reloaded: generation 2'
	assert_line '<3>reload failed: 2 mistakes; generation 2 goes on'
	assert_line '<5>stopped'
	run -1 grep -vE '^<[3-7]>' "$LOG"
	run -78 "$NETLABD" -f -c "$CONF"
	netlabd_wait_for is_told "not started: $CONF:[0-9]+: .*'this'.* \\(and 1 more\\)\$"
}
