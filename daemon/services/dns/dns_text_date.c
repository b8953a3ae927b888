/* dns_text_date.c — dates of RRSIG. Pure. */
#include "services/dns/dns_text_date.h"

enum { DAY = 24 * 60 * 60 };

static bool
is_leap_year(unsigned year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static unsigned
days_of_month(unsigned year, unsigned month)
{
	static const uint8_t days[] = {
	    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return month == 2 && is_leap_year(year) ? 29 : days[month - 1];
}

void
dns_text_date(struct dns_text *text, uint32_t seconds)
{
	unsigned year = 1970, month = 1, days = seconds / DAY;
	unsigned second = seconds % DAY;

	for (; days >= 365U + is_leap_year(year); year++)
		days -= 365U + is_leap_year(year);
	for (; days >= days_of_month(year, month); month++)
		days -= days_of_month(year, month);
	dns_text_number(text, year);
	dns_text_digits(text, month, 2);
	dns_text_digits(text, days + 1, 2);
	dns_text_digits(text, second / 3600, 2);
	dns_text_digits(text, second / 60 % 60, 2);
	dns_text_digits(text, second % 60, 2);
}
