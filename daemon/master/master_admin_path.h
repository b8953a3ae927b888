/* master_admin_path.h — where the admin socket is. Any process. */
#ifndef NETLAB_MASTER_MASTER_ADMIN_PATH_H
#define NETLAB_MASTER_MASTER_ADMIN_PATH_H

#include <stdbool.h>
#include <sys/un.h>

/* The address beside PIDFILE: ".ctl" in the place of ".pid", or behind a name
 * that does not end so. false: it is too long for a socket's name. */
bool master_admin_path(const char *pidfile, struct sockaddr_un *address)
    __attribute__((warn_unused_result));

#endif
