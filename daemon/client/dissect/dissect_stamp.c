/* dissect_stamp.c — times for the eye. */
#include "client/dissect/dissect_stamp.h"

#include "services/http/http_date.h"
#include "services/ntp/ntp_sample.h"

#include <stdio.h>

static const int64_t second_ns = 1000000000;

const char *
dissect_stamp_text(int64_t unix_ns, char text[DISSECT_STAMP_MAX])
{
	char date[HTTP_DATE_ISO_LEN];
	int64_t seconds = unix_ns / second_ns, rest = unix_ns % second_ns;

	if (rest < 0) {
		seconds--;
		rest += second_ns;
	}
	http_date_format_iso(seconds, date);
	snprintf(text, DISSECT_STAMP_MAX, "%.10s %.8s.%09u UTC", date,
	    date + 11, (unsigned)rest);
	return text;
}

int64_t
dissect_stamp_time(uint64_t stamp)
{
	/* 2036-02-07, when era 1 begins: 68 years before and after it. */
	const int64_t rollover_ns = 2085978496 * second_ns;

	return ntp_sample_time(stamp, rollover_ns);
}
