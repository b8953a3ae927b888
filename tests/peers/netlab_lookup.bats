# netlab_lookup.bats: hosts whose names nobody knows, and resolvers that are
# silent, in a network and with a resolv.conf of the test's own.
load ../bats/helper

setup() {
	netlabd_setup
	[ "$EUID" -eq 0 ] || skip "needs root for a network of its own"
}

# Runs the client's VERBs with the resolver NAME of bad_server.py: what they
# complain about, and their exit status.
with_resolver() {
	echo "nameserver 127.0.0.1" >"$DIR/resolv.conf"
	unshare -n -m bash -s "$DIR" "$NETLAB" "$BATS_TEST_DIRNAME/../bats/bad_server.py" "$@" <<-'SCRIPT' 3>&-
		dir=$1 netlab=$2 server=$3 name=$4
		ip link set lo up
		mount --bind "$dir/resolv.conf" /etc/resolv.conf
		python3 "$server" "$name@53" >"$dir/server" &
		until grep -q ready "$dir/server"; do sleep 0.1; done
		for verb in "${@:5}"; do
			timeout 60 "$netlab" $verb --timeout 1 nobody.example.test 2>&1 </dev/null
			echo "$verb: $?"
		done
		kill $!
	SCRIPT
}

@test "netlab: --timeout is for finding a host as well, when no resolver answers" {
	run -0 with_resolver silent ntp time get chat
	assert_equal "$output" "$(for verb in ntp time get chat; do
		echo "netlab: nobody.example.test: no address was found in time"
		echo "$verb: 9"
	done)"
}

@test "netlab: a host that there is not is no reply" {
	run -0 with_resolver dns_nxdomain ntp get
	assert_equal "$output" "$(for verb in ntp get; do
		echo "netlab: nobody.example.test: Name or service not known"
		echo "$verb: 9"
	done)"
}
