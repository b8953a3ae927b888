# lab_storm.bats: more clients of the lab's services than anybody has, and such as
# do not read. The numbers are those of the time requirements.
load ../bats/helper

setup() {
	local name

	netlabd_setup
	for name in ECHO DISCARD CHARGEN QOTD UPPER HELLO CHAT; do
		declare -g "$name=$(netlabd_free_port)"
	done
	netlabd_config <<-CONFIG
		$(netlabd_user)
		lab {
		    echo    = { "127.0.0.1:$ECHO" }
		    discard = { "127.0.0.1:$DISCARD" }
		    chargen = { "127.0.0.1:$CHARGEN" }
		    qotd    = { "127.0.0.1:$QOTD" }
		    upper   = { "127.0.0.1:$UPPER" }
		    hello   = { "127.0.0.1:$HELLO" }
		    chat    = { "127.0.0.1:$CHAT" }
		    chat_rate = 0
		}
	CONFIG
	netlabd_start
	WORKERS=$(pgrep -d, -P "$NETLABD_PID")
}

@test "TIME 48: 100,000 connections that end in every way leave no file open, and kill nobody" {
	run -0 timeout 200 python3 "$BATS_TEST_DIRNAME/lab_storm.py" 100000 "$WORKERS" \
		"echo=$ECHO" "discard=$DISCARD" "chargen=$CHARGEN" "qotd=$QOTD" \
		"upper=$UPPER" "hello=$HELLO" "chat=$CHAT"
	echo "# ${lines[-1]}" >&3
	run ! grep -E 'exited|killed|died' "$LOG"
	assert_equal "$(pgrep -d, -P "$NETLABD_PID")" "$WORKERS"
}

# What a worker keeps for them is bounded by what it reads ahead of each.
@test "TIME 37, 42, 47: 500 idle clients and 50 that do not read cost one that does nothing" {
	run -0 timeout 60 python3 - \
		"$(pgrep -P "$NETLABD_PID" "lab worker")" "$ECHO" "$CHARGEN" <<'PYTHON'
import socket, sys, time

worker, echo, chargen = map(int, sys.argv[1:])

def resident():
    with open(f"/proc/{worker}/statm") as file:
        return int(file.read().split()[1]) * 4096

def connect(port):
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.settimeout(20)
    client.connect(("127.0.0.1", port))
    return client

before = resident()
idle = [connect(echo) for _ in range(500)]
stuck = [connect(chargen) for _ in range(25)] + [connect(echo) for _ in range(25)]
for client in stuck[25:]:
    client.setblocking(False)
    quiet = 0
    while quiet < 20:  # until it has been full for a while
        try:
            client.send(bytes(65536))
            quiet = 0
        except BlockingIOError:
            quiet += 1
            time.sleep(0.001)
slowest = 0
with connect(echo) as active:
    for number in range(200):
        start = time.monotonic()
        active.send(b"%03d" % number)
        assert active.recv(3, socket.MSG_WAITALL) == b"%03d" % number
        slowest = max(slowest, time.monotonic() - start)
grown = (resident() - before) >> 10
print(f"500 idle, 50 that do not read: the slowest of 200 echoes took "
      f"{slowest * 1000:.1f} ms; memory grew by {grown} KiB")
assert slowest < 1, "served late"
assert grown < 16384, "memory is not bounded"
PYTHON
	echo "# ${lines[-1]}" >&3
}
