#!/bin/sh
# deb.sh FOLDER [VERSION]: builds the packages of this source, as git lists it, in
# FOLDER, which is emptied before; VERSION instead of the changelog's, for tests of
# upgrades. Prints the packages' paths; build.log is beside them.
#
# Without the unit tests, unless DEB_BUILD_PROFILES is set and has no nocheck. Else
# DEB_BUILD_OPTIONS and SOURCE_DATE_EPOCH are as for dpkg-buildpackage.
set -eu
cd "$(dirname "$0")/.."
mkdir -p "$1"
out=$(cd "$1" && pwd)
version=${2:-$(sed -n '1s/.*(\(.*\)).*/\1/p' packaging/debian/changelog)}
source=$out/netlabd-$version

rm -rf "${out:?}"/*
mkdir "$source"
git ls-files -z | tar --null -T - -cf - | tar -xf - -C "$source"
mv "$source/packaging/debian" "$source/debian"
sed -i "1s/(.*)/($version)/" "$source/debian/changelog"

export DEB_BUILD_PROFILES="${DEB_BUILD_PROFILES-nocheck}"
DEB_BUILD_OPTIONS="${DEB_BUILD_OPTIONS-} parallel=$(nproc)"
export DEB_BUILD_OPTIONS
case $DEB_BUILD_PROFILES in
*nocheck*) DEB_BUILD_OPTIONS="$DEB_BUILD_OPTIONS nocheck" ;;
esac
if ! (cd "$source" && dpkg-buildpackage -us -uc) >"$out/build.log" 2>&1; then
	tail -n 40 "$out/build.log" >&2
	exit 1
fi
ls "$out"/*.deb
