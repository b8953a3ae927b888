/*
 * http_session.h — one connection: where a request begins and ends, what is
 * done with its body, when the connection ends (RFC 9112 §§6, 9). Pure: the
 * files come through struct http_site.
 */
#ifndef NETLAB_SERVICES_HTTP_SESSION_H
#define NETLAB_SERVICES_HTTP_SESSION_H

#include "service.h"
#include "services/http/http_answer.h"
#include "services/http/http_chunk.h"

enum {
	/* From the first byte of a head to its last, however they trickle:
	 * the time that a slow sender can hold a connection. */
	HTTP_SESSION_HEAD_MS = 10000,
	/* Between two requests. */
	HTTP_SESSION_IDLE_MS = 15000,
	/* Then the connection makes room for others. */
	HTTP_SESSION_REQUEST_MAX = 1000,
	/* A body, which no method here has a use for, is read and thrown away
	 * up to here. */
	HTTP_SESSION_BODY_MAX = 1024 * 1024,
	/* A chunked body of GET, HEAD or OPTIONS, which waits with its head
	 * until it is whole, since its framing decides the answer. */
	HTTP_SESSION_HELD_MAX = 4096,
};

/* What a connection carries; begins zeroed. */
struct http_session {
	struct http_chunk chunk; /* while STATE is a chunked body */
	uint64_t body_left;      /* a body of known length: bytes to come */
	uint64_t body_read;      /* chunked: data announced so far */
	uint32_t request_count;
	uint8_t state;     /* private */
	bool has_deadline; /* of a head, or of a body that is waited for */
	bool is_kept;      /* of the request whose chunked body is read */
};

/* What the connections of a worker share, borrowed for a step. */
struct http_site {
	/* What PATH (of a target, raw) stands for; never NULL; valid until the
	 * next find. */
	const struct http_resource *(*find)(void *context, struct span path);
	/* A descriptor of RESOURCE's file for the caller to close; -1: none
	 * can be had now. */
	int (*take)(void *context, const struct http_resource *resource);
	void *context;
	const struct http_moment *moment;
	bool accepts_bare_lf;
};

/*
 * One step, as struct service.input has it; ends at most one request. OUT has
 * HTTP_ANSWER_SPACE bytes.
 */
struct stream_step http_session_step(struct http_session *session,
    const struct http_site *site, const struct stream *stream,
    struct space out);

#endif
