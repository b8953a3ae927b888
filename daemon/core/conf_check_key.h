/*
 * conf_check_key.h — what the walk over a configuration file (conf_check.c)
 * asks of a statement's key. Any process; mistakes go to the reader's report.
 */
#ifndef NETLAB_CORE_CONF_CHECK_KEY_H
#define NETLAB_CORE_CONF_CHECK_KEY_H

#include "core/conf_lex.h"
#include "core/conf_reader.h"
#include "core/conf_seen.h"

#include <confuse.h>
#include <stddef.h>

/* The walk. A section is named by its index in SEEN's, its keys by OPTIONS. */
struct conf_check_walk {
	struct conf_reader reader;
	struct conf_seen seen;
	const cfg_opt_t *root;
};

/* The option of OPTIONS that the token WORD names; NULL: none. */
const cfg_opt_t *conf_check_key_find(const struct conf_reader *reader,
    const cfg_opt_t *options, const struct conf_lex_token *word);

/* What SECTION is called; "": it is the root. */
const char *conf_check_key_section(
    const struct conf_check_walk *check, size_t section);

/* KEY, of that KIND ("key", "section"), stands for nothing in SECTION: says so,
 * with what was meant. */
void conf_check_key_unknown(struct conf_check_walk *check,
    const cfg_opt_t *options, size_t section, const struct conf_lex_token *key,
    const char *kind);

/* Reads "KEY = …", FIRST being the key's token; the reader stands before the
 * sign, and then behind the value. What is right is recorded. */
void conf_check_key_read(struct conf_check_walk *check,
    const cfg_opt_t *options, size_t section, size_t first);

#endif
