/* dissect_http.c — requests and responses, and their content. */
#include "client/dissect/dissect_http.h"

#include "client/dissect/dissect_http_head.h"
#include "services/http/http_chunk.h"
#include "services/http/http_line.h"
#include "services/http/http_request.h"
#include "services/http/http_response.h"

#include <inttypes.h>

/* How far content goes, by its head. */
struct body {
	enum http_response_framing framing;
	uint64_t len;    /* BY_LENGTH */
	const char *why; /* not NULL: the head says nothing that can be used */
};

static struct body
body_of(struct span head, bool is_response, bool is_to_head)
{
	struct http_response response;
	struct http_request request;

	if (is_response) {
		if (http_response_parse(head, &response) == HTTP_RESPONSE_MORE)
			return (struct body){.why = "its head is not whole"};
		if (response.why != NULL)
			return (struct body){.why = response.why};
		return (struct body){
		    http_response_framing(&response, is_to_head),
		    response.length, NULL};
	}
	if (http_request_parse(head, false, &request) == HTTP_REQUEST_MORE)
		return (struct body){.why = "its head is not whole"};
	if (request.status != HTTP_STATUS_OK)
		return (struct body){.why = request.why};
	if (request.is_chunked)
		return (struct body){.framing = HTTP_RESPONSE_BY_CHUNKS};
	return (struct body){
	    .framing = request.body_len > 0 ? HTTP_RESPONSE_BY_LENGTH
	                                    : HTTP_RESPONSE_NO_CONTENT,
	    .len = request.body_len,
	};
}

/* ------------------------------------------------------------------- content
 */

/* Bytes of the LEN that are content, as far as they are there. */
static size_t
put_data(struct dissect *dissect, size_t at, size_t end, const char *name,
    const char *rfc, uint64_t len)
{
	size_t there = end - at < len ? end - at : (size_t)len;

	if (there == len)
		dissect_field(dissect, STYLE_DATA, at, there, name, rfc,
		    "%zu bytes", there);
	else
		dissect_field(dissect, STYLE_DATA, at, there, name, rfc,
		    "%zu of %" PRIu64 " bytes", there, len);
	if (there < len)
		dissect_means(dissect, "it goes on beyond these bytes");
	return at + there;
}

/* "1a;name=value": a size in hexadecimal, and extensions. False: it is none, or
 * not there to its end; *AT is END then, or behind it. */
static bool
put_size(struct dissect *dissect, size_t *at, size_t end, uint64_t *size)
{
	struct span bytes = {dissect->bytes.data + *at, end - *at}, line;
	struct http_chunk chunk = {0};
	uint64_t total = 0;
	size_t len, used;

	if (http_line_take(bytes, 0, SIZE_MAX, false, &line, &len) !=
	    HTTP_LINE_WHOLE)
		len = bytes.len;
	bool is_good = http_chunk_skip(&chunk, (struct span){bytes.data, len},
	                   &used, &total) != HTTP_CHUNK_BAD;

	if (!is_good)
		dissect_bad(dissect, *at, len, "Chunk size",
		    "not a number in hexadecimal and CR LF");
	else
		dissect_field(dissect, STYLE_LENGTH, *at, len, "Chunk size",
		    "RFC 9112 §7.1", "0x%" PRIx64 ", %" PRIu64, total, total);
	if (is_good && total == 0)
		dissect_means(dissect, "the last one");
	*at += len;
	*size = total;
	return is_good && len >= 2 && bytes.data[len - 1] == '\n';
}

/* CR LF behind a chunk's data. False: something else, or nothing. */
static bool
put_data_end(struct dissect *dissect, size_t *at, size_t end)
{
	const uint8_t *bytes = dissect->bytes.data + *at;
	size_t len = end - *at < 2 ? end - *at : 2;

	if (len == 0)
		return false;
	if (memcmp(bytes, "\r\n", len) != 0) {
		dissect_bad(dissect, *at, len, "Chunk end", "not CR LF");
		*at += len;
		return false;
	}
	dissect_field(dissect, STYLE_NOTE, *at, len, "Chunk end",
	    "RFC 9112 §7.1", "CR LF");
	*at += len;
	return len == 2;
}

/* What cannot be told apart any more. */
static size_t
put_rest(struct dissect *dissect, size_t at, size_t end, const char *why)
{
	if (at < end)
		dissect_bad(dissect, at, end - at, "Rest",
		    "%zu bytes, not read: %s", end - at, why);
	return end;
}

static size_t
put_chunks(struct dissect *dissect, size_t at, size_t end)
{
	uint64_t size = 0;
	bool is_whole;

	while (at < end) {
		if (!put_size(dissect, &at, end, &size))
			return put_rest(
			    dissect, at, end, "there is no chunk size");
		if (size == 0)
			return dissect_http_head_trailers(
			    dissect, at, end, &is_whole);
		at = put_data(
		    dissect, at, end, "Chunk data", "RFC 9112 §7.1", size);
		if (!put_data_end(dissect, &at, end))
			return put_rest(
			    dissect, at, end, "the chunk does not end");
	}
	return at;
}

static size_t
put_content(
    struct dissect *dissect, size_t at, size_t end, const struct body *body)
{
	static const char rfc[] = "RFC 9112 §6";

	switch (body->framing) {
	case HTTP_RESPONSE_BY_CHUNKS:
		return put_chunks(dissect, at, end);
	case HTTP_RESPONSE_BY_LENGTH:
		return body->len == 0 ? at
		                      : put_data(dissect, at, end, "Content",
		                            rfc, body->len);
	case HTTP_RESPONSE_BY_CLOSE:
		if (at == end)
			return end;
		at = put_data(dissect, at, end, "Content", rfc, end - at);
		dissect_means(dissect, "until the connection ends");
		return at;
	case HTTP_RESPONSE_NO_CONTENT:
		break;
	}
	return at;
}

/* ------------------------------------------------------------------ messages
 */

/* The message at AT; where it ends, which is beyond AT. A response does not say
 * whether it is one to a HEAD. */
static size_t
put_message(struct dissect *dissect, size_t at, size_t end, bool is_to_head)
{
	bool is_response = dissect_http_head_is_response(dissect, at, end);
	bool is_whole, was_malformed = dissect->is_malformed;
	size_t start = at;

	dissect_enter(dissect, DISSECT_LAYER, at, 0,
	    is_response ? "HTTP response" : "HTTP request", "RFC 9112 §2.1");
	dissect->is_malformed = false;
	at = dissect_http_head(dissect, at, end, &is_whole);
	if (is_whole) {
		struct body body = body_of(
		    (struct span){dissect->bytes.data + start, at - start},
		    is_response, is_to_head);

		/* What no line alone shows. */
		if (body.why != NULL && !dissect->is_malformed)
			dissect_bad(dissect, at, 0, "Head", "%s", body.why);
		at = body.why == NULL
		         ? put_content(dissect, at, end, &body)
		         : put_rest(dissect, at, end, "the head is malformed");
	}
	dissect->is_malformed |= was_malformed;
	dissect_leave(dissect);
	return at;
}

void
dissect_http(struct dissect *dissect, size_t at, size_t end)
{
	while (at < end)
		at = put_message(dissect, at, end, false);
}

void
dissect_http_to_head(struct dissect *dissect, size_t at, size_t end)
{
	while (at < end)
		at = put_message(dissect, at, end, true);
}
