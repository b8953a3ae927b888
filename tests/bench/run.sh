#!/bin/bash
# make bench: starts PROGRAM (bench.py, big_zone.py, accuracy.py) in a network namespace of
# its own, where nothing else runs and where TCP is not paced: the host's may be
# bbr, whose timers would be charged to the servers.
#
#   tests/bench/run.sh [--rounds N] [--seconds N] [WORK …]
#   tests/bench/run.sh --big-zone [NAMES]
#   tests/bench/run.sh --accuracy [--rounds N] [--seconds N] [--rate N]
set -eu -o pipefail

here=$(dirname "$(readlink -f "$0")")
export BUILD=${BUILD:-build}
export PYTHONDONTWRITEBYTECODE=1
if [ "$(id -u)" -ne 0 ]; then
	exec sudo --preserve-env=BUILD,PYTHONDONTWRITEBYTECODE "$here/run.sh" "$@"
fi
if [ "$(nproc)" -lt 2 ]; then
	echo "run.sh: needs two CPUs, one for the server and one for the load" >&2
	exit 1
fi
program=$here/bench.py
if [ "${1:-}" = --big-zone ]; then
	program=$here/big_zone.py
	shift
elif [ "${1:-}" = --accuracy ]; then
	program=$here/accuracy.py
	shift
fi
# setsid: with autogroup, priorities count within a session, and then the
# session's own.
exec setsid -w unshare -n bash -eu -c '
	if [ -w /proc/self/autogroup ]; then
		echo -19 >/proc/self/autogroup
	fi
	ip link set lo up
	sysctl -qw net.ipv4.tcp_congestion_control=reno
	# A connection a request: more ports, and used again at once.
	sysctl -qw net.ipv4.ip_local_port_range="10000 65000" \
		net.ipv4.tcp_tw_reuse=1
	exec nice -n -19 python3 "$@"' bash "$program" "$@"
