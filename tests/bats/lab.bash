# lab.bash: what the files about the lab's small services share, beside
# helper.bash.

load "${BASH_SOURCE[0]%/*}/counters"

# Starts echo, discard, chargen, qotd and hello on all addresses; LINES are added
# to the section.
start_lab() {
	local name

	for name in ECHO DISCARD CHARGEN QOTD HELLO; do
		declare -g "$name=$(netlabd_free_port)"
	done
	printf 'one\n%%\ntwo\nlines\n' >"$DIR/quotes"
	chmod 644 "$DIR/quotes"
	netlabd_config <<-CONFIG
		$(netlabd_user)
		lab {
		    echo    = { "0.0.0.0:$ECHO", "[::]:$ECHO" }
		    discard = { "0.0.0.0:$DISCARD", "[::]:$DISCARD" }
		    chargen = { "0.0.0.0:$CHARGEN", "[::]:$CHARGEN" }
		    qotd    = { "0.0.0.0:$QOTD", "[::]:$QOTD" }
		    hello   = { "0.0.0.0:$HELLO", "[::]:$HELLO" }
		    qotd_file = "quotes"
		    $*
		}
	CONFIG
	netlabd_start
}
