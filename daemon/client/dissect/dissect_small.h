/* dissect_small.h — see each function. Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_SMALL_H
#define NETLAB_CLIENT_DISSECT_DISSECT_SMALL_H

#include "client/dissect/dissect.h"

/* What the time service answers: 32 bits of seconds (RFC 868). */
dissector dissect_small_time;

/* Lines of text, as echo, daytime, qotd and the chat have them. */
dissector dissect_small_text;

#endif
