/* chat_paint.h — a line of the chat → its parts, and their colours. Pure but
 * for chat_paint_write. */
#ifndef NETLAB_CLIENT_CHAT_PAINT_H
#define NETLAB_CLIENT_CHAT_PAINT_H

#include "client/screen.h"
#include "core/span.h"

enum chat_paint_kind {
	CHAT_PAINT_SAID,   /* <NAME> TEXT */
	CHAT_PAINT_DIRECT, /* -> [NAME] TEXT, to us alone */
	CHAT_PAINT_NOTICE, /* "* …"; "| …", said before we came */
	CHAT_PAINT_ERROR,  /* "! …" */
	CHAT_PAINT_OTHER,
};

/* HEAD NAME TAIL, one after the other, are the line. */
struct chat_paint {
	enum chat_paint_kind kind;
	struct span head, name, tail; /* without a name: all is tail */
};

/* What LINE is made of. */
struct chat_paint chat_paint_read(struct span line);

/* The colour (ECMA-48 SGR: 32 …) of whoever is called NAME: always the same, in
 * whatever case it is written; not red, which errors are. */
unsigned chat_paint_color(struct span name);

/* LINE and a line's end to SCREEN, made harmless. */
void chat_paint_write(const struct screen *screen, struct span line);

#endif
