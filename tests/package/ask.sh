#!/bin/bash
# ask.sh: runs on the machine, in /root. Asks for pages and names, one after the other,
# until there is a file ask.end; ask.NAME.count says then how often, and how often in
# vain, and its output what was said each time it was.
cd /root || exit 1

# ask NAME COMMAND: 0 is an answer; so is everything that COMMAND does not complain of.
ask() {
	local name=$1 asked=0 failed=0
	shift
	until [ -e ask.end ]; do
		asked=$((asked + 1))
		if ! "$@" >"ask.$name.said" 2>&1; then
			failed=$((failed + 1))
			echo "$name $(date +%T.%N): $(tail -n 3 "ask.$name.said")"
		fi
		: >"ask.$name.begun"
		sleep 0.02
	done
	echo "$name=$asked ${name}_failed=$failed" >"ask.$name.count"
}

page() {
	curl -fsS -m 20 -o /dev/null http://127.0.0.1/
}

# 50 requests in a second, on one connection as long as the server keeps it.
pages() {
	curl -fsS -m 20 -o /dev/null --rate 3000/m 'http://127.0.0.1/?[1-50]'
}

name() {
	[ -n "$(dig +short +tries=1 +time=10 "$@" @127.0.0.1 www.netlab.test a)" ]
}

ask curl page &
ask curl_kept pages &
ask dig name &
ask dig_tcp name +tcp &
wait
