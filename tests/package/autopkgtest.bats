#!/usr/bin/env bats
# The tests that the source package brings along, as Debian's own machines run them.

load helper

@test "autopkgtest passes on a booted machine" {
	dpkg-source --no-check --extract "$DEBS"/*.dsc "$ROOT/packages/source"
	run m autopkgtest --no-built-binaries /packages/source/ \
		/packages/new/netlab.deb /packages/new/netlabd.deb -- null
	echo "$output"
	assert_success
	assert_line --regexp '^service +PASS'
}
