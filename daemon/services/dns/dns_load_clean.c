/* dns_load_clean.c — what editors leave in a text file. Loader process only. */
#include "services/dns/dns_load_clean.h"

#include <stdlib.h>
#include <string.h>

/* A blank more at the end of a line changes nothing else. */
static void
drop_carriage_returns(char *text, size_t len)
{
	char *end = text + len;

	while ((text = memchr(text, '\r', (size_t)(end - text))) != NULL) {
		if (text + 1 == end || text[1] == '\n')
			*text = ' ';
		text++;
	}
}

/* Eight at a time: of a large file this is read once more. */
static size_t
count_high_bytes(const char *text, size_t len)
{
	const uint64_t high_bits = 0x8080808080808080;
	size_t count = 0, i = 0;
	uint64_t word;

	for (; len - i >= sizeof(word); i += sizeof(word)) {
		memcpy(&word, text + i, sizeof(word));
		if ((word & high_bits) != 0)
			for (unsigned shift = 7; shift < 64; shift += 8)
				count += word >> shift & 1;
	}
	for (; i < len; i++)
		count += (uint8_t)text[i] >> 7;
	return count;
}

static bool
escape_high_bytes(struct dns_load_file *file, size_t count)
{
	size_t len = 0;
	char *text = malloc(file->len + 3 * count);

	if (text == NULL)
		return false;
	for (size_t i = 0; i < file->len; i++) {
		uint8_t byte = (uint8_t)file->text[i];

		if (byte < 0x80) {
			text[len++] = (char)byte;
			continue;
		}
		text[len++] = '\\';
		text[len++] = (char)('0' + byte / 100);
		text[len++] = (char)('0' + byte / 10 % 10);
		text[len++] = (char)('0' + byte % 10);
	}
	free(file->text);
	file->text = text;
	file->len = len;
	return true;
}

const char *
dns_load_clean(struct dns_load_file *file, bool *has_high_bytes)
{
	static const char mark[] = "\xef\xbb\xbf";

	if (file->len >= 2 && (memcmp(file->text, "\xff\xfe", 2) == 0 ||
	                          memcmp(file->text, "\xfe\xff", 2) == 0))
		return "is UTF-16; save it as UTF-8 or ASCII";
	if (file->len >= 3 && memcmp(file->text, mark, 3) == 0) {
		file->len -= 3;
		memmove(file->text, file->text + 3, file->len);
	}
	drop_carriage_returns(file->text, file->len);
	size_t count = count_high_bytes(file->text, file->len);

	if (count == 0)
		return NULL;
	*has_high_bytes = true;
	return escape_high_bytes(file, count) ? NULL : "not enough memory";
}
