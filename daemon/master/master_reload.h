/* master_reload.h — from one generation to the next. Whatever fails on the way,
 * the running one has not been touched. */
#ifndef NETLAB_MASTER_MASTER_RELOAD_H
#define NETLAB_MASTER_MASTER_RELOAD_H

#include "master/master.h"

/* Starts a loader on the configuration. */
void master_reload_begin(struct master *master);

/* A handler: the loader has something to say. */
void master_reload_collect(struct master *master, struct master_source *source);

/* The upcoming generation is READY: it is the current one now, and the old one
 * drains. */
void master_reload_commit(struct master *master);

/* Gives the reload up: how many mistakes there were goes to the log and to
 * whoever asked, and the first of them to the service manager; REASON in their
 * place where there were none. */
void master_reload_fail(struct master *master, const char *reason);

/* The daemon stops: forgets a reload that is under way. */
void master_reload_cancel(struct master *master);

/* How long the workers of a generation that goes may take, in milliseconds. */
uint32_t master_reload_drain_ms(const struct settings *settings);

/* What only a start heeds. */
struct master_fixed {
	const char *user, *group, *pidfile;
};

/* Warns of what SETTINGS has another value for, which needs a restart. */
void master_reload_warn(struct master *master, const struct master_fixed *fixed,
    const struct settings *settings);

/* A struct report's TELL, whose CONTEXT is the struct master: to the log, and
 * to whoever waits for this reload. Counts mistakes, and keeps the first. */
void master_reload_tell(void *context, bool is_error, const char *line);

/* Why the start or reload that runs fails, in a line for whoever sees no log:
 * its first mistake and how many more there are, REASON where there is none.
 * To OUT, CAP bytes. */
void master_reload_sum_up(
    const struct master *master, const char *reason, char *out, size_t cap);

#endif
