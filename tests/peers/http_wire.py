"""What came back on a connection, read as strictly as RFC 9112 lets a client
read it, and told in one line for each answer:

    200 text/plain =page.txt       a file's bytes, all of them
    206 text/plain =page.txt[0-4]  some of them, as Content-Range says
    206 multipart =page.txt[0-0,25-25]
    301 -> /sub/                   without scheme and host
    405 Allow: GET,HEAD,OPTIONS    in alphabetical order
    416 */26                       Content-Range
    200 text/plain len=26          HEAD: what the body would be
    206 multipart                  HEAD: as long as the answer's own boundary has it

"!…" is a fault of the answer's framing or fields, "(until close)" a body without
a length, "0.9" a body without a head.
"""

import re

TOKEN = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
STATUS_LINE = re.compile(rb"HTTP/1\.[01] ([1-5][0-9]{2}) [\t\x20-\x7e\x80-\xff]*")
FIELD_LINE = re.compile(rb"(" + TOKEN + rb"):[ \t]*([\t\x20-\x7e\x80-\xff]*)")
DATE = re.compile(
    rb"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|"
    rb"Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT")


class Answer:
    def __init__(self):
        self.code = 0
        self.fields = []
        self.body = b""
        self.faults = []
        self.is_head = False  # it answers HEAD
        self.is_open = False  # its body ends with the connection

    def values(self, name):
        return [value for key, value in self.fields if key == name]

    def value(self, name):
        """Of the one field NAME; empty when there is none."""
        values = self.values(name)
        if len(values) > 1:
            self.faults.append(f"two {name.decode()}")
        return values[0] if values else b""


def read_head(data, answer):
    """Fills code and fields in; returns what follows, None: it is not whole."""
    head, end, rest = data.partition(b"\r\n\r\n")
    if not end:
        return None
    lines = head.split(b"\r\n")
    status = STATUS_LINE.fullmatch(lines[0])
    if not status:
        answer.faults.append("status line")
        return rest
    answer.code = int(status[1])
    for line in lines[1:]:
        field = FIELD_LINE.fullmatch(line)
        if field:
            answer.fields.append((field[1].lower(), field[2].rstrip()))
        else:
            answer.faults.append("field line")
    return rest


def read_chunks(data, answer):
    """Returns what follows the last chunk; None: it does not come."""
    while True:
        line, end, data = data.partition(b"\r\n")
        if not end or not re.fullmatch(rb"[0-9A-Fa-f]+", line):
            return None
        size = int(line, 16)
        if size == 0:
            return data[2:] if data[:2] == b"\r\n" else None
        if len(data) < size + 2 or data[size:size + 2] != b"\r\n":
            return None
        answer.body += data[:size]
        data = data[size + 2:]


def read_body(data, answer, is_head):
    """Returns what follows the body."""
    lengths = answer.values(b"content-length")
    codings = answer.values(b"transfer-encoding")
    if len(lengths) > 1 or (lengths and codings):
        answer.faults.append("framing")
    if answer.code < 200 or answer.code == 204:
        if lengths or codings:
            answer.faults.append("length of nothing")
        return data
    if is_head or answer.code == 304:
        return data
    if codings:
        rest = read_chunks(data, answer)
        if rest is None:
            answer.faults.append("chunks")
        return b"" if rest is None else rest
    if not lengths:
        answer.is_open = True
        answer.body = data
        return b""
    if not lengths[0].isdigit():
        answer.faults.append("length")
        return b""
    size = int(lengths[0])
    answer.body = data[:size]
    if len(data) < size:
        answer.faults.append("cut off")
    return data[size:]


def read_answers(data, heads):
    """All answers in DATA; HEADS: the indexes of those to HEAD, 1xx apart."""
    answers, final = [], 0
    while data:
        answer = Answer()
        answers.append(answer)
        if not data.startswith(b"HTTP/"):
            answer.body = data  # a body without a head
            break
        rest = read_head(data, answer)
        if rest is None:
            answer.faults.append("half a head")
            break
        data = read_body(rest, answer, final in heads)
        answer.is_head = final in heads
        final += answer.code >= 200
        check_date(answer)
    return answers


def check_date(answer):
    """RFC 9110 §6.6.1: an origin server with a clock sends it."""
    date = answer.value(b"date")
    if answer.code >= 200 and answer.code < 500 and not date:
        answer.faults.append("no date")
    for name in b"date", b"last-modified":
        value = answer.value(name)
        if value and not DATE.fullmatch(value):
            answer.faults.append(name.decode())


def range_of(value):
    """(first, last, size) of Content-Range; None: it is none."""
    found = re.fullmatch(rb"bytes (\d+)-(\d+)/(\d+)", value)
    return tuple(int(number) for number in found.groups()) if found else None


def tell_part(body, value, files):
    """A file's name whose part BODY is, and the part; else None."""
    span = range_of(value)
    if span is None:
        return None
    first, last, size = span
    for name, text in files.items():
        if len(text) == size and text[first:last + 1] == body and \
                last - first + 1 == len(body):
            return name, f"{first}-{last}"
    return None


def tell_multipart(answer, boundary, files):
    """RFC 9110 §14.6: delimiters, a head for each part, the last delimiter."""
    body = b"\r\n" + answer.body
    pieces = body.split(b"\r\n--" + boundary)
    if len(pieces) < 3 or pieces[0].strip(b"\r\n") or pieces[-1] not in (b"--", b"--\r\n"):
        return "!multipart"
    names, parts = set(), []
    for piece in pieces[1:-1]:
        if not piece.startswith(b"\r\n"):
            return "!delimiter"
        part = Answer()
        head, _, content = piece[2:].partition(b"\r\n\r\n")
        read_head(b"HTTP/1.1 206 \r\n" + head + b"\r\n\r\n", part)
        found = tell_part(content, part.value(b"content-range"), files)
        if found is None or part.faults or not part.value(b"content-type"):
            return "!part"
        names.add(found[0])
        parts.append(found[1])
    if len(names) != 1:
        return "!parts"
    text = ",".join(parts) if len(parts) <= 4 else f"{len(parts)} parts"
    return f"={names.pop()}[{text}]"


def tell_content(answer, files):
    """What a 200 or 206 holds."""
    media = answer.value(b"content-type").split(b";")[0].decode("latin-1")
    span = answer.value(b"content-range")
    if answer.is_head and media == "multipart/byteranges":
        return "multipart"
    if answer.is_head:
        length = answer.value(b"content-length").decode("latin-1")
        return f"{media} len={length}"
    if media == "multipart/byteranges":
        boundary = re.search(rb'boundary="?([^";]+)', answer.value(b"content-type"))
        return "multipart " + (tell_multipart(answer, boundary[1], files)
                               if boundary else "!boundary")
    if span:
        found = tell_part(answer.body, span, files)
        return f"{media} " + (f"={found[0]}[{found[1]}]" if found else "!range")
    for name, text in files.items():
        if answer.body == text:
            return f"{media} ={name}"
    return f"{media} ~" if answer.body else "empty"


def tell_answer(answer, files):
    if answer.code == 0:
        return " ".join(["0.9"] + [f"!{fault}" for fault in answer.faults])
    words = [str(answer.code)]
    if answer.code in (200, 206):
        words.append(tell_content(answer, files))
    elif answer.code == 416:
        words.append(answer.value(b"content-range").decode("latin-1")
                     .removeprefix("bytes ") or "!no size")
    location = answer.value(b"location").decode("latin-1")
    if location:
        words.append("-> " + re.sub(r"^https?://[^/]*", "", location))
    allow = b",".join(answer.values(b"allow")).decode("latin-1")
    if allow:
        words.append("Allow: " + ",".join(sorted(
            {method.strip() for method in allow.split(",")})))
    if answer.is_open:
        words.append("(until close)")
    return " ".join(words + [f"!{fault}" for fault in answer.faults])
