/* dissect_ntp.c — see dissect_ntp.h. */
#include "client/dissect/dissect_ntp.h"

void
dissect_ntp(struct dissect *dissect, size_t at, size_t end)
{
	dissect_field(dissect, STYLE_DATA, at, end - at, "Data", NULL,
	    "%zu bytes", end - at);
}
