/*
 * master_refusal_why.h — who has an address that is in use, and what to do
 * about it, in words. What is seen is said as it is, what is guessed by a
 * socket's user or its port with "most likely". Master, for the moment of a
 * failure.
 */
#ifndef NETLAB_MASTER_MASTER_REFUSAL_WHY_H
#define NETLAB_MASTER_MASTER_REFUSAL_WHY_H

#include "core/settings.h"

enum { MASTER_REFUSAL_WHY_TEXT = 400 };

/* Is given CONTEXT, and WHY, borrowed for the call: "Address already in use:
 * nginx (pid 7) has it; stop it (systemctl disable --now nginx), or …". */
typedef void master_refusal_why_add(
    void *context, const struct settings_listen *listen, const char *why);

/* Calls ADD once for each who keeps LISTEN from being bound, and at least once.
 */
void master_refusal_why_tell(const struct settings_listen *listen,
    master_refusal_why_add *add, void *context);

#endif
