/* chat_name.c — names: checked, made fit, compared. */
#include "services/chat/chat_name.h"

#include "core/ascii.h"
#include "core/utf8.h"
#include "services/chat/chat_text.h"

#include <stdio.h>
#include <string.h>

/* Spaces, and what has no width: a name with these looks like another. */
static bool
is_space(uint32_t code_point)
{
	switch (code_point) {
	case '\t':
	case ' ':
	case 0xa0:   /* NO-BREAK SPACE */
	case 0xad:   /* SOFT HYPHEN */
	case 0x34f:  /* COMBINING GRAPHEME JOINER */
	case 0x115f: /* HANGUL fillers */
	case 0x1160:
	case 0x3164:
	case 0xffa0:
	case 0x1680: /* OGHAM SPACE MARK */
	case 0x180e: /* MONGOLIAN VOWEL SEPARATOR */
	case 0x2800: /* BRAILLE PATTERN BLANK */
	case 0x3000: /* IDEOGRAPHIC SPACE */
	case 0xfeff: /* ZERO WIDTH NO-BREAK SPACE */
		return true;
	default:
		return (code_point >= 0x2000 && code_point <= 0x200f) ||
		       (code_point >= 0x2028 && code_point <= 0x202f) ||
		       (code_point >= 0x205f && code_point <= 0x206f) ||
		       (code_point >= 0xe0000 && code_point <= 0xe0fff);
	}
}

static bool
is_fit(uint32_t code_point)
{
	if (code_point < 0x80 && code_point != 0 &&
	    strchr("<>:#@", (int)code_point) != NULL)
		return false;
	return chat_text_is_shown(code_point) && !is_space(code_point);
}

static bool
is_fit_for_room(uint32_t code_point)
{
	if (code_point >= 0x80)
		return is_fit(code_point);
	return (code_point >= 'a' && code_point <= 'z') ||
	       (code_point >= 'A' && code_point <= 'Z') ||
	       (code_point >= '0' && code_point <= '9') || code_point == '-' ||
	       code_point == '_' || code_point == '.';
}

/* All of NAME is UTF-8, IS_GOOD, and of 1 to 24 code points. */
static bool
is_made_of(struct span name, bool (*is_good)(uint32_t))
{
	unsigned points = 0;

	for (; name.len > 0; points++) {
		size_t step = utf8_len(name);

		if (step == 0 || !is_good(utf8_code_point(name.data, step)))
			return false;
		name.data += step;
		name.len -= step;
	}
	return points >= 1 && points <= CHAT_NAME_POINTS_MAX;
}

bool
chat_name_is_good(struct span name)
{
	return name.len > 0 && name.data[0] != '/' && is_made_of(name, is_fit);
}

bool
chat_name_is_room(struct span name)
{
	return name.len > 1 && name.data[0] == '#' &&
	       is_made_of(
	           (struct span){name.data + 1, name.len - 1}, is_fit_for_room);
}

size_t
chat_name_fit(struct span text, uint8_t out[CHAT_NAME_SIZE])
{
	size_t len = 0;

	text = chat_text_trim(text);
	for (unsigned points = 0; text.len > 0 && points < CHAT_NAME_POINTS_MAX;
	     points++) {
		size_t step = utf8_len(text);

		if (step == 0)
			break;
		bool is_kept = is_fit(utf8_code_point(text.data, step)) &&
		               !(len == 0 && text.data[0] == '/');

		if (is_kept)
			memcpy(out + len, text.data, step);
		else
			out[len] = '_';
		len += is_kept ? step : 1;
		text.data += step;
		text.len -= step;
	}
	if (len > 0)
		return len;
	memcpy(out, "guest", 5);
	return 5;
}

size_t
chat_name_number(struct span name, unsigned number, uint8_t out[CHAT_NAME_SIZE])
{
	char digits[16];
	size_t count = (size_t)snprintf(digits, sizeof(digits), "%u", number);
	size_t len = 0;

	for (unsigned points = 0;
	     len < name.len && points + count < CHAT_NAME_POINTS_MAX; points++)
		len += utf8_len((struct span){name.data + len, name.len - len});
	memcpy(out, name.data, len);
	memcpy(out + len, digits, count);
	return len + count;
}

bool
chat_name_is_equal(struct span a, struct span b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (ascii_lower(a.data[i]) != ascii_lower(b.data[i]))
			return false;
	return true;
}

bool
chat_name_is_notice(struct span name)
{
	static const char *const words[] = {"goodbye", "other", "ping", "pong",
	    "rooms", "the", "welcome", "you"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (chat_name_is_equal(name, span_of(words[i])))
			return true;
	return false;
}

struct span
chat_name_fold(struct span name, uint8_t *out)
{
	for (size_t i = 0; i < name.len; i++)
		out[i] = ascii_lower(name.data[i]);
	return (struct span){out, name.len};
}
