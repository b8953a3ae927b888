/*
 * http_coding.h — content codings: what a client takes (RFC 9110 §12.5.3), and
 * the files beside a file that hold it ready. Pure.
 */
#ifndef NETLAB_SERVICES_HTTP_CODING_H
#define NETLAB_SERVICES_HTTP_CODING_H

#include "services/http/http_request.h"

enum http_coding {
	HTTP_CODING_NONE, /* identity */
	HTTP_CODING_ZSTD,
	HTTP_CODING_BR,
	HTTP_CODING_GZIP,
};

enum {
	HTTP_CODING_COUNT = 4,
	/* In what http_coding_read returns: identity itself is refused. */
	HTTP_CODING_NO_IDENTITY = 1 << 6,
};

/*
 * What REQUEST takes, in its order of preference: two bits for each place, the
 * first place lowest; 0 ends it. A coding that it likes less than identity is
 * left out: identity is always there. Among equals ours are in the order of
 * enum http_coding. 0 without an Accept-Encoding field.
 */
uint8_t http_coding_read(const struct http_request *request);

/* The coding at PLACE (0 … 2) of CODINGS. */
static inline enum http_coding
http_coding_at(uint8_t codings, unsigned place)
{
	return (enum http_coding)(codings >> 2 * place & 3);
}

/* "gzip", ".gz"; NULL and "" for HTTP_CODING_NONE. */
const char *http_coding_name(enum http_coding coding);
const char *http_coding_suffix(enum http_coding coding);

#endif
