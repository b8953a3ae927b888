/* dns_wire_text.h — the bytes of a message in rows, as the lectures show them:
 * "ff 9b 81 80 00 01 …". Pure; any process. */
#ifndef NETLAB_SERVICES_DNS_WIRE_TEXT_H
#define NETLAB_SERVICES_DNS_WIRE_TEXT_H

#include "core/span.h"

enum {
	DNS_WIRE_TEXT_BYTES = 16, /* in a row */
	DNS_WIRE_TEXT_ROW = 3 * DNS_WIRE_TEXT_BYTES,
};

/* Writes the first row of BYTES, takes it off, and returns its length, without
 * a NUL; 0: BYTES is empty. */
size_t dns_wire_text_row(struct span *bytes, char row[DNS_WIRE_TEXT_ROW]);

#endif
