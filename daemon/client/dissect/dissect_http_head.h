/* dissect_http_head.h — the lines of a message of HTTP. Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_HTTP_HEAD_H
#define NETLAB_CLIENT_DISSECT_DISSECT_HTTP_HEAD_H

#include "client/dissect/dissect.h"

/*
 * The start line and the field lines at AT, up to and with the empty line; at
 * most to END. Returns where they end. *IS_WHOLE: the empty line is there.
 */
size_t dissect_http_head(
    struct dissect *dissect, size_t at, size_t end, bool *is_whole);

/* The trailers behind the last chunk (RFC 9112 §7.1.2), and the empty line. */
size_t dissect_http_head_trailers(
    struct dissect *dissect, size_t at, size_t end, bool *is_whole);

/* The bytes at AT begin a response, as far as there are any. */
bool dissect_http_head_is_response(
    const struct dissect *dissect, size_t at, size_t end);

#endif
