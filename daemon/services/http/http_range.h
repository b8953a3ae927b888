/* http_range.h — the Range field (RFC 9110 §14). Pure. */
#ifndef NETLAB_SERVICES_HTTP_RANGE_H
#define NETLAB_SERVICES_HTTP_RANGE_H

#include "services/http/http_request.h"

/* Bytes FIRST to LAST, both included. */
struct http_range {
	uint64_t first, last;
};

enum http_range_result {
	HTTP_RANGE_WHOLE, /* as if there were no Range: another unit, an empty
	                     file, several ranges */
	HTTP_RANGE_PART,  /* RANGE is filled in; it lies in the file */
	HTTP_RANGE_NONE,  /* 416: no byte of it is there, or it is no range */
};

/* What REQUEST's Range asks of a file of SIZE bytes. */
enum http_range_result http_range_read(
    const struct http_request *request, uint64_t size, struct http_range *range)
    __attribute__((warn_unused_result));

#endif
