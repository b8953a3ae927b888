#!/usr/bin/env bats
# The source package, built in a minimal Debian that has nothing but what `apt-get
# build-dep` installed for it (base.sh build), and what checkers say of the result.

load helper

setup_file() {
	"$MACHINE" mount "$NAME" "$BUILD_BASE"
}

# At another path, in another time zone and with another umask than `make deb`.
@test "apt-get build-dep is enough to build it, and the packages have the same bytes" {
	local package
	mkdir -p "$ROOT/another/place"
	cp "$DEBS"/*.dsc "$DEBS"/*.tar.xz "$ROOT/another/place"
	"$MACHINE" run "$NAME" sh -euc '
		export DEB_BUILD_PROFILES=nocheck TZ=Pacific/Auckland
		export DEB_BUILD_OPTIONS="nocheck parallel=$(nproc)"
		umask 027
		cd /another/place
		dpkg-source -x ./*.dsc netlabd
		cd netlabd
		dpkg-buildpackage -us -uc -b
	' >"$DIR/log" 2>&1 || { tail -n 30 "$DIR/log"; false; }
	for package in "$DEBS"/*.deb; do
		cmp "$package" "$ROOT/another/place/$(basename "$package")"
	done
}

@test "the compiler was given all hardening flags" {
	run -0 blhc --all "$DEBS/build.log"
	refute_output
}

# Debian's startup files say nothing of control flow integrity, so the linker does not
# say so of any program; each function of ours begins with its instruction all the same.
@test "both programs are hardened" {
	local package program
	for package in netlabd netlab; do
		dpkg-deb -x "$DEBS/${package}"_[0-9]*.deb "$DIR/files"
	done
	for program in "$DIR"/files/usr/{sbin/netlabd,bin/netlab}; do
		hardening-check --nocfprotection "$program"
		[ "$(objdump -d "$program" | grep -c endbr64)" -gt 300 ]
	done
}

@test "lintian has no error, warning or pedantic remark, of source and packages" {
	run lintian --allow-root --pedantic -I --fail-on error,warning,pedantic "$DEBS"/*.changes
	echo "$output"
	assert_success
}
