/* master_obtain.h — where a listener's socket comes from: passed in, opened, or
 * shared with its neighbours. */
#ifndef NETLAB_MASTER_MASTER_OBTAIN_H
#define NETLAB_MASTER_MASTER_OBTAIN_H

#include "master/master_adopt.h"
#include "master/master_listen.h"

/* Takes the socket that was LISTENER's in the program before us, by its name.
 * false: there is none in ADOPTED. */
bool master_obtain_own(struct master *master, struct master_listener *listener,
    struct master_adopted *adopted) __attribute__((warn_unused_result));

/*
 * Takes any of ADOPTED (may be NULL) that is bound to LISTENER's address, or
 * binds one beside those that this user has there. Where that cannot be, since
 * FIRST, slot 0's (NULL: there is none, or LISTENER is it), is somebody else's,
 * the two share the one. false: errno.
 */
bool master_obtain(struct master *master, struct master_listener *listener,
    struct master_listener *first, struct master_adopted *adopted)
    __attribute__((warn_unused_result));

#endif
