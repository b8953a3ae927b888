/* chat_line.h — bytes of a connection → lines. Pure. */
#ifndef NETLAB_SERVICES_CHAT_LINE_H
#define NETLAB_SERVICES_CHAT_LINE_H

#include "core/span.h"

#include <stdbool.h>

enum {
	/* Bytes of a line, its end aside. */
	CHAT_LINE_MAX = 1024,
	/* What is left of a longer one: "[CUT]" goes behind it. */
	CHAT_LINE_CUT_MAX = CHAT_LINE_MAX - 5,
};

/* One connection's; all zeros: nothing was read yet. */
struct chat_line {
	bool has_ends;    /* there was an end: whoever sends one always does */
	bool is_dropping; /* the rest of a line that was cut is to go */
};

struct chat_line_piece {
	bool is_line;     /* TEXT is one */
	bool is_cut;      /* of which only the beginning is there */
	struct span text; /* without its end; borrowed from the bytes */
	size_t used;      /* bytes to go on behind, also without a line */
};

/*
 * The first line of BYTES. It ends at \n or \r\n; IS_LAST: whatever comes
 * behind BYTES begins another, since the connection is at its end, or has been
 * quiet and knows no line ends. Nothing to use: more has to come.
 */
struct chat_line_piece chat_line_next(
    struct chat_line *line, struct span bytes, bool is_last);

#endif
