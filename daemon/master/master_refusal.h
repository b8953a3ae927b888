/*
 * master_refusal.h — addresses that the kernel refuses us: what people are told
 * of each, and what it means for the process.
 */
#ifndef NETLAB_MASTER_MASTER_REFUSAL_H
#define NETLAB_MASTER_MASTER_REFUSAL_H

#include "core/settings.h"
#include "master/master_listen.h"

/* "FILE:LINE: 0.0.0.0:53 (udp): Address already in use", and how many more
 * there are; to TEXT, CAP bytes. */
void master_refusal_brief(const struct settings *settings,
    const struct master_listen_error *error, char *text, size_t cap);

/* A line for each to TELL, as errors: who has it, and what to do. Looks into
 * /proc. */
void master_refusal_tell(const struct settings *settings,
    const struct master_listen_error *error,
    void (*tell)(void *context, bool is_error, const char *line),
    void *context);

/* Whether they may be gone in a moment: an address in use may be that of a
 * daemon that is about to end, a missing one that of an interface that comes
 * up. Pure. */
bool master_refusal_may_pass(const struct master_listen_error *error);

/* What a start exits with: MASTER_EXIT_CONFIG where only a change of the
 * configuration or of the host helps, 1 where another start may. Pure. */
int master_refusal_exit_status(const struct master_listen_error *error);

#endif
