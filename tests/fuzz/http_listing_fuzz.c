/*
 * http_listing_fuzz.c — a folder with any names, in any view: of the names no
 * byte that is markup gets into the HTML, and no quote leaves a JSON string;
 * both are valid UTF-8; nothing is written past the room that is promised.
 *
 * Input: the view, then names, each with its length before it.
 */
#include "core/utf8.h"
#include "services/http/http_listing.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_utf8(struct span text)
{
	while (text.len > 0) {
		size_t len = utf8_len(text);

		assert(len > 0);
		text = (struct span){text.data + len, text.len - len};
	}
}

/* How often each byte occurs in TEXT. */
static void
count(struct span text, size_t counts[256])
{
	memset(counts, 0, 256 * sizeof(counts[0]));
	for (size_t i = 0; i < text.len; i++)
		counts[text.data[i]]++;
}

/* The bytes that markup consists of occur in TEXT as often as in PLAIN, which
 * was made of a harmless name; "&" may only come with more. */
static void
check_html(struct span text, struct span plain)
{
	size_t counts[256], expected[256];

	count(text, counts);
	count(plain, expected);
	assert(counts['<'] == expected['<']);
	assert(counts['>'] == expected['>']);
	assert(counts['"'] == expected['"']);
	for (unsigned i = 0; i < 0x20; i++)
		assert(counts[i] == expected[i]);
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] != '&')
			continue;
		struct span rest = {text.data + i, text.len - i};

		assert((rest.len > 4 && memcmp(rest.data, "&lt;", 4) == 0) ||
		       (rest.len > 4 && memcmp(rest.data, "&gt;", 4) == 0) ||
		       (rest.len > 5 && memcmp(rest.data, "&amp;", 5) == 0) ||
		       (rest.len > 6 && memcmp(rest.data, "&quot;", 6) == 0));
	}
}

/* Outside of strings there is nothing but the form of one object. */
static void
check_json(struct span text)
{
	bool is_string = false;
	size_t depth = 0;

	for (size_t i = 0; i < text.len; i++) {
		uint8_t byte = text.data[i];

		if (is_string) {
			assert(byte >= 0x20);
			i += byte == '\\';
			is_string = byte != '"';
		} else if (byte == '"') {
			is_string = true;
		} else {
			depth += byte == '{';
			depth -= byte == '}';
			assert(depth <= 1);
			assert(strchr("{}:, \nnul0123456789", byte) != NULL);
		}
	}
	assert(!is_string && depth == 0);
}

static struct span
write_entry(uint8_t view, const struct http_listing_entry *entry,
    uint8_t room[HTTP_LISTING_ENTRY_MAX])
{
	struct http_text text = {.space = {room, HTTP_LISTING_ENTRY_MAX}};

	http_listing_add(&text, view, entry, false);
	assert(!text.is_full);
	return (struct span){room, text.len};
}

static void
check_entry(uint8_t view, struct span name, bool is_folder)
{
	static uint8_t room[HTTP_LISTING_ENTRY_MAX];
	static uint8_t other[HTTP_LISTING_ENTRY_MAX];
	struct http_listing_entry entry = {
	    .name = name, .is_folder = is_folder, .size = name.len};
	struct span text = write_entry(view, &entry, room);

	check_utf8(text);
	if ((view & HTTP_LISTING_JSON) != 0) {
		assert(memcmp(text.data, ",\n", 2) == 0);
		check_json((struct span){text.data + 2, text.len - 2});
		return;
	}
	entry.name = (struct span){(const uint8_t *)"plain", 5};
	check_html(text, write_entry(view, &entry, other));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t page[HTTP_LISTING_BEGIN_MAX];
	struct http_text text = {.space = {page, sizeof(page)}};
	struct http_listing_entry before = {.name = {data, 0}};

	if (size == 0)
		return 0;
	uint8_t view = data[0] % 3 | (data[0] & ~3u & 0x0f);
	struct span path = {data, size < 4095 ? size : 4095};

	http_listing_begin(&text, view, path);
	assert(!text.is_full);
	check_utf8((struct span){page, text.len});
	for (size_t at = 1; at < size;) {
		size_t len = data[at];

		at++;
		len = len < size - at ? len : size - at;
		struct http_listing_entry entry = {
		    .name = {data + at, len},
		    .is_folder = len % 2 == 1,
		    .size = len,
		    .mtime = (int64_t)len - 100,
		};
		int order = http_listing_compare(view, &before, &entry);

		assert((order > 0) - (order < 0) ==
		       -((http_listing_compare(view, &entry, &before) > 0) -
		           (http_listing_compare(view, &entry, &before) < 0)));
		check_entry(view, entry.name, entry.is_folder);
		before = entry;
		at += len;
	}
	return 0;
}
