# demo.bash: a copy of the demonstration (etc/demo.conf, www/, zones/) on free
# ports, for tests of what its users try.

# The ports of demo.conf, in its order.
readonly PORTS="10080 10053 10123 10037 10013 10007 10009 10017 10019 12000 9000 31621"

# etc/demo.conf's own ports may be in use by a `make run` on this machine.
demo_copy() {
	local port free sed=()

	mkdir "$DIR/etc" "$DIR/build"
	cp -r "$TOP/www" "$TOP/zones" "$DIR/"
	chmod -R a+rX "$DIR"
	for port in $PORTS; do
		free=$(netlabd_free_port)
		sed+=(-e "s/:$port\"/:$free\"/g")
		declare -g "PORT_$port=$free"
	done
	CONF=$DIR/etc/demo.conf
	sed "${sed[@]}" "$TOP/etc/demo.conf" | netlabd_config
}

# demo_words COMMAND…: the same with the copy's ports in place of demo.conf's.
demo_words() {
	local text="$*" port free

	for port in $PORTS; do
		free=PORT_$port
		text=${text//$port/${!free}}
	done
	echo "$text"
}
