# chat.bats: the chat as people at terminals have it. The numbers are those of the
# requirements for time and lab.

load helper

# A daemon with a chat on $CHAT, with the LINES in its section.
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

# Lets NAME connect by nc to HOST: lines go to its pipe, what it hears to its file.
connect() {
	mkfifo "$DIR/$1.in"
	nc "$2" "$CHAT" <"$DIR/$1.in" >"$DIR/$1" 3>&- &
	netlabd_keep "$!"
	exec {fd}>"$DIR/$1.in"
	printf -v "fd_$1" %s "$fd"
	say "$1" "$1"
}

say() {
	local fd=fd_$1

	printf '%s\n' "$2" >&"${!fd}"
}

# Waits until NAME has heard LINE.
hears() {
	netlabd_wait_for grep -qxF -- "$2" "$DIR/$1" || {
		cat "$DIR/$1"
		fail "$1 has not heard: $2"
	}
}

@test "TIME 49: nc alone can join, talk, /msg, leave with [e]" {
	start_chat 'chat_name = "lab-chat"'
	connect anna 127.0.0.1
	hears anna '* welcome to lab-chat, anna: /help tells what you can type, [e] leaves'
	connect bert ::1
	hears anna '* bert has joined #lobby'
	say anna 'hello, world'
	hears bert '<anna> hello, world'
	say bert '/me waves'
	hears anna '* bert waves'
	say bert '/msg anna psst'
	hears anna '-> [bert] psst'
	say bert '/nick Bertram'
	hears anna '* bert is now Bertram'
	say bert '/join #lab'
	hears anna '* Bertram has left #lobby'
	say anna '/join #lab'
	hears bert '* anna has joined #lab'
	say anna '/who'
	hears anna '* in #lab: Bertram, anna'
	say bert '[e]'
	hears bert '* goodbye'
	hears anna '* Bertram has left #lab'
	# A connection that breaks is a farewell too, and said once.
	python3 - "$CHAT" <<-'PYTHON'
		import socket, struct, sys
		with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as s:
		    s.sendall(b"carl\n/join #lab\n")
		    while b"in #lab" not in s.recv(4096):
		        pass
		    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
	PYTHON
	hears anna '* carl has left #lab: connection lost'
	# Whoever is there when the server stops is told.
	kill -TERM "$NETLABD_PID"
	hears anna '* the server stops'
	assert_equal "$(grep -c 'has left #lab' "$DIR/anna")" 2
}

@test "TIME 50: no control, no invalid UTF-8 reaches anybody; who reads nothing delays nobody" {
	start_chat
	run -0 python3 - "$CHAT" <<'PYTHON'
import socket, sys

def enter(name, receive=0):
    s = socket.socket()
    s.settimeout(20)
    if receive:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
    s.connect(("127.0.0.1", int(sys.argv[1])))
    s.sendall(name + b"\n")
    return s, s.makefile("rb")

def until(file, end):
    lines = []
    while not lines or lines[-1] != end:
        lines.append(file.readline())
        assert lines[-1], lines
    return lines

eve, from_eve = enter(b"eve\x1b[2J")
anna, to_anna = enter(b"anna")
until(to_anna, b"* you are in #lobby: eve[2J, anna\n")
hostile = [
    b"\x1b[2J\x1b]0;title\x07", b"\xc2\x9b31m", b"\x00\x08\x7f", b"\xff\xfe", b"\xc0\xaf",
    b"\xed\xa0\x80", b"\xe2\x80\xae tfel", b"\xe2\x81\xa6\xd8\x9c", b"\xf4\x90\x80\x80",
    b"/me \x1b[1m", b"/msg anna \x1b[5m", b"/nick \x1b[0mbob", b"/join #\x1b[0m",
    b"/quit \x1b[0m\xc2\x85 end",
]
eve.sendall(b"\n".join(hostile) + b"\n")
heard = b"".join(until(to_anna, b"* [0mbob has left #lobby: [0m end\n"))
text = heard.decode()  # strictly
assert all(c in "\n\t" or c.isprintable() for c in text), text
assert until(from_eve, b"* goodbye\n").count(b"! not UTF-8\n") == 4

# Nobody reads what mute is told, which is more than all buffers hold.
mute, _ = enter(b"mute", 4096)
bert, to_bert = enter(b"bert")
until(to_bert, b"* you are in #lobby: anna, mute, bert\n")
until(to_anna, b"* bert has joined #lobby\n")
for i in range(0, 6000, 200):
    anna.sendall(b"".join(b"%d %0100d\n" % (j, 0) for j in range(i, i + 200)))
    for j in range(i, i + 200):
        line = to_bert.readline()
        assert line.startswith(b"<anna> %d " % j), (j, line)
print("all heard")
PYTHON
	assert_output 'all heard'
}
