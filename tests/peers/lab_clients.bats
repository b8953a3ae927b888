# lab_clients.bats: the programs that everybody has, as clients of the lab's
# services: nc, ncat, socat, busybox, telnet, curl, nmap and Python's asyncio. The
# numbers are those of the time requirements.
load ../bats/helper

# What speaks TCP, what speaks UDP: words of `client`. All of them end when there is
# nothing more to be read from us, but curl, which then only looks at its input.
TCP=("nc -N" ncat socat-tcp "busybox nc" telnet curl)
UDP=("nc -u -q 0" "ncat -u" socat-udp)

# client WORDS HOST PORT: becomes it. Nothing takes as long as it may last, however
# slow the machine.
client() {
	# shellcheck disable=SC2086 # a program and its options
	case $1 in
	socat-tcp) exec timeout 60 socat -t 5 - "TCP:$2:$3" ;;
	socat-udp) exec timeout 60 socat -t 0 - "UDP:$2:$3" ;;
	curl) exec timeout 60 curl -sN "telnet://$2:$3" ;;
	*) exec timeout 60 $1 "$2" "$3" ;;
	esac 2>>"$LOG"
}

setup() {
	local name

	netlabd_setup
	for name in ECHO DISCARD CHARGEN QOTD UPPER HELLO CHAT; do
		declare -g "$name=$(netlabd_free_port)"
	done
	netlabd_config <<-CONFIG
		$(netlabd_user)
		lab {
		    echo    = { "127.0.0.1:$ECHO", "[::1]:$ECHO" }
		    discard = { "127.0.0.1:$DISCARD", "[::1]:$DISCARD" }
		    chargen = { "127.0.0.1:$CHARGEN", "[::1]:$CHARGEN" }
		    qotd    = { "127.0.0.1:$QOTD", "[::1]:$QOTD" }
		    upper   = { "127.0.0.1:$UPPER", "[::1]:$UPPER" }
		    hello   = { "127.0.0.1:$HELLO", "[::1]:$HELLO" }
		    chat    = { "127.0.0.1:$CHAT", "[::1]:$CHAT" }
		}
	CONFIG
	netlabd_start
}

declare -gA TO CLIENT

# begin NAME WORDS HOST PORT: starts a client that says what is written to
# ${TO[NAME]}, and leaves in $DIR/NAME what it hears.
begin() {
	mkfifo "$DIR/$1.in"
	# Its file is empty before anything can be said to it.
	client "${@:2}" >"$DIR/$1" <"$DIR/$1.in" 3>&- &
	CLIENT["$1"]=$!
	netlabd_keep $!
	exec {TO["$1"]}>"$DIR/$1.in"
}

# Has nothing more to say to NAME, and waits until it has gone.
end() {
	local to=${TO["$1"]}

	exec {to}>&-
	wait "${CLIENT["$1"]}" || true
	rm "$DIR/$1.in"
}

# What the client has heard so far, in $output; telnet's own words left out. True
# when that is COUNT characters at least.
has_heard() {
	output=$(grep -avE "^(Trying|Connected to|Escape character|Connection closed)" \
		"$DIR/client") || true
	[ "${#output}" -ge "$1" ]
}

# say COUNT TEXT WORDS HOST PORT: says it to a client, which has all the time it needs
# to hear COUNT characters (0: a little, for what should not come): most of them go
# as soon as we do. What it got is in $output.
say() {
	begin client "${@:3}"
	printf '%b' "$2" >&"${TO[client]}"
	if [ "$1" -eq 0 ]; then
		sleep 0.4
	else
		netlabd_wait_for has_heard "$1" || true
	fi
	[ "$3" != curl ] || kill "${CLIENT[client]}" 2>/dev/null || true
	end client
	has_heard "$1" || true
}

# answers EXPECTED TEXT WORDS HOST PORT
answers() {
	say "${#1}" "${@:2}"
	assert_output "$1"
}

@test "TIME 37, RFC 862: every program gets from echo what it sends" {
	local text=$'Hello, world!\n  Grüße, 世界'

	for program in "${TCP[@]}" "${UDP[@]}"; do
		answers "$text" "$text\n" "$program" 127.0.0.1 "$ECHO"
	done
	answers "$text" "$text\n" "nc -6 -N" ::1 "$ECHO"
}

@test "every program gets its text in capitals, with and without an end of line" {
	for program in "${TCP[@]}" "${UDP[@]}"; do
		answers "NO END OF LINE" "no end of line" "$program" 127.0.0.1 "$UPPER"
		answers $'TWO\nLINES' 'Two\nlines\n' "$program" 127.0.0.1 "$UPPER"
	done
}

@test "TIME 43, RFC 865: every program is told a quote, and greeted, and let go" {
	for program in "${TCP[@]}"; do
		say 1 '' "$program" 127.0.0.1 "$QOTD"
		[ -n "$output" ] && [ "${#output}" -lt 512 ]
		answers "Hello 127.0.0.1" '' "$program" 127.0.0.1 "$HELLO"
	done
	for program in "${UDP[@]}"; do
		answers "Hello 127.0.0.1" 'x\n' "$program" 127.0.0.1 "$HELLO"
		say 1 'x\n' "$program" 127.0.0.1 "$QOTD"
		[ -n "$output" ]
	done
	answers "Hello ::1" '' "ncat -6" ::1 "$HELLO"
}

# telnet drops the CR.
@test "TIME 42, RFC 864: every program is shown lines that turn, until it closes" {
	local number

	printf -v LINE '\\%03o' {32..126} {32..126}
	printf -v LINE %b "$LINE"
	for program in "${TCP[@]}"; do
		begin client "$program" 127.0.0.1 "$CHARGEN"
		netlabd_wait_for has_heard $((200 * 75))
		kill "${CLIENT[client]}"
		end client
		mapfile -t lines <<<"$output"
		for number in 0 1 94 95 150; do
			assert_equal "${lines[number]%$'\r'}" "${LINE:number % 95:72}"
		done
	done
}

@test "TIME 39, RFC 863: every program says what it likes to discard, and hears nothing" {
	for program in "${TCP[@]}" "${UDP[@]}"; do
		say 0 'is anybody there?\n' "$program" 127.0.0.1 "$DISCARD"
		assert_output ""
	done
}

# join NAME WORDS
join() {
	begin "$1" "$2" 127.0.0.1 "$CHAT"
	type_in "$1" "$1"
	netlabd_wait_for grep -qa "#lobby: .*$1" "$DIR/$1"
}

type_in() {
	printf '%s\n' "$2" >&"${TO[$1]}"
}

# curl is none of them: it waits until it has a block to send.
@test "TIME 49: people with nc, ncat, socat, busybox and telnet hear one another" {
	local -A PROGRAM=(
		[anna]="nc" [berta]="ncat" [carla]="socat-tcp"
		[dora]="busybox nc" [emma]="telnet"
	)

	for name in "${!PROGRAM[@]}"; do
		join "$name" "${PROGRAM[$name]}"
	done
	for name in "${!PROGRAM[@]}"; do
		type_in "$name" "Grüße von $name"
	done
	for name in "${!PROGRAM[@]}"; do
		for other in "${!PROGRAM[@]}"; do
			[ "$name" != "$other" ] || continue
			netlabd_wait_for grep -qa "^<$other> Grüße von $other" "$DIR/$name"
		done
		run ! grep -a "^<$name>" "$DIR/$name"
	done
	type_in anna "/msg emma for you alone"
	netlabd_wait_for grep -qa '^-> \[anna\] for you alone' "$DIR/emma"
	run ! grep -la "you alone" "$DIR"/{berta,carla,dora}
	type_in berta "[e]"
	netlabd_wait_for grep -qaE '^\* berta has left' "$DIR/carla"
}

@test "TIME 49: asyncio's streams talk in a room of their own" {
	run -0 python3 - "$CHAT" <<'PYTHON'
import asyncio, sys

async def person(name):
    reader, writer = await asyncio.open_connection("127.0.0.1", sys.argv[1])
    writer.write(f"{name}\n/join #asyncio\n".encode())
    return reader, writer

async def until(reader, start):
    while not (line := await reader.readline()).startswith(start):
        assert line, "the chat has ended it"
    return line

async def main():
    people = {f"p{number}": await person(f"p{number}") for number in range(20)}
    for name, (_, writer) in people.items():
        await until(people[name][0], b"* you are in #asyncio")
    for name, (_, writer) in people.items():
        writer.write(f"I am {name}\n".encode())
    for name, (reader, _) in people.items():
        heard = {(await until(reader, b"<")) for _ in range(len(people) - 1)}
        assert heard == {f"<{other}> I am {other}\n".encode()
                         for other in people if other != name}, heard
    for _, writer in people.values():
        writer.close()

asyncio.run(asyncio.wait_for(main(), 20))
PYTHON
}

# It says all sorts of things to find out who is there.
@test "nmap's probes and script find services, and harm none" {
	run -0 timeout 60 nmap -n -Pn -sT -sV --version-intensity 0 \
		-p "$ECHO,$CHARGEN,$HELLO,$QOTD" 127.0.0.1
	grep open <<<"$output" | sed 's/^/# /' >&3
	assert_line --regexp "^$CHARGEN/tcp +open +chargen"
	run -0 timeout 60 nmap -n -Pn -sT --script +banner \
		-p "$ECHO,$DISCARD,$CHARGEN,$QOTD,$UPPER,$HELLO,$CHAT" 127.0.0.1
	assert_output --partial "Hello 127.0.0.1"
	run ! grep -E 'exited|killed|died' "$LOG"
	answers "still there" "still there" "nc -N" 127.0.0.1 "$ECHO"
}
