/* http_date.h — dates on the wire (RFC 9110 §5.6.7). Pure. */
#ifndef NETLAB_SERVICES_HTTP_DATE_H
#define NETLAB_SERVICES_HTTP_DATE_H

#include "core/span.h"

#include <stdbool.h>

/* "Sun, 06 Nov 1994 08:49:37 GMT": always so long, without a NUL. */
enum { HTTP_DATE_LEN = 29 };

/* Writes SECONDS since 1970 as IMF-fixdate. Outside the years 0 … 9999, which
 * the form cannot say, the nearest date that it can. */
void http_date_format(int64_t seconds, char text[HTTP_DATE_LEN]);

/* "1994-11-06T08:49:37Z": always so long, without a NUL. */
enum { HTTP_DATE_ISO_LEN = 20 };

/* Writes SECONDS since 1970 as RFC 3339 has it, in UTC; as above outside the
 * years 0 … 9999. */
void http_date_format_iso(int64_t seconds, char text[HTTP_DATE_ISO_LEN]);

/* Reads one of the three forms: IMF-fixdate, RFC 850, asctime. NOW (seconds
 * since 1970) places the RFC 850 form's two-digit year. False: not a date. */
bool http_date_parse(struct span text, int64_t now, int64_t *seconds)
    __attribute__((warn_unused_result));

#endif
