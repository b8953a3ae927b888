/* http_session_body.h — bodies of requests, which are looked at, held or thrown
 * away (RFC 9112 §6). Private to http_session.c. Pure. */
#ifndef NETLAB_SERVICES_HTTP_SESSION_BODY_H
#define NETLAB_SERVICES_HTTP_SESSION_BODY_H

#include "services/http/http_turn.h"

/* Begins with turn->request, whose head is there and which has a body. */
struct stream_step http_session_body_begin(struct http_turn *turn);

/* Goes on in HTTP_SESSION_HELD, HTTP_SESSION_LENGTH, HTTP_SESSION_CHUNKED. */
struct stream_step http_session_body_held(struct http_turn *turn);
struct stream_step http_session_body_length(const struct http_turn *turn);
struct stream_step http_session_body_chunked(const struct http_turn *turn);

#endif
