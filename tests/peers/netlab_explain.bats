# netlab_explain.bats: DNS messages beside tshark, as a reader of the same bytes.
load ../bats/helper

@test "netlab explain and tshark read the same in DNS messages of all types" {
	local seeds=()

	# Not those that are malformed, or several.
	for seed in "$TOP"/tests/fuzz/corpus/dissect_dns/*; do
		[[ ${seed##*/} == @(loop|tcp) ]] || seeds+=("$seed")
	done
	run python3 "$TOP/tests/peers/netlab_explain.py" "$NETLAB" "$DIR" "${seeds[@]}"
	assert_success
	assert_output --regexp '^[0-9]+ messages, 1[0-9]{3} fields, 0 differences$'
}
