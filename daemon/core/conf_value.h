/* conf_value.h — what stands behind "KEY =": one value or a list of them, each
 * of the type that the key wants. */
#ifndef NETLAB_CORE_CONF_VALUE_H
#define NETLAB_CORE_CONF_VALUE_H

#include "core/conf_seen.h"

#include <confuse.h>
#include <stddef.h>

/*
 * Reads the value of OPT, a key of section SECTION; its reader stands behind
 * the sign, FIRST is the key's token. What is right is recorded and handed on,
 * what is wrong is told; the reader then stands behind the value.
 */
void conf_value_read(
    struct conf_seen *seen, const cfg_opt_t *opt, size_t section, size_t first);

/* Behind "KEY =": steps over whatever value stands there. */
void conf_value_skip(struct conf_reader *reader);

#endif
