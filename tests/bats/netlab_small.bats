# netlab_small.bats: netlab time, daytime, qotd, hello, echo, upper, discard and
# chargen beside netlabd. What they make of inetd: tests/peers/netlab_small.bats.
load helper

netlab() {
	run --separate-stderr "$NETLAB" "$@"
}

start_small() {
	local name

	for name in ECHO DISCARD CHARGEN QOTD HELLO UPPER TIME DAYTIME; do
		declare -g "$name=$(netlabd_free_port)"
	done
	printf 'Grüße\n%s\n' "two lines" >"$DIR/quotes"
	chmod 644 "$DIR/quotes"
	netlabd_config <<-CONFIG
		$(netlabd_user)
		lab {
		    echo    = { "127.0.0.1:$ECHO", "[::1]:$ECHO" }
		    discard = { "127.0.0.1:$DISCARD" }
		    qotd    = { "127.0.0.1:$QOTD" }
		    chargen = { "127.0.0.1:$CHARGEN" }
		    hello   = { "127.0.0.1:$HELLO" }
		    upper   = { "127.0.0.1:$UPPER" }
		    unicode = true
		    qotd_file = "quotes"
		}
		time {
		    time    = { "127.0.0.1:$TIME" }
		    daytime = { "127.0.0.1:$DAYTIME" }
		    local_stratum = 10
		}
	CONFIG
	netlabd_start
}

# Answers that come without being asked: by TCP and UDP, as text and as JSON.
answers() {
	local by=$1

	netlab time "$by" "127.0.0.1:$TIME"
	assert_success
	assert_line --regexp '^[0-9]{10} s since 1900$'
	assert_line --regexp '^20[0-9]{2}-[0-9-]+T[0-9:]+Z, (and this clock agrees|[0-9] s behind this clock)$'
	netlab time "$by" -s "127.0.0.1:$TIME"
	assert_output --regexp '^[0-9]{10}$'
	netlab time "$by" --explain -j "127.0.0.1:$TIME"
	run -0 python3 - "$output" <<-'PYTHON'
	import datetime, json, sys
	got = json.loads(sys.argv[1])
	assert got["seconds"] == (got["unix"] + 2208988800) % 2**32
	assert datetime.datetime.fromisoformat(got["date"][:-1] + "+00:00").timestamp() == got["unix"]
	assert -10 < got["ahead"] <= 0
	last = got["wire"][-1]
	assert int(last["bytes"], 16) == got["seconds"], last
	assert last["fields"][1]["value"] == str(got["seconds"]), last
	PYTHON
	netlab time "$by" --explain "127.0.0.1:$TIME"
	assert_line --regexp '^[0-9]{10} - 2208988800 = [0-9]{10} s since 1970'
	netlab daytime "$by" "127.0.0.1:$DAYTIME"
	assert_output --regexp '^[A-Z][a-z]{2} [A-Z][a-z]{2} [ 0-9]{2} [0-9:]{8} 20[0-9]{2}$'
	netlab qotd "$by" -j "127.0.0.1:$QOTD"
	assert_output --partial '"text":"Gr\u00FC\u00DFe\r\ntwo lines"}'
	netlab qotd "$by" "127.0.0.1:$QOTD"
	assert_output $'Grüße\ntwo lines'
	netlab hello "$by" -p "$HELLO" 127.0.0.1
	assert_output "Hello 127.0.0.1"
}

# Texts that are said.
says() {
	local by=$1 long

	netlab echo "$by" "127.0.0.1:$ECHO" 'Grüße, 世界'
	assert_success
	assert_output 'Grüße, 世界'
	netlab echo "$by" -p "$ECHO" ::1 $'\e[2J'
	assert_output '\x1b[2J'
	long=$(printf '%060000d' 1)
	netlab echo "$by" "127.0.0.1:$ECHO" "$long"
	assert_output "$long"
	netlab upper "$by" "127.0.0.1:$UPPER" 'Grüße'
	assert_output 'GRÜSSE'
	run -0 "$NETLAB" upper "$by" "127.0.0.1:$UPPER" < <(printf 'one\ntwo\nthree')
	assert_output $'ONE\nTWO\nTHREE'
	run -0 "$NETLAB" echo "$by" -j "127.0.0.1:$ECHO" < <(printf 'one\n\ntwo')
	assert_output --partial '"text":"one","answer":"one"}'
	assert_output --partial '"text":"","answer":""}'
	assert_equal "${#lines[@]}" 3
	netlab discard "$by" -s "127.0.0.1:$DISCARD" hello
	assert_output 5
	run -0 "$NETLAB" discard "$by" "127.0.0.1:$DISCARD" --hex=plain < <(printf 'ab\ncd\n')
	assert_line --regexp '^6 bytes sent to|^4 bytes sent to'

	# What is not what it should be.
	netlab echo "$by" "127.0.0.1:$UPPER" hello
	assert_failure 10
	assert_equal "${stderr#*P: }" "what came back is not what was said"
	# By UDP a good sign is that nothing comes at once: the echo may be late.
	has_answered() {
		netlab discard "$by" "127.0.0.1:$ECHO" hello
		[ "$status" -ne 0 ]
	}
	netlabd_wait_for has_answered
	assert_failure 10
	assert_equal "${stderr#*P: }" "answered, and does not discard"
	netlab time "$by" "127.0.0.1:$DAYTIME"
	assert_failure 10
	assert_equal "${stderr#*P: }" "the answer is more than 4 bytes long"
	netlab echo "$by" --timeout 0.1 "127.0.0.1:$DISCARD" hello
	assert_failure 9
	assert_equal "${stderr#*P: }" "no answer in time"
}

# Sixteen answers while a second turns into the next.
turns() {
	python3 - "$NETLAB" "127.0.0.1:$TIME" <<-'PYTHON'
	import subprocess, sys, time
	time.sleep((0.985 - time.time()) % 1)
	for _ in range(16):
	    print(subprocess.run([sys.argv[1], "time", sys.argv[2]], check=True, text=True, stdout=subprocess.PIPE).stdout)
	PYTHON
}

@test "netlab time: never ahead of this clock, when both are the same clock" {
	start_small
	run -0 turns
	assert_line --partial " this clock"
	refute_line --partial "ahead of this clock"
}

@test "netlab time, daytime, qotd, hello, echo, upper, discard: by TCP and by UDP" {
	start_small
	for by in -t -u; do
		answers "$by"
		says "$by"
	done
	netlab echo -6 "127.0.0.1:$ECHO" hello
	assert_failure 9
	netlab echo -4 "127.0.0.1:$ECHO" hello
	assert_success
	netlab echo "127.0.0.1:$ECHO" ''
	assert_failure 1
	for verb in time daytime qotd hello echo upper discard chargen; do
		netlab "$verb"
		assert_failure 1
	done
	head -c 70000 /dev/zero >"$DIR/long"
	run -1 "$NETLAB" echo "127.0.0.1:$ECHO" <"$DIR/long"
}

@test "netlab chargen: ten lines, as many as are wanted, datagrams" {
	local rows

	start_small
	netlab chargen "127.0.0.1:$CHARGEN"
	assert_success
	rows=("${lines[@]}")
	assert_equal "${#rows[@]}" 10
	assert_equal "${rows[9]:0:63}" "${rows[0]:9}"
	netlab chargen -c 200 "127.0.0.1:$CHARGEN"
	assert_equal "${#lines[@]}" 200
	netlab chargen -j -c 2 "127.0.0.1:$CHARGEN" --hex
	run -0 python3 - "$output" "${rows[0]}" "${rows[1]}" <<-'PYTHON'
	import json, sys
	got = json.loads(sys.argv[1])
	assert got["lines"] == 2 and got["bytes"] == 148, got
	assert got["text"] == sys.argv[2] + "\r\n" + sys.argv[3] + "\r\n"
	assert bytes.fromhex(got["wire"][0]["bytes"]).decode() == got["text"]
	PYTHON
	netlab chargen -u -j -c 3 "127.0.0.1:$CHARGEN"
	assert_output --partial '"datagrams":3,'
	netlab chargen "127.0.0.1:$QOTD"
	assert_failure 10
	assert_equal "${stderr#*P: }" "truncated: closed after 2 of 10 lines"
}
