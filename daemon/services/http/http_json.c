/* http_json.c — any bytes → a string that every reader of JSON takes. */
#include "services/http/http_json.h"

/* RFC 3629 §4: what may follow the first byte, so that nothing is written
 * longer than it has to be, no surrogate, and nothing beyond U+10FFFF. */
static bool
is_second(uint8_t first, uint8_t second)
{
	switch (first) {
	case 0xe0:
		return second >= 0xa0 && second <= 0xbf;
	case 0xed:
		return second >= 0x80 && second <= 0x9f;
	case 0xf0:
		return second >= 0x90 && second <= 0xbf;
	case 0xf4:
		return second >= 0x80 && second <= 0x8f;
	default:
		return second >= 0x80 && second <= 0xbf;
	}
}

size_t
http_json_utf8(struct span bytes)
{
	uint8_t first = bytes.data[0];
	size_t len = first < 0x80                     ? 1
	             : first >= 0xc2 && first <= 0xdf ? 2
	             : first >= 0xe0 && first <= 0xef ? 3
	             : first >= 0xf0 && first <= 0xf4 ? 4
	                                              : 0;

	if (len > bytes.len || (len > 1 && !is_second(first, bytes.data[1])))
		return 0;
	for (size_t i = 2; i < len; i++) {
		if ((bytes.data[i] & 0xc0) != 0x80)
			return 0;
	}
	return len;
}

/* One of U+0080 to U+009F in UTF-8, which a terminal may obey: U+009B begins
 * its commands. */
static bool
is_control(const uint8_t pair[2])
{
	return pair[0] == 0xc2 && pair[1] < 0xa0;
}

static void
add_escape(struct http_text *text, uint8_t byte)
{
	const char *digits = "0123456789abcdef";

	http_text_add(text, "\\u00");
	http_text_bytes(text, digits + (byte >> 4), 1);
	http_text_bytes(text, digits + (byte & 15), 1);
}

static void
add_ascii(struct http_text *text, uint8_t byte)
{
	if (byte == '"' || byte == '\\') {
		http_text_bytes(text, (const uint8_t[]){'\\', byte}, 2);
	} else if (byte == '\n') {
		http_text_add(text, "\\n");
	} else if (byte == '\r') {
		http_text_add(text, "\\r");
	} else if (byte == '\t') {
		http_text_add(text, "\\t");
	} else if (byte < 0x20 || byte == 0x7f) {
		add_escape(text, byte);
	} else {
		http_text_bytes(text, &byte, 1);
	}
}

void
http_json_string(struct http_text *text, struct span bytes)
{
	http_text_add(text, "\"");
	while (bytes.len > 0) {
		size_t len = http_json_utf8(bytes);

		if (len == 1)
			add_ascii(text, bytes.data[0]);
		else if (len == 2 && is_control(bytes.data))
			add_escape(text, bytes.data[1]);
		else if (len > 1)
			http_text_bytes(text, bytes.data, len);
		else
			http_text_add(text, "\xef\xbf\xbd");
		len += len == 0;
		bytes = (struct span){bytes.data + len, bytes.len - len};
	}
	http_text_add(text, "\"");
}
