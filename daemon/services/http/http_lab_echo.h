/* http_lab_echo.h — a request as JSON: what the server has understood. Pure. */
#ifndef NETLAB_SERVICES_HTTP_LAB_ECHO_H
#define NETLAB_SERVICES_HTTP_LAB_ECHO_H

#include "core/addr.h"
#include "services/http/http_request.h"
#include "services/http/http_text.h"

enum {
	/* Arguments of a query that are shown one by one. */
	HTTP_LAB_ECHO_ARGUMENT_MAX = 100,
	/* A body that takes more room as text is shown as base64: so much
	 * HTTP_LAB_BODY_MAX bytes take at most. */
	HTTP_LAB_ECHO_TEXT_MAX = 44 * 1024,
};

/* All that is shown. */
struct http_lab_echo {
	const struct http_request *request;
	struct span method; /* as the request line has it */
	struct span body;   /* without its chunks' framing */
	const struct addr *peer;
};

/* One JSON object each, with a line's end. Names that come more than once
 * (fields: in any case) have an array of their values. */
void http_lab_echo_all(
    struct http_text *text, const struct http_lab_echo *echo);
void http_lab_echo_headers(
    struct http_text *text, const struct http_lab_echo *echo);
void http_lab_echo_ip(struct http_text *text, const struct http_lab_echo *echo);

#endif
