#!/bin/sh
# peers.sh [LIST]: installs the packages of LIST, tests/peers.txt, that are missing, and
# keeps their services from starting: they are tools here, not servers of this machine.
# A package behind = is only unpacked, into $BUILD/peers/PACKAGE.
set -eu
cd "$(dirname "$0")/../.."
list=${1:-tests/peers.txt}
peers=${BUILD:-build}/peers

is_installed() {
	[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Unpacks into FOLDER the package of its name.
unpack() {
	rm -rf "$1.new" && mkdir -p "$1.new" &&
		(cd "$1.new" && apt-get download -qq -o APT::Sandbox::User=root \
			"${1##*/}" >/dev/null && dpkg-deb -x ./*.deb .) &&
		mv "$1.new" "$1"
}

missing= packed=
for package in $(sed 's/#.*//' "$list"); do
	case $package in
	=*) [ -d "$peers/${package#=}" ] || packed="$packed $peers/${package#=}" ;;
	*) is_installed "$package" || missing="$missing $package" ;;
	esac
done
[ -n "$missing$packed" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
	as_root=sudo
	if ! command -v sudo >/dev/null; then
		echo "Missing:$missing" >&2
		echo "Neither root nor sudo is at hand. As root: apt-get install$missing" >&2
		exit 1
	fi
fi

# Maintainer scripts ask this program before they start a service; 101 means
# no. One that is there already is somebody's decision, and stays, as long as it
# forbids too.
policy=/usr/sbin/policy-rc.d
if ! [ -e $policy ]; then
	remove_policy() {
		$as_root rm -f $policy
	}
	trap remove_policy EXIT
	trap 'exit 1' HUP INT TERM
	printf '#!/bin/sh\nexit 101\n' | $as_root tee $policy >/dev/null
	$as_root chmod 755 $policy
elif $policy nsd start >/dev/null 2>&1; then
	echo "$policy lets services start: install by hand:$missing" >&2
	exit 1
fi

update() {
	$as_root apt-get update -qq
}
install() {
	# shellcheck disable=SC2086 # a list of words
	[ -z "$missing" ] || $as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -qq --no-install-recommends \
		-o Dpkg::Use-Pty=0 $missing >/dev/null || return
	for folder in $packed; do
		unpack "$folder" || return
	done
}
echo "Installing:$missing $packed"
ls /var/lib/apt/lists/*_Packages* >/dev/null 2>&1 || update
install || { update && install; }
