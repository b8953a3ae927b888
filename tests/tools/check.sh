#!/usr/bin/env bash
# check.sh GROUP…: builds what the groups need, runs their jobs side by side,
# prints a line for each, and ends with the sum of all: "N passed, N failed",
# with ", N skipped" where a test skipped itself. Exits 0 when nothing failed;
# with CI set, a skipped test is a failure too.
#
# Groups: rooms requirements format unit user bats fuzz peers package. unit and bats run twice,
# the second time built with the sanitizers; the fuzz targets always are. package is for
# tests/package/run.sh, which makes what those tests need; user is the plain unit tests again,
# as nobody, which only root can ask for.
#
# Environment: BUILD (build), MAKE, FUZZ_CC (clang), FUZZ_SECONDS (1) for each target, VARIANTS
# (plain sanitize; "plain": unit and bats run once), and JOBS: four more than there are CPUs,
# since a test of the daemon mostly waits for it.
set -u -o pipefail
cd "$(dirname "$0")/../.." || exit 1

export BUILD=${BUILD:-build} FUZZ_SECONDS=${FUZZ_SECONDS:-1}
export CLANG_FORMAT=${CLANG_FORMAT:-clang-format}
FUZZ_CC=${FUZZ_CC:-clang}
MAKE=${MAKE:-make}
VARIANTS=${VARIANTS:-plain sanitize}
JOBS=${JOBS:-$(($(nproc) + 4))}
export results=$BUILD/check

# --------------------------------------------------------------------- jobs
# A job is one line "KIND VARIANT PATH". It runs in a process of its own, leaves
# its output in a log, and writes "passed failed skipped" into a file.

# Counts the lines of a TAP stream. What the plan promised and did not come,
# because the program crashed, has failed; so has a program without a plan. The exit
# status ("# exit: N") has to agree: a sanitizer that reports at the end, after the
# last test, shows in nothing else. Where several files are one program, each stands
# between "# unit: FILE" and its own "# status: N".
count_tap() {
	awk '
	function settle() {
		missing = planned - ok - not_ok - skip
		if (missing > 0)
			not_ok += missing
		if (plans == 0 || (status != 0 && not_ok == 0))
			not_ok++
		passed += ok; failed += not_ok; skipped += skip
		plans = planned = ok = not_ok = skip = status = is_open = 0
	}
	/^# unit: /         { if (is_open) settle(); is_open = units = 1; next }
	/^# status: [0-9]/  { status = $3; settle(); next }
	/^# exit: [1-9]/    { has_failed = 1 }
	/^1\.\.[0-9]+/      { planned += substr($1, 4); plans++ }
	/^ok .*# [Ss][Kk]/  { skip++; next }
	/^ok /              { ok++ }
	/^not ok .*# SKIP/  { skip++; next }
	/^not ok /          { not_ok++ }
	END {
		if (is_open || !units)
			settle()
		if (has_failed && failed == 0)
			failed++
		print passed + 0, failed + 0, skipped + 0
	}' "$1"
}

build_of() {
	[ "$1" = plain ] && echo "$BUILD" || echo "$BUILD/sanitize"
}

# Each run_KIND VARIANT PATH LOG prints the count.
run_unit() {
	local program status=0
	program=$(build_of "$1")/$2

	if ! [ -x "$program" ]; then
		echo "not built" >"$3"
		echo "0 1 0"
		return
	fi
	CMOCKA_MESSAGE_OUTPUT=TAP timeout -k 5 600 "$program" >"$3" 2>&1 </dev/null ||
		status=$?
	echo "# exit: $status" >>"$3"
	count_tap "$3"
}

# What only root can set up, so that these skip themselves as nobody.
root_only='of_another_users_process_the_user_is_named
a_root_that_cannot_be_entered_is_told
a_private_file_is_read_for_its_owner_and_root
a_link_is_as_good_as_its_folder
includes show nothing of root'"'"'s
who is refused
a folder that a service manager hides'

# In a copy of the tree, which nobody may enter, read and write.
run_user() {
	local program=$user_tree/build/$2 status=0

	(
		cd "$user_tree" && CMOCKA_MESSAGE_OUTPUT=TAP timeout -k 5 600 \
			setpriv --reuid=nobody --regid=nogroup --clear-groups \
			env HOME=/nonexistent "$program"
	) >"$3" 2>&1 </dev/null || status=$?
	echo "# exit: $status" >>"$3"
	read -r passed failed _ < <(count_tap "$3")
	echo "$passed $failed $(sed -n 's/^\(not \)\?ok .*# SKIP //p' "$3" |
		grep -cvxF "$root_only")"
}

# What git knows, as it stands, and the programs: $user_tree.
copy_for_user() {
	local path

	user_tree=$(mktemp -d) || return 1
	export user_tree
	trap 'rm -rf "$user_tree"' EXIT
	git ls-files -z | xargs -0 cp --parents -t "$user_tree"
	for path in $(list_unit_programs); do
		mkdir -p "$user_tree/build/${path%/*}"
		cp "$BUILD/$path" "$user_tree/build/$path"
	done
	chown -R nobody:nogroup "$user_tree"
}

# Those of the packages build one, and boot machines.
run_bats() {
	local status=0 limit_s=240
	[[ $2 != tests/package/* ]] || limit_s=900

	NETLABD=$(realpath -m "$(build_of "$1")/netlabd") BUILT=$(realpath -m "$BUILD") \
		timeout -k 10 "$limit_s" bats --formatter tap "$2" >"$3" 2>&1 </dev/null ||
		status=$?
	echo "# exit: $status" >>"$3"
	count_tap "$3"
}

# The committed corpus, then FUZZ_SECONDS of new inputs, which are kept in the
# build's own corpus.
run_fuzz() {
	local name grown=$BUILD/fuzz/corpus dictionary
	name=$(basename "$2" _fuzz.c)
	dictionary=tests/fuzz/$name.dict

	mkdir -p "$grown/$name"
	if timeout -k 10 $((FUZZ_SECONDS + 60)) "$BUILD/sanitize/tests/fuzz/${name}_fuzz" \
		-max_total_time="$FUZZ_SECONDS" -timeout=10 -rss_limit_mb=2048 \
		-artifact_prefix="$BUILD/fuzz/$name-" \
		${dictionary:+$([ -e "$dictionary" ] && echo "-dict=$dictionary")} \
		"$grown/$name" "tests/fuzz/corpus/$name" >"$3" 2>&1 </dev/null
	then
		echo "1 0 0"
	else
		echo "0 1 0"
	fi
}

# Prints "ok - rule" or "not ok - rule" for each of its rules.
run_rooms() {
	tests/tools/check-rooms "$BUILD" >"$3" 2>&1
	count_tap "$3"
}

# Prints "ok - requirement" or "not ok - requirement" for each of them.
run_requirements() {
	tests/tools/check-requirements >"$3" 2>&1
	echo "# exit: $?" >>"$3"
	count_tap "$3"
}

# One test: what clang-format would change is in the log.
run_format() {
	if find daemon tests -name '*.[ch]' -print0 |
		xargs -0 "$CLANG_FORMAT" --dry-run -Werror >"$3" 2>&1
	then
		echo "1 0 0"
	else
		echo "0 1 0"
	fi
}

run_job() {
	local kind=$1 variant=$2 path=$3 id log count begun=$SECONDS
	id=$kind-$variant-${path//\//_}
	log=$results/$id.log

	count=$("run_$kind" "$variant" "$path" "$log")
	echo "$count" >"$results/$id.count"
	read -r passed failed skipped <<<"$count"
	printf '%-8s %-8s %-48s %3d passed, %d failed%s (%d s)\n' "$kind" \
		"$variant" "$path" "$passed" "$failed" \
		"$([ "$skipped" -eq 0 ] || echo ", $skipped skipped")" \
		$((SECONDS - begun))
	sed -n 's/^# measured: /  /p' "$log"
	[ "$skipped" -eq 0 ] || grep -iE '^(not )?ok .*# skip' "$log"
	[ "$failed" -eq 0 ] || show_failure "$kind" "$log"
}

# What a person needs to see at once; the log has all of it.
show_failure() {
	echo "--- $2"
	case $1 in
	requirements) grep -av '^ok ' "$2" ;;
	unit | user) show_units "$2" | head -n 80 ;;
	rooms) grep -avE '^(ok |1\.\.)' "$2" | head -n 80 ;;
	bats | peers) awk '/^ok /{on=0} /^not ok /{on=1} on || /^[^#o1]/' "$2" | head -n 120 ;;
	fuzz) grep -aE 'ERROR:|SUMMARY|runtime error|^ +#[0-9]|Test unit|Base64|^timeout|No such' "$2" | head -n 40 ;;
	*) head -n 40 "$2" ;;
	esac
}

# Of each file that failed, all but what passed.
show_units() {
	awk '
	/^# unit: /            { text = "" }
	!/^(ok |# ok |1\.\.)/   { text = text $0 "\n" }
	/^# status: 0/         { text = "" }
	/^# status: /          { printf "%s", text; text = "" }
	END                    { printf "%s", text }' "$1"
}

if [ "${1:-}" = --job ]; then
	# shellcheck disable=SC2086 # three words
	run_job $2
	exit 0
fi

# -------------------------------------------------------------------- groups

# make shares its job slots with us when it was given -j; else all CPUs are used.
build() {
	local parallel
	parallel=-j$(nproc)
	[[ ${MAKEFLAGS:-} != *jobserver* ]] || parallel=
	# shellcheck disable=SC2086 # no word when empty
	$MAKE --no-print-directory -k $parallel "$@"
}

has() {
	[[ " ${groups[*]} " == *" $1 "* ]]
}

is_sanitized() {
	[[ " $VARIANTS " == *" sanitize "* ]]
}

list_unit_programs() {
	$MAKE --no-print-directory -s BUILD="$BUILD" list-unit-programs
}

find_files() {
	find "$1" -name "$2" 2>/dev/null | sort
}

# The longest bats files first, so that the end is not one of them alone. The
# size of a file is a good enough guess of its time.
find_bats() {
	find "$1" -name '*.bats' -printf '%s %p\n' 2>/dev/null | sort -rn | cut -d' ' -f2-
}

# All of it, also when a part fails: what can be tested is.
build_all() {
	local goals=(all) status=0
	! has unit && ! has user || goals+=(unit-tests)
	! has bats && ! has peers || goals+=(tests)
	if has rooms || has unit || has user || has bats || has peers; then
		build "BUILD=$BUILD" "${goals[@]}" || status=1
	fi
	! has package || build "BUILD=$BUILD" "$BUILD"/tests/tools/{storm_load,hang_preload.so} ||
		status=1
	# Of the fuzzers' compiler, so that one build serves all three; without the
	# tools: the plain ones do.
	goals=()
	if is_sanitized && { has unit || has bats; }; then
		goals+=(all unit-tests)
	fi
	! has fuzz || goals+=(fuzzers)
	if [ "${#goals[@]}" -gt 0 ]; then
		build "BUILD=$BUILD/sanitize" SANITIZE=1 "CC=$FUZZ_CC" "${goals[@]}" ||
			status=1
	fi
	return "$status"
}

list_jobs() {
	local path
	! has bats || for path in $(find_bats tests/bats); do
		echo "bats plain $path"
		# Not those that never start a program under test.
		! is_sanitized || ! grep -qE 'netlabd_start|NETLAB' "$path" ||
			echo "bats sanitize $path"
	done
	! has peers || for path in $(find_bats tests/peers); do
		echo "bats plain $path"
	done
	# The one that compiles at first: the others mostly wait.
	! has package || for path in tests/package/build.bats \
		$(find_bats tests/package | grep -v /build.bats); do
		echo "bats plain $path"
	done
	! has fuzz || for path in $(find_files tests/fuzz '*_fuzz.c'); do
		echo "fuzz sanitize $path"
	done
	! has unit || for path in $(list_unit_programs); do
		echo "unit plain $path"
		! is_sanitized || echo "unit sanitize $path"
	done
	! has user || list_unit_programs | sed 's/^/user plain /'
	! has rooms || echo "rooms plain daemon"
	! has requirements || echo "requirements plain tests"
	! has format || echo "format plain daemon,tests"
}

groups=("$@")
rm -rf "$results"
mkdir -p "$results"

built=0
if ! build_all >"$results/build.log" 2>&1; then
	# The jobs that can run still do: one broken file hides no other failure.
	echo "The build failed ($results/build.log):"
	grep -aE 'error|warning|\*\*\*' "$results/build.log" | head -n 40
	built=1
fi
! has user || copy_for_user
list_jobs >"$results/jobs"
if ! [ -s "$results/jobs" ]; then
	echo "nothing to check in: $*" >&2
	built=1
fi
xargs -r -d '\n' -P "$JOBS" -n 1 "$0" --job <"$results/jobs"

read -r jobs passed failed skipped < <(cat "$results"/*.count 2>/dev/null | awk '
	{ passed += $1; failed += $2; skipped += $3 }
	END { print NR, passed + 0, failed + 0, skipped + 0 }')
failed=$((failed + built + $(wc -l <"$results/jobs") - jobs))
summary="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || summary+=", $skipped skipped"
[ -z "${CI:-}" ] || failed=$((failed + skipped))
echo "$summary"
[ "$failed" -eq 0 ]
