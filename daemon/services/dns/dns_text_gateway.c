/* dns_text_gateway.c — the data of IPSECKEY. Pure. */
#include "services/dns/dns_text_gateway.h"

#include "core/bytes.h"

static bool
put_gateway(struct dns_text *text, struct dns_text_rest *rest, unsigned type)
{
	static const char letters[] = {[1] = 'a', [2] = 'A', [3] = 'n'};

	if (type == 0)
		dns_text_char(text, '.');
	else if (type >= sizeof(letters))
		return false;
	else
		return dns_text_field(text, rest, letters[type]);
	return true;
}

bool
dns_text_gateway(struct dns_text *text, struct dns_text_rest *rest)
{
	uint64_t precedence, type, algorithm;

	if (!dns_text_field_integer(rest, 1, &precedence) ||
	    !dns_text_field_integer(rest, 1, &type) ||
	    !dns_text_field_integer(rest, 1, &algorithm))
		return false;
	dns_text_number(text, precedence);
	dns_text_char(text, ' ');
	dns_text_number(text, type);
	dns_text_char(text, ' ');
	dns_text_number(text, algorithm);
	dns_text_char(text, ' ');
	if (!put_gateway(text, rest, (unsigned)type))
		return false;
	/* Algorithm 0 means that there is no key (§2.4). */
	if (rest->at == rest->end)
		return algorithm == 0;
	dns_text_char(text, ' ');
	return algorithm != 0 && dns_text_field(text, rest, 'b');
}
