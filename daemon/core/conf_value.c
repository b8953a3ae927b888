/* conf_value.c — what stands behind "KEY =". */
#include "core/conf_value.h"

#include <string.h>
#include <strings.h>

/* ------------------------------------------------------------ one value */

static bool
check_integer(struct conf_reader *reader, const char *key,
    const struct conf_lex_token *token)
{
	const char *digits = reader->text + token->start;
	char shown[CONF_READER_SHOWN_MAX];
	bool is_negative = digits[0] == '-';
	size_t len = token->len - is_negative;

	digits += is_negative;
	for (size_t i = 0; i < len || len == 0; i++)
		if (len == 0 || digits[i] < '0' || digits[i] > '9') {
			conf_reader_mistake(reader, token->line,
			    "'%s' takes a whole number, not %s", key,
			    conf_reader_show(reader, token, shown));
			return false;
		}
	/* libconfuse would take it for octal. */
	if (len > 1 && digits[0] == '0') {
		conf_reader_mistake(reader, token->line,
		    "'%s' takes a number without leading zeros, not %s", key,
		    conf_reader_show(reader, token, shown));
		return false;
	}
	/* 18 digits always fit a long; no key needs more. */
	if (len > 18) {
		conf_reader_mistake(reader, token->line,
		    "the number %s for '%s' is too %s",
		    conf_reader_show(reader, token, shown), key,
		    is_negative ? "small" : "large");
		return false;
	}
	return true;
}

/* Digits, maybe with a point between them: libconfuse would take hexadecimal
 * digits, exponents, infinity. */
static bool
check_decimal(struct conf_reader *reader, const char *key,
    const struct conf_lex_token *token)
{
	const char *text = reader->text + token->start;
	char shown[CONF_READER_SHOWN_MAX];
	size_t whole = 0, points = 0, digits = 0;

	for (; whole < token->len; whole++) {
		if (text[whole] >= '0' && text[whole] <= '9')
			digits++;
		else if (text[whole] == '.' && digits > 0)
			points++;
		else
			break;
	}
	if (whole == token->len && points <= 1 && digits > 0 && digits <= 18 &&
	    text[whole - 1] != '.')
		return true;
	conf_reader_mistake(reader, token->line,
	    "'%s' takes a number like 2 or 0.5, not %s", key,
	    conf_reader_show(reader, token, shown));
	return false;
}

static bool
check_boolean(struct conf_reader *reader, const char *key,
    const struct conf_lex_token *token)
{
	static const char *const words[] = {
	    "true", "false", "yes", "no", "on", "off"};
	char shown[CONF_READER_SHOWN_MAX];

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i]) == token->len &&
		    strncasecmp(
		        reader->text + token->start, words[i], token->len) == 0)
			return true;
	conf_reader_mistake(reader, token->line,
	    "'%s' takes true or false, not %s", key,
	    conf_reader_show(reader, token, shown));
	return false;
}

static bool
check_string(struct conf_reader *reader, const char *key,
    const struct conf_lex_token *token)
{
	char shown[CONF_READER_SHOWN_MAX];

	if (token->kind == CONF_LEX_STRING)
		return true;
	conf_reader_mistake(reader, token->line,
	    "'%s' takes text in double quotes, not %s", key,
	    conf_reader_show(reader, token, shown));
	return false;
}

/* Whether TOKEN, a word or a string, has the type that OPT wants. */
static bool
check_value(struct conf_reader *reader, const cfg_opt_t *opt,
    const struct conf_lex_token *token)
{
	switch (opt->type) {
	case CFGT_INT:
		return check_integer(reader, opt->name, token);
	case CFGT_BOOL:
		return check_boolean(reader, opt->name, token);
	case CFGT_STR:
		return check_string(reader, opt->name, token);
	case CFGT_FLOAT:
		return check_decimal(reader, opt->name, token);
	case CFGT_PTR: /* libconfuse's own checks stand for these */
	case CFGT_NONE:
	case CFGT_SEC:
	case CFGT_FUNC:
	case CFGT_COMMENT:
		return true;
	}
	return true;
}

/* ---------------------------------------------------------------- lists */

/* What follows a value in a list. True: there may be another one. */
static bool
list_goes_on(struct conf_reader *reader, const cfg_opt_t *opt)
{
	const struct conf_lex_token *token = conf_reader_peek(reader);
	char shown[CONF_READER_SHOWN_MAX];

	if (token->kind == CONF_LEX_COMMA) {
		conf_reader_next(reader);
		return conf_reader_peek_kind(reader) != CONF_LEX_CLOSE;
	}
	if (token->kind == CONF_LEX_CLOSE || token->kind == CONF_LEX_END ||
	    conf_reader_is_statement(reader))
		return false;
	conf_reader_mistake(reader, token->line,
	    "a comma is missing before %s in the list of '%s'",
	    conf_reader_show(reader, token, shown), opt->name);
	return token->kind == CONF_LEX_STRING || token->kind == CONF_LEX_WORD;
}

/* One value of a list, the INDEX-th that is right. Handed on by itself, so that
 * the caller can check the values beside a wrong one too. */
static bool
list_item(struct conf_seen *seen, const cfg_opt_t *opt, size_t section,
    unsigned *index)
{
	struct conf_reader *reader = seen->reader;
	const struct conf_lex_token *token = conf_reader_peek(reader);
	char shown[CONF_READER_SHOWN_MAX];

	if (token->kind != CONF_LEX_STRING && token->kind != CONF_LEX_WORD) {
		conf_reader_mistake(reader, token->line,
		    "a value is missing before %s in the list of '%s'",
		    conf_reader_show(reader, token, shown), opt->name);
		return false;
	}
	conf_reader_next(reader);
	if (check_value(reader, opt, token)) {
		conf_seen_place(seen, section, opt->name, *index, token->line);
		conf_seen_copy(seen, reader->at - 1, reader->at);
		conf_seen_put(seen, ", ");
		++*index;
	}
	return true;
}

/* The values behind "KEY = {", which has been handed on. */
static void
list(struct conf_seen *seen, const cfg_opt_t *opt, size_t section,
    const struct conf_lex_token *key)
{
	struct conf_reader *reader = seen->reader;
	unsigned before = reader->mistakes, index = 0;

	if (conf_reader_peek_kind(reader) == CONF_LEX_CLOSE) {
		if ((opt->flags & CONF_MAY_BE_EMPTY) == 0)
			conf_reader_mistake(reader, key->line,
			    "the list of '%s' is empty", opt->name);
	} else
		while (!conf_reader_is_statement(reader) &&
		       list_item(seen, opt, section, &index) &&
		       list_goes_on(reader, opt))
			;
	conf_seen_put(seen, "} ");
	if (conf_reader_peek_kind(reader) != CONF_LEX_CLOSE &&
	    (conf_reader_peek_kind(reader) == CONF_LEX_END ||
	        conf_reader_is_statement(reader)) &&
	    reader->mistakes == before)
		conf_reader_mistake(reader, key->line,
		    "the list of '%s' has no closing '}'", opt->name);
	conf_reader_leave_list(reader);
}

/* -------------------------------------------------------- behind the sign */

void
conf_value_skip(struct conf_reader *reader)
{
	enum conf_lex_kind kind = conf_reader_peek_kind(reader);

	if (conf_reader_is_statement(reader))
		return;
	if (kind == CONF_LEX_WORD || kind == CONF_LEX_STRING)
		conf_reader_next(reader);
	if (kind == CONF_LEX_OPEN) {
		conf_reader_next(reader);
		conf_reader_leave_list(reader);
	}
}

void
conf_value_read(
    struct conf_seen *seen, const cfg_opt_t *opt, size_t section, size_t first)
{
	struct conf_reader *reader = seen->reader;
	const struct conf_lex_token *key = &reader->tokens[first];
	const struct conf_lex_token *token = conf_reader_peek(reader);
	char shown[CONF_READER_SHOWN_MAX];

	conf_seen_place(seen, section, opt->name, CONF_KEY, key->line);
	if (token->kind == CONF_LEX_OPEN && (opt->flags & CFGF_LIST) != 0) {
		conf_reader_next(reader);
		conf_seen_copy(seen, first, reader->at);
		list(seen, opt, section, key);
	} else if (token->kind == CONF_LEX_OPEN) {
		conf_reader_mistake(reader, token->line,
		    "'%s' takes one value, not a list in braces", opt->name);
		conf_value_skip(reader);
	} else if ((token->kind == CONF_LEX_STRING ||
	               token->kind == CONF_LEX_WORD) &&
	           !conf_reader_is_statement(reader)) {
		conf_reader_next(reader);
		if (check_value(reader, opt, token)) {
			conf_seen_place(
			    seen, section, opt->name, 0, token->line);
			conf_seen_copy(seen, first, reader->at);
		}
	} else if (reader->tokens[reader->at - 1].kind != CONF_LEX_BAD) {
		conf_reader_mistake(reader, key->line,
		    "the value of '%s' is missing before %s", opt->name,
		    conf_reader_show(reader, token, shown));
	}
}
