# lectures.bats: the clients of tests/lectures, as they are, on free ports.
load helper

# client PROGRAM PORT: its output, from what standard input types.
client() {
	timeout 20 python3 "$TOP/tests/lectures/$1.py" "$2"
}

@test "the lectures' clients: upper, echo, greeting and time, TCP and UDP (TIME 37, 38, 40, 41)" {
	local upper echo hello daytime time

	for name in upper echo hello daytime time; do
		declare "$name=$(netlabd_free_port)"
	done
	netlabd_config <<-END
		$(netlabd_user)
		time { daytime = { "127.0.0.1:$daytime" }  time = { "127.0.0.1:$time" } }
		lab {
		    upper = { "127.0.0.1:$upper" }  unicode = true
		    echo  = { "127.0.0.1:$echo" }
		    hello = { "127.0.0.1:$hello" }
		}
	END
	netlabd_start
	run -0 client upper_tcp "$upper" <<<"hello, wörld"
	assert_output "A sentence in small letters: From the server: HELLO, WÖRLD"
	run -0 client upper_udp "$upper" <<<"hello, wörld"
	assert_output "A sentence in small letters: HELLO, WÖRLD"
	for program in echo_tcp echo_udp; do
		run -0 client $program "$echo" <<<$'one\ntwo words\n'
		assert_output $'Say: Echo: one\nSay: Echo: two words\nSay: '
	done
	run -0 client hello "$hello"
	assert_output "Hello 127.0.0.1"
	run -0 client daytime "$daytime"
	assert_output --regexp '^The time of the server is [A-Z][a-z]{2} [A-Z][a-z]{2} '
	run -0 client time_udp "$time"
	assert_output --regexp $'^Seconds since 1900: [0-9]{10}\nThat is [A-Z][a-z]{2} '
}

@test "TIME 49: the lectures' chat clients talk in turns, and leave with [e]" {
	local chat

	chat=$(netlabd_free_port)
	netlabd_config <<-END
		$(netlabd_user)
		lab { chat = { "127.0.0.1:$chat" } }
	END
	netlabd_start
	run -0 timeout 60 python3 - "$TOP/tests/lectures" "$chat" <<'PYTHON'
import os, subprocess, sys

folder, port = sys.argv[1:]

class Client:
    """One that types when it is told to, and what its screen shows."""
    def __init__(self, program, name):
        self.process = subprocess.Popen(
            [sys.executable, "-u", f"{folder}/{program}.py", port],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        self.type(name)

    def type(self, line):
        self.process.stdin.write(line.encode() + b"\n")

    def until(self, prompt="Me : "):
        """What it shows up to the next prompt."""
        shown = ""
        while not shown.endswith(prompt):
            piece = os.read(self.process.stdout.fileno(), 4096)
            assert piece, shown
            shown += piece.decode()
        return shown.removesuffix(prompt)

    def leave(self):
        self.type("[e]")
        assert self.process.wait() == 0

for program in "chat_tcp", "chat_udp":
    alice = Client(program, "alice")
    shown = alice.until()
    assert shown.startswith("Your name: netlabd has joined the chat room\n"
                            "[e] leaves the chat room\nnetlabd : * "), shown
    bob = Client(program, "bob")
    assert "alice" in bob.until()
    alice.type("hello, bob")
    assert alice.until().startswith("netlabd : * bob has joined")
    bob.type("hello, alice")
    assert bob.until() == "netlabd : <alice> hello, bob\n\n"
    alice.type("how are you?")
    assert alice.until() == "netlabd : <bob> hello, alice\n\n"
    bob.leave()
    alice.type("still there?")
    assert alice.until().startswith("netlabd : * bob has left")
    alice.leave()
PYTHON
}
