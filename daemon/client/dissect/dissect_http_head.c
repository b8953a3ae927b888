/* dissect_http_head.c — start lines, field lines and the empty line. */
#include "client/dissect/dissect_http_head.h"

#include "client/dissect/dissect_http_field.h"
#include "services/http/http_line.h"

static const char rfc_request[] = "RFC 9112 §3";
static const char rfc_status[] = "RFC 9112 §4";

/* For "%.*s". What is beyond is cut by dissect_field anyway. */
enum { SHOWN_MAX = 4096 };

static int
shown(struct span span)
{
	return span.len < SHOWN_MAX ? (int)span.len : SHOWN_MAX;
}

static const char *
text(struct span span)
{
	return (const char *)span.data;
}

static struct span
bytes_of(const struct dissect *dissect, size_t at, size_t end)
{
	return (struct span){dissect->bytes.data + at, end - at};
}

bool
dissect_http_head_is_response(
    const struct dissect *dissect, size_t at, size_t end)
{
	static const char begin[] = "HTTP/";
	struct span bytes = bytes_of(dissect, at, end);
	size_t len = bytes.len < 5 ? bytes.len : 5;

	return memcmp(bytes.data, begin, len) == 0;
}

/* --------------------------------------------------------------- start lines
 */

static const char *
method_meaning(struct span name)
{
	static const struct {
		const char *name, *meaning;
	} methods[] = {
	    {"GET", "fetch it"},
	    {"HEAD", "as GET, but without the content"},
	    {"POST", "take this and do with it what you do"},
	    {"PUT", "this is to be there from now on"},
	    {"DELETE", "it is to be gone"},
	    {"CONNECT", "be a tunnel to there"},
	    {"OPTIONS", "what can be done with it?"},
	    {"TRACE", "send back what you have received"},
	    {"PATCH", "change it in this way"},
	};

	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
		if (name.len == strlen(methods[i].name) &&
		    memcmp(name.data, methods[i].name, name.len) == 0)
			return methods[i].meaning;
	}
	return NULL;
}

/* "HTTP/1.1", eight bytes of it. */
static bool
is_version(struct span version)
{
	return version.len == 8 && memcmp(version.data, "HTTP/", 5) == 0 &&
	       version.data[5] >= '0' && version.data[5] <= '9' &&
	       version.data[6] == '.' && version.data[7] >= '0' &&
	       version.data[7] <= '9';
}

static void
put_version(struct dissect *dissect, size_t at, size_t len, struct span version,
    const char *rfc)
{
	dissect_field(dissect, STYLE_ID, at, len, "Version", rfc, "%.*s",
	    shown(version), text(version));
	if (version.data[5] == '1' && version.data[7] == '0')
		dissect_means(dissect, "a connection is for one request");
}

/* "GET / HTTP/1.1"; LEN with the line's end. */
static bool
put_request_line(
    struct dissect *dissect, size_t at, struct span line, size_t len)
{
	const uint8_t *end = line.data + line.len;
	const uint8_t *first = memchr(line.data, ' ', line.len);
	const uint8_t *second = memrchr(line.data, ' ', line.len);

	if (first == NULL || second == first)
		return false;
	struct span method = {line.data, (size_t)(first - line.data)};
	struct span target = {first + 1, (size_t)(second - first - 1)};
	struct span version = {second + 1, (size_t)(end - second - 1)};

	if (!http_char_is_token(method) || target.len == 0 ||
	    !is_version(version) || !http_line_is_value(target) ||
	    memchr(target.data, ' ', target.len) != NULL)
		return false;
	size_t before = method.len + 1 + target.len + 1;
	const char *meaning = method_meaning(method);

	dissect_field(dissect, STYLE_TYPE, at, method.len + 1, "Method",
	    "RFC 9110 §9", "%.*s", shown(method), text(method));
	if (meaning != NULL)
		dissect_means(dissect, "%s", meaning);
	dissect_field(dissect, STYLE_DATA, at + method.len + 1, target.len + 1,
	    "Target", "RFC 9112 §3.2", "%.*s", shown(target), text(target));
	put_version(dissect, at + before, len - before, version, rfc_request);
	dissect_line(dissect, "HTTP", "%.*s %.*s", shown(method), text(method),
	    shown(target), text(target));
	return true;
}

static const char *
class_meaning(uint8_t digit)
{
	switch (digit) {
	case '1':
		return "interim: the answer is still to come";
	case '2':
		return "successful";
	case '3':
		return "redirection: look elsewhere";
	case '4':
		return "client error: the request is wrong";
	case '5':
		return "server error: the request may be right";
	default:
		return "in no class that there is";
	}
}

/* "HTTP/1.1 200 OK". */
static bool
put_status_line(
    struct dissect *dissect, size_t at, struct span line, size_t len)
{
	struct span version = {line.data, 8};
	const uint8_t *code = line.data + 9;
	struct span reason;

	if (line.len < 13 || !is_version(version) || code[-1] != ' ' ||
	    code[3] != ' ')
		return false;
	for (size_t i = 0; i < 3; i++) {
		if (code[i] < '0' || code[i] > '9')
			return false;
	}
	reason = (struct span){line.data + 13, line.len - 13};
	if (!http_line_is_value(reason))
		return false;
	put_version(dissect, at, 9, version, rfc_status);
	dissect_field(dissect, STYLE_COUNT, at + 9, 4, "Status code",
	    "RFC 9110 §15", "%.3s", (const char *)code);
	dissect_means(dissect, "%s", class_meaning(code[0]));
	dissect_field(dissect, STYLE_PLAIN, at + 13, len - 13, "Reason",
	    rfc_status, "%.*s", shown(reason), text(reason));
	dissect_means(dissect, "for humans");
	dissect_line(dissect, "HTTP", "%.3s %.*s", (const char *)code,
	    shown(reason), text(reason));
	return true;
}

/* --------------------------------------------------------------- field lines
 */

static void
put_field(struct dissect *dissect, size_t at, struct span line, size_t len)
{
	struct span name, value;

	if (http_line_is_folded(line)) {
		dissect_bad(dissect, at, len, "Field",
		    "begins with a space: folded lines are forbidden");
	} else if (!http_line_split(line, &name, &value)) {
		dissect_bad(dissect, at, len, "Field",
		    "no name, colon and value without a space between");
	} else if (!http_line_is_value(value)) {
		dissect_bad(dissect, at, len, "Field",
		    "%.*s has a control character in it", shown(name),
		    text(name));
	} else {
		const struct dissect_http_field *known =
		    dissect_http_field(name);

		if (known == NULL) {
			dissect_field(dissect, STYLE_PLAIN, at, len, "Field",
			    "RFC 9112 §5", "%.*s: %.*s", shown(name),
			    text(name), shown(value), text(value));
			return;
		}
		dissect_field(dissect, known->style, at, len, known->name,
		    known->rfc, "%.*s", shown(value), text(value));
		dissect_means(dissect, "%s", known->meaning);
	}
}

/*
 * Takes the line at *AT and its end, LEN in all. False: there is none that is
 * whole, and what there is has been put: a part, or one that has lost its CR.
 */
static bool
take_line(struct dissect *dissect, size_t *at, size_t end, const char *name,
    struct span *line, size_t *len)
{
	struct span bytes = bytes_of(dissect, *at, end);

	switch (http_line_take(bytes, 0, SIZE_MAX, false, line, len)) {
	case HTTP_LINE_WHOLE:
		return true;
	case HTTP_LINE_BARE_LF:
		dissect_bad(dissect, *at, *len, name,
		    "ends in a line feed alone, without carriage return");
		*at += *len;
		return false;
	case HTTP_LINE_MORE:
	case HTTP_LINE_TOO_LONG:
		break;
	}
	if (bytes.len > 0) {
		dissect_field(dissect, STYLE_PLAIN, *at, bytes.len, name, NULL,
		    "%.*s", shown(bytes), text(bytes));
		dissect_means(dissect, "the line goes on beyond these bytes");
	}
	*at = end;
	return false;
}

static size_t
put_fields(struct dissect *dissect, size_t at, size_t end, const char *meaning,
    bool *is_whole)
{
	*is_whole = false;
	while (at < end && !*is_whole) {
		struct span line;
		size_t len;

		if (!take_line(dissect, &at, end, "Field", &line, &len))
			continue;
		*is_whole = line.len == 0;
		if (*is_whole) {
			dissect_field(dissect, STYLE_NOTE, at, len,
			    "Empty line", "RFC 9112 §2.1", "CR LF");
			dissect_means(dissect, "%s", meaning);
		} else {
			put_field(dissect, at, line, len);
		}
		at += len;
	}
	return at;
}

size_t
dissect_http_head(
    struct dissect *dissect, size_t at, size_t end, bool *is_whole)
{
	bool is_response = dissect_http_head_is_response(dissect, at, end);
	const char *name = is_response ? "Status line" : "Request line";
	size_t len;
	struct span line;

	*is_whole = false;
	while (take_line(dissect, &at, end, name, &line, &len)) {
		bool is_early = line.len == 0 && !is_response;

		if (is_early)
			dissect_field(dissect, STYLE_NOTE, at, len,
			    "Empty line", "RFC 9112 §2.2", "CR LF");
		else if (!(is_response
		                 ? put_status_line(dissect, at, line, len)
		                 : put_request_line(dissect, at, line, len)))
			dissect_bad(dissect, at, len, name, "%s",
			    is_response ? "not \"HTTP/1.1 200 OK\", or so"
			                : "not \"GET / HTTP/1.1\", or so");
		at += len;
		if (!is_early)
			break;
	}
	return put_fields(dissect, at, end, "the head ends here", is_whole);
}

size_t
dissect_http_head_trailers(
    struct dissect *dissect, size_t at, size_t end, bool *is_whole)
{
	return put_fields(dissect, at, end, "the message ends", is_whole);
}
