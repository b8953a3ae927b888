#!/usr/bin/env bats
# Where no systemd runs: a chroot, an image that is being built. The base is minimal, and
# all that the packages need comes from Debian, by apt.

load helper

setup_file() {
	"$MACHINE" mount "$NAME" "$PLAIN"
	mkdir "$ROOT/packages"
	package_copy "$DEBS" "$ROOT/packages"
	# As images have it while they are made.
	printf '#!/bin/sh\nexit 101\n' >"$ROOT/usr/sbin/policy-rc.d"
	chmod 755 "$ROOT/usr/sbin/policy-rc.d"
}

inside() {
	"$MACHINE" run "$NAME" env DEBIAN_FRONTEND=noninteractive sh -euc "$1"
}

@test "apt installs both packages and all that they depend on; nothing starts" {
	# What the base remembers of the archive may be some days old.
	inside 'apt-get install -y -qq /packages/*.deb ||
		{ apt-get update -qq && apt-get install -y -qq /packages/*.deb; }
		dpkg --audit
		netlabd -t
		netlab --version
		id netlabd
		test -L /etc/systemd/system/multi-user.target.wants/netlabd.service'
}

@test "removed, installed again and purged" {
	inside 'apt-get remove -y -qq netlabd netlab
		test -e /etc/netlabd.conf
		dpkg -i /packages/*.deb
		dpkg --verify netlabd netlab
		apt-get purge -y -qq netlabd netlab
		! find / -xdev -path /proc -prune -o -path /packages -prune -o \
			-path /var/lib/systemd/deb-systemd-helper-masked -prune -o \
			-name "*netlab*" -print | grep .'
}
