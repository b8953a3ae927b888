/* conf_suggest.h — which key was meant. Pure. */
#ifndef NETLAB_CORE_CONF_SUGGEST_H
#define NETLAB_CORE_CONF_SUGGEST_H

#include <confuse.h>
#include <stddef.h>

/*
 * The name in OPTIONS (ending in CFG_END) that is nearest to the LEN bytes of
 * WORD, in insertions, deletions, replacements and swaps of neighbours; NULL
 * where none is near enough to be a slip of the finger. Borrowed from OPTIONS.
 */
const char *conf_suggest(
    const cfg_opt_t *options, const char *word, size_t len);

#endif
