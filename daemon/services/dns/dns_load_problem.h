/* dns_load_problem.h — why libzscanner could not read a word, in plain words.
 * Loader process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_PROBLEM_H
#define NETLAB_SERVICES_DNS_LOAD_PROBLEM_H

#include "services/dns/dns_load_line.h"

/* What WORD, a field of a record, is not, or is too much, to go on behind it:
 * "is not a number". CODE is of libzscanner's enum err_codes. A static string.
 */
const char *dns_load_problem(const struct dns_load_word *word, int code);

/* Of a word with an escape that stands for no byte. */
extern const char dns_load_problem_escape[];

/* The same of a WORD that should be a number, whatever CODE says. */
const char *dns_load_problem_number(const struct dns_load_word *word, int code);

#endif
