/* dissect_dns.c — see dissect_dns.h. */
#include "client/dissect/dissect_dns.h"

void
dissect_dns(struct dissect *dissect, size_t at, size_t end)
{
	dissect_field(dissect, STYLE_DATA, at, end - at, "Data", NULL,
	    "%zu bytes", end - at);
}

void
dissect_dns_tcp(struct dissect *dissect, size_t at, size_t end)
{
	dissect_field(dissect, STYLE_DATA, at, end - at, "Data", NULL,
	    "%zu bytes", end - at);
}
