#!/usr/bin/env bats
# Removed and purged, nothing of the packages stays but the user they made.

load helper

# What a machine has beside what dpkg, apt, systemd and the account files keep for
# themselves.
files() {
	m find / -xdev \( -path /proc -o -path /sys -o -path /run/systemd -o -path /dev \
		-o -path /var/lib/dpkg -o -path /var/log/journal -o -path /var/lib/systemd \
		-o -path /var/cache -o -path /packages -o -path '/tmp/systemd-private*' \
		-o -path '/var/tmp/systemd-private*' -o -path /run/log -o -path /run/nscd \
		\) -prune -o -print | grep -vE \
		'^/etc/(passwd|group|shadow|gshadow|subuid|subgid)-?$|^/var/log/(dpkg|alternatives)\.log$|^/etc/\.pwd\.lock$' |
		sort
}

@test "remove stops it and keeps what may have been edited" {
	files >"$BATS_FILE_TMPDIR/before"
	installs new
	sh "echo '# mine' >>/etc/netlabd.conf"
	m systemctl reload netlabd
	m dpkg --remove netlabd netlab
	[ -z "$(processes)" ]
	run -0 m ss -Hlntu
	refute_output
	run -0 m tail -n 1 /etc/netlabd.conf
	assert_output '# mine'
	run ! m systemctl is-active netlabd
	run ! m test -e /usr/sbin/netlabd
}

@test "installed again, it serves with what was edited" {
	installs new
	is_active
	serves
	run -0 m tail -n 1 /etc/netlabd.conf
	assert_output '# mine'
}

@test "purge leaves nothing but the user" {
	m dpkg --purge netlabd netlab
	files >"$BATS_FILE_TMPDIR/after"
	run diff "$BATS_FILE_TMPDIR/before" "$BATS_FILE_TMPDIR/after"
	refute_output
	run -0 m systemctl list-units --all --no-legend 'netlabd*'
	refute_output
	run -0 m systemctl is-system-running
	m id netlabd
}

@test "purged and installed again, it is as new" {
	installs new
	is_active
	serves
	run -0 m dpkg --verify netlabd netlab
	refute_output
	m dpkg --purge netlabd netlab
}
