/* loader_identity.h — the keys that say whom the daemon becomes: user and
 * group. Loader process (and -t) only. */
#ifndef NETLAB_LOADER_LOADER_IDENTITY_H
#define NETLAB_LOADER_LOADER_IDENTITY_H

#include "core/conf.h"
#include "core/settings.h"

/* Reads them from CONF into SETTINGS. Mistakes go to the report. As root, looks
 * both up in the system's tables. */
void loader_identity_read(const struct conf *conf, struct settings *settings);

#endif
