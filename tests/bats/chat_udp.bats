# chat_udp.bats: the chat by datagrams, and who talks too fast. The numbers are
# those of the requirements for time and lab.

load helper
load lab

export PYTHONPATH=$BATS_TEST_DIRNAME
export PYTHONDONTWRITEBYTECODE=1

# A daemon with a chat on $CHAT, whose limits stand for loopback too, with the
# LINES in its section.
start_chat() {
	CHAT=$(netlabd_free_port)
	netlabd_config <<-END
		$(netlabd_user)
		lab {
		    chat = { "0.0.0.0:$CHAT", "[::1]:$CHAT" }
		    rate_exempt = {}
		    $*
		}
	END
	netlabd_start
}

@test "TIME 49, 50: by datagrams too: join, talk, leave; only text reaches others" {
	start_chat 'chat_rate = 20' 'chat_burst = 20'
	python3 - "$CHAT" <<'PYTHON'
import sys
from chat_people import Peer, Person

port = int(sys.argv[1])
tom = Person(port, "tom")

# A name without a line's end: the server's alone, then what there is to know.
anna = Peer(port).say("anna")
assert anna.hear() == "netlabd"
assert anna.hear().startswith("* welcome to netlabd, anna: ")
tom.expect("* anna has joined #lobby")
ben = Peer(port, "::1").say("/nick ben\n")
assert ben.hear().startswith("* welcome to netlabd, ben: ")
tom.expect("* ben has joined #lobby")
anna.expect("* ben has joined #lobby\n")
tom.say("hello, all of you")
anna.expect("<tom> hello, all of you\n")
ben.expect("<tom> hello, all of you\n")

for bytes, heard in (
    (b"\x1b[2Jred\x1b[0m", "[2Jred[0m"),
    (b"\xc2\x9b31m\x07\x00\x7f", "31m"),
    (b"a\xe2\x80\xaeb\tc", "ab\tc"),
):
    anna.say(bytes)
    assert tom.expect("<anna> ") == f"<anna> {heard}"
    ben.expect(f"<anna> {heard}\n")
anna.say(b"\xff\xfe").expect("! not UTF-8\n")
anna.say("x" * 513).expect("! too long\n")
anna.say("/msg tom psst").say("")
tom.expect("-> [anna] psst")
anna.say("/ping").expect("* pong\n")

ben.say("Left chat room!").expect("* goodbye\n")
tom.expect("* ben has left #lobby")

# What a chat says is no name, or two of them would talk for ever.
for line in "* anna has joined #lobby\n", "! too long\n", "<anna> hello\n":
    ben.say(line)

# Eight of an address, of any other as well.
crowd = [Peer(port, source="127.0.0.2").say(f"p{i}\n") for i in range(9)]
for peer in crowd[:8]:
    peer.expect("* welcome")
crowd[8].expect("! too many from your address\n")
Peer(port, source="127.0.0.3").say("zoe\n").expect("* welcome")
PYTHON
	counters chat '[0-9]+'
	assert_equal "$(counter udp_strange)" 3
	assert_equal "$(counter udp_too_long)" 1
	assert_equal "$(counter udp_refused)" 1
	assert_equal "$(counter udp_left)" 1
}

@test "TIME 49, 50: who talks too fast is warned, then out; a forged address joins nothing" {
	# As if nobody were near.
	start_chat 'amplification = "none"' 'chat_udp_idle = 1' 'chat_max_connections = 9'
	python3 - "$CHAT" <<'PYTHON'
import socket
import sys
import time
from chat_people import Peer, Person

port = int(sys.argv[1])
begin = time.monotonic()
tom, eve = Person(port, "tom"), Person(port, "eve")
tom.expect("* eve has joined #lobby")

# Eight connections of an address, nine in all.
def connect(source):
    return socket.create_connection(("127.0.0.1", port), 20, (source, 0))

crowd = [connect("127.0.0.1") for _ in range(6)]
assert connect("127.0.0.1").recv(99) == b"! too many from your address\n"
crowd.append(connect("127.0.0.2"))
assert connect("127.0.0.3").recv(99) == b"! the chat is full\n"
for one in crowd:
    one.close()

# Of 30 lines at once, her name was the first of five; a second lets one more pass.
eve.stream.sendall(b"".join(b"line %d\n" % i for i in range(30)))
assert eve.hear().startswith("! slow down")
assert eve.hear() == "! too fast"
assert eve.hear() is None
heard = []
while (line := tom.hear()).startswith("<eve> "):
    heard.append(line)
assert line == "* eve has left #lobby: too fast", line
assert heard == [f"<eve> line {i}" for i in range(len(heard))], heard
assert 4 <= len(heard) <= 4 + (time.monotonic() - begin), heard

# Nothing longer than what came, until the cookie comes back.
anna = Peer(port).say("anna\n")
assert anna.hear() == "!\n"
anna.say("anna, who comes from far away, it seems\n")
challenge = anna.hear()
assert challenge.startswith("! to join, send: /cookie "), challenge
cookie = challenge.split()[5]
assert len(challenge) <= 40
Peer(port).say(f"/cookie {cookie} anna, of another port").expect("! /cookie ")
anna.say(f"/cookie {cookie} anna").expect("netlabd")
tom.expect("* anna has joined #lobby")

# Who is silent has left, once.
tom.expect("* anna has left #lobby: silent for too long")
anna.expect("* you were silent for too long: good-bye\n")
tom.say("/who")
assert tom.hear() == "* in #lobby: tom"
PYTHON
	counters chat '[0-9]+'
	assert_equal "$(counter flooded)" 1
	assert_equal "$(counter refused_address)" 1
	assert_equal "$(counter refused_full)" 1
	assert_equal "$(counter udp_challenged)" 3
	assert_equal "$(counter udp_joined)" 1
}
