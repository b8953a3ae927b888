/* conf_check.c — every mistake in a configuration file in one pass: the walk
 * over its statements and sections. */
#include "core/conf_check.h"

#include "core/conf_check_key.h"
#include "core/conf_lex.h"
#include "core/conf_reader.h"
#include "core/conf_seen.h"

#include <stdlib.h>
#include <string.h>

/* --------------------------------------------------------------- sections */

/* Whether the title, a token or CONF_NONE, is what a section of OPT wants. */
static void
check_title(struct conf_reader *reader, const cfg_opt_t *opt,
    const struct conf_lex_token *key, size_t title)
{
	char shown[CONF_READER_SHOWN_MAX];

	if ((opt->flags & CFGF_TITLE) == 0) {
		if (title != CONF_NONE)
			conf_reader_mistake(reader, key->line,
			    "section %s takes no name: %s", opt->name,
			    conf_reader_show(
			        reader, &reader->tokens[title], shown));
	} else if (title == CONF_NONE) {
		conf_reader_mistake(reader, key->line,
		    "section %s wants a name, like %s \"name\" { ... }",
		    opt->name, opt->name);
	} else if (reader->tokens[title].kind != CONF_LEX_STRING) {
		conf_reader_mistake(reader, key->line,
		    "the name of section %s stands in double quotes, not %s",
		    opt->name,
		    conf_reader_show(reader, &reader->tokens[title], shown));
	}
}

static void body(
    struct conf_check_walk *check, const cfg_opt_t *options, size_t section);

/* A known section, read up to its opening brace. Its keys are checked even
 * where it is wrong itself. */
static void
known_block(struct conf_check_walk *check, const cfg_opt_t *opt, size_t parent,
    size_t first, size_t title)
{
	struct conf_reader *reader = &check->reader;
	const struct conf_lex_token *key = &reader->tokens[first];
	struct conf_section section = {
	    .parent = parent,
	    .opt = opt,
	    .line = key->line,
	    .first = CONF_NONE,
	    .title = title,
	};
	unsigned before = reader->mistakes;
	const struct conf_section *twin =
	    conf_seen_twin(&check->seen, &section);
	char shown[CONF_READER_SHOWN_MAX];

	check_title(reader, opt, key, title);
	if (twin != NULL)
		conf_reader_mistake(reader, key->line,
		    "section %s%s%s is already there on line %u", opt->name,
		    title == CONF_NONE ? "" : " ",
		    title == CONF_NONE ? ""
		                       : conf_reader_show(reader,
		                             &reader->tokens[title], shown),
		    twin->line);
	section.is_lost = reader->mistakes != before || check->seen.muted > 0;
	size_t index = conf_seen_section(&check->seen, section);

	if (index == CONF_NONE)
		return;
	check->seen.muted += section.is_lost;
	conf_seen_copy(&check->seen, first, reader->at);
	body(check, opt->subopts, index);
	check->seen.muted -= section.is_lost;
}

/* "KEY {" or "KEY TITLE {"; the reader stands behind the key. */
static void
block(struct conf_check_walk *check, const cfg_opt_t *options, size_t section,
    size_t first)
{
	struct conf_reader *reader = &check->reader;
	const struct conf_lex_token *key = &reader->tokens[first];
	const cfg_opt_t *opt = conf_check_key_find(reader, options, key);
	size_t title = CONF_NONE;

	if (conf_reader_peek_kind(reader) != CONF_LEX_OPEN) {
		title = reader->at;
		conf_reader_next(reader);
	}
	conf_reader_next(reader);
	if (opt != NULL && opt->type == CFGT_SEC) {
		known_block(check, opt, section, first, title);
		return;
	}
	if (opt == NULL)
		conf_check_key_unknown(check, options, section, key, "section");
	else
		conf_reader_mistake(
		    reader, key->line, "'=' is missing behind '%s'", opt->name);
	conf_reader_skip_block(reader);
}

/* True where the key's name is followed by a brace, maybe with a title
 * between. */
static bool
is_block(struct conf_reader *reader)
{
	const struct conf_lex_token *token = conf_reader_peek(reader);

	if (token->kind == CONF_LEX_OPEN)
		return true;
	return (token->kind == CONF_LEX_STRING ||
	           (token->kind == CONF_LEX_WORD && !token->is_first)) &&
	       reader->tokens[reader->at + 1].kind == CONF_LEX_OPEN;
}

static void
statement(
    struct conf_check_walk *check, const cfg_opt_t *options, size_t section)
{
	struct conf_reader *reader = &check->reader;
	size_t first = reader->at;
	char shown[CONF_READER_SHOWN_MAX];

	conf_reader_next(reader);
	if (conf_reader_peek_kind(reader) == CONF_LEX_EQUALS) {
		conf_check_key_read(check, options, section, first);
	} else if (is_block(reader)) {
		block(check, options, section, first);
	} else {
		const struct conf_lex_token *key = &reader->tokens[first];
		const cfg_opt_t *opt =
		    conf_check_key_find(reader, options, key);

		if (opt == NULL)
			conf_check_key_unknown(
			    check, options, section, key, "key");
		else
			conf_reader_mistake(reader, key->line,
			    "%s is missing behind %s",
			    opt->type == CFGT_SEC ? "'{'" : "'='",
			    conf_reader_show(reader, key, shown));
		conf_reader_recover(reader);
	}
}

/* The keys of SECTION. */
static const cfg_opt_t *
options_of(const struct conf_check_walk *check, size_t section)
{
	return section == 0 ? check->root
	                    : check->seen.out->sections[section].opt->subopts;
}

/* True before a section inside of another one that has no such key, while one
 * around it has: the closing brace between them was forgotten. */
static bool
is_brace_forgotten(struct conf_check_walk *check, size_t section)
{
	struct conf_reader *reader = &check->reader;
	const struct conf_lex_token *key = conf_reader_peek(reader);
	const struct conf_lex_token *behind = &reader->tokens[reader->at + 1];

	if (behind->kind == CONF_LEX_STRING)
		behind++;
	if (behind->kind != CONF_LEX_OPEN)
		return false;
	for (bool is_inner = true;; is_inner = false) {
		const cfg_opt_t *opt = conf_check_key_find(
		    reader, options_of(check, section), key);

		if (opt != NULL)
			return !is_inner && opt->type == CFGT_SEC;
		if (section == 0)
			return false;
		section = check->seen.out->sections[section].parent;
	}
}

static void
close_section(struct conf_check_walk *check, size_t section)
{
	if (section != 0)
		conf_seen_put(&check->seen, "} ");
}

/* The end of the file, or of what can belong to SECTION, where '}' should have
 * been. */
static void
end_unclosed(struct conf_check_walk *check, size_t section)
{
	struct conf_reader *reader = &check->reader;

	if (section != 0)
		conf_reader_mistake(reader,
		    check->seen.out->sections[section].line,
		    "section %s has no closing '}'",
		    conf_check_key_section(check, section));
	close_section(check, section);
}

/* The statements of a section, up to its closing brace. Recursion is as deep
 * as the grammar's sections lie in each other. */
static void
body(struct conf_check_walk *check, const cfg_opt_t *options, size_t section)
{
	struct conf_reader *reader = &check->reader;
	char shown[CONF_READER_SHOWN_MAX];

	for (;;) {
		const struct conf_lex_token *token = conf_reader_peek(reader);

		if (token->kind == CONF_LEX_CLOSE && section != 0) {
			conf_reader_next(reader);
			close_section(check, section);
			return;
		}
		if (token->kind == CONF_LEX_END ||
		    (token->kind == CONF_LEX_WORD &&
		        is_brace_forgotten(check, section))) {
			end_unclosed(check, section);
			return;
		}
		if (token->kind == CONF_LEX_WORD) {
			statement(check, options, section);
			continue;
		}
		conf_reader_mistake(reader, token->line,
		    "a key should stand here, not %s",
		    conf_reader_show(reader, token, shown));
		conf_reader_next(reader);
		if (token->kind == CONF_LEX_OPEN)
			conf_reader_skip_block(reader);
		conf_reader_recover(reader);
	}
}

/* -------------------------------------------------------------- the whole */

static bool
run(struct conf_check_walk *check, struct conf_checked *out)
{
	const struct conf_section root = {
	    .parent = CONF_NONE,
	    .line = 1,
	    .first = CONF_NONE,
	    .title = CONF_NONE,
	};

	if (!conf_seen_open(&check->seen, &check->reader, out))
		return false;
	if (conf_seen_section(&check->seen, root) != CONF_NONE)
		body(check, check->root, 0);
	return conf_seen_close(&check->seen);
}

bool
conf_check(const char *file, const char *text, size_t len,
    const cfg_opt_t *options, struct report *report, struct conf_checked *out)
{
	*out = (struct conf_checked){0};
	struct conf_lex_token *tokens = conf_lex(text, len);
	struct conf_check_walk check = {
	    .reader =
	        {
	            .file = file,
	            .text = text,
	            .tokens = tokens,
	            .report = report,
	        },
	    .root = options,
	};

	if (tokens == NULL)
		return false;
	bool is_done = run(&check, out);

	free(tokens);
	if (!is_done)
		conf_check_release(out);
	return is_done;
}

const struct conf_place *
conf_check_find(const struct conf_checked *checked, size_t section,
    const char *key, unsigned index)
{
	size_t at = checked->sections[section].first;

	while (at != CONF_NONE) {
		const struct conf_place *place = &checked->places[at];

		if (place->index == index && strcmp(place->key, key) == 0)
			return place;
		at = place->next;
	}
	return NULL;
}

void
conf_check_release(struct conf_checked *checked)
{
	free(checked->sections);
	free(checked->places);
	free(checked->text);
	*checked = (struct conf_checked){0};
}
