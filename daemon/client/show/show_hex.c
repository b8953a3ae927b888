/* show_hex.c — a message in rows of bytes. */
#include "client/show/show.h"

#include "services/dns/dns_wire_text.h"

void
show_hex_plain(const struct screen *screen, struct span bytes)
{
	char row[DNS_WIRE_TEXT_ROW];
	size_t len;

	while ((len = dns_wire_text_row(&bytes, row)) > 0) {
		fwrite(row, 1, len, screen->out);
		fputc('\n', screen->out);
	}
}
