/* http_query.h — "?name=value&…": what forms and scripts write behind a path.
 * Pure. */
#ifndef NETLAB_SERVICES_HTTP_QUERY_H
#define NETLAB_SERVICES_HTTP_QUERY_H

#include "services/http/http_text.h"

/* QUERY of a request without its question mark. */
static inline struct span
http_query_begin(struct span query)
{
	return query.len == 0 ? query
	                      : (struct span){query.data + 1, query.len - 1};
}

/*
 * Takes the next pair off QUERY (http_query_begin), as it stands. A pair
 * without "=" has an empty value; empty pairs are passed over. False: no more.
 */
bool http_query_next(struct span *query, struct span *name, struct span *value);

/* Writes RAW with each %XX as its byte and each "+" as a space; a broken escape
 * stays as it is. Never longer than RAW. */
void http_query_decode(struct http_text *text, struct span raw);

#endif
