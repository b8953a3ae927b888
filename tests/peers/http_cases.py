"""The requests: a name, the requirement that it belongs to, the bytes, and what
netlabd answers, told as http_wire.py does.

{etag} stands for the server's own ETag of /page.txt.
"""

import dataclasses
import os

MTIME = 1_577_836_800  # Wed, 01 Jan 2020 00:00:00 GMT
NEWLINE = "\r\n"

cases = []


@dataclasses.dataclass
class Case:
    name: str
    number: int
    request: bytes
    expected: str
    heads: tuple = ()    # the indexes of the answers to HEAD
    end: str = "probe"   # what follows: the probe, "wait": nothing, "shut": the
                         # end of what the client has to say


def case(name, number, request, expected, **more):
    if isinstance(request, str):
        request = request.encode("latin-1")
    if request.startswith(b"HEAD ") and "heads" not in more:
        more["heads"] = (0,)
    if any(other.name == name for other in cases):
        raise ValueError(f"{name}: twice")
    cases.append(Case(name, number, request, expected, **more))


def get(target="/page.txt", *fields, method="GET", version="HTTP/1.1",
        host="a", body=""):
    lines = [f"{method} {target} {version}"]
    if host is not None:
        lines.append(f"Host: {host}")
    text = NEWLINE.join(lines + list(fields)) + 2 * NEWLINE + body
    return text.encode("latin-1")


def make_tree(folder):
    """FOLDER/www; returns the names and contents of its files."""
    www = os.path.join(folder, "www")
    letters = "abcdefghijklmnopqrstuvwxyz"
    files = {
        "page.txt": letters,
        "probe.txt": "probe\n",
        "index.html": "<!DOCTYPE html><title>index</title>\n",
        "empty.txt": "",
        "style.css": "p { color: red }\n",
        "big.bin": "".join(f"{i:07}\n" for i in range(12500)),
        "sub/index.html": "<!DOCTYPE html><title>sub</title>\n",
        "sub/a.txt": "a in sub\n",
        "a b+c.txt": "blank and plus\n",
        "100%.txt": "percent\n",
        "q?.txt": "question mark\n",
        "é.txt": "UTF-8\n",
        "...": "three dots\n",
        "name.": "dot at the end\n",
        ".hidden": "hidden\n",
        ".well-known/x": "known\n",
        "bare/x.txt": "x in bare\n",
        "locked.txt": "nobody reads this\n",
    }
    for name, text in files.items():
        path = os.path.join(www, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.utime(path, (MTIME, MTIME))
    os.symlink("page.txt", os.path.join(www, "link.txt"))
    os.chmod(os.path.join(www, "locked.txt"), 0)
    return {name: text.encode() for name, text in files.items() if text}


PAGE = "200 text/plain =page.txt"
INDEX = "200 text/html =index.html"
OPTIONS = "Allow: GET,HEAD,OPTIONS"
BAD = "400; closed"

# ------------------------------------------------------------ lines and heads

case("get", 6, get(), f"{PAGE}; kept")
case("index", 6, get("/"), f"{INDEX}; kept")
case("crlf-before", 1, b"\r\n" + get(), f"{PAGE}; kept")
case("crlf-before-3", 1, b"\r\n\r\n\r\n" + get(), f"{PAGE}; kept")
case("crlf-between", 1, get() + b"\r\n" + get(), f"{PAGE}; {PAGE}; kept")
case("lf-before", 3, b"\n" + get(), BAD)
case("cr-before", 2, b"\r" + get(), BAD)
case("space-before", 4, b" " + get(), BAD)
case("cr-in-line", 2, "GET /\rpage.txt HTTP/1.1\r\nHost: a\r\n\r\n", BAD)
case("cr-in-value", 2, get("/page.txt", "X: a\rb"), BAD)
case("cr-in-name", 2, get("/page.txt", "X\r: a"), BAD)
case("cr-cr-lf", 2, "GET /page.txt HTTP/1.1\r\r\nHost: a\r\n\r\n", BAD)
case("cr-hides-field", 2, get("/page.txt", "X: a\rContent-Length: 44"), BAD)
case("lf-everywhere", 3, "GET /page.txt HTTP/1.1\nHost: a\n\n", BAD)
case("lf-after-line", 3, "GET /page.txt HTTP/1.1\nHost: a\r\n\r\n", BAD)
case("lf-after-field", 3, "GET /page.txt HTTP/1.1\r\nHost: a\n\r\n", BAD)
case("lf-at-end", 3, "GET /page.txt HTTP/1.1\r\nHost: a\r\n\n", BAD)
case("space-before-field", 4,
     "GET /page.txt HTTP/1.1\r\n Host: a\r\nHost: a\r\n\r\n", BAD)
case("garbage", 5, "hello\r\n\r\n", BAD)
case("garbage-binary", 5, "\x00\xff\x01\x02\r\n\r\n", BAD)
case("tls", 5, b"\x16\x03\x01\x00\xf4\x01\x00\x00\xf0\x03\x03" + bytes(64), BAD)
case("ssh", 5, "SSH-2.0-OpenSSH_9.2\r\n", BAD)
case("smtp", 5, "EHLO a\r\n\r\n", BAD)
case("double-space", 6, "GET  /page.txt HTTP/1.1\r\nHost: a\r\n\r\n", BAD)
case("double-space-2", 6, "GET /page.txt  HTTP/1.1\r\nHost: a\r\n\r\n", BAD)
case("tab-in-line", 6, "GET\t/page.txt\tHTTP/1.1\r\nHost: a\r\n\r\n", BAD)
case("space-at-end", 6, "GET /page.txt HTTP/1.1 \r\nHost: a\r\n\r\n", BAD)
case("no-target", 6, "GET HTTP/1.1\r\nHost: a\r\n\r\n", BAD)
case("empty-target", 6, "GET  HTTP/1.1\r\nHost: a\r\n\r\n", BAD)
case("no-method", 6, "/page.txt HTTP/1.1\r\nHost: a\r\n\r\n", BAD)
case("four-words", 6, "GET /page.txt x HTTP/1.1\r\nHost: a\r\n\r\n", BAD)

# -------------------------------------------------------------------- methods

case("head", 42, get(method="HEAD"), "200 text/plain len=26; kept")
case("head-none", 42, get("/none", method="HEAD"), "404; kept")
case("head-bad", 42, get("/page.txt", "X : y", method="HEAD"), BAD)
case("head-folder", 42, get("/sub", method="HEAD"), "301 -> /sub/; kept")
case("post", 7, get(method="POST", body="abc").replace(
    b"\r\n\r\n", b"\r\nContent-Length: 3\r\n\r\n"), f"405 {OPTIONS}; kept")
case("post-no-length", 7, get(method="POST"), f"405 {OPTIONS}; kept")
case("put", 7, get("/new.txt", "Content-Length: 3", method="PUT", body="abc"),
     f"405 {OPTIONS}; kept")
case("delete", 7, get(method="DELETE"), f"405 {OPTIONS}; kept")
case("patch", 7, get("/page.txt", "Content-Length: 2", method="PATCH",
                     body="{}"), f"405 {OPTIONS}; kept")
case("trace", 7, get(method="TRACE"), f"405 {OPTIONS}; kept")
case("unknown-method", 7, get(method="BREW"), "501; closed")
case("lower-case-method", 7, get(method="get"), "501; closed")
case("mixed-case-method", 7, get(method="Get"), "501; closed")
case("method-prefix", 7, get(method="GETS"), "501; closed")
case("long-method", 7, get(method="A" * 300), "501; closed")
case("method-not-token", 7, get(method="GE(T"), BAD)
case("method-with-colon", 7, get(method="GET:"), BAD)
case("options", 7, get(method="OPTIONS"), f"204 {OPTIONS}; kept")
case("options-star", 13, get("*", method="OPTIONS"), f"204 {OPTIONS}; kept")
case("options-none", 13, get("/none", method="OPTIONS"),
     f"204 {OPTIONS}; kept")
case("get-star", 13, get("*"), BAD)
case("connect", 12, get("a:80", method="CONNECT"), f"405 {OPTIONS}; kept")
case("connect-path", 12, get("/page.txt", method="CONNECT"), BAD)
case("connect-bad-port", 12, get("a:99999", method="CONNECT"), BAD)
case("connect-no-port", 12, get("a", method="CONNECT"), BAD)

# -------------------------------------------------------------------- targets

case("target-7900", 8, get("/page.txt?" + "q" * 7900), f"{PAGE}; kept")
case("target-9000", 8, get("/page.txt?" + "q" * 9000), "414; closed")
case("target-60000", 8, get("/" + "a" * 60000), "414; closed")
case("target-control", 9, get("/page\x01.txt"), BAD)
case("target-del", 9, get("/page\x7f.txt"), BAD)
case("target-nul", 9, get("/page\x00.txt"), BAD)
case("target-non-ascii", 9, get("/\xc3\xa9.txt"), BAD)
case("target-fragment", 9, get("/page.txt#top"), BAD)
case("target-no-slash", 9, get("page.txt"), BAD)
case("target-backslash", 9, get("\\page.txt"), BAD)
case("absolute", 11, get("http://a/page.txt"), f"{PAGE}; kept")
case("absolute-no-path", 11, get("http://a"), f"{INDEX}; kept")
case("absolute-query", 11, get("http://a?x"), f"{INDEX}; kept")
case("absolute-upper", 11, get("HTTP://A/page.txt"), f"{PAGE}; kept")
case("absolute-other-host", 11, get("http://b/page.txt"), f"{PAGE}; kept")
case("absolute-no-host-field", 10, get("http://a/page.txt", host=None), BAD)
case("absolute-userinfo", 11, get("http://u:p@a/page.txt"), BAD)
case("absolute-empty-host", 11, get("http:///page.txt"), BAD)
case("absolute-bad-port", 11, get("http://a:x/page.txt"), BAD)
case("absolute-ftp", 11, get("ftp://a/page.txt"), BAD)
case("absolute-options", 13, get("http://a", method="OPTIONS"),
     f"204 {OPTIONS}; kept")

# ----------------------------------------------------------------------- Host

case("host-none", 10, get(host=None), BAD)
case("host-none-10", 10, get(host=None, version="HTTP/1.0"), f"{PAGE}; closed")
case("host-empty", 10, get(host=""), f"{PAGE}; kept")
case("host-twice-same", 10, get("/page.txt", "Host: a"), BAD)
case("host-twice", 10, get("/page.txt", "Host: b"), BAD)
case("host-twice-10", 10, get("/page.txt", "Host: b", version="HTTP/1.0"), BAD)
case("host-port", 10, get(host="a:80"), f"{PAGE}; kept")
case("host-port-empty", 10, get(host="a:"), f"{PAGE}; kept")
case("host-ipv6", 10, get(host="[::1]:80"), f"{PAGE}; kept")
case("host-ipv6-open", 10, get(host="[::1"), BAD)
case("host-dot", 10, get(host="a."), f"{PAGE}; kept")
case("host-comma", 10, get(host="a,b"), BAD)
case("host-space", 10, get(host="a b"), BAD)
case("host-path", 10, get(host="a/b"), BAD)
case("host-userinfo", 10, get(host="u@a"), BAD)
case("host-bad-port", 10, get(host="a:x"), BAD)
case("host-high-port", 10, get(host="a:65536"), BAD)
case("host-backslash", 10, get(host="a\\b"), BAD)
case("host-non-ascii", 10, get(host="\xe9"), BAD)
case("host-spaced-colon", 16, "GET /page.txt HTTP/1.1\r\nHost : a\r\n\r\n", BAD)

# ------------------------------------------------------------------- versions

case("version-10", 14, get(version="HTTP/1.0"), f"{PAGE}; closed")
case("version-12", 14, get(version="HTTP/1.2"), f"{PAGE}; kept")
case("version-19", 14, get(version="HTTP/1.9"), f"{PAGE}; kept")
case("version-20", 14, get(version="HTTP/2.0"), "505; closed")
case("version-30", 14, get(version="HTTP/3.0"), "505; closed")
case("version-00", 14, get(version="HTTP/0.9"), "505; closed")
case("preface", 14, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505; closed")
case("version-lower", 14, get(version="http/1.1"), BAD)
case("version-short", 14, get(version="HTTP/1"), BAD)
case("version-zero", 14, get(version="HTTP/01.1"), BAD)
case("version-long", 14, get(version="HTTP/1.10"), BAD)
case("version-11-letters", 14, get(version="HTTP/1.x"), BAD)
case("version-huge", 14, get(version="HTTP/4294967297.1"), BAD)
case("version-other", 14, get(version="HTCPCP/1.0"), BAD)
case("http09", 15, "GET /page.txt\r\n", BAD)
case("http09-post", 15, "POST /page.txt\r\n", BAD)

# --------------------------------------------------------------------- fields

case("field-space-colon", 16, get("/page.txt", "X : y"), BAD)
case("field-tab-colon", 16, get("/page.txt", "X\t: y"), BAD)
case("field-no-colon", 16, get("/page.txt", "X"), BAD)
case("field-empty-name", 16, get("/page.txt", ": y"), BAD)
case("field-bad-name", 16, get("/page.txt", "X(: y"), BAD)
case("field-nul-name", 16, get("/page.txt", "X\x00: y"), BAD)
case("field-non-ascii-name", 16, get("/page.txt", "X\xe9: y"), BAD)
case("field-odd-token", 16, get("/page.txt", "!#$%&'*+-.^_`|~: y"),
     f"{PAGE}; kept")
case("field-empty", 18, get("/page.txt", "X:"), f"{PAGE}; kept")
case("field-no-space", 18, get("/page.txt", "X:y"), f"{PAGE}; kept")
case("field-much-space", 18, get("/page.txt", "X: \t \t y \t "),
     f"{PAGE}; kept")
case("fold", 17, get("/page.txt", "X: y", " z"), BAD)
case("fold-tab", 17, get("/page.txt", "X: y", "\tz"), BAD)
case("fold-length", 17, get("/page.txt", "Content-Length:", " 3", body="abc"),
     BAD)
case("fold-encoding", 17, get("/page.txt", "Transfer-Encoding:", " chunked",
                              body="0\r\n\r\n"), BAD)
case("value-nul", 18, get("/page.txt", "X: a\x00b"), BAD)
case("value-control", 18, get("/page.txt", "X: a\x01b"), BAD)
case("value-del", 18, get("/page.txt", "X: a\x7fb"), BAD)
case("value-vt", 18, get("/page.txt", "X: a\x0bb"), BAD)
case("value-obs-text", 18, get("/page.txt", "X: \xe9\xff"), f"{PAGE}; kept")
case("value-tab", 18, get("/page.txt", "X: a\tb"), f"{PAGE}; kept")
case("fields-90", 19, get("/page.txt", *[f"X-{i}: y" for i in range(90)]),
     f"{PAGE}; kept")
case("fields-5000", 19, get("/page.txt", *["X: y"] * 5000), "431; closed")
case("field-7000", 19, get("/page.txt", "X: " + "y" * 7000), f"{PAGE}; kept")
case("field-40000", 19, get("/page.txt", "X: " + "y" * 40000), "431; closed")
case("fields-60000", 19, get("/page.txt", *["X: " + "y" * 2000] * 30),
     "431; closed")
case("name-40000", 19, get("/page.txt", "X" * 40000 + ": y"), "431; closed")

# -------------------------------------------------------------------- framing

CHUNKED = "Transfer-Encoding: chunked"
LAST = "0\r\n\r\n"


def chunked(body, *fields, **more):
    return get("/page.txt", CHUNKED, *fields, body=body, **more)


def coded(value, body=LAST, **more):
    return get("/page.txt", f"Transfer-Encoding: {value}", body=body, **more)


def sized(value, body="", **more):
    return get("/page.txt", f"Content-Length: {value}", body=body, **more)


SMUGGLED = "GET /none HTTP/1.1\r\nHost: a\r\n\r\n"

case("length-and-chunked", 20, chunked(LAST, "Content-Length: 5"), BAD)
case("chunked-and-length", 20, get("/page.txt", "Content-Length: 5", CHUNKED,
                                   body=LAST), BAD)
case("cl-te", 20, get("/page.txt", "Content-Length: 44", CHUNKED,
                      method="POST", body=LAST + SMUGGLED), BAD)
case("te-cl", 20, chunked("1d\r\nGET /none HTTP/1.1\r\nHost: a\r\n\r\n\r\n0\r\n\r\n",
                          "Content-Length: 4", method="POST"), BAD)
case("chunked-10", 21, chunked(LAST, version="HTTP/1.0"), BAD)
case("chunked-10-kept", 21, chunked(
    LAST, "Connection: keep-alive", version="HTTP/1.0"), BAD)
case("coding-unknown", 22, coded("cow"), "501; closed")
case("coding-gzip", 22, coded("gzip, chunked"), "501; closed")
case("coding-identity", 22, coded("identity"), "501; closed")
case("coding-after", 22, coded("chunked, gzip"), BAD)
case("coding-twice", 22, coded("chunked, chunked"), BAD)
case("coding-two-fields", 22, chunked(LAST, CHUNKED), BAD)
case("coding-empty", 22, coded(""), BAD)
case("coding-parameter", 22, coded("chunked;x"), BAD)
case("coding-parameter-2", 22, coded("chunked; x=y"), BAD)
case("coding-vt", 22, coded("\x0bchunked"), BAD)
case("coding-ff", 22, coded("chunked\x0c"), BAD)
case("coding-quoted", 22, coded('"chunked"'), BAD)
case("coding-single-quoted", 22, coded("'chunked'"), "501; closed")
case("coding-tab", 22, coded("\tchunked\t"), f"{PAGE}; kept")
case("coding-upper", 22, coded("ChUnKeD"), f"{PAGE}; kept")
case("coding-comma", 22, coded("chunked,"), BAD)
case("coding-x-chunked", 22, coded("xchunked"), "501; closed")
case("coding-nul", 22, coded("chunked\x00"), BAD)
case("coding-space-colon", 22, get("/page.txt", "Transfer-Encoding : chunked",
                                   body=LAST), BAD)
case("coding-underscore", 22, get("/page.txt", "Transfer_Encoding: chunked"),
     f"{PAGE}; kept")

case("length", 28, sized("3", "abc"), f"{PAGE}; kept")
case("length-1-mib", 26, sized(1 << 20, "x" * (1 << 20)), f"{PAGE}; kept")
case("length-zero", 28, sized("0"), f"{PAGE}; kept")
case("length-zeros", 23, sized("003", "abc"), f"{PAGE}; kept")
case("length-plus", 23, sized("+3", "abc"), BAD)
case("length-minus", 23, sized("-1"), BAD)
case("length-hex", 23, sized("0x3", "abc"), BAD)
case("length-underscore", 23, sized("0_3", "abc"), BAD)
case("length-empty", 23, sized(""), BAD)
case("length-words", 23, sized("1 2", "ab"), BAD)
case("length-letters", 23, sized("3a", "abc"), BAD)
case("length-fraction", 23, sized("3.0", "abc"), BAD)
case("length-quoted", 23, sized('"3"', "abc"), BAD)
case("length-list", 23, sized("3, 3", "abc"), BAD)
case("length-list-differs", 23, sized("3, 4", "abc"), BAD)
case("length-comma", 23, sized("3,", "abc"), BAD)
case("length-twice", 23, get("/page.txt", "Content-Length: 3",
                             "Content-Length: 3", body="abc"), BAD)
case("length-twice-differs", 23, get(
    "/page.txt", "Content-Length: 0", "Content-Length: 31",
    body=SMUGGLED), BAD)
case("length-overflow", 23, sized("18446744073709551616"), BAD)
case("length-overflow-3", 23, sized("18446744073709551619", "abc"), BAD)
case("length-vt", 23, sized("3\x0b", "abc"), BAD)
case("length-hides-request", 28, sized(len(SMUGGLED), SMUGGLED),
     f"{PAGE}; kept")
case("length-space-colon", 16, get("/page.txt", "Content-Length : 31",
                                   body=SMUGGLED), BAD)
case("length-too-large", 27, sized("99999999999", method="POST"),
     "413; closed")
case("length-too-large-get", 27, sized("99999999999"), "413; closed")
case("length-cut-off", 25, sized("10", "abc", method="POST"),
     f"405 {OPTIONS}; end", end="shut")

# --------------------------------------------------------------------- chunks

GOOD = f"{PAGE}; kept"
case("chunks", 24, chunked("3\r\nabc\r\n2\r\nde\r\n" + LAST), GOOD)
case("chunks-post", 24, chunked("3\r\nabc\r\n" + LAST, method="POST"),
     f"405 {OPTIONS}; kept")
case("chunk-hex", 24, chunked("A\r\n0123456789\r\na\r\n0123456789\r\n" + LAST),
     GOOD)
case("chunk-zeros", 24, chunked("00003\r\nabc\r\n000\r\n\r\n"), GOOD)
case("chunk-hides-request", 28, chunked(
    f"{len(SMUGGLED):x}\r\n{SMUGGLED}\r\n{LAST}"), GOOD)
case("chunk-extension", 24, chunked("3;a=b\r\nabc\r\n0;c\r\n\r\n"), GOOD)
case("chunk-extension-quoted", 24, chunked(
    '3;a="b;\\"c"\r\nabc\r\n' + LAST), GOOD)
case("chunk-extension-empty", 24, chunked("3;\r\nabc\r\n" + LAST), BAD)
case("chunk-extension-lf", 24, chunked("3;a\nabc\r\n" + LAST), BAD)
case("chunk-extension-cr", 24, chunked("3;a\rb\r\nabc\r\n" + LAST), BAD)
case("chunk-extension-nul", 24, chunked("3;a\x00\r\nabc\r\n" + LAST), BAD)
case("chunk-extension-long", 24, chunked(
    "3;a=" + "b" * 20000 + "\r\nabc\r\n" + LAST), BAD)
case("chunk-space-before", 24, chunked(" 3\r\nabc\r\n" + LAST), BAD)
case("chunk-space-after", 24, chunked("3 \r\nabc\r\n" + LAST), BAD)
case("chunk-no-size", 24, chunked("\r\nabc\r\n" + LAST), BAD)
case("chunk-plus", 24, chunked("+3\r\nabc\r\n" + LAST), BAD)
case("chunk-minus", 24, chunked("-1\r\nabc\r\n" + LAST), BAD)
case("chunk-0x", 24, chunked("0x3\r\nabc\r\n" + LAST), BAD)
case("chunk-underscore", 24, chunked("0_3\r\nabc\r\n" + LAST), BAD)
case("chunk-letter", 24, chunked("3g\r\nabc\r\n" + LAST), BAD)
case("chunk-overflow", 24, chunked("10000000000000003\r\nabc\r\n" + LAST), BAD)
case("chunk-huge", 24, chunked("fffffffffffffff0\r\nabc\r\n" + LAST),
     "413; closed")
case("chunk-lf", 24, chunked("3\nabc\r\n" + LAST), BAD)
case("chunk-lf-after-data", 24, chunked("3\r\nabc\n" + LAST), BAD)
case("chunk-no-crlf", 24, chunked("3\r\nabc" + LAST), BAD)
case("chunk-too-long", 24, chunked("3\r\nabcd\r\n" + LAST), BAD)
case("chunk-too-short", 24, chunked("4\r\nabc\r\n" + LAST), BAD)
case("chunk-cr-only", 24, chunked("3\rabc\r\n" + LAST), BAD)
case("chunk-last-lf", 24, chunked("0\n\r\n"), BAD)
case("chunk-end-lf", 24, chunked("0\r\n\n"), BAD)
case("chunk-cut-off", 25, chunked("3\r\nab", method="POST"), "end", end="shut")
case("trailer", 24, chunked("0\r\nX: y\r\n\r\n"), GOOD)
case("trailer-length", 24, chunked("0\r\nContent-Length: 31\r\n\r\n"), GOOD)
case("trailer-host", 24, chunked("0\r\nHost: b\r\n\r\n"), GOOD)
case("trailer-bad", 24, chunked("0\r\nX y\r\n\r\n"), BAD)
case("trailer-space-colon", 24, chunked("0\r\nX : y\r\n\r\n"), BAD)
case("trailer-fold", 24, chunked("0\r\nX: y\r\n z\r\n\r\n"), BAD)
case("trailer-lf", 24, chunked("0\r\nX: y\n\r\n"), BAD)
case("trailer-20000", 24, chunked("0\r\nX: " + "y" * 20000 + "\r\n\r\n"),
     f"{PAGE}; closed")

# ----------------------------------------------------------------- connection

case("pipeline", 31, get() + get("/none") + get("/"),
     f"{PAGE}; 404; {INDEX}; kept")
case("pipeline-20", 31, get() * 20, "; ".join([PAGE] * 20 + ["kept"]))
case("pipeline-heads", 31, get(method="HEAD") + get() + get(method="HEAD"),
     f"200 text/plain len=26; {PAGE}; 200 text/plain len=26; kept",
     heads=(0, 2))
case("pipeline-big", 31, get("/big.bin") + get(),
     f"200 application/octet-stream =big.bin; {PAGE}; kept")
case("pipeline-bodies", 31, sized("3", "abc", method="POST") + get(),
     f"405 {OPTIONS}; {PAGE}; kept")
case("pipeline-error", 31, get() + get("/page.txt", "X : y") + get(),
     f"{PAGE}; 400; closed")
case("pipeline-chunks", 31, chunked("1\r\na\r\n" + LAST) + chunked(LAST),
     f"{PAGE}; {PAGE}; kept")
case("close", 30, get("/page.txt", "Connection: close") + get(),
     f"{PAGE}; closed")
case("close-upper", 34, get("/page.txt", "Connection: CLOSE"),
     f"{PAGE}; closed")
case("close-in-list", 34, get("/page.txt", "Connection: x, close ,y"),
     f"{PAGE}; closed")
case("close-in-second", 34, get("/page.txt", "Connection: x",
                                "Connection: close"), f"{PAGE}; closed")
case("close-wins", 34, get("/page.txt", "Connection: keep-alive, close"),
     f"{PAGE}; closed")
case("close-404", 30, get("/none", "Connection: close"), "404; closed")
case("connection-empty", 34, get("/page.txt", "Connection:"), f"{PAGE}; kept")
case("connection-closed", 34, get("/page.txt", "Connection: closed"),
     f"{PAGE}; kept")
case("keep-alive-10", 29, get("/page.txt", "Connection: keep-alive",
                              version="HTTP/1.0"), f"{PAGE}; kept")
case("keep-alive-10-none", 29, get("/none", "Connection: keep-alive",
                                   version="HTTP/1.0"), "404; kept")
case("upgrade", 35, get("/page.txt", "Connection: upgrade",
                        "Upgrade: websocket"), f"{PAGE}; kept")
case("upgrade-h2c", 35, get(
    "/page.txt", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c",
    "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA"), f"{PAGE}; kept")
case("eof-in-head", 25, "GET /page.txt HTTP/1.1\r\nHos", "400; end", end="shut")
case("eof-in-line", 25, "GET /pa", "400; end", end="shut")
case("eof-at-once", 25, "", "end", end="shut")
case("eof-after-get", 25, get(), f"{PAGE}; end", end="shut")

EXPECT = "Expect: 100-continue"
case("expect-post", 36, get("/page.txt", EXPECT, "Content-Length: 3",
                            method="POST"), f"405 {OPTIONS}; closed",
     end="wait")
case("expect-get", 36, get("/page.txt", EXPECT, "Content-Length: 3"),
     f"{PAGE}; closed", end="wait")
case("expect-no-body", 36, get("/page.txt", EXPECT), f"{PAGE}; kept")
case("expect-10", 36, get("/page.txt", EXPECT, version="HTTP/1.0"),
     f"{PAGE}; closed")
case("expect-upper", 36, get("/page.txt", "Expect: 100-Continue"),
     f"{PAGE}; kept")
case("expect-other", 36, get("/page.txt", "Expect: tea"), "417; closed")
case("expect-too-large", 36, get(
    "/page.txt", EXPECT, "Content-Length: 99999999999", method="POST"),
    "413; closed", end="wait")

# ----------------------------------------------------------------- conditions

IMF, RFC850, ASCTIME = ("Wed, 01 Jan 2020 00:00:00 GMT",
                        "Wednesday, 01-Jan-20 00:00:00 GMT",
                        "Wed Jan  1 00:00:00 2020")
EARLIER, LATER = ("Tue, 31 Dec 2019 23:59:59 GMT",
                  "Wed, 01 Jan 2020 00:00:01 GMT")


def asked(number, name, expected, *fields, **more):
    case(name, number, get("/page.txt", *fields, **more), expected)


SAME, FAILED = "304; kept", "412; kept"
asked(51, "none-match", SAME, "If-None-Match: {etag}")
asked(51, "none-match-weak", SAME, "If-None-Match: W/{etag}")
asked(51, "none-match-any", SAME, "If-None-Match: *")
asked(51, "none-match-list", SAME, 'If-None-Match: "x", {etag}')
asked(51, "none-match-fields", SAME, 'If-None-Match: "x"',
      "If-None-Match: {etag}")
asked(51, "none-match-other", GOOD, 'If-None-Match: "x"')
asked(51, "none-match-unquoted", GOOD, "If-None-Match: x")
asked(51, "none-match-comma", GOOD, 'If-None-Match: "x,y"')
asked(51, "none-match-head", SAME, "If-None-Match: {etag}", method="HEAD")
asked(52, "none-match-wins", GOOD, 'If-None-Match: "x"',
      f"If-Modified-Since: {IMF}")
asked(52, "none-match-wins-304", SAME, "If-None-Match: {etag}",
      f"If-Modified-Since: {EARLIER}")
asked(53, "modified-since", SAME, f"If-Modified-Since: {IMF}")
asked(53, "modified-since-850", SAME, f"If-Modified-Since: {RFC850}")
asked(53, "modified-since-asctime", SAME, f"If-Modified-Since: {ASCTIME}")
asked(53, "modified-since-later", SAME, f"If-Modified-Since: {LATER}")
asked(53, "modified-since-earlier", GOOD, f"If-Modified-Since: {EARLIER}")
asked(53, "modified-since-bad", GOOD, "If-Modified-Since: yesterday")
asked(53, "modified-since-no-zone", GOOD,
      "If-Modified-Since: Wed, 01 Jan 2020 00:00:00")
asked(53, "modified-since-length", GOOD, f"If-Modified-Since: {IMF}; length=26")
asked(53, "modified-since-head", SAME, f"If-Modified-Since: {IMF}",
      method="HEAD")
asked(50, "match", GOOD, "If-Match: {etag}")
asked(50, "match-any", GOOD, "If-Match: *")
asked(50, "match-list", GOOD, 'If-Match: "x", {etag}')
asked(50, "match-weak", FAILED, "If-Match: W/{etag}")
asked(50, "match-other", FAILED, 'If-Match: "x"')
asked(50, "match-head", FAILED, 'If-Match: "x"', method="HEAD")
asked(50, "match-before-none-match", FAILED, 'If-Match: "x"',
      "If-None-Match: {etag}")
asked(50, "unmodified-since", GOOD, f"If-Unmodified-Since: {IMF}")
asked(50, "unmodified-since-earlier", FAILED,
      f"If-Unmodified-Since: {EARLIER}")
asked(50, "unmodified-since-850", GOOD, f"If-Unmodified-Since: {RFC850}")
asked(50, "unmodified-since-bad", GOOD, "If-Unmodified-Since: yesterday")
asked(50, "match-wins", GOOD, "If-Match: {etag}",
      f"If-Unmodified-Since: {EARLIER}")
case("condition-404", 49, get("/none", "If-Match: *"), "404; kept")
case("condition-404-none-match", 49, get("/none", "If-None-Match: *"),
     "404; kept")
case("condition-301", 49, get("/sub", 'If-Match: "x"'), "301 -> /sub/; kept")
asked(49, "condition-post", f"405 {OPTIONS}; kept", "If-None-Match: *",
      method="POST")

# --------------------------------------------------------------------- ranges


def part(text):
    return f"206 text/plain =page.txt[{text}]; kept"


def parts(name, number, ranges, expected):
    """Of a file that is long enough for several parts to be worth it."""
    case(name, number, get("/big.bin", f"Range: bytes={ranges}"),
         f"{expected}; kept")


OUTSIDE = "416 */26; kept"
asked(56, "range", part("2-5"), "Range: bytes=2-5")
asked(56, "range-first", part("0-0"), "Range: bytes=0-0")
asked(56, "range-open", part("20-25"), "Range: bytes=20-")
asked(56, "range-suffix", part("21-25"), "Range: bytes=-5")
asked(56, "range-suffix-long", part("0-25"), "Range: bytes=-100")
asked(56, "range-all", part("0-25"), "Range: bytes=0-")
asked(56, "range-clamped", part("20-25"), "Range: bytes=20-1000")
asked(56, "range-suffix-zero", OUTSIDE, "Range: bytes=-0")
asked(57, "range-outside", OUTSIDE, "Range: bytes=26-")
asked(57, "range-outside-2", OUTSIDE, "Range: bytes=100-200")
asked(55, "range-backwards", OUTSIDE, "Range: bytes=5-2")
asked(55, "range-no-numbers", OUTSIDE, "Range: bytes=-")
asked(55, "range-nothing", OUTSIDE, "Range: bytes=")
asked(55, "range-letters", OUTSIDE, "Range: bytes=a-b")
asked(55, "range-half-bad", OUTSIDE, "Range: bytes=0-1,x")
asked(55, "range-plus", OUTSIDE, "Range: bytes=+1-2")
asked(55, "range-upper-unit", part("0-1"), "Range: Bytes=0-1")
asked(55, "range-other-unit", GOOD, "Range: lines=0-1")
asked(55, "range-no-unit", GOOD, "Range: 0-1")
asked(55, "range-spaced-equals", GOOD, "Range: bytes =0-1")
asked(55, "range-fields", GOOD, "Range: bytes=0-1", "Range: bytes=3-4")
asked(55, "range-head", "200 text/plain len=26; kept", "Range: bytes=0-1",
      method="HEAD")
asked(55, "range-post", f"405 {OPTIONS}; kept", "Range: bytes=0-1",
      method="POST")
asked(61, "range-overflow", OUTSIDE,
      "Range: bytes=18446744073709551616-18446744073709551617")
asked(61, "range-overflow-last", part("1-25"),
      "Range: bytes=1-18446744073709551617")
asked(61, "range-overflow-suffix", part("0-25"),
      "Range: bytes=-18446744073709551617")
asked(59, "ranges", part("0-25"), "Range: bytes=0-0,-2")
asked(59, "ranges-three", part("0-25"),
      "Range: bytes=0-1,8-9,20-")
asked(59, "ranges-spaced", part("0-25"), "Range: bytes=0-0 , 25-25")
asked(59, "ranges-comma", part("0-0"), "Range: bytes=,0-0,")
asked(59, "ranges-one-outside", part("0-0"), "Range: bytes=0-0,100-")
asked(59, "ranges-none-inside", OUTSIDE, "Range: bytes=100-,200-")
asked(59, "ranges-overlap", part("0-9"), "Range: bytes=0-5,3-9")
asked(59, "ranges-same", part("0-1"), "Range: bytes=0-1,0-1")
asked(59, "ranges-100", GOOD, "Range: bytes=" + ",".join(
    f"{i % 26}-{i % 26}" for i in range(100)))
asked(59, "ranges-wasteful", part("0-25"), "Range: bytes=0-,0-,0-,0-,0-")
BIG, BIG_PARTS = "application/octet-stream =big.bin", "206 multipart =big.bin"
parts("ranges-big", 59, "0-9,50000-50009,-10",
      f"{BIG_PARTS}[0-9,50000-50009,99990-99999]")
parts("ranges-big-backwards", 59, "50000-50009,0-9",
      f"{BIG_PARTS}[50000-50009,0-9]")
parts("ranges-big-overlap", 59, "0-999,500-1999,90000-90009",
      f"{BIG_PARTS}[0-1999,90000-90009]")
parts("ranges-big-touch", 59, "0-999,1000-1999", f"206 {BIG}[0-1999]")
parts("ranges-big-one-outside", 59, "0-9,50000-50009,100000-",
      f"{BIG_PARTS}[0-9,50000-50009]")
parts("ranges-big-all-outside", 59, "100000-,200000-", "416 */100000")
parts("ranges-big-bad", 59, "0-9,50000-50009,x", "416 */100000")
parts("ranges-big-16", 59, ",".join(
    f"{i * 5000}-{i * 5000}" for i in range(16)), f"{BIG_PARTS}[16 parts]")
parts("ranges-big-300", 59, ",".join(
    f"{i * 300}-{i * 300}" for i in range(300)), f"200 {BIG}")
parts("ranges-big-attack", 59, ",".join(["0-"] * 1300), f"200 {BIG}")
case("ranges-head", 59, get("/big.bin", "Range: bytes=0-9,50000-50009",
                            method="HEAD"),
     "200 application/octet-stream len=100000; kept")
case("ranges-then-page", 59, get("/big.bin", "Range: bytes=0-9,50000-50009")
     + get(), f"{BIG_PARTS}[0-9,50000-50009]; {PAGE}; kept")
RANGES = "Range: bytes=0-9,50000-50009"
case("ranges-and-length", 28, get("/big.bin", RANGES, "Content-Length: 31",
                                  body=SMUGGLED) + get(),
     f"200 {BIG}; {PAGE}; kept")
case("ranges-and-chunks", 28, get(
    "/big.bin", RANGES, CHUNKED,
    body=f"{len(SMUGGLED):x}\r\n{SMUGGLED}\r\n{LAST}") + get(),
    f"200 {BIG}; {PAGE}; kept")
case("ranges-and-close", 30, get("/big.bin", RANGES, "Connection: close")
     + get(), f"{BIG_PARTS}[0-9,50000-50009]; closed")
case("big-and-length", 28, get("/big.bin", "Content-Length: 31",
                               body=SMUGGLED) + get(),
     f"200 {BIG}; {PAGE}; kept")
case("big-and-chunks", 28, get(
    "/big.bin", CHUNKED, body=f"{len(SMUGGLED):x}\r\n{SMUGGLED}\r\n{LAST}")
    + get(), f"200 {BIG}; {PAGE}; kept")
case("range-empty-file", 57, get("/empty.txt", "Range: bytes=0-"),
     "200 empty; kept")
case("range-empty-file-suffix", 57, get("/empty.txt", "Range: bytes=-1"),
     "200 empty; kept")
case("range-404", 49, get("/none", "Range: bytes=0-1"), "404; kept")
asked(60, "if-range", part("0-1"), "Range: bytes=0-1", "If-Range: {etag}")
asked(60, "if-range-other", GOOD, "Range: bytes=0-1", 'If-Range: "x"')
asked(60, "if-range-weak", GOOD, "Range: bytes=0-1", "If-Range: W/{etag}")
asked(60, "if-range-date", part("0-1"), "Range: bytes=0-1", f"If-Range: {IMF}")
asked(60, "if-range-date-850", part("0-1"), "Range: bytes=0-1",
      f"If-Range: {RFC850}")
asked(60, "if-range-earlier", GOOD, "Range: bytes=0-1",
      f"If-Range: {EARLIER}")
asked(60, "if-range-later", GOOD, "Range: bytes=0-1", f"If-Range: {LATER}")
asked(60, "if-range-bad", GOOD, "Range: bytes=0-1", "If-Range: x")
asked(60, "if-range-alone", GOOD, 'If-Range: "x"')
asked(60, "if-range-outside", GOOD, "Range: bytes=100-", 'If-Range: "x"')
asked(51, "range-not-modified", SAME, "Range: bytes=0-1",
      "If-None-Match: {etag}")
asked(50, "range-failed", FAILED, "Range: bytes=0-1", 'If-Match: "x"')

# ---------------------------------------------------------------------- paths


def path(number, name, target, expected):
    case(name, number, get(target), f"{expected}; kept"
         if expected != BAD else BAD)


path(63, "path-escaped", "/p%61ge.txt", PAGE)
path(63, "path-escaped-lower", "/%70%61%67%65%2etxt", PAGE)
path(63, "path-escaped-percent", "/100%25.txt", "200 text/plain =100%.txt")
path(63, "path-double-escaped", "/%2570age.txt", "404")
path(63, "path-escaped-question", "/q%3F.txt", "200 text/plain =q?.txt")
path(63, "path-utf8", "/%C3%A9.txt", "200 text/plain =é.txt")
path(63, "path-overlong", "/%C0%AFpage.txt", "404")
path(63, "path-overlong-dots", "/%C0%AE%C0%AE/page.txt", "404")
path(63, "path-latin1", "/%E9.txt", "404")
path(63, "path-bad-escape", "/%", "400")
path(63, "path-bad-escape-1", "/page%2", "400")
path(63, "path-bad-escape-g", "/page%gg.txt", "400")
path(63, "path-unicode-escape", "/%u0061", "400")
path(63, "path-nul", "/page.txt%00", "400")
path(63, "path-nul-ending", "/page.txt%00.html", "400")
path(63, "path-slash-escaped", "/sub%2Fa.txt", "404")
path(63, "path-backslash", "/sub\\a.txt", "404")
path(63, "path-newline", "/page.txt%0a", "404")
path(63, "path-blank", "/a%20b+c.txt", "200 text/plain =a b+c.txt")
path(68, "path-plus-escaped", "/a%20b%2Bc.txt", "200 text/plain =a b+c.txt")
path(68, "path-plus-is-no-blank", "/a+b+c.txt", "404")
path(63, "path-query", "/page.txt?a=b&c=d", PAGE)
path(63, "path-query-empty", "/page.txt?", PAGE)
path(63, "path-query-slashes", "/page.txt?/../../x", PAGE)
path(63, "path-query-bad-escape", "/page.txt?%", PAGE)
path(63, "path-query-questions", "/page.txt??a?b", PAGE)
path(63, "path-semicolon", "/page.txt;x", "404")
path(64, "path-dot", "/./page.txt", PAGE)
path(64, "path-dots", "/sub/../page.txt", PAGE)
path(64, "path-dots-escaped", "/sub/%2e%2e/page.txt", PAGE)
path(64, "path-dots-mixed", "/sub/.%2E/page.txt", PAGE)
path(64, "path-dots-none", "/none/../page.txt", PAGE)
path(64, "path-dots-end", "/sub/..", INDEX)
path(64, "path-dot-end", "/sub/.", "200 text/html =sub/index.html")
path(64, "path-above", "/../page.txt", "400")
path(64, "path-above-deep", "/sub/../../page.txt", "400")
path(64, "path-above-escaped", "/%2e%2e/page.txt", "400")
path(64, "path-above-passwd", "/../../../../../../etc/passwd", "400")
path(64, "path-above-escaped-slash", "/..%2f..%2fetc%2fpasswd", "404")
path(64, "path-above-backslash", "/..\\..\\etc\\passwd", "404")
path(67, "path-three-dots", "/...", "404")
path(64, "path-dot-at-end", "/name.", "200 application/octet-stream =name.")
path(65, "path-slashes", "//page.txt", PAGE)
path(65, "path-slashes-inside", "/sub///a.txt", "200 text/plain =sub/a.txt")
path(65, "path-slashes-dots", "/sub//../page.txt", PAGE)
path(66, "path-device", "/dev/null", "404")
path(67, "path-file-slash", "/page.txt/", "404")
path(67, "path-file-path", "/page.txt/x", "404")
path(67, "path-folder", "/sub", "301 -> /sub/")
path(48, "path-folder-query", "/sub?a=b", "301 -> /sub/?a=b")
path(48, "path-folder-escaped", "/s%75b?a=%20", "301 -> /sub/?a=%20")
path(48, "path-folder-slashes", "//sub", "301 -> /sub/")
path(48, "path-folder-dots", "/x/..//sub", "301 -> /sub/")
path(67, "path-folder-slash", "/sub/", "200 text/html =sub/index.html")
path(67, "path-no-index", "/bare/", "403")
path(67, "path-no-index-redirect", "/bare", "301 -> /bare/")
path(67, "path-locked", "/locked.txt", "403")
path(67, "path-link", "/link.txt", PAGE)
path(67, "path-hidden", "/.hidden", "404")
path(67, "path-hidden-escaped", "/%2Ehidden", "404")
path(67, "path-well-known", "/.well-known/x",
     "200 application/octet-stream =.well-known/x")
path(67, "path-upper", "/PAGE.TXT", "404")
path(67, "path-none", "/none", "404")
path(67, "path-long-name", "/" + "a" * 300, "404")
path(67, "path-deep", "/a" * 2000, "404")
path(43, "type-css", "/style.css", "200 text/css =style.css")
path(41, "file-empty", "/empty.txt", "200 empty")
path(41, "file-big", "/big.bin", "200 application/octet-stream =big.bin")
