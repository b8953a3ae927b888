/*
 * http_store.h — what the pure files need of the door: resources, descriptors,
 * passwords, the access log. The door fills it once; all calls are made in a
 * worker, inside of a step. Pure.
 */
#ifndef NETLAB_SERVICES_HTTP_STORE_H
#define NETLAB_SERVICES_HTTP_STORE_H

#include "core/addr.h"
#include "services/http/http_request.h"
#include "services/http/http_resource.h"
#include "services/http/http_site.h"

/* What every answer bears at its moment. */
struct http_stamp {
	int64_t seconds; /* since 1970 */
	char date[HTTP_DATE_LEN];
	struct span fields; /* whole lines: Server and the like; may be empty */
	uint64_t seed[2];   /* the worker's secret, random: of the boundaries
	                       between parts */
};

/* What is looked for: all of it is the key of the cache. */
struct http_wanted {
	const struct http_site *site;
	struct span path; /* of a target, raw */
	uint8_t codings;  /* http_coding_read: what the client takes; 0: it
	                     did not say */
	uint8_t view;     /* http_listing_view: how a folder is shown */
};

enum http_login {
	HTTP_LOGIN_KNOWN,
	HTTP_LOGIN_UNKNOWN, /* nobody was named, or it is not so: 401 */
	HTTP_LOGIN_BUSY,    /* too many were tried lately: 503 */
};

/* One line of the access log. All is borrowed. */
struct http_record {
	const struct http_request *request; /* NULL: its head was not
	                                       understood */
	struct span line; /* the request line as it came, or what there is */
	const struct addr *peer;
	const struct http_site *site; /* NULL with REQUEST */
	struct span user;             /* who has logged in; empty: nobody */
	unsigned code;                /* 200 */
	uint64_t body_len;            /* bytes of content that are sent */
};

/* Times in milliseconds. */
struct http_limits {
	uint32_t head_ms; /* from the first byte of a head to its last */
	uint32_t body_ms; /* the longest pause in a body */
	uint32_t idle_ms; /* between two requests */
};

struct http_store {
	/* What WANTED stands for; never NULL; valid until the next find. */
	const struct http_resource *(*find)(
	    void *context, const struct http_wanted *wanted);
	/* A descriptor of RESOURCE's file for the caller to close; -1: none
	 * can be had now. */
	int (*take)(void *context, const struct http_resource *resource);
	/* Who REQUEST says it is from, against LOCATION's users. NULL: no
	 * location has any. */
	enum http_login (*login)(void *context,
	    const struct http_location *location,
	    const struct http_request *request);
	/* Takes a line for the access log. NULL: there is none. */
	void (*record)(void *context, const struct http_record *record);
	void *context;
	const struct http_sites *sites;
	const struct http_stamp *stamp;
	struct http_limits limits;
	bool accepts_bare_lf;
};

#endif
