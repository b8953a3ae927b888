/*
 * daytime_date.c — seconds → a date.
 *
 * gmtime_r(3) would do it, with the process's time zone in it, and that may be
 * one of those that count leap seconds, which the kernel's clock does not.
 */
#include "services/daytime/daytime_date.h"

enum {
	DAY_SECONDS = 86400,
	/* Days from 1 January of year 1, a Monday, to that of 1970, in the
	 * Gregorian calendar. */
	DAYS_TO_1970 = 719162,
	MJD_OF_1970 = 40587,
	YEARS_PER_CYCLE = 400,
	DAYS_PER_CYCLE = 146097,
};

static const int64_t last_second = 253402300799; /* 9999-12-31T23:59:59 */

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

static int64_t
within_range(int64_t seconds)
{
	if (seconds < 0)
		return 0;
	return seconds > last_second ? last_second : seconds;
}

struct daytime_date
daytime_date(int64_t unix_seconds, int32_t offset)
{
	int64_t seconds = within_range(within_range(unix_seconds) + offset);
	unsigned days = (unsigned)(seconds / DAY_SECONDS);
	unsigned second = (unsigned)(seconds % DAY_SECONDS);
	unsigned year = year_of(days + DAYS_TO_1970);
	unsigned day = days + DAYS_TO_1970 - days_before_year(year);
	unsigned month = month_of(year, &day);

	return (struct daytime_date){
	    .year = year,
	    .month = month,
	    .day = day + 1,
	    .weekday = (days + DAYS_TO_1970) % 7,
	    .hour = second / 3600,
	    .minute = second / 60 % 60,
	    .second = second % 60,
	    .mjd = days + MJD_OF_1970,
	};
}
