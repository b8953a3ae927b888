/* small_chargen.h — the Character Generator Protocol, RFC 864, from the
 * client's side. */
#ifndef NETLAB_CLIENT_SMALL_SMALL_CHARGEN_H
#define NETLAB_CLIENT_SMALL_SMALL_CHARGEN_H

#include "client/options.h"

/* The whole verb: lines of a stream, or datagrams, as many as -c says. */
int small_chargen(const struct options *options, const char *host)
    __attribute__((warn_unused_result));

#endif
