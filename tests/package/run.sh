#!/bin/bash
# run.sh: builds the packages and runs the tests of this folder on machines that are
# booted for it. Prints what check.sh prints, last "N passed, N failed". Nothing of it
# is left afterwards, nor when it is interrupted, but for the packages in $BUILD, the
# machines' base in the cache (base.sh) and the logs.
#
# Environment: BUILD (build), MAKE, and what base.sh takes.
set -eu
cd "$(dirname "$0")/../.."
here=$PWD/tests/package
export BUILD=${BUILD:-build}

# What the tests are told.
MACHINES=/var/tmp/netlabd-package/$$
DEBS=$(realpath -m "$BUILD/deb")
OLD_DEBS=$(realpath -m "$BUILD/package/old")
export MACHINES DEBS OLD_DEBS OLD_VERSION=0.0.9

# As the packages are built, without what only their tests need.
export DEB_BUILD_PROFILES=nocheck

end() {
	trap - EXIT
	trap '' HUP INT TERM
	for job in $(jobs -p); do
		end_tree "$job"
	done
	wait
	"$here/machine" sweep
}

# Ends a process and what it started, also what is in a group of its own by now.
end_tree() {
	local child
	kill -STOP "$1" 2>/dev/null || return 0
	for child in $(pgrep -P "$1"); do
		end_tree "$child"
	done
	kill -KILL "$1"
}

trap end EXIT
trap 'exit 130' INT
trap 'exit 143' HUP TERM

say() {
	echo "$* ($SECONDS s)"
}

# Waits for jobs, and for each of them.
all() {
	local job status=0
	for job; do
		wait "$job" || status=$?
	done
	return "$status"
}

"$here/machine" begin $$

packaging/deb.sh "$DEBS" >/dev/null &
built=$!
"$here/base.sh" plain >/dev/null &
all $built $!
say "built the packages"

# Another program of the same source, and quickly: only its version has to differ.
DEB_BUILD_OPTIONS="nocheck noopt" packaging/deb.sh "$OLD_DEBS" "$OLD_VERSION" >/dev/null &
old=$!
"$here/base.sh" machine "$DEBS"/netlab{,d}_[0-9]*.deb >"$MACHINES/machine.base" &
machine=$!
"$here/base.sh" build "$DEBS"/*.dsc >"$MACHINES/build.base" &
all $old $machine $!
PLAIN=$("$here/base.sh" plain)
BASE=$(<"$MACHINES/machine.base")
BUILD_BASE=$(<"$MACHINES/build.base")
export PLAIN BASE BUILD_BASE
say "built the version before, and the machines' base"

JOBS=2 tests/tools/check.sh package &
wait $!
