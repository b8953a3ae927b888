# The checkers themselves: what they find in trees made for it.
load helper

@test "check-rooms: each planted violation breaks its rule and no other" {
	run -0 "$TOP/tests/tools/check-rooms" --self-test
	refute_line --regexp '^not ok'
	assert_line --index 0 '1..35'
}

@test "check-requirements: finds the numbers that names of tests give, and no others" {
	run -0 "$TOP/tests/tools/check-requirements" --self-test
	refute_line --regexp '^not ok'
	assert_line --index 0 '1..23'
}
