/*
 * conf_lex.h — the text of a configuration file cut into words, strings and
 * signs, each with its line. Pure but for the array's memory.
 *
 * The grammar is the part of libconfuse's that reads in one way only: strings
 * in double quotes on one line, with \" \\ \n \r \t and nothing expanded in
 * them; bare words for keys, numbers and booleans; comments behind # or //, and
 * between slash-star and star-slash.
 */
#ifndef NETLAB_CORE_CONF_LEX_H
#define NETLAB_CORE_CONF_LEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum conf_lex_kind {
	CONF_LEX_WORD,
	CONF_LEX_STRING, /* START and LEN include the quotes */
	CONF_LEX_OPEN,   /* { */
	CONF_LEX_CLOSE,  /* } */
	CONF_LEX_EQUALS,
	CONF_LEX_COMMA,
	CONF_LEX_BAD, /* FAULT says why; the reader goes on behind it */
	CONF_LEX_END, /* of the text; always the last */
};

struct conf_lex_token {
	enum conf_lex_kind kind;
	unsigned line;     /* from 1 */
	bool is_first;     /* nothing stands before it on its line */
	size_t start, len; /* in the text */
	const char *fault; /* CONF_LEX_BAD: static text, to stand before or
	                      behind the offending bytes */
};

/*
 * Cuts the LEN bytes of TEXT. Returns an array that ends in CONF_LEX_END and
 * that the caller frees, or NULL when memory is short.
 */
struct conf_lex_token *conf_lex(const char *text, size_t len)
    __attribute__((warn_unused_result));

#endif
