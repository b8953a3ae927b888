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
