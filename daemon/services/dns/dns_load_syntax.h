/* dns_load_syntax.h — what libzscanner could not read, in plain words. Loader
 * process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_SYNTAX_H
#define NETLAB_SERVICES_DNS_LOAD_SYNTAX_H

#include "services/dns/dns_load_line.h"
#include "services/dns/dns_name.h"

enum { DNS_LOAD_SYNTAX_MAX = 1280 };

struct dns_load_syntax {
	const struct dns_load_line *line;
	const char *at;        /* as far as the scanner came in it */
	int code;              /* enum err_codes of libzscanner */
	const uint8_t *origin; /* that relative names get */
	size_t origin_len;
	const uint8_t *previous; /* owner of the record before it, or NULL */
	bool is_type_read;       /* the scanner knows it */
};

/* Writes what is wrong to OUT, and returns it: which record, which field, why,
 * and how it is written right. */
const char *dns_load_syntax_explain(
    const struct dns_load_syntax *syntax, char out[DNS_LOAD_SYNTAX_MAX]);

/* The same for the word that dns_load_line_escape found. */
const char *dns_load_syntax_explain_escape(
    const struct dns_load_word *word, char out[DNS_LOAD_SYNTAX_MAX]);

#endif
