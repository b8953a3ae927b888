/* dns_load_directive.c — $ORIGIN, $INCLUDE, $GENERATE. Loader process only. */
#include "services/dns/dns_load_directive.h"

#include <string.h>
#include <strings.h>

static void
lex(struct dns_load_lexer *lexer, const char *text, size_t end)
{
	for (; lexer->at < end; lexer->at++) {
		char c = text[lexer->at];

		if (c == '\\')
			lexer->at++;
		else if (c == '"')
			lexer->is_in_quotes = !lexer->is_in_quotes;
		else if (c == '\n' && !lexer->is_in_parentheses)
			lexer->is_in_quotes = false;
		else if (lexer->is_in_quotes)
			continue;
		else if (c == '(' || c == ')')
			lexer->is_in_parentheses = c == '(';
		else if (c == ';')
			while (
			    lexer->at + 1 < end && text[lexer->at + 1] != '\n')
				lexer->at++;
	}
	/* An escape may have taken the last byte's successor. */
	lexer->at = end;
}

static bool
is_continuation(struct dns_load_lexer *lexer, const char *text, size_t at)
{
	size_t len = at - lexer->at;

	/* Most directives stand in a file's first lines, or between plain
	 * records: no need to look at each byte. */
	if (!lexer->is_in_parentheses && !lexer->is_in_quotes &&
	    memchr(text + lexer->at, '(', len) == NULL &&
	    memchr(text + lexer->at, '"', len) == NULL)
		lexer->at = at;
	else
		lex(lexer, text, at);
	return lexer->is_in_parentheses || lexer->is_in_quotes;
}

static enum dns_load_directive
kind_of(const char *line, size_t len)
{
	static const struct {
		const char *name;
		enum dns_load_directive kind;
	} directives[] = {
	    {"$ORIGIN", DNS_LOAD_ORIGIN},
	    {"$INCLUDE", DNS_LOAD_INCLUDE},
	    {"$GENERATE", DNS_LOAD_GENERATE},
	};

	for (size_t i = 0; i < sizeof(directives) / sizeof(directives[0]);
	     i++) {
		size_t name_len = strlen(directives[i].name);

		if (len < name_len ||
		    strncasecmp(line, directives[i].name, name_len) != 0)
			continue;
		if (len == name_len ||
		    memchr(" \t\r\n;", line[name_len], 5) != NULL)
			return directives[i].kind;
	}
	return DNS_LOAD_NO_DIRECTIVE;
}

size_t
dns_load_directive_find(const char *text, size_t len, size_t from,
    struct dns_load_lexer *lexer, enum dns_load_directive *kind)
{
	for (size_t at = from; at < len; at++) {
		const char *dollar = memchr(text + at, '$', len - at);

		if (dollar == NULL)
			break;
		at = (size_t)(dollar - text);
		if (at > 0 && text[at - 1] != '\n')
			continue;
		*kind = kind_of(dollar, len - at);
		if (*kind != DNS_LOAD_NO_DIRECTIVE &&
		    !is_continuation(lexer, text, at))
			return at;
	}
	*kind = DNS_LOAD_NO_DIRECTIVE;
	return len;
}

struct dns_load_words
dns_load_directive_words(const char *line, size_t len)
{
	struct dns_load_words words = {.p = line, .end = line + len};
	bool is_in_quotes = false;

	while (words.p < words.end && *words.p != ' ' && *words.p != '\t' &&
	       *words.p != ';')
		words.p++;
	for (const char *p = words.p; p < words.end; p++) {
		if (*p == '\\' && words.end - p > 1) {
			p++;
		} else if (*p == '"') {
			is_in_quotes = !is_in_quotes;
		} else if (*p == ';' && !is_in_quotes) {
			words.end = p;
		}
	}
	while (words.end > words.p && strchr(" \t\r", words.end[-1]) != NULL)
		words.end--;
	return words;
}

bool
dns_load_directive_word(struct dns_load_words *words, char *out, size_t cap)
{
	size_t len = 0;
	bool is_in_quotes = false, is_there = false;

	while (words->p < words->end && (*words->p == ' ' || *words->p == '\t'))
		words->p++;
	for (; words->p < words->end; words->p++) {
		char c = *words->p;

		if (!is_in_quotes && (c == ' ' || c == '\t'))
			break;
		is_there = true;
		if (c == '"') {
			is_in_quotes = !is_in_quotes;
			continue;
		}
		if (c == '\0' || len + 1 >= cap)
			return false;
		out[len++] = c;
	}
	if (!is_there || is_in_quotes)
		return false;
	out[len] = '\0';
	return true;
}

/* A final dot that no backslash makes part of the label. */
static bool
is_absolute(const char *text)
{
	size_t len = strlen(text);
	size_t backslashes = 0;

	if (len == 0 || text[len - 1] != '.')
		return false;
	while (backslashes + 1 < len && text[len - 2 - backslashes] == '\\')
		backslashes++;
	return backslashes % 2 == 0;
}

size_t
dns_load_directive_name(const char *text, const uint8_t *origin,
    size_t origin_len, uint8_t out[DNS_NAME_MAX])
{
	if (strcmp(text, "@") == 0) {
		memcpy(out, origin, origin_len);
		return origin_len;
	}
	size_t len = dns_name_parse(text, out);

	if (len == 0 || is_absolute(text))
		return len;
	if (len - 1 + origin_len > DNS_NAME_MAX)
		return 0;
	memcpy(out + len - 1, origin, origin_len);
	return len - 1 + origin_len;
}
