/* daytime_date.h — the Gregorian calendar. Pure. */
#ifndef NETLAB_SERVICES_DAYTIME_DATE_H
#define NETLAB_SERVICES_DAYTIME_DATE_H

#include <stdint.h>

struct daytime_date {
	unsigned year;    /* 1970 to 9999 */
	unsigned month;   /* 0: January */
	unsigned day;     /* from 1 */
	unsigned weekday; /* 0: Monday */
	unsigned hour, minute, second;
	unsigned mjd; /* Modified Julian Day: from 17 November 1858 */
};

/*
 * UNIX_SECONDS (since 1970, UTC) as date and time where the clocks are OFFSET
 * seconds ahead of UTC. What lies outside of the years 1970 to 9999 becomes the
 * nearest second within. The seconds are CLOCK_REALTIME's, which counts the
 * last one of a day twice where a leap second is inserted: there is never a 60.
 */
struct daytime_date daytime_date(int64_t unix_seconds, int32_t offset);

#endif
