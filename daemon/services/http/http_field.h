/* http_field.h — what a request's fields say about its framing, its connection
 * and its host. Private to http_request.c, but for http_field_is_host. Pure. */
#ifndef NETLAB_SERVICES_HTTP_FIELD_H
#define NETLAB_SERVICES_HTTP_FIELD_H

#include "services/http/http_request.h"

/* What was seen so far, field by field. */
struct http_field_state {
	unsigned host_count;
	bool has_length;
	bool has_encoding;         /* Transfer-Encoding */
	bool has_unknown_encoding; /* one that we cannot undo */
	bool has_bad_expectation;
};

/* Marks REQUEST refused with STATUS and WHY, and returns false. */
bool http_field_refuse(
    struct http_request *request, enum http_status status, const char *why);

/* Takes one field into account. False: the request is refused. */
bool http_field_read(struct http_request *request,
    struct http_field_state *state, struct span name, struct span value)
    __attribute__((warn_unused_result));

/* What only the whole head can tell. False: the request is refused. */
bool http_field_finish(struct http_request *request,
    const struct http_field_state *state) __attribute__((warn_unused_result));

/* HOST is "host", "host:port" or "[v6]:port", in characters that a host may
 * have (RFC 3986 §3.2.2). An empty host is one. */
bool http_field_is_host(struct span host);

#endif
