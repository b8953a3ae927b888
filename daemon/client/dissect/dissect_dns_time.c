/* dissect_dns_time.c — times in messages, for people. Pure. */
#include "client/dissect/dissect_dns_time.h"

#include "services/dns/dns_text_date.h"

#include <stdio.h>

void
dissect_dns_time_span(struct dissect *dissect, uint64_t seconds)
{
	static const struct {
		unsigned seconds;
		const char *name;
	} units[] = {{86400, "d"}, {3600, "h"}, {60, "min"}, {1, "s"}};
	char text[64] = "";
	size_t len = 0;

	if (seconds < 60)
		return;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		uint64_t count = seconds / units[i].seconds;

		seconds %= units[i].seconds;
		if (count > 0)
			len += (size_t)snprintf(text + len, sizeof(text) - len,
			    "%s%llu %s", len > 0 ? " " : "",
			    (unsigned long long)count, units[i].name);
	}
	dissect_means(dissect, "%s", text);
}

void
dissect_dns_time_date(struct dissect *dissect, uint32_t seconds)
{
	char d[16];
	struct dns_text text =
	    dns_text_open((struct space){(uint8_t *)d, sizeof(d)});

	dns_text_date(&text, seconds);
	dissect_means(dissect, "%.4s-%.2s-%.2s %.2s:%.2s:%.2s UTC", d, d + 4,
	    d + 6, d + 8, d + 10, d + 12);
}
