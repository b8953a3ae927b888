/*
 * conf_reader.h — a configuration's tokens read one by one: mistakes told with
 * their lines, and the way back to sense behind each.
 */
#ifndef NETLAB_CORE_CONF_READER_H
#define NETLAB_CORE_CONF_READER_H

#include "core/conf.h"
#include "core/conf_lex.h"

#include <stdbool.h>
#include <stddef.h>

/* Mistakes told of one file; what is behind them is not looked at. A file of
 * the wrong kind would fill the log otherwise. */
enum { CONF_READER_MISTAKES_MAX = 100 };

enum { CONF_READER_SHOWN_MAX = 120 };

/* All pointers are borrowed for as long as the reader is used. */
struct conf_reader {
	const char *file; /* for messages */
	const char *text;
	const struct conf_lex_token *tokens; /* of TEXT; ends in CONF_LEX_END */
	struct report *report;
	size_t at;         /* the token that is read next */
	unsigned mistakes; /* told so far */
	bool is_given_up;  /* memory is short: stands at the end, mute */
};

/* Tells a mistake on LINE; nothing more behind CONF_READER_MISTAKES_MAX of
 * them, or once the reader has given up. */
void conf_reader_mistake(struct conf_reader *reader, unsigned line,
    const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The token as a person may see it; in quotes, its own if it has some. Returns
 * OUT or static text. */
const char *conf_reader_show(const struct conf_reader *reader,
    const struct conf_lex_token *token, char out[CONF_READER_SHOWN_MAX]);

/*
 * The next good token, never NULL: at the end, and once no more can be told, it
 * is CONF_LEX_END. Bad ones are told on the way: each once, since the reader
 * moves past them. conf_reader_next also steps over it, unless it is the end.
 */
const struct conf_lex_token *conf_reader_peek(struct conf_reader *reader);
const struct conf_lex_token *conf_reader_next(struct conf_reader *reader);
enum conf_lex_kind conf_reader_peek_kind(struct conf_reader *reader);

/* True before "KEY =" or "KEY {" at the beginning of a line: a new statement,
 * even where the list before it seems to have lost its closing brace. */
bool conf_reader_is_statement(struct conf_reader *reader);

/* Steps over a block whose opening brace has been read. */
void conf_reader_skip_block(struct conf_reader *reader);

/* Steps to where the next statement may begin. */
void conf_reader_recover(struct conf_reader *reader);

/* Steps to the end of a list in which something may be wrong: behind its
 * closing brace, or before a statement. */
void conf_reader_leave_list(struct conf_reader *reader);

#endif
