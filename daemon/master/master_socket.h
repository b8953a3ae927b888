/* master_socket.h — one socket: bound, with the options its service needs, or
 * looked at for what it is. */
#ifndef NETLAB_MASTER_MASTER_SOCKET_H
#define NETLAB_MASTER_MASTER_SOCKET_H

#include "core/addr.h"
#include "service.h"

#include <stdbool.h>

/*
 * A socket bound to ADDR beside those that this user already has there
 * (SO_REUSEPORT); TCP: listening. Non-blocking, close-on-exec. Returns it, or
 * -1: errno. The caller owns it.
 */
int master_socket_open(const struct addr *addr, enum transport transport,
    const struct service *service) __attribute__((warn_unused_result));

/* Gives FD, which somebody else has bound to ADDR, the same options. false:
 * errno (EISCONN: it has a peer, and hears nobody else); it is of no use then.
 */
bool master_socket_adopt(int fd, const struct addr *addr,
    enum transport transport, const struct service *service)
    __attribute__((warn_unused_result));

/* Whether nobody, not even ourselves, has a socket on ADDR. SO_REUSEPORT would
 * let a second daemon of the same user in without a word. false: errno. */
bool master_socket_is_free(const struct addr *addr, enum transport transport);

/* Whether FD is a socket as those on which the master talks to workers and to
 * who asks it: AF_UNIX, SOCK_SEQPACKET; listening, or a connection. */
bool master_socket_is_packet(int fd, bool is_listening);

/* "udp" or "tcp". */
const char *master_socket_transport_name(enum transport transport);

#endif
