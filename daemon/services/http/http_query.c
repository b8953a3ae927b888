/* http_query.c — pairs of a query, as HTML's forms send them. */
#include "services/http/http_query.h"
#include "services/http/http_char.h"

static struct span
take_until(struct span *from, uint8_t mark)
{
	const uint8_t *end =
	    from->len > 0 ? memchr(from->data, mark, from->len) : NULL;
	size_t len = end != NULL ? (size_t)(end - from->data) : from->len;
	size_t used = end != NULL ? len + 1 : len;
	struct span taken = {from->data, len};

	from->data += used;
	from->len -= used;
	return taken;
}

bool
http_query_next(struct span *query, struct span *name, struct span *value)
{
	while (query->len > 0) {
		struct span pair = take_until(query, '&');

		if (pair.len == 0)
			continue;
		*name = take_until(&pair, '=');
		*value = pair;
		return true;
	}
	return false;
}

void
http_query_decode(struct http_text *text, struct span raw)
{
	for (size_t i = 0; i < raw.len; i++) {
		uint8_t byte = raw.data[i];
		int high, low;

		if (byte == '+') {
			byte = ' ';
		} else if (byte == '%' && raw.len - i > 2 &&
		           (high = http_char_hex(raw.data[i + 1])) >= 0 &&
		           (low = http_char_hex(raw.data[i + 2])) >= 0) {
			byte = (uint8_t)(high << 4 | low);
			i += 2;
		}
		http_text_bytes(text, &byte, 1);
	}
}
