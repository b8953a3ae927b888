# dns_signed.bats: zones that three signers have signed, each in four ways, as
# those see them who check signatures and proofs.
load ../bats/helper

setup() {
	local name file

	netlabd_setup
	python3 "$TOP/tests/peers/dns_zones.py" "$DIR"
	PORT=$(netlabd_free_port)
	{
		netlabd_user
		printf 'dns {\n  listen = { "127.0.0.1:%s" }\n  workers = 1\n' "$PORT"
		while read -r name file; do
			printf '  zone "%s" { file = "%s" }\n' "$name" "$file"
		done <"$DIR/zones"
		# A child that is not signed, below each parent.
		cp "$TOP/tests/peers/dns_zones/served.zone" "$DIR/insecure"
		for name in $(parents); do
			printf '  zone "insecure.%s" { file = "%s/insecure" }\n' \
				"$name" "$DIR"
		done
		printf '}\n'
	} | netlabd_config
	chmod 644 "$DIR/insecure"
}

parents() {
	awk '!/^served/ { print $1 }' "$DIR/zones"
}

# What a validator has to say about NAME TYPE in each of the zones: an RCODE,
# and "secure" or "insecure". A "negative" one is insecure where a parent's
# NSEC3 may leave out delegations (RFC 5155 §9.2).
questions() {
	cat <<-'LIST'
		@ SOA NOERROR secure
		@ DNSKEY NOERROR secure
		@ NS NOERROR secure
		@ SRV NOERROR secure
		www A NOERROR secure
		WwW aAaA NOERROR secure
		www MX NOERROR secure
		zero TXT NOERROR secure
		mx MX NOERROR secure
		unknown TYPE65280 NOERROR secure
		big-a A NOERROR secure
		big-1400 TXT NOERROR secure
		big-20000 TXT NOERROR secure
		gone A NXDOMAIN negative
		a.b.gone A NXDOMAIN negative
		x.www A NXDOMAIN negative
		zzz A NXDOMAIN negative
		ent A NOERROR negative
		c.ent A NOERROR negative
		x.ent A NXDOMAIN negative
		any.wild A NOERROR negative
		a.b.wild TXT NOERROR negative
		any.wild SRV NOERROR negative
		exact.wild A NOERROR secure
		exact.wild TXT NOERROR secure
		below.exact.wild A NXDOMAIN negative
		y.wild A NOERROR negative
		any.y.wild A NXDOMAIN negative
		*.wild A NOERROR secure
		*.wild SRV NOERROR secure
		any.middle A NOERROR negative
		sub.any.middle A NOERROR negative
		any.star A NOERROR negative
		any.any.star TXT NOERROR negative
		c1 A NOERROR secure
		c1 CNAME NOERROR secure
		c-gone A NXDOMAIN negative
		c-text A NOERROR secure
		c-ent A NOERROR negative
		c-wild A NOERROR negative
		c-dname A NOERROR secure
		k12 A NOERROR secure
		any.w-cname A NOERROR negative
		any.w-gone A NXDOMAIN negative
		any.w-ent A NOERROR negative
		any.w-wild TXT NOERROR negative
		dn DNAME NOERROR secure
		dn A NOERROR secure
		dn MX NOERROR secure
		a.dn A NOERROR secure
		a.dn MX NOERROR secure
		x.dn A NXDOMAIN negative
		any.w.dn TXT NOERROR negative
		a.dn3 A NOERROR secure
		any.dn-wild A NOERROR negative
		child DS NOERROR secure
		sibling DS NOERROR secure
		insecure DS NOERROR negative
		distant DS NOERROR negative
		deep.in.ents DS NOERROR negative
		www.insecure A NOERROR insecure
		gone.insecure A NXDOMAIN insecure
		c-insecure A NOERROR insecure
		served DS NOERROR secure
		www.served A NOERROR secure
		c-served A NOERROR secure
		gone.served A NXDOMAIN negative
		any.wild.served TXT NOERROR negative
		www.served MX NOERROR secure
		below.served DS NOERROR negative
		\255\254 TXT NOERROR secure
		dot\.ted A NOERROR secure
		nul\000nul A NOERROR secure
	LIST
}

# Each question about ZONE as "NAME TYPE RCODE WORD".
questions_about() {
	questions | awk -v zone="$1" '{
		name = $1 == "@" ? zone : $1 "." zone
		word = $4
		if (word == "negative")
			word = zone ~ /^optout/ ? "any" : "secure"
		print name, $2, $3, word
	}'
}

@test "DNS 60, RFC 4035 §2: what is dumped of each zone verifies" {
	local name file

	while read -r name file; do
		"$NETLABD" -c "$CONF" --dump-zone "$name" >"$DIR/dump" 2>"$DIR/warnings"
		run -0 dnssec-verify -q -o "$name" "$DIR/dump"
		run -0 ldns-verify-zone "$DIR/dump"
		assert_output --partial 'Zone is verified and complete'
	done <"$DIR/zones"
}

start_unbound() {
	local name listed

	RESOLVER=$(netlabd_free_port)
	{
		cat <<-CONF
			server:
			  directory: "$DIR"
			  chroot: ""
			  username: ""
			  pidfile: ""
			  use-syslog: no
			  interface: 127.0.0.1@$RESOLVER
			  do-ip6: no
			  num-threads: 1
			  do-not-query-localhost: no
			  local-zone: "test." nodefault
			  trust-anchor-file: "$DIR/anchors"
			  module-config: "validator iterator"
			  minimal-responses: no
			  val-log-level: 2
			remote-control:
			  control-enable: no
		CONF
		for name in $(parents); do
			for listed in "$name" "served.$name" "insecure.$name"; do
				printf 'stub-zone:\n  name: "%s"\n  stub-addr: 127.0.0.1@%s\n' \
					"$listed" "$PORT"
			done
		done
	} >"$DIR/unbound.conf"
	unbound -d -c "$DIR/unbound.conf" >"$DIR/unbound.log" 2>&1 </dev/null 3>&- &
	netlabd_keep $!
	netlabd_wait_for unbound_answers
}

unbound_answers() {
	dig +tries=1 +time=1 @127.0.0.1 -p "$RESOLVER" localhost A |
		grep -q 'status: NOERROR'
}

# What unbound says to each question in a file, one a line: an RCODE, and whether
# it has validated it.
validated() {
	dig +dnssec +tries=2 +time=10 @127.0.0.1 -p "$RESOLVER" -f "$1" |
		sed -nE 's/.*status: ([A-Z]+),.*/\1/p
			s/^;; flags:( [a-z]+)* ad[ ;].*/secure/p
			s/^;; flags: .*/insecure/p' | paste -d ' ' - -
}

@test "DNS 60, RFC 4035 §5: unbound validates all that we answer" {
	local zone

	netlabd_start
	start_unbound
	for zone in $(parents); do
		questions_about "$zone" >"$DIR/expected"
		cut -d ' ' -f 1,2 "$DIR/expected" >"$DIR/asked"
		validated "$DIR/asked" | paste -d ' ' "$DIR/asked" - >"$DIR/said"
		# An "any" is as it comes.
		awk 'NR == FNR { word[FNR] = $4; next }
			{ if (word[FNR] == "any") $4 = "any"; print }' \
			"$DIR/expected" "$DIR/said" | diff "$DIR/expected" -
	done
	netlabd_stop
}

# "name. IN DS 1 2 3 digest" as delv takes it.
write_delv_anchors() {
	{
		echo 'trust-anchors {'
		sed -E 's/^(\S+) IN DS (\S+ \S+ \S+) (.*)$/\1 static-ds \2 "\3";/' \
			"$DIR/anchors"
		echo '};'
	} >"$DIR/delv.keys"
}

@test "DNS 60, RFC 4035 §5: delv validates answers, and denials of a name and of a type" {
	local zone name type

	netlabd_start
	write_delv_anchors
	for zone in $(parents); do
		while read -r name type; do
			run -0 delv @127.0.0.1 -p "$PORT" -a "$DIR/delv.keys" \
				"+root=$zone" "$name.$zone" "$type"
			assert_output --partial 'fully validated'
		done <<-LIST
			www A
			c1 AAAA
			a.dn A
			big-20000 TXT
			served DS
			www MX
			c.ent A
		LIST
		[[ $zone != optout* ]] || continue
		for name in any.wild any.w-cname gone x.dn; do
			run -0 delv @127.0.0.1 -p "$PORT" -a "$DIR/delv.keys" \
				"+root=$zone" "$name.$zone" A
			assert_output --partial 'fully validated'
		done
	done
	netlabd_stop
}

@test "DNS 60, RFC 4035 §5: drill chases signatures to the key" {
	local zone name

	netlabd_start
	for zone in $(parents); do
		grep -i "^$zone\\.\s" "$DIR/keys" >"$DIR/key"
		for name in www ns1 a.target; do
			run -0 drill -S -k "$DIR/key" -p "$PORT" "$name.$zone" A @127.0.0.1
			assert_output --partial 'Chase successful'
		done
	done
	netlabd_stop
}
