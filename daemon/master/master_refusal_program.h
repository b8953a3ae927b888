/*
 * master_refusal_program.h — programs that are found on the ports that we want:
 * how they are known, and how one gets them to leave. Data.
 */
#ifndef NETLAB_MASTER_MASTER_REFUSAL_PROGRAM_H
#define NETLAB_MASTER_MASTER_REFUSAL_PROGRAM_H

#include <stddef.h>
#include <stdint.h>

enum { MASTER_REFUSAL_PROGRAM_PORTS = 6, MASTER_REFUSAL_PROGRAM_GUESSES = 4 };

struct master_refusal_program {
	const char *name; /* of its executable */
	const char *user; /* whose its sockets are; NULL: root's */
	const char *unit; /* of systemd, without ".service"; NULL: none */
	const char *cure; /* what to do; NULL: stop it */
	uint16_t ports[MASTER_REFUSAL_PROGRAM_PORTS]; /* where it is usual */
};

/* The program whose executable is called NAME; NULL: unknown. */
const struct master_refusal_program *master_refusal_program_find(
    const char *name);

/*
 * The programs that, by the name of the socket's USER (NULL: unknown), or as
 * root's by PORT, most likely have a socket there: those of USER alone where
 * there are any. Writes them to OUT and returns how many.
 */
size_t master_refusal_program_guess(const char *user, uint16_t port,
    const struct master_refusal_program *out[MASTER_REFUSAL_PROGRAM_GUESSES]);

#endif
