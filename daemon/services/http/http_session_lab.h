/* http_session_lab.h — the steps of a request to a lab location: its body is
 * held, its answer may be late or long. Private to http_session.c. Pure. */
#ifndef NETLAB_SERVICES_HTTP_SESSION_LAB_H
#define NETLAB_SERVICES_HTTP_SESSION_LAB_H

#include "services/http/http_turn.h"

/* Begins with turn->request, whose head is there, for turn->resource, a place
 * in a lab. */
struct stream_step http_session_lab_begin(struct http_turn *turn);

/* Goes on in HTTP_SESSION_LAB_BODY, …_LATE, …_BYTES. */
struct stream_step http_session_lab_body(struct http_turn *turn);
struct stream_step http_session_lab_late(struct http_turn *turn);
struct stream_step http_session_lab_bytes(const struct http_turn *turn);

#endif
