/* conf_check_key.c — "KEY = VALUE", and keys that are none. */
#include "core/conf_check_key.h"

#include "core/conf_suggest.h"
#include "core/conf_value.h"

#include <string.h>

const cfg_opt_t *
conf_check_key_find(const struct conf_reader *reader, const cfg_opt_t *options,
    const struct conf_lex_token *word)
{
	for (const cfg_opt_t *opt = options; opt->name != NULL; opt++)
		if (strlen(opt->name) == word->len &&
		    memcmp(opt->name, reader->text + word->start, word->len) ==
		        0)
			return opt;
	return NULL;
}

const char *
conf_check_key_section(const struct conf_check_walk *check, size_t section)
{
	const cfg_opt_t *opt = check->seen.out->sections[section].opt;

	return opt == NULL ? "" : opt->name;
}

void
conf_check_key_unknown(struct conf_check_walk *check, const cfg_opt_t *options,
    size_t section, const struct conf_lex_token *key, const char *kind)
{
	struct conf_reader *reader = &check->reader;
	const char *near =
	    conf_suggest(options, reader->text + key->start, key->len);
	const cfg_opt_t *top = conf_check_key_find(reader, check->root, key);
	const char *name = conf_check_key_section(check, section);
	char shown[CONF_READER_SHOWN_MAX];

	conf_reader_show(reader, key, shown);
	if (top != NULL)
		conf_reader_mistake(reader, key->line,
		    "unknown %s %s in section %s (it belongs outside of all "
		    "sections)",
		    kind, shown, name);
	else
		conf_reader_mistake(reader, key->line,
		    "unknown %s %s%s%s%s%s%s", kind, shown,
		    *name == '\0' ? "" : " in section ", name,
		    near == NULL ? "" : " (did you mean '",
		    near == NULL ? "" : near, near == NULL ? "" : "'?)");
}

/* "KEY = …" of a key that takes a value. FIRST: the key's token. */
static void
known_assignment(struct conf_check_walk *check, const cfg_opt_t *opt,
    size_t section, size_t first)
{
	struct conf_reader *reader = &check->reader;
	const struct conf_place *set =
	    conf_check_find(check->seen.out, section, opt->name, CONF_KEY);

	if (set == NULL) {
		conf_value_read(&check->seen, opt, section, first);
		return;
	}
	conf_reader_mistake(reader, reader->tokens[first].line,
	    "'%s' is already set on line %u", opt->name, set->line);
	conf_value_skip(reader);
}

void
conf_check_key_read(struct conf_check_walk *check, const cfg_opt_t *options,
    size_t section, size_t first)
{
	struct conf_reader *reader = &check->reader;
	const struct conf_lex_token *key = &reader->tokens[first];
	const cfg_opt_t *opt = conf_check_key_find(reader, options, key);

	conf_reader_next(reader);
	if (opt != NULL && opt->type != CFGT_SEC) {
		known_assignment(check, opt, section, first);
		return;
	}
	if (opt == NULL)
		conf_check_key_unknown(check, options, section, key, "key");
	else
		conf_reader_mistake(reader, key->line,
		    "'%s' is a section: it is followed by '{', not by '='",
		    opt->name);
	conf_value_skip(reader);
}
