/* master_probe.h — before a program takes over: could it have all addresses? */
#ifndef NETLAB_MASTER_MASTER_PROBE_H
#define NETLAB_MASTER_MASTER_PROBE_H

#include "core/settings.h"
#include "master/master_handover.h"

/*
 * Whether the addresses of SETTINGS that HANDOVER brings no socket for are
 * free; those that are not are told to TELL, as errors. An address near one
 * that it does bring, and any where somebody else's sockets are among them,
 * passes unseen. For whom it is to be of use, the process has the rights of the
 * master. Binds each, and lets go of it at once.
 */
bool master_probe(const struct settings *settings,
    const struct master_handover *handover,
    void (*tell)(void *context, bool is_error, const char *line), void *context)
    __attribute__((warn_unused_result));

#endif
