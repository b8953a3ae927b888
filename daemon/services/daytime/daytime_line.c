/*
 * daytime_line.c — the answer of the Daytime Protocol, written and recognised
 * by one template for each form.
 */
#include "services/daytime/daytime_line.h"

#include "core/ascii.h"
#include "services/daytime/daytime_date.h"

#include <assert.h>
#include <string.h>

/*
 * A letter behind % is a field, mostly strftime(3)'s, which itself is not used:
 * its zone and its names are the process's. %B: the month in capitals; %z: Z or
 * +01:00; %J: the Modified Julian Day's last five digits; %L: the leap digit;
 * %h: the health digit. NIST's other columns are constants here: the code 00
 * for standard time, since UTC knows no other, and the milliseconds by which
 * the line is sent ahead of its time.
 */
static const char *const templates[DAYTIME_LINE_FORMS] = {
    [DAYTIME_LINE_CTIME] = "%a %b %e %H:%M:%S %Y\r\n",
    [DAYTIME_LINE_SMTP] = "%d %B %Y %H:%M:%S %Z\r\n",
    [DAYTIME_LINE_ISO] = "%Y-%m-%dT%H:%M:%S%z\r\n",
    [DAYTIME_LINE_NIST] =
        "%J %y-%m-%d %H:%M:%S 00 %L %h   0.0 UTC(netlabd) *\r\n",
};

enum {
	ZONE_MAX = 16, /* zone files have six at most, POSIX's TZ more */
	/* What a zone file may say (RFC 9636 §3.2). */
	OFFSET_MAX = 26 * 3600,
};

static const uint64_t second_ns = 1000000000;

/* ----------------------------------------------------------------- writing */

/* What the fields are taken from. */
struct source {
	struct daytime_date date;
	int32_t offset;
	const char *zone;
	const struct sync_state *sync;
};

/* VALUE's last WIDTH decimal digits. */
static size_t
put_digits(uint8_t *p, unsigned value, size_t width)
{
	for (size_t i = width; i-- > 0; value /= 10)
		p[i] = (uint8_t)('0' + value % 10);
	return width;
}

/* Entry INDEX of NAMES, which have three letters each. */
static size_t
put_name(uint8_t *p, const char *names, unsigned index)
{
	memcpy(p, names + (size_t)index * 3, 3);
	return 3;
}

/* +0100, with a COLON +01:00. */
static size_t
put_offset(uint8_t *p, int32_t offset, bool has_colon)
{
	unsigned minutes = (unsigned)(offset < 0 ? -offset : offset) / 60;
	size_t len = 1 + put_digits(p + 1, minutes / 60, 2);

	p[0] = offset < 0 ? '-' : '+';
	if (has_colon)
		p[len++] = ':';
	return len + put_digits(p + len, minutes % 60, 2);
}

static bool
is_zone_character(uint8_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       (c >= '0' && c <= '9') || c == '+' || c == '-';
}

static size_t
put_zone(uint8_t *p, const struct source *source)
{
	size_t len = strnlen(source->zone, ZONE_MAX + 1);

	for (size_t i = 0; i < len; i++)
		if (!is_zone_character((uint8_t)source->zone[i]))
			len = 0;
	if (len == 0 || len > ZONE_MAX)
		return put_offset(p, source->offset, false);
	memcpy(p, source->zone, len);
	return len;
}

/* NIST's L: 1, the month's last minute has 61 seconds; 2, it has 59. */
static unsigned
leap_digit(const struct sync_state *sync)
{
	if (sync->leap == SYNC_LEAP_INSERT)
		return 1;
	return sync->leap == SYNC_LEAP_DELETE ? 2 : 0;
}

/*
 * NIST's H. Its 2, an error that is known to be above five seconds, cannot be:
 * who knew of it would correct it.
 */
static unsigned
health_digit(const struct sync_state *sync)
{
	uint64_t bound_ns = sync_distance(sync);

	if (sync->stratum == 0 || bound_ns > 5 * second_ns)
		return 3; /* nobody knows how far it is off */
	return bound_ns > second_ns ? 1 : 0;
}

/* The number that the field LETTER shows. */
static unsigned
number_of(char letter, const struct source *source)
{
	const struct daytime_date *date = &source->date;

	switch (letter) {
	case 'd':
	case 'e':
		return date->day;
	case 'H':
		return date->hour;
	case 'M':
		return date->minute;
	case 'S':
		return date->second;
	case 'm':
		return date->month + 1;
	case 'J':
		return date->mjd;
	case 'L':
		return leap_digit(source->sync);
	case 'h':
		return health_digit(source->sync);
	default:
		assert(letter == 'Y' || letter == 'y');
		return date->year;
	}
}

/* The length of the field LETTER; of a zone, the most that it can be. */
static size_t
width_of(char letter)
{
	switch (letter) {
	case 'a':
	case 'b':
	case 'B':
		return 3;
	case 'Y':
		return 4;
	case 'J':
		return 5;
	case 'L':
	case 'h':
		return 1;
	case 'Z':
		return ZONE_MAX;
	case 'z':
		return 6;
	default:
		return 2;
	}
}

static size_t
put_field(uint8_t *p, char letter, const struct source *source)
{
	size_t width = width_of(letter);

	switch (letter) {
	case 'a':
		return put_name(
		    p, "MonTueWedThuFriSatSun", source->date.weekday);
	case 'b':
		return put_name(p, "JanFebMarAprMayJunJulAugSepOctNovDec",
		    source->date.month);
	case 'B':
		return put_name(p, "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC",
		    source->date.month);
	case 'Z':
		return put_zone(p, source);
	case 'z':
		if (source->offset != 0)
			return put_offset(p, source->offset, true);
		*p = 'Z';
		return 1;
	default:
		put_digits(p, number_of(letter, source), width);
		if (letter == 'e' && *p == '0')
			*p = ' ';
		return width;
	}
}

/* What FORM can say of the offset. */
static int32_t
shown_offset(enum daytime_line_form form, int32_t offset)
{
	if (form == DAYTIME_LINE_NIST || offset > OFFSET_MAX ||
	    offset < -OFFSET_MAX)
		return 0;
	/* Local mean times have seconds, ISO 8601 has only minutes: the time
	 * that is shown is then that of the offset beside it. */
	return form == DAYTIME_LINE_ISO ? offset - offset % 60 : offset;
}

size_t
daytime_line(enum daytime_line_form form,
    const struct daytime_line_facts *facts, struct space out)
{
	int32_t offset = shown_offset(form, facts->offset);
	const struct source source = {
	    .date = daytime_date(facts->unix_seconds, offset),
	    .offset = offset,
	    .zone = facts->zone,
	    .sync = facts->sync,
	};
	size_t len = 0;

	assert(out.cap >= DAYTIME_LINE_MAX);
	for (const char *t = templates[form]; *t != '\0'; t++) {
		if (*t == '%')
			len += put_field(out.data + len, *++t, &source);
		else
			out.data[len++] = (uint8_t)*t;
	}
	return len;
}

/* ------------------------------------------------------------- recognising */

/* Whether C, a capital if it is a letter, can be part of the field LETTER. */
static bool
is_in_field(char letter, uint8_t c)
{
	switch (letter) {
	case 'a':
	case 'b':
	case 'B':
		return c >= 'A' && c <= 'Z';
	case 'e':
		return c == ' ' || (c >= '0' && c <= '9');
	case 'Z':
		return is_zone_character(c);
	case 'z':
		return c == 'Z' || c == '+' || c == '-' || c == ':' ||
		       (c >= '0' && c <= '9');
	default:
		return c >= '0' && c <= '9';
	}
}

/* BYTES, of which letters may be in any case: a service that turns them into
 * capitals, or back, may lie between. */
static bool
is_of_form(const char *template, struct span bytes)
{
	size_t at = 0;

	for (const char *t = template; *t != '\0'; t++) {
		size_t begin = at;

		if (*t != '%') {
			if (at == bytes.len || ascii_upper(bytes.data[at++]) !=
			                           ascii_upper((uint8_t)*t))
				return false;
			continue;
		}
		size_t width = width_of(*++t);

		while (at < bytes.len && at - begin < width &&
		       is_in_field(*t, ascii_upper(bytes.data[at])))
			at++;
		if (at - begin < (*t == 'Z' || *t == 'z' ? 1 : width))
			return false;
	}
	return at == bytes.len;
}

bool
daytime_line_is_answer(struct span bytes)
{
	if (bytes.len > DAYTIME_LINE_MAX)
		return false;
	for (unsigned i = 0; i < DAYTIME_LINE_FORMS; i++)
		if (is_of_form(templates[i], bytes))
			return true;
	return false;
}
