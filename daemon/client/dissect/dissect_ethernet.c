/* dissect_ethernet.c — see dissect_ethernet.h. */
#include "client/dissect/dissect_ethernet.h"

void
dissect_ethernet(struct dissect *dissect, size_t at, size_t end)
{
	dissect_field(dissect, STYLE_DATA, at, end - at, "Data", NULL,
	    "%zu bytes", end - at);
}

void
dissect_ethernet_cooked(struct dissect *dissect, size_t at, size_t end)
{
	dissect_field(dissect, STYLE_DATA, at, end - at, "Data", NULL,
	    "%zu bytes", end - at);
}
