/* conf_owner.h — whose files are that a load makes. Loader process (and -t)
 * only. */
#ifndef NETLAB_CORE_CONF_OWNER_H
#define NETLAB_CORE_CONF_OWNER_H

#include "core/conf.h"

#include <sys/stat.h>
#include <sys/types.h>

/*
 * Gives FD, a file that was made just now, to the user and group that the
 * daemon becomes by CONF, whose grammar has both, where root makes it: a reload
 * finds it as that user. Where that fails the file stays root's, and a reload
 * tells.
 */
void conf_owner_give(const struct conf *conf, int fd);

/* Whom root becomes by CONF; false: not root, or nobody. */
bool conf_owner_uid(const struct conf *conf, uid_t *uid);

/* Tells CONF's report whom else the secret in file PATH, of ST, is known to,
 * and what a reload would not find: early. WHAT: "these keys, or write them".
 */
void conf_owner_check_secret(const struct conf *conf, const char *path,
    const struct stat *st, const char *what);

#endif
