/* dns_load_syntax.c — what libzscanner could not read. Loader process only. */
#include "services/dns/dns_load_syntax.h"

#include "services/dns/dns_load_directive.h"
#include "services/dns/dns_load_form.h"
#include "services/dns/dns_load_problem.h"

#include <arpa/inet.h>
#include <libzscanner/scanner.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { WORD_SHOWN = 40 };

struct text {
	char *out;
	size_t len;
};

static void add(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
add(struct text *text, const char *format, ...)
{
	va_list arguments;
	size_t room = DNS_LOAD_SYNTAX_MAX - text->len;

	va_start(arguments, format);
	int len = vsnprintf(text->out + text->len, room, format, arguments);
	va_end(arguments);
	if (len > 0)
		text->len += (size_t)len < room ? (size_t)len : room - 1;
}

/* A word in quotes, cut where it is long, what is not to be printed as "?". */
static void
add_word(struct text *text, const struct dns_load_word *word)
{
	size_t len = word->len < WORD_SHOWN ? word->len : WORD_SHOWN;

	add(text, "'");
	for (size_t i = 0; i < len; i++) {
		char c = word->p[i];

		add(text, "%c", c < ' ' || c > '~' ? '?' : c);
	}
	add(text, len < word->len ? "…'" : "'");
}

/* What WORD is as a name; false: none. */
static bool
read_name(const struct dns_load_syntax *syntax,
    const struct dns_load_word *word, uint8_t name[DNS_NAME_MAX])
{
	char written[DNS_NAME_TEXT_MAX];

	if (word->len >= sizeof(written) ||
	    memchr(word->p, '\0', word->len) != NULL)
		return false;
	memcpy(written, word->p, word->len);
	written[word->len] = '\0';
	return dns_load_directive_name(
	           written, syntax->origin, syntax->origin_len, name) != 0;
}

/* The owner, and the type where it has been found. */
static void
add_record(struct text *text, const struct dns_load_syntax *syntax,
    const struct dns_load_word *type)
{
	const struct dns_load_line *line = syntax->line;
	uint8_t name[DNS_NAME_MAX];
	char shown[DNS_NAME_TEXT_MAX];
	size_t start = text->len;

	if (line->has_owner && line->word_count > 0) {
		if (read_name(syntax, &line->words[0], name))
			add(text, "%s", dns_name_format(name, shown));
	} else if (syntax->previous != NULL) {
		add(text, "%s", dns_name_format(syntax->previous, shown));
	}
	if (type != NULL)
		add(text, "%s%.*s", text->len > start ? " " : "",
		    (int)type->len, type->p);
	if (text->len > start)
		add(text, ": ");
}

/* Says what field INDEX behind TYPE is not. */
static void
add_problem(struct text *text, const struct dns_load_syntax *syntax,
    const struct dns_load_form *form, const struct dns_load_word *word,
    const char *field)
{
	if (field != NULL && !form->is_address)
		add(text, "the %s ", field);
	add_word(text, word);
	if (syntax->code == ZS_BAD_REST || (form != NULL && field == NULL))
		add(text, " is one too many");
	else if (form != NULL && form->is_address)
		add(text, " is not an %s", field);
	else
		add(text, " %s", dns_load_problem(word, syntax->code));
}

/* The field that could not be read, or is not there: number INDEX behind the
 * type, which is word TYPE. */
static void
explain_field(struct text *text, const struct dns_load_syntax *syntax,
    unsigned type, unsigned index)
{
	const struct dns_load_line *line = syntax->line;
	const struct dns_load_word *word = &line->words[type];
	const struct dns_load_form *form = dns_load_form_find(word);
	const char *field = dns_load_form_field(form, index);

	add_record(text, syntax, word);
	if (type + 1 + index < line->word_count)
		add_problem(
		    text, syntax, form, &line->words[type + 1 + index], field);
	else if (field == NULL)
		add(text, "the data ends too early");
	else
		add(text, "the %s is missing", field);
	if (syntax->code == ZS_BAD_REST && line->is_open)
		add(text, "; or a ')' is missing in front of it");
	else if (form != NULL)
		add(text, "; write: %.*s %s", (int)word->len, word->p,
		    form->example);
}

static bool
looks_like_address(const struct dns_load_word *word)
{
	char text[INET6_ADDRSTRLEN];
	uint8_t address[sizeof(struct in6_addr)];

	if (word->len == 0 || word->len >= sizeof(text))
		return false;
	memcpy(text, word->p, word->len);
	text[word->len] = '\0';
	return inet_pton(AF_INET, text, address) == 1 ||
	       inet_pton(AF_INET6, text, address) == 1;
}

/* Neither TTL, class nor type. */
static void
explain_type(struct text *text, const struct dns_load_syntax *syntax,
    const struct dns_load_word *word)
{
	add_record(text, syntax, NULL);
	if (dns_load_line_word_is(word, "CH") ||
	    dns_load_line_word_is(word, "HS") ||
	    dns_load_line_word_is(word, "CS") ||
	    dns_load_line_word_is(word, "ANY")) {
		add(text, "class %.*s: only IN is served", (int)word->len,
		    word->p);
		return;
	}
	add_word(text, word);
	if (syntax->code == ZS_NUMBER32_OVERFLOW ||
	    syntax->code == ZS_NUMBER64_OVERFLOW)
		add(text, ", the TTL, %s",
		    dns_load_problem_number(word, syntax->code));
	else if (looks_like_address(word))
		add(text, " needs its type in front of it: A, or AAAA");
	else if (word->p[0] >= '0' && word->p[0] <= '9')
		add(text, " is neither a TTL nor a type of record");
	else
		add(text, " is not a type of record");
	if (!syntax->line->has_owner)
		add(text, "; a line that begins with a blank goes on with the "
		          "name before it");
}

static void
explain_owner(struct text *text, const struct dns_load_syntax *syntax)
{
	const struct dns_load_word *word = &syntax->line->words[0];

	if (!syntax->line->has_owner) {
		add(text, "the line begins with a blank, and no name comes "
		          "before it");
		return;
	}
	add(text, "the owner ");
	add_word(text, word);
	add(text, " %s", dns_load_problem(word, syntax->code));
}

/* What goes wrong beside fields; NULL: something else. */
static const char *
structural_problem(const struct dns_load_syntax *syntax)
{
	switch (syntax->code) {
	case ZS_RIGHT_PARENTHESIS:
		return "a ')' without a '(' before it";
	case ZS_LEFT_PARENTHESIS:
		return "a '(' within parentheses; a ')' is missing before it";
	case ZS_UNCLOSED_MULTILINE:
		return "a '(' is not closed by a ')'";
	case ZS_BAD_PREVIOUS_OWNER:
		return "the line begins with a blank, and no name comes before "
		       "it";
	default:
		break;
	}
	if (syntax->at < syntax->line->end && *syntax->at == '\0')
		return "a byte is zero; the file is not text, or damaged";
	return NULL;
}

static void
explain_directive(struct text *text, const struct dns_load_syntax *syntax)
{
	const struct dns_load_line *line = syntax->line;

	if (!dns_load_line_word_is(&line->words[0], "$TTL")) {
		add_word(text, &line->words[0]);
		add(text, " is not a directive; known are $ORIGIN, $TTL, "
		          "$INCLUDE and $GENERATE");
	} else if (line->word_count < 2) {
		add(text, "$TTL needs a number of seconds");
	} else if (line->word_count > 2 &&
	           dns_load_line_word_at(line, syntax->at) > 1) {
		add(text, "$TTL ");
		add_word(text, &line->words[2]);
		add(text, " is one too many");
	} else {
		add(text, "$TTL ");
		add_word(text, &line->words[1]);
		add(text, " %s",
		    dns_load_problem_number(&line->words[1], ZS_BAD_TIME_UNIT));
	}
}

/* Behind its last word the scanner stops when that is wrong, and when there
 * should be another. */
static bool
is_next_missing(
    const struct dns_load_syntax *syntax, unsigned type, unsigned at)
{
	const struct dns_load_line *line = syntax->line;
	const struct dns_load_word *word = &line->words[at];
	const struct dns_load_form *form =
	    dns_load_form_find(&line->words[type]);

	return at + 1 == line->word_count &&
	       syntax->at == word->p + word->len &&
	       syntax->code != ZS_NUMBER8_OVERFLOW &&
	       syntax->code != ZS_NUMBER16_OVERFLOW &&
	       syntax->code != ZS_NUMBER32_OVERFLOW &&
	       dns_load_form_field(form, at - type) != NULL &&
	       !(form->is_repeated &&
	           dns_load_form_field(form, at - type) ==
	               dns_load_form_field(form, at - type - 1));
}

/* The words of a record: which of them is it? */
static void
explain_record(struct text *text, const struct dns_load_syntax *syntax)
{
	const struct dns_load_line *line = syntax->line;
	unsigned at = dns_load_line_word_at(line, syntax->at);
	unsigned type = dns_load_line_type(line);

	if (at == 0 && line->has_owner) {
		explain_owner(text, syntax);
	} else if (type >= line->word_count) {
		add_record(text, syntax, NULL);
		add(text, "a type and its data are missing");
	} else if (at == type && syntax->is_type_read) {
		explain_field(text, syntax, type, 0);
	} else if (at < type ||
	           (at < line->word_count &&
	               syntax->code == ZS_UNSUPPORTED_TYPE) ||
	           (at == type &&
	               dns_load_form_find(&line->words[type]) == NULL)) {
		explain_type(text, syntax, &line->words[at]);
	} else if (at == type) {
		explain_field(text, syntax, type, 0);
	} else {
		if (at < line->word_count && is_next_missing(syntax, type, at))
			at++;
		explain_field(text, syntax, type, at - type - 1);
	}
}

const char *
dns_load_syntax_explain(
    const struct dns_load_syntax *syntax, char out[DNS_LOAD_SYNTAX_MAX])
{
	struct text text = {.out = out};
	const struct dns_load_line *line = syntax->line;
	const char *structural = structural_problem(syntax);

	out[0] = '\0';
	if (structural != NULL) {
		add(&text, "%s", structural);
	} else if (line->word_count > 0 && line->has_owner &&
	           line->words[0].p[0] == '$') {
		explain_directive(&text, syntax);
	} else {
		explain_record(&text, syntax);
	}
	return out;
}

const char *
dns_load_syntax_explain_escape(
    const struct dns_load_word *word, char out[DNS_LOAD_SYNTAX_MAX])
{
	struct text text = {.out = out};

	add(&text, "the word ");
	add_word(&text, word);
	add(&text, " %s", dns_load_problem_escape);
	return out;
}
