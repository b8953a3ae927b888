# netlab_dns.bats: netlab dns beside dig and kdig, with NSD, Knot and BIND.
load ../bats/helper

@test "netlab dns: answers, zones and truncation of four servers are as dig and kdig have them" {
	run python3 "$TOP/tests/peers/netlab_dns.py" "$DIR" "$DIR/.pids" \
		"$(netlabd_free_port)" "$(netlabd_free_port)" \
		"$(netlabd_free_port)" "$(netlabd_free_port)"
	cat "$DIR/netlabd/log" >>"$LOG"
	assert_success
}

@test "netlab dns: the servers of resolv.conf, one after the other" {
	local port

	unshare -rm true 2>/dev/null || skip "no mount namespace can be made here"
	port=$(netlabd_free_port)
	netlabd_config <<-END
		$(netlabd_user)
		dns {
		    listen = { "127.0.0.1:$port", "[::1]:$port" }
		    zone "google.com" { file = "google.com.zone" }
		}
	END
	cp "$TOP/zones/google.com.zone" "$DIR/"
	chmod 644 "$DIR/google.com.zone"
	netlabd_start
	printf 'nameserver 127.0.0.2\nnameserver 127.0.0.1\nnameserver ::1\n' \
		>"$DIR/resolv.conf"
	# resolved ARGUMENT…: netlab dns where that is /etc/resolv.conf.
	resolved() {
		# shellcheck disable=SC2016 # the inner shell's
		unshare -rm sh -e -c 'mount --bind "$1" /etc/resolv.conf
			shift
			exec "$@"' sh "$DIR/resolv.conf" "$NETLAB" dns -p "$port" "$@"
	}
	run -0 --separate-stderr resolved --short google.com
	assert_output $'192.165.1.1\n192.165.1.10'
	assert_equal "$stderr" "netlab: 127.0.0.2:$port, UDP: Connection refused"
	run -0 --separate-stderr resolved google.com -6
	assert_line --regexp "^;; \[::1\]:$port, UDP: "
	assert_equal "$stderr" ""
	printf 'nameserver 127.0.0.1\n' >"$DIR/resolv.conf"
	run -1 resolved google.com -6
	assert_output "netlab: /etc/resolv.conf: no server: name one, @SERVER"
}
