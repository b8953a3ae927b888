/* worker_refuse.h — clients for whom there is no place hear so, where their
 * service has a word for it (service.full, service.too_many). */
#ifndef NETLAB_WORKER_WORKER_REFUSE_H
#define NETLAB_WORKER_WORKER_REFUSE_H

#include "worker/worker_loop.h"

/* Says TEXT, unless it is NULL, to the client on FD, which is to be closed
 * next. Does not wait: whoever cannot be told is not. */
void worker_refuse_say(int fd, const char *text);

/* The client on FD came to SERVICE while max_connections were open: tells it,
 * counts it, closes FD. To the log, once in a while. */
void worker_refuse_full(
    struct worker *worker, const struct worker_service *service, int fd);

#endif
