/* dns_text_type.h — types of records: their mnemonics, and of what fields their
 * RDATA is. Pure; any process. */
#ifndef NETLAB_SERVICES_DNS_TEXT_TYPE_H
#define NETLAB_SERVICES_DNS_TEXT_TYPE_H

#include "services/dns/dns_text.h"

struct dns_text_type {
	uint16_t type;
	char mnemonic[11];
	/*
	 * One letter a field, in their order on the wire; what stands last may
	 * take all that is left:
	 *	1 2 4    an integer of so many bytes
	 *	n        a name
	 *	a A      an IPv4 or IPv6 address
	 *	s S      a <character-string>; one or more of them
	 *	u        all that is left as one string
	 *	w        a <character-string> of letters and digits, not quoted
	 *	x b      all that is left, in base 16 or 64
	 *	l h      bytes behind their length, in base 16 ("-": none) or 32
	 *	6 e E    64 bits in four groups; 6 or 8 bytes, as in EUI-48
	 *	y m      a type; a bitmap of types
	 *	T        a date, of RRSIG
	 *	L V P G  what LOC, SVCB, APL and IPSECKEY alone have
	 */
	char fields[10];
};

/* What is known of TYPE; NULL: nothing, its RDATA is written as RFC 3597 §5
 * has it. */
const struct dns_text_type *dns_text_type_find(uint16_t type);

/* What is called MNEMONIC, its case aside; NULL: nothing. */
const struct dns_text_type *dns_text_type_named(const char *mnemonic);

/* TYPE by its mnemonic, or as TYPE123 (RFC 3597 §5). */
void dns_text_type_put(struct dns_text *text, uint16_t type);

/* The types of BITMAP (RFC 4034 §4.1.2), one blank apart. False: it is not one,
 * and part of it has been written. */
bool dns_text_type_put_bitmap(struct dns_text *text, struct span bitmap)
    __attribute__((warn_unused_result));

#endif
