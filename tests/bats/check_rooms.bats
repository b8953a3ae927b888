# The rule checker itself: what it finds in trees that break a rule on purpose.
load helper

@test "check-rooms: each planted violation breaks its rule and no other" {
	run -0 "$TOP/tests/tools/check-rooms" --self-test
	refute_output --partial 'not ok'
	assert_line --index 0 '1..25'
}
