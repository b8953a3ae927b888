/*
 * dns_load_directive.h — finds and takes apart the lines of a master file that
 * netlabd reads itself, around libzscanner: $ORIGIN and $INCLUDE, of which that
 * takes absolute names only, and $GENERATE, which it does not know. Loader
 * process only.
 */
#ifndef NETLAB_SERVICES_DNS_LOAD_DIRECTIVE_H
#define NETLAB_SERVICES_DNS_LOAD_DIRECTIVE_H

#include "services/dns/dns_name.h"

enum dns_load_directive {
	DNS_LOAD_NO_DIRECTIVE,
	DNS_LOAD_ORIGIN,
	DNS_LOAD_INCLUDE,
	DNS_LOAD_GENERATE,
};

/* Whether a place in a file is within parentheses or quotes, where a line is
 * only a continuation. Starts as zeroes at the file's start. */
struct dns_load_lexer {
	size_t at;
	bool is_in_parentheses, is_in_quotes;
};

/* The offset of the first directive of TEXT at or after FROM, or LEN. *KIND
 * says which. LEXER follows: FROM never goes back. */
size_t dns_load_directive_find(const char *text, size_t len, size_t from,
    struct dns_load_lexer *lexer, enum dns_load_directive *kind);

/* A directive's arguments: the rest of its line, without comment. */
struct dns_load_words {
	const char *p, *end;
};

/* LINE begins with the directive and is LEN bytes long, without its newline. */
struct dns_load_words dns_load_directive_words(const char *line, size_t len);

/* Copies the next word, quotes taken away, NUL-terminated, to OUT. false: there
 * is none, or it does not fit in CAP bytes. */
bool dns_load_directive_word(struct dns_load_words *words, char *out,
    size_t cap) __attribute__((warn_unused_result));

/* Reads TEXT as a name, relative to ORIGIN unless it ends in a dot; "@" is
 * ORIGIN. Returns the wire length, 0: not a name. OUT is not ORIGIN. */
size_t dns_load_directive_name(const char *text, const uint8_t *origin,
    size_t origin_len, uint8_t out[DNS_NAME_MAX])
    __attribute__((warn_unused_result));

#endif
