/* conf_reader.c — a configuration's tokens read one by one. */
#include "core/conf_reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ------------------------------------------------------------- telling */

const char *
conf_reader_show(const struct conf_reader *reader,
    const struct conf_lex_token *token, char out[CONF_READER_SHOWN_MAX])
{
	if (token->kind == CONF_LEX_END)
		return "the end of the file";
	bool is_quoted = reader->text[token->start] == '"' ||
	                 reader->text[token->start] == '\'';
	size_t used = 0;

	if (!is_quoted)
		out[used++] = '\'';
	for (size_t i = 0; i < token->len; i++) {
		unsigned char c = (unsigned char)reader->text[token->start + i];

		if (used > CONF_READER_SHOWN_MAX - 10) {
			memcpy(out + used, "...", 3);
			used += 3;
			break;
		}
		if (c >= 0x20 && c < 0x7f)
			out[used++] = (char)c;
		else
			used += (size_t)snprintf(out + used,
			    CONF_READER_SHOWN_MAX - used, "\\x%02x", c);
	}
	if (!is_quoted)
		out[used++] = '\'';
	out[used] = '\0';
	return out;
}

static bool
is_exhausted(const struct conf_reader *reader)
{
	return reader->mistakes >= CONF_READER_MISTAKES_MAX ||
	       reader->is_given_up;
}

void
conf_reader_mistake(
    struct conf_reader *reader, unsigned line, const char *format, ...)
{
	char text[512];
	va_list args;

	if (is_exhausted(reader))
		return;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	conf_error(reader->report, reader->file, line, "%s", text);
	if (++reader->mistakes == CONF_READER_MISTAKES_MAX)
		conf_error(reader->report, reader->file, line,
		    "too many mistakes: the rest is not checked");
}

/* -------------------------------------------------------------- reading */

const struct conf_lex_token *
conf_reader_peek(struct conf_reader *reader)
{
	const struct conf_lex_token *token = &reader->tokens[reader->at];
	char shown[CONF_READER_SHOWN_MAX];

	while (token->kind == CONF_LEX_BAD) {
		conf_reader_mistake(reader, token->line, "%s %s", token->fault,
		    conf_reader_show(reader, token, shown));
		token = &reader->tokens[++reader->at];
	}
	/* Enough said: let every loop find its end. */
	if (is_exhausted(reader))
		while (reader->tokens[reader->at].kind != CONF_LEX_END)
			reader->at++;
	return &reader->tokens[reader->at];
}

const struct conf_lex_token *
conf_reader_next(struct conf_reader *reader)
{
	const struct conf_lex_token *token = conf_reader_peek(reader);

	if (token->kind != CONF_LEX_END)
		reader->at++;
	return token;
}

enum conf_lex_kind
conf_reader_peek_kind(struct conf_reader *reader)
{
	return conf_reader_peek(reader)->kind;
}

void
conf_reader_skip_block(struct conf_reader *reader)
{
	for (size_t depth = 1; depth > 0;) {
		const struct conf_lex_token *token = conf_reader_next(reader);

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
is_fresh_start(struct conf_reader *reader)
{
	const struct conf_lex_token *token = conf_reader_peek(reader);

	return token->kind == CONF_LEX_WORD && token->is_first;
}

void
conf_reader_recover(struct conf_reader *reader)
{
	while (!is_fresh_start(reader)) {
		enum conf_lex_kind kind = conf_reader_peek_kind(reader);

		if (kind == CONF_LEX_END || kind == CONF_LEX_CLOSE)
			return;
		conf_reader_next(reader);
		if (kind == CONF_LEX_OPEN)
			conf_reader_skip_block(reader);
	}
}

bool
conf_reader_is_statement(struct conf_reader *reader)
{
	if (!is_fresh_start(reader))
		return false;
	enum conf_lex_kind behind = reader->tokens[reader->at + 1].kind;

	return behind == CONF_LEX_EQUALS || behind == CONF_LEX_OPEN;
}

void
conf_reader_leave_list(struct conf_reader *reader)
{
	while (!conf_reader_is_statement(reader)) {
		const struct conf_lex_token *token = conf_reader_next(reader);

		if (token->kind == CONF_LEX_END ||
		    token->kind == CONF_LEX_CLOSE)
			return;
		if (token->kind == CONF_LEX_OPEN)
			conf_reader_skip_block(reader);
	}
}
