/* dns_load_rdata.h — where names lie in RDATA. Loader process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_RDATA_H
#define NETLAB_SERVICES_DNS_LOAD_RDATA_H

#include "services/dns/dns_name.h"

/* PREFIX bytes, NAMES names, and what is left. */
struct dns_load_rdata_form {
	uint16_t type;
	uint8_t prefix;
	uint8_t names;
	uint8_t suffix;     /* bytes behind the names, exactly */
	bool is_compressed; /* the types of RFC 1035 alone (RFC 3597 §4) */
	bool is_target;     /* additional data or a chain follow the name */
};

/* NULL: a type whose RDATA is only bytes to us. */
const struct dns_load_rdata_form *dns_load_rdata_form(uint16_t type);

/* Is RDATA made as its type says? A file may spell the RDATA of any type in
 * hexadecimal (RFC 3597 §5), so that names in it need not be names. */
bool dns_load_rdata_is_valid(uint16_t type, const uint8_t *rdata, size_t len);

/* The same data: names without regard to case (RFC 2181 §5, RFC 4034 §6.2).
 * Both valid. */
bool dns_load_rdata_is_same(uint16_t type, const uint8_t *a, size_t a_len,
    const uint8_t *b, size_t b_len);

#endif
