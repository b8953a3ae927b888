# lab_connections.bats: more connections than a worker may keep anything of. The
# numbers are those of the time requirements.
load ../bats/helper
load ../bats/lab

@test "TIME 48: after 100,000 connections, half of them reset, no descriptor and no memory is left with the worker" {
	start_lab
	worker=$(pgrep -P "$NETLABD_PID")
	python3 - "$worker" "$ECHO" "$DISCARD" "$CHARGEN" "$QOTD" "$HELLO" <<'PYTHON'
import os, socket, struct, sys, time

worker, *ports = map(int, sys.argv[1:])
rude = struct.pack("ii", 1, 0)

def descriptors():
    return len(os.listdir(f"/proc/{worker}/fd"))

def resident():
    with open(f"/proc/{worker}/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGESIZE")

def connect_often(count):
    for n in range(count):
        s = socket.socket()
        s.settimeout(20)
        # Each of these has ports of its own: a reset leaves none behind.
        s.bind((f"127.0.{n % 4 + 1}.1", 0))
        s.connect(("127.0.0.1", ports[n % 5]))
        if n % 2 == 0:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, rude)
        elif ports[n % 5] == ports[0]:
            s.send(b"x")
            assert s.recv(9) == b"x"
        s.close()

def wait_for(is_so):
    for _ in range(1000):
        if is_so():
            return
        time.sleep(0.02)
    raise SystemExit(f"{descriptors()} descriptors, {resident()} bytes")

before = descriptors()
connect_often(5000)
wait_for(lambda: descriptors() == before)
memory = resident()
connect_often(95000)
wait_for(lambda: descriptors() == before)
wait_for(lambda: resident() <= memory + (256 << 10))
PYTHON
	run ! grep 'exited\|died\|killed' "$LOG"
}
