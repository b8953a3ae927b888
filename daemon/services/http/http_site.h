/*
 * http_site.h — what is served where: sites by host name, locations by path.
 * As a worker has it: plain structs that point into the image. Pure.
 */
#ifndef NETLAB_SERVICES_HTTP_SITE_H
#define NETLAB_SERVICES_HTTP_SITE_H

#include "core/span.h"
#include "services/http/http_status.h"

#include <stdbool.h>
#include <stddef.h>

enum {
	HTTP_SITE_MAX = 64,
	HTTP_SITE_INDEX_MAX = 8,
	HTTP_SITE_LOCATION_MAX = 64, /* of one site */
	/* Of all field lines that a location adds to its answers. */
	HTTP_SITE_FIELDS_MAX = 2048,
	/* Of a lab's prefix, which stands in the heads of its answers, each
	 * byte as three at most. */
	HTTP_SITE_LAB_PREFIX_MAX = 512,
	HTTP_SITE_REDIRECT_MAX = 1024,
};

/* How a symbolic link beneath the root is treated. */
enum http_symlinks {
	HTTP_SYMLINKS_BENEATH, /* followed as long as it stays beneath */
	HTTP_SYMLINKS_FOLLOW,  /* followed wherever it leads */
	HTTP_SYMLINKS_NEVER,   /* as if it were not there */
};

/* A line of a password file. */
struct http_user {
	struct span name;
	const char *hash; /* crypt(5); NUL-terminated */
};

/* What holds for all paths that begin with PREFIX. */
struct http_location {
	struct span prefix; /* decoded, as struct http_path.text has it: "a/b";
	                       "": the whole site */
	struct span fields; /* lines, each with CRLF, that answers with content
	                       of here bear: Cache-Control and the like */
	bool is_listed;     /* folders without an index are listed */
	bool is_lab;        /* answered by http_lab.c, not from files */
	/* Where REDIRECT is set, every path here is moved: to it, a path or a
	 * URL, ready for the wire, and what follows PREFIX behind it. Of the
	 * slashes at the end of the one and at the start of the other one is
	 * enough. */
	struct span redirect;
	enum http_status redirect_status;
	/* Where USER_COUNT is not 0, one of these has to be named. */
	struct span realm;
	const struct http_user *users;
	size_t user_count;
};

/* The file that is sent instead of the built-in page for STATUS. */
struct http_error_page {
	enum http_status status;
	struct span path; /* as in a target: "/errors/404.html" */
};

struct http_site {
	unsigned index;   /* in struct http_sites */
	struct span name; /* as configured; "" for the section's own */
	int root;         /* a folder, O_PATH */
	const char *indexes[HTTP_SITE_INDEX_MAX]; /* in the order of trial */
	size_t index_count;
	enum http_symlinks symlinks;
	bool has_variants; /* .zst, .br and .gz beside a file are looked for */
	/* The longest prefix first; the last one's is "". */
	const struct http_location *locations;
	size_t location_count;
	const struct http_error_page *error_pages;
	size_t error_page_count;
};

/* A name that leads to a site. */
struct http_host {
	struct span name; /* lower-case, without a port or a dot at its end */
	unsigned site;
};

struct http_sites {
	const struct http_site *sites; /* the first is the default */
	size_t site_count;
	const struct http_host *hosts; /* in the order of their names' bytes */
	size_t host_count;
};

/* The site that HOST (host and port as a request has it; may be empty) names,
 * or the default one. Never NULL. */
const struct http_site *http_site_of(
    const struct http_sites *sites, struct span host);

/* The location that PATH (decoded, as struct http_path.text) lies in: the one
 * with the longest prefix of whole segments. Never NULL. */
const struct http_location *http_site_location(
    const struct http_site *site, struct span path);

/* Every path of SITE is a file's or none: no location of it is moved or a
 * lab. */
bool http_site_is_all_files(const struct http_site *site);

/* Some folder of SITE may be listed. */
bool http_site_has_listings(const struct http_site *site);

/* The path of SITE's own page for STATUS; empty: none. */
struct span http_site_error_page(
    const struct http_site *site, enum http_status status);

#endif
