/*
 * explain_fuzz.c — any text as hexadecimal, any bytes for what they are most
 * likely; and what netlab prints of bytes is read as the same bytes again.
 */
#include "client/explain/explain_hex.h"
#include "client/explain/explain_kind.h"
#include "dissect_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Bytes that are written down, are there: at most one for a character. */
static void
read_text(struct span text, uint8_t *bytes, size_t cap)
{
	char reason[EXPLAIN_HEX_REASON_MAX];

	if (explain_hex(text, (struct space){bytes, cap}, reason) >
	    text.len / 2 + 1)
		abort();
}

static void
print_and_read(struct span message, uint8_t *bytes, size_t cap)
{
	struct screen screen = {.width = 40 + message.data[0] % 100};
	char reason[EXPLAIN_HEX_REASON_MAX];
	bool is_stream;
	const struct explain_kind *kind =
	    explain_kind_guess(message, &is_stream);
	struct dissect dissection;
	char *text;
	size_t len;

	screen.out = open_memstream(&text, &len);
	if (screen.out == NULL)
		abort();
	cover_dissect(&dissection, message,
	    kind == NULL ? explain_kind_find("dns")->dissect
	    : is_stream  ? kind->dissect_stream
	                 : kind->dissect);
	show_hex_fields(&screen, &dissection);
	show_dissect_free(&dissection);
	fclose(screen.out);
	if (explain_hex(span_of(text), (struct space){bytes, cap}, reason) !=
	        message.len ||
	    memcmp(bytes, message.data, message.len) != 0)
		abort();
	free(text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *bytes = malloc(size + 1);

	if (bytes == NULL || size == 0) {
		free(bytes);
		return -1;
	}
	read_text((struct span){data, size}, bytes, size / 2 + 1);
	print_and_read((struct span){data, size}, bytes, size + 1);
	free(bytes);
	return 0;
}
