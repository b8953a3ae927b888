/* dns_mnemonic.h — numbers in messages by their names, also where they have
 * none (RFC 3597 §5), and back. Pure; any process. */
#ifndef NETLAB_SERVICES_DNS_MNEMONIC_H
#define NETLAB_SERVICES_DNS_MNEMONIC_H

#include <stdbool.h>
#include <stdint.h>

enum { DNS_MNEMONIC_MAX = 16 }; /* "EXTENDED-ERROR", and a NUL */

/* What each of these writes to TEXT, and returns: a name, or "TYPE123",
 * "CLASS123" (RFC 3597 §5), "OPCODE7", "RCODE12", "OPTION65001". */
const char *dns_mnemonic_type(uint16_t type, char text[DNS_MNEMONIC_MAX]);
const char *dns_mnemonic_class(uint16_t class, char text[DNS_MNEMONIC_MAX]);
const char *dns_mnemonic_opcode(unsigned opcode, char text[DNS_MNEMONIC_MAX]);
const char *dns_mnemonic_rcode(unsigned rcode, char text[DNS_MNEMONIC_MAX]);
const char *dns_mnemonic_option(uint16_t code, char text[DNS_MNEMONIC_MAX]);

/* What RCODE says, in a phrase. Static. */
const char *dns_mnemonic_rcode_meaning(unsigned rcode);

/* The type, or class, that is called WORD, its case aside; ANY, AXFR and other
 * types that only questions have are among them. False: none is. */
bool dns_mnemonic_read_type(const char *word, uint16_t *type)
    __attribute__((warn_unused_result));
bool dns_mnemonic_read_class(const char *word, uint16_t *class)
    __attribute__((warn_unused_result));

#endif
