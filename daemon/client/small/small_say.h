/* small_say.h — services that give back what is said: as it is, or changed. */
#ifndef NETLAB_CLIENT_SMALL_SMALL_SAY_H
#define NETLAB_CLIENT_SMALL_SMALL_SAY_H

#include "client/options.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * The whole verb: ARGUMENTS are a host and perhaps a text. IS_SAME: what comes
 * back is what was said, and all else is VERB_MALFORMED; its length says when
 * it is whole. Else a line feed at its end does, or the end of the connection.
 */
int small_say(const struct options *options, char **arguments, uint16_t port,
    bool is_same) __attribute__((warn_unused_result));

#endif
