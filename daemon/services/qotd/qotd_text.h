/*
 * qotd_text.h — quotes in a text file. Lines that are "%" alone part them, as
 * in the files of fortune(6); in a file without such a line, empty ones do.
 * Pure.
 */
#ifndef NETLAB_SERVICES_QOTD_TEXT_H
#define NETLAB_SERVICES_QOTD_TEXT_H

#include "core/span.h"

#include <stdbool.h>

enum { QOTD_TEXT_MAX = 511 }; /* RFC 865: less than 512 characters */

/* A walk through the quotes of a text, which it borrows. */
struct qotd_text {
	struct span left;
	unsigned line; /* that LEFT begins with, from 1 */
	bool has_signs;
};

/* A quote as it stands in the file, without empty lines around it. */
struct qotd_text_quote {
	struct span bytes;
	unsigned line; /* its first */
};

struct qotd_text qotd_text_walk(struct span text);

/* The next quote; false: there is none any more. */
bool qotd_text_next(struct qotd_text *walk, struct qotd_text_quote *quote)
    __attribute__((warn_unused_result));

/*
 * Writes QUOTE as it is sent to OUT, QOTD_TEXT_MAX bytes of room, and its
 * length to *LEN: each line ends with CR LF, a tab is spaces up to the next
 * column of eight. Returns NULL, or what forbids to send it. RFC 865 would have
 * ASCII's printing characters alone; DEVIATES: the others of UTF-8 are let
 * through, because quotes are in all languages, but no control characters.
 */
const char *qotd_text_wire(struct span quote, struct space out, size_t *len)
    __attribute__((warn_unused_result));

#endif
