# Folders listed, for people and for programs.
load helper

setup() {
	netlabd_setup
	PORT=$(netlabd_free_port)
	URL=http://127.0.0.1:$PORT
	WWW=$DIR/www
	mkdir -p "$WWW/sub/deep"
	printf 'one\n' >"$WWW/one.txt"
	printf 'twotwo\n' >"$WWW/sub/two.txt"
	touch -d '2020-02-03 04:05:06 UTC' "$WWW/one.txt"
}

# Starts a server of $WWW with the further lines of the http section given.
serve() {
	chmod -R a+rX "$DIR"
	netlabd_config <<-CONFIG
		$(netlabd_user)
		http {
		    listen = { "127.0.0.1:$PORT" }
		    workers = 1
		    root = "www"
		    listing = true
		    $*
		}
	CONFIG
	netlabd_start
}

# status PATH [CURL'S WORDS…]: the status code of a GET.
status() {
	curl -s -o /dev/null -w '%{http_code}' "${@:2}" "$URL$1"
}

# Names that other servers have stumbled over.
make_nasty() {
	python3 - "$WWW" <<'PYTHON'
import os, sys

names = [b"<b>bold<b>", b'"quoted"', b"it's", b"a&amp;b", b"a&b", b"50%", b"%2F",
         b"%zz", b"q?x=y", b"a#b", b"a b", b" lead", b"trail ", b"plus+", b"semi;colon",
         b"javascript:alert(1)", b"http:", b"back\\slash", b"new\nline", b"tab\t",
         b"bell\x07", b"del\x7f", "\u00fc\u00f1\u00ee".encode(), "\u65e5\u672c".encode(),
         b"bad\xff\xfe", b"half\xc3", "rtl\u202egpj.exe".encode(), b"-dash", b"~tilde",
         b"x" * 255, b"<script>alert(1)<", b"]]>", b"a=b", b"@", b"!", b"*", b"$(x)", b"`x`"]
root = os.fsencode(sys.argv[1])
for name in names:
    with open(os.path.join(root, name), "wb") as file:
        file.write(b"content of " + name)
os.makedirs(os.path.join(root, b"dir <&> ?#%", "\u00e9".encode()))
with open(os.path.join(root, b"dir <&> ?#%", "\u00e9".encode(), b"leaf"), "wb") as file:
    file.write(b"leaf")
PYTHON
}

@test "a folder without an index is a page, with all that a page has" {
	serve
	run -0 curl -si "$URL/"
	assert_line --index 0 $'HTTP/1.1 200 OK\r'
	assert_line $'Content-Type: text/html; charset=utf-8\r'
	assert_line $'Vary: Accept\r'
	assert_line --regexp '^ETag: "[0-9a-f]+"'
	refute_output --partial Last-Modified
	assert_output --partial '<a href="./one.txt">one.txt</a></td><td title="4 bytes">4 B</td>'
	assert_output --partial '<time datetime="2020-02-03T04:05:06Z">2020-02-03'
	assert_output --partial '<a href="./sub/">sub/</a>'
	refute_output --partial 'href="../"'
	run -0 curl -s "$URL/sub/"
	assert_output --partial '<a href="../">'
	assert_equal "$(status /sub)" 301
	assert_equal "$(status /sub/deep/)" 200
	assert_equal "$(status /none/)" 404
	assert_equal "$(status /one.txt/)" 404
}

@test "HTTP 42, 49-54: a list answers HEAD, conditions and ranges like a file" {
	serve
	local tag
	tag=$(curl -sI "$URL/" | sed -nE 's/^ETag: (.*)\r/\1/p')
	assert_equal "$(curl -sI "$URL/" | grep -c '^Content-Length: [1-9]')" 1
	assert_equal "$(status / -H "If-None-Match: $tag")" 304
	assert_equal "$(status / -H "If-Match: \"x\"")" 412
	assert_equal "$(status / -H 'If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT')" 200
	run -0 curl -s -r 0-14 "$URL/"
	assert_output '<!DOCTYPE html>'
	echo more >>"$WWW/one.txt"
	assert_equal "$(status / -H "If-None-Match: $tag")" 200
}

@test "JSON by ?format=json and by Accept, of any names" {
	make_nasty
	serve
	run -0 python3 - "$WWW" "$URL" <<'PYTHON'
import json, os, sys, urllib.parse, urllib.request

root, url = os.fsencode(sys.argv[1]), sys.argv[2]


def get(path, **fields):
    with urllib.request.urlopen(urllib.request.Request(url + path, headers=fields)) as got:
        return got.headers, got.read()


def check(path, folder):
    fields, body = get(path + "?format=json")
    assert fields["Content-Type"] == "application/json", fields
    entries = json.loads(body.decode("utf-8"))
    assert body == get(path, Accept="application/json, text/plain, */*")[1]
    assert body != get(path, Accept="text/html, */*;q=0.8")[1]
    names = {}
    for entry in entries:
        name = urllib.parse.unquote_to_bytes(entry["href"][2:])
        names[name.rstrip(b"/")] = entry
        got = os.stat(os.path.join(folder, name))
        assert entry["type"] == ("directory" if name.endswith(b"/") else "file"), entry
        assert entry["name"] == name.rstrip(b"/").decode("utf-8", "replace") or \
            b"half" in name, entry
        if entry["type"] == "directory":
            check(path + entry["href"][2:], os.path.join(folder, name))
        else:
            assert entry["size"] == got.st_size, entry
            with open(os.path.join(folder, name), "rb") as file:
                assert get(path + entry["href"][2:])[1] == file.read(), entry
    assert set(names) == set(os.listdir(folder)), set(os.listdir(folder)) ^ set(names)


check("/", root)
PYTHON
}

@test "HTML of any names: no markup, no script, links that lead to the files" {
	make_nasty
	serve
	run -0 python3 - "$WWW" "$URL" <<'PYTHON'
import html.parser, os, sys, urllib.parse, urllib.request

root, url = os.fsencode(sys.argv[1]), sys.argv[2]


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.links, self.tags = [], set()

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        if tag == "a":
            self.links.append(dict(attributes)["href"])


page = Page()
body = urllib.request.urlopen(url + "/").read()
page.feed(body.decode("utf-8"))
assert page.tags == {"html", "head", "meta", "title", "style", "body", "h1", "table", "thead",
                     "tbody", "tr", "th", "td", "a", "time", "span"}, page.tags
names = set()
for link in page.links:
    if link.startswith("?"):
        continue
    target = urllib.parse.urljoin(url + "/", link)
    assert target.startswith(url + "/"), target
    names.add(urllib.parse.unquote_to_bytes(link[2:]).rstrip(b"/"))
    assert urllib.request.urlopen(target).status == 200
assert names == set(os.listdir(root)), names ^ set(os.listdir(root))
PYTHON
}

@test "the links sort, each way" {
	printf 'aaaaaaaaaa' >"$WWW/b.txt"
	touch -d '2019-01-01 UTC' "$WWW/b.txt"
	serve
	order() {
		curl -s "$URL/$1" | grep -o '<a href="./[a-z]*.txt' | cut -c12- | paste -sd' '
	}
	assert_equal "$(order '')" 'b.txt one.txt'
	assert_equal "$(order '?sort=name&order=desc')" 'one.txt b.txt'
	assert_equal "$(order '?sort=size')" 'one.txt b.txt'
	assert_equal "$(order '?sort=size&order=desc')" 'b.txt one.txt'
	assert_equal "$(order '?sort=date')" 'b.txt one.txt'
	assert_equal "$(order '?sort=date&order=desc')" 'one.txt b.txt'
}

@test "what comes, grows and goes is in the next list" {
	serve
	local n # i is run's own
	for n in $(seq 4); do
		echo "$n" >"$WWW/new$n"
		run -0 curl -s "$URL/"
		assert_output --partial "./new$n"
		head -c $((1000 + n)) /dev/zero >"$WWW/new$n"
		run -0 curl -s "$URL/"
		assert_output --partial "$((1000 + n)) bytes"
		rm "$WWW/new$n"
		run -0 curl -s "$URL/"
		refute_output --partial "./new$n"
	done
}

@test "HTTP 67: what is hidden or no file is not listed" {
	mkdir "$WWW/.git" "$WWW/.well-known"
	touch "$WWW/.hidden"
	mkfifo "$WWW/fifo"
	ln -s /etc/passwd "$WWW/passwd"
	ln -s one.txt "$WWW/link.txt"
	serve
	run -0 curl -s "$URL/"
	refute_output --partial .git
	refute_output --partial .hidden
	refute_output --partial fifo
	refute_output --partial passwd
	assert_output --partial './.well-known/'
	assert_output --partial './link.txt'
}

@test "a list of thousands comes whole, by sendfile" {
	mkdir "$WWW/many"
	(cd "$WWW/many" && seq -f 'file-%06.0f' 3000 | xargs touch)
	serve
	run -0 bash -c "curl -s '$URL/many/?format=json' |
		python3 -c 'import json, sys; print(len(json.load(sys.stdin)))'"
	assert_output 3000
	run -0 bash -c "curl -s '$URL/many/' | grep -c 'href=\"./file-'"
	assert_output 3000
}

@test "listing belongs to a location; an index comes before it" {
	mkdir "$WWW/files"
	touch "$WWW/files/x"
	chmod -R a+rX "$DIR"
	netlabd_config <<-CONFIG
		$(netlabd_user)
		http {
		    listen = { "127.0.0.1:$PORT" }
		    workers = 1
		    root = "www"
		    location "/files" { listing = true }
		}
	CONFIG
	netlabd_start
	assert_equal "$(status /)" 403
	assert_equal "$(status /sub/)" 403
	assert_equal "$(status /files/)" 200
	echo '<p>index' >"$WWW/files/index.html"
	run -0 curl -s "$URL/files/?format=json"
	assert_output '<p>index'
}
