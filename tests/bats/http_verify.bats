# Answers checked byte for byte against the files: tests/tools/http_verify, which
# `make verify` runs for longer.
load helper

@test "2,000 random requests on 50 connections: every byte, field and log line is right" {
	run -0 "$TOP/tests/tools/http_verify" "$NETLABD" --requests 2000 \
		--connections 50 --seed "$RANDOM"
	assert_output --regexp '^seed [0-9]+: 20[0-9]{2} answers right'
}
