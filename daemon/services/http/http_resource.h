/*
 * http_resource.h — what a path stands for, ready to be sent. The door finds
 * and keeps them; pure code reads them. Pure.
 */
#ifndef NETLAB_SERVICES_HTTP_RESOURCE_H
#define NETLAB_SERVICES_HTTP_RESOURCE_H

#include "services/http/http_date.h"
#include "services/http/http_site.h"
#include "services/http/http_status.h"
#include "services/http/http_text.h"

enum {
	/* Bodies up to here are sent from memory, in one piece with their
	 * heads; above it, sendfile costs less than the copy. */
	HTTP_RESOURCE_INLINE_MAX = 16384,
	/* Of a resource's head: no field in it grows with the request. Most
	 * are far shorter: http_resource_head_space. */
	HTTP_RESOURCE_HEAD_MAX = 1024 + HTTP_SITE_FIELDS_MAX,
	HTTP_RESOURCE_ETAG_MAX = 64,
	/* Where the 29 bytes of the date stand in the head of a 200. */
	HTTP_RESOURCE_DATE_AT = 23,
};

struct http_resource {
	/* HTTP_STATUS_OK: a file, and all below but MOVED_TO is set; or, where
	 * location->is_lab, no file, and only REST is. A redirection: see
	 * MOVED_TO. Another: why it cannot be had. */
	enum http_status status;
	const char *why; /* for humans, where STATUS is an error */
	/* What the path lies in; its users have to be asked for first,
	 * whatever STATUS says. Only NULL where memory is short. */
	const struct http_location *location;
	struct span rest; /* what follows the location's prefix in the decoded
	                     path, where location->is_lab: "/status/404" */
	/* Of a redirection (301, 302, 307, 308): where to, ready for the wire,
	 * without a fragment; the request's query goes behind it. */
	struct span moved_to;

	struct span block;  /* the head of a 200, and its body when IS_INLINE */
	size_t head_len;    /* its last two bytes are the empty line */
	struct span common; /* part of the head: what 206 and 304 say too */
	struct span type;   /* part of the head: the lines of Content-Type and,
	                       when IS_CODED, Content-Encoding */
	struct span etag;   /* with quotes, and with W/ when weak */
	const char *media_type; /* lives as long as the worker */
	bool is_inline;
	bool is_coded;   /* its bytes are a coding of what TYPE names */
	bool is_undated; /* MTIME says nothing: a listing */
	uint64_t size;   /* of the body */
	int64_t mtime;   /* seconds; not in the future when it was found */
	int fd;          /* -1 when IS_INLINE */
};

/* What the head of a file's answer is made of. */
struct http_resource_meta {
	const char *type;   /* Content-Type; lives as long as the worker */
	const char *coding; /* Content-Encoding: "gzip"; NULL: none */
	const char *vary;   /* Vary: "Accept-Encoding"; NULL: none */
	struct span always; /* struct http_stamp.fields */
	struct span fields; /* struct http_location.fields */
	struct span etag;   /* with quotes; empty: made of what follows and of
	                       CODING */
	uint64_t size;
	uint64_t inode;
	int64_t mtime;     /* seconds */
	uint32_t mtime_ns; /* and nanoseconds */
	bool is_undated;   /* there is no such time: no Last-Modified; ETAG is
	                      given */
	int64_t now;       /* seconds */
};

/* Bytes that are enough for the head of META, HTTP_RESOURCE_HEAD_MAX at most.
 */
size_t http_resource_head_space(const struct http_resource_meta *meta);

/*
 * Writes the head of a 200 for META at the start of BLOCK, which lives as long
 * as RESOURCE, and fills RESOURCE in but for is_inline and fd. block.len is the
 * head's. BLOCK has http_resource_head_space(META) bytes or more.
 */
void http_resource_build(struct http_resource *resource,
    const struct http_resource_meta *meta, struct space block);

/* The ETag would be weak at NOW: the file changed so lately that it may change
 * again without its time showing it (RFC 9110 §8.8.1). */
bool http_resource_is_fresh(int64_t mtime, int64_t now);

#endif
