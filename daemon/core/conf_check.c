/* conf_check.c — every mistake in a configuration file in one pass. */
#include "core/conf_check.h"
#include "core/conf_lex.h"
#include "core/conf_suggest.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct check {
	const char *file;
	const char *text;
	const struct conf_lex_token *tokens;
	size_t at;
	const cfg_opt_t *root;
	struct report *report;
	unsigned mistakes;
	struct conf_checked *out;
	FILE *copy;         /* → out->text */
	unsigned copy_line; /* where the copy has got to */
	unsigned muted;     /* inside that many sections that are left out */
	bool is_short_of_memory;
};

/* ------------------------------------------------------------- telling */

enum { SHOWN_MAX = 120 };

/* The token as a person may see it; in quotes, its own if it has some. */
static const char *
show(const struct check *check, const struct conf_lex_token *token,
    char out[SHOWN_MAX])
{
	if (token->kind == CONF_LEX_END)
		return "the end of the file";
	bool is_quoted = check->text[token->start] == '"' ||
	                 check->text[token->start] == '\'';
	size_t used = 0;

	if (!is_quoted)
		out[used++] = '\'';
	for (size_t i = 0; i < token->len; i++) {
		unsigned char c = (unsigned char)check->text[token->start + i];

		if (used > SHOWN_MAX - 10) {
			memcpy(out + used, "...", 3);
			used += 3;
			break;
		}
		if (c >= 0x20 && c < 0x7f)
			out[used++] = (char)c;
		else
			used += (size_t)snprintf(
			    out + used, SHOWN_MAX - used, "\\x%02x", c);
	}
	if (!is_quoted)
		out[used++] = '\'';
	out[used] = '\0';
	return out;
}

static bool
is_exhausted(const struct check *check)
{
	return check->mistakes >= CONF_MISTAKES_MAX ||
	       check->is_short_of_memory;
}

__attribute__((format(printf, 3, 4))) static void
mistake(struct check *check, unsigned line, const char *format, ...)
{
	char text[512];
	va_list args;

	if (is_exhausted(check))
		return;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	conf_error(check->report, check->file, line, "%s", text);
	if (++check->mistakes == CONF_MISTAKES_MAX)
		conf_error(check->report, check->file, line,
		    "too many mistakes: the rest is not checked");
}

/* -------------------------------------------------------------- reading */

/* The next good token. Bad ones are told on the way: each once, since the
 * reader moves past them. */
static const struct conf_lex_token *
peek(struct check *check)
{
	const struct conf_lex_token *token = &check->tokens[check->at];
	char shown[SHOWN_MAX];

	while (token->kind == CONF_LEX_BAD) {
		mistake(check, token->line, "%s %s", token->fault,
		    show(check, token, shown));
		token = &check->tokens[++check->at];
	}
	/* Enough said: let every loop find its end. */
	if (is_exhausted(check))
		while (check->tokens[check->at].kind != CONF_LEX_END)
			check->at++;
	return &check->tokens[check->at];
}

static const struct conf_lex_token *
next(struct check *check)
{
	const struct conf_lex_token *token = peek(check);

	if (token->kind != CONF_LEX_END)
		check->at++;
	return token;
}

static enum conf_lex_kind
peek_kind(struct check *check)
{
	return peek(check)->kind;
}

/* Steps over a block whose opening brace has been read. */
static void
skip_block(struct check *check)
{
	for (size_t depth = 1; depth > 0;) {
		const struct conf_lex_token *token = next(check);

		if (token->kind == CONF_LEX_END)
			return;
		if (token->kind == CONF_LEX_OPEN)
			depth++;
		if (token->kind == CONF_LEX_CLOSE)
			depth--;
	}
}

/* True at a word that begins its line: after a mistake, what reads like a new
 * statement is taken for one. */
static bool
is_fresh_start(struct check *check)
{
	const struct conf_lex_token *token = peek(check);

	return token->kind == CONF_LEX_WORD && token->is_first;
}

/* Steps to where the next statement may begin. */
static void
recover(struct check *check)
{
	while (!is_fresh_start(check)) {
		enum conf_lex_kind kind = peek_kind(check);

		if (kind == CONF_LEX_END || kind == CONF_LEX_CLOSE)
			return;
		next(check);
		if (kind == CONF_LEX_OPEN)
			skip_block(check);
	}
}

static const cfg_opt_t *
find_option(const struct check *check, const cfg_opt_t *options,
    const struct conf_lex_token *word)
{
	for (const cfg_opt_t *opt = options; opt->name != NULL; opt++)
		if (strlen(opt->name) == word->len &&
		    memcmp(opt->name, check->text + word->start, word->len) ==
		        0)
			return opt;
	return NULL;
}

/* ------------------------------------------------------------- recording */

/* Makes room for one more in an array that doubles. */
static bool
make_room(
    struct check *check, void **items, size_t count, size_t *cap, size_t size)
{
	if (count < *cap)
		return true;
	size_t wanted = *cap == 0 ? 64 : *cap * 2;
	void *grown = reallocarray(*items, wanted, size);

	if (grown == NULL) {
		check->is_short_of_memory = true;
		return false;
	}
	*items = grown;
	*cap = wanted;
	return true;
}

/* Records SECTION and returns its index, or CONF_NONE. */
static size_t
add_section(struct check *check, struct conf_section section)
{
	struct conf_checked *out = check->out;
	void *items = out->sections;

	if (!make_room(check, &items, out->section_count, &out->section_cap,
	        sizeof(section)))
		return CONF_NONE;
	out->sections = items;
	out->sections[out->section_count] = section;
	return out->section_count++;
}

static void
add_place(struct check *check, size_t section, const char *key, unsigned index,
    unsigned line)
{
	struct conf_checked *out = check->out;
	void *items = out->places;

	if (!make_room(check, &items, out->place_count, &out->place_cap,
	        sizeof(*out->places)))
		return;
	out->places = items;
	out->places[out->place_count] = (struct conf_place){
	    .key = key,
	    .index = index,
	    .line = line,
	    .next = out->sections[section].first,
	};
	out->sections[section].first = out->place_count++;
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

/* Hands the tokens from FIRST on, up to END, to libconfuse: on their lines, so
 * that what it may say of them is right, and without the comments, which it
 * does not take in lists. */
static void
copy(struct check *check, size_t first, size_t end)
{
	if (check->muted > 0)
		return;
	for (size_t i = first; i < end; i++) {
		const struct conf_lex_token *token = &check->tokens[i];

		if (token->kind == CONF_LEX_BAD)
			continue; /* told; libconfuse would tell it again */
		for (; check->copy_line < token->line; check->copy_line++)
			fputc('\n', check->copy);
		fwrite(check->text + token->start, 1, token->len, check->copy);
		fputc(' ', check->copy);
	}
}

static void
put(struct check *check, const char *text)
{
	if (check->muted == 0)
		fputs(text, check->copy);
}

/* ----------------------------------------------------------------- values */

static bool
check_integer(
    struct check *check, const char *key, const struct conf_lex_token *token)
{
	const char *digits = check->text + token->start;
	char shown[SHOWN_MAX];
	bool is_negative = digits[0] == '-';
	size_t len = token->len - is_negative;

	digits += is_negative;
	for (size_t i = 0; i < len || len == 0; i++)
		if (len == 0 || digits[i] < '0' || digits[i] > '9') {
			mistake(check, token->line,
			    "'%s' takes a whole number, not %s", key,
			    show(check, token, shown));
			return false;
		}
	/* libconfuse would take it for octal. */
	if (len > 1 && digits[0] == '0') {
		mistake(check, token->line,
		    "'%s' takes a number without leading zeros, not %s", key,
		    show(check, token, shown));
		return false;
	}
	/* 18 digits always fit a long; no key needs more. */
	if (len > 18) {
		mistake(check, token->line, "the number %s for '%s' is too %s",
		    show(check, token, shown), key,
		    is_negative ? "small" : "large");
		return false;
	}
	return true;
}

static bool
check_boolean(
    struct check *check, const char *key, const struct conf_lex_token *token)
{
	static const char *const words[] = {
	    "true", "false", "yes", "no", "on", "off"};
	char shown[SHOWN_MAX];

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i]) == token->len &&
		    strncasecmp(
		        check->text + token->start, words[i], token->len) == 0)
			return true;
	mistake(check, token->line, "'%s' takes true or false, not %s", key,
	    show(check, token, shown));
	return false;
}

static bool
check_string(
    struct check *check, const char *key, const struct conf_lex_token *token)
{
	char shown[SHOWN_MAX];

	if (token->kind == CONF_LEX_STRING)
		return true;
	mistake(check, token->line, "'%s' takes text in double quotes, not %s",
	    key, show(check, token, shown));
	return false;
}

/* Whether TOKEN, a word or a string, has the type that OPT wants. */
static bool
check_value(struct check *check, const cfg_opt_t *opt,
    const struct conf_lex_token *token)
{
	switch (opt->type) {
	case CFGT_INT:
		return check_integer(check, opt->name, token);
	case CFGT_BOOL:
		return check_boolean(check, opt->name, token);
	case CFGT_STR:
		return check_string(check, opt->name, token);
	case CFGT_FLOAT: /* libconfuse's own checks stand for these */
	case CFGT_PTR:
	case CFGT_NONE:
	case CFGT_SEC:
	case CFGT_FUNC:
	case CFGT_COMMENT:
		return true;
	}
	return true;
}

/* True where a list seems to have lost its closing brace: a new statement. */
static bool
is_list_open(struct check *check)
{
	if (!is_fresh_start(check))
		return false;
	enum conf_lex_kind behind = check->tokens[check->at + 1].kind;

	return behind == CONF_LEX_EQUALS || behind == CONF_LEX_OPEN;
}

/* Steps to the end of a list in which something is wrong. */
static void
leave_list(struct check *check)
{
	while (!is_list_open(check)) {
		const struct conf_lex_token *token = next(check);

		if (token->kind == CONF_LEX_END ||
		    token->kind == CONF_LEX_CLOSE)
			return;
		if (token->kind == CONF_LEX_OPEN)
			skip_block(check);
	}
}

/* What follows a value in a list. True: there may be another one. */
static bool
list_goes_on(struct check *check, const cfg_opt_t *opt)
{
	const struct conf_lex_token *token = peek(check);
	char shown[SHOWN_MAX];

	if (token->kind == CONF_LEX_COMMA) {
		next(check);
		return peek_kind(check) != CONF_LEX_CLOSE;
	}
	if (token->kind == CONF_LEX_CLOSE || token->kind == CONF_LEX_END ||
	    is_list_open(check))
		return false;
	mistake(check, token->line,
	    "a comma is missing before %s in the list of '%s'",
	    show(check, token, shown), opt->name);
	return token->kind == CONF_LEX_STRING || token->kind == CONF_LEX_WORD;
}

/* One value of a list, the INDEX-th that is right. Handed on by itself, so that
 * the caller can check the values beside a wrong one too. */
static bool
list_item(
    struct check *check, const cfg_opt_t *opt, size_t section, unsigned *index)
{
	const struct conf_lex_token *token = peek(check);
	char shown[SHOWN_MAX];

	if (token->kind != CONF_LEX_STRING && token->kind != CONF_LEX_WORD) {
		mistake(check, token->line,
		    "a value is missing before %s in the list of '%s'",
		    show(check, token, shown), opt->name);
		return false;
	}
	next(check);
	if (check_value(check, opt, token)) {
		add_place(check, section, opt->name, *index, token->line);
		copy(check, check->at - 1, check->at);
		put(check, ", ");
		++*index;
	}
	return true;
}

/* The values behind "KEY = {", which has been handed on. */
static void
list(struct check *check, const cfg_opt_t *opt, size_t section,
    const struct conf_lex_token *key)
{
	unsigned before = check->mistakes, index = 0;

	if (peek_kind(check) == CONF_LEX_CLOSE)
		mistake(
		    check, key->line, "the list of '%s' is empty", opt->name);
	else
		while (!is_list_open(check) &&
		       list_item(check, opt, section, &index) &&
		       list_goes_on(check, opt))
			;
	put(check, "} ");
	if (peek_kind(check) != CONF_LEX_CLOSE &&
	    (peek_kind(check) == CONF_LEX_END || is_list_open(check)) &&
	    check->mistakes == before)
		mistake(check, key->line, "the list of '%s' has no closing '}'",
		    opt->name);
	leave_list(check);
}

/* ------------------------------------------------------------- statements */

/* Behind "KEY =": steps over whatever value stands there. */
static void
skip_value(struct check *check)
{
	enum conf_lex_kind kind = peek_kind(check);

	if (is_list_open(check))
		return;
	if (kind == CONF_LEX_WORD || kind == CONF_LEX_STRING)
		next(check);
	if (kind == CONF_LEX_OPEN) {
		next(check);
		leave_list(check);
	}
}

/* Behind "KEY =" of a key that the section knows. FIRST: the key's token. */
static void
value(struct check *check, const cfg_opt_t *opt, size_t section, size_t first)
{
	const struct conf_lex_token *key = &check->tokens[first];
	const struct conf_lex_token *token = peek(check);
	char shown[SHOWN_MAX];

	add_place(check, section, opt->name, CONF_KEY, key->line);
	if (token->kind == CONF_LEX_OPEN && (opt->flags & CFGF_LIST) != 0) {
		next(check);
		copy(check, first, check->at);
		list(check, opt, section, key);
	} else if (token->kind == CONF_LEX_OPEN) {
		mistake(check, token->line,
		    "'%s' takes one value, not a list in braces", opt->name);
		skip_value(check);
	} else if ((token->kind == CONF_LEX_STRING ||
	               token->kind == CONF_LEX_WORD) &&
	           !is_list_open(check)) {
		next(check);
		if (check_value(check, opt, token)) {
			add_place(check, section, opt->name, 0, token->line);
			copy(check, first, check->at);
		}
	} else if (check->tokens[check->at - 1].kind != CONF_LEX_BAD) {
		mistake(check, key->line,
		    "the value of '%s' is missing before %s", opt->name,
		    show(check, token, shown));
	}
}

static const char *
section_name(const struct check *check, size_t section)
{
	const cfg_opt_t *opt = check->out->sections[section].opt;

	return opt == NULL ? "" : opt->name;
}

/* KEY stands for nothing in this section: says so, with what was meant. */
static void
unknown(struct check *check, const cfg_opt_t *options, size_t section,
    const struct conf_lex_token *key, const char *kind)
{
	const char *near =
	    conf_suggest(options, check->text + key->start, key->len);
	const cfg_opt_t *top = find_option(check, check->root, key);
	const char *name = section_name(check, section);
	char shown[SHOWN_MAX];

	show(check, key, shown);
	if (top != NULL)
		mistake(check, key->line,
		    "unknown %s %s in section %s (it belongs outside of all "
		    "sections)",
		    kind, shown, name);
	else
		mistake(check, key->line, "unknown %s %s%s%s%s%s%s", kind,
		    shown, *name == '\0' ? "" : " in section ", name,
		    near == NULL ? "" : " (did you mean '",
		    near == NULL ? "" : near, near == NULL ? "" : "'?)");
}

/* "KEY = …" of a key that takes a value. FIRST: the key's token. */
static void
known_assignment(
    struct check *check, const cfg_opt_t *opt, size_t section, size_t first)
{
	const struct conf_place *set =
	    conf_check_find(check->out, section, opt->name, CONF_KEY);

	if (set == NULL) {
		value(check, opt, section, first);
		return;
	}
	mistake(check, check->tokens[first].line,
	    "'%s' is already set on line %u", opt->name, set->line);
	skip_value(check);
}

static void
absent(struct check *check, const cfg_opt_t *opt, unsigned line)
{
	mistake(
	    check, line, "'%s' is not available in this version", opt->name);
}

/* "KEY = …"; the reader stands before the sign. */
static void
assignment(
    struct check *check, const cfg_opt_t *options, size_t section, size_t first)
{
	const struct conf_lex_token *key = &check->tokens[first];
	const cfg_opt_t *opt = find_option(check, options, key);

	next(check);
	if (opt != NULL && opt->type != CFGT_NONE && opt->type != CFGT_SEC) {
		known_assignment(check, opt, section, first);
		return;
	}
	if (opt == NULL)
		unknown(check, options, section, key, "key");
	else if (opt->type == CFGT_NONE)
		absent(check, opt, key->line);
	else
		mistake(check, key->line,
		    "'%s' is a section: it is followed by '{', not by '='",
		    opt->name);
	skip_value(check);
}

static bool
is_same_title(const struct check *check, size_t a, size_t b)
{
	if (a == CONF_NONE || b == CONF_NONE)
		return a == b;
	const struct conf_lex_token *x = &check->tokens[a];
	const struct conf_lex_token *y = &check->tokens[b];

	return x->len == y->len && memcmp(check->text + x->start,
	                               check->text + y->start, x->len) == 0;
}

/* The section of this name and title that its parent already has, or NULL;
 * counts in SECTION->ordinal those that libconfuse has. */
static const struct conf_section *
find_twin(const struct check *check, struct conf_section *section)
{
	for (size_t i = 1; i < check->out->section_count; i++) {
		const struct conf_section *other = &check->out->sections[i];

		if (other->parent != section->parent ||
		    other->opt != section->opt)
			continue;
		if ((section->opt->flags & CFGF_MULTI) == 0 ||
		    is_same_title(check, other->title, section->title))
			return other;
		if (!other->is_lost)
			section->ordinal++;
	}
	return NULL;
}

/* Whether the title, a token or CONF_NONE, is what a section of OPT wants. */
static void
check_title(struct check *check, const cfg_opt_t *opt,
    const struct conf_lex_token *key, size_t title)
{
	char shown[SHOWN_MAX];

	if ((opt->flags & CFGF_TITLE) == 0) {
		if (title != CONF_NONE)
			mistake(check, key->line,
			    "section %s takes no name: %s", opt->name,
			    show(check, &check->tokens[title], shown));
	} else if (title == CONF_NONE) {
		mistake(check, key->line,
		    "section %s wants a name, like %s \"name\" { ... }",
		    opt->name, opt->name);
	} else if (check->tokens[title].kind != CONF_LEX_STRING) {
		mistake(check, key->line,
		    "the name of section %s stands in double quotes, not %s",
		    opt->name, show(check, &check->tokens[title], shown));
	}
}

static void body(struct check *check, const cfg_opt_t *options, size_t section);

/* A known section, read up to its opening brace. Its keys are checked even
 * where it is wrong itself. */
static void
known_block(struct check *check, const cfg_opt_t *opt, size_t parent,
    size_t first, size_t title)
{
	const struct conf_lex_token *key = &check->tokens[first];
	struct conf_section section = {
	    .parent = parent,
	    .opt = opt,
	    .line = key->line,
	    .first = CONF_NONE,
	    .title = title,
	};
	unsigned before = check->mistakes;
	const struct conf_section *twin = find_twin(check, &section);
	char shown[SHOWN_MAX];

	check_title(check, opt, key, title);
	if (twin != NULL)
		mistake(check, key->line,
		    "section %s%s%s is already there on line %u", opt->name,
		    title == CONF_NONE ? "" : " ",
		    title == CONF_NONE
		        ? ""
		        : show(check, &check->tokens[title], shown),
		    twin->line);
	section.is_lost = check->mistakes != before || check->muted > 0;
	size_t index = add_section(check, section);

	if (index == CONF_NONE)
		return;
	check->muted += section.is_lost;
	copy(check, first, check->at);
	body(check, opt->subopts, index);
	check->muted -= section.is_lost;
}

/* "KEY {" or "KEY TITLE {"; the reader stands behind the key. */
static void
block(
    struct check *check, const cfg_opt_t *options, size_t section, size_t first)
{
	const struct conf_lex_token *key = &check->tokens[first];
	const cfg_opt_t *opt = find_option(check, options, key);
	size_t title = CONF_NONE;

	if (peek_kind(check) != CONF_LEX_OPEN) {
		title = check->at;
		next(check);
	}
	next(check);
	if (opt != NULL && opt->type == CFGT_SEC) {
		known_block(check, opt, section, first, title);
		return;
	}
	if (opt == NULL)
		unknown(check, options, section, key, "section");
	else if (opt->type == CFGT_NONE)
		absent(check, opt, key->line);
	else
		mistake(
		    check, key->line, "'=' is missing behind '%s'", opt->name);
	skip_block(check);
}

/* True where the key's name is followed by a brace, maybe with a title
 * between. */
static bool
is_block(struct check *check)
{
	const struct conf_lex_token *token = peek(check);

	if (token->kind == CONF_LEX_OPEN)
		return true;
	return (token->kind == CONF_LEX_STRING ||
	           (token->kind == CONF_LEX_WORD && !token->is_first)) &&
	       check->tokens[check->at + 1].kind == CONF_LEX_OPEN;
}

static void
statement(struct check *check, const cfg_opt_t *options, size_t section)
{
	size_t first = check->at;
	char shown[SHOWN_MAX];

	next(check);
	if (peek_kind(check) == CONF_LEX_EQUALS) {
		assignment(check, options, section, first);
	} else if (is_block(check)) {
		block(check, options, section, first);
	} else {
		const struct conf_lex_token *key = &check->tokens[first];
		const cfg_opt_t *opt = find_option(check, options, key);

		if (opt == NULL)
			unknown(check, options, section, key, "key");
		else
			mistake(check, key->line, "%s is missing behind %s",
			    opt->type == CFGT_SEC ? "'{'" : "'='",
			    show(check, key, shown));
		recover(check);
	}
}

/* True at a section of the top level inside of another one that has no such
 * key: the closing brace before it was forgotten. */
static bool
is_brace_forgotten(
    struct check *check, const cfg_opt_t *options, size_t section)
{
	const struct conf_lex_token *key = peek(check);
	const cfg_opt_t *top = find_option(check, check->root, key);

	return section != 0 && top != NULL && top->type == CFGT_SEC &&
	       find_option(check, options, key) == NULL &&
	       check->tokens[check->at + 1].kind == CONF_LEX_OPEN;
}

static void
close_section(struct check *check, size_t section)
{
	if (section != 0)
		put(check, "} ");
}

/* The end of the file, or of what can belong to SECTION, where '}' should have
 * been. */
static void
end_unclosed(struct check *check, size_t section)
{
	if (section != 0)
		mistake(check, check->out->sections[section].line,
		    "section %s has no closing '}'",
		    section_name(check, section));
	close_section(check, section);
}

/* The statements of a section, up to its closing brace. Recursion is as deep
 * as the grammar's sections lie in each other. */
static void
body(struct check *check, const cfg_opt_t *options, size_t section)
{
	char shown[SHOWN_MAX];

	for (;;) {
		const struct conf_lex_token *token = peek(check);

		if (token->kind == CONF_LEX_CLOSE && section != 0) {
			next(check);
			close_section(check, section);
			return;
		}
		if (token->kind == CONF_LEX_END ||
		    (token->kind == CONF_LEX_WORD &&
		        is_brace_forgotten(check, options, section))) {
			end_unclosed(check, section);
			return;
		}
		if (token->kind == CONF_LEX_WORD) {
			statement(check, options, section);
			continue;
		}
		mistake(check, token->line, "a key should stand here, not %s",
		    show(check, token, shown));
		next(check);
		if (token->kind == CONF_LEX_OPEN)
			skip_block(check);
		recover(check);
	}
}

/* -------------------------------------------------------------- the whole */

static bool
run(struct check *check)
{
	const struct conf_section root = {
	    .parent = CONF_NONE,
	    .line = 1,
	    .first = CONF_NONE,
	    .title = CONF_NONE,
	};

	check->copy = open_memstream(&check->out->text, &check->out->text_len);
	if (check->copy == NULL)
		return false;
	if (add_section(check, root) != CONF_NONE)
		body(check, check->root, 0);
	bool is_copied = ferror(check->copy) == 0;

	return fclose(check->copy) == 0 && is_copied &&
	       !check->is_short_of_memory;
}

bool
conf_check(const char *file, const char *text, size_t len,
    const cfg_opt_t *options, struct report *report, struct conf_checked *out)
{
	*out = (struct conf_checked){0};
	struct conf_lex_token *tokens = conf_lex(text, len);
	struct check check = {
	    .file = file,
	    .text = text,
	    .tokens = tokens,
	    .root = options,
	    .report = report,
	    .out = out,
	    .copy_line = 1,
	};

	if (tokens == NULL)
		return false;
	bool is_done = run(&check);

	free(tokens);
	if (!is_done)
		conf_check_release(out);
	return is_done;
}

void
conf_check_release(struct conf_checked *checked)
{
	free(checked->sections);
	free(checked->places);
	free(checked->text);
	*checked = (struct conf_checked){0};
}
