/* master_status.h — what the daemon does, as text (core/status.h). */
#ifndef NETLAB_MASTER_MASTER_STATUS_H
#define NETLAB_MASTER_MASTER_STATUS_H

#include "master/master.h"

#include <stdio.h>

/* Writes the text to OUT as of NOW_MS, master_now_ms's; OUT's own state says
 * whether it took it. */
void master_status_write(
    const struct master *master, uint64_t now_ms, FILE *out);

/* A sealed memfd that holds the text of this moment; the caller owns it.
 * -1: errno. */
int master_status_take(const struct master *master)
    __attribute__((warn_unused_result));

#endif
