/* get_fetch.h — one request and its response: over the wire, and shown. */
#ifndef NETLAB_CLIENT_HTTP_GET_FETCH_H
#define NETLAB_CLIENT_HTTP_GET_FETCH_H

#include "client/exchange.h"
#include "client/http/get_content.h"
#include "client/http/get_request.h"
#include "client/http/get_url.h"
#include "client/reach.h"
#include "services/http/http_response.h"

enum {
	/* Of the content as it comes, framing and all, for --hex and
	 * --explain. */
	GET_FETCH_SHOWN_MAX = 256,
};

struct get_fetch {
	const struct options *options; /* borrowed */
	struct exchange *exchange;     /* borrowed */
	const struct get_url *url;     /* borrowed */
	struct get_request request;
	struct reach reach;
	struct http_response response; /* of BYTES */
	/* The head, and the content's beginning. */
	uint8_t bytes[HTTP_RESPONSE_HEAD_MAX + GET_FETCH_SHOWN_MAX];
	size_t have;   /* bytes there */
	uint64_t more; /* bytes that came and are not there */
	bool is_shown; /* the exchange has the response */
	/* Since it began, until connected, until the first byte, until the
	 * last: seconds. */
	double begun, connected, first, last;
};

/*
 * Connects to URL's server, sends FETCH's request, and reads until the head is
 * there; interim responses are shown and passed over. --timeout is for all of
 * it. Returns VERB_GOOD and fetch->response is well formed; VERB_NO_REPLY or
 * VERB_MALFORMED, and has complained. In any case get_fetch_close is to follow.
 */
int get_fetch_head(struct get_fetch *fetch) __attribute__((warn_unused_result));

/*
 * Reads the content to its end and gives it to CONTENT. --timeout begins anew
 * whenever something comes. Returns VERB_GOOD; VERB_MALFORMED and has
 * complained: it ends too early, or is framed wrongly; VERB_NO_REPLY; what
 * get_content_take returns.
 */
int get_fetch_content(struct get_fetch *fetch, struct get_content *content)
    __attribute__((warn_unused_result));

/* Shows the response if it has not been, and closes the connection. */
void get_fetch_close(struct get_fetch *fetch);

#endif
