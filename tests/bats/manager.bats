#!/usr/bin/env bats
# manager.bats: the daemon and a service manager that keeps its sockets; manager.py
# is one.

load helper

setup() {
	netlabd_setup
	TIME=$(netlabd_free_port)
	DAYTIME=$(netlabd_free_port)
	ECHO=$(netlabd_free_port)
	configure 3
}

# WORKERS for time and daytime, and more lines.
configure() {
	netlabd_config <<-END
		$(netlabd_user)
		pidfile = "$DIR/run/netlabd.pid"
		time {
		    workers = $1
		    time = { "127.0.0.1:$TIME" }
		    daytime = { "127.0.0.1:$DAYTIME" }
		}
		${2:-}
	END
}

# Runs the python of standard input with a manager, as m.
with_manager() {
	{
		cat <<-'HEAD'
			import os, signal, socket, sys
			netlabd, conf, log, path, folder = sys.argv[1:6]
			time, daytime, echo = map(int, sys.argv[6:9])
			sys.path.insert(0, folder)
			from manager import Manager, Questions
			m = Manager(netlabd, conf, log, path)
			def of(service, port, workers, proxied=""):
			    return [f"netlabd-{service}-{transport}-127.0.0.1_{port}-{proxied}{slot}"
			            for transport in ("tcp", "udp") for slot in range(workers)]
			def of_time(workers):
			    return of("time", time, workers) + of("daytime", daytime, workers)
			def configure(old, new):
			    with open(conf) as file:
			        text = file.read()
			    assert old in text
			    with open(conf, "w") as file:
			        file.write(text.replace(old, new))
			try:
		HEAD
		sed 's/^/    /'
		printf 'finally:\n    m.end()\n'
	} >"$DIR/test.py"
	PYTHONDONTWRITEBYTECODE=1 python3 "$DIR/test.py" "$NETLABD" "$CONF" "$LOG" \
		"${NOTIFY:-$DIR/notify}" "$TOP/tests/bats" "$TIME" "$DAYTIME" "$ECHO"
}

@test "fd store: it has each socket once READY, and what a reload makes of them" {
	with_manager <<-'PYTHON'
		m.start()
		m.until_said("READY=1")
		m.until_kept(of_time(3))
		configure("workers = 3", "workers = 2")
		with open(conf, "a") as file:
		    file.write(f'lab {{ echo = {{ "127.0.0.1:{echo}" }} }}\n')
		m.kill(signal.SIGHUP)
		m.until("reload", lambda: "RELOADING=1" in m.said)
		assert [l for l in m.said if l.startswith("MONOTONIC_USEC=")], m.said
		m.until_said("READY=1")
		m.until_kept(of_time(2) + of("echo", echo, 1))
		configure("time {", "time {}\nnone {")
		m.kill(signal.SIGHUP)
		m.until_said("RELOADING=1", "READY=1")
		assert len(m.store) == 10
		m.kill(signal.SIGTERM)
		m.until_said("STOPPING=1")
		assert m.wait() == 0
		assert len(m.store) == 10
	PYTHON
}

@test "fd store: a master that is killed loses nothing that is asked meanwhile" {
	with_manager <<-'PYTHON'
		m.start()
		m.until_said("READY=1")
		m.until_kept(of_time(3))
		for _ in range(2):
		    m.kill(signal.SIGKILL)
		    m.wait()
		    asked = Questions(time, daytime)
		    m.start()
		    asked.are_answered()
		    m.until_said("READY=1")
		m.until_kept(of_time(3))
		assert not [line for line in m.said if line.startswith("FDSTORE")], m.said
	PYTHON
	refute grep -q 'passed in' "$LOG"
}

@test "fd store: what waits for workers that there are no more is answered" {
	with_manager <<-'PYTHON'
		m.start()
		m.until_said("READY=1")
		m.until_kept(of_time(3))
		m.kill(signal.SIGTERM)
		assert m.wait() == 0
		asked = Questions(time, daytime)
		configure("workers = 3", "workers = 1")
		m.start()
		asked.are_answered()
		m.until_kept(of_time(1))
		Questions(time, daytime, 10).are_answered()
	PYTHON
	run -0 grep -c 'of an earlier run' "$LOG"
	assert_output 1
}

@test "fd store: other addresses and services, and a wider one, after a restart" {
	with_manager <<-'PYTHON'
		m.start()
		m.until_said("READY=1")
		m.until_kept(of_time(3))
		m.kill(signal.SIGKILL)
		m.wait()
		# They change their ports, and one is for all addresses now.
		configure(f' time = {{ "127.0.0.1:{time}"', f' time = {{ "0.0.0.0:{daytime}"')
		configure(f'daytime = {{ "127.0.0.1:{daytime}"', f'daytime = {{ "127.0.0.1:{time}"')
		m.start()
		m.until_said("READY=1")
		m.until_kept(of("daytime", time, 3) +
		    [n.replace("127.0.0.1", "0.0.0.0") for n in of("time", daytime, 3)])
		Questions(daytime, time, 10).are_answered()
	PYTHON
}

@test "fd store: what a socket unit passes in stays there alone" {
	with_manager <<-'PYTHON'
		unit = socket.create_server(("127.0.0.1", daytime))
		stray = socket.create_server(("127.0.0.1", 0))
		units = [("netlabd-daytime.socket", unit), ("stray", stray)]
		# Queued before there is a daemon.
		early = socket.create_connection(unit.getsockname(), 20)
		m.start(units)
		m.until("READY", lambda: "READY=1" in m.said)
		assert [l for l in m.said if l.startswith("STATUS=")], m.said
		assert early.recv(100)
		mine = [n for n in of_time(3) if f"tcp-127.0.0.1_{daytime}" not in n]
		m.until("store", lambda: set(mine) <= set(m.names()))
		m.kill(signal.SIGKILL)
		m.wait()
		asked = Questions(time, daytime, 10)
		m.start(units)
		asked.are_answered()
		m.until_said("READY=1")
		inodes = {os.fstat(fd).st_ino for _, fd in m.store}
		assert os.fstat(unit.fileno()).st_ino not in inodes
		assert len(inodes) == len(m.store)
	PYTHON
	run -0 grep -c 'a socket that was passed in is closed' "$LOG"
	assert_output 2
}

@test "watchdog: a sign of life all along, while it stops as well" {
	# In passing: the manager's socket may have an abstract name.
	NOTIFY=@netlabd-bats-$$-$BATS_TEST_NUMBER
	configure 1 'shutdown_timeout = 20
		lab { chargen = { "127.0.0.1:'"$ECHO"'" } }'
	with_manager <<-'PYTHON'
		m.start(WATCHDOG_USEC=100000)
		m.until_said("READY=1")
		m.until_said("WATCHDOG=1")
		m.until_said("WATCHDOG=1")
		endless = socket.create_connection(("127.0.0.1", echo), 20)
		assert endless.recv(1)
		m.kill(signal.SIGTERM)
		m.until_said("STOPPING=1")
		m.until_said("WATCHDOG=1")
		# Those who ask for the time do not wait for the reader of that.
		Questions(time, daytime, 2).are_answered()
		endless.close()
		assert m.wait() == 0
	PYTHON
}

@test "notify: a manager that does not read holds nobody up" {
	with_manager <<-'PYTHON'
		m.start(WATCHDOG_USEC=10000)
		m.until_logged(" ready:")
		Questions(time, daytime, 10).are_answered()
		m.kill(signal.SIGTERM)
		assert os.waitpid(m.pid, 0)[1] == 0
		m.pid = None
	PYTHON
}
