/* loader_identity.h — the keys that say whom the daemon becomes: user and
 * group. Loader process (and -t) only. */
#ifndef NETLAB_LOADER_LOADER_IDENTITY_H
#define NETLAB_LOADER_LOADER_IDENTITY_H

#include "core/conf.h"
#include "core/settings.h"

/* Reads them from CONF into SETTINGS; without 'group', the user's own, where
 * the system's tables have it. Mistakes go to the report: as root, names that
 * are not in these tables as well. */
void loader_identity_read(const struct conf *conf, struct settings *settings);

#endif
