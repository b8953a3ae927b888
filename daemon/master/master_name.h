/*
 * master_name.h — what a socket of ours is called where somebody keeps it for
 * the next program: in the service manager's fd store (FDNAME, sd_notify(3)),
 * and in LISTEN_FDNAMES. Pure.
 */
#ifndef NETLAB_MASTER_MASTER_NAME_H
#define NETLAB_MASTER_MASTER_NAME_H

#include "core/heritage.h"

#include <stdbool.h>

/* Room for every name and its NUL; MASTER_ADOPT_MAX of them fit into what
 * execve takes as one string of the environment (128 KiB). */
enum { MASTER_NAME_MAX = 120 };

/*
 * Writes the name of SLOT's SOCKET to OUT and returns OUT: service, transport,
 * address and slot, such as "netlabd-dns-udp-[2001_db8__1]_53-0", and a mark
 * where a PROXY header is expected. No two listeners have the same. A colon
 * would end a name of LISTEN_FDNAMES, hence '_'.
 */
const char *master_name_make(const struct heritage_socket *socket,
    unsigned slot, char out[MASTER_NAME_MAX]);

/* Whether master_name_make, of this version or another, can have called a
 * socket of ADDR so. What others pass in may well begin in the same way:
 * netlabd-http.socket is the name of a unit. */
bool master_name_is_ours(
    const char *name, const struct addr *addr, enum transport transport);

/* Whether the socket called NAME may be what is in the way on ADDR: one of ours
 * of that family and port, or one that somebody has passed in, which may be
 * anywhere. */
bool master_name_may_hold(
    const char *name, const struct addr *addr, enum transport transport);

#endif
