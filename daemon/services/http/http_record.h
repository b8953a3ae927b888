/*
 * http_record.h — a line of the access log. What a client sent never leaves its
 * place in it: quotes, ends of lines and bytes that no terminal should see are
 * escaped. Pure.
 */
#ifndef NETLAB_SERVICES_HTTP_RECORD_H
#define NETLAB_SERVICES_HTTP_RECORD_H

#include "services/http/http_store.h"

enum {
	/* What syslog daemons take for one message. */
	HTTP_RECORD_LINE_MAX = 8192,
	/* As written, escapes included. What is longer is cut and ends in
	 * "...". */
	HTTP_RECORD_TARGET_MAX = 4096, /* the request line, too */
	HTTP_RECORD_FIELD_MAX = 1024,
	HTTP_RECORD_NAME_MAX = 256, /* of a host, a site, a user */
};

enum http_record_format {
	/* ADDRESS - USER [TIME] "REQUEST LINE" STATUS BYTES "REFERER" "AGENT",
	 * as most web servers write it; " \ and all that is not printable
	 * ASCII as \xHH; "-" for what is not there. */
	HTTP_RECORD_COMBINED,
	/* An object (RFC 8259): valid whatever the client sent. */
	HTTP_RECORD_JSON,
};

/* When a request ended; in UTC, which has no hour that comes twice. */
struct http_record_moment {
	char date[HTTP_DATE_LEN];    /* as http_date_format writes it, */
	char iso[HTTP_DATE_ISO_LEN]; /* and as http_date_format_iso does */
	unsigned milliseconds;
};

/* Writes RECORD as one line that ends in "\n" to OUT, which has
 * HTTP_RECORD_LINE_MAX bytes. Returns its length. */
size_t http_record_write(const struct http_record *record,
    enum http_record_format format, const struct http_record_moment *moment,
    struct space out);

#endif
