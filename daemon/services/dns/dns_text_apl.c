/* dns_text_apl.c — lists of address prefixes (RFC 3123 §5). Pure. */
#include "services/dns/dns_text_apl.h"

#include <string.h>

enum {
	FAMILY_IPV4 = 1,
	FAMILY_IPV6 = 2,
	NEGATION = 0x80, /* beside the length of the address */
};

static bool
put_item(struct dns_text *text, struct dns_text_rest *rest)
{
	uint64_t family, prefix, coded;
	struct span part;
	uint8_t address[16] = {0};

	if (!dns_text_field_integer(rest, 2, &family) ||
	    !dns_text_field_integer(rest, 1, &prefix) ||
	    !dns_text_field_integer(rest, 1, &coded))
		return false;
	size_t len = coded & (NEGATION - 1);
	size_t size = family == FAMILY_IPV4 ? 4 : sizeof(address);

	/* Zeroes at the end are left out (§4). */
	if ((family != FAMILY_IPV4 && family != FAMILY_IPV6) || len > size ||
	    prefix > 8 * size || !dns_text_rest_take(rest, len, &part) ||
	    (len > 0 && part.data[len - 1] == 0))
		return false;
	memcpy(address, part.data, len);
	if ((coded & NEGATION) != 0)
		dns_text_char(text, '!');
	dns_text_number(text, family);
	dns_text_char(text, ':');
	if (family == FAMILY_IPV4)
		dns_text_ipv4(text, address);
	else
		dns_text_ipv6(text, address);
	dns_text_char(text, '/');
	dns_text_number(text, prefix);
	return true;
}

bool
dns_text_apl(struct dns_text *text, struct dns_text_rest *rest)
{
	size_t start = text->len;

	while (rest->at < rest->end) {
		dns_text_blank(text, start);
		if (!put_item(text, rest))
			return false;
	}
	return true;
}
