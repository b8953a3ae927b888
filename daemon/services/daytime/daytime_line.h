/* daytime_line.h — the answer of the Daytime Protocol, RFC 867. Pure. */
#ifndef NETLAB_SERVICES_DAYTIME_LINE_H
#define NETLAB_SERVICES_DAYTIME_LINE_H

#include "core/span.h"
#include "core/sync.h"

#include <stdbool.h>
#include <stdint.h>

/* How the line looks. The order is part of the image. */
enum daytime_line_form {
	DAYTIME_LINE_CTIME, /* Sat Nov 21 02:09:23 2026: ctime(3), inetd */
	DAYTIME_LINE_SMTP,  /* 21 NOV 2026 02:09:23 UTC: the RFC's second */
	DAYTIME_LINE_ISO,   /* 2026-11-21T02:09:23Z: ISO 8601, RFC 3339 */
	DAYTIME_LINE_NIST,  /* 61365 26-11-21 02:09:23 00 0 0   0.0 … */
};

enum { DAYTIME_LINE_FORMS = 4 };

enum { DAYTIME_LINE_MAX = 64 };

/* What a line is made from. */
struct daytime_line_facts {
	int64_t unix_seconds; /* since 1970, UTC */
	int32_t offset;       /* what the zone is ahead of UTC, in seconds */
	const char *zone;     /* its abbreviation */
	const struct sync_state *sync; /* how good the clock is */
};

/*
 * Writes FACTS in FORM: one line of printable ASCII and CR LF, not
 * NUL-terminated. Returns its length, at most DAYTIME_LINE_MAX; OUT has room
 * for that. What lies outside of the years 1970 to 9999 is shown as the nearest
 * second within. A zone whose abbreviation is not of letters, digits and signs
 * alone is shown as its offset (+0100, RFC 5322 §3.3). The NIST form is UTC,
 * whatever the zone.
 */
size_t daytime_line(enum daytime_line_form form,
    const struct daytime_line_facts *facts, struct space out);

/* Whether BYTES are a line such as daytime_line() writes, of any form and in
 * letters of any case: who answers that may talk to another server for ever
 * (CVE-2024-2169). */
bool daytime_line_is_answer(struct span bytes);

#endif
