/* sniff_rights.h — the rights that a capture is opened with, given up before a
 * packet is looked at. */
#ifndef NETLAB_CLIENT_SNIFF_SNIFF_RIGHTS_H
#define NETLAB_CLIENT_SNIFF_SNIFF_RIGHTS_H

#include <stdbool.h>
#include <sys/types.h>

/* Who this process is to be. */
struct sniff_rights {
	bool is_root;   /* it has a user to change to */
	bool is_nobody; /* which is nobody: whose files are not the user's */
	uid_t uid;
	gid_t gid;
};

/* Root becomes the user who called sudo (SUDO_UID, SUDO_GID), or nobody; a
 * set-uid program its user; anybody else stays who they are. */
struct sniff_rights sniff_rights_plan(void);

/*
 * Becomes that, for ever: user, groups, capabilities, and no_new_privs; and
 * tries whether it could be undone. Where the user cannot be changed, as in a
 * user namespace with one user, the capabilities go nevertheless. Returns
 * VERB_GOOD; VERB_MALFORMED and has complained: it did not work.
 */
int sniff_rights_drop(const struct sniff_rights *rights)
    __attribute__((warn_unused_result));

#endif
