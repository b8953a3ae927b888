#!/usr/bin/env bats
# All that netlabd can do, done within the unit's sandbox, and what it can not do there.

load helper

# The files that sandbox.conf names, as an administrator would put them there.
put_files() {
	mkdir -p "$ROOT/srv/wiki" "$ROOT/var/www/pages" "$ROOT/root/pages"
	echo wiki >"$ROOT/srv/wiki/index.html"
	echo a page >"$ROOT/var/www/pages/a.txt"
	head -c 5000000 /dev/urandom >"$ROOT/srv/wiki/large"
	printf 'To be.\n%%\nOr not.\n' >"$ROOT/etc/netlabd/quotes"
	echo "ann:$(openssl passwd -5 secret)" >"$ROOT/etc/netlabd/staff"
	echo "1 AES128 HEX:$(openssl rand -hex 16)" >"$ROOT/etc/netlabd/ntp.keys"
	m chgrp netlabd /etc/netlabd/staff /etc/netlabd/ntp.keys
	m chmod 640 /etc/netlabd/staff /etc/netlabd/ntp.keys
	cp "$TOP/tests/package/sandbox.conf" "$ROOT/etc/netlabd.conf"
}

# A worker of each role, and the master: "ROLE PID".
one_of_each() {
	m pgrep -a -f '^netlabd: (master|[a-z]+ worker 0)$' | awk '{ print $3, $1 }'
}

role_pid() {
	one_of_each | awk -v role="$1" '$1 == role { print $2 }'
}

@test "it starts with every feature, beside a broker and a clock to mirror" {
	installs new
	put_files
	m systemctl start mosquitto
	m systemd-run -q -u clock -- /usr/sbin/chronyd -n -x -u root 'port 11123' \
		'local stratum 3' 'allow 127.0.0.1' 'cmdport 0' 'pidfile /run/clock.pid'
	m systemctl restart netlabd
	netlabd_wait_for journal --grep 'broker localhost: connected as here'
	netlabd_wait_for journal --grep 'synchronised: stratum 3, by 127.0.0.1:11123'
	run -0 journal --boot --priority warning
	refute_output
}

@test "web: pages of all places, a listing, a password, what is sent by sendfile" {
	[ "$(m curl -fsS -H 'Host: wiki.test' http://127.0.0.1/)" = wiki ]
	run -0 m curl -fsS -H 'Host: pages.test' http://127.0.0.1/
	assert_output --partial a.txt
	m curl -fsS -o /root/large -H 'Host: wiki.test' http://127.0.0.1/large
	cmp "$ROOT/root/large" "$ROOT/srv/wiki/large"
	m curl -fsS 'http://[::1]/lab/anything' >/dev/null
	run m curl -sS -o /dev/null -w '%{http_code}' http://127.0.0.1/staff/
	assert_output 401
	run m curl -sS -o /dev/null -w '%{http_code}' -u ann:secret http://127.0.0.1/staff/
	assert_output 404
}

@test "web: a page that changes is seen, and the access log is written" {
	echo anew >"$ROOT/srv/wiki/index.html"
	netlabd_wait_for sh "curl -fsS -H 'Host: wiki.test' http://127.0.0.1/ | grep -q anew"
	netlabd_wait_for sh 'grep -q "GET /large HTTP/1.1\" 200 5000000" /var/log/netlabd/access.log'
	run -0 m stat -c '%a %U' /var/log/netlabd /var/log/netlabd/access.log
	assert_output $'750 netlabd\n640 netlabd'
}

@test "names: zones, addresses without one, reverse names, cookies that last" {
	dns_answers
	dns_answers +tcp
	[ "$(m dig +short @::1 printer.test)" = 192.0.2.9 ]
	run -0 m dig +short @127.0.0.1 -x 192.0.2.9
	assert_line printer.test.
	run -0 m stat -c '%a %U' /var/lib/netlabd /var/lib/netlabd/cookies
	assert_output $'750 netlabd\n600 netlabd'
}

@test "time: of a mirrored clock, to everybody and with a key" {
	run -0 m netlab ntp 127.0.0.1
	assert_output --partial 'stratum         3'
	m netlab daytime 127.0.0.1 >/dev/null
	m netlab time -u 127.0.0.1 >/dev/null
	cp "$ROOT/etc/netlabd/ntp.keys" "$ROOT/root/client.keys"
	run -0 m timeout 60 chronyd -Q -t 50 -u root 'keyfile /root/client.keys' \
		'server 127.0.0.1 key 1 iburst minpoll -6 maxpoll -6' \
		'bindcmdaddress /' 'pidfile /root/chronyd.pid'
	assert_output --partial 'System clock wrong by'
}

@test "lab services and the chat" {
	[ "$(m netlab echo -u ::1 hello)" = hello ]
	[ "$(m netlab upper 127.0.0.1:12000 grün)" = GRÜN ]
	run -0 m netlab hello 127.0.0.1:9000
	assert_output --partial Hello
	run -0 sh 'printf "hello\n/quit\n" | timeout 20 netlab chat -n ann 127.0.0.1:31621'
	assert_output --partial 'you are in #lobby: ann'
	run -0 m curl -sS --max-time 10 telnet://127.0.0.1:17
	assert_output --regexp '(To be|Or not)\.'
}

@test "a reload, counters, and workers that crash are no matter" {
	local before
	m systemctl reload netlabd
	m systemctl kill -s USR1 --kill-who main netlabd
	netlabd_wait_for journal --grep 'counters of http'
	before=$(role_pid dns)
	m kill -KILL "$before"
	netlabd_wait_for dns_answers
	netlabd_wait_for sh "pgrep -f '^netlabd: dns worker 0\$' | grep -qvx $before"
	m netlab status >/dev/null
	run -0 journal --boot --priority err
	assert_output --regexp "^dns worker 0 \(pid $before\) was ended by signal 9 [^\n]*$"
}

@test "every process is the user's, without rights, filtered, and of its own" {
	local role pid
	while read -r role pid; do
		run -0 sh "cat /proc/$pid/status"
		assert_line --regexp "^Uid:(	$(m id -u netlabd)){4}\$"
		assert_line --regexp "^Gid:(	$(m id -g netlabd)){4}\$"
		assert_line $'NoNewPrivs:\t1'
		assert_line $'Seccomp:\t2'
		assert_line $'CapInh:\t0000000000000000'
		assert_line $'CapAmb:\t0000000000000000'
		assert_line $'CapBnd:\t0000000000000400'
		if [ "$role" = master ]; then
			assert_line $'CapEff:\t0000000000000400'
		else
			assert_line $'CapPrm:\t0000000000000000'
		fi
		# One that was broken into reads no other's memory.
		run ! m setpriv --reuid netlabd --regid netlabd --clear-groups \
			cat "/proc/$pid/maps"
	done < <(one_of_each)
	[ "$(one_of_each | wc -l)" -eq 6 ]
}

@test "it sees no homes and no devices, and writes to its own folders alone" {
	local pid path
	pid=$(role_pid http)
	for path in home root; do
		run -0 sh "ls -A /proc/$pid/root/$path"
		refute_output
	done
	run -0 sh "ls /proc/$pid/root/dev"
	refute_line --regexp '^(sd|vd|kmsg|mem|console)'
	for path in etc srv usr/share/netlabd var/lib opt run run/lock; do
		run ! sh "touch /proc/$pid/root/$path/strange"
		assert_output --partial 'Read-only file system'
	done
	for path in run/netlabd var/lib/netlabd var/log/netlabd; do
		sh "touch /proc/$pid/root/$path/ours && rm /proc/$pid/root/$path/ours"
	done
}

@test "there is no program that it could start but those of the system" {
	local pid
	pid=$(role_pid http)
	run ! m nsenter --mount --target "$pid" /bin/sh -c true
	assert_output --partial 'Permission denied'
	m nsenter --mount --target "$pid" /usr/sbin/netlabd -V
	# What was put into a folder that may be written.
	cp "$(type -P true)" "$ROOT/var/lib/netlabd/true"
	run ! m nsenter --mount --target "$pid" /var/lib/netlabd/true
	assert_output --partial 'Permission denied'
	rm "$ROOT/var/lib/netlabd/true"
}
