# chat_broker.bats: rooms that span hosts: two netlabd and a mosquitto, each in a
# network of its own.
load ../bats/helper
load netns
load chat_broker

setup() {
	netlabd_setup
	setup_hosts
}

teardown() {
	cat "$DIR"/[ab].log >>"$LOG" 2>/dev/null || true
	netlabd_teardown
}

open_listener=('listener 1883 0.0.0.0' 'allow_anonymous true')

start_both() {
	start_broker "${open_listener[@]}"
	start_host a "broker = \"mqtt://$BROKER_A\"" 'chat_rate = 0' "$@"
	start_host b "broker = \"mqtt://$BROKER_B\"" 'chat_rate = 0' "$@"
	logs a 'connected as hosta'
	logs b 'connected as hostb'
}

@test "TIME 50: a room of two hosts is one room, each sender in order, and goes on without the broker" {
	start_both
	come a anna
	come a adam
	come b bert
	come b bea
	hears anna 'bert has joined #lobby'
	hears bert '(you are in #lobby|joined).*anna'

	# 400 lines of each of two, at the same time.
	for i in {1..400}; do say anna "a $i."; done &
	for i in {1..400}; do say bert "b $i."; done
	wait $!
	for person in adam bea; do
		hears $person '^<bert> b 400\.$'
		hears $person '^<anna> a 400\.$'
		for sender in anna bert; do
			diff <(grep -a "^<$sender> " "$DIR/people/$person") \
				<(for i in {1..400}; do
					echo "<$sender> ${sender:0:1} $i."
				done)
		done
	done

	say anna '/msg bea psst'
	hears bea '^-> \[anna\] psst$'
	say bert '/join #sea'
	say bert '/nick bob'
	hears anna '^\* bert has left #lobby$'
	say anna '/rooms'
	hears anna '#sea'
	say anna '/join #sea'
	hears bert 'anna has joined #sea'
	say anna 'ahoy'
	hears bert '^<anna> ahoy$'
	say bert 'ahoy yourself'
	hears anna '^<bob> ahoy yourself$'

	# The broker dies: everybody is told once, and hears who is here.
	end_broker
	for person in anna adam bert bea; do
		hears $person '^\* other hosts cannot be reached'
	done
	[ "$(heard anna 'bob has left')" -eq 1 ]
	[ "$(heard adam 'bea has left')" -eq 1 ]
	come a amy
	for i in {1..200}; do say adam "alone $i."; done
	hears amy '^<adam> alone 200\.$'
	[ "$(heard amy '^<adam> alone')" -eq 200 ]

	# It comes back: told once, and the rooms are one again.
	start_broker "${open_listener[@]}"
	for person in anna adam bert bea amy; do
		hears $person '^\* other hosts can be reached again'
	done
	hears adam 'bea has joined' 2
	hears bea 'amy has joined'
	say adam 'together'
	hears bea '^<adam> together$'
	for person in anna adam bert bea; do
		[ "$(heard $person 'cannot be reached;')" -eq 1 ]
		[ "$(heard $person 'can be reached')" -eq 1 ]
		[ "$(heard $person 'alone')" -le 200 ]
	done
	[ "$(heard bea 'alone')" -eq 0 ]
}

@test "TIME 50: a host that dies, and one whose wire is cut, is one leave notice a person" {
	start_both 'broker_keepalive = 10'
	for i in 1 2 3; do
		come b "person$i"
	done
	come a anna
	hears anna 'you are in #lobby.*person3|person3 has joined'
	kill_host b
	for i in 1 2 3; do
		hears anna "person$i has left #lobby"
	done

	# Again, and now nobody says that the connection is over.
	start_host b "broker = \"mqtt://$BROKER_B\"" 'broker_keepalive = 10'
	logs b 'connected as hostb' 2
	come b bert
	hears anna 'bert has joined'
	at b ip link set wire down
	cut=$EPOCHSECONDS
	hears anna 'bert has left'
	echo "# missed after $((EPOCHSECONDS - cut)) s" >&3
	[ $((EPOCHSECONDS - cut)) -le 15 ]
	say anna 'still here'
	[ "$(heard anna 'has left')" -eq 4 ]
}

@test "a password, and TLS whose certificate is for the broker's name" {
	cd "$DIR"
	ca() {
		openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 \
			-nodes -days 2 -subj "/CN=$1" -keyout "$1.key" \
			-out "$1.pem" 2>/dev/null
	}
	sign() {
		openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
			-subj "/CN=$1" -keyout "$1.key" -out "$1.csr" 2>/dev/null
		openssl x509 -req -in "$1.csr" -CA good.pem -CAkey good.key \
			-CAcreateserial -days 2 -out "$1.pem" \
			-extfile <(echo "subjectAltName=$2") 2>/dev/null
	}
	ca good
	ca bad
	sign broker "DNS:broker.test,IP:$BROKER_A"
	sign client DNS:hosta
	mosquitto_passwd -b -c passwords lab 'open sesame'
	echo 'open sesame' >password
	echo 'wrong' >wrong
	chmod 600 password wrong client.key
	chown nobody password wrong client.key
	start_broker 'listener 8883 0.0.0.0' "password_file $DIR/passwords" \
		'allow_anonymous false' "cafile $DIR/good.pem" \
		"certfile $DIR/broker.pem" "keyfile $DIR/broker.key" \
		'require_certificate true'
	tls=('broker_user = "lab"' 'broker_password_file = "password"'
		'broker_cert = "client.pem"' 'broker_key = "client.key"')

	try "$BROKER_A" 'connected as hosta' 'broker_ca = "good.pem"' "${tls[@]}"
	try "$BROKER_A" 'self-signed certificate|unable to get local issuer' \
		'broker_ca = "bad.pem"' "${tls[@]}"
	try "$BROKER_A" 'Not authorized' 'broker_ca = "good.pem"' \
		"${tls[@]/\"password\"/\"wrong\"}"
	# By name, which is looked up, and which the certificate is for, or not.
	printf '%s\n' "$BROKER_A broker.test other.test" >hosts
	HOSTS=$DIR/hosts
	try broker.test 'connected as hosta' 'broker_ca = "good.pem"' "${tls[@]}"
	try other.test 'hostname mismatch' 'broker_ca = "good.pem"' "${tls[@]}"
	try nowhere.test 'broker nowhere.test: .*(not known|failure)' \
		'broker_ca = "good.pem"' "${tls[@]}"
}

# try HOST REGEX LINES: what a host says that has its broker there.
try() {
	start_host a "broker = \"mqtts://$1\"" "${@:3}"
	logs a "$2"
	kill -TERM "$PID_a"
	wait "$PID_a"
	: >"$DIR/a.log"
}

@test "two hosts of one name are told so, and do not throw each other out for ever" {
	start_broker "${open_listener[@]}"
	NODE=twin
	start_host a "broker = \"mqtt://$BROKER_A\""
	logs a 'connected as twin'
	start_host b "broker = \"mqtt://$BROKER_B\""
	logs b 'connected as twin'
	cat_both() {
		cat "$DIR/a.log" "$DIR/b.log"
	}
	is_told() {
		cat_both | grep -qa 'another server called "twin"'
	}
	netlabd_wait_for is_told
	sleep 8
	[ "$(cat_both | grep -ac 'connected as')" -le 4 ]
}

@test "whoever publishes there joins in, and cannot do harm" {
	start_both
	come a anna
	come b bert
	hears anna 'bert has joined'
	pub() {
		at broker mosquitto_pub -h 127.0.0.1 -V 5 "$@"
	}
	pub -t netlabd/chat/lobby -m '<carl> hello from mosquitto_pub'
	hears anna '^<carl> hello from mosquitto_pub$'
	pub -t netlabd/chat/lobby -m '* carl waves'
	hears anna '^\* carl waves$'
	pub -t netlabd/chat/lobby -m 'no name at all'
	hears anna '^<mqtt> no name at all$'
	pub -t netlabd/chat/lobby -m '<bert> I owe you nothing'
	hears anna '^<bert@mqtt> I owe you nothing$'
	pub -t netlabd/direct/hosta -m '<carl> anna psst'
	hears anna '^-> \[carl\] psst$'
	pub -t netlabd/chat/lobby -m $'red \e[31m and \u202eevil\u202c'
	hears anna '^<mqtt> red \[31m and evil$'
	printf 'bad \xff\xfe utf-8' | pub -t netlabd/chat/lobby -s
	head -c 300000 /dev/urandom | pub -t netlabd/chat/lobby -s
	head -c 100000 /dev/zero | tr '\0' x | pub -t netlabd/chat/lobby -s
	pub -r -t netlabd/chat/lobby -m 'kept'
	pub -t netlabd/presence/hostb -m $'netlabd 1\n4294967296 #lobby x\n7 lobby y\n8 #lobby a b\n9 #lobby\n'
	pub -t netlabd/presence/hostx -m "$(printf 'netlabd 1\n'; seq -f '%.0f #lobby p%.0f' 1 3000)"
	pub -t netlabd/presence/hostx -n
	for i in {1..100}; do
		pub -t "netlabd/presence/x$i" -m $'netlabd 1\n1 #lobby z'
	done
	# What is asked of us we answer.
	seq -f 'flood %.0f' 1 20000 | pub -t netlabd/chat/lobby -l
	# What the broker has no room for it drops, ours too: until it is through.
	is_through() {
		say bert 'after all that'
		sleep 0.2
		has_lines "$DIR/people/anna" '^<bert> after all that$' 1
	}
	netlabd_wait_for is_through
	[ "$(heard anna 'flood')" -lt 2000 ]
	run ! grep -qa $'\e' "$DIR/people/anna"
	iconv -f UTF-8 -t UTF-8 "$DIR/people/anna" >/dev/null
	run ! grep -aqE 'exited with|killed by' "$DIR/a.log" "$DIR/b.log"
}

# A call that waits for the broker takes seconds; a busy machine may take tenths of one.
HELD_UP_MS=2000

@test "a broker that is stopped, silent, or behind a broken wire holds up nobody" {
	start_both
	flow() {
		at a python3 "$BATS_TEST_DIRNAME/chat_flow.py" 127.0.0.1 31621 "$1"
	}
	echo "# with a broker: longest wait for a line $(flow 2) ms" >&3

	kill -STOP "$BROKER"
	gap=$(flow 6)
	echo "# stopped: $gap ms" >&3
	[ "${gap%.*}" -lt "$HELD_UP_MS" ]
	kill -CONT "$BROKER"

	at broker ip link set to_a down
	gap=$(flow 6)
	echo "# behind a cut wire: $gap ms" >&3
	[ "${gap%.*}" -lt "$HELD_UP_MS" ]
	at broker ip link set to_a up

	end_broker
	exec_at broker python3 -c '
import socket
s = socket.create_server(("0.0.0.0", 1883))
kept = []
while True:
    kept.append(s.accept())' 3>&- &
	netlabd_keep "$!"
	gap=$(flow 6)
	echo "# one that accepts and says nothing: $gap ms" >&3
	[ "${gap%.*}" -lt "$HELD_UP_MS" ]
}
