/* master_limit.h — resource limits. */
#ifndef NETLAB_MASTER_MASTER_LIMIT_H
#define NETLAB_MASTER_MASTER_LIMIT_H

#include "core/settings.h"

/* Lets a process of ours open as many descriptors as SETTINGS may need of the
 * busiest role's worker, and turns core files off. What cannot be had is
 * logged as a warning; children inherit it. */
void master_limit_raise(const struct settings *settings);

#endif
