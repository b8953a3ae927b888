/* http_path.c — escapes, dot segments, slashes: in this order. */
#include "services/http/http_path.h"
#include "services/http/http_char.h"

#include <string.h>

/*
 * Writes the segment that begins at *AT, decoded, to OUT and moves *AT behind
 * it. SIZE_MAX stands for a bad escape, SIZE_MAX - 1 for a segment that cannot
 * be a file's name: one with a slash in it, or longer than CAP.
 */
static size_t
decode_segment(struct span raw, size_t *at, char *out, size_t cap)
{
	size_t len = 0;
	bool is_impossible = false;

	for (; *at < raw.len && raw.data[*at] != '/'; (*at)++) {
		uint8_t byte = raw.data[*at];

		if (byte == '%') {
			if (raw.len - *at < 3)
				return SIZE_MAX;
			int high = http_char_hex(raw.data[*at + 1]);
			int low = http_char_hex(raw.data[*at + 2]);

			if (high < 0 || low < 0)
				return SIZE_MAX;
			byte = (uint8_t)(high << 4 | low);
			*at += 2;
		}
		if (byte == '\0')
			return SIZE_MAX;
		is_impossible |= byte == '/' || len == cap;
		if (!is_impossible)
			out[len++] = (char)byte;
	}
	return is_impossible ? SIZE_MAX - 1 : len;
}

/* Takes the last segment off. False: there was none. */
static bool
climb(struct http_path *path)
{
	if (path->len == 0)
		return false;
	while (path->len > 0 && path->text[--path->len] != '/')
		;
	return true;
}

static bool
is_hidden(const char *segment, size_t len, bool is_first)
{
	static const char exception[] = ".well-known";

	if (len == 0 || segment[0] != '.')
		return false;
	return !is_first || len != sizeof(exception) - 1 ||
	       memcmp(segment, exception, len) != 0;
}

/* True when a segment that is left begins with a dot. Asked at the end: what
 * ".." has taken off again hides nothing. */
static bool
has_hidden(const struct http_path *path)
{
	size_t start = 0;

	while (start < path->len) {
		const char *segment = path->text + start;
		const char *slash = memchr(segment, '/', path->len - start);
		size_t len = slash != NULL ? (size_t)(slash - segment)
		                           : path->len - start;

		if (is_hidden(segment, len, start == 0))
			return true;
		start += len + 1;
	}
	return false;
}

enum http_path_result
http_path_decode(struct span raw, struct http_path *path)
{
	size_t at = 0;
	bool is_impossible = false;

	path->len = 0;
	path->is_directory = true;
	while (at < raw.len) {
		at++; /* the slash */
		/* Room for a slash before and a NUL behind. */
		size_t start = path->len > 0 ? path->len + 1 : 0;
		size_t cap =
		    start + 1 < HTTP_PATH_MAX ? HTTP_PATH_MAX - 1 - start : 0;
		size_t len = decode_segment(raw, &at, path->text + start, cap);
		const char *segment = path->text + start;

		if (len == SIZE_MAX)
			return HTTP_PATH_BAD;
		path->is_directory = len == 0;
		if (len == SIZE_MAX - 1) {
			is_impossible = true;
		} else if (len == 2 && memcmp(segment, "..", 2) == 0) {
			if (!climb(path))
				return HTTP_PATH_BAD;
			path->is_directory = true;
		} else if (len == 1 && segment[0] == '.') {
			path->is_directory = true;
		} else if (len > 0) {
			if (start > 0)
				path->text[path->len] = '/';
			path->len = start + len;
		}
	}
	path->text[path->len] = '\0';
	return is_impossible || has_hidden(path) ? HTTP_PATH_HIDDEN
	                                         : HTTP_PATH_OK;
}

bool
http_path_is_plain(uint8_t byte)
{
	uint8_t lower = byte | 0x20;

	return (lower >= 'a' && lower <= 'z') || (byte >= '0' && byte <= '9') ||
	       (byte != '\0' && strchr("-._~!$&'()*+,;=:@/", byte) != NULL);
}
