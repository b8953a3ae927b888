# chat_reload.bats: what becomes of the people in a chat when the daemon takes
# another configuration, when a worker ends, and when all of it does.

load helper
load lifecycle

export PYTHONPATH=$BATS_TEST_DIRNAME
export PYTHONDONTWRITEBYTECODE=1

# A zone whose serial is SERIAL, echo and a chat; more lines for section lab.
chat_config() {
	cat >"$DIR/chat.zone" <<-END
		\$ORIGIN chat.test.
		@ 60 SOA ns hostmaster ${SERIAL:-1} 3600 600 86400 60
		@ 60 NS ns
		ns 60 A 192.0.2.1
	END
	netlabd_config <<-END
		$(netlabd_user)
		pidfile = "$DIR/run/netlabd.pid"
		shutdown_timeout = 20
		dns { listen = { "127.0.0.1:$DNS" } workers = 1
		    zone "chat.test" { file = "chat.zone" } }
		lab {
		    echo = { "127.0.0.1:$ECHO" }
		    chat = { "127.0.0.1:$CHAT" }
		    $*
		}
	END
}

setup() {
	netlabd_setup
	DNS=$(netlabd_free_port)
	ECHO=$(netlabd_free_port)
	CHAT=$(netlabd_free_port)
	chat_config
	netlabd_start
	OLD=$(workers_of chat)
}

@test "chat: 20 reloads that do not concern it: the same worker, no line lost" {
	# Serials from 2 to 21, while anna talks and ben hears.
	python3 - "$NETLABD" "$CONF" "$DIR/chat.zone" "$CHAT" <<'PYTHON'
import subprocess, sys, threading
from chat_people import Person
netlabd, conf, zone, port = *sys.argv[1:4], int(sys.argv[4])
anna, ben = Person(port, "anna"), Person(port, "ben")
done, said, heard = threading.Event(), [], []

def talk():
    while not done.is_set() or len(said) < 1000:
        said.append(f"line {len(said)}")
        anna.say(said[-1])
        done.wait(0.001)
    anna.say("that is all")

# All along: on a slow machine it is more than the server keeps for one.
def listen():
    while (line := ben.expect("<anna> ")) != "<anna> that is all":
        heard.append(line.removeprefix("<anna> "))

talker, listener = threading.Thread(target=talk), threading.Thread(target=listen)
talker.start()
listener.start()
text = open(zone).read()
for serial in range(2, 22):
    with open(zone, "w") as out:
        out.write(text.replace("hostmaster 1 ", f"hostmaster {serial} "))
    subprocess.run([netlabd, "--reload", "-c", conf], check=True)
done.set()
talker.join()
listener.join()
assert heard == said, (len(heard), len(said))
ben.say("and both ways")
anna.expect("<ben> and both ways")
PYTHON
	assert_equal "$(workers_of chat)" "$OLD"
	assert_equal "$(grep -ac "chat worker 0 (pid $OLD) stays" "$LOG")" 20
	run dig +short +tries=1 @127.0.0.1 -p "$DNS" chat.test SOA
	assert_output --partial ' 21 '
	netlabd_stop
}

@test "chat: one that concerns it sends all to the new worker; a stop tells them" {
	python3 - "$NETLABD" "$CONF" "$NETLABD_PID" "$CHAT" <<'PYTHON'
import os, signal, subprocess, sys
from chat_people import Person
netlabd, conf, master, port = *sys.argv[1:3], int(sys.argv[3]), int(sys.argv[4])
anna, ben = Person(port, "anna"), Person(port, "ben")

def reload(old, new):
    text = open(conf).read()
    assert old in text
    with open(conf, "w") as out:
        out.write(text.replace(old, new))
    return subprocess.run([netlabd, "--reload", "-c", conf]).returncode

def talk():
    anna.say("here I am")
    ben.expect("<anna> here I am")

# What does not come to be changes nothing.
assert reload("lab {", "lab { chat_name = \"two words\"") == 1
assert reload("chat_name = \"two words\"", "chat_history = 5") == 0
for person in anna, ben:
    person.expect("* the server is reloaded: please connect again")
    person.expect_end()
anna, ben = Person(port, "anna"), Person(port, "ben")
talk()
# Everybody's ports are what the guards know, and no reason to go.
assert reload("dns {", "time { daytime = { \"127.0.0.1:0\" } }\ndns {") != 0
assert reload("127.0.0.1:0", "127.0.0.2:" + str(port)) == 0
talk()
os.kill(master, signal.SIGTERM)
for person in anna, ben:
    person.expect("* the server stops")
    person.expect_end()
PYTHON
	netlabd_wait_end
	assert_equal "$NETLABD_STATUS" 0
	assert_equal "$(grep -ac 'chat worker 0 (pid [0-9]*) stays' "$LOG")" 1
}

@test "chat: its worker's death is nobody else's, and the next one serves" {
	local lab

	lab=$(workers_of lab)
	python3 - "$OLD" "$CHAT" "$ECHO" <<'PYTHON'
import os, signal, socket, sys
from chat_people import Person
worker, chat, echo = map(int, sys.argv[1:])
bystander = socket.create_connection(("127.0.0.1", echo), 20)
bystander.settimeout(20)
anna = Person(chat, "anna")
os.kill(worker, signal.SIGABRT)
try:
    anna.expect_end()
except ConnectionResetError:
    pass
anna, ben = Person(chat, "anna"), Person(chat, "ben")
anna.say("again")
ben.expect("<anna> again")
bystander.sendall(b"still here")
assert bystander.recv(100) == b"still here"
PYTHON
	netlabd_wait_log "chat worker 0 \(pid $OLD\) was ended by signal 6"
	assert_equal "$(workers_of lab)" "$lab"
	# Whoever took its place is kept like the first.
	OLD=$(workers_of chat)
	run "$NETLABD" --reload -c "$CONF"
	assert_success
	assert_equal "$(workers_of chat)" "$OLD"
	kill -USR1 "$NETLABD_PID"
	netlabd_wait_log 'counters of chat: chat: received '
	netlabd_stop
}
