/*
 * http_session.h — one connection: where a request begins and ends, what is
 * done with its body, when the connection ends (RFC 9112 §§6, 9). Pure: the
 * files come through struct http_store.
 */
#ifndef NETLAB_SERVICES_HTTP_SESSION_H
#define NETLAB_SERVICES_HTTP_SESSION_H

#include "service.h"
#include "services/http/http_answer.h"
#include "services/http/http_chunk.h"
#include "services/http/http_store.h"

enum {
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

/*
 * One step, as struct service.input has it; ends at most one request. OUT has
 * HTTP_ANSWER_SPACE bytes.
 */
struct stream_step http_session_step(struct http_session *session,
    const struct http_store *store, const struct stream *stream,
    struct space out);

#endif
