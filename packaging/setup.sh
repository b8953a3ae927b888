#!/bin/sh
# setup.sh nocheck|check: installs what packaging/debian/control asks for and
# this machine lacks; does nothing, and needs no rights, when nothing is missing.
# nocheck: what a build needs; check: what the tests need as well.
set -eu
cd "$(dirname "$0")/.."

# What the whole suite needs is a profile of its own: the package's build runs the
# unit tests alone, and shall not ask for three compilers.
profile='-P nocheck'
[ "$1" != check ] || profile='-P pkg.netlabd.suite'
again="make SETUP=no"

# Says what is missing, by the means of dpkg-dev; without dpkg-dev, which every
# build needs, that alone is enough to know.
missing() {
	if ! command -v dpkg-checkbuilddeps >/dev/null; then
		echo "build-essential and the packages of packaging/debian/control"
		return
	fi
	# shellcheck disable=SC2086 # $profile is two words
	LC_ALL=C dpkg-checkbuilddeps $profile packaging/debian/control 2>&1 |
		sed 's/^.*Unmet build dependencies: //'
}

needed=$(missing)
[ -n "$needed" ] || exit 0

if ! command -v apt-get >/dev/null; then
	echo "Missing: $needed" >&2
	echo "There is no apt-get here: install them by hand, then: $again" >&2
	exit 1
fi
as_root=
if [ "$(id -u)" -ne 0 ]; then
	as_root=sudo
	if ! command -v sudo >/dev/null; then
		echo "Missing: $needed" >&2
		echo "Neither root nor sudo is at hand. As root, in this folder:" >&2
		echo "    apt-get build-dep $profile ./packaging" >&2
		exit 1
	fi
fi

echo "Installing: $needed"
update() {
	$as_root apt-get update -qq
}
install() {
	# shellcheck disable=SC2086
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get build-dep -y -qq \
		--no-install-recommends -o Dpkg::Use-Pty=0 $profile ./packaging \
		>/dev/null
}
ls /var/lib/apt/lists/*_Packages* >/dev/null 2>&1 || update
# Old lists name versions that the archive no longer holds.
install || { update && install; }
