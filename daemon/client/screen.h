/* screen.h — where results go: standard output, in colour or not. */
#ifndef NETLAB_CLIENT_SCREEN_H
#define NETLAB_CLIENT_SCREEN_H

#include "client/options.h"
#include "client/style.h"
#include "core/span.h"

#include <stdbool.h>
#include <stdio.h>

enum { SCREEN_WIDTH = 80 }; /* where nothing says how wide it is */

struct screen {
	FILE *out;
	bool has_color;
	bool is_terminal;
	bool is_utf8;   /* else letters beyond ASCII are written in it */
	unsigned width; /* columns, at least 40 */
};

/*
 * Standard output as OPTIONS and the environment have it: --color wins; else no
 * colour where NO_COLOR is not empty or TERM is dumb; else CLICOLOR_FORCE (not
 * empty, not 0) has it in any case; else colour is for terminals. Width: the
 * terminal's, else COLUMNS, else SCREEN_WIDTH.
 */
void screen_open(struct screen *screen, const struct options *options);

/* What begins STYLE and what ends it: "" without colour. Static. */
const char *screen_begin(const struct screen *screen, enum style style);
const char *screen_end(const struct screen *screen, enum style style);

/* printf in STYLE. The text is ours, UTF-8; bytes of peers go by screen_bytes.
 * Both write ASCII where the locale has no more: "->" for an arrow. */
void screen_print(const struct screen *screen, enum style style,
    const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Bytes of a peer, made harmless (plain.h), in STYLE. */
void screen_bytes(
    const struct screen *screen, enum style style, struct span bytes);

/* Columns that TEXT, which screen_bytes would write as it is, takes; and how
 * many of its bytes, in whole characters, take COLUMNS at most. */
unsigned screen_columns(const struct screen *screen, struct span text);
size_t screen_fit(
    const struct screen *screen, struct span text, unsigned columns);

/* COUNT blanks. */
void screen_blanks(const struct screen *screen, unsigned count);

#endif
