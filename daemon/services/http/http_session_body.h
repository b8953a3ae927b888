/* http_session_body.h — bodies of requests, which are looked at, held or thrown
 * away (RFC 9112 §6). Private to http_session*.c. Pure. */
#ifndef NETLAB_SERVICES_HTTP_SESSION_BODY_H
#define NETLAB_SERVICES_HTTP_SESSION_BODY_H

#include "services/http/http_turn.h"

/* Begins with turn->request, whose head is there and which has a body. */
struct stream_step http_session_body_begin(struct http_turn *turn);

/* Goes on in HTTP_SESSION_HELD, HTTP_SESSION_LENGTH, HTTP_SESSION_CHUNKED. */
struct stream_step http_session_body_held(struct http_turn *turn);
struct stream_step http_session_body_length(const struct http_turn *turn);
struct stream_step http_session_body_chunked(const struct http_turn *turn);

/* Keeps turn->request unused in the input, to be looked at again when its body
 * has come, of which at most MAX bytes are waited for. */
void http_session_body_hold(const struct http_turn *turn, size_t max);

/* Waits for more of a body after USED bytes, of which FRESH are new: until the
 * pause is too long or the whole too slow. */
struct stream_step http_session_body_wait(
    const struct http_turn *turn, size_t used, size_t fresh);

/* Has the body of turn->request, if there is one, thrown away, none of which
 * STEP has used: the answer. */
struct stream_step http_session_body_skip(
    const struct http_turn *turn, struct stream_step step);

/* Refuses turn->request for its chunks. */
struct stream_step http_session_body_refuse(const struct http_turn *turn);

#endif
