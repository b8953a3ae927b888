/* small_discard.h — the Discard Protocol, RFC 863, from the client's side. */
#ifndef NETLAB_CLIENT_SMALL_SMALL_DISCARD_H
#define NETLAB_CLIENT_SMALL_SMALL_DISCARD_H

#include "client/options.h"

/* The whole verb: ARGUMENTS are a host and perhaps a text. */
int small_discard(const struct options *options, char **arguments)
    __attribute__((warn_unused_result));

#endif
