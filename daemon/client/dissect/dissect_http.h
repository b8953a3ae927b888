/* dissect_http.h — see each function. Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_HTTP_H
#define NETLAB_CLIENT_DISSECT_DISSECT_HTTP_H

#include "client/dissect/dissect.h"

/* What one side of an HTTP/1 connection sends: a request or a response,
 * the beginning of its content, and what follows it (RFC 9112). */
dissector dissect_http;

/* The response to a HEAD: its head is that of a GET's, and there it ends (RFC
 * 9110 §9.3.2). */
dissector dissect_http_to_head;

#endif
