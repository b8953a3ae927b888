/* dissect_dns_word.h — the RFCs' words for the fields of RDATA. Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_DNS_WORD_H
#define NETLAB_CLIENT_DISSECT_DISSECT_DNS_WORD_H

#include <stdint.h>

enum { DISSECT_DNS_WORD_MAX = 9 };

struct dissect_dns_word {
	uint16_t type;
	/*
	 * What the numbers mean, a letter for each field:
	 *	a d      an algorithm, a digest (dns_code.h)
	 *	t T      seconds; a date
	 *	k        the flags of DNSKEY
	 *	.        nothing else
	 */
	char means[DISSECT_DNS_WORD_MAX + 1];
	const char *rfc;
	/* As many as struct dns_text_type has letters for TYPE. */
	const char *names[DISSECT_DNS_WORD_MAX];
};

/* NULL: dns_text_type_find knows none either. Static. */
const struct dissect_dns_word *dissect_dns_word_find(uint16_t type);

#endif
