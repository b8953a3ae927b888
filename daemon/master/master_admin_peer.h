/*
 * master_admin_peer.h — who asks at the admin socket: one place for each in
 * struct master, and what they are told. Nothing ever waits for a peer to read.
 */
#ifndef NETLAB_MASTER_MASTER_ADMIN_PEER_H
#define NETLAB_MASTER_MASTER_ADMIN_PEER_H

#include "master/master.h"

/* One more, by the connection FD, which is the place's from here on; where none
 * is free, whoever has asked nothing makes room. false: all wait for an
 * outcome, and FD is the caller's still. */
bool master_admin_peer_add(struct master *master, int fd, enum master_work work,
    enum master_wait wait) __attribute__((warn_unused_result));

/* Closes PEER's connection; its place is free. Nothing where it was. */
void master_admin_peer_end(
    struct master *master, struct master_admin_peer *peer);

/* Half of PEER's queue is free: lines leave the rest to the outcome. */
bool master_admin_peer_has_room(const struct master_admin_peer *peer);

/* Sends LINE behind KIND (core/admin.h). One who does not read loses it. */
void master_admin_peer_say(
    const struct master_admin_peer *peer, char kind, const char *line);

/* The same with a descriptor, as a good outcome: to one that has been sent
 * nothing before, so that its queue has room. FD stays the caller's. */
void master_admin_peer_say_with(
    const struct master_admin_peer *peer, const char *line, int fd);

#endif
