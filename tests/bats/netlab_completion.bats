# packaging/*.bash-completion: what bash is told after `netlab …<TAB>` and `netlabd …`.
load helper

# complete_words PROGRAM WORD…: what the last word is completed to, sorted, in one line.
complete_words() {
	PATH=${NETLABD%/*}:$PATH bash --norc -c '
		source "$1/packaging/$2.bash-completion"
		shift
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
		"_$1"
		printf "%s\n" "${COMPREPLY[@]}" | sort | paste -sd" "
	' bash "$TOP" "$@"
}

@test "completion knows the verbs, as netlab help has them" {
	run -0 complete_words netlab ''
	assert_output "$("${NETLABD%d}" help |
		sed -nE 's/^  ([a-z]+) .*/\1/p; $a help' | sort | paste -sd' ')"
	run -0 complete_words netlab day
	assert_output daytime
	run -0 complete_words netlab help sni
	assert_output sniff
}

@test "completion knows each verb's options, and the words that they take" {
	run -0 complete_words netlab dns --hex = ''
	assert_output 'fields off plain'
	run -0 complete_words netlab dns --hex = pl
	assert_output plain
	run -0 complete_words netlab dns --color =
	assert_output 'always auto never'
}

@test "completion knows types, kinds of messages and files" {
	run -0 complete_words netlab dns netlab.test AA
	assert_output AAAA
	run -0 complete_words netlab dns netlab.test @ loc
	assert_output @localhost
	run -0 complete_words netlab explain n
	assert_output ntp
	run -0 complete_words netlab sniff --read "$TOP/etc/dem"
	assert_output "$TOP/etc/demo.conf"
}

@test "completion knows the daemon's options, as netlabd -h has them, and files" {
	run -0 complete_words netlabd --
	assert_output '--config --dump-zone --foreground --help --reload --test --upgrade --version'
	run -0 complete_words netlabd -c
	assert_output -- -c
	run -0 complete_words netlabd --up
	assert_output -- --upgrade
	run -0 complete_words netlabd -c "$TOP/etc/dem"
	assert_output "$TOP/etc/demo.conf"
	run -0 complete_words netlabd --dump-zone --
	refute_output --regexp .
}
