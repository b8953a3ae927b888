# netlabd.conf(5): what it gives as examples is what netlabd -t accepts. That each
# key is there is the unit test loader_manual_test's business.
load helper

MANUAL=$TOP/daemon/netlabd.conf.5

# Writes each example of a configuration to a file $DIR/example.N of its own, and
# prints how many there are.
examples() {
	awk -v file="$DIR/example." '
	/^\.Ed/ {
		if (on && block ~ /^(user|log|http|dns|time|lab) /) {
			count++
			printf "%s", block >(file count)
		}
		on = 0
	}
	on { block = block $0 "\n" }
	/^\.Bd -literal/ { on = 1; block = "" }
	END { print count }' "$MANUAL"
}

# The files that examples name, beneath $DIR.
files() {
	local etc=$DIR/etc/netlabd

	mkdir -p "$etc/zones" "$DIR"/srv/{wiki,uploads,dns} "$DIR"/var/{log,lib}/netlabd \
		"$DIR/usr/share/netlabd" "$DIR/run/netlabd"
	cp -r "$TOP/www" "$DIR/usr/share/netlabd/www"
	mkdir "$DIR/usr/share/netlabd/www/errors"
	echo 'Not here.' >"$DIR/usr/share/netlabd/www/errors/404.html"
	cp "$TOP"/zones/*.zone "$etc/zones/"
	printf '%s\n' '$TTL 60' '@ SOA ns a 1 2 3 4 5' '@ NS ns' 'ns A 192.0.2.1' \
		>"$DIR/srv/dns/corp"
	# shellcheck disable=SC2016 # a hash
	echo 'anna:$6$salt$qFmFH.bQmmtXzyBY0s9v7Oicd2z4XSIecDzlB5KiA2/jctKu9YterLp8wwnSq.qc.eoxqOmSuNp2xS0ktL3nh/' \
		>"$etc/staff.htpasswd"
	echo 'text/x-lab lab' >"$etc/mime.types"
	echo '1 AES128 HEX:0f1e2d3c4b5a69788796a5b4c3d2e1f0' >"$etc/ntp.keys"
	printf 'One.\n%%\nTwo.\n' >"$etc/quotes"
	echo secret >"$etc/broker.password"
	chmod 600 "$etc"/{staff.htpasswd,ntp.keys,broker.password}
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
		-subj /CN=hosta.lab.test -days 2 -keyout "$etc/hosta.key" \
		-out "$etc/hosta.pem" 2>"$DIR/openssl"
	cp "$etc/hosta.pem" "$etc/lab-ca.pem"
	[ "$EUID" -ne 0 ] || chown nobody: "$etc"/* "$DIR/var/lib/netlabd"
}

# An example as a file of its own: the names of files are beneath $DIR, and what
# has no address to listen on gets one.
complete() {
	sed -E "s#\"/(usr|etc|srv|var|run)/#\"$DIR/\\1/#; /^(user|group) /d" "$1"
	netlabd_user
	grep -qE '^(http|dns|time|lab) ' "$1" || echo 'time { time = "127.0.0.1:37" }'
}

@test "the examples of netlabd.conf(5) are what -t accepts without a word" {
	local count

	files
	count=$(examples)
	assert [ "$count" -ge 14 ]
	for ((i = 1; i <= count; i++)); do
		complete "$DIR/example.$i" >"$CONF"
		cat "$CONF"
		run "$NETLABD" -t -c "$CONF"
		assert_output "$CONF: ok"
	done
}
