/*
 * daytime_line.c — the answer of the Daytime Protocol.
 *
 * strftime(3) would do it, with the process's locale and time zone in it; this
 * line is the same for everybody.
 */
#include "services/daytime/daytime_line.h"

#include <assert.h>
#include <string.h>

enum {
	DAY_SECONDS = 86400,
	/* Days from 1 January of year 1, a Monday, to that of 1970, in the
	 * Gregorian calendar. */
	DAYS_TO_1970 = 719162,
	YEARS_PER_CYCLE = 400,
	DAYS_PER_CYCLE = 146097,
};

static const int64_t last_second = 253402300799; /* 9999-12-31T23:59:59Z */

/* Days from 1 January of year 1 to that of YEAR. */
static unsigned
days_before_year(unsigned year)
{
	unsigned past = year - 1;

	return past * 365 + past / 4 - past / 100 + past / 400;
}

/* The year that DAY, counted from 1 January of year 1, lies in. */
static unsigned
year_of(unsigned day)
{
	/* The mean length of a year leads to the right one or to the one
	 * beside it. */
	unsigned year =
	    (unsigned)((uint64_t)day * YEARS_PER_CYCLE / DAYS_PER_CYCLE) + 1;

	if (days_before_year(year) > day)
		return year - 1;
	if (days_before_year(year + 1) <= day)
		return year + 1;
	return year;
}

/* The month (0 to 11) that *DAY, counted from 1 January of YEAR, lies in; *DAY
 * becomes the day in it, from 0. */
static unsigned
month_of(unsigned year, unsigned *day)
{
	static const uint8_t lengths[12] = {
	    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	unsigned leap =
	    days_before_year(year + 1) - days_before_year(year) - 365;

	for (unsigned month = 0;; month++) {
		unsigned length = lengths[month] + (month == 1 ? leap : 0);

		if (*day < length)
			return month;
		*day -= length;
	}
}

/* VALUE as WIDTH decimal digits. */
static void
put_digits(uint8_t *p, unsigned value, size_t width)
{
	while (width-- > 0) {
		p[width] = (uint8_t)('0' + value % 10);
		value /= 10;
	}
}

static void
put_clock(uint8_t *p, unsigned second)
{
	put_digits(p, second / 3600, 2);
	p[2] = ':';
	put_digits(p + 3, second / 60 % 60, 2);
	p[5] = ':';
	put_digits(p + 6, second % 60, 2);
}

size_t
daytime_line(int64_t unix_seconds, struct space out)
{
	static const char weekdays[] = "MonTueWedThuFriSatSun";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	int64_t seconds = unix_seconds < 0 ? 0 : unix_seconds;

	assert(out.cap >= DAYTIME_LINE_LEN);
	if (seconds > last_second)
		seconds = last_second;

	unsigned day = (unsigned)(seconds / DAY_SECONDS) + DAYS_TO_1970;
	unsigned year = year_of(day);
	unsigned day_of_month = day - days_before_year(year);
	unsigned month = month_of(year, &day_of_month);
	uint8_t *line = out.data;

	memcpy(line, "Ddd Mmm DD hh:mm:ss yyyy\r\n", DAYTIME_LINE_LEN);
	memcpy(line, weekdays + (size_t)day % 7 * 3, 3);
	memcpy(line + 4, months + (size_t)month * 3, 3);
	put_digits(line + 8, day_of_month + 1, 2);
	if (line[8] == '0')
		line[8] = ' ';
	put_clock(line + 11, (unsigned)(seconds % DAY_SECONDS));
	put_digits(line + 20, year, 4);
	return DAYTIME_LINE_LEN;
}
