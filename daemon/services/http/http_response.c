/* http_response.c — status line and field lines, from left to right. */
#include "services/http/http_response.h"
#include "services/http/http_line.h"

static const char why_no_status_line[] =
    "the first line is no status line, such as \"HTTP/1.1 200 OK\"";
static const char why_bare_lf[] = "a line ends in a line feed alone";
static const char why_too_long[] = "the head is longer than 64 KiB";

/* Marks RESPONSE malformed. */
static bool
refuse(struct http_response *response, const char *why)
{
	response->why = why;
	return false;
}

static bool
is_digit(uint8_t byte)
{
	return byte >= '0' && byte <= '9';
}

/* "HTTP/1.1 200 " and a reason, which may be empty (RFC 9112 §4). */
static bool
read_status_line(struct http_response *response, struct span line)
{
	const uint8_t *p = line.data;

	if (line.len < 13 || memcmp(p, "HTTP/", 5) != 0 || !is_digit(p[5]) ||
	    p[6] != '.' || !is_digit(p[7]) || p[8] != ' ' || !is_digit(p[9]) ||
	    !is_digit(p[10]) || !is_digit(p[11]) || p[12] != ' ')
		return refuse(response, why_no_status_line);
	if (p[5] != '1')
		return refuse(response,
		    "it is neither HTTP/1.1 nor HTTP/1.0 that is spoken");
	response->is_http10 = p[7] == '0';
	response->code = (unsigned)(p[9] - '0') * 100 +
	                 (unsigned)(p[10] - '0') * 10 + (unsigned)(p[11] - '0');
	if (response->code < 100)
		return refuse(
		    response, "there is no status below 100 (RFC 9110 §15)");
	response->reason = (struct span){p + 13, line.len - 13};
	if (!http_line_is_value(response->reason))
		return refuse(
		    response, "the status line has a control character in it");
	return true;
}

/* RFC 9112 §6.3: the same length twice is that length. */
static bool
read_length(struct http_response *response, struct span list)
{
	struct span element;

	while (http_char_next_element(&list, &element)) {
		uint64_t length;

		if (!http_char_number(element, &length))
			return refuse(
			    response, "Content-Length is no decimal number");
		if (response->has_length && response->length != length)
			return refuse(response,
			    "there are two Content-Lengths, which differ");
		response->has_length = true;
		response->length = length;
	}
	return true;
}

/* What was seen so far, besides what RESPONSE keeps. */
struct state {
	bool has_encoding;
	bool has_unknown_encoding;
};

/* RFC 9112 §6.1: chunked comes last, and once. */
static bool
read_encoding(
    struct http_response *response, struct state *state, struct span list)
{
	struct span coding;

	state->has_encoding = true;
	while (http_char_next_element(&list, &coding)) {
		if (response->is_chunked)
			return refuse(response,
			    "in Transfer-Encoding something follows "
			    "\"chunked\"");
		if (http_char_equals(coding, "chunked", 7))
			response->is_chunked = true;
		else
			state->has_unknown_encoding = true;
	}
	return true;
}

static bool
read_field(
    struct http_response *response, struct state *state, struct span line)
{
	struct span name, value;

	if (http_line_is_folded(line))
		return refuse(response,
		    "a field goes on in a second line, which RFC 9112 §5.2 "
		    "forbids");
	if (!http_line_split(line, &name, &value))
		return refuse(response, "a field is no name, colon and value");
	if (!http_line_is_value(value))
		return refuse(
		    response, "a field's value has a control character in it");
	if (http_char_equals(name, "content-length", 14))
		return read_length(response, value);
	if (http_char_equals(name, "transfer-encoding", 17))
		return read_encoding(response, state, value);
	return true;
}

/* What only the whole head can tell (RFC 9112 §6.1). */
static void
finish(struct http_response *response, const struct state *state)
{
	if (!state->has_encoding)
		return;
	if (response->is_http10)
		refuse(
		    response, "it is HTTP/1.0, which has no Transfer-Encoding");
	else if (response->has_length)
		refuse(response,
		    "there are both Transfer-Encoding and Content-Length");
	else if (state->has_unknown_encoding)
		refuse(response,
		    "Transfer-Encoding has a coding other than \"chunked\"");
}

/* Reads field lines from AT on, to the empty one. */
static enum http_response_result
read_fields(struct span bytes, size_t at, struct http_response *response)
{
	struct state state = {0};

	response->fields.data = bytes.data + at;
	for (unsigned count = 0;; count++) {
		struct span line = {NULL, 0};
		size_t len = 0;
		enum http_line_result result = http_line_take(
		    bytes, at, HTTP_RESPONSE_HEAD_MAX - at, false, &line, &len);

		if (result == HTTP_LINE_MORE)
			return HTTP_RESPONSE_MORE;
		response->fields.len =
		    (size_t)(bytes.data + at - response->fields.data);
		at += len;
		response->head_len = at;
		if (result == HTTP_LINE_TOO_LONG) {
			refuse(response, why_too_long);
		} else if (result == HTTP_LINE_BARE_LF) {
			refuse(response, why_bare_lf);
		} else if (line.len == 0) {
			finish(response, &state);
		} else if (count == HTTP_RESPONSE_FIELD_MAX) {
			refuse(response, "there are more than 500 fields");
		} else if (read_field(response, &state, line)) {
			continue;
		}
		return HTTP_RESPONSE_DONE;
	}
}

enum http_response_result
http_response_parse(struct span bytes, struct http_response *response)
{
	static const char begin[] = "HTTP/";
	size_t known = bytes.len < 5 ? bytes.len : 5, len = 0;
	struct span line = {NULL, 0};

	*response = (struct http_response){0};
	if (known > 0 && memcmp(bytes.data, begin, known) != 0) {
		refuse(response, why_no_status_line);
		return HTTP_RESPONSE_DONE;
	}
	switch (http_line_take(
	    bytes, 0, HTTP_RESPONSE_HEAD_MAX, false, &line, &len)) {
	case HTTP_LINE_MORE:
		return HTTP_RESPONSE_MORE;
	case HTTP_LINE_TOO_LONG:
		refuse(response, why_too_long);
		return HTTP_RESPONSE_DONE;
	case HTTP_LINE_BARE_LF:
		refuse(response, why_bare_lf);
		return HTTP_RESPONSE_DONE;
	case HTTP_LINE_WHOLE:
		break;
	}
	if (!read_status_line(response, line))
		return HTTP_RESPONSE_DONE;
	return read_fields(bytes, len, response);
}

bool
http_response_field(const struct http_response *response, const char *name,
    size_t *at, struct span *value)
{
	struct span found;

	while (http_line_next(response->fields, at, &found, value)) {
		if (http_char_equals(found, name, strlen(name)))
			return true;
	}
	return false;
}

enum http_response_framing
http_response_framing(const struct http_response *response, bool is_head)
{
	if (is_head || response->code < 200 || response->code == 204 ||
	    response->code == 304)
		return HTTP_RESPONSE_NO_CONTENT;
	if (response->is_chunked)
		return HTTP_RESPONSE_BY_CHUNKS;
	return response->has_length ? HTTP_RESPONSE_BY_LENGTH
	                            : HTTP_RESPONSE_BY_CLOSE;
}

bool
http_response_is_interim(const struct http_response *response)
{
	return response->code < 200 && response->code != 101;
}
