#!/usr/bin/env bats
# The packages on a machine that has just booted: installed, asked, edited, stopped.

load helper

@test "apt-get installs both packages, and the daemon serves at once" {
	local begun=$EPOCHREALTIME
	m env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
		-o Dpkg::Use-Pty=0 /packages/new/netlab.deb /packages/new/netlabd.deb
	is_active
	[ "$(m systemctl is-enabled netlabd)" = enabled ]
	measured "from apt-get install to active: $(since "$begun")"
	serves
	# Nothing that it depends on came with it: it was there, or this has failed.
	run -0 m dpkg --audit
	refute_output
}

@test "the programs say the version of the package" {
	version=$(m dpkg-query -W -f '${Version}' netlabd)
	run -0 m netlabd -V
	assert_output --partial "$version"
	run -0 m netlab --version
	assert_output --partial "$version"
	[[ $OLD_VERSION < $version ]]
}

@test "these ports are open and no others" {
	run -0 sh "ss -Hlntu | awk '{ print \$1, \$5 }' | sort -u"
	assert_output - <<-'END'
		tcp 0.0.0.0:13
		tcp 0.0.0.0:37
		tcp 0.0.0.0:53
		tcp 0.0.0.0:80
		tcp 127.0.0.1:7
		tcp [::1]:7
		tcp [::]:53
		tcp [::]:80
		udp 0.0.0.0:123
		udp 0.0.0.0:13
		udp 0.0.0.0:37
		udp 0.0.0.0:53
		udp 127.0.0.1:7
		udp [::1]:7
		udp [::]:123
		udp [::]:53
	END
}

@test "README.Debian names each port that is open" {
	local port
	for port in 7 13 37 53 80 123; do
		sh "zcat -f /usr/share/doc/netlabd/README.Debian*" | grep -qw "$port"
	done
}

@test "no process of it has root, or a right beyond that to bind low ports" {
	local pid
	[ "$(processes | wc -w)" -eq 8 ]
	for pid in $(processes); do
		run -0 m cat "/proc/$pid/status"
		refute_line --regexp '^Uid:.*\b0\b'
		assert_line --regexp '^NoNewPrivs:[[:space:]]1$'
		assert_line --regexp '^CapEff:[[:space:]]0000000000000(000|400)$'
	done
}

@test "its exposure is 1.8 at most" {
	measured "exposure: $(m systemd-analyze security --no-pager netlabd | grep -oE '[0-9.]+ [A-Z]+ ' | tail -n 1)"
	m systemd-analyze security --no-pager --threshold=18 netlabd >/dev/null
}

@test "the journal has no error, and each line says its sender once" {
	run -0 journal
	assert_line --regexp '^ready: 7 workers'
	refute_output --partial 'netlabd['
	run -0 journal --priority err
	refute_output
	run -0 journal --priority notice..notice
	assert_line --partial 'ready: 7 workers'
	run -0 journal --priority info..info
	assert_line --partial 'listening: udp 0.0.0.0:53'
	refute_output --partial 'ready:'
}

@test "a changed page title, zone and configuration take effect by systemctl reload" {
	local before
	before=$(master)
	sh "sed -i 's/^www .*/www A 192.0.2.99/' /etc/netlabd/zones/netlab.test.zone"
	sh "sed -i 's/listing = false/listing = true/; s/^# *hello/hello/; s/# hello /hello /' /etc/netlabd.conf"
	m systemctl reload netlabd
	run -0 m dig +short @127.0.0.1 www.netlab.test a
	assert_output 192.0.2.99
	run -0 m netlab hello 127.0.0.1:9000
	assert_output --partial Hello
	[ "$(master)" = "$before" ]
	serves
}

@test "a broken configuration: reload fails, status says the line, it serves on" {
	m cp /etc/netlabd.conf /root/good.conf
	sh "sed -i '1i lisen = 1' /etc/netlabd.conf"
	run m systemctl reload netlabd
	assert_failure
	run -0 m systemctl status --no-pager --full netlabd
	assert_output --partial '/etc/netlabd.conf:1:'
	assert_output --partial 'active (running)'
	serves
	m cp /root/good.conf /etc/netlabd.conf
	m systemctl reload netlabd
	run -0 unit StatusText
	refute_output --partial failed
	serves
}

@test "a broken zone: reload fails, status says the line, it serves the old one" {
	m cp /etc/netlabd/zones/netlab.test.zone /root/good.zone
	sh "echo 'www A 192.0.2.999' >>/etc/netlabd/zones/netlab.test.zone"
	line=$(sh 'wc -l </etc/netlabd/zones/netlab.test.zone')
	run m systemctl reload netlabd
	assert_failure
	run -0 m systemctl status --no-pager --full netlabd
	assert_output --partial "/etc/netlabd/zones/netlab.test.zone:$line"
	run -0 m dig +short @127.0.0.1 www.netlab.test a
	assert_output 192.0.2.99
	m cp /root/good.zone /etc/netlabd/zones/netlab.test.zone
	m systemctl reload netlabd
	serves
}

@test "systemctl stop ends all of it, cleanly; start brings it back" {
	m systemctl stop netlabd
	[ "$(unit Result)" = success ]
	[ "$(unit ActiveState)" = inactive ]
	[ -z "$(processes)" ]
	run -0 m ss -Hlntu
	refute_output
	run ! m ls /run/netlabd
	m systemctl start netlabd
	serves
}

# The manager has what it stops go on.
@test "systemctl stop in the midst of a reload is no failure" {
	m kill -STOP "$(master)"
	m systemctl reload --no-block netlabd
	asks() {
		[ "$(m grep -c /run/netlabd/netlabd.ctl /proc/net/unix)" -eq 2 ]
	}
	netlabd_wait_for asks
	m systemctl stop netlabd
	[ "$(unit Result)" = success ]
	[ "$(unit ActiveState)" = inactive ]
	m systemctl start netlabd
	serves
}

@test "it is there again after the machine has been booted anew, until it is disabled" {
	"$MACHINE" reboot "$NAME" 3>&-
	is_active
	serves
	run -0 journal --boot --priority err
	refute_output
	m systemctl disable netlabd
	"$MACHINE" reboot "$NAME" 3>&-
	[ "$(m systemctl is-active netlabd)" = inactive ]
	m systemctl enable --now netlabd
	serves
}
