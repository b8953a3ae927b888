/* small_time.h — the Time Protocol, RFC 868, from the client's side. */
#ifndef NETLAB_CLIENT_SMALL_SMALL_TIME_H
#define NETLAB_CLIENT_SMALL_SMALL_TIME_H

#include "client/options.h"

/* The whole verb. */
int small_time(const struct options *options, const char *host)
    __attribute__((warn_unused_result));

#endif
