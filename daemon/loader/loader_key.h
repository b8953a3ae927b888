/*
 * loader_key.h — what keys of netlabd.conf have in common: a number in its
 * bounds, a list of addresses. Mistakes go to the report of the file, each with
 * its line. Loader process (and -t) only.
 */
#ifndef NETLAB_LOADER_LOADER_KEY_H
#define NETLAB_LOADER_LOADER_KEY_H

#include "core/conf.h"
#include "core/settings.h"

/* One key that is being checked. */
struct loader_key {
	const struct conf *conf;
	cfg_t *section;
	const char *name;
};

/* Where KEY's value stands; 0: the file has none. */
unsigned loader_key_line(const struct loader_key *key);

/* Whether the file has KEY, its value right or wrong. */
bool loader_key_is_set(const struct loader_key *key);

/* KEY's whole number; one that is not from LEAST to MOST is told, and LEAST
 * stands for it. */
uint32_t loader_key_number(const struct loader_key *key, long least, long most);

/* KEY's list of addresses and prefixes. What is none is told and left out. */
void loader_key_prefixes(
    const struct loader_key *key, struct settings_prefixes *out);

#endif
