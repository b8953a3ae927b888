/* dns_wire_text.c — the bytes of a message in rows. Pure. */
#include "services/dns/dns_wire_text.h"

size_t
dns_wire_text_row(struct span *bytes, char row[DNS_WIRE_TEXT_ROW])
{
	static const char digits[] = "0123456789abcdef";
	size_t len = 0;

	for (size_t i = 0; i < DNS_WIRE_TEXT_BYTES && bytes->len > 0; i++) {
		if (i > 0)
			row[len++] = ' ';
		row[len++] = digits[bytes->data[0] >> 4];
		row[len++] = digits[bytes->data[0] & 15];
		bytes->data++;
		bytes->len--;
	}
	return len;
}
