/* master_handover_memory.h — the text of a handover in a sealed memory file,
 * which is what goes through the exec. */
#ifndef NETLAB_MASTER_MASTER_HANDOVER_MEMORY_H
#define NETLAB_MASTER_MASTER_HANDOVER_MEMORY_H

#include "master/master_handover.h"

/* Returns a memfd with HANDOVER's text, close-on-exec, which the caller owns;
 * -1: errno. */
int master_handover_memory_write(const struct master_handover *handover)
    __attribute__((warn_unused_result));

/*
 * Reads what FD, a descriptor of any kind, holds into OUT, which the caller
 * releases. FD is left open. false: it is not what the function above makes, or
 * not of a form that this program knows; told in the log.
 */
bool master_handover_memory_read(int fd, struct master_handover *out)
    __attribute__((warn_unused_result));

#endif
