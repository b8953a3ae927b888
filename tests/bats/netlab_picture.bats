#!/usr/bin/env bats
# The picture in README.md is what netlab prints; `make picture` makes it again.

load helper

@test "the picture of README.md is of what netlab prints" {
	grep -qF '(www/netlab-dns.svg)' "$TOP/README.md"
	"$TOP/tests/tools/picture" "$NETLABD" >"$DIR/netlab-dns.svg"
	run -0 diff "$TOP/www/netlab-dns.svg" "$DIR/netlab-dns.svg"
}
