# netlab_http.bats: netlab get beside curl, both asking nginx.
load ../bats/helper

setup() {
	netlabd_setup
	PORT=$(netlabd_free_port)
	URL=http://127.0.0.1:$PORT
	mkdir "$DIR/www" "$DIR/www/list" "$DIR/tmp"
	head -c 104857600 /dev/urandom >"$DIR/www/large"
	truncate -s 1G "$DIR/www/huge"
	seq 1 20000 >"$DIR/www/page.txt"
	seq 1 300 | while read -r i; do : >"$DIR/www/list/a file called $i"; done
	chmod -R a+rX "$DIR/www"
	chmod 777 "$DIR/tmp"
	{
		[ "$EUID" -ne 0 ] || echo "user nobody nogroup;"
		cat <<-NGINX
			daemon off;
			pid $DIR/pid;
			error_log $DIR/error.log;
			events {}
			http {
			    types { text/plain txt; text/html html; }
			    access_log off;
			    sendfile on;
			    gzip on;
			    gzip_types text/plain;
			    client_body_temp_path $DIR/tmp;
			    proxy_temp_path $DIR/tmp;
			    fastcgi_temp_path $DIR/tmp;
			    uwsgi_temp_path $DIR/tmp;
			    scgi_temp_path $DIR/tmp;
			    server {
			        listen 127.0.0.1:$PORT;
			        root $DIR/www;
			        location /list/ { autoindex on; }
			        location /moved { return 301 /page.txt?x=1; }
			        location /found { return 302 ../page.txt; }
			        location /empty { return 204; }
			        location /teapot { return 418 "short and stout"; }
			        location /broken { return 500; }
			    }
			}
		NGINX
	} >"$DIR/nginx.conf"
	nginx -e "$DIR/error.log" -c "$DIR/nginx.conf" >>"$LOG" 2>&1 3>&- </dev/null &
	netlabd_keep $!
	netlabd_wait_for curl -so /dev/null "$URL/"
}

# What differs from one answer to the next.
without_date() {
	grep -av '^Date:'
}

@test "content and heads of nginx are what curl gets, by length, in chunks and in gzip" {
	for path in page.txt large list/ nowhere teapot broken empty found; do
		curl -s "$URL/$path" -o "$DIR/curl" || true
		"$NETLAB" get "$URL/$path" >"$DIR/netlab" 2>>"$LOG" || true
		touch "$DIR/curl"
		cmp "$DIR/curl" "$DIR/netlab"
		rm "$DIR/curl"
	done
	for path in page.txt nowhere empty list/; do
		cmp <(curl -sI -H 'Connection: close' "$URL/$path" | without_date) \
			<("$NETLAB" get -I "$URL/$path" 2>>"$LOG" | without_date)
		cmp <(curl -si -H 'Connection: close' "$URL/$path" | without_date) \
			<("$NETLAB" get -i "$URL/$path" 2>>"$LOG" | without_date)
	done
	run -0 "$NETLAB" get -i "$URL/list/"
	assert_line $'Transfer-Encoding: chunked\r'
	cmp "$DIR/www/page.txt" \
		<("$NETLAB" get -H 'Accept-Encoding: gzip' "$URL/page.txt" | gunzip)
	cmp "$DIR/www/page.txt" <("$NETLAB" get -L "$URL/moved")
	run -0 "$NETLAB" get -Ls "$URL/found"
	assert_output "200 108894"
}

@test "statuses of nginx are exit statuses" {
	run -0 "$NETLAB" get -s "$URL/moved"
	run -4 "$NETLAB" get -s "$URL/nowhere"
	run -4 "$NETLAB" get -s "$URL/teapot"
	run -5 "$NETLAB" get -s "$URL/broken"
	run -4 "$NETLAB" get -s -H "Host: a b" "$URL/"
	run -0 "$NETLAB" get -s "$URL/list/a file called 7"
	assert_output --partial "200 0"
}

@test "what is explained is what tshark reads" {
	local pcap=$DIR/pcap

	[ "$EUID" -eq 0 ] || skip "needs root to listen to the loopback"
	dumpcap -q -i lo -f "tcp port $PORT" -w "$pcap" 2>>"$LOG" 3>&- &
	netlabd_keep $!
	is_listening() {
		[ -s "$pcap" ]
	}
	netlabd_wait_for is_listening
	run -0 "$NETLAB" get -j --explain "$URL/page.txt"
	read_back() {
		tshark -r "$pcap" -o "http.tcp.port:$PORT" -d "tcp.port==$PORT,http" -T json \
			-Y 'http.response' >"$DIR/tshark" 2>>"$LOG" && grep -q http.server "$DIR/tshark"
	}
	netlabd_wait_for read_back
	run -0 python3 - "$DIR/tshark" "$output" <<-'PYTHON'
	import json, sys
	with open(sys.argv[1]) as file:
	    theirs = json.load(file)[0]["_source"]["layers"]["http"]
	ours = json.loads(sys.argv[2])["wire"][1]["fields"]
	value = {field["name"]: field.get("value") for field in ours}
	status = next(item for key, item in theirs.items() if key.startswith("HTTP/1.1 200"))
	assert value["Version"] == status["http.response.version"], value
	assert value["Status code"] == status["http.response.code"], value
	assert value["Reason"] == status["http.response.phrase"], value
	for name in "Server", "Date", "Content-Type", "Content-Length", "Last-Modified", "Connection":
	    key = "http." + name.lower().replace("-", "_")
	    key = {"http.content_length": "http.content_length_header"}.get(key, key)
	    assert value[name] == theirs[key], (name, value[name], theirs)
	PYTHON
}

@test "a gigabyte goes through in little memory" {
	run -0 python3 - "$NETLAB" "$URL/huge" <<-'PYTHON'
	import resource, subprocess, sys
	with subprocess.Popen([sys.argv[1], "get", sys.argv[2]], stdout=subprocess.PIPE) as get:
	    size = 0
	    while piece := get.stdout.read(1 << 20):
	        size += len(piece)
	assert get.returncode == 0 and size == 1 << 30, size
	peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
	assert peak < 64 * 1024, f"{peak} KiB"
	print(f"{peak} KiB")
	PYTHON
	echo "# 1 GiB: $output" >&3
}
