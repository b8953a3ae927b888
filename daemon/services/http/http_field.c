/* http_field.c — Host, Connection, Content-Length, Transfer-Encoding, Expect
 * (RFC 9110 §7.2, §7.6.1, §8.6, §10.1.1; RFC 9112 §6). */
#include "services/http/http_field.h"
#include "services/http/http_char.h"

bool
http_field_refuse(
    struct http_request *request, enum http_status status, const char *why)
{
	request->status = status;
	request->why = why;
	return false;
}

static bool
is_port(struct span port)
{
	unsigned value = 0;

	for (size_t i = 0; i < port.len; i++) {
		if (port.data[i] < '0' || port.data[i] > '9')
			return false;
		value = value * 10 + (port.data[i] - '0');
		if (value > 65535)
			return false;
	}
	return true; /* "host:" is one too (RFC 3986 §3.2.3) */
}

/* Length of the host at the start of AUTHORITY: up to the colon before its
 * port. SIZE_MAX: a byte that no host has. */
static size_t
host_len(struct span authority)
{
	size_t i = 0;

	if (authority.len == 0 || authority.data[0] != '[') {
		while (i < authority.len && http_char_host[authority.data[i]])
			i++;
		return i == authority.len || authority.data[i] == ':'
		           ? i
		           : SIZE_MAX;
	}
	for (i = 1; i < authority.len && authority.data[i] != ']'; i++) {
		if (!http_char_host[authority.data[i]] &&
		    authority.data[i] != ':')
			return SIZE_MAX;
	}
	return i < authority.len && i > 1 ? i + 1 : SIZE_MAX;
}

bool
http_field_is_host(struct span host)
{
	size_t len = host_len(host);

	if (len == SIZE_MAX)
		return false;
	if (len == host.len)
		return true;
	return host.data[len] == ':' &&
	       is_port((struct span){host.data + len + 1, host.len - len - 1});
}

static bool
read_host(struct http_request *request, struct http_field_state *state,
    struct span value)
{
	if (++state->host_count > 1)
		return http_field_refuse(request, HTTP_STATUS_BAD_REQUEST,
		    "A request has one Host field; this one has more.");
	if (!http_field_is_host(value))
		return http_field_refuse(request, HTTP_STATUS_BAD_REQUEST,
		    "The Host field is not a host with, perhaps, a port.");
	if (request->host.data == NULL) /* else the target has named it */
		request->host = value;
	return true;
}

static void
read_connection(struct http_request *request, struct span list)
{
	struct span token;

	while (http_char_next_element(&list, &token)) {
		if (http_char_equals(token, "close", 5))
			request->wants_close = true;
		else if (http_char_equals(token, "keep-alive", 10))
			request->wants_keep_alive = true;
	}
}

/* RFC 9112 §6.3: two lengths, even equal ones, are how one request becomes
 * two on its way through a proxy. */
static bool
read_length(struct http_request *request, struct http_field_state *state,
    struct span value)
{
	if (state->has_length)
		return http_field_refuse(request, HTTP_STATUS_BAD_REQUEST,
		    "A request has one Content-Length field; this one has "
		    "more.");
	state->has_length = true;
	if (value.len == 0)
		return http_field_refuse(request, HTTP_STATUS_BAD_REQUEST,
		    "Content-Length is empty.");
	if (!http_char_number(value, &request->body_len))
		return http_field_refuse(request, HTTP_STATUS_BAD_REQUEST,
		    "Content-Length is a decimal number, digits only, below 2 "
		    "to the power of 64.");
	return true;
}

/* RFC 9112 §6.1: chunked comes last, and once. */
static bool
read_encoding(struct http_request *request, struct http_field_state *state,
    struct span list)
{
	struct span coding;

	state->has_encoding = true;
	while (http_char_next_element(&list, &coding)) {
		if (!http_char_is_token(coding))
			return http_field_refuse(request,
			    HTTP_STATUS_BAD_REQUEST,
			    "Transfer-Encoding is a list of codings, such as "
			    "\"chunked\"; this one has something else in it.");
		if (request->is_chunked)
			return http_field_refuse(request,
			    HTTP_STATUS_BAD_REQUEST,
			    "In Transfer-Encoding, \"chunked\" comes last and "
			    "once: else nobody knows where the body ends.");
		if (http_char_equals(coding, "chunked", 7))
			request->is_chunked = true;
		else
			state->has_unknown_encoding = true;
	}
	return true;
}

static void
read_expect(struct http_request *request, struct http_field_state *state,
    struct span value)
{
	/* RFC 9110 §10.1.1: HTTP/1.0 knows no expectation. */
	if (request->is_http10)
		return;
	if (http_char_equals(value, "100-continue", 12))
		request->expects_continue = true;
	else
		state->has_bad_expectation = true;
}

/* BIT where NAME is LOWER, which is as long. */
static unsigned
bit_if(struct span name, const char *lower, enum http_request_has bit)
{
	return http_char_token_equals(name, lower, name.len) ? bit : 0;
}

/* The bit of a field that an answer depends on; 0 for any other. By length
 * first: most fields are none of ours. */
static unsigned
has_bit(struct span name)
{
	switch (name.len) {
	case 5:
		return bit_if(name, "range", HTTP_REQUEST_HAS_RANGE);
	case 6:
		return bit_if(name, "accept", HTTP_REQUEST_HAS_ACCEPT);
	case 8:
		return bit_if(name, "if-match", HTTP_REQUEST_HAS_IF_MATCH) |
		       bit_if(name, "if-range", HTTP_REQUEST_HAS_IF_RANGE);
	case 13:
		return bit_if(name, "if-none-match",
		           HTTP_REQUEST_HAS_IF_NONE_MATCH) |
		       bit_if(name, "authorization",
		           HTTP_REQUEST_HAS_AUTHORIZATION);
	case 15:
		return bit_if(
		    name, "accept-encoding", HTTP_REQUEST_HAS_ACCEPT_ENCODING);
	case 17:
		return bit_if(name, "if-modified-since",
		    HTTP_REQUEST_HAS_IF_MODIFIED_SINCE);
	case 19:
		return bit_if(name, "if-unmodified-since",
		    HTTP_REQUEST_HAS_IF_UNMODIFIED_SINCE);
	default:
		return 0;
	}
}

bool
http_field_read(struct http_request *request, struct http_field_state *state,
    struct span name, struct span value)
{
	request->has |= has_bit(name);
	switch (name.len) {
	case 4:
		if (http_char_token_equals(name, "host", 4))
			return read_host(request, state, value);
		break;
	case 6:
		if (http_char_token_equals(name, "expect", 6))
			read_expect(request, state, value);
		break;
	case 10:
		if (http_char_token_equals(name, "connection", 10))
			read_connection(request, value);
		break;
	case 14:
		if (http_char_token_equals(name, "content-length", 14))
			return read_length(request, state, value);
		break;
	case 17:
		if (http_char_token_equals(name, "transfer-encoding", 17))
			return read_encoding(request, state, value);
		break;
	default:
		break;
	}
	return true;
}

bool
http_field_finish(
    struct http_request *request, const struct http_field_state *state)
{
	if (state->host_count == 0 && !request->is_http10)
		return http_field_refuse(request, HTTP_STATUS_BAD_REQUEST,
		    "An HTTP/1.1 request says whom it is for: it has a Host "
		    "field.");
	if (!state->has_encoding)
		goto expectation;
	/* RFC 9112 §6.1: whoever sent these may see another request here
	 * than we do. */
	if (request->is_http10)
		return http_field_refuse(request, HTTP_STATUS_BAD_REQUEST,
		    "HTTP/1.0 has no Transfer-Encoding.");
	if (state->has_length)
		return http_field_refuse(request, HTTP_STATUS_BAD_REQUEST,
		    "A request has Transfer-Encoding or Content-Length, never "
		    "both.");
	if (state->has_unknown_encoding)
		return http_field_refuse(request, HTTP_STATUS_NOT_IMPLEMENTED,
		    "The only transfer coding known here is \"chunked\".");
expectation:
	if (state->has_bad_expectation)
		return http_field_refuse(request, HTTP_STATUS_EXPECTATION,
		    "The only expectation known here is \"100-continue\".");
	return true;
}
