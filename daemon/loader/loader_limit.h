/*
 * loader_limit.h — the keys that say who gets how many answers: of the roles
 * whose services answer whatever comes. Loader process (and -t) only.
 */
#ifndef NETLAB_LOADER_LOADER_LIMIT_H
#define NETLAB_LOADER_LOADER_LIMIT_H

#include "core/conf.h"
#include "core/settings.h"

/* ROLE's keys, ending in CFG_END: none for a role that has no limits. */
const cfg_opt_t *loader_limit_options(enum role role);

/* Reads them from ROLE's section. Mistakes go to the report. */
void loader_limit_read(
    const struct conf *conf, enum role role, struct settings_limit *limit);

#endif
