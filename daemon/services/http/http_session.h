/*
 * http_session.h — one connection: where a request begins and ends, what is
 * done with its body, when the connection ends (RFC 9112 §§6, 9). Pure: the
 * files come through struct http_store.
 *
 * http_session.c holds the states, http_session_body.c what is done with
 * bodies, http_session_lab.c what a lab's requests wait for,
 * http_session_parts.c how several ranges of a file are sent, http_reply.c what
 * a request is answered with, http_turn.c the ways in which a step ends.
 */
#ifndef NETLAB_SERVICES_HTTP_SESSION_H
#define NETLAB_SERVICES_HTTP_SESSION_H

#include "service.h"
#include "services/http/http_answer.h"
#include "services/http/http_chunk.h"
#include "services/http/http_lab_answer.h"
#include "services/http/http_session_parts.h"
#include "services/http/http_store.h"

enum {
	/* Then the connection makes room for others. */
	HTTP_SESSION_REQUEST_MAX = 1000,
	/* A body that nothing here has a use for is read and thrown away up to
	 * here. */
	HTTP_SESSION_BODY_MAX = 1024 * 1024,
	/* A chunked body is looked at so far, framing included, before its
	 * request is answered: if it is broken, so is the request. */
	HTTP_SESSION_HELD_MAX = 4096,
	/* Of a body: a byte has to come in each millisecond, on average, after
	 * the pause that struct http_limits allows. */
	HTTP_SESSION_BYTE_MS = 1,
	/* Room for all that a step makes: the longest answer is a lab's, with a
	 * body that is decoded behind it. */
	HTTP_SESSION_SPACE = HTTP_LAB_ANSWER_SPACE + HTTP_LAB_BODY_MAX,
};

_Static_assert((int)HTTP_SESSION_SPACE >= (int)HTTP_ANSWER_SPACE, "space");

enum http_session_state {
	HTTP_SESSION_HEAD, /* before or in a head */
	/* Before the end of a body in chunks whose head waits, unused. */
	HTTP_SESSION_HELD,
	/* Answered; the body is thrown away. */
	HTTP_SESSION_LENGTH,
	HTTP_SESSION_CHUNKED,
	/* Answered with several ranges of a file, of which some are to come. */
	HTTP_SESSION_PARTS,
	/* In a lab: the request waits, unused, for its body or its time. */
	HTTP_SESSION_LAB_BODY,
	HTTP_SESSION_LAB_LATE,
	/* And bytes are made for it. */
	HTTP_SESSION_LAB_BYTES,
};

/* What a connection carries; begins zeroed. Private to http_session*.c,
 * http_turn.c and http_reply.c. */
struct http_session {
	union {
		struct {
			struct http_chunk chunk; /* of a body in chunks */
			uint64_t body_left;      /* bytes to come, where that is
			                            known */
			uint64_t body_read; /* of one in chunks: data announced
			                       so far */
			uint64_t body_due_ms; /* when a body is late */
		};
		struct http_session_parts parts; /* HTTP_SESSION_PARTS */
		struct {
			uint64_t seed, at, left;
		} bytes; /* HTTP_SESSION_LAB_BYTES */
	};
	uint32_t held;     /* bytes of a request looked at so far */
	uint32_t held_max; /* and how many at most */
	uint32_t request_count;
	uint8_t state;     /* enum http_session_state */
	bool has_deadline; /* of a head, or of a body that is waited for */
	bool is_chunked;   /* HTTP_SESSION_LAB_BODY */
	bool is_last;      /* HTTP_SESSION_LAB_BYTES: then the end */
};

/*
 * One step, as struct service.input has it; ends at most one request. OUT has
 * HTTP_SESSION_SPACE bytes.
 */
struct stream_step http_session_step(struct http_session *session,
    const struct http_store *store, const struct stream *stream,
    struct space out);

/* The connection is over: the descriptor that SESSION still holds, for the
 * caller to close; -1: none. */
int http_session_release(const struct http_session *session);

#endif
