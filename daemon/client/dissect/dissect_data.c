/* dissect_data.c — bytes that no dissector knows more of. */
#include "client/dissect/dissect_data.h"

enum { TEXT_MAX = 60 }; /* characters of a text that a line has room for */

static bool
is_text(const uint8_t *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (bytes[i] < ' ' && bytes[i] != '\r' && bytes[i] != '\n' &&
		    bytes[i] != '\t')
			return false;
	return true;
}

/* How many of BYTES stand in their first line. */
static size_t
line_len(const uint8_t *bytes, size_t len)
{
	size_t end = 0;

	while (end < len && bytes[end] != '\r' && bytes[end] != '\n')
		end++;
	return end;
}

void
dissect_data(struct dissect *dissect, size_t at, size_t end, const char *name)
{
	const uint8_t *bytes = dissect->bytes.data + at;
	size_t len = end - at;

	if (len == 0)
		return;
	size_t line = line_len(bytes, len);

	if (line > 0 && is_text(bytes, len)) {
		if (line > TEXT_MAX)
			line = TEXT_MAX;
		dissect_field(dissect, STYLE_DATA, at, len, name, NULL,
		    "%.*s%s", (int)line, (const char *)bytes,
		    line < len ? " …" : "");
		dissect_means(dissect, "%zu byte%s", len, len == 1 ? "" : "s");
	} else {
		dissect_field(dissect, STYLE_DATA, at, len, name, NULL,
		    "%zu byte%s", len, len == 1 ? "" : "s");
	}
}

bool
dissect_data_has(struct dissect *dissect, size_t at, size_t end, size_t len,
    const char *layer)
{
	if (end - at >= len)
		return true;
	dissect_bad(dissect, at, end - at, layer,
	    "cut off: %zu of %zu bytes are there", end - at, len);
	dissect_line(dissect, layer, "cut off");
	return false;
}
