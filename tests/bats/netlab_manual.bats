# netlab(1) and README.md: their examples print what they say, beside a copy of
# the demonstration, and no option is missing.
load helper
load demo

MANUAL=$TOP/daemon/client/netlab.1

# examples FILE BEGIN END: the lines between lines that are BEGIN and END, of those
# blocks that begin with a command.
examples() {
	awk -v begin="$2" -v end="$3" '
	$0 == end && on { on = 0; if (block ~ /^\$ netlab/) printf "%s", block; next }
	on { block = block $0 "\n" }
	$0 == begin { on = 1; block = "" }' "$1"
}

# resembles PATTERN LINE: "…" in PATTERN stands for any text.
resembles() {
	local pattern=${1//\\/\\\\}

	pattern=${pattern//\[/\\[}
	pattern=${pattern//\*/\\*}
	pattern=${pattern//\?/\\?}
	# shellcheck disable=SC2053 # a pattern
	[[ $2 == ${pattern//…/*} ]]
}

# check_example COMMAND EXPECTED: runs it, and compares line by line; a line "…"
# stands for any number of them.
check_example() {
	local command expected=() line any=0

	command=$(demo_words "${1#\$ }")
	mapfile -t expected < <(demo_words "$2")
	PATH=${NETLABD%/*}:$PATH TERM=dumb run -0 timeout 60 bash -c "cd '$TOP'; $command"
	local index=0
	for line in "${lines[@]%$'\r'}"; do
		[ -n "$line" ] || continue
		[ "${expected[index]-}" != … ] || { any=1 index=$((index + 1)); }
		if resembles "${expected[index]-}" "$line" && [ "$index" -lt "${#expected[@]}" ]; then
			any=0 index=$((index + 1))
		elif [ "$any" -eq 0 ]; then
			printf '%s\nexpected: %s\nactual:   %s\n' "$command" \
				"${expected[index]-}" "$line"
			return 1
		fi
	done
	[ "${expected[index]-}" != … ] || index=$((index + 1))
	[ "$index" -ge "${#expected[@]}" ] || {
		printf '%s\nmissing: %s\n' "$command" "${expected[index]}"
		return 1
	}
}

# check_examples: those on standard input, and that there are LEAST of them.
check_examples() {
	local line command= expected= count=0

	while IFS= read -r line; do
		line=${line//\\&/}
		if [[ $line == '$ '* ]]; then
			[ -z "$command" ] || check_example "$command" "$expected" || return 1
			command=$line expected= count=$((count + 1))
		elif [ -n "$line" ]; then
			expected+=${expected:+$'\n'}$line
		fi
	done
	[ -z "$command" ] || check_example "$command" "$expected" || return 1
	[ "$count" -ge "$1" ] || {
		echo "only $count examples"
		return 1
	}
}

@test "the examples of netlab(1) and of README.md print what they say" {
	demo_copy
	netlabd_start
	examples "$MANUAL" '.Bd -literal -offset indent' .Ed |
		sed 's/\\e/\\/g; s/\\-/-/g' >"$DIR/manual"
	examples "$TOP/README.md" '```' '```' >"$DIR/readme"
	check_examples 12 <"$DIR/manual"
	check_examples 3 <"$DIR/readme"
}

@test "netlab(1) has each verb and each option of netlab help, and no other" {
	local verb

	for verb in $("${NETLABD%d}" help | sed -nE 's/^  ([a-z]+) .*/\1/p'); do
		run -0 grep -E "^\.(Ss|It Cm) $verb\b" "$MANUAL"
		"${NETLABD%d}" help "$verb"
	done >"$DIR/help"
	run -1 grep -nE ' $|.{81}' "$DIR/help"
	grep -oE '^  (-., |    )--[a-z0-9-]+' "$DIR/help" | grep -oE -- '--.*' |
		sed 's/^--/-/' | sort -u >"$DIR/known"
	grep -oE 'Fl -[a-z0-9-]+' "$MANUAL" | sed 's/^Fl //' | sort -u >"$DIR/told"
	run -0 diff "$DIR/known" "$DIR/told"
}
