# The zones of this repository as other name servers see them: without mistakes,
# and with the same answers as Knot gives from the same files.
load ../bats/helper

# NSD knows no $GENERATE.
@test "BIND and NSD find nothing wrong with the zones" {
	for file in "$TOP"/zones/*.zone; do
		run -0 named-checkzone -k fail "$(basename "$file" .zone)" "$file"
		sed '/^\$GENERATE/d' "$file" >"$DIR/zone"
		run -0 nsd-checkzone "$(basename "$file" .zone)" "$DIR/zone"
	done
}

@test "BIND and NSD find nothing wrong with what --dump-zone prints" {
	"$NETLABD" --dump-zone netlab.test -c "$TOP/etc/demo.conf" >"$DIR/zone"
	run -0 named-checkzone -k fail netlab.test "$DIR/zone"
	assert_line --partial 'loaded serial'
	run -0 nsd-checkzone netlab.test "$DIR/zone"
}

# The zones with every name written out and no directive left, which is what
# Knot can read: it knows no $GENERATE either.
expand_zones() {
	mkdir "$DIR/zones"
	for file in "$TOP"/zones/*.zone; do
		named-checkzone -q -D -o "$DIR/zones/$(basename "$file")" \
			"$(basename "$file" .zone)" "$file"
	done
}

# Serves them by knotd on $KNOT_PORT.
start_knot() {
	KNOT_PORT=$(netlabd_free_port)
	mkdir "$DIR/knot"
	{
		printf 'server:\n  rundir: %s\n  listen: 127.0.0.1@%s\n' \
			"$DIR/knot" "$KNOT_PORT"
		printf 'database:\n  storage: %s\n' "$DIR/knot"
		printf 'log:\n  - target: stderr\n    any: warning\n'
		printf 'zone:\n'
		for file in "$DIR"/zones/*.zone; do
			printf '  - domain: %s\n    file: %s\n    zonefile-sync: -1\n' \
				"$(basename "$file" .zone)" "$file"
		done
	} >"$DIR/knot.conf"
	knotd -c "$DIR/knot.conf" >>"$DIR/knot.log" 2>&1 </dev/null 3>&- &
	netlabd_keep $!
	for file in "$DIR"/zones/*.zone; do
		netlabd_wait_for answers "$KNOT_PORT" "$(basename "$file" .zone)"
	done
}

start_netlabd() {
	PORT=$(netlabd_free_port)
	{
		netlabd_user
		printf 'dns {\n  listen = { "127.0.0.1:%s" }\n  workers = 1\n' "$PORT"
		for file in "$TOP"/zones/*.zone; do
			printf '  zone "%s" { file = "%s" }\n' \
				"$(basename "$file" .zone)" "$file"
		done
		printf '}\n'
	} | netlabd_config
	netlabd_start
}

answers() {
	dig +tries=1 +time=1 "@127.0.0.1" -p "$1" "$2" SOA | grep -q 'status: NOERROR'
}

# What a server says to a question, without what may differ: the order within an
# RRset, the case of names, which compression takes from the question, and
# additional addresses, which a server may leave out.
said() {
	dig +norec +noedns +tries=2 +time=5 @127.0.0.1 -p "$1" "$2" "$3" |
		sed -nE 's/.*(status: [A-Z]+),.*/\1/p; s/^(;; flags: [a-z ]+);.*/\1/p
			/^;; (ANSWER|AUTHORITY) SECTION/,/^$/p' |
		tr -s '\t A-Z' '  a-z' | sort
}

# Each name of the zones with the type that it has there, each with a type that
# it has not, and a name below it that is not there.
questions() {
	awk '$1 !~ /^;/ && $3 == "IN" {
		print $1, $4
		print $1, "SPF"
		print "nowhere." $1, "A"
		print toupper($1), "AAAA" }' "$DIR"/zones/*.zone | sort -u
}

@test "every name and type of the zones is answered as Knot answers it" {
	expand_zones
	start_knot
	start_netlabd
	questions >"$DIR/questions"
	[ "$(wc -l <"$DIR/questions")" -gt 150 ]
	while read -r name type; do
		diff <(said "$KNOT_PORT" "$name" "$type") <(said "$PORT" "$name" "$type") || {
			echo "$name $type (< Knot, > netlabd)"
			return 1
		}
	done <"$DIR/questions"
	netlabd_stop
}
