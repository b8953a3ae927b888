/* dns_load_rdata.c — where names lie in RDATA. Loader process only. */
#include "services/dns/dns_load_rdata.h"

#include "services/dns/dns_dnssec.h"

#include <string.h>

static const struct dns_load_rdata_form forms[] = {
    {DNS_TYPE_NS, 0, 1, 0, true, true},
    {3, 0, 1, 0, true, false}, /* MD */
    {4, 0, 1, 0, true, false}, /* MF */
    {DNS_TYPE_CNAME, 0, 1, 0, true, true},
    {DNS_TYPE_SOA, 0, 2, 20, true, false},
    {7, 0, 1, 0, true, false}, /* MB */
    {8, 0, 1, 0, true, false}, /* MG */
    {9, 0, 1, 0, true, false}, /* MR */
    {DNS_TYPE_PTR, 0, 1, 0, true, false},
    {14, 0, 2, 0, true, false}, /* MINFO */
    {DNS_TYPE_MX, 2, 1, 0, true, true},
    {17, 0, 2, 0, false, false}, /* RP */
    {18, 2, 1, 0, false, false}, /* AFSDB */
    {21, 2, 1, 0, false, false}, /* RT */
    {26, 2, 2, 0, false, false}, /* PX */
    {DNS_TYPE_SRV, 6, 1, 0, false, true},
    {36, 2, 1, 0, false, false}, /* KX */
    {DNS_TYPE_DNAME, 0, 1, 0, false, false},
};

const struct dns_load_rdata_form *
dns_load_rdata_form(uint16_t type)
{
	if (type == DNS_TYPE_A) /* most records, and first in no table */
		return NULL;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (forms[i].type == type)
			return &forms[i];
	return NULL;
}

bool
dns_load_rdata_is_valid(uint16_t type, const uint8_t *rdata, size_t len)
{
	const struct dns_load_rdata_form *form = dns_load_rdata_form(type);

	if (type == DNS_TYPE_A)
		return len == 4;
	if (type == DNS_TYPE_AAAA)
		return len == 16;
	if (form == NULL)
		return dns_dnssec_is_valid(type, (struct span){rdata, len});
	if (len < form->prefix)
		return false;
	rdata += form->prefix;
	len -= form->prefix;
	for (unsigned i = 0; i < form->names; i++) {
		size_t name_len = dns_name_measure(rdata, len);

		if (name_len == 0)
			return false;
		rdata += name_len;
		len -= name_len;
	}
	return len == form->suffix;
}

bool
dns_load_rdata_is_same(uint16_t type, const uint8_t *a, size_t a_len,
    const uint8_t *b, size_t b_len)
{
	const struct dns_load_rdata_form *form = dns_load_rdata_form(type);

	if (a_len != b_len)
		return false;
	if (form == NULL)
		return memcmp(a, b, a_len) == 0;
	size_t names = a_len - form->prefix - form->suffix;

	return memcmp(a, b, form->prefix) == 0 &&
	       dns_name_is_equal(a + form->prefix, b + form->prefix, names) &&
	       memcmp(a + a_len - form->suffix, b + b_len - form->suffix,
	           form->suffix) == 0;
}
