/* status_watch.h — looks at the daemon, one or many. */
#ifndef NETLAB_CLIENT_STATUS_STATUS_WATCH_H
#define NETLAB_CLIENT_STATUS_STATUS_WATCH_H

#include "client/options.h"

/* One look at the daemon that has PIDFILE, printed. Returns the exit status. */
int status_watch_once(const struct options *options, const char *pidfile);

/* A look each OPTIONS->watch_ms, until there were OPTIONS->count or nobody
 * reads; an interrupt or SIGTERM ends the process with VERB_GOOD. The first has
 * to find the daemon; later ones print that it is away. Returns the last look's
 * exit status. */
int status_watch(const struct options *options, const char *pidfile);

#endif
