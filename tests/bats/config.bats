# config.bats: every mistake in netlabd.conf is told, on its line, in one run.

load helper

# refuses TEXT LINE...: `-t` of TEXT fails with these lines and no others, each
# told as "FILE:LINE" or "FILE: LINE". Line 1 is a user that root may become.
refuses() {
	local line expected=()

	printf 'user = "nobody" group = "nogroup"\n%s\n' "$1" | netlabd_config
	shift
	for line in "$@"; do
		case $line in
		[0-9]*) expected+=("$CONF:$line") ;;
		*) expected+=("$CONF: $line") ;;
		esac
	done
	run "$NETLABD" -t -c "$CONF"
	assert_output "$(printf '%s\n' "${expected[@]}")"
	assert_equal "$status" 1
}

# As REFUSES, with a service behind TEXT, so that there is something to serve.
refuses_beside_echo() {
	refuses "$1"$'\nlab { echo = { "127.0.0.1:7" } }' "${@:2}"
}

@test "unknown keys and sections, with what was meant" {
	refuses_beside_echo 'usr = "x"' \
		"2: unknown key 'usr' (did you mean 'user'?)"
	refuses_beside_echo 'htpt { a = 1 }' \
		"2: unknown section 'htpt' (did you mean 'http'?)"
	refuses_beside_echo 'http { lisen = { "127.0.0.1:80" } }' \
		"2: unknown key 'lisen' in section http (did you mean 'listen'?)"
	refuses_beside_echo $'log {\n pidfile = "x" }' \
		"3: unknown key 'pidfile' in section log (it belongs outside of all sections)"
}

@test "a key or a section given twice" {
	refuses_beside_echo $'shutdown_timeout = 1\nshutdown_timeout = 2' \
		"3: 'shutdown_timeout' is already set on line 2"
	refuses_beside_echo $'log { }\n\nlog { level = "info" }' \
		"4: section log is already there on line 2"
}

@test "values of the wrong type" {
	refuses_beside_echo 'pidfile = 5' \
		"2: 'pidfile' takes text in double quotes, not '5'"
	refuses_beside_echo 'pidfile = { "a", "b" }' \
		"2: 'pidfile' takes one value, not a list in braces"
	refuses_beside_echo 'shutdown_timeout = "5"' \
		"2: 'shutdown_timeout' takes a whole number, not \"5\""
	refuses_beside_echo 'shutdown_timeout = 5s' \
		"2: 'shutdown_timeout' takes a whole number, not '5s'"
	refuses_beside_echo 'shutdown_timeout = 010' \
		"2: 'shutdown_timeout' takes a number without leading zeros, not '010'"
	refuses_beside_echo 'shutdown_timeout = 99999999999999999999' \
		"2: the number '99999999999999999999' for 'shutdown_timeout' is too large"
	refuses_beside_echo 'http = 5' \
		"2: 'http' is a section: it is followed by '{', not by '='"
}

@test "numbers out of range" {
	refuses_beside_echo 'shutdown_timeout = -1' \
		"2: 'shutdown_timeout' is from 0 to 3600, not -1"
	refuses $'time {\n workers = 65\n daytime = { "127.0.0.1:13" } }' \
		"3: 'workers' is from 0 to 64, not 65"
	refuses $'time {\n max_connections = 0\n daytime = { "127.0.0.1:13" } }' \
		"3: 'max_connections' is from 1 to 1048576, not 0"
	refuses $'lab {\n workers = 65\n chat_send_timeout = 0\n echo = { "127.0.0.1:7" } }' \
		"3: 'workers' is from 0 to 64, not 65" \
		"4: 'chat_send_timeout' is from 1 to 3600, not 0"
}

@test "words that are none of those that can be chosen" {
	refuses_beside_echo $'log {\n level = "loud"\n facility = "mail"\n}' \
		"3: 'level' is one of error, warning, notice, info, debug, not \"loud\"" \
		"4: 'facility' is one of daemon, user, local0 ... local7, not \"mail\""
}

@test "bad addresses and ports" {
	local port="the port is neither a number from 1 to 65535 nor a name in /etc/services"

	refuses $'lab { echo = {\n "localhost:7",\n "127.0.0.1",\n "127.0.0.1:0",\n "127.0.0.1:65536",\n "127.0.0.1:nosuch",\n "[::g]:7",\n "[::1]:-7" } }' \
		"3: 'echo': \"localhost:7\": not a numeric IPv4 address" \
		"4: 'echo': \"127.0.0.1\": not an address with a port, like 127.0.0.1:80 or [::1]:80" \
		"5: 'echo': \"127.0.0.1:0\": $port" \
		"6: 'echo': \"127.0.0.1:65536\": $port" \
		"7: 'echo': \"127.0.0.1:nosuch\": $port" \
		"8: 'echo': \"[::g]:7\": not an IPv6 address in the brackets" \
		"9: 'echo': \"[::1]:-7\": $port"
	refuses 'lab { echo = { } }' "2: the list of 'echo' is empty"
}

@test "an address used twice with the same transport" {
	refuses $'lab { echo = {\n "127.0.0.1:7",\n "127.0.0.1:echo" } }' \
		"4: 'echo': \"127.0.0.1:echo\" is already used on line 3"
	refuses $'time { daytime = { "127.0.0.1:7" } }\nlab { echo = { "127.0.0.1:7" } }' \
		"3: 'echo': \"127.0.0.1:7\" is already used on line 2"
}

@test "too many addresses" {
	local i text='lab { echo = {'

	for ((i = 1; i <= 65; i++)); do
		text+=$'\n'"\"127.0.0.$i:7\","
	done
	refuses "$text } }" \
		"67: too many addresses: at most 128 in the whole file, UDP and TCP counted apart"
}

@test "text that does not read" {
	refuses_beside_echo $'pidfile = "a\nshutdown_timeout = x' \
		"2: the closing quote is missing on this line: \"a" \
		"3: 'shutdown_timeout' takes a whole number, not 'x'"
	refuses_beside_echo "pidfile = 'a'" \
		"2: write double quotes, not single ones: 'a'"
	refuses_beside_echo 'pidfile = "${HOME}/a"' \
		"2: '\${' is reserved: variables are not expanded in \"\${HOME}/a\""
	refuses $'lab {\n echo = { "127.0.0.1:7" }\n\n' \
		"2: section lab has no closing '}'"
	refuses $'lab {\n echo = { "127.0.0.1:7"\n}' \
		"2: section lab has no closing '}'"
	refuses $'lab {\n echo = { "127.0.0.1:7" "127.0.0.1:8" }\n}' \
		"3: a comma is missing before \"127.0.0.1:8\" in the list of 'echo'"
	refuses_beside_echo 'shutdown_timeout' \
		"2: '=' is missing behind 'shutdown_timeout'"
	refuses_beside_echo '} ' "2: a key should stand here, not '}'"
	refuses_beside_echo $'x = \377\376' "2: unknown key 'x'" \
		"2: unexpected '\\xff\\xfe'"
}

@test "a comment that is never closed" {
	refuses $'lab { echo = { "127.0.0.1:7" } }\n/* lab\n' \
		"3: the comment is never closed that begins with '/*'"
}

@test "files that are no configuration" {
	local none="no section has an address to listen on: there is nothing to serve"

	refuses '' "$none"
	printf 'user = "nobody"\n\nlab\0' | netlabd_config
	run -1 "$NETLABD" -t -c "$CONF"
	assert_output "$CONF:3: is not text: it has a NUL byte"
	head -c 2000000 /dev/zero | tr '\0' '#' | netlabd_config
	run -1 "$NETLABD" -t -c "$CONF"
	assert_output "$CONF: is too large"
	run -1 "$NETLABD" -t -c "$DIR"
	assert_output "$DIR: is a directory"
	run -1 "$NETLABD" -t -c "$DIR/none"
	assert_output "$DIR/none: No such file or directory"
	mkfifo "$DIR/fifo"
	run -1 "$NETLABD" -t -c "$DIR/fifo"
	assert_output "$DIR/fifo: is not a regular file"
}

@test "mistakes of all kinds in one run, in the order of the checks" {
	refuses $'usr = 1\nlog { level = "loud" }\nhttp {\n listen = { "1.2.3:80", 5 } root = "/"\n}\ndns {\n workers = many\n}\nlab { x = { "127.0.0.1:1" } }\n' \
		"2: unknown key 'usr' (did you mean 'user'?)" \
		"5: 'listen' takes text in double quotes, not '5'" \
		"8: 'workers' takes a whole number, not 'many'" \
		"10: unknown key 'x' in section lab" \
		"3: 'level' is one of error, warning, notice, info, debug, not \"loud\"" \
		"5: 'listen': \"1.2.3:80\": not a numeric IPv4 address"
}

@test "a start with a broken configuration tells all and exits 78" {
	printf 'user = "nobody"\nusr = 1\nlab { echo = { "x" } }\n' | netlabd_config
	netlabd_spawn
	netlabd_wait_end
	assert_equal "$NETLABD_STATUS" 78
	run cat "$LOG"
	assert_line --partial "$CONF:2: unknown key 'usr' (did you mean 'user'?)"
	assert_line --partial "$CONF:3: 'echo': \"x\": not an address with a port"
}

# refuses_root TEXT LINE: root is refused TEXT; to anybody else, who has no
# rights to drop, the same is right.
refuses_root() {
	printf '%s\nlab { echo = { "127.0.0.1:7" } }\n' "$1" | netlabd_config
	run "$NETLABD" -t -c "$CONF"
	if [ "$EUID" -eq 0 ]; then
		assert_output "$CONF:$2"
		assert_equal "$status" 1
	else
		assert_output "$CONF: ok"
		assert_equal "$status" 0
	fi
}

@test "root must name a user and a group that exist and are not root" {
	refuses_root 'user = "no-such"' \
		"1: there is no user \"no-such\" on this machine"
	refuses_root 'user = "root"' \
		"1: the user must not be root: its rights are what is dropped"
	refuses_root $'user = "nobody"\ngroup = "no-such"' \
		"2: there is no group \"no-such\" on this machine"
	refuses_root $'user = "nobody"\ngroup = "root"' \
		"2: the group must not be root: its rights are what is dropped"
}

@test "what is right is ok: comments, CR LF, one value for a list, a wildcard beside an address" {
	printf '# first\r\nuser = "nobody" group = "nogroup"\r\n/* two\r\n lines */ lab { echo = "127.0.0.1:7" }\r\ntime { daytime = {\r\n "0.0.0.0:13", // all\r\n "127.0.0.1:13", # one\r\n "[::]:13", } }\r\n' | netlabd_config
	run -0 "$NETLABD" -t -c "$CONF"
	assert_output "$CONF: ok"
}

@test "a section that serves nothing is a warning" {
	printf 'user = "nobody" group = "nogroup"\ndns { workers = 2 }\nlab { echo = { "127.0.0.1:7" } }\n' | netlabd_config
	run -0 "$NETLABD" -t -c "$CONF"
	assert_line "warning: $CONF:2: section dns has no address to listen on: it serves nothing"
	assert_line "$CONF: ok"
}

@test "keys are checked even where their service has no address" {
	printf 'user = "nobody" group = "nogroup"\ntime {\ntime = "127.0.0.1:37"\ndaytime_format = "sundial"\nkeys = "nowhere"\n}\n' | netlabd_config
	run -1 "$NETLABD" -t -c "$CONF"
	assert_line "$CONF:4: 'daytime_format' is one of ctime, smtp, iso, nist, not \"sundial\""
	assert_line "$CONF:5: ${CONF%/*}/nowhere: No such file or directory"
}

@test "keys of the lab are checked where only the chat has an address, and its where only others have" {
	printf 'user = "nobody" group = "nogroup"\nlab {\nchat = "127.0.0.1:9"\nqotd_file = "nowhere"\n}\n' | netlabd_config
	run -1 "$NETLABD" -t -c "$CONF"
	assert_line "$CONF:4: ${CONF%/*}/nowhere: No such file or directory"
	printf 'user = "nobody" group = "nogroup"\nlab {\necho = "127.0.0.1:9"\nchat_history = -1\nchat_send_timeout = 0\n}\n' | netlabd_config
	run -1 "$NETLABD" -t -c "$CONF"
	assert_line "$CONF:4: 'chat_history' is from 0 to 1000, not -1"
	assert_line --partial "$CONF:5: 'chat_send_timeout' is from 1 to "
}
