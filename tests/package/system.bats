#!/usr/bin/env bats
# What the package brings for the system around the daemon: rules for logcheck, logrotate,
# ufw and AppArmor, and systemd's own sockets.

load helper
load load

LOGCHECK=etc/logcheck/ignore.d.server/netlabd

# What logcheck would mail of netlabd, of this boot. systemd's own lines about units that
# start and stop are other rules' business.
mailed() {
	whole_journal --boot --unit netlabd SYSLOG_IDENTIFIER=netlabd |
		grep -v '^-- ' | grep -Evf <(grep -v '^#' "$ROOT/$LOGCHECK") || true
}

@test "logcheck: nothing is told of a start, a reload, counters, a stop and an upgrade" {
	installs old
	installs new
	m systemctl reload netlabd
	m systemctl kill -s USR1 --kill-who main netlabd
	netlabd_wait_for journal --grep 'counters of lab'
	m systemctl restart netlabd
	m systemctl stop netlabd
	m systemctl start netlabd
	[ "$(journal --identifier netlabd | wc -l)" -gt 50 ]
	run -0 mailed
	refute_output
}

@test "logcheck: a worker's crash and a broken configuration are told" {
	m pkill -KILL -f '^netlabd: http worker 1$'
	netlabd_wait_for journal --grep 'ended by signal 9'
	sh "sed -i '1i lisen = 1' /etc/netlabd.conf"
	run ! m systemctl reload netlabd
	sh "sed -i 1d /etc/netlabd.conf"
	run -0 mailed
	assert_line --regexp 'http worker 1 .* was ended by signal 9'
	assert_line --partial '/etc/netlabd.conf:1:'
}

@test "logrotate: the access log begins anew, and nothing goes astray" {
	sh "sed -i 's|# access_log = .*|access_log = \"/var/log/netlabd/access.log\"|' \
		/etc/netlabd.conf"
	m systemctl reload netlabd
	m curl -fsS -o /dev/null 'http://127.0.0.1/?before'
	netlabd_wait_for sh 'grep -q before /var/log/netlabd/access.log'
	m logrotate --force /etc/logrotate.d/netlabd
	m curl -fsS -o /dev/null 'http://127.0.0.1/?after'
	netlabd_wait_for sh 'grep -q after /var/log/netlabd/access.log'
	run -0 sh 'grep -h -o -e before -e after /var/log/netlabd/access.log*'
	assert_output $'after\nbefore'
	run -0 sh 'stat -c "%a %U:%G" /var/log/netlabd/access.log*'
	assert_output $'640 netlabd:netlabd\n640 netlabd:netlabd'
	m curl -fsS -o /dev/null 'http://127.0.0.1/?later'
	m logrotate --force /etc/logrotate.d/netlabd
	[ -e "$ROOT/var/log/netlabd/access.log.2.gz" ]
}

@test "logrotate: where the service does not run, there is nobody to tell" {
	m systemctl stop netlabd
	echo line >"$ROOT/var/log/netlabd/access.log"
	run -0 m logrotate --force /etc/logrotate.d/netlabd
	refute_output
	m systemctl start netlabd
}

@test "ufw: the profiles name exactly the ports that the package opens" {
	run -0 m ufw app list
	for name in HTTP DNS Time Lab Full; do
		assert_line --regexp "^ +netlabd $name\$"
	done
	# "53", "13,37,80/tcp" … as "tcp 53" lines, beside what listens for the network.
	m ufw app info 'netlabd Full' | sed -n '/^Port/,$p' | grep -E '^ +[0-9]' | tr -d ' ' |
		awk -F/ '{
			split($1, ports, ",")
			for (i in ports) {
				if ($2 != "udp") print "tcp " ports[i]
				if ($2 != "tcp") print "udp " ports[i]
			}
		}' | sort >"$DIR/allowed"
	sh "ss -Hlntu | awk '\$5 !~ /^(127\.|\[::1\])/ { sub(/.*:/, \"\", \$5); print \$1, \$5 }'" |
		sort -u >"$DIR/open"
	diff "$DIR/allowed" "$DIR/open"
}

@test "AppArmor: the profile is one, and allows what the unit does" {
	local profile=$ROOT/etc/apparmor.d/usr.sbin.netlabd
	apparmor_parser --skip-kernel-load --skip-cache "$profile"
	for folder in "$(unit RuntimeDirectory)" "$(unit StateDirectory)" "$(unit LogsDirectory)"; do
		grep -qE "^ +[^ ]+/$folder/\*\* rwk?," "$profile"
	done
}

@test "sockets of systemd: it starts without any capability, and serves" {
	m cp -r /usr/share/doc/netlabd/examples/socket-activation/. /etc/systemd/system/
	m systemctl daemon-reload
	m systemctl stop netlabd
	m systemctl start netlabd
	[ "$(m systemctl is-active netlabd.socket)" = active ]
	run -0 m grep ^Cap "/proc/$(master)/status"
	refute_output --regexp '[1-9a-f]$'
	serves
	measured "exposure: $(m systemd-analyze security --no-pager netlabd | grep -oE '[0-9.]+ [A-Z]+ ' | tail -n 1)"
	m systemd-analyze security --no-pager --threshold=15 netlabd >/dev/null
}

@test "sockets of systemd: reloads and restarts lose nothing" {
	load_start
	for _ in 1 2 3; do
		m systemctl reload netlabd
		m systemctl restart netlabd
	done
	load_stop
	measured "under 3 reloads and 3 restarts: $COUNTS"
	ask_has_failed_nothing
	[ $((dns_lost + dns_wrong + http_refused + http_timeout + http_wrong)) -eq 0 ]
	serves
}

@test "sockets of systemd: without them it is as it was" {
	m systemctl stop netlabd netlabd.socket
	m rm -r /etc/systemd/system/netlabd.socket /etc/systemd/system/netlabd.service.d
	m systemctl daemon-reload
	m systemctl start netlabd
	serves
}
