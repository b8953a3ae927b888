/* http_date.c — days and seconds from and to text, without the C library's
 * locale and time zone. */
#include "services/http/http_date.h"

#include <string.h>

enum { DAY = 86400 };

static const char day_names[] = "SunMonTueWedThuFriSat";
static const char month_names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

/*
 * Days since 1970-01-01 of a date of the Gregorian calendar. Years are counted
 * from March, so that the leap day is a year's last: the months before it have
 * lengths that one linear formula yields.
 */
static int64_t
days_from_date(int64_t year, unsigned month, unsigned day)
{
	year -= month <= 2;
	int64_t era = (year >= 0 ? year : year - 399) / 400;
	int64_t year_of_era = year - era * 400;
	int64_t day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;

	return era * 146097 + year_of_era * 365 + year_of_era / 4 -
	       year_of_era / 100 + day_of_year - 719468;
}

static void
date_from_days(int64_t days, int64_t *year, unsigned *month, unsigned *day)
{
	days += 719468;
	int64_t era = (days >= 0 ? days : days - 146096) / 146097;
	int64_t day_of_era = days - era * 146097;
	int64_t year_of_era = (day_of_era - day_of_era / 1460 +
	                          day_of_era / 36524 - day_of_era / 146096) /
	                      365;
	int64_t day_of_year =
	    day_of_era -
	    (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t from_march = (5 * day_of_year + 2) / 153;

	*day = (unsigned)(day_of_year - (153 * from_march + 2) / 5 + 1);
	*month = (unsigned)(from_march < 10 ? from_march + 3 : from_march - 9);
	*year = year_of_era + era * 400 + (*month <= 2);
}

/* VALUE in COUNT decimal digits. */
static void
put_digits(char *at, uint64_t value, unsigned count)
{
	while (count-- > 0) {
		at[count] = (char)('0' + value % 10);
		value /= 10;
	}
}

/* A second, taken apart. */
struct moment {
	int64_t days; /* since 1970-01-01 */
	uint64_t year, of_day;
	unsigned month, day;
};

/* SECONDS since 1970, or what of the years 0 … 9999 is nearest. */
static struct moment
moment_of(int64_t seconds)
{
	const int64_t first = days_from_date(0, 1, 1) * DAY;
	const int64_t last = days_from_date(10000, 1, 1) * DAY - 1;
	struct moment moment;
	int64_t year;

	seconds = seconds < first ? first : seconds > last ? last : seconds;
	int64_t of_day = ((seconds % DAY) + DAY) % DAY;

	moment.of_day = (uint64_t)of_day;
	moment.days = (seconds - of_day) / DAY;
	date_from_days(moment.days, &year, &moment.month, &moment.day);
	moment.year = (uint64_t)year;
	return moment;
}

/* "08:49:37" */
static void
put_time(char *at, uint64_t of_day)
{
	put_digits(at, of_day / 3600, 2);
	put_digits(at + 3, of_day / 60 % 60, 2);
	put_digits(at + 6, of_day % 60, 2);
}

void
http_date_format(int64_t seconds, char text[HTTP_DATE_LEN])
{
	struct moment moment = moment_of(seconds);

	memcpy(text, "???, ?? ??? ???? ??:??:?? GMT", HTTP_DATE_LEN);
	/* 1970-01-01 was a Thursday, the fifth name. */
	memcpy(text, day_names + 3 * (((moment.days + 4) % 7 + 7) % 7), 3);
	put_digits(text + 5, moment.day, 2);
	memcpy(text + 8, month_names + (size_t)3 * (moment.month - 1), 3);
	put_digits(text + 12, moment.year, 4);
	put_time(text + 17, moment.of_day);
}

void
http_date_format_iso(int64_t seconds, char text[HTTP_DATE_ISO_LEN])
{
	struct moment moment = moment_of(seconds);

	memcpy(text, "0000-00-00T00:00:00Z", HTTP_DATE_ISO_LEN);
	put_digits(text, moment.year, 4);
	put_digits(text + 5, moment.month, 2);
	put_digits(text + 8, moment.day, 2);
	put_time(text + 11, moment.of_day);
}

/* What has been read of a date; each take_… moves on or marks it bad. */
struct reader {
	struct span left;
	bool is_bad;
};

static void
take_text(struct reader *reader, const char *text)
{
	size_t len = strlen(text);

	if (reader->left.len < len ||
	    memcmp(reader->left.data, text, len) != 0) {
		reader->is_bad = true;
		return;
	}
	reader->left.data += len;
	reader->left.len -= len;
}

static unsigned
take_digits(struct reader *reader, unsigned count)
{
	unsigned value = 0;

	for (unsigned i = 0; i < count; i++) {
		if (reader->left.len == 0 || reader->left.data[0] < '0' ||
		    reader->left.data[0] > '9') {
			reader->is_bad = true;
			return 0;
		}
		value = value * 10 + (reader->left.data[0] - '0');
		reader->left.data++;
		reader->left.len--;
	}
	return value;
}

/* One of COUNT three-letter NAMES; its index. Names are case-sensitive
 * (RFC 9110 §5.6.7). */
static unsigned
take_name(struct reader *reader, const char *names, unsigned count)
{
	for (unsigned i = 0; i < count && reader->left.len >= 3; i++) {
		if (memcmp(reader->left.data, names + 3 * (size_t)i, 3) == 0) {
			reader->left.data += 3;
			reader->left.len -= 3;
			return i;
		}
	}
	reader->is_bad = true;
	return 0;
}

struct date {
	int64_t year;
	unsigned month, day, hour, minute, second;
};

static void
take_time(struct reader *reader, struct date *date)
{
	date->hour = take_digits(reader, 2);
	take_text(reader, ":");
	date->minute = take_digits(reader, 2);
	take_text(reader, ":");
	date->second = take_digits(reader, 2);
}

/* After "Sun, ": "06 Nov 1994 08:49:37 GMT". */
static void
take_fixdate(struct reader *reader, struct date *date)
{
	date->day = take_digits(reader, 2);
	take_text(reader, " ");
	date->month = take_name(reader, month_names, 12) + 1;
	take_text(reader, " ");
	date->year = take_digits(reader, 4);
	take_text(reader, " ");
	take_time(reader, date);
	take_text(reader, " GMT");
}

/* After "Sun ": "Nov  6 08:49:37 1994". */
static void
take_asctime(struct reader *reader, struct date *date)
{
	date->month = take_name(reader, month_names, 12) + 1;
	take_text(reader, " ");
	if (reader->left.len > 0 && reader->left.data[0] == ' ') {
		take_text(reader, " ");
		date->day = take_digits(reader, 1);
	} else {
		date->day = take_digits(reader, 2);
	}
	take_text(reader, " ");
	take_time(reader, date);
	take_text(reader, " ");
	date->year = take_digits(reader, 4);
}

/* After "Sun": "day, 06-Nov-94 08:49:37 GMT". A year that would lie more than
 * 50 years ahead is the past one with the same digits (RFC 9110 §5.6.7). */
static void
take_rfc850(struct reader *reader, int64_t now, struct date *date)
{
	while (reader->left.len > 0 && reader->left.data[0] >= 'a' &&
	       reader->left.data[0] <= 'z') {
		reader->left.data++;
		reader->left.len--;
	}
	take_text(reader, ", ");
	date->day = take_digits(reader, 2);
	take_text(reader, "-");
	date->month = take_name(reader, month_names, 12) + 1;
	take_text(reader, "-");
	unsigned short_year = take_digits(reader, 2);
	take_text(reader, " ");
	take_time(reader, date);
	take_text(reader, " GMT");

	int64_t year;
	unsigned month, day;

	date_from_days(now / DAY, &year, &month, &day);
	date->year = year - year % 100 + short_year;
	if (date->year > year + 50)
		date->year -= 100;
}

static bool
is_valid(const struct date *date)
{
	static const uint8_t lengths[12] = {
	    31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool is_leap = date->year % 4 == 0 &&
	               (date->year % 100 != 0 || date->year % 400 == 0);

	if (date->month == 2 && date->day == 29 && !is_leap)
		return false;
	/* 60: a leap second. */
	return date->day >= 1 && date->day <= lengths[date->month - 1] &&
	       date->hour <= 23 && date->minute <= 59 && date->second <= 60;
}

bool
http_date_parse(struct span text, int64_t now, int64_t *seconds)
{
	struct reader reader = {.left = text};
	struct date date = {.month = 1};

	take_name(&reader, day_names, 7);
	if (reader.is_bad || reader.left.len < 2)
		return false;
	if (reader.left.data[0] == ',') {
		take_text(&reader, ", ");
		take_fixdate(&reader, &date);
	} else if (reader.left.data[0] == ' ') {
		take_text(&reader, " ");
		take_asctime(&reader, &date);
	} else {
		take_rfc850(&reader, now, &date);
	}
	if (reader.is_bad || reader.left.len > 0 || !is_valid(&date))
		return false;
	*seconds = days_from_date(date.year, date.month, date.day) * DAY +
	           date.hour * 3600 + date.minute * 60 + date.second;
	return true;
}
