/*
 * explain_hex_fuzz.c — any text is bytes in hexadecimal, or is refused for a
 * reason; and any bytes that we write down are read back as they were.
 */
#include "client/explain/explain_hex.h"
#include "services/dns/dns_wire_text.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { WRITTEN_MAX = 1024 }; /* bytes that are written down */

static void
check(bool is_true)
{
	if (!is_true)
		abort();
}

/* Reads TEXT into exactly as much memory as it may take; the caller frees
 * it. */
static uint8_t *
read_text(struct span text, size_t *len)
{
	uint8_t *bytes = malloc(text.len / 2 + 1);
	char reason[EXPLAIN_HEX_REASON_MAX];

	check(bytes != NULL);
	memset(reason, 'x', sizeof(reason));
	*len = explain_hex(text, (struct space){bytes, text.len / 2}, reason);
	check(*len <= text.len / 2);
	if (*len == 0)
		check(*reason != '\0' &&
		      memchr(reason, '\0', sizeof(reason)) != NULL);
	return bytes;
}

/* BYTES in rows, as we print them. */
static void
read_back(struct span bytes)
{
	static char text[WRITTEN_MAX * 3 + WRITTEN_MAX];
	char row[DNS_WIRE_TEXT_ROW];
	struct span rest = bytes;
	size_t made, text_len = 0, len;

	while ((made = dns_wire_text_row(&rest, row)) > 0) {
		memcpy(text + text_len, row, made);
		text_len += made;
		text[text_len++] = '\n';
	}
	uint8_t *read =
	    read_text((struct span){(const uint8_t *)text, text_len}, &len);

	check(len == bytes.len && memcmp(read, bytes.data, len) == 0);
	free(read);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t len;

	free(read_text((struct span){data, size}, &len));
	if (size > 0 && size <= WRITTEN_MAX)
		read_back((struct span){data, size});
	return 0;
}
