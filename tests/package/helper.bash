# helper.bash: what the files of this folder share, beside tests/bats/helper.bash. Each
# file has a machine of its own, of the file's name, that its tests share: they tell one
# story, in the order of the file. `m` runs a command on it, as root.
#
# run.sh gives: MACHINES, the run's folder; BASE, BUILD_BASE and PLAIN, Debians to lay
# files over; DEBS and OLD_DEBS, the packages, of this version and of OLD_VERSION.

source "${BASH_SOURCE[0]%/*}/../bats/helper.bash"

MACHINE=$TOP/tests/package/machine
NAME=$(basename "$BATS_TEST_FILENAME" .bats)
NAME=${NAME//_/-}
ROOT=$MACHINES/$NAME/root

: "${DEBS:?by tests/package/run.sh}"

# Boots the file's machine, with both versions of the packages in /packages,
# as new/netlabd.deb, old/netlab.deb ….
setup_file() {
	machine_up
}

teardown_file() {
	"$MACHINE" down "$NAME"
}

machine_up() {
	"$MACHINE" up "$NAME" "$BASE" 3>&-
	mkdir -p "$ROOT"/packages/{new,old}
	package_copy "$DEBS" "$ROOT/packages/new"
	package_copy "$OLD_DEBS" "$ROOT/packages/old"
}

# Without the version in their names.
package_copy() {
	cp "$1"/netlab_[0-9]*.deb "$2/netlab.deb"
	cp "$1"/netlabd_[0-9]*.deb "$2/netlabd.deb"
}

m() {
	"$MACHINE" exec "$NAME" "$@"
}

# m, with a shell's line.
sh() {
	m sh -c "$1"
}

# What the failure of a test cannot be understood without.
teardown() {
	if [ -z "${BATS_TEST_COMPLETED:-}" ] && [ -e "$MACHINES/$NAME/leader" ]; then
		m systemctl status --no-pager --full --lines 0 netlabd || true
		m journalctl --no-pager --unit netlabd --lines 30 | grep -v listening: || true
	fi
	netlabd_teardown
}

# installs new|old [OPTION...]: both packages of that version, as dpkg does it where
# nobody can be asked.
installs() {
	m env DEBIAN_FRONTEND=noninteractive dpkg "${@:2}" --install \
		"/packages/$1/netlab.deb" "/packages/$1/netlabd.deb" </dev/null
}

# A number that the run prints.
measured() {
	echo "# measured: $NAME: $*" >&3
}

# The time since BEGUN, which was taken from $EPOCHREALTIME.
since() {
	awk -v a="$1" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.2f s\n", b - a }'
}

# What the manager knows of the unit.
unit() {
	m systemctl show --property "$1" --value netlabd
}

master() {
	unit MainPID
}

# The pids of the master and its workers.
processes() {
	m pgrep -f -d ' ' '^netlabd: ' || true
}

is_active() {
	[ "$(m systemctl is-active netlabd)" = active ]
}

# Journal lines of the unit, without what goes before the message.
journal() {
	whole_journal --output cat --unit netlabd "$@"
}

# journalctl, once what has been said by now is in it.
whole_journal() {
	m sh -c 'journalctl --sync && exec journalctl --no-pager "$@"' sh "$@"
}

# One question to each service that the package opens.
serves() {
	m curl -fsS -o /dev/null http://127.0.0.1/ &&
		m curl -fsS -o /dev/null 'http://[::1]/' &&
		dns_answers && dns_answers +tcp &&
		ntp_answers &&
		m netlab daytime 127.0.0.1 >/dev/null &&
		m netlab time -u 127.0.0.1 >/dev/null &&
		m netlab echo 127.0.0.1 hello >/dev/null
}

# Status 2 tells that the clock is not synchronised, which it may well not be.
ntp_answers() {
	m netlab ntp 127.0.0.1 >/dev/null 2>&1 || [ $? -eq 2 ]
}

dns_answers() {
	[ "$(m dig +short +tries=1 @127.0.0.1 www.netlab.test a "$@")" != '' ]
}
