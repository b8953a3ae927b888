/*
 * http_listing.h — a folder's content as a page: HTML for people, JSON for
 * programs; and which of them, in which order, a request asks for. Pure.
 */
#ifndef NETLAB_SERVICES_HTTP_LISTING_H
#define NETLAB_SERVICES_HTTP_LISTING_H

#include "services/http/http_request.h"
#include "services/http/http_text.h"

/* A view: one of each, or-ed. 0 is what is shown when nothing is said. */
enum http_listing_view {
	HTTP_LISTING_BY_NAME = 0,
	HTTP_LISTING_BY_SIZE = 1,
	HTTP_LISTING_BY_DATE = 2,
	HTTP_LISTING_ORDER = 3, /* the bits of these three */
	HTTP_LISTING_DESCENDING = 1 << 2,
	HTTP_LISTING_JSON = 1 << 3,
};

enum {
	/* Room for any entry: a name of 255 bytes takes 2.4 KiB at worst. */
	HTTP_LISTING_ENTRY_MAX = 4096,
	/* Room for the beginning, in which the path stands twice, each byte as
	 * six at worst; and for the end. */
	HTTP_LISTING_BEGIN_MAX = 2 * 6 * 4096 + 4096,
	HTTP_LISTING_END_MAX = 256,
};

struct http_listing_entry {
	struct span name; /* as it is on the disk: any bytes but "/" and NUL */
	bool is_folder;
	uint64_t size; /* of a file */
	int64_t mtime; /* seconds since 1970 */
};

/*
 * The view that REQUEST asks for: "?sort=name|size|date", "order=asc|desc" and
 * "format=html|json"; the first of each counts, others mean nothing. Without a
 * format, JSON where the Accept field names application/json and not text/html
 * with as much weight.
 */
uint8_t http_listing_view(const struct http_request *request);

/* "Content-Type" of VIEW. A static string. */
const char *http_listing_type(uint8_t view);

/* <0, 0, >0: where A stands to B in VIEW. Folders come first. Never 0 for two
 * names. */
int http_listing_compare(uint8_t view, const struct http_listing_entry *a,
    const struct http_listing_entry *b);

/* The page: its beginning, for the folder PATH (struct http_path.text), each
 * entry, and its end, MORE being how many entries have been left out;
 * MORE_IS_LEAST: there may be still more. */
void http_listing_begin(struct http_text *text, uint8_t view, struct span path);
void http_listing_add(struct http_text *text, uint8_t view,
    const struct http_listing_entry *entry, bool is_first);
void http_listing_end(
    struct http_text *text, uint8_t view, uint64_t more, bool more_is_least);

#endif
