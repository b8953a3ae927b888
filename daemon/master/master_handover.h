/*
 * master_handover.h — what a master leaves to the program that takes its place
 * (SIGUSR2), as text: same process, other program, so that all that it has is
 * named by descriptors and process numbers. Pure.
 *
 * Lines, each of a word and values behind spaces:
 *
 *   netlabd-handover 1
 *   process PID                 who leaves and who takes over
 *   generation NUMBER           the last one; the next counts on
 *   timeout MS                  for a stop that comes before the configuration
 *   user NAME                   what only a start can change
 *   group NAME
 *   pidfile FD PATH             open and locked; none: no line
 *   admin FD                    the listening socket beside it
 *   pending reload|upgrade      asked for meanwhile
 *   peer FD reload|upgrade none|next|this
 *   worker PID ROLE SLOT GENERATION FD STARTED_MS KILL_AT_MS ready|draining
 *   socket FD stored|new NAME   whether the service manager has it as well
 *   end
 *
 * Whoever reads refuses what it does not know: a change of any line is another
 * number in the first. The workers hear core/control.h's DRAIN, STOP and RETIRE
 * from the next program, so that these are part of that number.
 */
#ifndef NETLAB_MASTER_MASTER_HANDOVER_H
#define NETLAB_MASTER_MASTER_HANDOVER_H

#include "master/master.h"
#include "master/master_listen.h"

#include <stdio.h>

struct master_handover_worker {
	pid_t pid;
	enum role role;
	unsigned slot, generation;
	int control;
	uint64_t started_ms, kill_at_ms; /* as in struct master_worker */
	bool is_draining;
};

struct master_handover_peer {
	int fd;
	enum master_work work;
	enum master_wait wait;
};

struct master_handover {
	pid_t pid;
	unsigned generation;
	uint32_t timeout_ms;
	char user[SETTINGS_NAME_MAX], group[SETTINGS_NAME_MAX];
	int pidfile; /* -1: none */
	char pidfile_path[SETTINGS_PATH_MAX];
	int admin; /* -1: none */
	bool is_pending[MASTER_WORK_COUNT];
	struct master_handover_peer peers[MASTER_ADMIN_PEER_MAX];
	size_t peer_count;
	struct master_handover_worker *workers;
	size_t worker_count;
	struct master_named_socket *sockets;
	size_t socket_count;
};

#define MASTER_HANDOVER_FIRST "netlabd-handover 1"

/* The words of the text. */
extern const char *const master_handover_works[MASTER_WORK_COUNT];
extern const char *const master_handover_waits[MASTER_WAIT_COUNT];

/* Nothing to hand over; to be released. */
struct master_handover master_handover_empty(void);

/* A place for one more, zeroed; NULL: no memory. HANDOVER owns it. */
struct master_handover_worker *master_handover_add_worker(
    struct master_handover *handover) __attribute__((warn_unused_result));
struct master_named_socket *master_handover_add_socket(
    struct master_handover *handover) __attribute__((warn_unused_result));

/* Frees the memory; descriptors are left alone. */
void master_handover_release(struct master_handover *handover);

/* Writes HANDOVER's text to OUT. */
void master_handover_write(const struct master_handover *handover, FILE *out);

/* Reads TEXT, which it takes apart, into OUT, which the caller releases.
 * Returns 0, or the number of the line that is wrong; then OUT holds nothing.
 * What the descriptors are is not looked at. */
unsigned master_handover_read(char *text, struct master_handover *out)
    __attribute__((warn_unused_result));

#endif
