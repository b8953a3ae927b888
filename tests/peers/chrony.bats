# chrony.bats: chrony's client with keys, and its server, which shows what the same
# requests get elsewhere.
load ../bats/helper
load ntp

# One measurement with key ID of the client's FILE, by VERSION.
chrony_query_signed() {
	timeout 30 chronyd -Q -t 4 -f /dev/null \
		"server 127.0.0.1 port $NTP iburst minpoll -6 maxpoll -6 key $1 version $3" \
		"keyfile $2" "pidfile $DIR/chronyd.pid" "bindcmdaddress /"
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
	for version in 3 4; do
		for id in 1 2 3 5 6 4294967295; do
			run -0 chrony_query_signed "$id" "$DIR/ntp.keys" "$version"
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
		run -1 chrony_query_signed "$id" "$DIR/other.keys" 4
		assert_output --partial "No suitable source"
	done
	echo "9 AES128 0123456789abcdef" >>"$DIR/other.keys"
	run -1 chrony_query_signed 9 "$DIR/other.keys" 4
	assert_output --partial "No suitable source"
}

# Serves chronyd's own local reference at $CHRONY; -x: it sets no clock.
start_chrony() {
	CHRONY=$(netlabd_free_port)
	printf '%s\n' "local stratum 10" "port $CHRONY" "allow 127.0.0.1" \
		"cmdport 0" "bindcmdaddress /" "pidfile $DIR/chronyd.pid" \
		>"$DIR/chrony.conf"
	chronyd -x -d -U -u root -f "$DIR/chrony.conf" \
		>"$DIR/chrony.log" 2>&1 </dev/null 3>&- &
	netlabd_keep $!
	is_serving() {
		python3 - "$CHRONY" <<'PYTHON'
import socket, sys
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.settimeout(0.2)
    s.connect(("127.0.0.1", int(sys.argv[1])))
    s.send(b"\x23" + bytes(39) + b"12345678")
    s.recv(100)
PYTHON
	}
	netlabd_wait_for is_serving 2>/dev/null
}

# Who answers what: the same for both, but version 1 and 2 and symmetric mode,
# which chrony answers as it did long ago, and which we do not.
@test "NTP 3, 18-21, 25-27: the same requests get an answer as from chronyd" {
	field() {
		printf '2004%04x%0*d' "$1" $((2 * $1 - 8)) 0
	}
	set_clock 64 16000000 16000000 5
	start_ntp "local_stratum = 10"
	start_chrony
	cases=(23:48 1b:48 03:48 2b:48 33:48 3b:48 20:48 22:48 24:48 25:48
		26:48 27:48 16:12 17:8 23:0 23:1 23:47 23:49 23:50
		"23:76:$(field 28)" "23:80:$(field 32)" "23:64:$(field 16)"
		"23:92:$(field 16)$(field 28)" "23:68:00000001$(printf '%032d' 0)"
		"23:72:00000001$(printf '%040d' 0)" 23:52)
	for port in "$NTP" "$CHRONY"; do
		python3 "$TOP/tests/bats/ntp_client.py" 127.0.0.1 "$port" "${cases[@]}" |
			sed -E 's/precision=.*(origin=)/\1/' >"$DIR/answers.$port"
	done
	run -0 diff "$DIR/answers.$NTP" "$DIR/answers.$CHRONY"
}
