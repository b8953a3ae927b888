/*
 * master_refusal_holder.h — who has the address that we cannot have, as far as
 * this process may see it: as root, the process and its unit; else the user
 * alone. Reads /proc; for the moment of a failure.
 */
#ifndef NETLAB_MASTER_MASTER_REFUSAL_HOLDER_H
#define NETLAB_MASTER_MASTER_REFUSAL_HOLDER_H

#include "core/addr.h"

#include <sys/types.h>

enum { MASTER_REFUSAL_HOLDER_MAX = 8 };

struct master_refusal_holder {
	struct addr addr; /* of the socket that is in the way */
	uid_t uid;        /* whose it is */
	pid_t pid;        /* who has it open; 0: not to be seen. The rest is ""
	                     then. */
	char program[40]; /* the name of its executable */
	char unit[64];    /* of systemd, without ".service"; "": none */
};

/* Finds sockets of others that keep one of TRANSPORT from being bound to ADDR:
 * the likeliest ones, and of several of one holder on one address the first.
 * Writes them to OUT and returns how many; 0: none is to be seen. */
size_t master_refusal_holder_find(const struct addr *addr,
    enum transport transport,
    struct master_refusal_holder out[MASTER_REFUSAL_HOLDER_MAX]);

/* The unit, without ".service", of a process whose /proc/PID/cgroup has LINE,
 * written to OUT, CAP bytes. false: it says of none, or of one that is a
 * user's own. Pure. */
bool master_refusal_holder_unit(const char *line, char *out, size_t cap)
    __attribute__((warn_unused_result));

#endif
