# make install: what lands where, and that it works from there.
load helper

# A copy of the build, since other tests run the program meanwhile and another
# SYSCONFDIR links it anew: those tests come last.
setup_file() {
	cp -a "$BUILT"/{daemon,libnetlab.a,netlabd,netlab,flags,version} "$BUILT"/compiler-*.mk \
		"$BATS_FILE_TMPDIR/"
}

# Installs it; other flags would compile all of it anew.
install_into() {
	local werror=

	! grep -q -e ' -Werror ' "$BUILT/flags" || werror=1
	env -u MAKEFLAGS -u MAKELEVEL make -s -C "$TOP" install SETUP=no "WERROR=$werror" \
		"BUILD=$BATS_FILE_TMPDIR" "DESTDIR=$DIR/dest" "$@" 3>&-
}

@test "install puts program, pages, zone and configuration under DESTDIR" {
	run -0 install_into PREFIX=/usr
	run -0 find "$DIR/dest" -type f -printf '%m /%P\n'
	assert_line '755 /usr/sbin/netlabd'
	assert_line '755 /usr/bin/netlab'
	assert_line '644 /usr/share/bash-completion/completions/netlab'
	assert_line '644 /usr/share/bash-completion/completions/netlabd'
	assert_line '644 /usr/share/man/man1/netlab.1'
	assert_line '644 /usr/share/man/man8/netlabd.8'
	assert_line '644 /usr/share/netlabd/www/index.html'
	assert_line '644 /usr/share/netlabd/www/processes.png'
	assert_line '644 /etc/netlabd.conf'
	assert_line '644 /etc/netlabd/zones/netlab.test.zone'
	refute_output --partial google
	cmp "$DIR/dest/etc/netlabd.conf" "$TOP/etc/netlabd.conf"
}

@test "install leaves a configuration and a zone that are there" {
	mkdir -p "$DIR/dest/etc/netlabd/zones"
	echo mine >"$DIR/dest/etc/netlabd.conf"
	echo mine too >"$DIR/dest/etc/netlabd/zones/netlab.test.zone"
	run -0 install_into
	[ "$(cat "$DIR/dest/etc/netlabd.conf")" = mine ]
	[ "$(cat "$DIR/dest/etc/netlabd/zones/netlab.test.zone")" = "mine too" ]
}

@test "PREFIX and SYSCONFDIR are in the installed configuration, and nothing is wrong with it" {
	run -0 install_into "PREFIX=$DIR/opt" "SYSCONFDIR=$DIR/opt/etc"
	[ -x "$DIR/dest$DIR/opt/sbin/netlabd" ]
	run -0 cat "$DIR/dest$DIR/opt/etc/netlabd.conf"
	assert_output --partial "\"$DIR/opt/share/netlabd/www\""
	assert_output --partial "\"$DIR/opt/etc/netlabd/zones/*.zone\""
	refute_output --partial '/usr/share'
	# In place of a user that only the package creates.
	cp -r "$DIR/dest$DIR/." "$DIR/"
	rm -r "$DIR/dest"
	sed -i 's/^user .*/user = "nobody"/; s/^group .*/group = "nogroup"/' \
		"$DIR/opt/etc/netlabd.conf"
	run -0 "$DIR/opt/sbin/netlabd" -t -c "$DIR/opt/etc/netlabd.conf"
}
