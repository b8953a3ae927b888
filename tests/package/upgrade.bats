#!/usr/bin/env bats
# From one version to the next, while it is asked: nobody notices.

load helper
load load

# What a download that spans an upgrade fetches.
MEGABYTES=40

setup_file() {
	machine_up
	installs old
	sh "sed -i 's/listing = false/listing = true/' /etc/netlabd.conf"
	sh "echo 'mine A 192.0.2.77' >>/etc/netlabd/zones/netlab.test.zone"
	sh "mkdir -p /usr/share/netlabd/www/big &&
		head -c ${MEGABYTES}M /dev/urandom >/usr/share/netlabd/www/big/file"
	m systemctl reload netlabd
}

# repacks FOLDER VERSION LINE: makes packages of another VERSION out of the new ones, for
# installs FOLDER; LINE is the shell's and runs at the top of the unpacked netlabd.
repacks() {
	local from=$ROOT/packages/new to=$ROOT/packages/$1 work=$DIR/repack
	mkdir -p "$to"
	dpkg-deb -R "$from/netlabd.deb" "$work"
	sed -i "s/^Version: .*/Version: $2/" "$work/DEBIAN/control"
	(cd "$work" && eval "$3")
	dpkg-deb --root-owner-group -b "$work" "$to/netlabd.deb" >/dev/null
	rm -r "$work"
	cp "$from/netlab.deb" "$to/netlab.deb"
}

# Slowly until it is told to end: fast enough not to be cut off for that.
download_start() {
	m bash -o pipefail -c 'curl -sS http://127.0.0.1/big/file | {
		until [ -e /root/hurry ]; do
			dd bs=32k count=1 iflag=fullblock status=none
			sleep 0.1
		done
		cat
	} >/root/file' >"$DIR/download" 2>&1 </dev/null 3>&- &
	DOWNLOAD=$!
	netlabd_keep "$DOWNLOAD"
	has_begun() {
		[ -s "$ROOT/root/file" ]
	}
	netlabd_wait_for has_begun
}

download_is_whole() {
	touch "$ROOT/root/hurry"
	wait "$DOWNLOAD" && m cmp /root/file /usr/share/netlabd/www/big/file
}

# The program that runs is the one that is installed, and says so.
runs_version() {
	local pid
	pid=$(master)
	[ "$(m readlink "/proc/$pid/exe")" = /usr/sbin/netlabd ]
	[ "$(m dpkg-query -W -f '${Version}' netlabd)" = "$1" ]
}

keeps_edits() {
	m grep -q 'listing = true' /etc/netlabd.conf
	[ "$(m dig +short @127.0.0.1 mine.netlab.test a)" = 192.0.2.77 ]
	m curl -fsS -o /dev/null http://127.0.0.1/big/
}

@test "upgrade under load: nothing fails, a download goes on, edits stay, the new program runs" {
	local before begun
	runs_version "$OLD_VERSION"
	before=$(master)
	load_start
	download_start
	begun=$EPOCHREALTIME
	installs new --force-confold
	measured "dpkg --install took $(since "$begun")"
	load_stop
	measured "upgrade: $COUNTS"
	load_has_failed_nothing
	runs_version "$(m dpkg-query -W -f '${Version}' netlabd)"
	[ "$(m netlabd -V)" = "$(sh 'exec "/proc/$(systemctl show -P MainPID netlabd)/exe" -V')" ]
	[ "$(master)" = "$before" ]
	keeps_edits
	[ "$(m stat -c %s /root/file)" -lt $((MEGABYTES << 20)) ]
	download_is_whole
	serves
}

@test "upgrade to a changed unit file under load: restarted, and nothing fails" {
	local before
	repacks unit 0.9.1 "sed -i 's/^TimeoutStartSec=.*/TimeoutStartSec=299/' lib/systemd/system/netlabd.service"
	before=$(master)
	load_start
	installs unit
	load_stop
	measured "upgrade with another unit: $COUNTS"
	load_has_failed_nothing
	[ "$(unit TimeoutStartUSec)" = '4min 59s' ]
	[ "$(master)" != "$before" ]
	[ "$(unit NRestarts)" -eq 0 ]
	runs_version 0.9.1
	keeps_edits
	serves
}

@test "upgrade with a broken configuration: dpkg succeeds and tells, the old one serves on" {
	local before
	repacks next 0.9.2 :
	sh "cp /etc/netlabd.conf /root/good.conf && sed -i '1i lisen = 1' /etc/netlabd.conf"
	before=$(master)
	run -0 installs next
	assert_output --partial '/etc/netlabd.conf:1:'
	[ "$(master)" = "$before" ]
	is_active
	m cp /root/good.conf /etc/netlabd.conf
	keeps_edits
	serves
	run -0 m dpkg --audit
	refute_output
	m systemctl restart netlabd
	runs_version 0.9.2
}

@test "upgrade to a program that does not start: dpkg succeeds and tells, the old one serves on" {
	local before
	repacks bad 0.9.3 "printf '#!/bin/sh\nexit 1\n' >usr/sbin/netlabd"
	before=$(master)
	run -0 installs bad
	assert_output --partial 'in its old version, since: netlabd -t fails'
	[ "$(master)" = "$before" ]
	is_active
	keeps_edits
}

@test "downgrade under load: nothing fails, edits stay" {
	load_start
	installs old --force-confold
	load_stop
	measured "downgrade: $COUNTS"
	load_has_failed_nothing
	runs_version "$OLD_VERSION"
	keeps_edits
	serves
}

@test "all those upgrades have left no error in the journal but the two that were made" {
	run journal --priority err
	refute_output --regexp 'netlabd\['
	[ "$(m systemctl is-system-running)" = running ]
}

@test "a new netlab alone leaves the daemon as it is" {
	local before status
	before=$(master)
	status=$(unit StatusText)
	m dpkg --install /packages/new/netlab.deb
	[ "$(master)" = "$before" ]
	[ "$(unit StatusText)" = "$status" ]
}

@test "a daemon that was stopped stays stopped through an upgrade" {
	m systemctl stop netlabd
	installs new
	[ "$(m systemctl is-active netlabd)" = inactive ]
	m systemctl start netlabd
	serves
}
