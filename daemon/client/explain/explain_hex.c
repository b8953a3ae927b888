/* explain_hex.c — bytes that somebody wrote down in hexadecimal. Pure. */
#include "client/explain/explain_hex.h"

#include "core/ascii.h"

#include <stdio.h>
#include <string.h>

enum {
	OFFSET_LEAST = 4, /* digits, with a colon or two blanks behind it */
	OFFSET_ALONE = 6, /* with less than that behind it */
	OFFSET_MOST = 8,
	ROW_BYTES = 16,     /* after so many, two blanks part the characters */
	CHARACTERS_GAP = 3, /* and in shorter rows three */
};

/* What has been read, and where the bytes go. */
struct reading {
	struct span text; /* what is left of it */
	const uint8_t *begin;
	struct space bytes;
	size_t count;
	char *reason;
};

static int
digit(uint8_t character)
{
	uint8_t lower = ascii_lower(character);

	if (character >= '0' && character <= '9')
		return character - '0';
	return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

static void
skip(struct span *text, size_t len)
{
	text->data += len;
	text->len -= len;
}

static size_t
count_digits(struct span text)
{
	size_t count = 0;

	while (count < text.len && digit(text.data[count]) >= 0)
		count++;
	return count;
}

static size_t
count_blanks(struct span text)
{
	size_t count = 0;

	while (count < text.len && strchr(" \t\r", text.data[count]) != NULL &&
	       text.data[count] != '\0')
		count++;
	return count;
}

/* "0x", "\x": what may stand before digits. */
static size_t
prefix_of(struct span text)
{
	return span_begins(text, "0x") || span_begins(text, "0X") ||
	               span_begins(text, "\\x")
	           ? 2
	           : 0;
}

static bool
is_separator(uint8_t character)
{
	return character != '\0' &&
	       strchr(" \t\r\n,:;-|[]{}()\"'", character) != NULL;
}

static bool
fail(struct reading *reading, const char *what)
{
	snprintf(reading->reason, EXPLAIN_HEX_REASON_MAX, "%s at character %zu",
	    what, (size_t)(reading->text.data - reading->begin) + 1);
	return false;
}

/* The group of digits that the text begins with. */
static bool
take_group(struct reading *reading)
{
	size_t prefix = prefix_of(reading->text);
	struct span digits = {
	    reading->text.data + prefix, reading->text.len - prefix};

	digits.len = count_digits(digits);
	if (digits.len == 0)
		return fail(reading, "not hexadecimal");
	/* 0x0 is a byte of an array. */
	if (digits.len % 2 != 0 && (prefix == 0 || digits.len > 1))
		return fail(reading, "half a byte");
	skip(&reading->text, prefix + digits.len);
	for (size_t i = 0; i < digits.len; i += 2) {
		int high = digits.len == 1 ? 0 : digit(digits.data[i]);
		int low = digit(digits.data[digits.len == 1 ? 0 : i + 1]);

		if (reading->count == reading->bytes.cap)
			return fail(reading, "more than there is room for");
		reading->bytes.data[reading->count++] =
		    (uint8_t)(high << 4 | low);
	}
	return true;
}

/* ---- rows with offsets */

/* The next line, without its end, taken off. */
static struct span
next_line(struct span *text)
{
	const uint8_t *end = memchr(text->data, '\n', text->len);
	size_t len = end == NULL ? text->len : (size_t)(end - text->data);
	struct span line = {text->data, len};

	skip(text, len + (end != NULL));
	return line;
}

/* Digits and one blank may be an offset, where pairs of digits follow, or
 * nothing; else they are a group like the others. */
static bool
is_before_pairs(struct span rest, size_t blanks)
{
	skip(&rest, blanks);
	size_t digits = count_digits(rest);

	return rest.len == 0 || (blanks > 0 && (digits == 2 || digits == 4));
}

/* Does LINE begin with an offset? It is taken off then, and what parts it from
 * the bytes. */
static bool
take_offset(struct span *line, struct span *offset)
{
	struct span rest = *line;

	skip(&rest, count_blanks(rest));
	skip(&rest, prefix_of(rest));
	*offset = (struct span){rest.data, count_digits(rest)};
	if (offset->len < OFFSET_LEAST || offset->len > OFFSET_MOST)
		return false;
	skip(&rest, offset->len);
	bool has_colon = span_begins(rest, ":");

	skip(&rest, has_colon);
	size_t blanks = count_blanks(rest);

	/* A colon parts single bytes as well, and one blank groups of them. */
	if (has_colon ? blanks == 0
	              : blanks < 2 && (offset->len < OFFSET_ALONE ||
	                                  !is_before_pairs(rest, blanks)))
		return false;
	skip(&rest, blanks);
	*line = rest;
	return true;
}

/* od counts in octal, unless told to in decimal or hexadecimal. */
static bool
is_offset_of(struct span offset, size_t count)
{
	static const unsigned bases[] = {16, 8, 10};

	for (size_t i = 0; i < sizeof(bases) / sizeof(bases[0]); i++) {
		size_t value = 0;

		for (size_t at = 0; at < offset.len; at++)
			value =
			    value * bases[i] + (size_t)digit(offset.data[at]);
		if (value == count)
			return true;
	}
	return false;
}

/* The bytes of a row, up to the characters behind them. */
static bool
take_row(struct reading *reading)
{
	size_t before = reading->count;

	for (;;) {
		size_t blanks = count_blanks(reading->text);
		size_t taken = reading->count - before;

		skip(&reading->text, blanks);
		if (reading->text.len == 0 ||
		    (taken > 0 && (blanks >= CHARACTERS_GAP ||
		                      (blanks == 2 && taken >= ROW_BYTES))) ||
		    (blanks >= 2 &&
		        (span_begins(reading->text, "|") ||
		            count_digits(reading->text) == 0) &&
		        !span_begins(reading->text, "[")))
			return true;
		if (is_separator(*reading->text.data))
			skip(&reading->text, 1);
		else if (!take_group(reading))
			return false;
	}
}

static bool
has_rows(struct span text)
{
	while (text.len > 0) {
		struct span line = next_line(&text), offset;

		if (take_offset(&line, &offset) && is_offset_of(offset, 0) &&
		    line.len > 0)
			return true;
	}
	return false;
}

static bool
read_rows(struct reading *reading)
{
	struct span text = reading->text;

	while (text.len > 0) {
		struct span offset;

		reading->text = next_line(&text);
		if (span_begins(reading->text, "*"))
			return fail(reading,
			    "\"*\" stands for rows that are not there");
		if (!take_offset(&reading->text, &offset))
			continue;
		if (reading->text.len > 0 &&
		    !is_offset_of(offset, reading->count))
			return fail(reading, is_offset_of(offset, 0)
			                         ? "a second message"
			                         : "a row is missing");
		if (!take_row(reading))
			return false;
	}
	return true;
}

/* ---- and without */

/* What is between the braces of a C array is all that counts of it. */
static void
find_array(struct span *text)
{
	const uint8_t *open = memchr(text->data, '{', text->len);

	if (open == NULL)
		return;
	skip(text, (size_t)(open - text->data));
	const uint8_t *close = memchr(text->data, '}', text->len);

	if (close != NULL)
		text->len = (size_t)(close - text->data) + 1;
}

static bool
read_groups(struct reading *reading)
{
	find_array(&reading->text);
	while (reading->text.len > 0) {
		if (is_separator(*reading->text.data))
			skip(&reading->text, 1);
		else if (!take_group(reading))
			return false;
	}
	return true;
}

size_t
explain_hex(
    struct span text, struct space bytes, char reason[EXPLAIN_HEX_REASON_MAX])
{
	struct reading reading = {
	    .text = text,
	    .begin = text.data,
	    .bytes = bytes,
	    .reason = reason,
	};

	snprintf(reason, EXPLAIN_HEX_REASON_MAX, "no bytes");
	if (!(has_rows(text) ? read_rows(&reading) : read_groups(&reading)))
		return 0;
	return reading.count;
}
