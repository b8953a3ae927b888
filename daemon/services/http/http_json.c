/* http_json.c — any bytes → a string that every reader of JSON takes. */
#include "services/http/http_json.h"

#include "core/utf8.h"

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
		size_t len = utf8_len(bytes);

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
