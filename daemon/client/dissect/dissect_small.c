/* dissect_small.c — what the small services say. */
#include "client/dissect/dissect_small.h"

#include "client/plain.h"
#include "core/bytes.h"
#include "core/utf8.h"
#include "services/http/http_date.h"

#include <inttypes.h>

enum {
	TIME_LEN = 4,
	SHOWN_MAX = 2000, /* of a line; harmless: dissect_field would cut it */
};

/* The date of SECONDS of the era that begins at ERA, since 1970. */
static void
put_date(
    struct dissect *dissect, uint32_t seconds, int64_t era, const char *name)
{
	char date[HTTP_DATE_ISO_LEN];

	http_date_format_iso(era + seconds, date);
	dissect_part(dissect, name, "RFC 868", "%.*s", (int)sizeof(date), date);
}

void
dissect_small_time(struct dissect *dissect, size_t at, size_t end)
{
	/* 1900-01-01 and 2036-02-07T06:28:16Z, since 1970. */
	const int64_t first = -INT64_C(2208988800);
	const int64_t second = first + (INT64_C(1) << 32);

	if (at == end)
		return;
	dissect_enter(dissect, DISSECT_LAYER, at, end - at, "Time", "RFC 868");
	if (end - at < TIME_LEN) {
		dissect_bad(dissect, at, end - at, "Time",
		    "truncated: %zu of 4 bytes", end - at);
	} else {
		uint32_t seconds = bytes_get32be(dissect->bytes.data + at);

		dissect_field(dissect, STYLE_TTL, at, TIME_LEN, "Time",
		    "RFC 868", "%" PRIu32, seconds);
		dissect_means(dissect, "seconds since 1900 began, in 32 bits");
		put_date(dissect, seconds, first, "Until 2036");
		put_date(dissect, seconds, second, "After that");
		at += TIME_LEN;
		if (at < end)
			dissect_bad(dissect, at, end - at, "Rest",
			    "%zu bytes too many", end - at);
		dissect_line(dissect, "Time", "%" PRIu32, seconds);
	}
	dissect_leave(dissect);
}

static bool
is_utf8(struct span text)
{
	while (text.len > 0) {
		size_t len = utf8_len(text);

		if (len == 0)
			return false;
		text.data += len;
		text.len -= len;
	}
	return true;
}

static bool
is_printable(struct span text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] < ' ' || text.data[i] > '~')
			return false;
	}
	return true;
}

/* Length of the line at the start of TEXT, with its end; sets *END_LEN: 0, LF
 * alone 1, CR LF 2. */
static size_t
line_len(struct span text, size_t *end_len)
{
	const uint8_t *end = memchr(text.data, '\n', text.len);

	*end_len = 0;
	if (end == NULL)
		return text.len;
	*end_len = end > text.data && end[-1] == '\r' ? 2 : 1;
	return (size_t)(end - text.data) + 1;
}

/* The line at AT: where it ends. IS_FIRST: it stands for the text. */
static size_t
put_line(struct dissect *dissect, size_t at, size_t end, bool is_first)
{
	static const char *const ends[] = {
	    "no line end", "ends in LF", "ends in CR LF"};
	struct span text = {dissect->bytes.data + at, end - at};
	uint8_t shown[SHOWN_MAX];
	size_t end_len, len = line_len(text, &end_len);

	text.len = len - end_len;
	int made = (int)plain_text(text, (struct space){shown, sizeof(shown)});
	const char *kind = is_printable(text) ? "ASCII"
	                   : is_utf8(text)    ? "UTF-8"
	                                      : "not UTF-8";

	dissect_field(dissect, STYLE_DATA, at, len, "Line", NULL, "%.*s", made,
	    (const char *)shown);
	dissect_means(dissect, "%zu bytes, %s, %s", len, kind, ends[end_len]);
	if (is_first)
		dissect_line(
		    dissect, "text", "%.*s", made, (const char *)shown);
	return at + len;
}

void
dissect_small_text(struct dissect *dissect, size_t at, size_t end)
{
	size_t start = at;

	if (at == end)
		return;
	dissect_enter(dissect, DISSECT_LAYER, at, end - at, "Text", NULL);
	while (at < end)
		at = put_line(dissect, at, end, at == start);
	dissect_leave(dissect);
}
