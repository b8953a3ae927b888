# netlab_chat.bats: netlab chat, with a server.

load helper

export PYTHONPATH=$BATS_TEST_DIRNAME
export PYTHONDONTWRITEBYTECODE=1
export NETLAB

start_chat() {
	CHAT=$(netlabd_free_port)
	netlabd_config <<-END
		$(netlabd_user)
		lab {
		    chat = { "127.0.0.1:$CHAT", "[::1]:$CHAT" }
		    $*
		}
	END
	netlabd_start
}

@test "netlab chat: lines go in and out as they are, by TCP and UDP, until the user leaves" {
	start_chat
	python3 - "$CHAT" <<'PYTHON'
import signal
import sys
from netlab_people import Pipe

port = sys.argv[1]
for transport in "-t", "-u":
    anna = Pipe(transport, "--name", "anna", f"127.0.0.1:{port}")
    anna.expect("* welcome to netlabd, anna: ")
    ben = Pipe(transport, "-nben", "-p", port, "::1")
    ben.expect("* you are in #lobby: anna, ben")
    anna.expect("* ben has joined #lobby")
    for i in range(60):
        anna.say(f"from anna, häppy {i}")
        ben.say(f"from ben {i}")
    for i in range(60):
        assert ben.hear() == f"<anna> from anna, häppy {i}"
        assert anna.hear() == f"<ben> from ben {i}"
    anna.say("x" * 1025).expect("! too long: ")
    # No end of a line, and the end.
    anna.process.stdin.write(b"last words")
    assert anna.end() == ["* goodbye"]
    assert ben.hear() == "<anna> last words"
    ben.expect("* anna has left")
    for farewell in "[e]", "/quit":
        carl = Pipe(transport, "-n", "carl", f"127.0.0.1:{port}").say(farewell)
        assert carl.expect_end(0)[-1] == "* goodbye"
        ben.expect("* carl has left")
    ben.process.send_signal(signal.SIGINT)
    assert ben.expect_end(0) == ["* goodbye"]
PYTHON
}

@test "netlab chat: what is typed survives what comes in meanwhile" {
	start_chat
	python3 - "$CHAT" <<'PYTHON'
import sys
from chat_people import Person
from netlab_people import Terminal

port = int(sys.argv[1])
tom = Person(port, "tom")
anna = Terminal("-n", "anna", f"127.0.0.1:{port}")
tom.expect("* anna has joined")
anna.until("anna\x1b[0m\r\n> ")
# The line is taken off the screen, and put back below what has come.
anna.type("hällo wörl").until("hällo wörl")
tom.say("incoming")
assert anna.until("hällo wörl").startswith("\r\x1b[J<\x1b[96mtom\x1b[0m> incoming\r\n> ")
# In the middle of a key's sequence as well: ESC is the beginning of one.
anna.type("\x1b")
tom.say("between")
anna.until("between\r\n> hällo wörl")
anna.type("[DX\n")
assert tom.expect("<anna>") == "<anna> hällo wörXl"
# What was said comes back; two rows, of which the cursor is in the second.
anna.type("\x1b[A").until("wörXl")
anna.type(" and much more than fits in one row").until("one row")
tom.say("above both")
assert anna.until("> hällo").startswith("\x1b[1A\r\x1b[J")
tom.say("/me \x1b[31mdoes nothing harmful")
anna.until("* tom [31mdoes nothing harmful")
anna.type("\n\x04")
tom.expect("<anna> hällo wörXl and much more than fits in one row")
tom.expect("* anna has left")
anna.until("* goodbye")
anna.end()

# Without colour; with ^C.
ben = Terminal("-n", "ben", f"127.0.0.1:{port}", NO_COLOR="1")
ben.until("tom, ben\r\n> ")
tom.say("red?")
ben.until("\r\x1b[J<tom> red?\r\n> ")
ben.type("never said\x03").until("* goodbye\r\n")
ben.end()
# No cursor to move.
dumb = Terminal("-n", "dumb", f"127.0.0.1:{port}", TERM="dumb")
dumb.until("tom, dumb\r\n")
assert "\x1b" not in dumb.type("hello\n[e]\n").end()
PYTHON
}

@test "netlab chat: who is refused, thrown out or left alone is told so" {
	start_chat 'chat_max_connections = 1' 'chat_udp_peers = 4' 'chat_udp_idle = 1'
	python3 - "$CHAT" <<'PYTHON'
import socket
import sys
from netlab_people import Pipe, fails

port = sys.argv[1]
server = f"127.0.0.1:{port}"

anna = Pipe("-n", "anna", server)
anna.expect("* you are in")
ben = Pipe("-n", "ben", server)
assert ben.expect_end(2) == ["! the chat is full"]
assert ben.complaint == f"netlab: {server}, TCP: the server has ended the chat\n"
# Silence of more than a second, by UDP.
carl = Pipe("-u", "-n", "carl", server)
assert carl.expect_end(9)[-1].startswith("* you were silent for too long")

# A server that says nothing, one that has gone, none at all.
with socket.create_server(("127.0.0.1", 0)) as mute:
    place = "127.0.0.1:%d" % mute.getsockname()[1]
    assert "no answer in time" in fails(9, "--timeout", "0.2", "-n", "x", place)
    dora = Pipe("-n", "dora", place)
    for _ in range(2):
        stream = mute.accept()[0]
    stream.sendall(b"* welcome\nno end")
    dora.expect("* welcome")
    stream.close()
    assert dora.expect_end(9) == ["no end"]
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mute:
    mute.bind(("127.0.0.1", 0))
    fails(9, "--timeout", "0.2", "-u", "127.0.0.1:%d" % mute.getsockname()[1])
for transport in "-t", "-u":
    assert "refused" in fails(9, transport, place)
fails(1, "--name", "a b", place)
fails(1, "127.0.0.1:x")
fails(1, "--hex", place)
fails(1)
PYTHON
	netlabd_stop
}

@test "netlab chat: by UDP the cookie of a server far away is sent back by itself" {
	start_chat 'amplification = "none"' 'rate_exempt = {}'
	python3 - "$CHAT" <<'PYTHON'
import sys
from netlab_people import Pipe

anna = Pipe("-u", "-n", "a", f"127.0.0.1:{sys.argv[1]}")
assert anna.hear().startswith("* welcome to netlabd, a: ")
assert anna.end()[-1] == "* goodbye"
PYTHON
	netlabd_stop
}
