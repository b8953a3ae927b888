# lab_clients.bats: the programs that everybody has, as clients of the lab's
# services: nc, ncat, socat, busybox, telnet, curl, nmap and Python's asyncio. The
# numbers are those of the time requirements.
load ../bats/helper

# What speaks TCP, what speaks UDP: words of `client`. telnet and curl close when
# there is nothing more to be read from us.
TCP=("nc -N" ncat socat-tcp "busybox nc" telnet curl)
UDP=("nc -u -w 1" "ncat -u -i 1" socat-udp)
PATIENCE=10

# client WORDS HOST PORT
client() {
	case $1 in
	socat-tcp) timeout "$PATIENCE" socat -t 5 - "TCP:$2:$3" ;;
	socat-udp) timeout "$PATIENCE" socat -t 1 - "UDP:$2:$3" ;;
	curl) timeout "$PATIENCE" curl -sN "telnet://$2:$3" ;;
	# shellcheck disable=SC2086 # a program and its options
	*) timeout "$PATIENCE" $1 "$2" "$3" ;;
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

# say TEXT WORDS HOST PORT: says it to a client, which then waits a little for the
# answer, and prints what it got; telnet's own words left out.
say() {
	{
		printf '%b' "$1"
		sleep 0.4
	} | client "${@:2}" |
		grep -avE "^(Trying|Connected to|Escape character|Connection closed)" || true
}

@test "TIME 37, RFC 862: every program gets from echo what it sends" {
	local text='Hello, world!\n  Grüße, 世界\n'

	for program in "${TCP[@]}"; do
		run -0 say "$text" "$program" 127.0.0.1 "$ECHO"
		assert_output "$(printf '%b' "$text")"
	done
	for program in "${UDP[@]}"; do
		run -0 say "$text" "$program" 127.0.0.1 "$ECHO"
		assert_output "$(printf '%b' "$text")"
	done
	run -0 say "$text" "nc -6 -N" ::1 "$ECHO"
	assert_output "$(printf '%b' "$text")"
}

@test "every program gets its text in capitals, with and without an end of line" {
	for program in "${TCP[@]}" "${UDP[@]}"; do
		run -0 say 'no end of line' "$program" 127.0.0.1 "$UPPER"
		assert_output "NO END OF LINE"
		run -0 say 'Two\nlines\n' "$program" 127.0.0.1 "$UPPER"
		assert_output $'TWO\nLINES'
	done
}

@test "TIME 43, RFC 865: every program is told a quote, and greeted, and let go" {
	for program in "${TCP[@]}"; do
		run -0 say '' "$program" 127.0.0.1 "$QOTD"
		[ -n "$output" ] && [ "${#output}" -lt 512 ]
		run -0 say '' "$program" 127.0.0.1 "$HELLO"
		assert_output "Hello 127.0.0.1"
	done
	for program in "${UDP[@]}"; do
		run -0 say 'x\n' "$program" 127.0.0.1 "$HELLO"
		assert_output "Hello 127.0.0.1"
		run -0 say 'x\n' "$program" 127.0.0.1 "$QOTD"
		[ -n "$output" ]
	done
	run -0 say '' "ncat -6" ::1 "$HELLO"
	assert_output "Hello ::1"
}

# Not all of them go when nobody reads them any more, and telnet drops the CR.
@test "TIME 42, RFC 864: every program is shown lines that turn, until it closes" {
	local number

	PATIENCE=1
	printf -v LINE '\\%03o' {32..126} {32..126}
	printf -v LINE %b "$LINE"
	for program in "${TCP[@]}"; do
		run say '' "$program" 127.0.0.1 "$CHARGEN"
		[ "${#lines[@]}" -gt 200 ]
		for number in 0 1 94 95 150; do
			assert_equal "${lines[number]%$'\r'}" "${LINE:number % 95:72}"
		done
	done
}

@test "TIME 39, RFC 863: every program says what it likes to discard, and hears nothing" {
	for program in "${TCP[@]}" "${UDP[@]}"; do
		run -0 say 'is anybody there?\n' "$program" 127.0.0.1 "$DISCARD"
		assert_output ""
	done
}

# Starts PROGRAM, which gets what is said to it by `type NAME TEXT` and leaves what
# it hears in $DIR/NAME.
join() {
	local name=$1

	mkfifo "$DIR/$name.in"
	PATIENCE=60 client "$2" 127.0.0.1 "$CHAT" <"$DIR/$name.in" >"$DIR/$name" 3>&- &
	netlabd_keep $!
	exec {FD["$name"]}>"$DIR/$name.in"
	type_in "$name" "$name"
	netlabd_wait_for grep -qa "#lobby: .*$name" "$DIR/$name"
}

type_in() {
	printf '%s\n' "$2" >&"${FD[$1]}"
}

# curl is none of them: it waits until it has a block to send.
@test "TIME 49: people with nc, ncat, socat, busybox and telnet hear one another" {
	local -A FD PROGRAM=(
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
	run -0 say 'still there' "nc -N" 127.0.0.1 "$ECHO"
	assert_output "still there"
}
