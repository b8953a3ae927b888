/*
 * exchange.h — the messages that a verb sends and receives, shown as --hex and
 * --explain have it: on the screen at once, so that a question is seen although
 * no answer comes; or, with --json, all together at the end.
 */
#ifndef NETLAB_CLIENT_EXCHANGE_H
#define NETLAB_CLIENT_EXCHANGE_H

#include "client/dissect/dissect.h"
#include "client/options.h"
#include "client/screen.h"
#include "core/span.h"

#include <jansson.h>

/* Of messages that are no answers, no more are shown: whoever floods us has no
 * hold on memory. */
enum { EXCHANGE_PASSED_MAX = 8 };

struct exchange {
	const struct options *options; /* borrowed */
	const struct screen *screen;   /* borrowed */
	json_t *messages;              /* with --json; else NULL */
	unsigned count;                /* messages so far */
};

void exchange_open(struct exchange *exchange, const struct options *options,
    const struct screen *screen);

/*
 * A message went over the wire: TITLE says which ("Query to 127.0.0.1:53, UDP,
 * 28 bytes" is made of it, "query", and of PLACE, a reach_name). Nothing is
 * kept of BYTES. Does nothing where neither --hex nor --explain is given.
 */
void exchange_sent(struct exchange *exchange, const char *title,
    const char *place, struct span bytes, dissector *dissect);
void exchange_received(struct exchange *exchange, const char *title,
    const char *place, struct span bytes, dissector *dissect);

/* With --json and --hex or --explain: sets "wire" of OBJECT, an array of
 * {"title", "sent", "place", "bytes" (hexadecimal), with --explain "fields"}.
 * Ends EXCHANGE in any case. */
void exchange_end(struct exchange *exchange, json_t *object);

#endif
