/*
 * conf_key.h — what keys of netlabd.conf have in common, those of rooms too: a
 * line, a number in its bounds, a list of addresses. Mistakes go to the report
 * of the file, each with its line. Loader process (and -t) only.
 */
#ifndef NETLAB_CORE_CONF_KEY_H
#define NETLAB_CORE_CONF_KEY_H

#include "core/conf.h"
#include "core/settings.h"

/* One key that is being checked; all is borrowed. */
struct conf_key {
	const struct conf *conf;
	cfg_t *section;
	const char *name;
};

/* Where KEY's value stands; 0: the file has none. */
unsigned conf_key_line(struct conf_key key);

/* Whether the file has KEY, its value right or wrong. */
bool conf_key_is_set(struct conf_key key);

/* "'KEY' WHAT" to the report, with KEY's line. */
void conf_key_tell(struct conf_key key, const char *what);

/* KEY's whole number; one that is not from LEAST to MOST is told, and LEAST
 * stands for it. */
uint32_t conf_key_number(struct conf_key key, long least, long most);

/* KEY's list of addresses and prefixes. What is none is told and left out. */
void conf_key_prefixes(struct conf_key key, struct settings_prefixes *out);

#endif
