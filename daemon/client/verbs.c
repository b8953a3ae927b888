/* verbs.c — the table of all verbs, in the order of `netlab help`. */
#include "client/verbs.h"

#include <string.h>

const struct verb *const verbs[] = {
    &verb_dns,
    &verb_get,
    &verb_ntp,
    &verb_small_time,
    &verb_small_daytime,
    &verb_small_qotd,
    &verb_small_echo,
    &verb_small_discard,
    &verb_small_chargen,
    &verb_small_upper,
    &verb_small_hello,
    &verb_chat,
    &verb_sniff,
    &verb_explain,
    &verb_status,
};

const unsigned verbs_count = sizeof(verbs) / sizeof(verbs[0]);

const struct verb *
verbs_find(const char *name)
{
	for (unsigned i = 0; i < verbs_count; i++)
		if (strcmp(verbs[i]->name, name) == 0)
			return verbs[i];
	return NULL;
}
