#!/usr/bin/env bats
# Ports that others have already: the installation does not fail, and what is told is
# enough to put it right.

load helper

# Ends the test's machine with neither package on it, nor anybody on a port.
teardown() {
	[ -n "${BATS_TEST_COMPLETED:-}" ] || m systemctl status --no-pager --full netlabd || true
	m systemctl stop nginx chrony systemd-resolved
	m dpkg --purge netlabd netlab >/dev/null
	netlabd_teardown
}

# installs_beside HOLDER PORT SECTION-KEY: the packages, while the service HOLDER runs.
# Whoever installs it is told in the output; systemctl status says it too.
installs_beside() {
	m systemctl start "$1"
	run -0 installs new
	tells_of "$2" "$3"
	run -0 m dpkg --audit
	refute_output
	# It has given up, rather than to try for ever.
	[ "$(unit ActiveState)" = failed ]
	[ "$(unit ExecMainStatus)" -eq 78 ]
	run m systemctl status --no-pager --full netlabd
	tells_of "$2" "$3"
	[ "$(journal --priority err | grep -c "$2")" -le 4 ]
}

# What is in $output: the address, who has it and the line to change.
tells_of() {
	assert_output --regexp "$1"
	assert_output --regexp "$2"
	assert_output --regexp '/etc/netlabd\.conf:[0-9]+'
}

@test "nginx has port 80: told with its name and the line; it starts when nginx has gone" {
	installs_beside nginx '0\.0\.0\.0:80' '(nginx|www-data)'
	m systemctl stop nginx
	m systemctl restart netlabd
	serves
	run -0 m systemctl is-system-running
}

@test "systemd-resolved's stub has port 53: told, and it starts without the stub" {
	installs_beside systemd-resolved '127\.0\.0\.5[34]' 'systemd-resolve'
	m mkdir -p /etc/systemd/resolved.conf.d
	sh "printf '[Resolve]\nDNSStubListener=no\n' >/etc/systemd/resolved.conf.d/netlabd.conf"
	m systemctl restart systemd-resolved
	m systemctl restart netlabd
	serves
}

@test "chronyd has port 123: told, and it starts without ntp of its own" {
	# In a container nobody may set the clock.
	sh "echo 'DAEMON_OPTS=-x' >/etc/default/chrony"
	m mkdir -p /etc/systemd/system/chrony.service.d
	sh "printf '[Unit]\nConditionCapability=\n' >/etc/systemd/system/chrony.service.d/test.conf"
	m systemctl daemon-reload
	sh "printf 'allow 127.0.0.0/8\nlocal\n' >/etc/chrony/conf.d/serve.conf"
	installs_beside chrony ':123' 'chrony'
	sh "sed -i 's/^    ntp /    # ntp /' /etc/netlabd.conf"
	m systemctl restart netlabd
	is_active
	dns_answers
	m netlab daytime 127.0.0.1
	ntp_answers
}

@test "a port that somebody has who comes with a reload: told, and what ran goes on" {
	installs new
	cat >"$ROOT/root/nginx.conf" <<-'END'
		events {}
		http { server { listen 8080; } }
	END
	m nginx -c /root/nginx.conf
	sh "sed -i 's/\"0.0.0.0:80\"/\"0.0.0.0:80\", \"0.0.0.0:8080\"/' /etc/netlabd.conf"
	run m systemctl reload netlabd
	assert_failure
	run -0 m systemctl status --no-pager --full netlabd
	tells_of '0\.0\.0\.0:8080' 'user root has it'
	serves
	# Nor does an upgrade of the package end what runs.
	run -0 installs new
	assert_output --partial 'the service goes on in its old version'
	tells_of '0\.0\.0\.0:8080' 'user root has it'
	serves
	m nginx -c /root/nginx.conf -s quit
}
