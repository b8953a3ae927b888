/* http_answer.h — request and resource → the bytes of an answer. Pure. */
#ifndef NETLAB_SERVICES_HTTP_ANSWER_H
#define NETLAB_SERVICES_HTTP_ANSWER_H

#include "services/http/http_request.h"
#include "services/http/http_resource.h"
#include "services/http/http_store.h"

enum {
	/* Room that every answer fits in, its file's bytes aside: the longest
	 * is a small file with its head, or a redirection of the longest
	 * target. */
	HTTP_ANSWER_SPACE =
	    HTTP_RESOURCE_INLINE_MAX + HTTP_RESOURCE_HEAD_MAX + 1024,
};

/* What an answer says of the connection. */
enum http_connection {
	HTTP_CONNECTION_STAYS,   /* and the version says so: no field */
	HTTP_CONNECTION_IS_KEPT, /* HTTP/1.0 that asked for it */
	HTTP_CONNECTION_CLOSES,
};

struct http_answer {
	enum http_status status;
	size_t made;
	uint64_t offset, len; /* of the resource's file, to send behind what was
	                         made; LEN 0: none */
};

/* The answer to REQUEST (GET or HEAD) for RESOURCE: 200, 206, 301, 304, 412,
 * 416 or the resource's error. OUT has HTTP_ANSWER_SPACE bytes. */
struct http_answer http_answer_resource(const struct http_request *request,
    const struct http_resource *resource, const struct http_stamp *stamp,
    enum http_connection connection, struct space out);

/* A page that says STATUS and WHY. 405 and 204 come with Allow. */
struct http_answer http_answer_page(enum http_status status, const char *why,
    bool is_head, const struct http_stamp *stamp,
    enum http_connection connection, struct space out);

#endif
