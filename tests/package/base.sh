#!/bin/bash
# base.sh plain|machine|build [PACKAGE|SOURCE...]: prints the folder of a Debian
# that is made once and then kept for some days, and makes it where it is missing:
#
#   plain              minimal, as debootstrap makes it
#   machine PACKAGE... that one with the packages of machine.txt and what PACKAGEs,
#                      which are files, depend on; they themselves are not in it
#   build SOURCE.dsc   that one with what `apt-get build-dep` installs for it
#
# It is of this machine's release, and comes from where apt is told to fetch from.
# Nobody may write to the folder: containers lay their own files over it.
# PACKAGE_CACHE says where they are kept, and DEB_BUILD_PROFILES counts for build.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=${PACKAGE_CACHE:-/var/cache/netlabd-package}
days=${PACKAGE_CACHE_DAYS:-3}

# shellcheck source=/dev/null
release=$(. /etc/os-release && echo "$VERSION_CODENAME")

# What apt here knows by the name of Debian; proxies and the like are as here, too.
sources() {
	apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' \
		'Created-By: Packages' 'Origin: Debian' | grep -F " $release" | sort -u
}
settings() {
	apt-config dump | grep -E '^Acquire::(https?|Check-|Retries)' || :
	echo 'Acquire::Languages "none";'
	echo 'APT::Install-Recommends "false";'
}

words() {
	sed 's/#.*//' "$1" | xargs
}

depends() {
	local package
	for package; do
		dpkg-deb -f "$package" Depends
	done | paste -sd,
}

# in_base FOLDER COMMAND: as root of it, with this machine's network.
in_base() {
	systemd-nspawn --quiet --directory="$1" --register=no --keep-unit \
		--resolv-conf=copy-host --console=pipe --setenv=DEBIAN_FRONTEND=noninteractive \
		sh -euc "$2" </dev/null
}

# make_KIND FOLDER ARGUMENT...: runs with errexit, hence in no condition.
make_plain() {
	sources >"$1.list"
	settings >"$1.conf"
	# Its mounts, /proc and /sys among them, go with it, also when it is killed.
	unshare --mount mmdebstrap --quiet --variant=minbase --skip=cleanup/apt/lists \
		--dpkgopt=force-unsafe-io --aptopt="$1.conf" "$release" "$1" "$1.list"
	rm "$1.list" "$1.conf"
}

make_machine() {
	local folder=$1 plain
	shift
	plain=$("$0" plain)
	cp -a "$plain" "$folder"
	# Nothing is started, and afterwards nothing is enabled.
	in_base "$folder" "
		printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
		chmod 755 /usr/sbin/policy-rc.d
		apt-get satisfy -y -qq '$(words "$here/machine.txt" | tr ' ' ,), $(depends "$@")'
		rm -f /usr/sbin/policy-rc.d
		systemctl disable chrony nginx systemd-resolved mosquitto ufw apt-daily.timer \
			apt-daily-upgrade.timer
		apt-get clean"
}

make_build() {
	local folder=$1 dsc=$2 profile=${DEB_BUILD_PROFILES:-} plain
	plain=$("$0" plain)
	cp -a "$plain" "$folder"
	mkdir "$folder/source"
	cp "$dsc" "${dsc%.dsc}".tar.* "$folder/source"
	in_base "$folder" "
		cd /source
		apt-get build-dep -y -qq ${profile:+-P $profile} ./*.dsc
		apt-get clean"
	rm -r "$folder/source"
}

# What the folder is made of: another text is another folder.
ingredients() {
	cat "$0"
	sources
	case $1 in
	machine) words "$here/machine.txt" && depends "${@:2}" ;;
	build)
		echo "${DEB_BUILD_PROFILES:-}"
		sed -n '/^Build-Depends/,/^[^ ]*:/p' "$2"
		;;
	esac
}

# The newest that is not too old: security updates come, and old versions go.
find_base() {
	find "$cache" -maxdepth 1 -name "$1-[0-9]*[0-9]" -mtime "-$days" | sort | tail -n 1
}

# Those of before may still be what somebody's machines are copies of.
remove_old() {
	find "$cache" -mindepth 1 -maxdepth 1 -type d -mtime "+$((2 * days))" \
		-exec rm -rf --one-file-system {} +
}

# Under another name until it is whole, since one that is half made must not be used.
make_base() {
	local new=$cache/new-$kind
	# Of one that was killed: the lock is ours.
	rm -rf --one-file-system "$new"
	trap 'rm -rf --one-file-system "$new"; tail -n 30 "$cache/$kind.log" >&2' EXIT
	"make_$kind" "$new" "$@" >"$cache/$kind.log" 2>&1
	touch "$new"
	mv "$new" "$cache/$name-$(date +%s)"
	trap - EXIT
}

kind=$1
shift
# Images of machines are often made without what the archive has told them.
[ -n "$(sources)" ] || apt-get update -qq
name=$kind-$(ingredients "$kind" "$@" | sha256sum | cut -c1-16)
mkdir -p "$cache"
exec 8>"$cache/$kind.lock"
flock 8
if [ -z "$(find_base "$name")" ]; then
	remove_old
	make_base "$@"
fi
find_base "$name"
