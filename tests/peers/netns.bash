# netns.bash: a network of a test's own, where all ports are free and nobody else
# listens. netns_setup comes after netlabd_setup, and everything that the test
# starts, netlabd too, runs there by way of `inside`.

netns_setup() {
	[ "$EUID" -eq 0 ] || skip "needs root for a network of its own"
	unshare -n sleep 600 </dev/null >/dev/null 2>&1 3>&- &
	NETNS=$!
	netlabd_keep "$NETNS"
	is_apart() {
		[ "$(readlink "/proc/$NETNS/ns/net")" != "$(readlink /proc/self/ns/net)" ]
	}
	netlabd_wait_for is_apart
	inside ip link set lo up
	# helper.bash starts $NETLABD, and knows it by its process id.
	printf '#!/bin/sh\nexec nsenter --net=/proc/%s/ns/net %q "$@"\n' \
		"$NETNS" "$NETLABD" >"$DIR/inside"
	chmod 755 "$DIR/inside"
	NETLABD=$DIR/inside
}

# Keeps the process id, as exec does.
inside() {
	nsenter --net="/proc/$NETNS/ns/net" "$@"
}
