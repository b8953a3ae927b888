/*
 * http_lab.h — what a lab location is asked for: answers made to measure, for
 * people who test clients. Pure.
 *
 *	/status/N     an answer of status N, 200 … 599
 *	/delay/S      the request as JSON, after S seconds
 *	/headers      the request's fields as JSON
 *	/ip           the client's address as JSON
 *	/bytes/N      N bytes that look random and are the same each time
 *	/anything     the request as JSON, by any method, with any path behind
 *	/             a page that says this
 */
#ifndef NETLAB_SERVICES_HTTP_LAB_H
#define NETLAB_SERVICES_HTTP_LAB_H

#include "services/http/http_request.h"

enum {
	HTTP_LAB_DELAY_MAX_MS = 10000,
	HTTP_LAB_BYTES_MAX = 100 * 1024 * 1024,
	/* Of a request's body: it is held in memory and echoed. */
	HTTP_LAB_BODY_MAX = 32 * 1024,
};

enum http_lab_kind {
	HTTP_LAB_INDEX,
	HTTP_LAB_STATUS,
	HTTP_LAB_DELAY,
	HTTP_LAB_HEADERS,
	HTTP_LAB_IP,
	HTTP_LAB_BYTES,
	HTTP_LAB_ANYTHING,
};

struct http_lab_call {
	/* HTTP_STATUS_OK; NO_CONTENT: only the methods are asked for; else
	 * the status that refuses it, and WHY. */
	enum http_status status;
	const char *why;
	const char *allow; /* the methods that this place takes */
	enum http_lab_kind kind;
	unsigned code;     /* HTTP_LAB_STATUS */
	uint32_t delay_ms; /* HTTP_LAB_DELAY */
	uint64_t len;      /* HTTP_LAB_BYTES */
	uint64_t seed;
};

/* What REQUEST asks for at REST, its path without the location's prefix,
 * decoded. */
struct http_lab_call http_lab_read(
    const struct http_request *request, struct span rest);

/* Fills SPACE with the bytes from AT on of what SEED stands for: the same,
 * however they are asked for. */
void http_lab_bytes(uint64_t seed, uint64_t at, struct space space);

#endif
