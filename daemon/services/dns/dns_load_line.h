/* dns_load_line.h — a record of a master file as text, taken apart to say what
 * is wrong with it. Loader process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_LINE_H
#define NETLAB_SERVICES_DNS_LOAD_LINE_H

#include <stdbool.h>
#include <stddef.h>

enum { DNS_LOAD_LINE_WORDS_MAX = 24 };

/* In quotes or not; these belong to it. */
struct dns_load_word {
	const char *p;
	size_t len;
};

/* From START to END: one line, or several held together by parentheses. */
struct dns_load_line {
	const char *start, *end;
	struct dns_load_word
	    words[DNS_LOAD_LINE_WORDS_MAX]; /* the first ones */
	unsigned word_count;                /* of them */
	bool has_owner;                     /* it does not begin with a blank */
	/* A parenthesis is not closed: END is where another one opens, or the
	 * text's end. */
	bool is_open;
};

/* Takes apart the record that the byte at AT is in. TEXT … END is read from
 * TEXT on, which lies in no parentheses, until that is found. */
void dns_load_line_read(struct dns_load_line *line, const char *text,
    const char *end, const char *at);

/* The number of its word that AT lies in or right behind; word_count: behind
 * the last. */
unsigned dns_load_line_word_at(
    const struct dns_load_line *line, const char *at);

/* Its words without owner, TTL and class begin with this one: the type. */
unsigned dns_load_line_type(const struct dns_load_line *line);

/* The lines that end between TEXT and END. */
unsigned dns_load_line_count(const char *text, const char *end);

/* The first word with a \DDD beyond 255, which is no byte (RFC 1035 §5.1), or
 * NULL. */
const struct dns_load_word *dns_load_line_escape(
    const struct dns_load_line *line);

/* Is WORD this text, without regard to case? */
bool dns_load_line_word_is(const struct dns_load_word *word, const char *text);

#endif
