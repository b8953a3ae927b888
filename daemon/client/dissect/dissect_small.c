/* dissect_small.c — see dissect_small.h. */
#include "client/dissect/dissect_small.h"

void
dissect_small_time(struct dissect *dissect, size_t at, size_t end)
{
	dissect_field(dissect, STYLE_DATA, at, end - at, "Data", NULL,
	    "%zu bytes", end - at);
}

void
dissect_small_text(struct dissect *dissect, size_t at, size_t end)
{
	dissect_field(dissect, STYLE_DATA, at, end - at, "Data", NULL,
	    "%zu bytes", end - at);
}
