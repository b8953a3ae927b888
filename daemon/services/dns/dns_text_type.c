/* dns_text_type.c — types of records. Pure. */
#include "services/dns/dns_text_type.h"

#include "core/ascii.h"

/* Ascending. Only what libzscanner can read back: the rest is TYPE123. */
static const struct dns_text_type types[] = {
    {1, "A", "a"},
    {2, "NS", "n"},
    {5, "CNAME", "n"},
    {6, "SOA", "nn44444"},
    {12, "PTR", "n"},
    {13, "HINFO", "ss"},
    {14, "MINFO", "nn"},
    {15, "MX", "2n"},
    {16, "TXT", "S"},
    {17, "RP", "nn"},
    {18, "AFSDB", "2n"},
    {21, "RT", "2n"},
    {25, "KEY", "211b"},
    {28, "AAAA", "A"},
    {29, "LOC", "L"},
    {33, "SRV", "222n"},
    {35, "NAPTR", "22sssn"},
    {36, "KX", "2n"},
    {37, "CERT", "221b"},
    {39, "DNAME", "n"},
    {42, "APL", "P"},
    {43, "DS", "211x"},
    {44, "SSHFP", "11x"},
    {45, "IPSECKEY", "G"},
    {46, "RRSIG", "y114TT2nb"},
    {47, "NSEC", "nm"},
    {48, "DNSKEY", "211b"},
    {49, "DHCID", "b"},
    {50, "NSEC3", "112lhm"},
    {51, "NSEC3PARAM", "112l"},
    {52, "TLSA", "111x"},
    {53, "SMIMEA", "111x"},
    {59, "CDS", "211x"},
    {60, "CDNSKEY", "211b"},
    {61, "OPENPGPKEY", "b"},
    {62, "CSYNC", "42m"},
    {63, "ZONEMD", "411x"},
    {64, "SVCB", "2nV"},
    {65, "HTTPS", "2nV"},
    {99, "SPF", "S"},
    {104, "NID", "26"},
    {105, "L32", "2a"},
    {106, "L64", "26"},
    {107, "LP", "2n"},
    {108, "EUI48", "e"},
    {109, "EUI64", "E"},
    {256, "URI", "22u"},
    {257, "CAA", "1wu"},
};

const struct dns_text_type *
dns_text_type_find(uint16_t type)
{
	size_t low = 0, high = sizeof(types) / sizeof(types[0]);

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (types[middle].type == type)
			return &types[middle];
		if (types[middle].type < type)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

const struct dns_text_type *
dns_text_type_named(const char *mnemonic)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (ascii_is_equal(types[i].mnemonic, mnemonic))
			return &types[i];
	return NULL;
}

void
dns_text_type_put(struct dns_text *text, uint16_t type)
{
	const struct dns_text_type *found = dns_text_type_find(type);

	dns_text_chars(text, found == NULL ? "TYPE" : found->mnemonic);
	if (found == NULL)
		dns_text_number(text, type);
}

bool
dns_text_type_put_bitmap(struct dns_text *text, struct span bitmap)
{
	size_t start = text->len;
	int last_window = -1;

	/* Windows ascend, and none of them ends in a zero. */
	for (size_t at = 0; at < bitmap.len;) {
		if (bitmap.len - at < 2)
			return false;
		unsigned window = bitmap.data[at], len = bitmap.data[at + 1];

		at += 2;
		if ((int)window <= last_window || len < 1 || len > 32 ||
		    len > bitmap.len - at || bitmap.data[at + len - 1] == 0)
			return false;
		last_window = (int)window;
		for (unsigned bit = 0; bit < 8 * len; bit++) {
			if ((bitmap.data[at + bit / 8] << bit % 8 & 0x80) == 0)
				continue;
			dns_text_blank(text, start);
			dns_text_type_put(text, (uint16_t)(window << 8 | bit));
		}
		at += len;
	}
	return true;
}
