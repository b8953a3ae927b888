/*
 * http_response.h — the head of a response: status line and fields, strictly
 * (RFC 9112 §§2, 4, 5, 6), and how far its content goes. Pure.
 */
#ifndef NETLAB_SERVICES_HTTP_RESPONSE_H
#define NETLAB_SERVICES_HTTP_RESPONSE_H

#include "core/span.h"

#include <stdbool.h>

enum {
	/* Status line and fields: servers send cookies by the dozen. */
	HTTP_RESPONSE_HEAD_MAX = 65536,
	HTTP_RESPONSE_FIELD_MAX = 500,
};

struct http_response {
	/* NULL: well formed, the rest is filled in. Else a sentence for humans
	 * that says what is wrong; nobody knows where content begins. */
	const char *why;

	size_t head_len; /* bytes to the end of the empty line */
	bool is_http10;
	unsigned code;      /* 100 … 999 */
	struct span reason; /* may be empty */
	struct span fields; /* all field lines: for http_response_field */
	bool is_chunked;
	bool has_length;
	uint64_t length; /* by Content-Length */
};

enum http_response_result {
	HTTP_RESPONSE_MORE, /* the head is not all there */
	HTTP_RESPONSE_DONE, /* see WHY */
};

/*
 * Reads the head at the start of BYTES into RESPONSE, whose spans borrow BYTES.
 * A line is judged only when it is there to its end or is too long, so that
 * what is found does not depend on how the bytes came; but what begins unlike
 * "HTTP/" is refused at once, since it may have no line.
 */
enum http_response_result http_response_parse(struct span bytes,
    struct http_response *response) __attribute__((warn_unused_result));

/* Finds the next field NAME (lower-case) of RESPONSE after *AT (0 at first) and
 * moves *AT behind it. Its value, trimmed. False: no more. */
bool http_response_field(const struct http_response *response, const char *name,
    size_t *at, struct span *value) __attribute__((warn_unused_result));

/* Where the content ends (RFC 9112 §6.3). */
enum http_response_framing {
	HTTP_RESPONSE_NO_CONTENT,
	HTTP_RESPONSE_BY_LENGTH,
	HTTP_RESPONSE_BY_CHUNKS,
	HTTP_RESPONSE_BY_CLOSE,
};

/* That of RESPONSE, well formed, which answers a HEAD or another request. */
enum http_response_framing http_response_framing(
    const struct http_response *response, bool is_head);

/* 1xx: another response follows; not so 101, after which there is no HTTP
 * (RFC 9110 §15.2). */
bool http_response_is_interim(const struct http_response *response);

#endif
