# chrony_keys.bats: chrony's client signs its requests, and checks our replies.
load ../bats/helper
load ntp

# One measurement with key ID of the client's FILE, by OPTIONS.
chrony_query_signed() {
	chrony_query 127.0.0.1 "key $1 $3" "keyfile $2"
}

# The same file for both, as chronyc(1) writes it.
make_keys() {
	{
		chronyc keygen 1 AES128 128
		chronyc keygen 2 AES256 256
		chronyc keygen 3 MD5 160
		chronyc keygen 4294967295 SHA1 160
		echo "5 MD5 bare-text"
		echo "6 AES128 ASCII:0123456789abcdef"
	} >"$DIR/$1"
	chmod 600 "$DIR/$1"
	[ "$EUID" -ne 0 ] || chown nobody:nogroup "$DIR/$1"
}

@test "TIME 22, 36: chronyd accepts replies that are signed as its requests are" {
	set_clock 1 20000 1000 0
	make_keys ntp.keys
	start_ntp 'keys = "ntp.keys" weak_keys = true'
	for option in "version 3" "version 4" xleave; do
		for id in 1 2 3 5 6 4294967295; do
			run -0 chrony_query_signed "$id" "$DIR/ntp.keys" "$option"
			assert_same_clock
		done
	done
}

@test "TIME 21, 36: chronyd gets nothing by a wrong key, or one that we do not have" {
	set_clock 1 20000 1000 0
	make_keys ntp.keys
	make_keys other.keys
	start_ntp 'keys = "ntp.keys" weak_keys = true'
	for id in 1 3; do
		PATIENCE=2 run -1 chrony_query_signed "$id" "$DIR/other.keys" "version 4"
		assert_output --partial "No suitable source"
	done
	echo "9 AES128 0123456789abcdef" >>"$DIR/other.keys"
	PATIENCE=2 run -1 chrony_query_signed 9 "$DIR/other.keys" "version 4"
	assert_output --partial "No suitable source"
}
