/* status_ask.h — the daemon's admin socket (core/admin.h), the asking side. */
#ifndef NETLAB_CLIENT_STATUS_STATUS_ASK_H
#define NETLAB_CLIENT_STATUS_STATUS_ASK_H

#include "core/settings.h"
#include "core/span.h"

#include <stdbool.h>

enum { STATUS_ASK_WHY_MAX = SETTINGS_PATH_MAX + 128 };

/* How it went: an exit status, and in one line why it is not VERB_GOOD. */
struct status_ask {
	int status;
	char why[STATUS_ASK_WHY_MAX];
};

/* Writes the pidfile that the configuration FILE names to PIDFILE; whatever
 * else is in it, right or wrong, does not matter. Returns VERB_GOOD; VERB_USAGE
 * and has complained: it cannot be read, or names none. */
int status_ask_pidfile(const char *file, char pidfile[SETTINGS_PATH_MAX])
    __attribute__((warn_unused_result));

/*
 * Asks the daemon that has PIDFILE, waiting no longer than TIMEOUT_MS. Returns
 * the text, which the caller frees, and its LEN; NULL: ASK says why.
 */
char *status_ask(const char *pidfile, int timeout_ms, size_t *len,
    struct status_ask *ask) __attribute__((warn_unused_result));

#endif
