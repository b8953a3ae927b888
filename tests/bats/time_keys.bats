# time_keys.bats: NTP with MACs of symmetric keys. The numbers are those of the
# time requirements.

load helper
load time

A128=000102030405060708090a0b0c0d0e0f
A256=${A128}101112131415161718191a1b1c1d1e1f
TEXT=736563726574 # "secret"

# The keys file from standard input, for nobody but the user that reads it.
write_keys() {
	cat >"$DIR/ntp.keys"
	chmod "${1:-600}" "$DIR/ntp.keys"
	[ "$EUID" -ne 0 ] || chown nobody:nogroup "$DIR/ntp.keys"
}

all_keys() {
	write_keys <<-KEYS
		# the lab's
		4294967295 AES256 HEX:$A256
		1 AES128 HEX:$A128
		3 MD5    ASCII:secret
		20 SHA1  secret
	KEYS
}

# What each CASE gets on 127.0.0.1, a line each: see ntp_key_client.py.
ask() {
	python3 "$BATS_TEST_DIRNAME/ntp_key_client.py" 127.0.0.1 "$NTP" "$@"
}

# Checks a configuration that names FILE, with LINES more.
check() {
	netlabd_config <<-CONFIG
		$(netlabd_user)
		time {
		    ntp = { "127.0.0.1:$(netlabd_free_port)" }
		    keys = "$1"
		    ${2:-}
		}
	CONFIG
	run "$NETLABD" -t -c "$CONF"
}

@test "TIME 22, RFC 8573 §2: a good MAC gets a reply with one, never longer than what was asked" {
	set_clock "$synchronised"
	all_keys
	start_time 'keys = "ntp.keys" weak_keys = true'
	run -0 ask "4:1:AES128:$A128" "3:1:AES128:$A128" \
		"4:4294967295:AES256:$A256" "3:4294967295:AES256:$A256" \
		"4:3:MD5:$TEXT" "3:3:MD5:$TEXT" "4:20:SHA1:$TEXT" "3:20:SHA1:$TEXT" \
		"4:1:AES128:$A128:field"
	assert_equal "$(sort <<<"$output" | uniq -c | tr -s ' ')" " 7 68 good
 2 72 good"
}

@test "TIME 21, 23: unknown keys and bad MACs get silence, plain requests as ever" {
	set_clock "$synchronised"
	all_keys
	start_time 'keys = "ntp.keys" weak_keys = true'
	# Another id, another key, another type, a bit, and wrong lengths.
	run -0 ask "4:2:AES128:$A128" "4:0:AES128:$A128" \
		"4:1:AES128:${A128//0/f}" "4:1:MD5:$A128" "4:1:AES128:$A128:flip" \
		"3:1:AES128:$A128:short" "3:1:AES128:$A128:long" \
		"4:20:SHA1:$TEXT:flip" "4:20:SHA1:$TEXT:short" "4:1:AES128:$A128:long"
	assert_equal "$(sort -u <<<"$output")" silence
	assert_equal "${#lines[@]}" 10
	# A crypto-NAK in version 3 and 4.
	run -0 ntp 23:52 1b:52
	assert_equal "$(sort -u <<<"$output")" silence
	wait_for_counts ntp '24, sent 12'
	run -0 grep -aoE 'ntp: received 24[^;]*' "$LOG"
	for outcome in "answered 12" "unknown_key 2" "bad_mac 8" "crypto_nak 2"; do
		assert_output --partial "$outcome"
	done
}

@test "TIME 21: a reload takes over other keys, and keeps the old ones when the file is broken" {
	set_clock "$synchronised"
	echo "1 AES128 HEX:$A128" | write_keys
	start_time 'keys = "ntp.keys"'
	run -0 ask "4:1:AES128:$A128" "4:1:AES256:$A256"
	assert_output $'68 good\nsilence'
	echo "1 AES256 HEX:$A256" | write_keys
	kill -HUP "$NETLABD_PID"
	netlabd_wait_log 'reloaded'
	run -0 ask "4:1:AES128:$A128" "4:1:AES256:$A256"
	assert_output $'silence\n68 good'
	printf '1 AES256 HEX:%s\n2 AES256 HEX:%s\n' "$A256" "$A128" | write_keys
	kill -HUP "$NETLABD_PID"
	netlabd_wait_log "$DIR/ntp.keys:2: an AES256 key has 32 bytes"
	run -0 ask "4:1:AES128:$A128" "4:1:AES256:$A256"
	assert_output $'silence\n68 good'
	run -1 grep -aiE "$A128|$A256" "$LOG"
}

@test "a keys file's mistakes are told with their lines, and no key is" {
	write_keys <<-KEYS
		1 AES128 HEX:$A128
		! not a key
		2 AES128 xyzzy
		3 MD5 xyzzy
		xyzzy
		1 AES256 HEX:$A256
	KEYS
	check ntp.keys
	assert_failure 1
	assert_line --partial "$DIR/ntp.keys:3: an AES128 key has 16 bytes"
	assert_line --partial "$DIR/ntp.keys:4: MD5 is too weak: use AES128, or 'weak_keys = true'"
	assert_line --partial "$DIR/ntp.keys:5: an ID is a number from 1 to 4294967295"
	assert_line --partial "$DIR/ntp.keys:6: this ID has a key already, in line 1"
	refute_output --partial xyzzy
	refute_output --partial "$A128"
}

@test "a keys file that cannot be read is told with the line that names it" {
	local line

	check missing
	assert_failure 1
	line=$CONF:$(grep -n keys "$CONF" | cut -d: -f1)
	assert_line --partial "$line: $DIR/missing: No such file"
	check "$DIR"
	assert_failure 1
	assert_line --partial "$line: $DIR: is a directory"
	mkfifo "$DIR/fifo"
	check fifo
	assert_failure 1
	assert_line --partial "$line: $DIR/fifo: is not a regular file"
	: | write_keys
	check ntp.keys
	assert_failure 1
	assert_line --partial "$line: $DIR/ntp.keys: there is no key in it"
	yes '# a comment' | head -c 300000 | write_keys
	check ntp.keys
	assert_failure 1
	assert_line --partial "$line: $DIR/ntp.keys: is too large"
	# Each line a mistake.
	yes xyzzy | head -c 60000 | write_keys
	check ntp.keys
	assert_failure 1
	assert_equal "$(grep -c 'an ID is' <<<"$output")" 20
	assert_line --partial "$DIR/ntp.keys:21: and more mistakes"
}

@test "keys that everybody can read are warned about" {
	echo "1 AES128 HEX:$A128" | write_keys 644
	check ntp.keys
	assert_success
	assert_line --partial "$DIR/ntp.keys: others can read these keys"
	chmod 600 "$DIR/ntp.keys"
	check ntp.keys
	assert_success
	refute_output --partial ntp.keys
	[ "$EUID" -eq 0 ] || return 0
	chown root "$DIR/ntp.keys"
	check ntp.keys
	assert_success
	assert_line --partial "$DIR/ntp.keys: the user that the daemon becomes cannot read it"
}

@test "a libcrypto that has no MD5, as FIPS wants it, is told with the key's line" {
	printf '\n1 MD5 ASCII:secret\n' | write_keys
	cat >"$DIR/openssl.cnf" <<-CNF
		openssl_conf = all
		[all]
		alg_section = algorithms
		[algorithms]
		default_properties = fips=yes
	CNF
	OPENSSL_CONF=$DIR/openssl.cnf check ntp.keys "weak_keys = true"
	assert_failure 1
	assert_line --partial "$DIR/ntp.keys:2: libcrypto offers no MD5 here"
	check ntp.keys "weak_keys = true"
	assert_success
}

@test "a libcrypto that has nothing at all is told with the key's line" {
	printf '1 AES128 HEX:%s\n' "$A128" | write_keys
	cat >"$DIR/openssl.cnf" <<-CNF
		openssl_conf = all
		[all]
		providers = providers
		[providers]
		null = null
		[null]
		activate = 1
	CNF
	OPENSSL_CONF=$DIR/openssl.cnf check ntp.keys
	assert_failure 1
	assert_line --partial "$DIR/ntp.keys:1: libcrypto offers no AES128 here"
}
