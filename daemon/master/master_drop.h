/* master_drop.h — rights given up, and the proof that they are gone. */
#ifndef NETLAB_MASTER_MASTER_DROP_H
#define NETLAB_MASTER_MASTER_DROP_H

#include "core/settings.h"

#include <stdbool.h>
#include <sys/types.h>

/* Who the daemon becomes. */
struct master_identity {
	bool is_root; /* started as root: there is an identity to change */
	uid_t uid;
	gid_t gid;
};

/* Looks up user and group, where we are root. false: logged. */
bool master_drop_look_up(const struct settings *settings,
    struct master_identity *identity) __attribute__((warn_unused_result));

/*
 * Master: becomes IDENTITY (SETTINGS names it, for its groups), keeps
 * CAP_NET_BIND_SERVICE where it has it and nothing else, for good
 * (no_new_privs), and proves that root does not come back. false: logged; the
 * process must not go on.
 */
bool master_drop(const struct master_identity *identity,
    const struct settings *settings) __attribute__((warn_unused_result));

/* Master, before it executes its successor: CAP_NET_BIND_SERVICE, where it has
 * it, outlives the exec. A failure is logged: the ports that are open stay so.
 * master_drop_keep: there was no exec, so it is ours alone again. */
void master_drop_pass_on(void);
void master_drop_keep(void);

/* Worker: drops the last capability. false: logged. */
bool master_drop_all(void) __attribute__((warn_unused_result));

#endif
