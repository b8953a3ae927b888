/* get_request.h — the request that is sent: its line, and its fields as the
 * user wants them. */
#ifndef NETLAB_CLIENT_HTTP_GET_REQUEST_H
#define NETLAB_CLIENT_HTTP_GET_REQUEST_H

#include "client/http/get_url.h"
#include "client/options.h"
#include "core/span.h"

#include <stdbool.h>

enum { GET_REQUEST_MAX = 65536 };

struct get_request {
	uint8_t bytes[GET_REQUEST_MAX];
	size_t len;
	bool is_head;
};

/*
 * Makes the request for URL: GET or HEAD by HTTP/1.1, with our fields and those
 * of -H, which replace ours or, without a value, remove them. IS_ELSEWHERE: it
 * is not the server that the user named, so that Authorization, Cookie and Host
 * of -H stay here. Returns VERB_GOOD; VERB_USAGE and has complained: a -H that
 * is no field, a request longer than GET_REQUEST_MAX.
 */
int get_request_write(struct get_request *request, const struct get_url *url,
    const struct options *options, bool is_elsewhere)
    __attribute__((warn_unused_result));

#endif
