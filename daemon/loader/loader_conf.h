/*
 * loader_conf.h — netlabd.conf: its grammar, put together from the table of
 * services, and its meaning, struct settings. Loader process (and -t) only.
 */
#ifndef NETLAB_LOADER_CONF_H
#define NETLAB_LOADER_CONF_H

#include "core/conf.h"
#include "core/settings.h"
#include "service.h"

/* The services that the grammar is made of. */
struct loader_table {
	const struct service *const *services;
	unsigned count;
};

enum {
	LOADER_ROLE_KEYS = 64, /* in one role's section */
	LOADER_TOP_KEYS = 16,
};

/* libconfuse's option arrays; those of a role that lives in another's section
 * are among the other's. Large: not for the stack of a deep call. */
struct loader_grammar {
	cfg_opt_t roles[ROLE_COUNT][LOADER_ROLE_KEYS];
	cfg_opt_t top[LOADER_TOP_KEYS];
};

/* Fills GRAMMAR, to be given to conf_open as GRAMMAR->top and to stay in place
 * until conf_close. It points to TABLE's options. */
void loader_conf_grammar(
    struct loader_grammar *grammar, const struct loader_table *table);

/*
 * Checks what the keys of the whole file mean, but for the services' own, and
 * fills SETTINGS. Mistakes go to the report of CONF. As root, looks user and
 * group up in the system's tables.
 */
void loader_conf_settings(const struct conf *conf,
    const struct loader_table *table, struct settings *settings);

/* The section with SERVICE's keys where the file names an address for any
 * service of TABLE that has its keys there, right or wrong, so that the keys of
 * all of them are checked; NULL: nothing of it is to be served. */
cfg_t *loader_conf_section(const struct conf *conf,
    const struct loader_table *table, const struct service *service);

#endif
