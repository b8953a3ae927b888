/* status_unit.c — numbers of the status in few characters. */
#include "client/status/status_unit.h"

#include <inttypes.h>
#include <stdio.h>

enum {
	SECOND = 1000,
	MINUTE = 60 * SECOND,
	HOUR = 60 * MINUTE,
	DAY = 24 * HOUR,
};

const char *
status_unit_count(uint64_t count, char text[STATUS_UNIT_MAX])
{
	static const struct {
		uint64_t least;
		double unit;
		char letter;
	} units[] = {
	    {UINT64_C(1000000000000000000), 1e18, 'E'},
	    {UINT64_C(1000000000000000), 1e15, 'P'},
	    {UINT64_C(1000000000000), 1e12, 'T'},
	    {UINT64_C(100000000000), 1e9, 'G'},
	};

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (count >= units[i].least) {
			snprintf(text, STATUS_UNIT_MAX, "%.1f%c",
			    (double)count / units[i].unit, units[i].letter);
			return text;
		}
	snprintf(text, STATUS_UNIT_MAX, "%" PRIu64, count);
	return text;
}

const char *
status_unit_rate(double rate, char text[STATUS_UNIT_MAX])
{
	if (rate >= 1e10)
		snprintf(text, STATUS_UNIT_MAX, "%.1e", rate);
	else
		snprintf(text, STATUS_UNIT_MAX, "%.*f",
		    rate > 0 && rate < 99.95 ? 1 : 0, rate);
	return text;
}

const char *
status_unit_duration(uint64_t ms, char text[STATUS_UNIT_MAX])
{
	if (ms < SECOND)
		snprintf(text, STATUS_UNIT_MAX, "0.%" PRIu64 "s", ms / 100);
	else if (ms < MINUTE)
		snprintf(text, STATUS_UNIT_MAX, "%" PRIu64 "s", ms / SECOND);
	else if (ms < HOUR)
		snprintf(text, STATUS_UNIT_MAX, "%" PRIu64 "m%02" PRIu64 "s",
		    ms / MINUTE, ms % MINUTE / SECOND);
	else if (ms < DAY)
		snprintf(text, STATUS_UNIT_MAX, "%" PRIu64 "h%02" PRIu64 "m",
		    ms / HOUR, ms % HOUR / MINUTE);
	else
		snprintf(text, STATUS_UNIT_MAX, "%" PRIu64 "d%02" PRIu64 "h",
		    ms / DAY, ms % DAY / HOUR);
	return text;
}
