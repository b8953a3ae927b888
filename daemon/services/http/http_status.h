/*
 * http_status.h — every way in which a request ends: its status code, its
 * reason phrase, its counter's name. Pure.
 */
#ifndef NETLAB_SERVICES_HTTP_STATUS_H
#define NETLAB_SERVICES_HTTP_STATUS_H

/* In the order of http_status_outcomes. */
enum http_status {
	HTTP_STATUS_OK,              /* 200 */
	HTTP_STATUS_NO_CONTENT,      /* 204: OPTIONS */
	HTTP_STATUS_PARTIAL,         /* 206 */
	HTTP_STATUS_MOVED,           /* 301 */
	HTTP_STATUS_FOUND,           /* 302 */
	HTTP_STATUS_NOT_MODIFIED,    /* 304 */
	HTTP_STATUS_TEMPORARY,       /* 307 */
	HTTP_STATUS_PERMANENT,       /* 308 */
	HTTP_STATUS_BAD_REQUEST,     /* 400 */
	HTTP_STATUS_UNAUTHORIZED,    /* 401 */
	HTTP_STATUS_FORBIDDEN,       /* 403 */
	HTTP_STATUS_NOT_FOUND,       /* 404 */
	HTTP_STATUS_NOT_ALLOWED,     /* 405 */
	HTTP_STATUS_NOT_ACCEPTABLE,  /* 406 */
	HTTP_STATUS_TIMEOUT,         /* 408 */
	HTTP_STATUS_PRECONDITION,    /* 412 */
	HTTP_STATUS_BODY_TOO_LARGE,  /* 413 */
	HTTP_STATUS_TARGET_TOO_LONG, /* 414 */
	HTTP_STATUS_RANGE,           /* 416 */
	HTTP_STATUS_EXPECTATION,     /* 417 */
	HTTP_STATUS_HEAD_TOO_LARGE,  /* 431 */
	HTTP_STATUS_INTERNAL,        /* 500 */
	HTTP_STATUS_NOT_IMPLEMENTED, /* 501 */
	HTTP_STATUS_UNAVAILABLE,     /* 503 */
	HTTP_STATUS_VERSION,         /* 505 */
	HTTP_STATUS_LAB,             /* whatever a lab location was asked for */
};

enum { HTTP_STATUS_COUNT = HTTP_STATUS_LAB + 1 };

/* "404 Not Found": what stands between the version and CRLF. */
const char *http_status_line(enum http_status status);

/* 404; 0 for HTTP_STATUS_LAB. */
unsigned http_status_code(enum http_status status);

/* 404 → HTTP_STATUS_NOT_FOUND; HTTP_STATUS_COUNT: it is none of ours. */
enum http_status http_status_of(unsigned code);

/* The counters' names, NULL-terminated: struct service.outcomes. */
extern const char *const http_status_outcomes[HTTP_STATUS_COUNT + 1];

#endif
