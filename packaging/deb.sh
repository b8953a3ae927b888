#!/bin/sh
# deb.sh FOLDER [VERSION]: builds the packages of this source, as git lists it, in
# FOLDER, which is emptied before; VERSION instead of the changelog's, for tests of
# upgrades. Prints the packages' paths.
set -eu
cd "$(dirname "$0")/.."
top=$PWD
mkdir -p "$1"
out=$(cd "$1" && pwd)
version=${2:-$(sed -n '1s/.*(\(.*\)).*/\1/p' packaging/debian/changelog)}
source=$out/netlabd-$version

rm -rf "${out:?}"/*
mkdir "$source"
git ls-files -z | xargs -0 tar -cf - | tar -xf - -C "$source"
mv "$source/packaging/debian" "$source/debian"
cd "$source"
sed -i "1s/(.*)/($version)/" debian/changelog
if ! DEB_BUILD_OPTIONS="nocheck parallel=$(nproc) ${DEB_BUILD_OPTIONS:-}" DEB_BUILD_PROFILES=nocheck \
	dpkg-buildpackage -us -uc >"$out/build.log" 2>&1; then
	tail -n 40 "$out/build.log" >&2
	exit 1
fi
cd "$top"
ls "$out"/*.deb
