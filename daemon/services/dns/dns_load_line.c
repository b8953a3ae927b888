/* dns_load_line.c — a record of a master file as text. Loader process only. */
#include "services/dns/dns_load_line.h"

#include <string.h>
#include <strings.h>

/* The end of the word at P: a blank, a parenthesis, a comment; or the quote
 * that ends it. Neither goes on in the next line. */
static const char *
word_end(const char *p, const char *end)
{
	bool is_in_quotes = false;

	for (; p < end && *p != '\n'; p++) {
		if (*p == '\\' && end - p > 1 && p[1] != '\n')
			p++;
		else if (*p == '"')
			is_in_quotes = !is_in_quotes;
		else if (!is_in_quotes && *p != '\0' &&
		         strchr(" \t\r();", *p) != NULL)
			break;
	}
	return p;
}

static const char *
line_end(const char *p, const char *end)
{
	const char *newline = memchr(p, '\n', (size_t)(end - p));

	return newline == NULL ? end : newline;
}

/* Takes apart the record that begins at START. */
static void
read_record(struct dns_load_line *line, const char *start, const char *end)
{
	const char *p = start;

	*line = (struct dns_load_line){
	    .start = start,
	    .has_owner = start < end && strchr(" \t\r\n", *start) == NULL,
	};
	while (p < end && (*p != '\n' || line->is_open)) {
		if (strchr(" \t\r\n", *p) != NULL && *p != '\0') {
			p++;
		} else if (*p == ';') {
			p = line_end(p, end);
		} else if (*p == ')') {
			line->is_open = false;
			p++;
		} else if (*p == '(') {
			if (line->is_open)
				break;
			line->is_open = true;
			p++;
		} else {
			struct dns_load_word word = {.p = p};

			p = word_end(p, end);
			word.len = (size_t)(p - word.p);
			if (line->word_count < DNS_LOAD_LINE_WORDS_MAX)
				line->words[line->word_count++] = word;
		}
	}
	line->end = p;
}

void
dns_load_line_read(struct dns_load_line *line, const char *text,
    const char *end, const char *at)
{
	read_record(line, text, end);
	while (line->end < at && line->end < end)
		/* Behind what another parenthesis ended, too. */
		read_record(line, line->end + (*line->end == '\n'), end);
}

unsigned
dns_load_line_word_at(const struct dns_load_line *line, const char *at)
{
	unsigned i = 0;

	while (
	    i < line->word_count && line->words[i].p + line->words[i].len < at)
		i++;
	return i;
}

bool
dns_load_line_word_is(const struct dns_load_word *word, const char *text)
{
	return word->len == strlen(text) &&
	       strncasecmp(word->p, text, word->len) == 0;
}

static bool
is_class(const struct dns_load_word *word)
{
	return dns_load_line_word_is(word, "IN") ||
	       dns_load_line_word_is(word, "CH") ||
	       dns_load_line_word_is(word, "HS") ||
	       dns_load_line_word_is(word, "CS");
}

/* A number, or numbers with units: 3600, 1h30m. No type begins with a digit. */
static bool
is_ttl(const struct dns_load_word *word)
{
	for (size_t i = 0; i < word->len; i++)
		if (memchr("0123456789smhdwSMHDW", word->p[i], 20) == NULL)
			return false;
	return word->len > 0 && word->p[0] >= '0' && word->p[0] <= '9';
}

unsigned
dns_load_line_type(const struct dns_load_line *line)
{
	unsigned i = line->has_owner ? 1 : 0;

	for (unsigned n = 0; n < 2 && i < line->word_count; n++)
		if (is_ttl(&line->words[i]) || is_class(&line->words[i]))
			i++;
	return i;
}

unsigned
dns_load_line_count(const char *text, const char *end)
{
	unsigned lines = 0;

	while ((text = memchr(text, '\n', (size_t)(end - text))) != NULL) {
		text++;
		lines++;
	}
	return lines;
}

static bool
is_escape_wrong(const struct dns_load_word *word)
{
	for (size_t i = 0; i + 1 < word->len; i++) {
		if (word->p[i] != '\\')
			continue;
		/* Digits that stand in the order of their numbers. */
		if (i + 3 < word->len && word->p[i + 1] >= '2' &&
		    word->p[i + 1] <= '9' &&
		    memcmp(word->p + i + 1, "255", 3) > 0)
			return true;
		i++;
	}
	return false;
}

const struct dns_load_word *
dns_load_line_escape(const struct dns_load_line *line)
{
	for (unsigned i = 0; i < line->word_count; i++)
		if (is_escape_wrong(&line->words[i]))
			return &line->words[i];
	return NULL;
}
