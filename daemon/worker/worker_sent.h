/* worker_sent.h — when replies left: the kernel's stamps of them. */
#ifndef NETLAB_WORKER_WORKER_SENT_H
#define NETLAB_WORKER_WORKER_SENT_H

#include "worker/worker_loop.h"

/* Bytes of a reply: no stamp of a longer one is told. */
enum { WORKER_SENT_BYTES_MAX = 256 };

/*
 * Reads the stamps that have come back to LISTENER's error queue, a few at most
 * (what is left makes the socket ready again), and tells the service of each.
 * They may be of replies that another worker sent through this socket.
 */
void worker_sent_read(const struct worker_listener *listener);

#endif
