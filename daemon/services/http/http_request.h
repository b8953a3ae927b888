/*
 * http_request.h — the head of a request: request line and fields, strictly
 * (RFC 9112 §§2, 3, 5, 6). Pure.
 */
#ifndef NETLAB_SERVICES_HTTP_REQUEST_H
#define NETLAB_SERVICES_HTTP_REQUEST_H

#include "core/span.h"
#include "services/http/http_status.h"

#include <stdbool.h>

enum {
	/* RFC 9112 §3 wants 8000 octets of request line taken. */
	HTTP_REQUEST_LINE_MAX = 8192,
	/* Request line and fields: more is no browser. */
	HTTP_REQUEST_HEAD_MAX = 16384,
	HTTP_REQUEST_FIELD_MAX = 100,
};

enum http_method {
	HTTP_METHOD_GET,
	HTTP_METHOD_HEAD,
	HTTP_METHOD_OPTIONS,
	HTTP_METHOD_CONNECT,
	HTTP_METHOD_OTHER, /* known to RFC 9110 or RFC 5789, and never allowed
	                    */
};

/* Fields that make an answer other than the plain one; which are there. */
enum http_request_has {
	HTTP_REQUEST_HAS_IF_MATCH = 1 << 0,
	HTTP_REQUEST_HAS_IF_NONE_MATCH = 1 << 1,
	HTTP_REQUEST_HAS_IF_MODIFIED_SINCE = 1 << 2,
	HTTP_REQUEST_HAS_IF_UNMODIFIED_SINCE = 1 << 3,
	HTTP_REQUEST_HAS_IF_RANGE = 1 << 4,
	HTTP_REQUEST_HAS_RANGE = 1 << 5,
	/* Those above: the answer may be conditional or partial. */
	HTTP_REQUEST_HAS_CONDITION = (1 << 6) - 1,
	HTTP_REQUEST_HAS_ACCEPT = 1 << 6,
	HTTP_REQUEST_HAS_ACCEPT_ENCODING = 1 << 7,
	HTTP_REQUEST_HAS_AUTHORIZATION = 1 << 8,
};

struct http_request {
	/* HTTP_STATUS_OK: the request is well formed, the rest is filled in.
	 * Else the status that refuses it, and WHY, a sentence for humans; the
	 * connection has to end, since nobody knows where the next begins. */
	enum http_status status;
	const char *why;

	size_t start;    /* empty lines before it (RFC 9112 §2.2) */
	size_t head_len; /* bytes to the end of the empty line, START
	                    included */
	enum http_method method;
	bool is_http10;
	struct span path;   /* begins with "/"; or "*" */
	struct span query;  /* begins with "?"; or empty */
	struct span host;   /* host and port as given; may be empty */
	struct span fields; /* all field lines: for http_request_field */
	unsigned has;       /* enum http_request_has */
	bool wants_close;
	bool wants_keep_alive;
	bool expects_continue;
	bool is_chunked;
	uint64_t body_len; /* by Content-Length; 0 when is_chunked */
};

enum http_request_result {
	HTTP_REQUEST_MORE, /* the head is not all there; only START is set */
	HTTP_REQUEST_DONE, /* see STATUS */
};

/*
 * Reads the head at the start of BYTES into REQUEST, whose spans borrow BYTES.
 * A line is judged only when it is there to its end or is too long, so that
 * what is found does not depend on how the bytes came. ACCEPTS_BARE_LF: lines
 * of the head may end in LF alone (RFC 9112 §2.2 allows it).
 */
enum http_request_result http_request_parse(
    struct span bytes, bool accepts_bare_lf, struct http_request *request)
    __attribute__((warn_unused_result));

/*
 * Finds the next field NAME (lower-case) of REQUEST after *AT (0 at first) and
 * moves *AT behind it. Its value, trimmed. False: no more.
 */
bool http_request_field(const struct http_request *request, const char *name,
    size_t *at, struct span *value) __attribute__((warn_unused_result));

#endif
