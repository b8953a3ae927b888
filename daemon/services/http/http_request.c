/* http_request.c — request line and field lines, from left to right. */
#include "services/http/http_request.h"
#include "services/http/http_char.h"
#include "services/http/http_field.h"
#include "services/http/http_line.h"

#include <string.h>

static const char why_bare_lf[] =
    "A line ends in a line feed alone. In HTTP every line ends in two bytes, "
    "carriage return and line feed: with netcat, try \"nc -C\"; with printf, "
    "write \\r\\n.";
static const char why_no_request_line[] =
    "The first line is a method, a space, a target that begins with a slash, "
    "a space and HTTP/1.1, as in \"GET / HTTP/1.1\", and nothing else.";

static bool
is_method(struct span name, const char *method)
{
	return name.len == strlen(method) &&
	       memcmp(name.data, method, name.len) == 0;
}

/* Methods are case-sensitive (RFC 9110 §9.1). */
static bool
read_method(struct http_request *request, struct span name)
{
	static const char *const others[] = {
	    "POST", "PUT", "DELETE", "TRACE", "PATCH"};

	if (is_method(name, "GET")) {
		request->method = HTTP_METHOD_GET;
		return true;
	}
	if (is_method(name, "HEAD")) {
		request->method = HTTP_METHOD_HEAD;
		return true;
	}
	if (is_method(name, "OPTIONS")) {
		request->method = HTTP_METHOD_OPTIONS;
		return true;
	}
	if (is_method(name, "CONNECT")) {
		request->method = HTTP_METHOD_CONNECT;
		return true;
	}
	request->method = HTTP_METHOD_OTHER;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (is_method(name, others[i]))
			return true;
	}
	return http_field_refuse(request, HTTP_STATUS_NOT_IMPLEMENTED,
	    "There is no such method here. Methods are written in capitals: "
	    "GET, HEAD, OPTIONS.");
}

/* "HTTP/" DIGIT "." DIGIT (RFC 9112 §2.3), in capitals. */
static bool
read_version(struct http_request *request, struct span text)
{
	if (text.len != 8 || memcmp(text.data, "HTTP/", 5) != 0 ||
	    text.data[5] < '0' || text.data[5] > '9' || text.data[6] != '.' ||
	    text.data[7] < '0' || text.data[7] > '9')
		return http_field_refuse(
		    request, HTTP_STATUS_BAD_REQUEST, why_no_request_line);
	if (text.data[5] != '1')
		return http_field_refuse(request, HTTP_STATUS_VERSION,
		    "The versions spoken here are HTTP/1.1 and HTTP/1.0.");
	request->is_http10 = text.data[7] == '0';
	return true;
}

/* "http://host/path" (RFC 9112 §3.2.2): its host wins over the Host field. */
static bool
read_absolute(struct http_request *request, struct span target)
{
	size_t scheme = 0;

	if (target.len > 7 &&
	    http_char_equals((struct span){target.data, 7}, "http://", 7))
		scheme = 7;
	else if (target.len > 8 &&
	         http_char_equals((struct span){target.data, 8}, "https://", 8))
		scheme = 8;
	if (scheme == 0)
		return http_field_refuse(
		    request, HTTP_STATUS_BAD_REQUEST, why_no_request_line);
	target.data += scheme;
	target.len -= scheme;

	size_t len = 0;

	while (len < target.len && target.data[len] != '/' &&
	       target.data[len] != '?')
		len++;
	request->host = (struct span){target.data, len};
	if (len == 0 || target.data[0] == ':' ||
	    !http_field_is_host(request->host))
		return http_field_refuse(request, HTTP_STATUS_BAD_REQUEST,
		    "The target names no valid host.");
	request->path = (struct span){target.data + len, target.len - len};
	return true;
}

/* "host:port", which only CONNECT has (RFC 9110 §9.3.6). */
static bool
read_authority(struct http_request *request, struct span target)
{
	size_t len = target.len;

	while (len > 0 && target.data[len - 1] >= '0' &&
	       target.data[len - 1] <= '9')
		len--;
	if (len < 2 || len == target.len || target.data[len - 1] != ':' ||
	    !http_field_is_host(target))
		return http_field_refuse(request, HTTP_STATUS_BAD_REQUEST,
		    "The target of CONNECT is a host, a colon and a port.");
	request->host = target;
	request->path = (struct span){(const uint8_t *)"*", 1};
	return true;
}

/* Moves what begins with "?" from PATH to QUERY. */
static void
split_query(struct http_request *request)
{
	struct span *path = &request->path;
	const uint8_t *mark =
	    path->len > 0 ? memchr(path->data, '?', path->len) : NULL;

	if (mark != NULL) {
		size_t len = (size_t)(mark - path->data);

		request->query = (struct span){mark, path->len - len};
		path->len = len;
	}
	if (path->len > 0)
		return;
	/* RFC 9112 §3.2.4: OPTIONS of an absolute form without a path. */
	bool is_all = request->method == HTTP_METHOD_OPTIONS && mark == NULL;

	*path = (struct span){(const uint8_t *)(is_all ? "*" : "/"), 1};
}

static bool
read_target(struct http_request *request, struct span target)
{
	for (size_t i = 0; i < target.len; i++) {
		uint8_t byte = target.data[i];

		if (byte <= ' ' || byte >= 0x7f || byte == '#')
			return http_field_refuse(request,
			    HTTP_STATUS_BAD_REQUEST,
			    "The target has a byte that no target has: a "
			    "control character, a # or one beyond ASCII, "
			    "which is written as % and two hexadecimal "
			    "digits.");
	}
	if (request->method == HTTP_METHOD_CONNECT)
		return read_authority(request, target);
	request->path = target;
	if (target.len == 1 && target.data[0] == '*') {
		if (request->method == HTTP_METHOD_OPTIONS)
			return true;
		return http_field_refuse(request, HTTP_STATUS_BAD_REQUEST,
		    "The target * is for OPTIONS alone.");
	}
	if (target.data[0] != '/' && !read_absolute(request, target))
		return false;
	split_query(request);
	return true;
}

/* method SP target SP version, each once (RFC 9112 §3). */
static bool
read_request_line(struct http_request *request, struct span line)
{
	const uint8_t *end = line.data + line.len;
	const uint8_t *first = memchr(line.data, ' ', line.len);
	const uint8_t *second =
	    first == NULL ? NULL
	                  : memchr(first + 1, ' ', (size_t)(end - first - 1));

	if (second == NULL || second == first + 1)
		return http_field_refuse(
		    request, HTTP_STATUS_BAD_REQUEST, why_no_request_line);
	struct span method = {line.data, (size_t)(first - line.data)};
	struct span target = {first + 1, (size_t)(second - first - 1)};
	struct span version = {second + 1, (size_t)(end - second - 1)};

	if (!http_char_is_token(method))
		return http_field_refuse(
		    request, HTTP_STATUS_BAD_REQUEST, why_no_request_line);
	return read_version(request, version) && read_method(request, method) &&
	       read_target(request, target);
}

/* RFC 9112 §5.1: no space before the colon, no folded lines. */
static bool
split_field(struct http_request *request, struct span line, struct span *name,
    struct span *value)
{
	if (http_line_is_folded(line))
		return http_field_refuse(request, HTTP_STATUS_BAD_REQUEST,
		    "A line begins with a space. Fields begin at the start of "
		    "their line and end with it.");
	if (!http_line_split(line, name, value))
		return http_field_refuse(request, HTTP_STATUS_BAD_REQUEST,
		    "A field is a name, a colon and a value, as in \"Host: "
		    "example\", with no space before the colon.");
	return true;
}

static bool
read_field(struct http_request *request, struct http_field_state *state,
    struct span line)
{
	struct span name, value;

	if (!split_field(request, line, &name, &value))
		return false;
	if (!http_line_is_value(value))
		return http_field_refuse(request, HTTP_STATUS_BAD_REQUEST,
		    "A field's value has a control character in it.");
	return http_field_read(request, state, name, value);
}

/* Reads field lines from *AT on, to the empty one. */
static enum http_request_result
read_fields(struct span bytes, size_t at, bool accepts_bare_lf,
    struct http_request *request)
{
	struct http_field_state state = {0};
	size_t end = request->start + HTTP_REQUEST_HEAD_MAX;

	request->fields.data = bytes.data + at;
	for (unsigned count = 0;; count++) {
		struct span line = {NULL, 0};
		size_t len = 0;
		enum http_line_result result = http_line_take(
		    bytes, at, end - at, accepts_bare_lf, &line, &len);

		if (result == HTTP_LINE_MORE)
			return HTTP_REQUEST_MORE;
		request->fields.len =
		    (size_t)(bytes.data + at - request->fields.data);
		at += len;
		request->head_len = at;
		if (result == HTTP_LINE_TOO_LONG) {
			http_field_refuse(request, HTTP_STATUS_HEAD_TOO_LARGE,
			    "The fields are longer than 16 KiB in all.");
		} else if (result == HTTP_LINE_BARE_LF) {
			http_field_refuse(
			    request, HTTP_STATUS_BAD_REQUEST, why_bare_lf);
		} else if (line.len == 0) {
			(void)!http_field_finish(request, &state);
			return HTTP_REQUEST_DONE;
		} else if (count == HTTP_REQUEST_FIELD_MAX) {
			http_field_refuse(request, HTTP_STATUS_HEAD_TOO_LARGE,
			    "There are more than 100 fields.");
		} else if (read_field(request, &state, line)) {
			continue;
		}
		return HTTP_REQUEST_DONE;
	}
}

/* Empty lines before the request line, which old clients send after a body.
 */
static size_t
count_empty_lines(struct span bytes, bool accepts_bare_lf)
{
	size_t at = 0;

	for (;;) {
		if (bytes.len - at >= 2 && bytes.data[at] == '\r' &&
		    bytes.data[at + 1] == '\n')
			at += 2;
		else if (accepts_bare_lf && at < bytes.len &&
		         bytes.data[at] == '\n')
			at++;
		else
			return at;
	}
}

enum http_request_result
http_request_parse(
    struct span bytes, bool accepts_bare_lf, struct http_request *request)
{
	struct span line = {NULL, 0};
	size_t len = 0;

	*request = (struct http_request){
	    .start = count_empty_lines(bytes, accepts_bare_lf)};
	size_t at = request->start;

	if (at == bytes.len || (bytes.data[at] == '\r' && at + 1 == bytes.len))
		return HTTP_REQUEST_MORE;
	/* A TLS handshake, say, has no line end to wait for. */
	if (!http_char_token[bytes.data[at]]) {
		http_field_refuse(request, HTTP_STATUS_BAD_REQUEST,
		    bytes.data[at] == '\n' ? why_bare_lf : why_no_request_line);
		return HTTP_REQUEST_DONE;
	}
	switch (http_line_take(
	    bytes, at, HTTP_REQUEST_LINE_MAX, accepts_bare_lf, &line, &len)) {
	case HTTP_LINE_MORE:
		return HTTP_REQUEST_MORE;
	case HTTP_LINE_TOO_LONG:
		http_field_refuse(request, HTTP_STATUS_TARGET_TOO_LONG,
		    "The request line is longer than 8192 bytes.");
		return HTTP_REQUEST_DONE;
	case HTTP_LINE_BARE_LF:
		http_field_refuse(
		    request, HTTP_STATUS_BAD_REQUEST, why_bare_lf);
		return HTTP_REQUEST_DONE;
	case HTTP_LINE_WHOLE:
		break;
	}
	if (!read_request_line(request, line))
		return HTTP_REQUEST_DONE;
	return read_fields(bytes, at + len, accepts_bare_lf, request);
}

bool
http_request_field(const struct http_request *request, const char *name,
    size_t *at, struct span *value)
{
	struct span found;

	while (http_line_next(request->fields, at, &found, value)) {
		if (http_char_equals(found, name, strlen(name)))
			return true;
	}
	return false;
}
