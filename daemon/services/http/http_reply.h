/* http_reply.h — what a request is answered with: a file, a page. Private to
 * http_session*.c. Pure. */
#ifndef NETLAB_SERVICES_HTTP_REPLY_H
#define NETLAB_SERVICES_HTTP_REPLY_H

#include "services/http/http_turn.h"

/* Sets turn->resource and turn->login for turn->request. */
void http_reply_find(struct http_turn *turn);

/* What was found is a place in a lab that may be entered. */
bool http_reply_is_lab(const struct http_turn *turn);

/* Answers turn->request by what was found; it uses USED bytes of the input:
 * more may belong to its body. */
struct stream_step http_reply(const struct http_turn *turn, size_t used);

#endif
