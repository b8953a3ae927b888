# netns.bash: a network of a test's own, where all ports are free and nobody else
# listens. netns_setup comes after netlabd_setup, and everything that the test
# starts, netlabd too, runs there by way of `inside`.

netns_setup() {
	[ "$EUID" -eq 0 ] || skip "needs root for a network of its own"
	netns_make
	NETNS=$MADE
	inside ip link set lo up
	# helper.bash starts $NETLABD, and knows it by its process id.
	printf '#!/bin/sh\nexec nsenter --net=/proc/%s/ns/net %q "$@"\n' \
		"$NETNS" "$NETLABD" >"$DIR/inside"
	chmod 755 "$DIR/inside"
	NETLABD=$DIR/inside
}

# A network that lasts as long as the process $MADE.
netns_make() {
	unshare -n sleep 600 </dev/null >/dev/null 2>&1 3>&- &
	MADE=$!
	netlabd_keep "$MADE"
	is_apart() {
		[ "$(readlink "/proc/$MADE/ns/net")" != "$(readlink /proc/self/ns/net)" ]
	}
	netlabd_wait_for is_apart
}

# A host of clients behind a wire, `outside`: 192.0.2.10 to 12 and 2001:db8::10
# to 12 are neighbours of 192.0.2.1 and 2001:db8::1 inside; 198.51.100.10 and
# 2001:db8:1::10 come from beyond.
netns_setup_wire() {
	local last

	netns_make
	CLIENTS=$MADE
	inside ip link add wire type veth peer name wire netns "$CLIENTS"
	inside ip address add 192.0.2.1/24 brd + dev wire
	inside ip address add 2001:db8::1/64 dev wire nodad
	inside ip link set wire up
	for last in 10 11 12; do
		outside ip address add 192.0.2.$last/24 brd + dev wire
		outside ip address add 2001:db8::$last/64 dev wire nodad
	done
	outside ip address add 198.51.100.10/32 dev wire
	outside ip address add 2001:db8:1::10/128 dev wire nodad
	outside ip link set wire up
	inside ip route add 198.51.100.0/24 via 192.0.2.10
	inside ip route add 2001:db8:1::/64 via 2001:db8::10
	netlabd_wait_for has_multicast
}

# The kernel sees to IPv6 a while after the wire is up.
has_multicast() {
	inside ip -6 route show table local | grep -q '^multicast ff00::/8 dev wire' &&
		outside ip -6 route show table local | grep -q '^multicast ff00::/8 dev wire'
}

# Keeps the process id, as exec does.
inside() {
	nsenter --net="/proc/$NETNS/ns/net" "$@"
}

outside() {
	nsenter --net="/proc/$CLIENTS/ns/net" "$@"
}
