/*
 * loader_role.h — the keys that each role has: how many workers, and what
 * connections in them may do. Loader process (and -t) only.
 */
#ifndef NETLAB_LOADER_LOADER_ROLE_H
#define NETLAB_LOADER_LOADER_ROLE_H

#include "core/conf.h"
#include "core/settings.h"

enum { LOADER_ROLE_OPTIONS = 6 };

/* Writes ROLE's keys to OUT, ending in one without a name. Their names are
 * static. */
void loader_role_options(enum role role, cfg_opt_t out[LOADER_ROLE_OPTIONS]);

/* Reads them, and loader_limit.h's, into SETTINGS; the workers count as if the
 * role listened. A role that lives in another's section comes behind it.
 * Mistakes go to the report. */
void loader_role_read(
    const struct conf *conf, enum role role, struct settings *settings);

#endif
