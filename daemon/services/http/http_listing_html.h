/* http_listing_html.h — a listing as HTML: a table that sorts by links, without
 * scripts. Whatever names are made of, none of it is markup. Pure. */
#ifndef NETLAB_SERVICES_HTTP_LISTING_HTML_H
#define NETLAB_SERVICES_HTTP_LISTING_HTML_H

#include "services/http/http_listing.h"

/* As in http_listing.h. */
void http_listing_html_begin(
    struct http_text *text, uint8_t view, struct span path);
void http_listing_html_add(
    struct http_text *text, const struct http_listing_entry *entry);
void http_listing_html_end(
    struct http_text *text, uint64_t more, bool more_is_least);

/* Writes NAME as it stands in a link, after "./", so that no name is taken for
 * a scheme or a host: all but letters, digits and "-._~" as %XX. */
void http_listing_html_link(struct http_text *text, struct span name);

#endif
