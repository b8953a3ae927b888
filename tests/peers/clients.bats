# Real clients: curl, wget, Chromium and Python's http.client against files, a
# listing and a lab location.
load ../bats/helper

setup() {
	netlabd_setup
	PORT=$(netlabd_free_port)
	URL=http://127.0.0.1:$PORT
	WWW=$DIR/www
	mkdir "$WWW"
	printf 'the index\n' >"$WWW/index.html"
}

# Starts a server of ROOT with the further lines of the http section given.
serve() {
	netlabd_config <<-CONFIG
		$(netlabd_user)
		http {
		    listen = { "127.0.0.1:$PORT" }
		    workers = 2
		    root = "$1"
		    $(printf '%s\n' "${@:2}")
		}
	CONFIG
	chmod -R a+rX "$DIR"
	netlabd_start
}

# Files and folders of $WWW/tree whose names are as bad as they come.
nasty_tree() {
	python3 - "$WWW/tree" <<'PYTHON'
import os, sys

root = sys.argv[1].encode()
names = [b"plain.txt", b"two words", b" ends ", b"a+b", b"100%", b"%41", b"a%2fb", b"#frag",
         b"a?b=c&d", b"semi;colon", b"q'uote\"s", b"<b>bold</b>", b"&amp;", b"javascript:alert(1)",
         b"http:..x", b"back\\slash", "h\u00e9\u65e5\u672c\U0001f600.txt".encode(), b"new\nline", b"tab\tab",
         b"-rf", b"~", b"a=b", b"[1]", b"{x}", b"`id`", b"$HOME", b"|", b"^", b"x" * 200,
         b"<img src=x onerror=document.title='hacked'>", b"index.htm", b"a..",
         b"dir one/in <side>/deep.txt", b"dir%20one/x", b"a:b/c:d", b"mailto:x/y"]
for name in names:
    path = os.path.join(root, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(b"content of " + name + b"\n")
PYTHON
}

# A browser without a window, which prints what it made of PAGE, scripts and all.
browse() {
	mkdir -p "$DIR/home"
	HOME=$DIR/home timeout -k 5 60 chromium --headless --no-sandbox --disable-gpu \
		--disable-dev-shm-usage --user-data-dir="$DIR/home/profile" \
		--virtual-time-budget=20000 "$@" 2>"$DIR/browser.log" 3>&-
}

@test "curl -C - goes on with a download that was cut off" {
	head -c 30000000 /dev/urandom >"$WWW/big.bin"
	touch -d '1 hour ago' "$WWW/big.bin"
	serve "$WWW"
	for have in 0 1 12345678 29999999; do
		head -c "$have" "$WWW/big.bin" >"$DIR/got"
		run -0 curl -sS -C - -o "$DIR/got" -w '%{http_code} %{size_download}' "$URL/big.bin"
		[ "$have" -eq 0 ] || assert_output "206 $((30000000 - have))"
		cmp "$DIR/got" "$WWW/big.bin"
	done
}

@test "curl --compressed unpacks gzip, brotli and zstd that lie beside a file" {
	seq 100000 >"$WWW/numbers.txt"
	touch -d '1 hour ago' "$WWW/numbers.txt"
	serve "$WWW"
	for tool in gzip brotli zstd; do
		rm -f "$WWW"/numbers.txt.*
		(cd "$WWW" && "$tool" -k numbers.txt 2>/dev/null && touch numbers.txt.*)
		chmod a+r "$WWW"/numbers.txt.*
		local size
		size=$(stat -c %s "$WWW"/numbers.txt.*)
		run -0 curl -sS --compressed -o "$DIR/got" -D "$DIR/head" -w '%{size_download}' \
			"$URL/numbers.txt"
		assert_output "$size"
		cmp "$DIR/got" "$WWW/numbers.txt"
		grep -q '^Content-Encoding: ' "$DIR/head"
		# Nobody who does not ask for it gets it.
		run -0 curl -sS -o "$DIR/got" -w '%{size_download}' "$URL/numbers.txt"
		assert_output "$(stat -c %s "$WWW/numbers.txt")"
	done
}

@test "curl -Z: 200 transfers, 20 at a time" {
	mkdir "$WWW/many"
	local i
	for i in $(seq 200); do
		head -c $((i * 1000)) /dev/urandom >"$WWW/many/$i"
	done
	serve "$WWW"
	mkdir "$DIR/got"
	run -0 curl -sS -Z --parallel-max 20 -o "$DIR/got/#1" "$URL/many/[1-200]"
	diff -r "$WWW/many" "$DIR/got"
}

@test "curl --http1.0, with and without keep-alive" {
	serve "$WWW"
	run -0 curl -sS --http1.0 "$URL/"
	assert_output 'the index'
	run -0 curl -sS --http1.0 -H 'Connection: keep-alive' -o /dev/null -o /dev/null \
		-w '%{http_code} %{num_connects}\n' "$URL/" "$URL/none"
	assert_line --index 0 '200 1'
	assert_line --index 1 '404 0'
}

@test "HTTP 36, RFC 9110 §10.1.1: curl's Expect is answered at once" {
	head -c 900000 /dev/zero >"$DIR/long"
	head -c 20000 /dev/urandom | base64 >"$DIR/short"
	serve "$WWW" 'location "/lab" { lab = true }'
	# The final answer, and none of the body is sent.
	run -0 curl -sS -o /dev/null --expect100-timeout 20 -H 'Expect: 100-continue' \
		--data-binary "@$DIR/long" -w '%{http_code} %{size_upload}' "$URL/"
	assert_output '405 0'
	# 100, then the body.
	run -0 curl -sSv -o "$DIR/got" --expect100-timeout 20 -H 'Expect: 100-continue' \
		--data-binary "@$DIR/short" "$URL/lab/anything"
	assert_line --partial 'HTTP/1.1 100 Continue'
	assert_line --partial 'HTTP/1.1 200 OK'
	python3 - "$DIR/got" "$DIR/short" <<'PYTHON'
import json, sys

with open(sys.argv[1]) as got, open(sys.argv[2]) as sent:
    assert sent.read() in json.load(got).values()
PYTHON
}

@test "wget --mirror of a listing is the tree, whatever the names" {
	nasty_tree
	serve "$WWW" 'location "/tree" { listing = true }'
	mkdir "$DIR/got"
	(cd "$DIR/got" && wget -q --mirror --no-parent --no-host-directories \
		--restrict-file-names=nocontrol --reject-regex '[?]' \
		--default-page=.listing.html "$URL/tree/")
	find "$DIR/got" -name .listing.html -delete
	# Two names wget itself decodes once more when it stores them.
	cmp "$DIR/got/tree/A" "$WWW/tree/%41"
	cmp "$DIR/got/tree/a%2Fb" "$WWW/tree/a%2fb"
	rm "$DIR/got/tree/A" "$WWW/tree/%41" "$DIR/got/tree/a%2Fb" "$WWW/tree/a%2fb"
	run -0 diff -r "$WWW/tree" "$DIR/got/tree"
}

@test "Chromium renders www/, and all that its pages refer to is there" {
	serve "$TOP/www"
	run -0 browse --dump-dom "$URL/"
	assert_output --partial '<title>'
	browse --screenshot="$DIR/shot.png" --window-size=800,600 "$URL/"
	[ "$(stat -c %s "$DIR/shot.png")" -gt 5000 ]
	python3 - "$URL" "$TOP"/www/*.html <<'PYTHON'
import re, sys, urllib.parse, urllib.request

base = sys.argv[1]
count = 0
for page in sys.argv[2:]:
    url = f"{base}/{page.rsplit('/', 1)[1]}"
    for link in re.findall(r'(?:href|src)="([^"#]+)"', open(page, encoding="utf-8").read()):
        target = urllib.parse.urljoin(url, link)
        if target.startswith(base):
            assert urllib.request.urlopen(target, timeout=20).status == 200, target
            count += 1
assert count > 0
PYTHON
}

@test "Chromium shows a listing: no name breaks out, each link leads to its file" {
	nasty_tree
	# A page of the same origin that follows the listing's links as a user would.
	cat >"$WWW/follow.html" <<'HTML'
<!DOCTYPE html><meta charset="utf-8"><title>follow</title><pre id="out"></pre>
<script>
async function follow(url, name) {
	const page = new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");
	const base = page.createElement("base");
	base.href = url;
	page.head.prepend(base);
	let lines = "";
	for (const link of page.querySelectorAll("a")) {
		if (!link.href.startsWith(url) || link.href.includes("?") || link.href === url)
			continue;
		const got = await fetch(link.href);
		if (link.href.endsWith("/"))
			lines += await follow(link.href, name + decodeURIComponent(link.href.slice(url.length)));
		else
			lines += got.status + " " + JSON.stringify([name + decodeURIComponent(
			    link.href.slice(url.length)), await got.text()]) + "\n";
	}
	return lines;
}
follow(location.origin + "/tree/", "").then(
    text => document.getElementById("out").textContent = text + "done",
    error => document.getElementById("out").textContent = "error " + error);
</script>
HTML
	serve "$WWW" 'location "/tree" { listing = true }'
	run -0 browse --dump-dom "$URL/tree/"
	refute_output --partial '<title>hacked'
	refute_output --partial '<b>bold'
	assert_output --partial '&lt;b&gt;bold&lt;/'
	assert_output --partial '&lt;img src=x onerror='
	browse --dump-dom "$URL/follow.html" >"$DIR/followed"
	python3 - "$DIR/followed" "$WWW/tree" <<'PYTHON'
import html, json, os, re, sys

out = re.search(r'<pre id="out">(.*)</pre>', open(sys.argv[1], encoding="utf-8").read(), re.S)[1]
lines = html.unescape(out).split("\n")
assert lines[-1] == "done", lines
found = dict(json.loads(line.removeprefix("200 ")) for line in lines[:-1])
wanted = {}
for place, _, names in os.walk(sys.argv[2]):
    for name in names:
        path = os.path.join(place, name)
        wanted[os.path.relpath(path, sys.argv[2])] = open(path, encoding="utf-8").read()
assert found == wanted, (sorted(set(wanted) - set(found)), sorted(set(found) - set(wanted)))
PYTHON
}

@test "Python's http.client keeps a connection and follows a redirection" {
	mkdir "$WWW/folder"
	printf 'inner\n' >"$WWW/folder/index.html"
	head -c 100000 /dev/zero >"$WWW/large"
	serve "$WWW"
	python3 - "$PORT" <<'PYTHON'
import http.client, sys, urllib.request

port = int(sys.argv[1])
connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
connection.connect()
first = connection.sock
for i in range(300):
    target, status, length = [("/", 200, 10), ("/large", 200, 100000), ("/none", 404, None)][i % 3]
    connection.request(["GET", "HEAD"][i % 2], target)
    response = connection.getresponse()
    body = response.read()
    assert response.status == status, (target, response.status)
    if length is not None:
        assert int(response.headers["Content-Length"]) == length
        assert len(body) == (length if i % 2 == 0 else 0)
    assert connection.sock is first, f"not the same connection after {i}"
assert urllib.request.urlopen(f"http://127.0.0.1:{port}/folder?x", timeout=20).read() == b"inner\n"
PYTHON
}
