/* http_answer.h — the bytes of an answer, and the pages that say a status.
 * Pure. */
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

/* Where an answer goes, and what it says whatever it is about. */
struct http_answer_to {
	const struct http_stamp *stamp;
	enum http_connection connection;
	bool is_head;     /* HEAD: all of GET's fields, and no body */
	struct space out; /* HTTP_ANSWER_SPACE bytes */
};

struct http_answer {
	enum http_status status;
	size_t made;          /* bytes in OUT */
	size_t page_at;       /* where the lines about a page's content begin in
	                         OUT; 0: the answer is no page */
	uint64_t offset, len; /* of the resource's file, to send behind what was
	                         made; LEN 0: none */
	bool has_parts;       /* that was the first of several ranges; the next
	                         are http_session_parts.h's */
	uint64_t body_len;    /* of the body, in OUT or in the file */
	unsigned code;        /* 418, where STATUS is HTTP_STATUS_LAB */
};

/* The text of a field's line between ": " and CRLF. */
struct http_answer_field {
	const char *name;
	struct span value;
};

/* A page that says STATUS and WHY. 405 and 204, which has no body, come with
 * the Allow of files. */
struct http_answer http_answer_page(
    const struct http_answer_to *to, enum http_status status, const char *why);

/* The same with FIELD (NULL: none), and without an Allow that it is not. */
struct http_answer http_answer_page_with(const struct http_answer_to *to,
    enum http_status status, const char *why,
    const struct http_answer_field *field);

/* 401 that asks for a name and a password for REALM, any text without control
 * characters of at most HTTP_ANSWER_REALM_MAX bytes (RFC 7617 §2). */
enum { HTTP_ANSWER_REALM_MAX = 256 };
struct http_answer http_answer_unauthorized(
    const struct http_answer_to *to, struct span realm);

/* Puts the content of RESOURCE, a file in memory, in the place of ANSWER's
 * page, which is in TO->out: the status and its fields stay. */
void http_answer_dress(const struct http_answer_to *to,
    struct http_answer *answer, const struct http_resource *resource);

/* For writers of other answers: the status line and Date, without the stamp's
 * fields; the same with LINE, "404 Not Found"; and what ends a head. */
struct http_text http_answer_begin(
    const struct http_answer_to *to, enum http_status status);
struct http_text http_answer_begin_line(
    const struct http_answer_to *to, const char *line);
void http_answer_end(const struct http_answer_to *to, struct http_text *text);

#endif
