/*
 * http_session_parts.h — the further parts of an answer with several ranges of
 * a file that is sent by its descriptor: one a step, all of one descriptor, so
 * that no two versions of the file are mixed. Private to the session. Pure.
 *
 * The request stays unread until the last part, because the ranges are read
 * from it again for each: a connection carries a few words for them only.
 */
#ifndef NETLAB_SERVICES_HTTP_SESSION_PARTS_H
#define NETLAB_SERVICES_HTTP_SESSION_PARTS_H

#include "service.h"
#include "services/http/http_request.h"
#include "services/http/http_resource.h"

struct http_session_parts {
	uint64_t size, tag; /* as in struct http_multipart */
	const char *type;
	int fd;        /* of the file; -1: the worker has it */
	uint8_t next;  /* part, or the end behind them */
	uint8_t after; /* enum verdict of the step that ends the answer */
};

/*
 * Begins with FIRST, the step that sends the first of several ranges of
 * RESOURCE and would end its request; TAG is http_multipart_tag's. Its
 * descriptor is held in PARTS from now on.
 */
void http_session_parts_begin(struct http_session_parts *parts,
    const struct http_resource *resource, uint64_t tag,
    struct stream_step *first);

/* The next step, at STREAM_ROOM, over the same REQUEST at the start of UNREAD.
 * It ends the answer when its verdict is not VERDICT_WRITE. OUT has
 * HTTP_MULTIPART_LINES_MAX bytes. */
struct stream_step http_session_parts_step(struct http_session_parts *parts,
    const struct http_request *request, struct span unread, struct space out);

#endif
