/* http_url.h — URLs and references to them (RFC 3986). Pure. */
#ifndef NETLAB_SERVICES_HTTP_URL_H
#define NETLAB_SERVICES_HTTP_URL_H

#include "core/span.h"

enum { HTTP_URL_MAX = 8192 }; /* bytes of one that is resolved */

/* What a reference is made of (RFC 3986 §3, appendix B). What it lacks has a
 * NULL as its data; what is there may be empty. */
struct http_url {
	struct span scheme;    /* "http" */
	struct span authority; /* "example:80" */
	struct span path;      /* always there */
	struct span query;     /* without its question mark */
	struct span fragment;  /* without its # */
};

/* Splits TEXT, which any bytes may be; the parts borrow them. */
void http_url_split(struct span text, struct http_url *url);

/* Writes what REFERENCE means within BASE (which has a scheme) to OUT, dots in
 * its path removed (RFC 3986 §5.2, §5.3). Its length; 0: it does not fit, or is
 * longer than HTTP_URL_MAX. */
size_t http_url_resolve(
    struct span base, struct span reference, struct space out);

/*
 * Writes what stands in a request line for URL: its path, "/" where that is
 * empty, and its query; bytes that may not stand there (controls, spaces,
 * quotes, what is beyond ASCII) as "%20". Its length; 0: it does not fit.
 */
size_t http_url_target(const struct http_url *url, struct space out);

#endif
