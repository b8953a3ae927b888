/* conf_lex.c — the text of a configuration file cut into tokens. */
#include "core/conf_lex.h"

#include <stdlib.h>
#include <string.h>

struct lexer {
	const char *text;
	size_t len, at;
	unsigned line;
	bool is_line_empty; /* so far */
	struct conf_lex_token *tokens;
	size_t count, cap;
};

static bool
add(struct lexer *lexer, struct conf_lex_token token)
{
	if (lexer->count == lexer->cap) {
		size_t cap = lexer->cap == 0 ? 256 : lexer->cap * 2;
		struct conf_lex_token *tokens =
		    reallocarray(lexer->tokens, cap, sizeof(*tokens));

		if (tokens == NULL)
			return false;
		lexer->tokens = tokens;
		lexer->cap = cap;
	}
	token.is_first = lexer->is_line_empty;
	lexer->is_line_empty = false;
	lexer->tokens[lexer->count++] = token;
	return true;
}

/* Steps over LEN bytes and gives them to a token of KIND. */
static struct conf_lex_token
take(struct lexer *lexer, enum conf_lex_kind kind, size_t len)
{
	struct conf_lex_token token = {
	    .kind = kind,
	    .line = lexer->line,
	    .start = lexer->at,
	    .len = len,
	};

	lexer->at += len;
	return token;
}

static struct conf_lex_token
take_bad(struct lexer *lexer, size_t len, const char *fault)
{
	struct conf_lex_token token = take(lexer, CONF_LEX_BAD, len);

	token.fault = fault;
	return token;
}

static bool
is_at(const struct lexer *lexer, size_t at, const char *sign)
{
	size_t len = strlen(sign);

	return len <= lexer->len - at &&
	       memcmp(lexer->text + at, sign, len) == 0;
}

static bool
is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (c != '\0' && strchr("_-.:/%@", c));
}

static bool
is_comment(const struct lexer *lexer, size_t at)
{
	return is_at(lexer, at, "#") || is_at(lexer, at, "//") ||
	       is_at(lexer, at, "/*");
}

static size_t
word_len(const struct lexer *lexer)
{
	size_t end = lexer->at;

	while (end < lexer->len && is_word_byte(lexer->text[end]) &&
	       !is_comment(lexer, end))
		end++;
	return end - lexer->at;
}

static bool
is_printable(char c)
{
	return (unsigned char)c >= 0x20 && c != 0x7f;
}

/* A run of bytes that begin nothing, so that a binary file is one mistake a
 * line and not one a byte. */
static size_t
garbage_len(const struct lexer *lexer)
{
	size_t end = lexer->at + 1;

	while (end < lexer->len && !is_word_byte(lexer->text[end]) &&
	       strchr(" \t\r\n\"{}=,#", lexer->text[end]) == NULL)
		end++;
	return end - lexer->at;
}

/* What is wrong with the string's byte at AT, or NULL. */
static const char *
string_fault(const struct lexer *lexer, size_t at)
{
	char c = lexer->text[at];

	if (c == '\\')
		return at + 1 < lexer->len && lexer->text[at + 1] != '\0' &&
		               strchr("\"\\nrt", lexer->text[at + 1])
		           ? NULL
		           : "only \\\\, \\\", \\n, \\r and \\t may follow a "
		             "backslash in";
	if (is_at(lexer, at, "${"))
		return "'${' is reserved: variables are not expanded in";
	if (!is_printable(c) && c != '\t')
		return "a control character in";
	return NULL;
}

static struct conf_lex_token
take_string(struct lexer *lexer)
{
	const char *fault = NULL;
	size_t end = lexer->at + 1;

	for (; end < lexer->len && lexer->text[end] != '\n'; end++) {
		if (lexer->text[end] == '"')
			break;
		if (fault == NULL)
			fault = string_fault(lexer, end);
		if (lexer->text[end] == '\\' && end + 1 < lexer->len &&
		    lexer->text[end + 1] != '\n')
			end++;
	}
	if (end >= lexer->len || lexer->text[end] != '"')
		return take_bad(lexer, end - lexer->at,
		    "the closing quote is missing on this line:");
	if (fault != NULL)
		return take_bad(lexer, end + 1 - lexer->at, fault);
	return take(lexer, CONF_LEX_STRING, end + 1 - lexer->at);
}

/* libconfuse knows 'text', with other escapes: one kind of string is enough. */
static size_t
single_quoted_len(const struct lexer *lexer)
{
	size_t end = lexer->at + 1;

	while (end < lexer->len && lexer->text[end] != '\n' &&
	       lexer->text[end] != '\'')
		end++;
	if (end >= lexer->len || lexer->text[end] == '\n')
		return 1;
	return end + 1 - lexer->at;
}

static struct conf_lex_token
take_token(struct lexer *lexer)
{
	switch (lexer->text[lexer->at]) {
	case '{':
		return take(lexer, CONF_LEX_OPEN, 1);
	case '}':
		return take(lexer, CONF_LEX_CLOSE, 1);
	case '=':
		return take(lexer, CONF_LEX_EQUALS, 1);
	case ',':
		return take(lexer, CONF_LEX_COMMA, 1);
	case '"':
		return take_string(lexer);
	case '\'':
		return take_bad(lexer, single_quoted_len(lexer),
		    "write double quotes, not single ones:");
	default:
		break;
	}
	if (word_len(lexer) > 0)
		return take(lexer, CONF_LEX_WORD, word_len(lexer));
	return take_bad(lexer, garbage_len(lexer), "unexpected");
}

static void
newline(struct lexer *lexer)
{
	lexer->at++;
	lexer->line++;
	lexer->is_line_empty = true;
}

/* Steps over the comment at AT; false: it never ends, and AT is at the end. */
static bool
skip_comment(struct lexer *lexer)
{
	bool is_block = is_at(lexer, lexer->at, "/*");

	lexer->at += is_block ? 2 : 1;
	while (lexer->at < lexer->len) {
		if (is_block && is_at(lexer, lexer->at, "*/")) {
			lexer->at += 2;
			return true;
		}
		if (lexer->text[lexer->at] != '\n')
			lexer->at++;
		else if (is_block)
			newline(lexer);
		else
			return true;
	}
	return !is_block;
}

/* One step: a space, a comment or a token. False: memory is short. */
static bool
step(struct lexer *lexer)
{
	char c = lexer->text[lexer->at];

	if (c == '\n') {
		newline(lexer);
		return true;
	}
	if (c == ' ' || c == '\t' || c == '\r') {
		lexer->at++;
		return true;
	}
	if (is_comment(lexer, lexer->at)) {
		struct lexer start = *lexer;

		if (skip_comment(lexer))
			return true;
		/* Told where it begins: that is where it wants mending. */
		struct conf_lex_token token = take_bad(
		    &start, 2, "the comment is never closed that begins with");

		return add(lexer, token);
	}
	return add(lexer, take_token(lexer));
}

struct conf_lex_token *
conf_lex(const char *text, size_t len)
{
	struct lexer lexer = {
	    .text = text, .len = len, .line = 1, .is_line_empty = true};

	/* The mark that some editors put before UTF-8 text says nothing. */
	if (is_at(&lexer, 0, "\xef\xbb\xbf"))
		lexer.at = 3;
	while (lexer.at < len)
		if (!step(&lexer))
			goto fail;
	if (!add(&lexer, take(&lexer, CONF_LEX_END, 0)))
		goto fail;
	return lexer.tokens;
fail:
	free(lexer.tokens);
	return NULL;
}
